//! The merges that left several files of one case.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::Path;

use super::cases::{Cases, Renamed};
use super::versions::{CommitCases, Texts};
use crate::case::Id;
use crate::casefile::layout;
use crate::error::Result;
use crate::git::Listing;
use crate::session::Session;

/// For each case, the merge that left several files of it. Each merge is read once, no matter how many cases it left
/// so.
pub(crate) struct Merges<'s> {
    session: &'s Session,
    /// The merge of each case, by its place in `merges`.
    of_case: HashMap<Id, usize>,
    merges: Vec<Merge>,
    texts: Texts,
}

struct Merge {
    parents: (String, String),
    base: Option<String>,
    /// What the parents began from.
    began: CommitCases,
    parted: OnceCell<Vec<Renamed>>,
}

impl<'s> Merges<'s> {
    /// Looks for the merges that left these groups of files; each group is of one case.
    ///
    /// # Errors
    /// git fails.
    pub(crate) fn of(session: &'s Session, cases: &[(&Id, Vec<&Path>)]) -> Result<Merges<'s>> {
        let mut found =
            Merges { session, of_case: HashMap::new(), merges: Vec::new(), texts: Texts::default() };
        let Ok(repository) = session.repository() else { return Ok(found) };
        let files: Vec<&[&Path]> = cases.iter().map(|(_, files)| files.as_slice()).collect();
        let mut known: HashMap<(String, String), usize> = HashMap::new();
        for ((id, _), parents) in cases.iter().zip(repository.merges_of(&files)?) {
            let Some(parents) = parents else { continue };
            let at = match known.get(&parents) {
                Some(at) => *at,
                None => {
                    let base = super::base(session, repository, &parents.0, &parents.1)?;
                    let listing = match &base {
                        Some(base) => repository.listing(base, layout::CASES.as_ref())?,
                        None => Listing::new(),
                    };
                    let began = CommitCases::of(listing);
                    known.insert(parents.clone(), found.merges.len());
                    found.merges.push(Merge { parents, base, began, parted: OnceCell::new() });
                    found.merges.len() - 1
                }
            };
            found.of_case.insert((*id).clone(), at);
        }
        let began =
            found.of_case.iter().filter_map(|(id, at)| found.merges[*at].began.cases.get(id.as_str()));
        let blobs: Vec<_> = began.flatten().map(|(_, blob)| blob.clone()).collect();
        found.texts.load(repository, blobs.iter())?;
        Ok(found)
    }

    /// The text that the files of a case began from; `None` if it is not known.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn base(&self, id: &Id) -> Result<Option<String>> {
        let Some(at) = self.of_case.get(id) else { return Ok(None) };
        Ok(self.merges[*at].began.version(id.as_str(), &self.texts)?.map(|(_, text)| text))
    }

    /// The cases that would have got another id if the merge of this case had been a sync; `None` if no merge is known.
    ///
    /// # Errors
    /// git fails.
    pub(crate) fn parted(&self, id: &Id) -> Result<Option<&[Renamed]>> {
        let Some(at) = self.of_case.get(id) else { return Ok(None) };
        let Merge { parents: (one, other), base, parted, .. } = &self.merges[*at];
        if let Some(parted) = parted.get() {
            return Ok(Some(parted));
        }
        let repository = self.session.repository()?;
        let base = base.clone().map_or_else(|| repository.empty_tree(), Ok)?;
        let listing = |commit: &str| repository.listing(commit, layout::CASES.as_ref());
        let listings = [listing(&base)?, listing(one)?, listing(other)?];
        let found = Cases::of(self.session, &self.session.book, listings)?.renamed;
        Ok(Some(parted.get_or_init(|| found)))
    }
}
