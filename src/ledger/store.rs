//! Where a ledger's bytes are: in the work tree, or in a commit that was read whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::say;
use crate::disk::{self, Root};
use crate::error::{Error, Result};

/// The files of a ledger at an earlier time, by path from its root.
pub(crate) type Files = BTreeMap<PathBuf, CommittedFile>;

/// A file at that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CommittedFile {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It is larger than the limit, see [`disk::LARGEST`].
    TooLarge,
    /// A link, or something else that is not a file.
    NoFile,
}

/// Where to read from.
#[derive(Debug, Clone)]
pub(super) enum Store {
    /// The work tree under this root.
    Tree(Root),
    /// What was read from a commit.
    CommittedFile(Arc<Files>),
}

impl Store {
    /// A file's bytes.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>> {
        match self {
            Store::Tree(root) => root.read(path),
            Store::CommittedFile(kept) => match kept.get(path) {
                Some(CommittedFile::Bytes(bytes)) => Ok(bytes.clone()),
                Some(CommittedFile::TooLarge) => Err(disk::too_large(path, disk::LARGEST)),
                Some(CommittedFile::NoFile) => Err(Error::failed(say::no_file_kept_at(path))),
                None => Err(Error::failed(say::not_kept(path))),
            },
        }
    }

    /// Whether there is something at this path, even a link; also if this cannot be determined.
    pub(super) fn has(&self, path: &Path) -> bool {
        match self {
            Store::Tree(root) => !matches!(root.what(path), Ok(None)),
            Store::CommittedFile(kept) => kept.contains_key(path),
        }
    }

    /// A file's text.
    pub(super) fn text(&self, path: &Path) -> Result<String> {
        String::from_utf8(self.read(path)?).map_err(|_| Error::failed(say::not_text(path)))
    }

    /// The `.toml` files in a folder, by name, with the extension in any case: a file that is meant as a table is not
    /// ignored. Empty if there is no such folder.
    pub(super) fn tables(&self, folder: &str) -> Result<Vec<PathBuf>> {
        let mut paths: Vec<PathBuf> = match self {
            Store::Tree(root) => {
                root.names(Path::new(folder))?.into_iter().map(|name| Path::new(folder).join(name)).collect()
            }
            Store::CommittedFile(kept) => {
                kept.keys().filter(|path| path.parent() == Some(Path::new(folder))).cloned().collect()
            }
        };
        paths.retain(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")));
        paths.sort();
        Ok(paths)
    }
}

/// Reads many files, one after the other. The directory of the last one stays open for the next.
pub(super) struct DirectoryReader<'s> {
    store: &'s Store,
    directory: Option<(PathBuf, Root)>,
}

impl<'s> DirectoryReader<'s> {
    pub(super) fn of(store: &'s Store) -> DirectoryReader<'s> {
        DirectoryReader { store, directory: None }
    }

    /// A file's bytes.
    pub(super) fn read(&mut self, path: &Path) -> Result<Vec<u8>> {
        if let (Store::Tree(root), Some(above), Some(name)) = (self.store, path.parent(), path.file_name()) {
            if self.directory.as_ref().is_none_or(|(open, _)| open != above) {
                let below = root.below(above).ok().flatten();
                self.directory = below.map(|directory| (above.to_owned(), directory));
            }
            if let Some(bytes) = self.directory.as_ref().and_then(|(_, open)| open.read(name.as_ref()).ok()) {
                return Ok(bytes);
            }
        }
        // The directory may have been replaced since it was opened, and here the message names the whole path.
        self.store.read(path)
    }
}
