//! Work that was reported as done but is in no commit of a branch: refs of ours hold it, so that git cannot lose it,
//! no matter what it does with the work tree.
//!
//! Such a ref names a commit whose tree has only the files that a command wrote; its parent is the commit on which the
//! command ran. It is made without a hook, the index or the work tree, and is on the disk before the work is reported
//! as kept. A ref may also name a whole commit, if no branch holds it.

use std::path::{Path, PathBuf};

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, Signature};

use super::change::{Paths, bytes};
use super::program::{names, path};
use super::repository::Repository;
use super::tree::{Blob, Listing};
use super::{flush, libgit2_support, library, say};
use crate::disk::of_git;
use crate::error::{Error, Result};

/// The prefix of the refs.
const REFS: &str = "refs/fb/kept/";
/// The trailer of a commit that has only what one command wrote.
const PARTIAL: &str = "Fb-Kept";

/// What a ref of ours holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// `refs/fb/kept/…`.
    pub name: String,
    /// The commit, in full.
    pub commit: String,
    /// The commit on which the command ran; `None`: there was none.
    pub parent: Option<String>,
    /// When it was kept, in seconds since 1970.
    pub at: i64,
    /// The first line of the commit's message.
    pub subject: String,
    /// The files, with their paths from the repository's given directory.
    pub files: Listing,
}

/// The bytes of a file to keep.
#[derive(Debug, Clone)]
pub(crate) enum Bytes {
    /// These.
    Here(Vec<u8>),
    /// Those of the work tree's file now.
    InPlace,
}

impl Repository {
    /// Holds these files, with their paths from the repository's given directory, under a ref of this name. Returns the
    /// full ref.
    ///
    /// # Errors
    /// The repository cannot be written; a file of the work tree cannot be read.
    pub(crate) fn keep_files(&self, name: &str, files: &[(PathBuf, Bytes)], message: &str) -> Result<String> {
        let reference = format!("{REFS}{name}");
        let message =
            format!("{}\n{PARTIAL}: files\n", message.trim_end_matches('\n').to_owned() + gap(message));
        match &self.library {
            Some(repo) if self.library_stores(repo, files) => {
                self.keep_by_library(repo, &reference, files, &message)?;
            }
            _ => self.keep_by_program(&reference, files, &message)?,
        }
        Ok(reference)
    }

    /// Whether libgit2 stores these files as git does.
    fn library_stores(&self, repo: &git2::Repository, files: &[(PathBuf, Bytes)]) -> bool {
        let mut files = files.iter().map(|(file, _)| self.prefix().join(file));
        libgit2_support::keeps_objects(repo) && !files.any(|file| libgit2_support::filtered(repo, &file))
    }

    /// Holds a commit under a ref of this name. Returns the full ref.
    ///
    /// # Errors
    /// The repository cannot be written.
    pub(crate) fn keep_commit(&self, name: &str, commit: &str) -> Result<String> {
        let reference = format!("{REFS}{name}");
        match self.library.as_ref().filter(|repo| libgit2_support::keeps_objects(repo)) {
            Some(repo) => {
                let id = git2::Oid::from_str(commit).map_err(failed)?;
                repo.reference(&reference, id, false, "fb").map_err(failed)?;
                flush::reference(repo, &reference)?;
            }
            None => self.point(&reference, commit)?,
        }
        Ok(reference)
    }

    /// Whether anything may be held: a quick look at the directory, for the usual case that there is nothing.
    ///
    /// # Errors
    /// The directory cannot be read; the `git` program is needed and cannot be run.
    pub(crate) fn may_have_kept(&self) -> Result<bool> {
        let (loose, packed) = (self.common_dir().join(REFS), self.common_dir().join("packed-refs"));
        if there(&loose, of_git::names(&loose))?.is_some_and(|names| !names.is_empty()) {
            return Ok(true);
        }
        if self.library.is_some() {
            // `git pack-refs`, as `git gc` runs it, moves refs into one file.
            let packed = there(&packed, of_git::read(&packed))?.unwrap_or_default();
            return Ok(packed.windows(REFS.len()).any(|window| window == REFS.as_bytes()));
        }
        Ok(!self.git().must(&["for-each-ref", "--count=1", REFS], b"")?.out.is_empty())
    }

