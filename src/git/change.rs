//! The paths that a command touched, and what is there in the work tree.

use std::collections::{BTreeSet, HashSet};
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::say;
use crate::disk::of_git;
use crate::error::{Error, Result};

/// One file that a command touched. Both paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Where it was; `None`: it is new.
    pub old: Option<PathBuf>,
    /// Where it is; `None`: it is gone.
    pub new: Option<PathBuf>,
}

/// Where the ledger's directory is in a work tree.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// The top of the work tree, without links.
    pub top: PathBuf,
    /// The ledger's directory, as it was given.
    pub dir: PathBuf,
    /// The ledger's directory from the top, without links.
    pub prefix: PathBuf,
}

/// The paths of a commit, from the top of the work tree, in order.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Files that are there.
    pub present: Vec<PathBuf>,
    /// Paths where no file is.
    pub absent: Vec<PathBuf>,
}

impl Tree {
    /// The state of the paths of these changes. What is there is committed, no matter which change named it.
    ///
    /// # Errors
    /// Paths outside the work tree; paths that are not plain files, or are behind a link: the error lists all of them.
    /// It cannot be determined whether a file is there: it must not be committed as removed.
    pub(super) fn paths(&self, changes: &[Change]) -> Result<Paths> {
        let named: BTreeSet<&PathBuf> = changes.iter().flat_map(|c| c.old.iter().chain(&c.new)).collect();
        let (mut outside, mut not_plain) = (Vec::new(), Vec::new());
        let mut paths = Paths::default();
        let mut known = HashSet::new();
        for path in named {
            let Some(relative) = self.relative(path) else {
                outside.push(path.display().to_string());
                continue;
            };
            let parent = relative.parent().unwrap_or(Path::new(""));
            match of_git::symlink_metadata(&self.top.join(&relative)) {
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    paths.absent.push(relative);
                }
                Err(error) => return Err(Error::failed(say::cannot_read(path, error.to_string()))),
                Ok(file) if file.is_file() && self.is_plain(parent, &mut known) => {
                    paths.present.push(relative)
                }
                Ok(_) => not_plain.push(path.display().to_string()),
            }
        }
        match (outside.is_empty(), not_plain.is_empty()) {
            (true, true) => Ok(paths),
            (false, _) => Err(Error::failed(say::outside(outside.join(", "), &self.top))),
            _ => Err(Error::failed(say::not_plain(not_plain.join(", "))).hint(say::make_plain())),
        }
    }

    /// A path from the top of the work tree.
    pub(super) fn relative(&self, path: &Path) -> Option<PathBuf> {
        let relative = match path.strip_prefix(&self.dir) {
            Ok(rest) => self.prefix.join(rest),
            Err(_) => path.strip_prefix(&self.top).ok()?.to_owned(),
        };
        let within = relative.components().all(|part| matches!(part, Component::Normal(_)));
        within.then_some(relative)
    }

    /// The ledger's name for a path that starts at the top.
    pub(super) fn absolute(&self, relative: &Path) -> PathBuf {
        match relative.strip_prefix(&self.prefix) {
            Ok(rest) => self.dir.join(rest),
            Err(_) => self.top.join(relative),
        }
    }

    /// Whether this path is a directory and none of its parts is a link: git stores a link as a link, and nothing
    /// behind it. `known` has the directories already checked.
    fn is_plain(&self, dir: &Path, known: &mut HashSet<PathBuf>) -> bool {
        let Some(parent) = dir.parent() else { return true };
        if known.contains(dir) {
            return true;
        }
        let here = of_git::symlink_metadata(&self.top.join(dir)).is_ok_and(|found| found.is_dir());
        let plain = here && self.is_plain(parent, known);
        if plain {
            known.insert(dir.to_owned());
        }
        plain
    }
}

/// A path as git writes it: with `/`, in bytes.
pub(super) fn bytes(path: &Path) -> Vec<u8> {
    let parts: Vec<&[u8]> = path.iter().map(|part| part.as_encoded_bytes()).collect();
    parts.join(&b'/')
}
