//! Commits exactly the paths that a command touched, no matter what else is staged.
//!
//! A ledger need not be in a repository. If it is, [`Repository::around`] finds the repository of its directory.
//! [`Repository::commit`] puts the paths that a command changed on top of `HEAD` and leaves every other staged,
//! unstaged or untracked file as it was. It uses libgit2, without a process. If something is set up that libgit2
//! ignores (hooks, signing, clean filters, ...) or refuses (sha256, reftable, a sparse or split index), the `git`
//! program makes the same commit, see `libgit2_support`.
//!
//! A commit costs what it changes, and one copy of the index: only the trees above its paths are read and written, and
//! `index_file` writes the index. Nothing looks at every file of the work tree.
//!
//! By then the files are already on disk. So if a commit is not possible, they stay as they are, and the result is a
//! [`Committed`] other than `Made`, or an error.
//!
//! This room knows nothing of cases, statuses or the command line: it gets paths and texts.

mod blob_reader;
mod by_program;
mod cached_tree;
mod change;
mod clean;
mod commit_lookup;
mod committed;
mod conflict;
mod environment;
mod failure;
mod fast_forward;
mod flush;
mod head_paths;
mod history;
mod index_file;
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

/// The error of a command that needs revisions, for a ledger outside git.
pub(crate) fn no_repository() -> crate::error::Error {
    crate::error::Error::refused(say::no_repository()).hint(say::make_repository())
}

#[cfg(test)]
mod tests;
