//! The commit through the `git` program, where `fit` says that libgit2 would not make the same.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::change::Paths;
use super::committed::{Committed, State};
use super::failure::Failure;
use super::lock::IndexLock;
use super::program::{Git, Ran, list, names, path};
use crate::disk::of_git;
use crate::error::Result;

impl Git<'_> {
    /// Commits these paths on top of `HEAD`, as they are in the work tree.
    ///
    /// It is what `git commit --only` does, in its steps: an index of `HEAD` and these paths is what the hooks
    /// see and what is committed, then the paths are brought up to date in the index of the work tree. Naming
    /// the paths to `git commit` itself takes time that grows with their square. `held` are the locks by which
    /// another process keeps the branch.
    pub(super) fn commit(
        &self,
        (lock, held): (&IndexLock, &[PathBuf]),
        paths: &Paths,
        message: &str,
    ) -> std::result::Result<Committed, Failure> {
        if !self.must_ask(&["ls-files", "--unmerged"])?.is_empty() {
            return Ok(Committed::Busy(State::Conflicts));
        }
        let ignored = self.ignored(&paths.present)?;
        if !ignored.is_empty() {
            return Ok(Committed::Ignored(ignored));
        }
        if self.person("AUTHOR")?.is_none() || self.person("COMMITTER")?.is_none() {
            return Ok(Committed::NoIdentity);
        }
        let (next, after) = (lock.copy("next")?, lock.copy("after")?);
        let head = || self.ask(&["rev-parse", "--quiet", "--verify", "HEAD"]);
        let before = head()?;
        let mut meant = String::new();
        let committed = match self.with_index(&next).record(paths, message, before.is_some(), &mut meant)? {
            Some(Committed::Refused { .. }) if head()? != before => return Err(Failure::Moved),
            Some(Committed::Refused { said }) => {
                let lock = held.iter().find(|lock| of_git::is_there(lock));
                return lock
                    .map_or(Ok(Committed::Refused { said }), |lock| Err(Failure::Taken(lock.clone())));
            }
            Some(nothing) => nothing,
            None => {
                let id = self.made_on(&next, before.as_deref().unwrap_or_default())?;
                match self.must_ask(&["rev-parse", "--verify", &format!("{id}^{{tree}}")])? == meant {
                    true => Committed::Made { id },
                    false => Committed::Altered { id },
                }
            }
        };
        // Also where nothing was to be committed: a process that died may have come as far as the commit.
        // On a branch without commits there may be no index even then.
        if self.with_index(&after).update(paths)?.done() && of_git::is_there(&after) {
            lock.replace(&after).map_err(Failure::write(&after))?;
        }
        Ok(committed)
    }

    /// The id of the commit that was just made from this index. Where another process had moved the branch meanwhile, what
    /// that one did is not in our tree: the commit is taken back, to be made again. A commit that somebody has built on it
    /// already stays.
    fn made_on(&self, index: &Path, before: &str) -> std::result::Result<String, Failure> {
        let tree = self.with_index(index).must_ask(&["write-tree"])?;
        let range = if before.is_empty() { "HEAD".to_owned() } else { format!("{before}..HEAD") };
        let since = self.must_ask(&["rev-list", "--format=%H %T %P", &range, "--"])?;
        let commits: Vec<Vec<&str>> = since
            .lines()
            .filter(|line| !line.starts_with("commit "))
            .map(|line| line.split(' ').collect())
            .collect();
        let ours = commits.iter().position(|words| words.get(1) == Some(&tree.as_str()));
        // A hook may have changed what was committed.
        let at = ours.unwrap_or_default();
        let Some(&[id, _, parent, ..]) = commits.get(at).map(Vec::as_slice) else {
            return Err(Failure::Moved);
        };
        let stale = ours == Some(0) && parent != before;
        if stale && self.run(&["update-ref", "HEAD", parent, id], b"")?.done() {
            return Err(Failure::Moved);
        }
        Ok(id.to_owned())
    }

    /// The new files that git is told to ignore. A file that is tracked already is not ignored.
    fn ignored(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>> {
        // A name that starts with a colon is a pattern to this command, unless it is given as `./:name`. Left to
        // look the names up in the index itself, it goes through the whole of it for each.
        let files: Vec<PathBuf> = files.iter().map(|file| Path::new(".").join(file)).collect();
        let ran = self.run(&["check-ignore", "--no-index", "-z", "--stdin"], &list(&files))?;
        match ran.code() {
            Some(0) => {
                let index = self.must(&["ls-files", "-z"], b"")?.out;
                let tracked: HashSet<&[u8]> = names(&index).collect();
                let ignored = names(&ran.out).filter_map(|name| name.strip_prefix(b"./"));
                Ok(ignored.filter(|name| !tracked.contains(name)).map(path).collect())
            }
            Some(1) => Ok(Vec::new()),
            _ => Err(ran.failed()),
        }
    }

    /// Commits from this index; `None` where there is a commit. `born`: the branch has commits. `meant` becomes the tree
    /// that is committed, unless a hook changes it.
    fn record(
        &self,
        paths: &Paths,
        message: &str,
        born: bool,
        meant: &mut String,
    ) -> Result<Option<Committed>> {
        let start: &[&str] = if born { &["read-tree", "--reset", "HEAD"] } else { &["read-tree", "--empty"] };
        for ran in [self.run(start, b"")?, self.update(paths)?] {
            if !ran.done() {
                return Ok(Some(Committed::Refused { said: ran.said }));
            }
        }
        if self.is_so(&["diff", "--cached", "--quiet", "--no-ext-diff", "--no-textconv"])? {
            return Ok(Some(Committed::NothingToCommit));
        }
        *meant = self.must_ask(&["write-tree"])?;
        let commit = [
            ["-c", "user.useConfigOnly=true"],
            ["-c", "i18n.commitEncoding=UTF-8"],
            ["commit", "--quiet"],
            ["--cleanup=verbatim", "--file=-"],
        ];
        let ran = self.run(commit.as_flattened(), message.as_bytes())?;
        let said = String::from_utf8_lossy(&ran.out) + ran.said.as_str();
        Ok((!ran.done()).then(|| Committed::Refused { said: said.into_owned() }))
    }

    /// Brings the entries of these paths, and no others, to what is in the work tree.
    pub(super) fn update(&self, paths: &Paths) -> Result<Ran> {
        let all = [list(&paths.absent), list(&paths.present)].concat();
        self.run(&["update-index", "--add", "--remove", "--replace", "-z", "--stdin"], &all)
    }
}
