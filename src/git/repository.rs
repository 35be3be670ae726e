//! The repository around a ledger.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use git2::{ErrorCode, RepositoryOpenFlags};

use super::change::{Change, Paths, Tree};
use super::committed::{Committed, UnderWay};
use super::failure::Failure;
use super::index_file::IndexFile;
use super::lock::IndexLock;
use super::message::Message;
use super::program::Git;
use super::stale_locks::{StaleLocks, branch_locks, is_the_commit};
use super::{environment, libgit2_support, library, place, program, say};
use crate::disk::of_git;
use crate::error::{Error, Result};

/// How often to try again while another git process holds a lock, and how long to wait in between.
pub(super) const TRIES: u32 = 30;
pub(super) const PAUSE: Duration = Duration::from_millis(50);

/// The operation in progress if this is in the git directory; the first that exists counts.
const UNDER_WAY: [(&str, UnderWay); 7] = [
    ("rebase-merge", UnderWay::Rebase),
    ("rebase-apply/applying", UnderWay::Patches),
    ("rebase-apply", UnderWay::Rebase),
    ("MERGE_HEAD", UnderWay::Merge),
    ("CHERRY_PICK_HEAD", UnderWay::CherryPick),
    ("REVERT_HEAD", UnderWay::Revert),
    ("BISECT_LOG", UnderWay::Bisect),
];

/// The repository around a ledger, with a work tree.
pub(crate) struct Repository {
    tree: Tree,
    /// The directory with the `.git` entry, without links.
    holder: PathBuf,
    git_dir: PathBuf,
    common_dir: PathBuf,
    /// `None`: libgit2 refuses it, or reads its settings differently from git; everything goes through the program.
    pub(super) library: Option<git2::Repository>,
}

impl Repository {
    /// The repository that holds this directory: the one to which the nearest `.git` entry upwards leads (a clone, a
    /// linked work tree or a submodule); `None` if there is none. `GIT_DIR` and similar variables are ignored, see
    /// `environment`.
    ///
    /// # Errors
    /// The repository is bare, belongs to a user whom git does not trust, or cannot be read.
    pub(crate) fn around(dir: &Path) -> Result<Option<Repository>> {
        let real = of_git::canonicalize(dir)
            .map_err(|error| Error::failed(say::no_such_directory(dir, error.to_string())))?;
        let Some(holder) = place::holder(&real)? else { return Ok(None) };
        if !environment::fits_library() {
            return Repository::by_program(dir, &real, holder).map(Some);
        }
        let exactly = RepositoryOpenFlags::FROM_ENV | RepositoryOpenFlags::NO_SEARCH;
        let opened = git2::Repository::open_ext(&holder, exactly, [""; 0]);
        match opened {
            // If libgit2 cannot read what the entry names, it would take the directory itself for a repository.
            Ok(repo)
                if !is_same(repo.path(), &holder)
                    && libgit2_support::knows_people(&repo).unwrap_or(false) =>
            {
                let top = repo.workdir().ok_or_else(|| place::is_bare(repo.path()))?;
                let (git_dir, common_dir) = (repo.path().to_owned(), repo.commondir().to_owned());
                let tree = tree(dir, &real, top)?;
                Ok(Some(Repository { tree, holder, git_dir, common_dir, library: Some(repo) }))
            }
            Err(error) if error.code() == ErrorCode::Owner => {
                Err(Error::failed(say::not_trusted(&real)).hint(say::trust(&real)))
            }
            _ => Repository::by_program(dir, &real, holder).map(Some),
        }
    }

