//! The commit through libgit2: no process, no hooks, no signing; `libgit2_support` says when that is enough.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use git2::build::TreeUpdateBuilder;
use git2::{Commit, ErrorCode, FileMode, Index, Oid, Repository, Signature, StatusOptions, Tree};

use super::change::{Paths, bytes};
use super::committed::{Committed, UnderWay};
use super::failure::Failure;
use super::lock::IndexLock;
use super::program::path;
use super::{flush, libgit2_support};

/// The mode of an executable file in an index.
const EXECUTABLE: u32 = 0o100_755;
/// The mode of a submodule in an index.
const SUBMODULE: u32 = 0o160_000;

/// Commits these paths on top of `HEAD`, as they are in the work tree.
pub(super) fn commit(
    repo: &Repository,
    lock: &IndexLock,
    paths: &Paths,
    message: &str,
) -> Result<Committed, Failure> {
    if !libgit2_support::makes_commit(repo, &paths.present)? {
        return Err(Failure::Unfit);
    }
    let copy = lock.copy("index")?;
    let mut index = Index::open(&copy).map_err(|_| Failure::Unfit)?;
    if index.has_conflicts() {
        return Ok(Committed::Busy(UnderWay::Conflicts));
    }
    repo.set_index(&mut index)?;
    let ignored = ignored(repo, &index, &paths.present)?;
    if !ignored.is_empty() {
        return Ok(Committed::Ignored(ignored));
    }
    let Some((author, committer)) = people(repo)? else { return Ok(Committed::NoIdentity) };

    forget_stale(&mut index, lock.written()?)?;
    update(&mut index, paths)?;
    let parent = head(repo)?;
    let before = match &parent {
        Some(parent) => parent.tree()?,
        None => repo.find_tree(repo.treebuilder(None)?.write()?)?,
    };
    let tree = tree(repo, &before, &index, paths)?;
    index.write()?;
    let committed = if tree == before.id() {
        Committed::NothingToCommit
    } else {
        let tree = repo.find_tree(tree)?;
        let parents: Vec<&Commit<'_>> = parent.iter().collect();
        let new = flush::write_commit(repo, (&author, &committer), message, &tree, &parents)?;
        flush::objects(repo, new, (&before, &tree), paths)?;
        let id = repo.commit(Some("HEAD"), &author, &committer, message, &tree, &parents)?;
        flush::branch(repo)?;
        Committed::Made { id: id.to_string() }
    };
    // Also if there was nothing to commit: a process that died may have got as far as the commit.
    lock.replace(&copy).map_err(Failure::write(&copy))?;
    Ok(committed)
}

/// The name and the address of the author; `None` if git does not know who commits.
pub(super) fn author(repo: &Repository) -> Result<Option<(String, String)>, Failure> {
    let Some((author, _)) = people(repo)? else { return Ok(None) };
    let name = String::from_utf8_lossy(author.name_bytes()).into_owned();
    let email = String::from_utf8_lossy(author.email_bytes()).into_owned();
    Ok(Some((name, email)))
}

/// The commit that `HEAD` names; `None` on a branch without commits.
pub(super) fn head(repo: &Repository) -> Result<Option<Commit<'_>>, git2::Error> {
    match repo.head() {
        Ok(head) => head.peel_to_commit().map(Some),
        Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
        Err(error) => Err(error),
    }
}

/// The fewest characters of an id that are shown.
const SHORT: usize = 7;

/// The shortest unique prefix of a commit's id, regardless of `core.abbrev`.
pub(super) fn short(repo: &Repository, commit: Oid) -> Result<String, git2::Error> {
    let (odb, id) = (repo.odb()?, commit.to_string());
    let alone = |length: &usize| odb.exists_prefix(commit, *length).is_ok();
    let length = (SHORT..id.len()).find(alone).unwrap_or(id.len());
    Ok(id[..length].to_owned())
}

