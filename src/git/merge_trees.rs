//! Two commits: their common ancestors, git's merge of the files that are not cases, and the commit that merges them.

use std::path::{Path, PathBuf};

use super::committed::Committed;
use super::message::Message;
use super::program::{names, path};
use super::repository::Repository;
use super::say;
use crate::disk::of_git;
use crate::error::{Error, Result};

/// git's merge of two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TreeMerge {
    /// The merged tree.
    Tree(String),
    /// Files that people must check, from the top of the work tree.
    Conflicts(Vec<PathBuf>),
}

/// The author of commits that no branch ever names: only the object store has them, until it is cleaned.
const NOBODY: [&str; 4] = ["-c", "user.name=fb", "-c", "user.email=fb@localhost"];

impl Repository {
    /// The full id of the commit that a word names.
    ///
    /// # Errors
    /// There is none, or git cannot be run.
    pub(crate) fn commit_id(&self, word: &str) -> Result<String> {
        self.commit_named(word)
    }

    /// The best common ancestors of two commits; empty if their histories are unrelated.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn bases(&self, ours: &str, theirs: &str) -> Result<Vec<String>> {
        let bases = self.git().ask(&["merge-base", "--all", ours, theirs])?.unwrap_or_default();
        Ok(bases.lines().map(str::to_owned).collect())
    }

    /// The tree of a commit.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn tree_of(&self, commit: &str) -> Result<String> {
        self.git().must_ask(&["rev-parse", "--verify", &format!("{commit}^{{tree}}")])
    }

    /// The tree without a file.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn empty_tree(&self) -> Result<String> {
        let made = self.git().must(&["mktree"], b"")?.out;
        Ok(String::from_utf8_lossy(&made).trim_end().to_owned())
    }

    /// git's own three-way merge of trees, with the user's settings and drivers, but without detecting renamed
    /// directories.
    ///
    /// # Errors
    /// git cannot be run, or is older than 2.38.
    pub(crate) fn merge_trees(&self, base: &str, ours: &str, theirs: &str) -> Result<TreeMerge> {
        if ours == theirs || base == theirs {
            return Ok(TreeMerge::Tree(ours.to_owned()));
        }
        if base == ours {
            return Ok(TreeMerge::Tree(theirs.to_owned()));
        }
        let root = self.unnamed_commit(base, &[])?;
        let ours = self.unnamed_commit(ours, &[&root])?;
        let theirs = self.unnamed_commit(theirs, &[&root])?;
        let arguments = ["-c", "merge.directoryRenames=false", "merge-tree", "--write-tree", "-z"];
        let more = ["--name-only", "--no-messages", &ours, &theirs];
        let ran = self.git().run(&[&arguments[..], &more].concat(), b"")?;
        let mut words = names(&ran.out);
        let tree = words.next().map(|id| String::from_utf8_lossy(id).into_owned());
        match (ran.code(), tree) {
            (Some(0), Some(tree)) => Ok(TreeMerge::Tree(tree)),
            (Some(1), Some(_)) => Ok(TreeMerge::Conflicts(words.map(path).collect())),
            _ => Err(Error::failed(say::failed(ran.said.trim_end())).hint(say::newer_git())),
        }
    }

    /// A commit of a tree that no branch names.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn unnamed_commit(&self, tree: &str, parents: &[&str]) -> Result<String> {
        let mut arguments = NOBODY.to_vec();
        arguments.extend(["commit-tree", tree, "-m", "joined"]);
        arguments.extend(parents.iter().flat_map(|parent| ["-p", parent]));
        self.git().must_ask(&arguments)
    }

    /// The commit that merges two others: its message and its signature follow git's settings and hooks. No branch is
    /// moved; [`Repository::fast_forward`] does that.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn joining_commit(
        &self,
        tree: &str,
        parents: &[&str],
        message: &Message,
    ) -> Result<Committed> {
        let git = self.git();
        if git.person("AUTHOR")?.is_none() || git.person("COMMITTER")?.is_none() {
            return Ok(Committed::NoIdentity);
        }
        let scratch = self.scratch()?;
        let (index, file) = (scratch.path().join("index"), scratch.path().join("MERGE_MSG"));
        let fault = |error: std::io::Error| Error::failed(say::cannot_write(&file, error.to_string()));
        of_git::write(&file, message.text().as_bytes()).map_err(fault)?;
        let git = git.with_index(&index);
        git.must(&["read-tree", tree], b"")?;
        if let Err(said) = git.hooks_agree("pre-merge-commit", "merge", &file)? {
            return Ok(Committed::Refused { said });
        }
        Ok(match git.sealed(tree, parents, &file)? {
            Ok(id) => Committed::Made { id },
            Err(said) => Committed::Refused { said },
        })
    }

    /// The files that differ between two commits, from the top of the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn files_between(&self, from: &str, to: &str) -> Result<Vec<PathBuf>> {
        let diff = ["diff-tree", "-r", "--name-only", "-z", "--no-renames", from, to];
        Ok(names(&self.git().must(&diff, b"")?.out).map(path).collect())
    }

    /// Whether the first commit is the second one, or an ancestor of it.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn led_to(&self, one: &str, other: &str) -> Result<bool> {
        self.git().is_so(&["merge-base", "--is-ancestor", one, other])
    }

    /// A path from the top as one of the repository's given directory; `None`: it is outside.
    pub(crate) fn below_here<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(self.prefix()).ok()
    }
}
