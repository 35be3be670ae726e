//! The lock of the index, held while a commit is made.
//!
//! git's own protocol: whoever makes `index.lock` may change `index`. The new index is built beside it, from a
//! copy, and renamed over it: a process that reads sees the old one or the new one, whole, and nothing that
//! another process staged meanwhile is lost.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::failure::Failure;
use crate::disk::{Root, Scratch, of_git};

/// The beginning of the names under which the work goes on in the git directory.
pub(super) const SCRATCH: &str = "fb-commit-";
/// What an `index.lock` of ours says. git writes an index into its own, which begins otherwise.
const OURS: &[u8] = b"fb is making a commit\n";

/// The index of a work tree, locked until this is dropped.
pub(super) struct IndexLock {
    index: PathBuf,
    lock: PathBuf,
    scratch: Scratch,
}

impl IndexLock {
    /// Locks the index of the work tree whose git directory this is; fails at once where another process has it.
    ///
    /// Only one `fb` at a time makes a commit here, see [`super::Repository::commit`]. So what is found of another
    /// `fb` is left by one that died, and goes; what is git's stays.
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

    /// When the index was last written; `None` where there is none yet.
    pub(super) fn written(&self) -> Option<SystemTime> {
        of_git::metadata(&self.index).and_then(|index| index.modified()).ok()
    }

    /// The path of a copy of the index, to be worked on; there is no file there where there is no index yet.
    ///
    /// The copy is as old as the index: by that age git knows which of the times in it are not to be trusted.
    pub(super) fn copy(&self, name: &str) -> Result<PathBuf, Failure> {
        let copy = self.file(name);
        let Some(written) = self.written() else { return Ok(copy) };
        of_git::copy(&self.index, &copy, written).map(|()| copy.clone()).map_err(Failure::write(&copy))
    }

    /// The path of a file that goes when the lock does.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }

    /// Puts a copy that was worked on in the index's place.
    pub(super) fn replace(&self, copy: &Path) -> io::Result<()> {
        of_git::rename(copy, &self.index)
    }
}

impl Drop for IndexLock {
    fn drop(&mut self) {
        // Nothing can be done about a failure here; git names the file and says what to do with it.
        let _ = of_git::remove_file(&self.lock);
    }
}

/// Makes the lock with all that it says, in one step: whoever dies leaves one that is known as ours, or none.
fn make(lock: &Path, scratch: &Path) -> io::Result<()> {
    let whole = scratch.join("lock");
    of_git::write(&whole, OURS)?;
    match of_git::hard_link(&whole, lock) {
        Err(error) if !is_there(&error) => {
            // Some disks know no second name for a file.
            of_git::make(lock, OURS)
        }
        made => made,
    }
}

fn is_there(error: &io::Error) -> bool {
    error.kind() == ErrorKind::AlreadyExists
}

/// Removes what was left by a process that died.
fn sweep(git_dir: &Path) {
    let Ok(root) = Root::open(git_dir) else { return };
    for name in root.names(Path::new("")).unwrap_or_default() {
        if name.to_string_lossy().starts_with(SCRATCH) {
            // What stays is in nobody's way, and is swept the next time.
            let _ = root.remove_all(Path::new(&name));
        }
    }
}
