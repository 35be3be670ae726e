//! Trees of the object store: listed, and made without a work tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::change::bytes;
use super::lock::SCRATCH;
use super::program::{Git, Ran, names, path};
use super::repository::Repository;
use super::say;
use crate::disk::{Root, Scratch, of_git};
use crate::error::{Error, Result};

/// The files of a directory, with their paths from the repository's given directory.
pub(crate) type Listing = BTreeMap<PathBuf, Blob>;

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Blob {
    /// `100644`, `100755`; `120000` is a link.
    pub mode: String,
    /// The id of its bytes, in hexadecimal.
    pub id: String,
}

impl Blob {
    /// A plain file with these bytes.
    pub(crate) fn plain(id: String) -> Blob {
        Blob { mode: "100644".to_owned(), id }
    }

    /// Whether it is a plain file, and no link and no submodule.
    pub(crate) fn is_plain(&self) -> bool {
        self.mode.starts_with("100")
    }
}

impl Repository {
    /// Every file below `under` that a commit or a tree has; empty if it has no such directory.
    ///
    /// # Errors
    /// git cannot be run, or fails.
    pub(crate) fn listing(&self, commit: &str, under: &Path) -> Result<Listing> {
        Ok(self.entries(commit, &[under])?.into_iter().collect())
    }

    /// The same for several places, as git lists them: a tree made by hand may have a name twice.
    ///
    /// # Errors
    /// As [`Repository::listing`].
    pub(crate) fn entries(&self, commit: &str, under: &[&Path]) -> Result<Vec<(PathBuf, Blob)>> {
        let below = under.iter().map(|under| word(&self.prefix().join(under)));
        // The top of the work tree has no name: without a path, everything is listed.
        let below: Vec<String> = below.filter(|below| !below.is_empty()).collect();
        let list = ["--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        let arguments: Vec<&str> = list.into_iter().chain(below.iter().map(String::as_str)).collect();
        let out = self.git().must(&arguments, b"")?.out;
        let mut entries = Vec::new();
        for line in names(&out) {
            let Some(entry) = self.entry_of(line) else {
                return Err(Error::failed(say::failed(String::from_utf8_lossy(line).into_owned())));
            };
            entries.push(entry);
        }
        Ok(entries)
    }

    /// `100644 blob <id>\tcases/new/20261122-7k3q9x.yaml`
    fn entry_of(&self, line: &[u8]) -> Option<(PathBuf, Blob)> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_ascii_whitespace();
        let (mode, id) = (words.next()?.to_owned(), words.nth(1)?.to_owned());
        let below_here = path(&line[tab + 1..]).strip_prefix(self.prefix()).ok()?.to_owned();
        Some((below_here, Blob { mode, id }))
    }

    /// The part of the path to the repository's given directory that is not a directory in a commit; `None` if all are.
    ///
    /// # Errors
    /// As [`Repository::listing`].
    pub(crate) fn no_directory(&self, commit: &str) -> Result<Option<PathBuf>> {
        let above: Vec<String> =
            self.prefix().ancestors().map(word).filter(|part| !part.is_empty()).collect();
        if above.is_empty() {
            return Ok(None);
        }
        let list = ["--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--"];
        let arguments: Vec<&str> = list.into_iter().chain(above.iter().map(String::as_str)).collect();
        let out = self.git().must(&arguments, b"")?.out;
        let Some(other) = names(&out).find(|line| !line.starts_with(b"040000 ")) else { return Ok(None) };
        Ok(other.iter().position(|byte| *byte == b'\t').map(|tab| path(&other[tab + 1..])))
    }

    /// A tree like this one, in which `under` holds these files and no others.
    ///
    /// # Errors
    /// As [`Repository::listing`].
    pub(crate) fn tree_with(&self, tree: &str, under: &Path, files: &Listing) -> Result<String> {
        let rest = self.tree_without(tree, under)?;
        let scratch = self.scratch()?;
        let index = scratch.path().join("index");
        let git = self.git();
        let git = git.with_index(&index);
        git.must(&["read-tree", &rest], b"")?;
        let mut entries = Vec::new();
        for (path, blob) in files {
            entries.extend(format!("{} {}\t", blob.mode, blob.id).into_bytes());
            entries.extend(bytes(&self.prefix().join(path)));
            entries.push(0);
        }
        git.must(&["update-index", "--add", "-z", "--index-info"], &entries)?;
        git.must_ask(&["write-tree"])
    }

    /// A tree like this one, without the directory `under`.
    ///
    /// # Errors
    /// As [`Repository::listing`].
    pub(crate) fn tree_without(&self, tree: &str, under: &Path) -> Result<String> {
        let below = self.prefix().join(under);
        let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        self.cut(tree, &parts)
    }

    /// The tree without what is at this path. A directory that becomes empty is removed.
    fn cut(&self, tree: &str, parts: &[String]) -> Result<String> {
        let Some((first, rest)) = parts.split_first() else { return Ok(tree.to_owned()) };
        let git = self.git();
        let out = git.must(&["ls-tree", "-z", "--full-tree", tree], b"")?.out;
        let mut kept = Vec::new();
        for line in names(&out) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let head = String::from_utf8_lossy(&line[..tab]).into_owned();
            let words: Vec<&str> = head.split(' ').collect();
            let &[mode, kind, id] = words.as_slice() else { continue };
            if &line[tab + 1..] != first.as_bytes() {
                kept.extend(head.into_bytes());
            } else if rest.is_empty() || kind != "tree" {
                continue;
            } else {
                kept.extend(format!("{mode} {kind} {}", self.cut(id, rest)?).into_bytes());
            }
            kept.extend(&line[tab..]);
            kept.push(0);
        }
        // A partial clone may lack what is unchanged.
        let made = git.must(&["mktree", "-z", "--missing"], &kept)?.out;
        Ok(String::from_utf8_lossy(&made).trim_end().to_owned())
    }

    /// Stores these texts as objects. Returns their ids, in the same order.
    ///
    /// # Errors
    /// As [`Repository::listing`], and if there is no room.
    pub(crate) fn keep(&self, texts: &[&str]) -> Result<Vec<String>> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let scratch = self.scratch()?;
        let mut list = String::new();
        for (at, text) in texts.iter().enumerate() {
            let file = scratch.path().join(at.to_string());
            of_git::write(&file, text.as_bytes())
                .map_err(|error| Error::failed(say::cannot_write(&file, error.to_string())))?;
            list += &format!("{}\n", file.display());
        }
        let out =
            self.git().must(&["hash-object", "-w", "--no-filters", "--stdin-paths"], list.as_bytes())?;
        Ok(String::from_utf8_lossy(&out.out).lines().map(str::to_owned).collect())
    }

    /// A directory for temporary files; what a dead process leaves is removed with the next commit.
    pub(super) fn scratch(&self) -> Result<Scratch> {
        Scratch::within(&Root::open(self.git_dir())?, SCRATCH)
    }
}

impl Git<'_> {
    /// Runs it; a failure is an error.
    pub(super) fn must(&self, arguments: &[&str], input: &[u8]) -> Result<Ran> {
        let ran = self.run(arguments, input)?;
        if ran.done() { Ok(ran) } else { Err(Error::failed(say::failed(ran.said.trim_end()))) }
    }

    /// Its output, without the last line break; a failure is an error.
    pub(super) fn must_ask(&self, arguments: &[&str]) -> Result<String> {
        let ran = self.must(arguments, b"")?;
        Ok(String::from_utf8_lossy(&ran.out).trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// A path as an argument.
fn word(path: &Path) -> String {
    String::from_utf8_lossy(&bytes(path)).into_owned()
}