    /// Everything that is held, the oldest first.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn kept(&self) -> Result<Vec<Kept>> {
        let format = "--format=%(refname)%00%(objectname)%00%(parent)%00%(committerdate:unix)%00%(contents:subject)\
            %00%(contents:trailers:key=Fb-Kept,valueonly)%00";
        let out = self.git().must(&["for-each-ref", "--sort=refname", format, REFS], b"")?.out;
        let out = String::from_utf8_lossy(&out).into_owned();
        let mut all = Vec::new();
        let fields: Vec<&str> = out.split('\0').collect();
        for fields in fields.chunks_exact(6) {
            let &[name, commit, parents, at, subject, partial] = fields else { continue };
            let parent = parents.split(' ').next().filter(|parent| !parent.is_empty()).map(str::to_owned);
            let files = if partial.trim().is_empty() {
                self.changed_by(commit, parent.as_deref())?
            } else {
                self.listing(commit, Path::new(""))?
            };
            all.push(Kept {
                name: name.trim_start().to_owned(),
                commit: commit.to_owned(),
                parent,
                at: at.parse().unwrap_or_default(),
                subject: subject.to_owned(),
                files,
            });
        }
        Ok(all)
    }

    /// The files that a commit changed or added.
    fn changed_by(&self, commit: &str, parent: Option<&str>) -> Result<Listing> {
        let Some(parent) = parent else { return self.listing(commit, Path::new("")) };
        let diff = ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", parent, commit];
        let out = self.git().must(&diff, b"")?.out;
        Ok(self.new_blobs(&out).into_iter().collect())
    }

    /// The new files of a raw list of changes, without those that were removed.
    fn new_blobs(&self, out: &[u8]) -> Vec<(PathBuf, Blob)> {
        let (mut found, mut fields) = (Vec::new(), names(out));
        while let (Some(head), Some(file)) = (fields.next(), fields.next()) {
            let head = String::from_utf8_lossy(head).into_owned();
            let mut words = head.split(' ').skip(1);
            let (Some(mode), Some(id)) = (words.next(), words.nth(1)) else { continue };
            let file = path(file);
            if let Some(file) = self.below_here(&file).filter(|_| id.chars().any(|digit| digit != '0')) {
                found.push((file.to_owned(), Blob { mode: mode.to_owned(), id: id.to_owned() }));
            }
        }
        found
    }

    /// Deletes a ref, if it still names this commit.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn release(&self, kept: &Kept) -> Result<()> {
        let arguments = ["-c", NO_HOOKS, "update-ref", "--no-deref", "-d", &kept.name, &kept.commit];
        self.git().must(&arguments, b"").map(drop)
    }

    /// The versions of these files in the commits of any local or remote branch that `since` does not have. `files` are
    /// patterns from the repository's given directory.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn committed_blobs(
        &self,
        since: Option<&str>,
        files: &[String],
    ) -> Result<Vec<(PathBuf, String)>> {
        let patterns: Vec<String> = files.iter().map(|file| self.glob(file)).collect();
        let mut arguments = vec!["log", "--format=", "--raw", "-z", "--no-abbrev", "--full-history", "-m"];
        arguments.extend(["--no-renames", "--root", "--branches", "--remotes"]);
        let since = since.map(|since| format!("^{since}"));
        arguments.extend(since.as_deref());
        arguments.push("--");
        arguments.extend(patterns.iter().map(String::as_str));
        let out = self.git().must(&arguments, b"")?.out;
        Ok(self.new_blobs(&out).into_iter().map(|(file, blob)| (file, blob.id)).collect())
    }

    /// Whether a local or remote branch has this commit.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn is_on_a_branch(&self, commit: &str) -> Result<bool> {
        let arguments = ["for-each-ref", "--count=1", "--format=%(refname)", "--contains", commit];
        let arguments: Vec<&str> = arguments.into_iter().chain(["refs/heads", "refs/remotes"]).collect();
        Ok(!self.git().must(&arguments, b"")?.out.is_empty())
    }

    /// Whether `HEAD` is detached: it names a commit or another ref, which may not last.
    ///
    /// # Errors
    /// The `git` program is needed and cannot be run.
    pub(crate) fn is_detached(&self) -> Result<bool> {
        match &self.library {
            Some(repo) => {
                let head = repo.find_reference("HEAD").map_err(failed)?;
                Ok(!head.symbolic_target_bytes().is_some_and(is_branch))
            }
            None => {
                let head = self.git().ask(&["symbolic-ref", "--quiet", "HEAD"])?;
                Ok(!head.is_some_and(|name| is_branch(name.as_bytes())))
            }
        }
    }

    fn keep_by_library(
        &self,
        repo: &git2::Repository,
        reference: &str,
        files: &[(PathBuf, Bytes)],
        message: &str,
    ) -> Result<()> {
        let empty = repo.treebuilder(None).and_then(|builder| builder.write()).map_err(failed)?;
        let empty = repo.find_tree(empty).map_err(failed)?;
        let mut updates = TreeUpdateBuilder::new();
        let mut paths = Paths::default();
        for (file, content) in files {
            let file = self.prefix().join(file);
            let id = match content {
                Bytes::Here(bytes) => repo.blob(bytes),
                Bytes::InPlace => repo.blob_path(&self.top().join(&file)),
            };
            updates.upsert(bytes(&file), id.map_err(failed)?, FileMode::Blob);
            paths.present.push(file);
        }
        let tree = updates.create_updated(repo, &empty).and_then(|id| repo.find_tree(id)).map_err(failed)?;
        let parent = library::head(repo).map_err(failed)?;
        let parents: Vec<_> = parent.iter().collect();
        let author = repo.author_from_env().or_else(|_| own_name())?;
        let committer = repo.committer_from_env().or_else(|_| own_name())?;
        let commit =
            flush::write_commit(repo, (&author, &committer), message, &tree, &parents).map_err(failed)?;
        flush::objects(repo, commit, (&empty, &tree), &paths)?;
        repo.reference(reference, commit, false, "fb").map_err(failed)?;
        Ok(flush::reference(repo, reference)?)
    }

    fn keep_by_program(&self, reference: &str, files: &[(PathBuf, Bytes)], message: &str) -> Result<()> {
        let git = self.git();
        let mut listing = Listing::new();
        for (file, content) in files {
            let id = match content {
                Bytes::Here(bytes) => {
                    // As git would commit it; otherwise it could not be found again in a commit. If a filter fails, the
                    // file is kept without it.
                    let path = format!("--path={}", self.prefix().join(file).to_string_lossy());
                    let hash = ["-c", FLUSHED, "hash-object", "-w", "--stdin"];
                    match git.run(&[&hash[..], &[path.as_str()]].concat(), bytes)? {
                        ran if ran.done() => ran,
                        _ => git.must(&hash, bytes)?,
                    }
                }
                Bytes::InPlace => {
                    let place = self.top().join(self.prefix()).join(file);
                    let place = place.to_string_lossy();
                    git.must(&["-c", FLUSHED, "hash-object", "-w", "--", &place], b"")?
                }
            };
            let id = String::from_utf8_lossy(&id.out).trim_end().to_owned();
            listing.insert(file.clone(), Blob::plain(id));
        }
        let scratch = self.scratch()?;
        let index = scratch.path().join("index");
        let indexed = git.with_index(&index);
        let mut entries = Vec::new();
        for (file, blob) in &listing {
            entries.extend(format!("{} {}\t", blob.mode, blob.id).into_bytes());
            entries.extend(bytes(&self.prefix().join(file)));
            entries.push(0);
        }
        indexed.must(&["update-index", "--add", "-z", "--index-info"], &entries)?;
        let tree = indexed.must_ask(&["-c", FLUSHED, "write-tree"])?;
        let known = git.person("AUTHOR")?.is_some() && git.person("COMMITTER")?.is_some();
        let mut arguments = vec!["-c", FLUSHED];
        if !known {
            arguments.extend(["-c", "user.name=fb", "-c", "user.email=fb@localhost"]);
        }
        arguments.extend(["commit-tree", "--no-gpg-sign", &tree]);
        let parent = git.ask(&["rev-parse", "--quiet", "--verify", "HEAD^{commit}"])?;
        arguments.extend(parent.iter().flat_map(|parent| ["-p", parent.as_str()]));
        let commit = git.must(&arguments, message.as_bytes())?.out;
        self.point(reference, String::from_utf8_lossy(&commit).trim_end())
    }

    fn point(&self, reference: &str, commit: &str) -> Result<()> {
        let arguments = ["-c", FLUSHED, "-c", NO_HOOKS, "update-ref", "--no-deref", reference, commit, ""];
        self.git().must(&arguments, b"").map(drop)
    }
}

/// Whether this is the full name of a branch.
fn is_branch(name: &[u8]) -> bool {
    name.starts_with(b"refs/heads/")
}

/// The author of a commit of ours if git does not know who the user is.
fn own_name() -> Result<Signature<'static>> {
    Signature::now("fb", "fb@localhost").map_err(failed)
}

/// What was read; `None` if there is no such file.
fn there<T>(path: &Path, read: std::io::Result<T>) -> Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::failed(say::cannot_read(path, error.to_string()))),
    }
}

/// git flushes what it writes.
const FLUSHED: &str = "core.fsync=all";
/// Our refs are not for others.
const NO_HOOKS: &str = "core.hooksPath=/dev/null";

fn failed(error: impl std::borrow::Borrow<git2::Error>) -> Error {
    Error::failed(say::failed(error.borrow().message()))
}

/// The separator between a message and one more trailer: empty if the message already ends with trailers.
fn gap(message: &str) -> &'static str {
    let last = message.trim_end().rsplit("\n\n").next().unwrap_or_default();
    if message.trim_end().contains("\n\n") && last.lines().all(is_trailer) { "" } else { "\n" }
}

fn is_trailer(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(key, _)| !key.contains(' '))
}
