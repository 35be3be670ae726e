//! Temporary directories with random names, and temporary files without one.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::Path;

use super::Root;
use crate::error::Result;

/// A directory that only its user can read; it is removed with this value, unless it is kept.
#[derive(Debug)]
pub(crate) struct Scratch {
    above: Root,
    name: OsString,
    root: Root,
    kept: bool,
}

impl Scratch {
    /// Makes one in this directory, with this prefix.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(crate) fn within(above: &Root, prefix: &str) -> Result<Scratch> {
        let (name, root) = above.make_scratch(prefix)?;
        Ok(Scratch { above: above.clone(), name, root, kept: false })
    }

    /// Its path, for programs that take paths.
    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    /// The directory.
    pub(crate) fn root(&self) -> &Root {
        &self.root
    }

    /// Its name in the directory above.
    pub(crate) fn name(&self) -> &Path {
        Path::new(&self.name)
    }

    /// Keeps it.
    pub(crate) fn keep(mut self) -> Root {
        self.kept = true;
        self.root.clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.kept {
            // What stays is removed by the next command that uses the same prefix.
            let _ = self.above.remove_all(Path::new(&self.name));
        }
    }
}

/// A file without a name, for content that is too large for memory: in the system's temporary directory or, if that is
/// missing or full, in this directory.
///
/// # Errors
/// If neither can be written.
pub(crate) fn unnamed(otherwise: &Path) -> io::Result<File> {
    tempfile::tempfile().or_else(|_| tempfile::tempfile_in(otherwise))
}
