//! Files that `HEAD` has under certain names, found directory by directory: it takes no listing of all that it has.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use git2::{ObjectType, Tree};

use super::repository::Repository;
use super::{library, words};
use crate::error::{Error, Result};

impl Repository {
    /// The files below `under` that have one of these names in `HEAD`. All paths start at the directory for which the
    /// repository was asked.
    ///
    /// # Errors
    /// `HEAD` cannot be read; the `git` program is needed and cannot be run.
    pub fn named_at_head(&self, under: &Path, names: &HashSet<String>) -> Result<Vec<PathBuf>> {
        let Some(repo) = &self.library else {
            let name = |path: &PathBuf| path.file_name()?.to_str().map(str::to_owned);
            let named = |path: &PathBuf| name(path).is_some_and(|name| names.contains(&name));
            return match self.head()? {
                Some(_) => Ok(self.listing("HEAD", under)?.into_keys().filter(named).collect()),
                None => Ok(Vec::new()),
            };
        };
        let mut found = Vec::new();
        let top = library::head(repo).and_then(|head| head.map(|head| head.tree()).transpose());
        let walked = top.and_then(|top| {
            let below = self.prefix().join(under);
            let tree = top.map(|top| library::subtree(repo, &top, &below)).transpose()?.flatten();
            tree.map_or(Ok(()), |tree| walk(repo, &tree, under, names, &mut found))
        });
        walked.map_err(|error| Error::failed(words::failed(error.message())))?;
        Ok(found)
    }
}

/// Looks for the names in a tree and in those below it; a few are not sought by reading every entry's name.
fn walk(
    repo: &git2::Repository,
    tree: &Tree<'_>,
    here: &Path,
    names: &HashSet<String>,
    found: &mut Vec<PathBuf>,
) -> std::result::Result<(), git2::Error> {
    if names.len() < tree.len() {
        found.extend(names.iter().filter(|name| tree.get_name(name).is_some()).map(|name| here.join(name)));
    } else {
        let entries = tree.iter().filter_map(|entry| entry.name().map(str::to_owned).ok());
        found.extend(entries.filter(|name| names.contains(name)).map(|name| here.join(name)));
    }
    for entry in tree {
        if let (Some(ObjectType::Tree), Ok(name)) = (entry.kind(), entry.name()) {
            walk(repo, &repo.find_tree(entry.id())?, &here.join(name), names, found)?;
        }
    }
    Ok(())
}
