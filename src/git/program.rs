//! The `git` program: it honours whatever libgit2 does not.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::change::{Paths, bytes};
use super::committed::{Committed, State};
use super::failure::Failure;
use super::lock::IndexLock;
use super::{environment, words};
use crate::error::{Error, Result};

/// The question what is not as in `HEAD`; the paths follow.
pub(super) const STATUS: [&str; 8] = [
    "--literal-pathspecs",
    "--no-optional-locks",
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--",
];

/// git, run in one directory.
#[derive(Debug)]
pub(super) struct Git<'a> {
    dir: &'a Path,
    git_dir: Option<&'a Path>,
    index: Option<&'a Path>,
}

/// What a run of git came to.
pub(super) struct Ran {
    code: Option<i32>,
    /// What it printed for programs.
    pub out: Vec<u8>,
    /// What it printed for people.
    pub said: String,
}

/// The same, with what it printed for programs still in a file, which is read from its beginning.
pub(super) struct Poured {
    code: Option<i32>,
    /// What it printed for programs.
    pub out: File,
    /// What it printed for people.
    pub said: String,
}

impl Poured {
    /// Whether it did what it was asked.
    pub(super) fn done(&self) -> bool {
        self.code == Some(0)
    }
}

impl Ran {
    /// Its exit status; `None` where a signal ended it.
    pub(super) fn code(&self) -> Option<i32> {
        self.code
    }

    /// Whether it did what it was asked.
    pub(super) fn done(&self) -> bool {
        self.code == Some(0)
    }
}

