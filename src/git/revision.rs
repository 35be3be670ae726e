//! The files of a commit, read from the object store, without a checkout.

use std::path::{Path, PathBuf};

use super::blob_reader::BlobReader;
use super::program::{Git, names, path};
use super::repository::Repository;
use super::say;
use crate::error::{Error, Result};

/// A directory of the repository as a commit has it.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    /// The commit's id, shortened as git does.
    pub id: String,
    /// When it was committed, in seconds since 1970 (UTC).
    pub committed: i64,
    /// The files that were wanted, with their paths from the directory, in git's order.
    pub files: Vec<(PathBuf, Content)>,
}

/// What a commit has at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// A file with these bytes.
    Bytes(Vec<u8>),
    /// A file that is larger than the limit.
    TooLarge,
    /// A symbolic link, or a submodule: no file.
    NoFile,
}

/// A line of `git ls-tree -l`.
struct TreeLine {
    mode: String,
    id: String,
    size: Option<u64>,
    path: PathBuf,
}

impl TreeLine {
    fn is_plain(&self) -> bool {
        self.mode.starts_with("100")
    }
}

impl Repository {
    /// The files of the repository's given directory, as a commit has them: those whose path from there is wanted.
    /// Files larger than `largest` bytes are not read.
    ///
    /// # Errors
    /// There is no such revision, or the commit does not have the directory; git cannot be run, or fails.
    pub(crate) fn revision(&self, word: &str, wanted: fn(&Path) -> bool, largest: u64) -> Result<Revision> {
        let git = self.git();
        let commit = self.commit_named(word)?;
        let id = git.must_ask(&["rev-parse", "--short", &commit])?;
        let committed =
            git.must_ask(&["log", "--max-count=1", "--no-show-signature", "--format=%ct", &commit, "--"])?;
        let committed = committed.trim().parse().map_err(|_| Error::failed(say::failed(committed)))?;
        let entries = list(&git, &commit, self.prefix(), wanted)?;
        let files = contents(&git, entries, largest)?;
        Ok(Revision { id, committed, files })
    }

    /// The files of the repository's given directory that are different from a revision: changed or new since, with
    /// their paths from there, without those that were removed.
    ///
    /// # Errors
    /// There is no such revision; git cannot be run, or fails.
    pub(crate) fn changed_since(&self, word: &str) -> Result<Vec<PathBuf>> {
        let git = self.git();
        let commit = self.commit_named(word)?;
        let changed =
            ["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--diff-filter=d", &commit, "--"];
        let new = ["ls-files", "--others", "--exclude-standard", "-z"];
        let mut found = Vec::new();
        for arguments in [&changed[..], &new] {
            let ran = git.must(arguments, b"")?;
            found.extend(names(&ran.out).map(path));
        }
        let within = |path: PathBuf| path.strip_prefix(self.prefix()).ok().map(Path::to_owned);
        Ok(found.into_iter().filter_map(within).collect())
    }

    /// The full id of the commit that a word names.
    pub(super) fn commit_named(&self, word: &str) -> Result<String> {
        let name = format!("{word}^{{commit}}");
        // A word that begins like this would be an option to git, and one with a line break two questions.
        let known = if word.starts_with('-') || word.contains(char::is_control) {
            None
        } else {
            let ran =
                self.git().run(&["rev-parse", "--quiet", "--verify", "--end-of-options", &name], b"")?;
            let found = String::from_utf8_lossy(&ran.out).trim_end().to_owned();
            if ran.done() { Some(found) } else { None }
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let error = Error::refused(say::no_revision(word)).hint(say::list_revisions());
        Err(if self.is_shallow() { error.hint(say::shallow()) } else { error })
    }
}

/// What a commit has under `prefix`, with paths from there.
fn list(git: &Git<'_>, commit: &str, prefix: &Path, wanted: fn(&Path) -> bool) -> Result<Vec<TreeLine>> {
    // A tree named by its path is listed from there; the top has the empty path.
    let tree = format!("{commit}:{}", String::from_utf8_lossy(&super::change::bytes(prefix)));
    let ran = git.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", &tree], b"")?;
    if !ran.done() {
        return Err(Error::refused(say::not_in_revision(commit, prefix)).hint(say::list_revisions()));
    }
    Ok(names(&ran.out).filter_map(entry).filter(|entry| wanted(&entry.path)).collect())
}

/// `100644 blob <id>     1834\tcases/new/20261122-7k3q9x.yaml`
fn entry(line: &[u8]) -> Option<TreeLine> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut words = head.split_ascii_whitespace();
    let (mode, _, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
    Some(TreeLine {
        mode: mode.to_owned(),
        id: id.to_owned(),
        size: size.parse().ok(),
        path: path(&line[tab + 1..]),
    })
}

/// Reads the plain files among them, in one run of git.
fn contents(git: &Git<'_>, entries: Vec<TreeLine>, largest: u64) -> Result<Vec<(PathBuf, Content)>> {
    let plain = entries.iter().filter(|entry| entry.is_plain());
    let sized = plain.map(|entry| (entry.id.clone(), entry.size));
    let mut blobs = BlobReader::of(git, sized.collect(), largest)?;
    let mut files = Vec::with_capacity(entries.len());
    for entry in entries {
        let content = if entry.is_plain() { blobs.next().transpose()? } else { None };
        files.push((entry.path, content.unwrap_or(Content::NoFile)));
    }
    Ok(files)
}
