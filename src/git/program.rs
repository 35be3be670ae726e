//! The `git` program: it honours everything that libgit2 does not. Every call of it is made in [`Git::pour`], with the
//! environment and the settings of `environment`.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::change::bytes;
use super::repository::{PAUSE, TRIES};
use super::{environment, say};
use crate::disk;
use crate::error::{Error, Result};

/// The name of the program.
pub(super) const PROGRAM: &str = "git";

/// The arguments that ask what is not as in `HEAD`; the paths follow.
pub(super) const STATUS: [&str; 8] = [
    "--literal-pathspecs",
    "--no-optional-locks",
    "status",
    "--porcelain=v1",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--",
];

/// The exit status of `git config` if another process holds the settings.
const CONFIG_LOCKED: i32 = 255;

/// The commands that run the user's hooks, or that the caller repeats with other steps: they are run once.
const ONCE: [&str; 3] = ["commit", "hook", "push"];

/// git, run in one directory.
pub(super) struct Git<'a> {
    /// The same repository, if libgit2 reads it as git does: what it can answer needs no process.
    pub(super) library: Option<&'a git2::Repository>,
    dir: &'a Path,
    git_dir: Option<&'a Path>,
    index: Option<&'a Path>,
    patient: bool,
}

/// The result of a run of git.
pub(super) struct Ran {
    code: Option<i32>,
    /// Its standard output.
    pub out: Vec<u8>,
    /// Its standard error.
    pub said: String,
}

/// The same, with standard output still in a file, which is read from its beginning.
pub(super) struct Poured {
    code: Option<i32>,
    /// Its standard output.
    pub out: File,
    /// Its standard error.
    pub said: String,
}

impl Poured {
    /// Whether another process held a lock that it needs: worth another try. It did nothing then. In every language git
    /// names the lock between quotation marks; for the lock of its settings it has its own exit status.
    fn was_locked_out(&self, verb: &str) -> bool {
        let named =
            [".lock'", "lock config file", "data is locked"].iter().any(|word| self.said.contains(word));
        !self.done() && (named || (verb == "config" && self.code == Some(CONFIG_LOCKED)))
    }

    /// Whether it succeeded.
    pub(super) fn done(&self) -> bool {
        self.code == Some(0)
    }
}

impl Ran {
    /// Nothing was run, because there was nothing to do.
    pub(super) fn nothing() -> Ran {
        Ran { code: Some(0), out: Vec::new(), said: String::new() }
    }

    /// Its exit status; `None` if a signal ended it.
    pub(super) fn code(&self) -> Option<i32> {
        self.code
    }

    /// Whether it succeeded.
    pub(super) fn done(&self) -> bool {
        self.code == Some(0)
    }

    /// Its error message, if it failed.
    pub(super) fn failed(&self) -> Error {
        Error::failed(say::failed(self.said.trim_end()))
    }
}

impl<'a> Git<'a> {
    /// git, run in this directory.
    pub(super) fn at(dir: &'a Path) -> Git<'a> {
        Git { library: None, dir, git_dir: None, index: None, patient: true }
    }

    /// git, run once even if another process holds a lock: the caller tries again.
    pub(super) fn at_once(&self) -> Git<'a> {
        Git { patient: false, ..*self }
    }

