//! The result of a commit.

use std::path::PathBuf;

use super::say;
use crate::lang::Text;

/// The result of a commit. The files themselves are always as the command left them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Committed {
    /// There is a new commit.
    Made {
        /// Its id in full, in hexadecimal.
        id: String,
    },
    /// There is a new commit, and a hook changed what is in it.
    Altered {
        /// Its id in full, in hexadecimal.
        id: String,
    },
    /// The paths are as they are in `HEAD`.
    NothingToCommit,
    /// Another operation must be finished first; `HEAD` has not moved.
    Busy(UnderWay),
    /// git does not know who commits.
    NoIdentity,
    /// `.gitignore` or another ignore list of git excludes these new files; absolute paths.
    Ignored(Vec<PathBuf>),
    /// The `git` program did not make the commit: a hook refused, a signature failed, ...
    Refused {
        /// Its output, or the hook's, as lines.
        said: String,
    },
}

/// The operations that can be in progress in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnderWay {
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

impl UnderWay {
    /// A sentence that says so.
    pub(crate) fn name(self) -> Text {
        self.text(&say::then_commit()).0
    }

    /// Its name, and how to end it before a sync.
    pub(crate) fn before_sync(self) -> (Text, Text) {
        self.text(&say::then_sync())
    }

    /// Its name, how to end it, and what to do then.
    fn text(self, then: &Text) -> (Text, Text) {
        let finish = || say::finish(self.go_on(), self.give_up(), then);
        match self {
            UnderWay::Merge => (say::merge(), finish()),
            UnderWay::Rebase => (say::rebase(), finish()),
            UnderWay::Patches => (say::patches(), finish()),
            UnderWay::CherryPick => (say::cherry_pick(), finish()),
            UnderWay::Revert => (say::revert(), finish()),
            UnderWay::Bisect => (say::bisect(), say::leave(self.give_up(), then)),
            UnderWay::Conflicts => (say::conflicts(), say::resolve(then)),
        }
    }

    /// The command that finishes it, once nothing is in conflict any more.
    pub(crate) fn go_on(self) -> &'static str {
        match self {
            UnderWay::Merge => "git merge --continue",
            UnderWay::Rebase => "git rebase --continue",
            UnderWay::Patches => "git am --continue",
            UnderWay::CherryPick => "git cherry-pick --continue",
            UnderWay::Revert => "git revert --continue",
            UnderWay::Bisect => "git bisect reset",
            UnderWay::Conflicts => "git commit",
        }
    }

    /// The command that abandons it.
    pub(crate) fn give_up(self) -> &'static str {
        match self {
            UnderWay::Merge => "git merge --abort",
            UnderWay::Rebase => "git rebase --abort",
            UnderWay::Patches => "git am --abort",
            UnderWay::CherryPick => "git cherry-pick --abort",
            UnderWay::Revert => "git revert --abort",
            UnderWay::Bisect => "git bisect reset",
            UnderWay::Conflicts => "git reset --merge",
        }
    }
}

impl Committed {
    /// Why there is no commit although the work is done, and what to do next; `None` if there is one, or nothing to
    /// commit. It follows "the change is made, but not committed: ".
    pub(crate) fn why_not(&self) -> Option<(Text, Text)> {
        self.told(&say::then_commit())
    }

    /// Why a sync made no commit, and what to do next; `None` as in [`Committed::why_not`].
    pub(crate) fn why_not_synced(&self) -> Option<(Text, Text)> {
        self.told(&say::then_sync())
    }

    /// Whether git refused it. During a merge git is not asked: the change becomes part of the merge.
    pub(crate) fn failed(&self) -> bool {
        match self {
            Committed::Made { .. } | Committed::Altered { .. } => false,
            Committed::NothingToCommit | Committed::Busy(_) => false,
            Committed::NoIdentity | Committed::Ignored(_) | Committed::Refused { .. } => true,
        }
    }

    fn told(&self, then: &Text) -> Option<(Text, Text)> {
        match self {
            Committed::Made { .. } | Committed::Altered { .. } | Committed::NothingToCommit => None,
            Committed::Busy(state) => Some(state.text(then)),
            Committed::NoIdentity => Some((say::no_identity(), say::give_identity(then))),
            Committed::Ignored(paths) => {
                let first = paths.first().cloned().unwrap_or_default();
                Some((say::ignored(&first, paths.len()), say::who_ignores(&first)))
            }
            Committed::Refused { said } => {
                let refused = match said.trim_end() {
                    "" => say::refused_silently(),
                    said => say::refused(said),
                };
                Some((refused, say::put_right(then)))
            }
        }
    }
}
