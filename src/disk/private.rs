//! Where our own state is kept: the lock, the journal, and files that wait for them.

use std::path::{Path, PathBuf};

use super::Root;
use crate::error::Result;

/// The directory of a ledger without a repository.
const OWN: &str = ".fb";

/// A directory that is never committed. It never contains files that came with a ledger's history: in a repository it
/// is git's own.
#[derive(Debug, Clone)]
pub(crate) enum Private {
    /// The git directory of a work tree.
    OfGit(PathBuf),
    /// `.fb` in a ledger without a repository. It may come from an archive: no link in it is followed.
    OfLedger(Root),
}

impl Private {
    /// The directory; `None` if it does not exist yet.
    ///
    /// # Errors
    /// If it cannot be opened, or is a link.
    pub(crate) fn open(&self) -> Result<Option<Root>> {
        match self {
            Private::OfGit(git_dir) => Root::open(git_dir).map(Some),
            Private::OfLedger(ledger) => ledger.below(Path::new(OWN)),
        }
    }

    /// The directory; it is made if it does not exist.
    ///
    /// # Errors
    /// As [`Private::open`], and if it cannot be made.
    pub(crate) fn made(&self) -> Result<Root> {
        match self {
            Private::OfGit(git_dir) => Root::open(git_dir),
            Private::OfLedger(ledger) => ledger.below_made(Path::new(OWN)),
        }
    }

    /// Its path.
    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Private::OfGit(git_dir) => git_dir.clone(),
            Private::OfLedger(ledger) => ledger.path().join(OWN),
        }
    }
}