    /// git, with the library for what it can answer.
    pub(super) fn with_library(self, library: Option<&'a git2::Repository>) -> Git<'a> {
        Git { library, ..self }
    }

    /// git, with the git directory given: it does not find it upwards from here (`core.worktree`).
    pub(super) fn told(self, git_dir: &'a Path) -> Git<'a> {
        Git { git_dir: Some(git_dir), ..self }
    }

    /// git, with another index instead of the work tree's.
    pub(super) fn with_index(&self, index: &'a Path) -> Git<'a> {
        Git { index: Some(index), ..*self }
    }

    /// Runs it to its end, with this standard input.
    ///
    /// # Errors
    /// It is not installed, or cannot be run. Its own failure is not an error here.
    pub(super) fn run(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<Ran> {
        let Poured { code, mut out, said } = self.pour(arguments, input)?;
        Ok(Ran { code, out: read(&mut out).map_err(cannot_run)?, said })
    }

    /// Runs it to its end, with this standard input, and leaves its output in a file: for output that is too large for
    /// memory. If another process holds a lock, it tries again for a second or two.
    ///
    /// # Errors
    /// As [`Git::run`].
    pub(super) fn pour(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<Poured> {
        let verb = verb(arguments);
        let patient = self.patient && !ONCE.contains(&&*verb);
        let mut tries = if patient { TRIES } else { 1 };
        loop {
            let poured = self.pour_once(arguments, input)?;
            tries -= 1;
            if tries == 0 || !poured.was_locked_out(&verb) {
                return Ok(poured);
            }
            thread::sleep(PAUSE);
        }
    }

    /// Its output goes to files: a background process of a hook would keep a pipe open, and we would wait.
    fn pour_once(&self, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Result<Poured> {
        let mut out = disk::unnamed(self.dir).map_err(no_room)?;
        let mut said = disk::unnamed(self.dir).map_err(no_room)?;
        let mut git = self.command();
        git.args(arguments).stdin(Stdio::piped());
        git.stdout(out.try_clone().map_err(cannot_run)?).stderr(said.try_clone().map_err(cannot_run)?);
        let mut git = git.spawn().map_err(|error| self.not_started(error))?;
        if let Some(mut pipe) = git.stdin.take() {
            // If git stops before it has read everything, its message says why.
            let _ = pipe.write_all(input);
        }
        let code = git.wait().map_err(cannot_run)?.code();
        let said = String::from_utf8_lossy(&read(&mut said).map_err(cannot_run)?).into_owned();
        out.rewind().map_err(cannot_run)?;
        Ok(Poured { code, out, said })
    }

    /// The program, with the settings of every call.
    fn command(&self) -> Command {
        let mut git = Command::new(PROGRAM);
        git.current_dir(self.dir);
        for setting in environment::NEUTRAL {
            git.args(["-c", setting]);
        }
        for name in environment::withheld() {
            git.env_remove(name);
        }
        if let Some(git_dir) = self.git_dir {
            git.env("GIT_DIR", git_dir).env("GIT_WORK_TREE", self.dir);
        }
        if let Some(index) = self.index {
            git.env("GIT_INDEX_FILE", index);
        }
        git
    }

    /// Starts it and does not wait for its end: it may run longer than this program.
    ///
    /// # Errors
    /// As [`Git::run`].
    pub(super) fn start(&self, arguments: &[&str]) -> Result<()> {
        let mut git = self.command();
        git.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        git.spawn().map(drop).map_err(|error| self.not_started(error))
    }

    /// Why it could not be started. The system has the same error for a missing program, interpreter or directory.
    fn not_started(&self, error: io::Error) -> Error {
        if error.kind() != ErrorKind::NotFound
            || environment::has_program(PROGRAM) && disk::of_git::is_directory(self.dir)
        {
            return cannot_run(error);
        }
        if !disk::of_git::is_directory(self.dir) {
            return Error::failed(say::no_such_directory(self.dir, error.to_string()));
        }
        Error::failed(say::no_program()).hint(say::install())
    }

    /// Its output, without the last line break; `None` if it ended with 1, which means that there is no such thing.
    /// Only for commands where git documents that: `rev-parse --quiet --verify`, `config --get`, `symbolic-ref
    /// --quiet`, `merge-base`.
    ///
    /// # Errors
    /// As [`Git::run`], and any other exit.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Option<String>> {
        let ran = self.run(arguments, b"")?;
        let answer = String::from_utf8_lossy(&ran.out);
        match ran.code {
            Some(0) => Ok(Some(answer.trim_end_matches(['\r', '\n']).to_owned())),
            Some(1) => Ok(None),
            _ => Err(ran.failed()),
        }
    }

    /// The answer to a yes-or-no question: yes with 0, no with 1.
    ///
    /// # Errors
    /// As [`Git::ask`].
    pub(super) fn is_so(&self, arguments: &[&str]) -> Result<bool> {
        self.ask(arguments).map(|answer| answer.is_some())
    }

    /// The name and the address of `AUTHOR` or `COMMITTER`; `None` if git does not know who they are.
    pub(super) fn person(&self, who: &str) -> Result<Option<(String, String)>> {
        let variable = format!("GIT_{who}_IDENT");
        let ran = self.run(&["-c", "user.useConfigOnly=true", "var", &variable], b"")?;
        if !ran.done() {
            // It has one exit status for this and for settings that it cannot read; the latter stop every other
            // command, too.
            self.must(&["rev-parse", "--git-dir"], b"")?;
            return Ok(None);
        }
        let ident = String::from_utf8_lossy(&ran.out).into_owned();
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
        if !ran.done() {
            return Err(ran.failed());
        }
        Ok(names(&ran.out).filter_map(|line| line.get(3..)).map(path).collect())
    }
}

fn cannot_run(error: io::Error) -> Error {
    Error::failed(say::cannot_run(error.to_string()))
}

/// The error if git's output cannot be stored anywhere.
fn no_room(error: io::Error) -> Error {
    let dir = std::env::temp_dir();
    Error::failed(say::no_room(&dir, error.to_string())).hint(say::make_room())
}

/// The command among the arguments, after git's own settings and options.
fn verb(arguments: &[impl AsRef<OsStr>]) -> String {
    let mut words = arguments.iter().map(|word| word.as_ref().to_string_lossy());
    while let Some(word) = words.next() {
        match &*word {
            "-c" => {
                words.next();
            }
            option if option.starts_with('-') => {}
            verb => return verb.to_owned(),
        }
    }
    String::new()
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Paths in git's `-z` input format.
pub(super) fn list(paths: &[PathBuf]) -> Vec<u8> {
    paths.iter().flat_map(|path| bytes(path).into_iter().chain([0])).collect()
}

/// The parts of git's `-z` output.
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
