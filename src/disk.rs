//! The only access to the file system.
//!
//! Promises: everything that comes from a ledger, a remote, an archive or a temporary name is opened beneath a [`Root`]
//! without following a link, is a plain file, and has a size limit; a reader sees whole files or none; a new file has
//! the mode that the user's umask leaves. Paths that the user names on the command line are in [`named`], and follow
//! links as a shell does. No other room opens a file: `clippy.toml` forbids it. Knows neither cases nor rules nor git.

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

/// The largest file that is read, in bytes: far beyond any case, well below what a machine can handle.
pub(crate) const LARGEST: u64 = 8 << 20;

/// The largest photo or recording that is kept, in bytes.
pub(crate) const LARGEST_ATTACHED: u64 = 1 << 30;

/// The largest record of a running command, in bytes: an import's has the text of every case.
pub(crate) const LARGEST_JOURNAL: u64 = 1 << 30;

/// What is at a path. A link is reported as a link, wherever it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A plain file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link, or another kind of system link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// The kind of a directory entry.
#[derive(Debug)]
struct What {
    kind: FileKind,
    length: u64,
    mode: Permissions,
}

#[cfg(test)]
mod tests;
