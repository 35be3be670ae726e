//! The lock of the index, held while a commit is made.
//!
//! git's own protocol: whoever makes `index.lock` may change `index`. The new index is built beside it, from a
//! copy, and renamed over it: a process that reads sees the old one or the new one, whole, and nothing that
//! another process staged meanwhile is lost.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::failure::Failure;

/// The index of a work tree, locked until this is dropped.
pub(super) struct IndexLock {
    index: PathBuf,
    lock: PathBuf,
    scratch: TempDir,
}

impl IndexLock {
    /// Locks the index of the work tree whose git directory this is; fails at once where another process has it.
    pub(super) fn take(git_dir: &Path) -> Result<IndexLock, Failure> {
        let (index, lock) = (git_dir.join("index"), git_dir.join("index.lock"));
        let scratch = tempfile::Builder::new().prefix("fb-").tempdir_in(git_dir);
        let scratch = scratch.map_err(Failure::write(git_dir))?;
        match OpenOptions::new().write(true).create_new(true).open(&lock) {
            Ok(_) => Ok(IndexLock { index, lock, scratch }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::Taken(lock)),
            Err(error) => Err(Failure::write(&lock)(error)),
        }
    }

    /// When the index was last written; `None` where there is none yet.
    pub(super) fn written(&self) -> Option<SystemTime> {
        fs::metadata(&self.index).and_then(|index| index.modified()).ok()
    }

    /// The path of a copy of the index, to be worked on; there is no file there where there is no index yet.
    ///
    /// The copy is as old as the index: by that age git knows which of the times in it are not to be trusted.
    pub(super) fn copy(&self, name: &str) -> Result<PathBuf, Failure> {
        let copy = self.scratch.path().join(name);
        let Some(written) = self.written() else { return Ok(copy) };
        let copied = fs::copy(&self.index, &copy)
            .and_then(|_| OpenOptions::new().write(true).open(&copy))
            .and_then(|file| file.set_modified(written));
        copied.map(|()| copy.clone()).map_err(Failure::write(&copy))
    }

    /// Puts a copy that was worked on in the index's place.
    pub(super) fn replace(&self, copy: &Path) -> io::Result<()> {
        fs::rename(copy, &self.index)
    }
}

impl Drop for IndexLock {
    fn drop(&mut self) {
        // Nothing can be done about a failure here; git names the file and says what to do with it.
        let _ = fs::remove_file(&self.lock);
    }
}
