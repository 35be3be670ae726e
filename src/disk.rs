//! The one door to the file system.
//!
//! Promises: whatever comes from a ledger, a remote, an archive or a temporary name is opened beneath a [`Root`]
//! without following a link, is a plain file, and has a limit; a reader sees whole files or none; a new file has the
//! mode that the user's umask leaves. What the user names on the command line is in [`named`], and follows links as
//! a shell does. Nobody else opens a file: `clippy.toml` forbids it. Knows neither cases nor rules nor git.

#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::fs::Permissions;

#[cfg(not(unix))]
mod elsewhere;
mod fault;
mod fs_ops;
mod lock;
pub(crate) mod named;
pub(crate) mod of_git;
mod private;
mod root;
pub(crate) mod say;
mod scratch;
#[cfg(unix)]
mod unix;
mod walk;
mod write;

#[cfg(not(unix))]
use elsewhere as sys;
#[cfg(unix)]
use unix as sys;

pub(crate) use fault::too_large;
#[cfg(test)]
pub(crate) use fs_ops::death;
pub(crate) use lock::Lock;
pub(crate) use private::Private;
pub(crate) use root::Root;
pub(crate) use scratch::{Scratch, unnamed};
pub(crate) use walk::FoundEntry;

/// The largest file that is read, in bytes: far beyond any case, well below what would trouble a machine.
pub(crate) const LARGEST: u64 = 8 << 20;

/// The largest photo or recording that is kept, in bytes.
pub(crate) const LARGEST_ATTACHED: u64 = 1 << 30;

/// The largest record of a command at work, in bytes: an import's has the text of every case.
pub(crate) const LARGEST_JOURNAL: u64 = 1 << 30;

/// What is at a path. A link is a link, wherever it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A plain file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link, or what else of the system's leads to another place.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// What an entry of a directory is.
#[derive(Debug)]
struct What {
    kind: FileKind,
    length: u64,
    mode: Permissions,
}

#[cfg(test)]
mod tests;
