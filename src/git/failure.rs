//! Why an attempt at a commit failed.

use std::io;
use std::path::{Path, PathBuf};

use git2::ErrorCode;

use super::say;
use crate::error::Error;

/// Why an attempt failed.
pub(super) enum Failure {
    /// Another process holds this lock; worth another try.
    Taken(PathBuf),
    /// Another process moved the branch meanwhile; worth another try.
    Moved,
    /// libgit2 cannot do it; the `git` program may.
    Unfit,
    /// It is not possible.
    Other(Error),
}

impl Failure {
    /// Reading this file of the repository failed.
    pub(super) fn read(path: &Path) -> impl Fn(io::Error) -> Failure {
        move |error| Failure::Other(Error::failed(say::cannot_read(path, error.to_string())))
    }

    /// Writing this file of the repository failed.
    pub(super) fn write(path: &Path) -> impl Fn(io::Error) -> Failure {
        move |error| Failure::Other(Error::failed(say::cannot_write(path, error.to_string())))
    }
}

impl Failure {
    /// The same, for callers that moved the branch and made no commit of their own: there is nothing to commit.
    pub(super) fn in_sync(self) -> Error {
        match self {
            Failure::Taken(lock) => {
                Error::failed(say::taken(&lock)).hint(say::wait_or_remove_and_sync(&lock))
            }
            Failure::Moved | Failure::Unfit => Error::failed(say::moved()).hint(say::sync_again()),
            Failure::Other(error) => error,
        }
    }
}

impl From<git2::Error> for Failure {
    fn from(error: git2::Error) -> Failure {
        match error.code() {
            ErrorCode::Locked | ErrorCode::Modified => Failure::Moved,
            _ => Failure::Other(Error::failed(say::failed(error.message()))),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Other(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        match failure {
            Failure::Taken(lock) => Error::failed(say::taken(&lock)).hint(say::wait_or_remove(&lock)),
            // `Unfit` leads to the program, so no attempt ends with it.
            Failure::Moved | Failure::Unfit => Error::failed(say::moved()).hint(say::commit_later()),
            Failure::Other(error) => error,
        }
    }
}
