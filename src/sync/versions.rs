//! A side of a merge: which files each case has there, and their texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::case::Id;
use crate::casefile::{self, CasePath};
use crate::disk;
use crate::error::{Error, Result};
use crate::git::{Blob, Content, Listing, Repository};
use crate::merge::{self, Outcome};

use super::say;

/// The files of a case on a side, with their paths from the ledger's root.
pub(super) type VersionFiles = Vec<(PathBuf, Blob)>;

/// What a commit has below `cases/`.
#[derive(Debug, Default)]
pub(super) struct CommitCases {
    /// The files of each case, by the name of the file.
    pub cases: BTreeMap<String, VersionFiles>,
    /// Other files: `.gitkeep`, and anything that does not belong there.
    pub strays: Listing,
    /// Cases that this merge gave another text, and a place that goes with it.
    pub rewritten: BTreeMap<String, (PathBuf, String)>,
}

impl CommitCases {
    pub(super) fn of(listing: Listing) -> CommitCases {
        let mut side = CommitCases::default();
        for (path, blob) in listing {
            match CasePath::of(&path).filter(|case_path| Id::parse(&case_path.name).is_ok()) {
                Some(case_path) => side.cases.entry(case_path.name).or_default().push((path, blob)),
                None => {
                    side.strays.insert(path, blob);
                }
            }
        }
        side
    }

    /// Files that may be cases renamed or moved by hand.
    pub(super) fn renamed_by_hand(&self) -> impl Iterator<Item = &Blob> {
        self.strays.iter().filter(|(path, _)| may_be_case(path)).map(|(_, blob)| blob)
    }

    /// Counts such a file as a file of the case whose id is in it, if that is one of these.
    pub(super) fn pair_by_id(&mut self, known: &BTreeSet<String>, texts: &Texts) {
        for (path, blob) in std::mem::take(&mut self.strays) {
            let text = if may_be_case(&path) { texts.get(&path, &blob).ok() } else { None };
            let case = text.and_then(|text| casefile::read(text.as_bytes(), &path).ok());
            match case.map(|case| case.id.to_string()).filter(|id| known.contains(id)) {
                Some(id) => {
                    let files = self.cases.entry(id).or_default();
                    files.push((path, blob));
                    files.sort_by(|(one, _), (other, _)| one.cmp(other));
                }
                None => {
                    self.strays.insert(path, blob);
                }
            }
        }
    }

    /// Whether its version of this case is different from another side's.
    pub(super) fn differs(&self, other: &CommitCases, name: &str) -> bool {
        self.rewritten.contains_key(name) || self.cases.get(name) != other.cases.get(name)
    }

    /// The path and text of the case on this side; several files of it are merged. `None` if it has no file.
    pub(super) fn version(&self, name: &str, texts: &Texts) -> Result<Option<(PathBuf, String)>> {
        if let Some((path, text)) = self.rewritten.get(name) {
            return Ok(Some((path.clone(), text.clone())));
        }
        let mut version: Option<(PathBuf, String)> = None;
        for (path, blob) in self.cases.get(name).into_iter().flatten() {
            let text = texts.get(path, blob)?.to_owned();
            version = Some(match version {
                None => (path.clone(), text),
                Some((first, one)) => match merge::merge(None, &one, &text, path)? {
                    Outcome::Merged(merged) => (first, merged.text),
                    Outcome::Collision(_) => return Err(Error::failed(say::twice(&first, path))),
                },
            });
        }
        Ok(version)
    }
}

/// Whether a file outside the places of cases may still be a case; hidden copies of editors are not.
fn may_be_case(path: &Path) -> bool {
    let hidden = path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|ending| ending == "yaml")
}

/// The texts of the files that have to be read.
#[derive(Debug, Default)]
pub(super) struct Texts(HashMap<String, String>);

impl Texts {
    /// Reads these files as well.
    pub(super) fn load<'f>(
        &mut self,
        repository: &Repository,
        files: impl Iterator<Item = &'f Blob>,
    ) -> Result<()> {
        let mut ids: Vec<&str> = files
            .filter(|blob| blob.mode.starts_with("100") && !self.0.contains_key(&blob.id))
            .map(|blob| blob.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        for (id, content) in ids.iter().zip(repository.blobs(&ids, disk::LARGEST)?) {
            if let Content::Bytes(bytes) = content?
                && let Ok(text) = String::from_utf8(bytes)
            {
                self.0.insert((*id).to_owned(), text);
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, path: &Path, blob: &Blob) -> Result<&str> {
        let text = self.0.get(&blob.id).map(String::as_str);
        text.ok_or_else(|| Error::failed(say::no_text(path)))
    }
}
