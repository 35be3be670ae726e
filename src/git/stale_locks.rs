//! The locks of a branch that a process left when it died.
//!
//! git and libgit2 write the branch's new commit to `refs/heads/NAME.lock`, and git locks `HEAD` with an empty file
//! next to it. Neither file says whose it is, and neither is ever removed by itself. They are recognised by their
//! content.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::SystemTime;

use super::change::{Paths, bytes};
use super::program::names;
use super::repository::Repository;
use crate::disk::of_git;
use crate::error::Result;

/// The arguments that ask which paths a commit touches; its id follows.
const TOUCHED: [&str; 7] =
    ["diff-tree", "--root", "-r", "-z", "--no-renames", "--name-only", "--no-commit-id"];

/// The files with which a process locks `HEAD` and its branch, if branches are kept in files.
pub(super) fn branch_locks(repository: &Repository) -> Vec<PathBuf> {
    let head = of_git::read_to_string(&repository.git_dir().join("HEAD")).unwrap_or_default();
    let branch = head.trim_end().strip_prefix("ref: ");
    let branch = branch.map(|branch| repository.common_dir().join(format!("{branch}.lock")));
    [Some(repository.git_dir().join("HEAD.lock")), branch].into_iter().flatten().collect()
}

/// Existing locks, with their content and time.
#[derive(Debug, PartialEq)]
pub(super) struct StaleLocks(Vec<(PathBuf, String, Option<SystemTime>)>);

impl StaleLocks {
    /// Those that `git commit` takes. Not the one of `packed-refs`, which a background repack may hold for long.
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

    /// Removes them if each is empty, or holds the commit that was to be made. Otherwise another process owns one, and
    /// all of them stay. Call it when they have been unchanged for as long as a commit is tried: no running process
    /// leaves one empty for so long.
    pub(super) fn remove(&self, is_ours: impl Fn(&str) -> Result<bool>) -> Result<()> {
        for (_, text, _) in &self.0 {
            if !text.is_empty() && !is_ours(text.trim_end())? {
                return Ok(());
            }
        }
        for (lock, ..) in &self.0 {
            // If one stays, a later error names it.
            let _ = of_git::remove_file(lock);
        }
        Ok(())
    }
}

/// Whether this is a commit on top of `HEAD` that touches exactly these paths; or `HEAD` itself: a new branch is linked
/// into its place before its lock is removed.
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
