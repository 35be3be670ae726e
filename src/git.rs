//! Commits of exactly the paths that a command touched, whatever else is staged.
//!
//! A ledger need not be in a repository; where it is, [`Repository::around`] finds the one that holds its
//! directory. [`Repository::commit`] puts the paths that a command changed on top of `HEAD` and leaves every other
//! staged, unstaged or untracked file as it was. It goes through libgit2, without a process; where something is
//! set up that libgit2 passes over in silence (hooks, signing, clean filters, ...) or refuses (sha256, reftable,
//! a sparse or split index), the same commit is made by the `git` program, see `fit`.
//!
//! When it is called the work is already on disk. So whatever stands in the way of a commit leaves the work done,
//! and is told as a [`Committed`] that is not `Made`, or as an error.
//!
//! This room knows nothing of cases, statuses or the command line: it is given paths and words.

mod blob_reader;
mod by_program;
mod change;
mod commit_lookup;
mod committed;
mod conflict;
mod environment;
mod failure;
mod fast_forward;
mod flush;
mod head_paths;
mod history;
mod kept;
mod libgit2_support;
mod library;
mod lock;
mod maintenance;
mod merge_trees;
mod message;
mod place;
mod program;
mod remote;
mod repository;
mod revision;
mod say;
mod stale_locks;
mod tree;

pub(crate) use change::Change;
pub(crate) use commit_lookup::CommitFilter;
pub(crate) use committed::{Committed, UnderWay};
pub(crate) use conflict::{Sides, Stages};
pub(crate) use fast_forward::FastForward;
pub(crate) use history::{Altered, Entry};
pub(crate) use kept::{Bytes, Kept};
pub(crate) use merge_trees::TreeMerge;
pub(crate) use message::Message;
pub(crate) use remote::{Fetched, Pushed, Upstream};
pub(crate) use repository::Repository;
pub(crate) use revision::{Content, Revision};
pub(crate) use tree::{Blob, Listing};

/// What is said of a ledger outside git by a command that needs its revisions.
pub(crate) fn no_repository() -> crate::error::Error {
    crate::error::Error::refused(say::no_repository()).hint(say::make_repository())
}

#[cfg(test)]
mod tests;