impl<'a> Git<'a> {
    /// git, run in this directory.
    pub(super) fn at(dir: &'a Path) -> Git<'a> {
        Git { dir, git_dir: None, index: None }
    }

    /// git, told where the git directory is: it does not find it upwards from there (`core.worktree`).
    pub(super) fn told(self, git_dir: &'a Path) -> Git<'a> {
        Git { git_dir: Some(git_dir), ..self }
    }

    /// git, with another index in place of the work tree's.
    pub(super) fn with_index(&self, index: &'a Path) -> Git<'a> {
        Git { index: Some(index), ..*self }
    }

    /// Runs it to its end, with this on its standard input.
    ///
    /// # Errors
    /// It is not installed, or cannot be run. That it failed is not an error here.
    pub(super) fn run(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<Ran> {
        let Poured { code, mut out, said } = self.pour(arguments, input)?;
        Ok(Ran { code, out: read(&mut out).map_err(cannot_run)?, said })
    }

    /// Runs it to its end, with this on its standard input, and leaves what it printed in a file: for what is too
    /// large to be held at once.
    ///
    /// What it prints goes to files: a process that a hook leaves in the background would keep a pipe open, and
    /// us waiting.
    ///
    /// # Errors
    /// As [`Git::run`].
    pub(super) fn pour(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<Poured> {
        let mut out = tempfile::tempfile().map_err(cannot_run)?;
        let mut said = tempfile::tempfile().map_err(cannot_run)?;
        let mut git = Command::new("git");
        git.current_dir(self.dir).args(arguments).stdin(Stdio::piped());
        git.stdout(out.try_clone().map_err(cannot_run)?).stderr(said.try_clone().map_err(cannot_run)?);
        for name in environment::PLACES {
            git.env_remove(name);
        }
        if let Some(git_dir) = self.git_dir {
            git.env("GIT_DIR", git_dir).env("GIT_WORK_TREE", self.dir);
        }
        if let Some(index) = self.index {
            git.env("GIT_INDEX_FILE", index);
        }
        let mut git = git.spawn().map_err(cannot_run)?;
        if let Some(mut pipe) = git.stdin.take() {
            // A git that stops before it has read everything says why.
            let _ = pipe.write_all(input);
        }
        let code = git.wait().map_err(cannot_run)?.code();
        let said = String::from_utf8_lossy(&read(&mut said).map_err(cannot_run)?).into_owned();
        out.rewind().map_err(cannot_run)?;
        Ok(Poured { code, out, said })
    }

    /// What it printed, without the last line break; `None` where it failed.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Option<String>> {
        let ran = self.run(arguments, b"")?;
        let answer = String::from_utf8_lossy(&ran.out);
        Ok(ran.done().then(|| answer.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// The name and the address of `AUTHOR` or `COMMITTER`; `None` where git is not told who they are.
    pub(super) fn person(&self, who: &str) -> Result<Option<(String, String)>> {
        let variable = format!("GIT_{who}_IDENT");
        let Some(ident) = self.ask(&["-c", "user.useConfigOnly=true", "var", &variable])? else {
            return Ok(None);
        };
        let Some((name, rest)) = ident.rsplit_once(" <") else { return Ok(None) };
        let address = rest.split_once('>').map_or(rest, |(address, _)| address);
        Ok(Some((name.to_owned(), address.to_owned())))
    }

    /// Which of these paths, and of those below them, are not as in `HEAD`, from the top of the work tree.
    ///
    /// # Errors
    /// git failed.
    pub(super) fn dirty(&self, paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
        let mut arguments = STATUS.map(OsString::from).to_vec();
        arguments.extend(paths.iter().map(|path| Path::new(".").join(path).into_os_string()));
        let ran = self.run(&arguments, b"")?;
        match ran.done() {
            true => Ok(names(&ran.out).filter_map(|line| line.get(3..)).map(path).collect()),
            false => Err(Error::failed(words::failed(ran.said.trim_end()))),
        }
    }

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
        if self.ask(&["ls-files", "--unmerged"])?.is_some_and(|unmerged| !unmerged.is_empty()) {
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
        let committed = match self.with_index(&next).record(paths, message, before.is_some())? {
            Some(Committed::Refused { .. }) if head()? != before => return Err(Failure::Moved),
            Some(Committed::Refused { said }) => {
                let lock = held.iter().find(|lock| lock.exists());
                return lock
                    .map_or(Ok(Committed::Refused { said }), |lock| Err(Failure::Taken(lock.clone())));
            }
            Some(nothing) => nothing,
            None => Committed::Made { id: self.made_on(&next, before.as_deref().unwrap_or_default())? },
        };
        // Also where nothing was to be committed: a process that died may have come as far as the commit.
        // On a branch without commits there may be no index even then.
        if self.with_index(&after).update(paths)?.done() && after.exists() {
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
        let since = self.must_ask(&["rev-list", "--format=%H %T %P", &range])?;
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
        if stale && self.ask(&["update-ref", "HEAD", parent, id])?.is_some() {
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
        match ran.code {
            Some(0) => {
                let index = self.run(&["ls-files", "-z"], b"")?.out;
                let tracked: HashSet<&[u8]> = names(&index).collect();
                let ignored = names(&ran.out).filter_map(|name| name.strip_prefix(b"./"));
                Ok(ignored.filter(|name| !tracked.contains(name)).map(path).collect())
            }
            Some(1) => Ok(Vec::new()),
            _ => Err(Error::failed(words::failed(ran.said.trim_end()))),
        }
    }

    /// Commits from this index; `None` where there is a commit. `born`: the branch has commits.
    fn record(&self, paths: &Paths, message: &str, born: bool) -> Result<Option<Committed>> {
        let start: &[&str] = if born { &["read-tree", "--reset", "HEAD"] } else { &["read-tree", "--empty"] };
        for ran in [self.run(start, b"")?, self.update(paths)?] {
            if !ran.done() {
                return Ok(Some(Committed::Refused { said: ran.said }));
            }
        }
        if self.run(&["diff", "--cached", "--quiet"], b"")?.done() {
            return Ok(Some(Committed::NothingToCommit));
        }
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

fn cannot_run(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => Error::failed(words::no_program()).hint(words::install()),
        _ => Error::failed(words::cannot_run(error.to_string())),
    }
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Paths as git reads them with `-z`.
pub(super) fn list(paths: &[PathBuf]) -> Vec<u8> {
    paths.iter().flat_map(|path| bytes(path).into_iter().chain([0])).collect()
}

/// What git wrote with `-z`.
pub(super) fn names(out: &[u8]) -> impl Iterator<Item = &[u8]> {
    out.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

/// A path as git wrote it.
#[cfg(unix)]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path as git wrote it.
#[cfg(not(unix))]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