/// Which of these paths, and of those below them, are not as in `HEAD`. Used if there is no `git` program.
pub(super) fn dirty(repo: &Repository, paths: &[PathBuf]) -> Result<Vec<PathBuf>, git2::Error> {
    let mut options = StatusOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).disable_pathspec_match(true);
    for path in paths.iter().filter(|path| !path.as_os_str().is_empty()) {
        options.pathspec(path);
    }
    let found = repo.statuses(Some(&mut options))?;
    Ok(found.iter().map(|entry| path(entry.path_bytes())).collect())
}

/// The author and the committer; `None` if git does not know who they are. Other problems with them, such as a date that
/// libgit2 cannot read, are left to the program.
fn people(repo: &Repository) -> Result<Option<(Signature<'_>, Signature<'_>)>, Failure> {
    match (repo.author_from_env(), repo.committer_from_env()) {
        (Ok(author), Ok(committer)) => Ok(Some((author, committer))),
        (Err(error), _) | (_, Err(error)) if error.code() == ErrorCode::NotFound => Ok(None),
        _ => Err(Failure::Unfit),
    }
}

/// The new files that git is told to ignore. A file that is tracked already is not ignored.
fn ignored(repo: &Repository, index: &Index, files: &[PathBuf]) -> Result<Vec<PathBuf>, git2::Error> {
    let mut ignored = Vec::new();
    for file in files {
        if index.get_path(file, 0).is_none() && repo.is_path_ignored(file)? {
            ignored.push(file.clone());
        }
    }
    Ok(ignored)
}

/// Makes git check again the files that were written in the same second as the index: their times do not show later
/// changes ("racily clean"), and the new index is younger, so git would trust it.
fn forget_stale(index: &mut Index, written: Option<SystemTime>) -> Result<(), git2::Error> {
    let written =
        written.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs());
    let stale = |seconds: i32| u64::try_from(seconds).is_ok_and(|seconds| seconds >= written);
    let entries: Vec<_> =
        index.iter().filter(|entry| stale(entry.mtime.seconds()) && entry.mode != SUBMODULE).collect();
    for mut entry in entries {
        entry.file_size = 0;
        index.add(&entry)?;
    }
    Ok(())
}

/// Updates the entries of these paths, and no others, from the work tree.
fn update(index: &mut Index, paths: &Paths) -> Result<(), git2::Error> {
    for path in &paths.absent {
        if index.get_path(path, 0).is_some() {
            index.remove_path(path)?;
        }
    }
    for path in &paths.present {
        index.add_path(path)?;
    }
    Ok(())
}

/// The tree that differs from `before` in these paths only.
fn tree(repo: &Repository, before: &Tree<'_>, index: &Index, paths: &Paths) -> Result<Oid, git2::Error> {
    let mut updates = TreeUpdateBuilder::new();
    let mut folder: Option<(&Path, Option<Tree<'_>>)> = None;
    for path in &paths.absent {
        let parent = path.parent().unwrap_or(Path::new(""));
        if folder.as_ref().is_none_or(|(known, _)| *known != parent) {
            folder = Some((parent, subtree(repo, before, parent)?));
        }
        let before = folder.as_ref().and_then(|(_, tree)| tree.as_ref()?.get_name_bytes(&name(path)));
        if before.is_some() {
            updates.remove(bytes(path));
        }
    }
    for path in &paths.present {
        if let Some(entry) = index.get_path(path, 0) {
            let mode = if entry.mode == EXECUTABLE { FileMode::BlobExecutable } else { FileMode::Blob };
            updates.upsert(bytes(path), entry.id, mode);
        }
    }
    updates.create_updated(repo, before)
}

/// A directory in a tree, if it is there. Looked up once for all its files: a status may have very many.
pub(super) fn subtree<'r>(
    repo: &'r Repository,
    tree: &Tree<'r>,
    directory: &Path,
) -> Result<Option<Tree<'r>>, git2::Error> {
    if directory == Path::new("") {
        return repo.find_tree(tree.id()).map(Some);
    }
    match tree.get_path(directory) {
        Ok(entry) => Ok(entry.to_object(repo)?.into_tree().ok()),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name of a file, as git keeps it.
fn name(path: &Path) -> Vec<u8> {
    path.file_name().map(|name| name.as_encoded_bytes().to_owned()).unwrap_or_default()
}
