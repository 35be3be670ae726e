//! The lock of a ledger: only one process changes it at a time.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Private, say, sys};
use crate::error::{Error, Result};

/// The file that is locked.
const NAME: &str = "fb.lock";
/// How long one process may hold the lock while others wait. A command waits as long as the lock keeps changing hands,
/// no matter how many are before it in the queue.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a waiting command checks whether another process has the lock now.
const LOOK: Duration = Duration::from_secs(1);

/// The right to change the ledger; one process has it at a time. It ends with the process.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock in a directory that is never committed.
    ///
    /// # Errors
    /// If another process keeps it for a minute, or the file cannot be made.
    pub(crate) fn take(private: &Private) -> Result<Lock> {
        let directory = private.made().map_err(untouched)?;
        let fault = |error: io::Error| untouched(directory.cannot_write(Path::new(NAME), error));
        let file = directory.lock_file(Path::new(NAME)).map_err(untouched)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(fault(error)),
            Err(TryLockError::WouldBlock) if wait(&file, File::lock).map_err(fault)? => {}
            Err(TryLockError::WouldBlock) => {
                let path = private.path().join(NAME);
                return Err(Error::failed(say::locked(path)).hint(say::locked_help()));
            }
        }
        // Its time shows waiting commands that the lock changed hands. If the time cannot be set, they are less
        // patient. Nothing is written: the file may be a hard link.
        let _ = sys::touch(&file);
        Ok(Lock { _file: file })
    }

    /// Waits until nobody changes the ledger, and prevents changes; nothing is written. `None` if the ledger was never
    /// changed, or another process keeps the lock too long.
    pub(crate) fn rest(private: &Private) -> Option<Lock> {
        let (file, _) = private.open().ok()??.file(Path::new(NAME)).ok()?;
        wait(&file, File::lock_shared).is_ok_and(|given| given).then_some(Lock { _file: file })
    }
}

/// An error of a command that has not changed anything yet.
fn untouched(error: Error) -> Error {
    error.hint(say::nothing_written())
}

/// Waits in the system's queue, which is fair, while the lock changes hands. Returns whether it was obtained.
fn wait(file: &File, take: fn(&File) -> io::Result<()>) -> io::Result<bool> {
    let (give, given) = mpsc::channel();
    let waiting = file.try_clone()?;
    // If the system gives no thread, this is an error, and nothing is written
    thread::Builder::new().spawn(move || give.send(take(&waiting)))?;
    let (mut last, mut since) = (file.metadata()?.modified().ok(), Instant::now());
    loop {
        if let Ok(locked) = given.recv_timeout(LOOK) {
            return locked.map(|()| true);
        }
        let now = file.metadata()?.modified().ok();
        if now != last {
            (last, since) = (now, Instant::now());
        } else if since.elapsed() > PATIENCE {
            return Ok(false);
        }
    }
}
