//! The branch moved on to a commit, the work tree with it; what people changed meanwhile is in the way.

use std::collections::HashSet;
use std::path::PathBuf;

use super::change::{Change, Paths, bytes};
use super::failure::Failure;
use super::program::{STATUS, names, path};
use super::repository::{Repository, patiently};
use super::words;
use crate::error::{Error, Result};

/// From one commit to another that it led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// The commit that `HEAD` names.
    pub from: String,
    /// The commit that it is to name.
    pub to: String,
}

impl Repository {
    /// The files that differ between two commits and are not in the work tree as the first has them: changed,
    /// staged, or new where the second has one. From the top of the work tree.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub fn in_the_way(&self, advance: &Advance) -> Result<Vec<PathBuf>> {
        let git = self.git();
        let differing = self.files_between(&advance.from, &advance.to)?;
        let arguments: Vec<&str> = STATUS.iter().copied().chain(["."]).collect();
        let out = git.must(&arguments, b"")?.out;
        let touched: HashSet<PathBuf> = names(&out).filter_map(|line| line.get(3..)).map(path).collect();
        let known = git.must(&["ls-tree", "-r", "-z", "--name-only", "--full-tree", &advance.from], b"")?.out;
        let known: HashSet<&[u8]> = names(&known).collect();
        let stands = |file: &PathBuf| {
            !known.contains(bytes(file).as_slice()) && self.top().join(file).symlink_metadata().is_ok()
        };
        Ok(differing.into_iter().filter(|file| touched.contains(file) || stands(file)).collect())
    }

    /// Moves `HEAD`, and with it the index and the work tree. What these changes name is in its place already.
    /// It can be done again where it was interrupted.
    ///
    /// # Errors
    /// `HEAD` names another commit by now; another git process was in the way until the end; git fails.
    pub fn advance(&self, advance: &Advance, placed: &[Change]) -> Result<()> {
        let git = self.git();
        let head = git.must_ask(&["rev-parse", "--verify", "HEAD"])?;
        if head == advance.to {
            return Ok(());
        }
        if head != advance.from {
            return Err(Error::failed(words::moved()).hint(words::sync_again()));
        }
        let placed = self.paths(placed)?;
        let known: HashSet<&PathBuf> = placed.present.iter().chain(&placed.absent).collect();
        let others = self.files_between(&advance.from, &advance.to)?;
        let others: Vec<u8> = others
            .iter()
            .filter(|file| !known.contains(file))
            .flat_map(|file| bytes(file).into_iter().chain([0]))
            .collect();
        if !others.is_empty() {
            let source = format!("--source={}", advance.to);
            let restore = ["--literal-pathspecs", "restore", &source, "--staged", "--worktree"];
            let list = ["--pathspec-from-file=-", "--pathspec-file-nul"];
            self.unlocked(&[&restore[..], &list].concat(), &others)?;
        }
        self.stage_paths(&placed)?;
        git.must(&["update-ref", "-m", "fb sync", "HEAD", &advance.to, &advance.from], b"")?;
        // What comes after a merge is the user's; that it fails undoes nothing.
        git.run(&["hook", "run", "--ignore-missing", "post-merge", "--", "0"], b"")?;
        Ok(())
    }

    /// Takes these files into the index as they are in the work tree: a conflict in them counts as resolved.
    ///
    /// # Errors
    /// A path is no plain file of this work tree; another git process was in the way until the end; git fails.
    pub fn stage(&self, changes: &[Change]) -> Result<()> {
        self.stage_paths(&self.paths(changes)?)
    }

    fn stage_paths(&self, paths: &Paths) -> Result<()> {
        let all = paths.absent.iter().chain(&paths.present);
        let all: Vec<u8> = all.flat_map(|file| bytes(file).into_iter().chain([0])).collect();
        self.unlocked(&["update-index", "--add", "--remove", "--replace", "-z", "--stdin"], &all)
    }

    /// Runs git on the index; again, where another process had it.
    fn unlocked(&self, arguments: &[&str], input: &[u8]) -> Result<()> {
        patiently(|| {
            let ran = self.git().run(arguments, input)?;
            match ran.done() {
                true => Ok(()),
                false if ran.said.contains("index.lock") => {
                    Err(Failure::Taken(self.git_dir().join("index.lock")))
                }
                false => Err(Error::failed(words::failed(ran.said.trim_end())).into()),
            }
        })
    }
}
