//! The names beneath a directory, without opening a file. No link is followed, not even at the start.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{FileKind, Root};
use crate::error::Result;

/// A name that was seen.
#[derive(Debug)]
pub(crate) struct FoundEntry {
    /// From the root.
    pub path: PathBuf,
    /// Its kind.
    pub kind: FileKind,
    /// How far it is below the start of the walk, which is 0.
    pub depth: usize,
}

/// A directory that could not be read.
#[derive(Debug)]
pub(crate) struct Unseen {
    /// From the root.
    pub path: PathBuf,
    /// In the system's words.
    pub why: String,
}

impl Root {
    /// Everything under a path, sorted by name, and the path itself. Files and directories whose name is `passed_over`
    /// are left out. A path that is a link is one entry.
    ///
    /// # Errors
    /// If a part of the path to it is a link.
    pub(crate) fn walk<'w>(
        &'w self,
        under: &Path,
        passed_over: impl Fn(&str) -> bool + 'w,
    ) -> Result<impl Iterator<Item = std::result::Result<FoundEntry, Unseen>> + 'w> {
        self.what(under)?;
        let walk = WalkDir::new(self.path().join(under)).follow_root_links(false).follow_links(false);
        // The names of one directory have the same path before them.
        let walk =
            walk.sort_by(|one, other| one.path().as_os_str().cmp(other.path().as_os_str())).into_iter();
        let seen = walk.filter_entry(move |entry| {
            entry.depth() == 0 || !passed_over(&entry.file_name().to_string_lossy())
        });
        Ok(seen.map(|found| match found {
            Ok(found) => {
                Ok(FoundEntry { path: self.from(found.path()), kind: kind(&found), depth: found.depth() })
            }
            Err(error) => Err(Unseen {
                path: self.from(error.path().unwrap_or(self.path())),
                why: error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            }),
        }))
    }

    fn from(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.path()).unwrap_or(path).to_owned()
    }
}

fn kind(entry: &DirEntry) -> FileKind {
    let kind = entry.file_type();
    if kind.is_symlink() {
        FileKind::Link
    } else if kind.is_dir() {
        FileKind::Directory
    } else if kind.is_file() {
        FileKind::File
    } else {
        FileKind::Other
    }
}
