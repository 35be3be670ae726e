use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::words;
use crate::error::{Error, Result};

/// How long a command waits for another one to finish.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// The right to change the ledger; one process has it at a time. It goes with the process that holds it.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock `fb.lock` in a directory that no one commits.
    ///
    /// # Errors
    /// Where another process keeps it for a minute, or the file cannot be made.
    pub(super) fn take(directory: &Path) -> Result<Lock> {
        let path = directory.join("fb.lock");
        let fault = |error: std::io::Error| Error::failed(words::cannot_write(&path, error.to_string()));
        fs::create_dir_all(directory).map_err(fault)?;
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(fault)?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::failed(words::locked(&path)).hint(words::locked_help()));
                }
                Err(TryLockError::Error(error)) => return Err(fault(error)),
            }
        }
    }
}