    /// Makes a repository in this directory, with git's template and default branch name.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub(crate) fn init(dir: &Path) -> Result<Repository> {
        let made = git2::Repository::init_opts(dir, &git2::RepositoryInitOptions::new());
        made.map_err(|error| Error::failed(say::failed(error.message())))?;
        let found = Repository::around(dir)?;
        found.ok_or_else(|| Error::failed(say::failed(dir.display().to_string())))
    }

    /// The git directory of this work tree: a linked work tree and a submodule have their own. It can hold our lock and
    /// journal.
    pub(crate) fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// The name and the address of the author of a new commit; `None` if git does not know them. git's guess from the
    /// name of the machine is not used.
    ///
    /// # Errors
    /// The `git` program is needed and cannot be run.
    pub(crate) fn author(&self) -> Result<Option<(String, String)>> {
        match &self.library {
            Some(repo) => match library::author(repo) {
                Err(Failure::Unfit) => self.git().person("AUTHOR"),
                author => Ok(author?),
            },
            None => self.git().person("AUTHOR"),
        }
    }

    /// The editor that git's settings name (`core.editor`), if they name one.
    ///
    /// # Errors
    /// The `git` program cannot be run.
    pub(crate) fn editor(&self) -> Result<Option<String>> {
        self.git().ask(&["config", "--get", "core.editor"])
    }

    /// The short id of the commit that `HEAD` names; `None` if there is no commit yet.
    ///
    /// # Errors
    /// `HEAD` cannot be read.
    pub(crate) fn head(&self) -> Result<Option<String>> {
        let Some(repo) = &self.library else {
            return self.git().ask(&["rev-parse", "--quiet", "--verify", "--short", "HEAD"]);
        };
        let head =
            library::head(repo).and_then(|head| head.map(|head| library::short(repo, head.id())).transpose());
        head.map_err(|error| Error::failed(say::failed(error.message())))
    }

    /// Which of these files, or of those in these directories, are not as in `HEAD`: changed, staged or new.
    ///
    /// # Errors
    /// A path is outside the work tree; git failed.
    pub(crate) fn dirty(&self, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let outside = |path: &PathBuf| Error::failed(say::outside(path, &self.tree.top));
        let relative = paths.iter().map(|path| self.tree.relative(path).ok_or_else(|| outside(path)));
        let relative = self.maybe_dirty(relative.collect::<Result<Vec<_>>>()?);
        if relative.is_empty() {
            return Ok(Vec::new());
        }
        let dirty = match &self.library {
            Some(repo) if !environment::has_program(program::PROGRAM) => library::dirty(repo, &relative)
                .map_err(|error| Error::failed(say::failed(error.message())))?,
            _ => self.git().dirty(&relative)?,
        };
        Ok(dirty.iter().map(|path| self.tree.absolute(path)).collect())
    }

    /// Whether the history is cut off (`git clone --depth`), or this is not known.
    pub(crate) fn is_shallow(&self) -> bool {
        match of_git::metadata(&self.common_dir.join("shallow")) {
            Ok(list) => list.len() > 0,
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
    }

    /// Makes one commit of exactly the paths of these changes, as they are in the work tree, on top of `HEAD`.
    /// Everything else stays as staged and as changed as it is. The caller must be the only `fb` that commits here, by
    /// a lock of its own in [`Repository::git_dir`].
    ///
    /// # Errors
    /// A path is not a plain file of this work tree; another git process held a lock until the end; the repository
    /// cannot be written.
    pub(crate) fn commit(&self, changes: &[Change], message: &Message) -> Result<Committed> {
        if let Some(state) = self.under_way()? {
            return Ok(Committed::Busy(state));
        }
        let paths = self.tree.paths(changes)?;
        let message = message.text();
        let (committed, by_program) = patiently(|| {
            let lock = IndexLock::take(&self.git_dir)?;
            let by_library = match &self.library {
                Some(repo) => library::commit(repo, &lock, &paths, &message),
                None => Err(Failure::Unfit),
            };
            match by_library {
                Err(Failure::Unfit) => {
                    let committed = self.git().commit((&lock, &branch_locks(self)), &paths, &message)?;
                    Ok((committed, true))
                }
                committed => Ok((committed?, false)),
            }
        })?;
        let committed = if by_program { self.git().after(committed)? } else { committed };
        let made = matches!(committed, Committed::Made { .. } | Committed::Altered { .. });
        if made && self.library.is_some() {
            self.offer_maintenance();
        }
        Ok(match committed {
            Committed::Ignored(paths) => {
                Committed::Ignored(paths.iter().map(|path| self.tree.absolute(path)).collect())
            }
            other => other,
        })
    }

    /// Makes the commit that a process was about to make when it died, if it did not get that far: as
    /// [`Repository::commit`], after removing its locks.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn finish(&self, changes: &[Change], message: &Message) -> Result<Committed> {
        let paths = self.tree.paths(changes)?;
        self.remove_stale(|id| is_the_commit(self, id, &paths))?;
        self.commit(changes, message)
    }

    /// Removes the locks of the branch that a dead process left, if they are of a commit of ours.
    pub(super) fn remove_stale(&self, is_ours: impl Fn(&str) -> Result<bool>) -> Result<()> {
        let locks = StaleLocks::now(self);
        if !locks.is_empty() {
            thread::sleep(PAUSE * TRIES);
            if locks == StaleLocks::now(self) {
                locks.remove(is_ours)?;
            }
        }
        Ok(())
    }

    /// The operation that must be finished before a commit.
    ///
    /// # Errors
    /// The `git` program is needed and cannot be run.
    pub(crate) fn under_way(&self) -> Result<Option<UnderWay>> {
        for (mark, state) in UNDER_WAY {
            let mark = self.git_dir.join(mark);
            let fault = |error: std::io::Error| Error::failed(say::cannot_read(&mark, error.to_string()));
            if of_git::try_exists(&mark).map_err(fault)? {
                return Ok(Some(state));
            }
        }
        if self.library.is_some() {
            return Ok(None);
        }
        // If branches are not kept in files, these two are not either.
        for (mark, state) in [("CHERRY_PICK_HEAD", UnderWay::CherryPick), ("REVERT_HEAD", UnderWay::Revert)] {
            if self.git().ask(&["rev-parse", "--quiet", "--verify", mark])?.is_some() {
                return Ok(Some(state));
            }
        }
        Ok(None)
    }

    /// The given directory, from the top of the work tree.
    pub(super) fn prefix(&self) -> &Path {
        &self.tree.prefix
    }

    /// Sets a setting of this clone.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn set(&self, key: &str, value: &str) -> Result<()> {
        self.git().must(&["config", "--local", key, value], b"").map(drop)
    }

    /// Where git looks for a hook of this clone, and whether that place belongs to the clone: not if a setting
    /// (`core.hooksPath`) or a link leads to a directory that others may share, or that is tracked.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn hook(&self, name: &str) -> Result<(PathBuf, bool)> {
        let dir = self.tree.top.join(self.git().must_ask(&["rev-parse", "--git-path", "hooks"])?);
        let own = self.common_dir.join("hooks");
        let linked = of_git::symlink_metadata(&own).is_ok_and(|found| found.is_symlink());
        Ok((dir.join(name), !linked && (dir == own || is_same(&dir, &own))))
    }

    /// The index as it is now; `None`: only the `git` program can read it.
    pub(super) fn index(&self) -> Option<IndexFile> {
        IndexFile::at(&self.git_dir().join("index")).ok().flatten()
    }

    /// The given directory, from the top of the work tree; `.` is the top.
    pub(crate) fn below_top(&self) -> String {
        if self.tree.prefix.as_os_str().is_empty() {
            return ".".to_owned();
        }
        self.tree.prefix.to_string_lossy().into_owned()
    }

    /// The top of the work tree.
    pub(super) fn top(&self) -> &Path {
        &self.tree.top
    }

    /// The state of the paths of these changes.
    pub(super) fn paths(&self, changes: &[Change]) -> Result<Paths> {
        self.tree.paths(changes)
    }

    /// The git directory that all work trees of the repository share.
    pub(super) fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// The program, at the top of the work tree. git finds the same `.git` entry there; if the work tree is elsewhere
    /// (`core.worktree`), it gets the git directory as an option.
    pub(super) fn git(&self) -> Git<'_> {
        let git = Git::at(&self.tree.top).with_library(self.library.as_ref());
        if self.tree.top == self.holder { git } else { git.told(&self.git_dir) }
    }

    fn by_program(dir: &Path, real: &Path, holder: PathBuf) -> Result<Repository> {
        let git = Git::at(&holder);
        let git_dir = ask_path(&git, "--git-dir")?;
        let entry = holder.join(".git");
        if of_git::is_directory(&entry) && !is_same(&git_dir, &entry) {
            return Err(Error::failed(say::no_git_directory(&entry)).hint(say::look_at_it()));
        }
        if git.must_ask(&["rev-parse", "--is-bare-repository"])? == "true" {
            return Err(place::is_bare(&git_dir));
        }
        let tree = tree(dir, real, &ask_path(&git, "--show-toplevel")?)?;
        let common_dir = ask_path(&git, "--git-common-dir")?;
        Ok(Repository { tree, holder, git_dir, common_dir, library: None })
    }
}

/// Asks git for a path of the repository.
fn ask_path(git: &Git<'_>, what: &str) -> Result<PathBuf> {
    git.must_ask(&["rev-parse", "--path-format=absolute", what]).map(PathBuf::from)
}

/// Whether two paths lead to one directory.
fn is_same(one: &Path, other: &Path) -> bool {
    match (of_git::canonicalize(one), of_git::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// The path of this directory below the top of its work tree.
fn tree(dir: &Path, real: &Path, top: &Path) -> Result<Tree> {
    let outside = || Error::failed(say::outside(dir, top));
    let top = of_git::canonicalize(top).map_err(|_| outside())?;
    let prefix = real.strip_prefix(&top).map_err(|_| outside())?.to_owned();
    Ok(Tree { top, dir: dir.to_owned(), prefix })
}

/// Tries again, for a second or two, while another git process holds a lock.
pub(super) fn patiently<T>(
    attempt: impl Fn() -> std::result::Result<T, Failure>,
) -> std::result::Result<T, Failure> {
    for _ in 1..TRIES {
        match attempt() {
            Err(Failure::Taken(_) | Failure::Moved) => thread::sleep(PAUSE),
            settled => return settled,
        }
    }
    attempt()
}
