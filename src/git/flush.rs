//! Flushes what libgit2 wrote to the disk, as git itself does (`core.fsync`): the objects before a branch names them,
//! the branch before the commit is reported. After a power failure there is either the old commit or the new one.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
#[cfg(unix)]
use std::io::ErrorKind;
use std::path::Path;

use git2::{Commit, Oid, Repository, Tree};

use super::change::Paths;
use super::failure::Failure;
use super::library::subtree;

/// The new objects of this commit: itself, and its trees and files for these paths. An object that existed already, or
/// is in a pack, is on the disk.
pub(super) fn objects(
    repo: &Repository,
    commit: Oid,
    (before, tree): (&Tree<'_>, &Tree<'_>),
    paths: &Paths,
) -> Result<(), Failure> {
    let mut ids = BTreeSet::from([commit, tree.id()]);
    for (directory, names) in by_directory(paths) {
        // Each tree is read once, no matter how many of its files are new: a month can have very many.
        let (old, new) = (subtree(repo, before, directory)?, subtree(repo, tree, directory)?);
        let Some(new) = new else { continue };
        for name in names {
            let known = old.as_ref().and_then(|old| entry_id(old, name));
            ids.extend(entry_id(&new, name).filter(|id| known != Some(*id)));
        }
    }
    let objects = repo.commondir().join("objects");
    let mut directories = BTreeSet::from([objects.clone()]);
    for id in ids {
        let id = id.to_string();
        let directory = objects.join(&id[..2]);
        if flush(&directory.join(&id[2..]))? {
            directories.insert(directory);
        }
    }
    for directory in &directories {
        flush(directory)?;
    }
    Ok(())
}

fn entry_id(tree: &Tree<'_>, name: &OsStr) -> Option<Oid> {
    tree.get_name_bytes(name.as_encoded_bytes()).map(|entry| entry.id())
}

/// The names of these files, and of the directories above them, by their directory.
fn by_directory(paths: &Paths) -> BTreeMap<&Path, BTreeSet<&OsStr>> {
    let mut names: BTreeMap<&Path, BTreeSet<&OsStr>> = BTreeMap::new();
    for place in paths.present.iter().chain(&paths.absent).flat_map(|path| path.ancestors()) {
        if let (Some(directory), Some(name)) = (place.parent(), place.file_name()) {
            names.entry(directory).or_default().insert(name);
        }
    }
    names
}

/// The branch that has the new commit, or a detached `HEAD`.
pub(super) fn branch(repo: &Repository) -> Result<(), Failure> {
    let head = repo.find_reference("HEAD")?;
    let place = match head.symbolic_target()? {
        Some(branch) => repo.commondir().join(branch),
        None => repo.path().join("HEAD"),
    };
    flush(&place)?;
    flush(place.parent().unwrap_or(repo.path())).map(drop)
}

/// A ref of ours, and the directories that were made for it.
pub(super) fn reference(repo: &Repository, name: &str) -> Result<(), Failure> {
    let place = repo.commondir().join(name);
    for place in place.ancestors() {
        flush(place)?;
        if place == repo.commondir() {
            break;
        }
    }
    Ok(())
}

/// The object of this future commit, written before any branch names it.
pub(super) fn write_commit(
    repo: &Repository,
    (author, committer): (&git2::Signature<'_>, &git2::Signature<'_>),
    message: &str,
    tree: &Tree<'_>,
    parents: &[&Commit<'_>],
) -> Result<Oid, git2::Error> {
    let commit = repo.commit_create_buffer(author, committer, message, tree, parents)?;
    repo.odb()?.write(git2::ObjectType::Commit, &commit)
}

/// Flushes a file or a directory to the disk. Returns whether it exists.
#[cfg(unix)]
fn flush(path: &Path) -> Result<bool, Failure> {
    match crate::disk::of_git::open(path) {
        Ok(file) => file.sync_all().map(|()| true).map_err(Failure::write(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::read(path)(error)),
    }
}

/// Elsewhere only files open for writing can be flushed.
#[cfg(not(unix))]
fn flush(_: &Path) -> Result<bool, Failure> {
    Ok(false)
}
