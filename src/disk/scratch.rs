//! What nobody keeps: directories with random names, and files without one.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::Path;

use super::Root;
use crate::error::Result;

/// A directory that only its user may look into; it goes with this value, unless it is kept.
#[derive(Debug)]
pub(crate) struct Scratch {
    above: Root,
    name: OsString,
    root: Root,
    kept: bool,
}

impl Scratch {
    /// Makes one in this directory; its name begins so.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(crate) fn within(above: &Root, prefix: &str) -> Result<Scratch> {
        let (name, root) = above.make_scratch(prefix)?;
        Ok(Scratch { above: above.clone(), name, root, kept: false })
    }

    /// Where it is, for programs that are given paths.
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

    /// Leaves it where it is.
    pub(crate) fn keep(mut self) -> Root {
        self.kept = true;
        self.root.clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.kept {
            // What stays is swept by the next command that uses the same prefix.
            let _ = self.above.remove_all(Path::new(&self.name));
        }
    }
}

/// A file without a name, for what is too large to be held in memory: where the system keeps temporary files, or, where
/// that place is missing or full, in this directory.
///
/// # Errors
/// Where neither can be written.
pub(crate) fn unnamed(otherwise: &Path) -> io::Result<File> {
    tempfile::tempfile().or_else(|_| tempfile::tempfile_in(otherwise))
}
