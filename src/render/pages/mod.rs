//! Reports as pages for people: one file a report, over shared parts.

mod monthly;
mod overdue;
mod parts;
mod quarterly;
mod trial;
mod words;

pub use monthly::monthly;
pub use overdue::overdue;
pub use quarterly::quarterly;
pub use trial::trial;

use jiff::Timestamp;

use crate::lang::Text;
use crate::policy::Book;

/// What stands over every report.
pub struct Heading<'a> {
    /// The rules, for labels.
    pub book: &'a Book,
    /// The instant that the figures speak of.
    pub as_of: Timestamp,
    /// How many case files there are.
    pub files: usize,
    /// How many of them could not be read.
    pub unreadable: usize,
    /// The commit that the ledger stands at.
    pub commit: Option<&'a str>,
    /// Whether to list the cases behind each figure.
    pub cases: bool,
}

impl Heading<'_> {
    /// `青瓷小铺 · October 2026 · as of … · 131 cases read, ledger 4f2a91c`
    fn line(&self, title: Text) -> Text {
        let local = self.as_of.to_zoned(self.book.shop.zone.clone());
        let at = local.strftime("%Y-%m-%d %H:%M %:z").to_string();
        let ledger = self.commit.map_or_else(Text::default, words::ledger);
        words::as_of(title, at, self.files, ledger)
    }
}
