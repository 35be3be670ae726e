use crate::policy::Shop;

/// The shop as it stood at each commit.
#[derive(Debug, Default)]
pub(crate) struct Shops {
    /// Each that ever stood and can be read, once.
    pub all: Vec<Shop>,
    /// By commit, its place among them; `None` where no commit that it follows has one that can be read.
    pub at: Vec<Option<usize>>,
}

impl Shops {
    pub(super) fn at(&self, commit: usize) -> Option<&Shop> {
        self.at.get(commit).copied().flatten().map(|place| &self.all[place])
    }
}
