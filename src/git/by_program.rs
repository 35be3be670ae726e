//! The commit through the `git` program, for everything that libgit2 would do differently (see `libgit2_support`).

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid};

use super::change::Paths;
use super::committed::{Committed, UnderWay};
use super::failure::Failure;
use super::lock::IndexLock;
use super::program::{Git, Ran, list, names, path};
use super::{libgit2_support, library};
use crate::disk::of_git;
use crate::error::Result;

/// The hooks that may change what is committed.
const BEFORE: [&str; 3] = ["pre-commit", "prepare-commit-msg", "commit-msg"];

impl Git<'_> {
    /// Commits these paths on top of `HEAD`, as they are in the work tree.
    ///
    /// It does what `git commit --only` does, step by step: an index of `HEAD` and these paths is what the hooks see
    /// and what is committed; then the paths are updated in the index of the work tree. `git commit` with these paths
    /// as arguments takes time that grows with their square; and it uses the newest commit of the branch as the parent,
    /// even if the index was made from another one. What the library can answer is asked there: with 100,000 files, each
    /// process that reads the index takes 20 ms and more. `held` are the locks with which another process holds the branch.
    pub(super) fn commit(
        &self,
        (lock, held): (&IndexLock, &[PathBuf]),
        paths: &Paths,
        message: &str,
    ) -> std::result::Result<Committed, Failure> {
        let index = self.library.and(lock.read()?);
        let in_conflict = match &index {
            Some(index) => index.has_conflicts(),
            None => !self.must_ask(&["ls-files", "--unmerged"])?.is_empty(),
        };
        if in_conflict {
            return Ok(Committed::Busy(UnderWay::Conflicts));
        }
        let ignored = match (self.library, &index) {
            (Some(repo), Some(index)) => {
                library::ignored(repo, &library::entries_of(repo, index, paths)?, &paths.present)?
            }
            _ => self.ignored(&paths.present)?,
        };
        if !ignored.is_empty() {
            return Ok(Committed::Ignored(ignored));
        }
        if !self.knows_people()? {
            return Ok(Committed::NoIdentity);
        }
        let (next, after) = (lock.copy("next")?, lock.copy("after")?);
        let before = self.head()?;
        let file = lock.file("COMMIT_EDITMSG");
        let committed = match self.with_index(&next).record(paths, (message, &file), before.as_deref())? {
            Committed::Refused { .. } if self.head()? != before => return Err(Failure::Moved),
            Committed::Refused { said } => {
                return match held.iter().find(|lock| of_git::is_there(lock)) {
                    Some(lock) => Err(Failure::Taken(lock.clone())),
                    None => Ok(Committed::Refused { said }),
                };
            }
            committed => committed,
        };
        // Also if there was nothing to commit: a process that died may have got as far as the commit.
        // If the index stayed as it was, the next commit by hand would take this one back.
        let updated = self.with_index(&after).update(paths)?;
        if !updated.done() {
            return Err(updated.failed().into());
        }
        // On a branch without commits there may be no index even then.
        if of_git::is_there(&after) {
            lock.replace(&after).map_err(Failure::write(&after))?;
        }
        Ok(committed)
    }

    /// The new files that git is told to ignore. A file that is tracked already is not ignored.
    fn ignored(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>> {
        // A name that starts with a colon is a pattern to this command, unless it is given as `./:name`. If the command
        // looks up the names in the index itself, it reads the whole index for each.
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

    /// Commits from this index on top of `before`, if the branch still names it (`None`: the branch has no commit). The
    /// message is in a file, for the hooks.
    fn record(
        &self,
        paths: &Paths,
        (message, file): (&str, &Path),
        before: Option<&str>,
    ) -> std::result::Result<Committed, Failure> {
        let start = match before {
            Some(id) => vec!["read-tree", "--reset", id],
            None => vec!["read-tree", "--empty"],
        };
        for ran in [self.run(&start, b"")?, self.update(paths)?] {
            if !ran.done() {
                return Ok(Committed::Refused { said: ran.said });
            }
        }
        let meant = self.must_ask(&["write-tree"])?;
        let unchanged = self.tree_of(before)?;
        if meant == unchanged {
            return Ok(Committed::NothingToCommit);
        }
        of_git::write(file, message.as_bytes()).map_err(Failure::write(file))?;
        if let Err(said) = self.hooks_agree("pre-commit", "message", file)? {
            return Ok(Committed::Refused { said });
        }
        // A hook may have changed the content and the message.
        let tree = if BEFORE.iter().any(|hook| self.has_hook(hook)) {
            self.must_ask(&["write-tree"])?
        } else {
            meant.clone()
        };
        let text = of_git::read(file).map_err(Failure::write(file))?;
        let Some(first) = text.split(|byte| *byte == b'\n').next().filter(|_| !text.is_empty()) else {
            return Ok(Committed::Refused { said: String::new() });
        };
        let id = match self.sealed(&tree, before.as_slice(), file)? {
            Ok(id) => id,
            Err(said) => return Ok(Committed::Refused { said }),
        };
        let log = format!("commit: {}", String::from_utf8_lossy(first));
        let moved =
            self.at_once().run(&["update-ref", "-m", &log, "HEAD", &id, before.unwrap_or_default()], b"")?;
        if !moved.done() {
            return Ok(Committed::Refused { said: moved.said });
        }
        Ok(if tree == meant { Committed::Made { id } } else { Committed::Altered { id } })
    }

    /// Runs the hook that comes after a commit, when nothing is locked any more. Its output does not undo the commit;
    /// its actions may: then the branch is at another commit.
    pub(super) fn after(&self, made: Committed) -> Result<Committed> {
        let (Committed::Made { id } | Committed::Altered { id }) = &made else { return Ok(made) };
        self.hook(&["post-commit"])?;
        let Some(now) = self.head()? else { return Ok(made) };
        let stays = now == *id || self.is_so(&["merge-base", "--is-ancestor", id, &now])?;
        Ok(if stays { made } else { Committed::Altered { id: now } })
    }

    /// Runs the hooks that come before a commit of this index: first the one of this name, then those of the message,
    /// which is in a file and comes from `source`. `Err`: the output of the one that refused.
    pub(super) fn hooks_agree(
        &self,
        first: &str,
        source: &str,
        file: &Path,
    ) -> Result<std::result::Result<(), String>> {
        let file = file.to_string_lossy();
        for hook in [&[first][..], &["prepare-commit-msg", &file, source], &["commit-msg", &file]] {
            let ran = self.hook(hook)?;
            if !ran.done() {
                let said = String::from_utf8_lossy(&ran.out) + ran.said.as_str();
                return Ok(Err(said.into_owned()));
            }
        }
        Ok(Ok(()))
    }

    /// The commit that `HEAD` names.
    fn head(&self) -> Result<Option<String>> {
        match self.library.map(library::head) {
            Some(Ok(head)) => Ok(head.map(|head| head.id().to_string())),
            _ => self.ask(&["rev-parse", "--quiet", "--verify", "HEAD"]),
        }
    }

    /// The tree of a commit; without one, the empty tree.
    fn tree_of(&self, commit: Option<&str>) -> Result<String> {
        let Some(id) = commit else { return self.must_ask(&["mktree"]) };
        let library = self.library.filter(|repo| libgit2_support::replaced(repo).is_ok_and(|any| !any));
        match library.map(|repo| Oid::from_str(id).and_then(|id| repo.find_commit(id))) {
            Some(Ok(commit)) => Ok(commit.tree_id().to_string()),
            _ => self.must_ask(&["rev-parse", "--verify", &format!("{id}^{{tree}}")]),
        }
    }

    /// Whether git knows the author and the committer.
    fn knows_people(&self) -> Result<bool> {
        match self.library.map(library::people) {
            Some(Ok(people)) => Ok(people.is_some()),
            _ => Ok(self.person("AUTHOR")?.is_some() && self.person("COMMITTER")?.is_some()),
        }
    }

    /// Whether commits are signed.
    fn signs(&self) -> Result<bool> {
        let known = self.library.and_then(|repo| repo.config().ok()?.snapshot().ok());
        match known.map(|config| config.get_bool("commit.gpgsign")) {
            Some(Ok(signs)) => Ok(signs),
            Some(Err(error)) if error.code() == ErrorCode::NotFound => Ok(false),
            _ => {
                Ok(self.ask(&["config", "--type=bool", "--get", "commit.gpgSign"])?.as_deref()
                    == Some("true"))
            }
        }
    }

    /// Whether there may be a hook of this name.
    fn has_hook(&self, name: &str) -> bool {
        let known = self.library.and_then(|repo| {
            let config = repo.config().ok()?.snapshot().ok()?;
            libgit2_support::has_hook(repo, &config, name).ok()
        });
        known.unwrap_or(true)
    }

    fn hook(&self, hook: &[&str]) -> Result<Ran> {
        if hook.first().is_some_and(|name| !self.has_hook(name)) {
            return Ok(Ran::nothing());
        }
        let (name, arguments) = hook.split_at(1);
        self.run(&[&["hook", "run", "--ignore-missing"], name, &["--"], arguments].concat(), b"")
    }

    /// A commit of this tree on these parents, signed if the settings say so, that no branch has yet; the message is in
    /// a file. `Err`: git's output.
    pub(super) fn sealed(
        &self,
        tree: &str,
        parents: &[&str],
        file: &Path,
    ) -> Result<std::result::Result<String, String>> {
        let mut arguments =
            vec!["-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8", "commit-tree"];
        if self.signs()? {
            arguments.push("-S");
        }
        arguments.extend(parents.iter().flat_map(|parent| ["-p", parent]));
        let file = file.to_string_lossy();
        arguments.extend(["-F", &file, tree]);
        let ran = self.run(&arguments, b"")?;
        if !ran.done() {
            return Ok(Err(ran.said));
        }
        Ok(Ok(String::from_utf8_lossy(&ran.out).trim_end().to_owned()))
    }

    /// Updates the entries of these paths, and no others, from the work tree.
    pub(super) fn update(&self, paths: &Paths) -> Result<Ran> {
        let all = [list(&paths.absent), list(&paths.present)].concat();
        self.run(&["update-index", "--add", "--remove", "--replace", "-z", "--stdin"], &all)
    }
}
