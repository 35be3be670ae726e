//! The lock of the index, held while a commit is made.
//!
//! git's own protocol: the process that creates `index.lock` may change `index`. The new index is built next to it,
//! from a copy, and renamed over it: readers see either the old one or the new one, complete, and nothing is lost that
//! another process staged meanwhile.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::failure::Failure;
use super::index_file::IndexFile;
use crate::disk::{Root, Scratch, of_git};

/// The prefix of our temporary files in the git directory.
pub(super) const SCRATCH: &str = "fb-commit-";
/// The content of our `index.lock`. git writes an index into its own, which begins differently.
const OURS: &[u8] = b"fb is making a commit\n";

/// The index of a work tree, locked until this is dropped.
pub(super) struct IndexLock {
    index: PathBuf,
    lock: PathBuf,
    scratch: Scratch,
}

impl IndexLock {
    /// Locks the index of the work tree with this git directory; fails at once if another process has it.
    ///
    /// Only one `fb` at a time makes a commit here, see [`super::Repository::commit`]. So a lock of another `fb` was
    /// left by a process that died, and is removed; git's locks stay.
    pub(super) fn take(git_dir: &Path) -> Result<IndexLock, Failure> {
        let (index, lock) = (git_dir.join("index"), git_dir.join("index.lock"));
        sweep(git_dir);
        let scratch = Root::open(git_dir).and_then(|git_dir| Scratch::within(&git_dir, SCRATCH))?;
        let mut made = make(&lock, scratch.path());
        if made.as_ref().is_err_and(is_there) && of_git::read(&lock).is_ok_and(|text| text == OURS) {
            of_git::remove_file(&lock).map_err(Failure::write(&lock))?;
            made = make(&lock, scratch.path());
        }
        match made {
            Ok(()) => Ok(IndexLock { index, lock, scratch }),
            Err(error) if is_there(&error) => Err(Failure::Taken(lock)),
            Err(error) => Err(Failure::write(&lock)(error)),
        }
    }

    /// When the index was last written; `None` if there is none yet.
    pub(super) fn written(&self) -> Result<Option<SystemTime>, Failure> {
        match of_git::metadata(&self.index).and_then(|index| index.modified()) {
            Ok(written) => Ok(Some(written)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::read(&self.index)(error)),
        }
    }

    /// The index; `None`: the `git` program has to write it.
    pub(super) fn read(&self) -> Result<Option<IndexFile>, Failure> {
        IndexFile::at(&self.index).map_err(Failure::read(&self.index))
    }

    /// Writes a new index next to the old one, and returns its path.
    pub(super) fn write(&self, index: &[u8]) -> Result<PathBuf, Failure> {
        let new = self.file("index");
        of_git::write(&new, index).map(|()| new.clone()).map_err(Failure::write(&new))
    }

    /// The path of a copy of the index to work on; if there is no index yet, there is no file.
    ///
    /// The copy keeps the index's modification time, by which git knows which of the times in it it cannot trust.
    pub(super) fn copy(&self, name: &str) -> Result<PathBuf, Failure> {
        let copy = self.file(name);
        let Some(written) = self.written()? else { return Ok(copy) };
        of_git::copy(&self.index, &copy, written).map(|()| copy.clone()).map_err(Failure::write(&copy))
    }

    /// The path of a file that is removed with the lock.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Replaces the index by the copy.
    pub(super) fn replace(&self, copy: &Path) -> io::Result<()> {
        of_git::rename(copy, &self.index)
    }
}

impl Drop for IndexLock {
    fn drop(&mut self) {
        // A failure here cannot be handled; git will name the file and say what to do with it.
        let _ = of_git::remove_file(&self.lock);
    }
}

/// Creates the lock with its content in one step: a process that dies leaves a recognisable lock, or none.
fn make(lock: &Path, scratch: &Path) -> io::Result<()> {
    let whole = scratch.join("lock");
    of_git::write(&whole, OURS)?;
    match of_git::hard_link(&whole, lock) {
        Err(error) if !is_there(&error) => {
            // Some disks do not support hard links.
            of_git::make(lock, OURS)
        }
        made => made,
    }
}

fn is_there(error: &io::Error) -> bool {
    error.kind() == ErrorKind::AlreadyExists
}

/// Removes what a dead process left.
fn sweep(git_dir: &Path) {
    let Ok(root) = Root::open(git_dir) else { return };
    for name in root.names(Path::new("")).unwrap_or_default() {
        if name.to_string_lossy().starts_with(SCRATCH) {
            // What stays harms nobody, and is removed the next time.
            let _ = root.remove_all(Path::new(&name));
        }
    }
}
