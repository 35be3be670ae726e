//! What became of a commit.

use std::path::PathBuf;

use super::words;
use crate::lang::Text;

/// What became of a commit. In every case the files themselves are as the command left them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// There is a new commit.
    Made {
        /// Its id in full, in hexadecimal.
        id: String,
    },
    /// The paths are as they are in `HEAD`.
    NothingToCommit,
    /// Something else is under way that has to be finished first; `HEAD` has not moved.
    Busy(State),
    /// git does not know who commits.
    NoIdentity,
    /// `.gitignore` or another list of git keeps these new files out; absolute paths.
    Ignored(Vec<PathBuf>),
    /// The `git` program did not make the commit: a hook refused, a signature failed, ...
    Refused {
        /// What it, or the hook, said; lines, as they came.
        said: String,
    },
}

/// What can be under way in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// `git merge`.
    Merge,
    /// `git rebase`.
    Rebase,
    /// `git am`.
    Patches,
    /// `git cherry-pick`.
    CherryPick,
    /// `git revert`.
    Revert,
    /// `git bisect`.
    Bisect,
    /// None of these, but paths have conflicts that are not resolved, as after `git stash pop`.
    Conflicts,
}

impl State {
    /// A sentence that says so.
    pub fn name(self) -> Text {
        self.text().0
    }

    /// What it is called, and how it is brought to an end.
    fn text(self) -> (Text, Text) {
        match self {
            State::Merge => (words::merge(), words::finish("git merge --continue", "git merge --abort")),
            State::Rebase => (words::rebase(), words::finish("git rebase --continue", "git rebase --abort")),
            State::Patches => (words::patches(), words::finish("git am --continue", "git am --abort")),
            State::CherryPick => {
                (words::cherry_pick(), words::finish("git cherry-pick --continue", "git cherry-pick --abort"))
            }
            State::Revert => (words::revert(), words::finish("git revert --continue", "git revert --abort")),
            State::Bisect => (words::bisect(), words::leave("git bisect reset")),
            State::Conflicts => (words::conflicts(), words::resolve()),
        }
    }
}

impl Committed {
    /// Why there is no commit although the work is done, and what to do next; `None` where there is one, or
    /// nothing to commit. To stand after "the change is made, but not committed: ".
    pub fn why_not(&self) -> Option<(Text, Text)> {
        match self {
            Committed::Made { .. } | Committed::NothingToCommit => None,
            Committed::Busy(state) => Some(state.text()),
            Committed::NoIdentity => Some((words::no_identity(), words::give_identity())),
            Committed::Ignored(paths) => {
                let first = paths.first().cloned().unwrap_or_default();
                Some((words::ignored(&first, paths.len()), words::who_ignores(&first)))
            }
            Committed::Refused { said } => Some((words::refused(said.trim_end()), words::commit_yourself())),
        }
    }
}
