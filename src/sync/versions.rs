//! A side of a merge: which files each case has there, and what they say.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::case::Id;
use crate::error::{Error, Result};
use crate::git::{Blob, Content, Listing, Repository};
use crate::ledger::{Standing, files};
use crate::merge::{self, Outcome};

use super::words;

/// The files of a case on a side, with their paths from the ledger's root.
pub(super) type Files = Vec<(PathBuf, Blob)>;

/// What a commit has below `cases/`.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// The files of each case, by the name of the file.
    pub cases: BTreeMap<String, Files>,
    /// What is no case: `.gitkeep`, and whatever does not belong there.
    pub strays: Listing,
    /// Cases that this merge gave another text, and a place that goes with it.
    pub rewritten: BTreeMap<String, (PathBuf, String)>,
}

impl Side {
    pub(super) fn of(listing: Listing) -> Side {
        let mut side = Side::default();
        for (path, blob) in listing {
            match Standing::of(&path).filter(|standing| Id::parse(&standing.name).is_ok()) {
                Some(standing) => side.cases.entry(standing.name).or_default().push((path, blob)),
                None => drop(side.strays.insert(path, blob)),
            }
        }
        side
    }

    /// Whether it has something else of this case than another side.
    pub(super) fn differs(&self, other: &Side, name: &str) -> bool {
        self.rewritten.contains_key(name) || self.cases.get(name) != other.cases.get(name)
    }

    /// The case as this side has it: several files of it are put together. `None`: it has none.
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
                    Outcome::Collision(_) => return Err(Error::failed(words::twice(&first, path))),
                },
            });
        }
        Ok(version)
    }
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
        for (id, content) in ids.iter().zip(repository.blobs(&ids, files::LARGEST)?) {
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
        text.ok_or_else(|| Error::failed(words::no_text(path)))
    }
}
