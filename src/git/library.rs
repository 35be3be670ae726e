//! The commit through libgit2: no process, no hooks, no signing; `libgit2_support` says when that is enough.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use git2::build::TreeUpdateBuilder;
use git2::{Commit, ErrorCode, FileMode, Index, Oid, Repository, Signature, StatusOptions, Tree};

use super::change::{Paths, bytes};
use super::committed::{Committed, UnderWay};
use super::failure::Failure;
use super::index_file::{IndexFile, IndexUpdates};
use super::lock::IndexLock;
use super::program::path;
use super::{flush, libgit2_support};

/// The mode of an executable file in an index.
pub(super) const EXECUTABLE: u32 = 0o100_755;
/// The file that says how git stores the files below its directory.
const ATTRIBUTES: &str = ".gitattributes";

/// Commits these paths on top of `HEAD`, as they are in the work tree.
pub(super) fn commit(
    repo: &Repository,
    lock: &IndexLock,
    paths: &Paths,
    message: &str,
) -> Result<Committed, Failure> {
    let Some(mut index) = lock.read()? else { return Err(Failure::Unfit) };
    if index.has_conflicts() {
        return Ok(Committed::Busy(UnderWay::Conflicts));
    }
    let mut ours = entries_of(repo, &index, paths)?;
    let in_the_way = paths.present.iter().any(|path| index.is_in_the_way(&bytes(path)));
    if in_the_way || !index.is_whole() || !libgit2_support::makes_commit(repo, &paths.present)? {
        return Err(Failure::Unfit);
    }
    let ignored = ignored(repo, &ours, &paths.present)?;
    if !ignored.is_empty() {
        return Ok(Committed::Ignored(ignored));
    }
    let Some((author, committer)) = people(repo)? else { return Ok(Committed::NoIdentity) };

    let updates = update(&mut ours, paths)?;
    let parent = head(repo)?;
    let before = parent.as_ref().map(Commit::tree).transpose()?;
    let known = before.as_ref();
    let before = match &before {
        Some(before) => before.clone(),
        None => repo.find_tree(repo.treebuilder(None)?.write()?)?,
    };
    let tree = repo.find_tree(tree(repo, &before, &updates)?)?;
    index.follow(repo, (known, Some(&tree)), &updates)?;
    let new = lock.write(&index.with(&updates, lock.written()?))?;
    let committed = if tree.id() == before.id() {
        Committed::NothingToCommit
    } else {
        let parents: Vec<&Commit<'_>> = parent.iter().collect();
        let commit = flush::write_commit(repo, (&author, &committer), message, &tree, &parents)?;
        flush::objects(repo, commit, (&before, &tree), paths)?;
        let id = repo.commit(Some("HEAD"), &author, &committer, message, &tree, &parents)?;
        flush::branch(repo)?;
        Committed::Made { id: id.to_string() }
    };
    // Also if there was nothing to commit: a process that died may have got as far as the commit.
    lock.replace(&new).map_err(Failure::write(&new))?;
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
    // A commit may have left an index with only its own paths.
    repo.set_index(&mut Index::open(&repo.path().join("index"))?)?;
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
pub(super) fn people(repo: &Repository) -> Result<Option<(Signature<'_>, Signature<'_>)>, Failure> {
    match (repo.author_from_env(), repo.committer_from_env()) {
        (Ok(author), Ok(committer)) => Ok(Some((author, committer))),
        (Err(error), _) | (_, Err(error)) if error.code() == ErrorCode::NotFound => Ok(None),
        _ => Err(Failure::Unfit),
    }
}

/// The new files that git is told to ignore. A file that is tracked already is not ignored.
pub(super) fn ignored(
    repo: &Repository,
    index: &Index,
    files: &[PathBuf],
) -> Result<Vec<PathBuf>, git2::Error> {
    let mut ignored = Vec::new();
    for file in files {
        if index.get_path(file, 0).is_none() && repo.is_path_ignored(file)? {
            ignored.push(file.clone());
        }
    }
    Ok(ignored)
}

/// The entries of an index that libgit2 needs for these paths: their own, and those of the attributes above them. The
/// repository has only these from now on, so that libgit2 does not read all the others.
pub(super) fn entries_of(repo: &Repository, index: &IndexFile, paths: &Paths) -> Result<Index, git2::Error> {
    let mut ours = Index::new()?;
    let all = || paths.present.iter().chain(&paths.absent);
    let above: BTreeSet<&Path> = all().flat_map(|path| path.ancestors().skip(1)).collect();
    let attributes = above.into_iter().map(|directory| directory.join(ATTRIBUTES));
    for path in all().cloned().chain(attributes) {
        if let Some(entry) = index.get(&bytes(&path)) {
            ours.add(&entry)?;
        }
    }
    repo.set_index(&mut ours)?;
    Ok(ours)
}

/// IndexUpdates the entries of these paths, and no others, from the work tree.
fn update(index: &mut Index, paths: &Paths) -> Result<IndexUpdates, git2::Error> {
    let mut updates: IndexUpdates = paths.absent.iter().map(|path| (bytes(path), None)).collect();
    for path in &paths.present {
        index.add_path(path)?;
        updates.insert(bytes(path), index.get_path(path, 0));
    }
    Ok(updates)
}

/// The tree that differs from `before` in these paths only.
fn tree(repo: &Repository, before: &Tree<'_>, updates: &IndexUpdates) -> Result<Oid, git2::Error> {
    let mut trees = TreeUpdateBuilder::new();
    let mut folder: Option<(&[u8], Option<Tree<'_>>)> = None;
    for (path, update) in updates {
        let Some(entry) = update else {
            let (parent, name) = parts(path);
            if folder.as_ref().is_none_or(|(known, _)| *known != parent) {
                folder = Some((parent, subtree(repo, before, &self::path(parent))?));
            }
            let known = folder.as_ref().and_then(|(_, tree)| tree.as_ref()?.get_name_bytes(name));
            if known.is_some() {
                trees.remove(path.as_slice());
            }
            continue;
        };
        let mode = if entry.mode == EXECUTABLE { FileMode::BlobExecutable } else { FileMode::Blob };
        trees.upsert(path.as_slice(), entry.id, mode);
    }
    trees.create_updated(repo, before)
}

/// The directory of a path, and its name in it.
fn parts(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (b"", path),
    }
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
