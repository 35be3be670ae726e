//! The locks of a branch that a process left when it died.
//!
//! git and libgit2 put the branch's new commit into `refs/heads/NAME.lock`, and git locks `HEAD` beside it with an
//! empty file; neither says whose it is, and neither ever goes by itself. Here they are known by what they hold.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::SystemTime;

use super::change::{Paths, bytes};
use super::program::names;
use super::repository::Repository;
use crate::disk::of_git;
use crate::error::Result;

/// The question which paths a commit touches; its id follows.
const TOUCHED: [&str; 7] =
    ["diff-tree", "--root", "-r", "-z", "--no-renames", "--name-only", "--no-commit-id"];

/// The files by which a process keeps `HEAD` and its branch to itself, where branches are kept in files.
pub(super) fn branch_locks(repository: &Repository) -> Vec<PathBuf> {
    let head = of_git::read_to_string(&repository.git_dir().join("HEAD")).unwrap_or_default();
    let branch = head.trim_end().strip_prefix("ref: ");
    let branch = branch.map(|branch| repository.common_dir().join(format!("{branch}.lock")));
    [Some(repository.git_dir().join("HEAD.lock")), branch].into_iter().flatten().collect()
}

/// Locks that stand, with what they hold and since when.
#[derive(Debug, PartialEq)]
pub(super) struct StaleLocks(Vec<(PathBuf, String, Option<SystemTime>)>);

impl StaleLocks {
    /// Those that `git commit` takes. Not the one of `packed-refs`, which a repack in the background may hold for long.
    pub(super) fn now(repository: &Repository) -> StaleLocks {
        let after = repository.git_dir().join("AUTO_MERGE.lock");
        let locks = branch_locks(repository).into_iter().chain([after]);
        let held = locks.filter_map(|lock| {
            let since = of_git::metadata(&lock).ok()?.modified().ok();
            Some((lock.clone(), of_git::read_to_string(&lock).ok()?, since))
        });
        StaleLocks(held.collect())
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes them where each is empty, or holds the commit that was to be made. Anything else is another process's,
    /// and all of them stay. To be called when they have stood unchanged for as long as a commit is tried: nobody who
    /// lives leaves one empty for so long.
    pub(super) fn remove(&self, is_ours: impl Fn(&str) -> Result<bool>) -> Result<()> {
        for (_, text, _) in &self.0 {
            if !text.is_empty() && !is_ours(text.trim_end())? {
                return Ok(());
            }
        }
        for (lock, ..) in &self.0 {
            // One that stays is named by whatever it is in the way of.
            let _ = of_git::remove_file(lock);
        }
        Ok(())
    }
}

/// Whether this is a commit on top of `HEAD` that touches these paths and no others; or `HEAD` itself: a new branch is linked
/// into its place before its lock goes.
pub(super) fn is_the_commit(repository: &Repository, id: &str, paths: &Paths) -> Result<bool> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(false);
    }
    let git = repository.git();
    let head = git.ask(&["rev-parse", "--quiet", "--verify", "HEAD"])?;
    if head.as_deref() == Some(id) {
        return Ok(true);
    }
    let commit = format!("{id}^{{commit}}");
    if !git.is_so(&["rev-parse", "--quiet", "--verify", &commit])? {
        return Ok(false);
    }
    if git.must_ask(&["log", "-1", "--format=%P", id, "--"])? != head.unwrap_or_default() {
        return Ok(false);
    }
    let ours: HashSet<Vec<u8>> = paths.present.iter().chain(&paths.absent).map(|path| bytes(path)).collect();
    let touched = git.run(&[&TOUCHED[..], &[id]].concat(), b"")?;
    Ok(touched.done() && names(&touched.out).all(|name| ours.contains(name)))
}
