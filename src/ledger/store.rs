//! Where a ledger's bytes are: in the work tree, or in a commit that was read whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{files, words};
use crate::error::{Error, Result};

/// The files of a ledger as they once stood, by path from its root.
pub type Files = BTreeMap<PathBuf, Kept>;

/// A file as it once stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It is larger than what is read, see [`files::LARGEST`].
    TooLarge,
    /// A link, or something else that is no file.
    NoFile,
}

/// Where to read from.
#[derive(Debug, Clone)]
pub(super) enum Store {
    /// The work tree under this root.
    Tree(PathBuf),
    /// What was read from a commit.
    Kept(Arc<Files>),
}

impl Store {
    /// A file's bytes.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>> {
        match self {
            Store::Tree(root) => files::read_inside(root, path),
            Store::Kept(kept) => match kept.get(path) {
                Some(Kept::Bytes(bytes)) => Ok(bytes.clone()),
                Some(Kept::TooLarge) => Err(files::too_large(path)),
                Some(Kept::NoFile) => Err(Error::failed(words::symlink())),
                None => Err(Error::failed(words::not_kept(path))),
            },
        }
    }

    /// Whether there is something at this path.
    pub(super) fn has(&self, path: &Path) -> bool {
        match self {
            Store::Tree(root) => root.join(path).exists(),
            Store::Kept(kept) => kept.contains_key(path),
        }
    }

    /// A file's text.
    pub(super) fn text(&self, path: &Path) -> Result<String> {
        String::from_utf8(self.read(path)?).map_err(|_| Error::failed(words::not_text(path)))
    }

    /// The `.toml` files in a folder, by name; none where there is no such folder.
    pub(super) fn tables(&self, folder: &str) -> Result<Vec<PathBuf>> {
        let table = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
        let mut paths: Vec<PathBuf> = match self {
            Store::Tree(root) => {
                files::stays_inside(root, Path::new(folder))?;
                match std::fs::read_dir(root.join(folder)) {
                    Ok(entries) => {
                        entries.flatten().map(|entry| Path::new(folder).join(entry.file_name())).collect()
                    }
                    Err(why) if why.kind() == std::io::ErrorKind::NotFound => Vec::new(),
                    Err(why) => {
                        return Err(Error::failed(words::cannot_read(Path::new(folder), why.to_string())));
                    }
                }
            }
            Store::Kept(kept) => {
                let within = |path: &&PathBuf| path.parent() == Some(Path::new(folder));
                kept.keys().filter(within).cloned().collect()
            }
        };
        paths.retain(|path| table(path));
        paths.sort();
        Ok(paths)
    }
}
