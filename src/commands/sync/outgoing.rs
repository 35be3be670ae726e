//! Checks that others can work with the commits that are pushed.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use crate::casefile::{self, CasePath, layout};
use crate::error::{Code, Error, Finding, Place, Result};
use crate::git::{Content, Repository};
use crate::{disk, sync};

mod say {
    crate::messages! {
        twice() { "nothing was sent: in the last commit, cases are in two places", "没有送出：最近一次提交里有案卷同时出现在两处" }
        committed_twice() { "committed here and in another place", "提交在这里，也提交在另一处" }
        join_first() {
            "`fb mend` merges them; if one of the files does not exist here any more, `git add --all` and `git commit`; then sync again",
            "请用 `fb mend` 合并；如果其中一个文件在本地已经没有，就 `git add --all`、`git commit`；然后再同步"
        }
        unread(n) { "nothing was sent: case files that cannot be read are committed here: {n}", "没有送出：本地提交的案卷里有 {n} 件读不出来" }
        foreign(n) { "nothing was sent: the commits here have entries that are not allowed in a ledger: {n}", "没有送出：本地提交里有 {n} 个不能放进台账的条目" }
        put_right() {
            "correct them, `git add` and `git commit`, then sync again; what was received is merged here",
            "请改好后 `git add`、`git commit`，再同步；取回的内容已在本地合并"
        }
    }
}

/// Checks that others can work with what a commit has and `before`, a commit or a tree, does not have.
///
/// # Errors
/// A case is in two places; a case file cannot be read, such as one with the markers of a conflict in it.
pub(super) fn check(repository: &Repository, before: &str, commit: &str) -> Result<()> {
    let now = repository.listing(commit, layout::CASES.as_ref())?;
    nowhere_twice(now.keys())?;
    let foreign = sync::foreign(repository, commit, before)?;
    if !foreign.is_empty() {
        return Err(Error::failed(say::foreign(foreign.len())).because(foreign).hint(say::put_right()));
    }
    let known = repository.listing(before, layout::CASES.as_ref())?;
    let known: HashSet<&str> = known.values().map(|blob| blob.id.as_str()).collect();
    let new: Vec<(&str, &Path)> = now
        .iter()
        .map(|(path, blob)| (blob.id.as_str(), path.as_path()))
        .filter(|(id, path)| CasePath::of(path).is_some() && !known.contains(id))
        .collect();
    let contents = repository.smudged(&new, disk::LARGEST)?;
    let flaws = new.iter().zip(contents).map(|((_, path), content)| flaws(path, &content));
    let unread: Vec<Vec<Finding>> = flaws.filter(|flaws| !flaws.is_empty()).collect();
    match unread.len() {
        0 => Ok(()),
        n => Err(Error::failed(say::unread(n)).because(unread.concat()).hint(say::put_right())),
    }
}

/// Checks that no case is in two places: others could not change it.
fn nowhere_twice<'p>(paths: impl Iterator<Item = &'p PathBuf>) -> Result<()> {
    let mut places: BTreeMap<String, Vec<&PathBuf>> = BTreeMap::new();
    for path in paths {
        if let Some(standing) = CasePath::of(path) {
            places.entry(standing.name).or_default().push(path);
        }
    }
    let twice = places.values().filter(|paths| paths.len() > 1).flatten();
    let found: Vec<Finding> = twice
        .map(|path| Finding::error(Code::DuplicateId, Place::file(path), say::committed_twice()))
        .collect();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Error::failed(say::twice()).because(found).hint(say::join_first()))
    }
}

/// The first problem of a case file.
fn flaws(path: &Path, content: &Content) -> Vec<Finding> {
    match content {
        Content::Bytes(bytes) => casefile::read(bytes, path).err().unwrap_or_default(),
        Content::TooLarge => {
            vec![Finding::error(
                Code::Unreadable,
                Place::file(path),
                disk::too_large(path, disk::LARGEST).message,
            )]
        }
        Content::NoFile => Vec::new(),
    }
}
