//! Finds files with certain names in a commit, directory by directory, without a full listing.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use git2::{Commit, ObjectType, Tree, TreeEntry};

use super::repository::Repository;
use super::tree::{Blob, Listing};
use super::{library, say};
use crate::error::{Error, Result};

impl Repository {
    /// The files below `under` that have one of these names in `HEAD`. All paths start at the repository's given
    /// directory.
    ///
    /// # Errors
    /// `HEAD` cannot be read; the `git` program is needed and cannot be run.
    pub(crate) fn head_paths(&self, under: &Path, names: &HashSet<String>) -> Result<Vec<PathBuf>> {
        let files = match &self.library {
            Some(repo) => match library::head(repo).map_err(failed)? {
                Some(head) => self.named_by_library(repo, &head, under, names)?,
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
        self.named_by_library(repo, &found, under, names)
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
        repo: &git2::Repository,
        commit: &Commit<'_>,
        under: &Path,
        names: &HashSet<String>,
    ) -> Result<Listing> {
        let mut found = Listing::new();
        let below = self.prefix().join(under);
        let walked = commit.tree().and_then(|top| match library::subtree(repo, &top, &below)? {
            Some(tree) => walk(repo, &tree, under, names, &mut found),
            None => Ok(()),
        });
        walked.map(|()| found).map_err(failed)
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

/// Looks for the names in a tree and in those below it; a few names are looked up without reading every entry's name.
fn walk(
    repo: &git2::Repository,
    tree: &Tree<'_>,
    here: &Path,
    names: &HashSet<String>,
    found: &mut Listing,
) -> std::result::Result<(), git2::Error> {
    if names.len() < tree.len() {
        for name in names {
            if let Some(entry) = tree.get_name(name).filter(is_file) {
                found.insert(here.join(name), blob(&entry));
            }
        }
    } else {
        for entry in tree.iter().filter(is_file) {
            if let Some(name) = entry.name().ok().filter(|name| names.contains(*name)) {
                found.insert(here.join(name), blob(&entry));
            }
        }
    }
    for entry in tree {
        if let (Some(ObjectType::Tree), Ok(name)) = (entry.kind(), entry.name()) {
            walk(repo, &repo.find_tree(entry.id())?, &here.join(name), names, found)?;
        }
    }
    Ok(())
}
