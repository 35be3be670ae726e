//! Finds files with certain names in a commit, directory by directory, without a full listing.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use git2::{Commit, ObjectType, Oid, TreeEntry};

use super::cached_tree::CachedTree;
use super::change::bytes;
use super::index_file::IndexFile;
use super::program::path;
use super::repository::Repository;
use super::tree::{Blob, Listing};
use super::{library, say};
use crate::error::{Error, Result};

impl Repository {
    /// The files below `under` that have one of these names in `HEAD`. All paths start at the repository's given
    /// directory. A directory that the index knows to be as in `HEAD` is looked up there: its tree is not read.
    ///
    /// # Errors
    /// `HEAD` cannot be read; the `git` program is needed and cannot be run.
    pub(crate) fn head_paths(&self, under: &Path, names: &HashSet<String>) -> Result<Vec<PathBuf>> {
        let files = match &self.library {
            Some(repo) => match library::head(repo).map_err(failed)? {
                Some(head) => self.named_by_library((repo, self.index()), &head, under, names)?,
                None => Listing::new(),
            },
            None if self.head()?.is_some() => self.named_by_program("HEAD", under, names)?,
            None => Listing::new(),
        };
        Ok(files.into_keys().collect())
    }

    /// The same in a commit.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn named_in(&self, commit: &str, under: &Path, names: &HashSet<String>) -> Result<Listing> {
        let Some(repo) = &self.library else { return self.named_by_program(commit, under, names) };
        let found =
            repo.revparse_single(commit).and_then(|object| object.peel_to_commit()).map_err(failed)?;
        self.named_by_library((repo, None), &found, under, names)
    }

    /// Those of these files that a commit has.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn files_in(&self, commit: &str, files: &[&Path]) -> Result<Listing> {
        let mut of_directory: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for file in files {
            of_directory.entry(file.parent().unwrap_or(Path::new(""))).or_default().push(file);
        }
        let Some(repo) = &self.library else {
            let directories: Vec<&Path> = of_directory.into_keys().collect();
            let wanted: HashSet<&Path> = files.iter().copied().collect();
            let there = self.entries(commit, &directories)?.into_iter();
            return Ok(there.filter(|(path, _)| wanted.contains(path.as_path())).collect());
        };
        let mut found = Listing::new();
        let top = repo.revparse_single(commit).and_then(|object| object.peel_to_tree()).map_err(failed)?;
        for (directory, files) in of_directory {
            let Some(tree) = library::subtree(repo, &top, &self.prefix().join(directory)).map_err(failed)?
            else {
                continue;
            };
            for file in files {
                if let Some(entry) = file.file_name().and_then(|name| tree.get_name(name.to_str()?))
                    && entry.kind() != Some(ObjectType::Tree)
                {
                    found.insert(file.to_owned(), blob(&entry));
                }
            }
        }
        Ok(found)
    }

    fn named_by_library(
        &self,
        (repo, index): (&git2::Repository, Option<IndexFile>),
        commit: &Commit<'_>,
        under: &Path,
        names: &HashSet<String>,
    ) -> Result<Listing> {
        let below = self.prefix().join(under);
        let index = index.as_ref();
        let root = index.and_then(|index| index.trees.as_ref());
        let known = below.iter().fold(root, |known, name| known?.directory(name.as_encoded_bytes()));
        let mut walk = NameWalk { repo, index, prefix: self.prefix(), names, found: Listing::new() };
        let walked = commit.tree().and_then(|top| match library::subtree(repo, &top, &below)? {
            Some(tree) => walk.tree(tree.id(), known, under),
            None => Ok(()),
        });
        walked.map(|()| walk.found).map_err(failed)
    }

    fn named_by_program(&self, commit: &str, under: &Path, names: &HashSet<String>) -> Result<Listing> {
        let mut files = self.listing(commit, under)?;
        files.retain(|path, _| {
            path.file_name().and_then(|name| name.to_str()).is_some_and(|name| names.contains(name))
        });
        Ok(files)
    }
}

fn failed(error: git2::Error) -> Error {
    Error::failed(say::failed(error.message()))
}

fn blob(entry: &TreeEntry<'_>) -> Blob {
    Blob { mode: format!("{:06o}", entry.filemode()), id: entry.id().to_string() }
}

fn is_file(entry: &TreeEntry<'_>) -> bool {
    entry.kind() != Some(ObjectType::Tree)
}

/// Looks for files with certain names in a tree and in those below it.
struct NameWalk<'w> {
    repo: &'w git2::Repository,
    index: Option<&'w IndexFile>,
    /// The repository's given directory, from the top.
    prefix: &'w Path,
    names: &'w HashSet<String>,
    found: Listing,
}

impl NameWalk<'_> {
    /// `known`: what the index remembers of this directory.
    fn tree(
        &mut self,
        id: Oid,
        known: Option<&CachedTree>,
        here: &Path,
    ) -> std::result::Result<(), git2::Error> {
        if let Some(index) = self.index.filter(|_| known.is_some_and(|known| known.is(id))) {
            self.entries(index, here);
            return Ok(());
        }
        let tree = self.repo.find_tree(id)?;
        // A few names are looked up without reading every entry's name.
        if self.names.len() < tree.len() {
            for name in self.names {
                if let Some(entry) = tree.get_name(name).filter(is_file) {
                    self.found.insert(here.join(name), blob(&entry));
                }
            }
        } else {
            for entry in tree.iter().filter(is_file) {
                if let Some(name) = entry.name().ok().filter(|name| self.names.contains(*name)) {
                    self.found.insert(here.join(name), blob(&entry));
                }
            }
        }
        for entry in &tree {
            if let (Some(ObjectType::Tree), Ok(name)) = (entry.kind(), entry.name()) {
                let known = known.and_then(|known| known.directory(entry.name_bytes()));
                self.tree(entry.id(), known, &here.join(name))?;
            }
        }
        Ok(())
    }

    /// The same among the entries of the index.
    fn entries(&mut self, index: &IndexFile, here: &Path) {
        for full in index.below(&bytes(&self.prefix.join(here))) {
            let name =
                full.rsplit(|byte| *byte == b'/').next().and_then(|name| std::str::from_utf8(name).ok());
            if !name.is_some_and(|name| self.names.contains(name)) {
                continue;
            }
            let (Some(entry), Ok(file)) =
                (index.get(full), path(full).strip_prefix(self.prefix).map(Path::to_owned))
            else {
                continue;
            };
            let blob = Blob { mode: format!("{:06o}", entry.mode), id: entry.id.to_string() };
            self.found.insert(file, blob);
        }
    }
}
