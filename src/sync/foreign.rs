//! What a commit must not bring into a ledger: anything that is not a plain file, is where no file can be, or is too
//! large.
//!
//! A commit is made elsewhere, perhaps with bad intent. Such an entry is left out and reported, and the other side's
//! version stays; everything else is taken. [`judge`] has the list. Only git's object store is read.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::say;
use crate::case::{Id, Status};
use crate::casefile::{CasePath, layout};
use crate::error::{Code, Error, Finding, Place, Result};
use crate::git::{Blob, Listing, Repository};
use crate::lang::Text;
use crate::ledger::{Ledger, SHOP_FILE};

/// The longest name of a file, in bytes, and the longest path: no usual disk takes more.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 3000;

/// A commit without what is not allowed.
pub(crate) struct Sound {
    /// The commit, or one on top of it without those entries.
    pub commit: String,
    /// What was left out, and why.
    pub left_out: Vec<Finding>,
}

/// Makes a commit without what is not allowed. Of those entries, it has the version of `beside`.
///
/// # Errors
/// The ledger's path is not a directory there; git fails.
pub(crate) fn sound(repository: &Repository, commit: &str, beside: &str) -> Result<Sound> {
    if let Some(part) = repository.no_directory(commit)? {
        return Err(
            Error::failed(say::no_directory(&part, short(commit))).hint(say::ask_who(short(commit), &part))
        );
    }
    let parts = Ledger::PARTS.map(Path::new);
    let entries = repository.entries(commit, &parts)?;
    let beside: Listing = repository.entries(beside, &parts)?.into_iter().collect();
    let (files, left_out) = without_foreign(repository, entries, &beside)?;
    if left_out.is_empty() {
        return Ok(Sound { commit: commit.to_owned(), left_out });
    }
    let mut tree = repository.tree_of(commit)?;
    for part in parts {
        if left_out.iter().any(|found| found.place.path.starts_with(part)) {
            let below = files.iter().filter(|(path, _)| path.starts_with(part));
            let below: Listing = below.map(|(path, blob)| (path.clone(), blob.clone())).collect();
            tree = repository.tree_with(&tree, part, &below)?;
        }
    }
    let mut left_out = left_out;
    for found in &mut left_out {
        let path = found.place.path.clone();
        found.help.push(say::ask_who(short(commit), &path));
    }
    Ok(Sound { commit: repository.unnamed_commit(&tree, &[commit])?, left_out })
}

/// What must not be sent to others from a commit, and why. Sizes are not checked.
///
/// # Errors
/// git fails.
pub(crate) fn foreign(repository: &Repository, commit: &str, beside: &str) -> Result<Vec<Finding>> {
    let parts = Ledger::PARTS.map(Path::new);
    let entries = repository.entries(commit, &parts)?;
    let beside: Listing = repository.entries(beside, &parts)?.into_iter().collect();
    let found = judge(&entries, &beside, &HashSet::new());
    Ok(found.into_iter().map(|(path, why)| Finding::error(Code::LeftOut, Place::file(path), why)).collect())
}

/// The files, anywhere in the repository, whose names no disk takes or are git's own.
pub(crate) fn unfit(coming: &[PathBuf]) -> Vec<Finding> {
    let unfit = coming.iter().filter(|path| has_bad_name(path));
    unfit.map(|path| Finding::error(Code::BadName, Place::file(path), say::no_name())).collect()
}

/// The entries of a side without what is not allowed, with the other side's version in its place.
pub(super) fn without_foreign(
    repository: &Repository,
    entries: Vec<(PathBuf, Blob)>,
    beside: &Listing,
) -> Result<(Listing, Vec<Finding>)> {
    let large = too_large(repository, &entries, beside)?;
    let judged = judge(&entries, beside, &large);
    if judged.is_empty() {
        return Ok((entries.into_iter().collect(), Vec::new()));
    }
    let out: HashSet<&Path> = judged.iter().map(|(path, _)| path.as_path()).collect();
    let mut files: Listing = entries.into_iter().filter(|(path, _)| !out.contains(path.as_path())).collect();
    let cases: HashSet<String> = files.keys().filter_map(|path| case_name(path)).collect();
    let lost: HashSet<String> = out.iter().filter_map(|path| case_name(path)).collect();
    let mut back = Listing::new();
    for (path, blob) in beside.iter().filter(|(_, blob)| blob.is_plain()) {
        let case = case_name(path);
        let in_its_place = path.ancestors().any(|above| out.contains(above))
            || case.as_ref().is_some_and(|case| lost.contains(case));
        let elsewhere = case.is_some_and(|case| cases.contains(&case));
        if in_its_place && !elsewhere {
            back.insert(path.clone(), blob.clone());
        }
    }
    // An entry that is below the place of a file was left out; the other side's file returns to that place.
    for path in &out {
        for above in path.ancestors().skip(1).filter(|above| is_file_of_ours(above)) {
            if let Some(blob) = beside.get(above).filter(|blob| blob.is_plain()) {
                back.insert(above.to_owned(), blob.clone());
            }
        }
    }
    for (path, blob) in back {
        files.entry(path).or_insert(blob);
    }
    let found = judged.into_iter().map(|(path, why)| Finding::error(Code::LeftOut, Place::file(path), why));
    Ok((files, found.collect()))
}

/// The name of the case file at a path, without its ending.
fn case_name(path: &Path) -> Option<String> {
    CasePath::of(path).map(|case_path| case_path.name)
}

/// The objects of case files that are larger than the limit for reading.
fn too_large(
    repository: &Repository,
    entries: &[(PathBuf, Blob)],
    beside: &Listing,
) -> Result<HashSet<String>> {
    let new = entries.iter().filter(|(path, blob)| beside.get(path) != Some(blob) && blob.is_plain());
    let cases = new.filter(|(path, _)| CasePath::of(path).is_some());
    let ids: Vec<&str> = cases.map(|(_, blob)| blob.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let sizes = repository.sizes(&ids)?;
    let large = ids.into_iter().zip(sizes).filter(|(_, size)| *size > crate::disk::LARGEST);
    Ok(large.map(|(id, _)| id.to_owned()).collect())
}

/// The entries that are not allowed, each once, and why. An entry that the other side also has is not new, and stays.
fn judge(entries: &[(PathBuf, Blob)], beside: &Listing, large: &HashSet<String>) -> Vec<(PathBuf, Text)> {
    let mut named: HashMap<&Path, usize> = HashMap::new();
    let mut folded: HashMap<String, usize> = HashMap::new();
    for (path, _) in entries {
        *named.entry(path).or_default() += 1;
        if path.starts_with(layout::CASES) {
            *folded.entry(path.to_string_lossy().to_lowercase()).or_default() += 1;
        }
    }
    let mut found: Vec<(PathBuf, Text)> = Vec::new();
    for (path, blob) in entries {
        let twice = named.get(path.as_path()).is_some_and(|times| *times > 1);
        if !twice && beside.get(path) == Some(blob) {
            continue;
        }
        let lower = path.to_string_lossy().to_lowercase();
        let why = if twice {
            say::named_twice()
        } else if has_bad_name(path) {
            say::bad_name()
        } else if blob.mode == "120000" {
            say::link()
        } else if !blob.is_plain() {
            say::submodule()
        } else if is_directory_of_ours(path) {
            say::file_for_directory()
        } else if path.ancestors().skip(1).any(is_file_of_ours) {
            say::directory_for_file()
        } else if is_other_only_in_case(path, &lower, &folded) {
            say::only_in_case(&lower)
        } else if large.contains(&blob.id) {
            say::larger(format!("{} MiB", crate::disk::LARGEST >> 20))
        } else {
            continue;
        };
        // If neither side has it as a plain file, people must decide.
        let unsound_beside = beside.get(path).is_some_and(|other| !other.is_plain());
        if !unsound_beside && found.last().is_none_or(|(last, _)| last != path) {
            found.push((path.clone(), why));
        }
    }
    found
}

/// Whether a path is too long, or a part of it is not possible on disk or is git's own.
fn has_bad_name(path: &Path) -> bool {
    let path = path.as_os_str();
    path.len() > LONGEST_PATH || path.as_encoded_bytes().split(|byte| *byte == b'/').any(is_no_name)
}

/// Whether a part of a path is not possible on disk, or is one of git's own: `..`, `.git` in any spelling.
fn is_no_name(part: &[u8]) -> bool {
    let word: String = String::from_utf8_lossy(part).chars().filter(|c| !is_ignored(*c)).collect();
    let word = word.split(':').next().unwrap_or_default().trim_end_matches(['.', ' ']).to_lowercase();
    part.len() > LONGEST_NAME || word.is_empty() || word == ".git" || word == "git~1"
}

/// Whether some disks ignore this character in a name.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

/// Whether this is the place of a directory of a ledger.
fn is_directory_of_ours(path: &Path) -> bool {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    match parts.unwrap_or_default().as_slice() {
        [one] => *one != SHOP_FILE,
        [cases, status] if *cases == layout::CASES => Status::of(status).is_some(),
        [files, id] if *files == layout::ATTACHED => Id::parse(id).is_ok(),
        _ => CasePath::of(&path.join("20000101-000000.yaml")).is_some(),
    }
}

/// Whether this is the place of a file of a ledger, below which there is nothing.
fn is_file_of_ours(path: &Path) -> bool {
    path == Path::new(SHOP_FILE) || CasePath::of(path).is_some()
}

/// Whether a disk that does not distinguish `a` from `A` takes it for another file: a case in another spelling of its
/// directory, or one whose name another entry has in small letters.
fn is_other_only_in_case(path: &Path, lower: &str, folded: &HashMap<String, usize>) -> bool {
    if path.to_str() == Some(lower) || !path.starts_with(layout::CASES) {
        return false;
    }
    let small = Path::new(lower);
    let of_case = CasePath::of(small).is_some() && small.parent() != path.parent();
    of_case || folded.get(lower).is_some_and(|times| *times > 1)
}

fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(entries: &[(&str, &str)], beside: &[(&str, &str)]) -> Vec<String> {
        let blob = |mode: &str| Blob { mode: mode.to_owned(), id: "b1".to_owned() };
        let entries: Vec<_> = entries.iter().map(|(path, mode)| (path.into(), blob(mode))).collect();
        let beside = beside.iter().map(|(path, mode)| (path.into(), blob(mode))).collect();
        judge(&entries, &beside, &HashSet::new()).iter().map(|(path, _)| path.display().to_string()).collect()
    }

    const CASE: &str = "cases/new/20261122-7k3q9x.yaml";

    #[test]
    fn whatever_is_no_plain_file_in_its_place_is_named() {
        let plain = "100644";
        for good in [
            CASE,
            "cases/new/.gitkeep",
            "cases/closed/2026-11/20261103-p0d4wz.yaml",
            "cases/new/A note.txt",
            "files/20261122-7k3q9x/Photo.JPG",
            "files/20261122-7k3q9x/a/.gitignore",
            "policy/2026.toml",
            "fb.toml",
        ] {
            assert_eq!(judged(&[(good, plain)], &[]), Vec::<String>::new(), "{good}");
            assert_eq!(judged(&[(good, "100755")], &[]), Vec::<String>::new(), "{good}");
            assert_eq!(judged(&[(good, "120000")], &[]), [good], "{good}");
            assert_eq!(judged(&[(good, "160000")], &[]), [good], "{good}");
            // It came earlier.
            assert_eq!(judged(&[(good, "120000")], &[(good, "120000")]), Vec::<String>::new(), "{good}");
        }
        for bad in [
            "cases",
            "cases/new",
            "cases/closed/2026-11",
            "files/20261122-7k3q9x",
            "policy",
            "cases/new/20261122-7k3q9x.yaml/more",
            "cases/closed/2026-11/20261103-p0d4wz.yaml/a/b",
            "fb.toml/x",
            "cases/new/../../x",
            "cases/./new/20261122-7k3q9x.yaml",
            "files/.GIT/hooks/x",
            "files/.g\u{200c}it/config",
            "files/GIT~1/config",
            "files/.git./config",
            "files/.git::$INDEX_ALLOCATION/config",
            "cases/New/20261122-7k3q9x.yaml",
        ] {
            assert_eq!(judged(&[(bad, plain)], &[]), [bad], "{bad}");
        }
        let long = format!("cases/new/{}", "x".repeat(256));
        assert_eq!(judged(&[(&long, plain)], &[]), [long.as_str()]);
    }

    #[test]
    fn a_name_that_comes_twice_is_named_once_and_so_is_one_in_capitals() {
        assert_eq!(judged(&[(CASE, "120000"), (CASE, "100644")], &[(CASE, "100644")]), [CASE]);
        let capitals = "cases/new/20261122-7K3Q9X.yaml";
        assert_eq!(judged(&[(capitals, "100644"), (CASE, "100644")], &[]), [capitals]);
        assert_eq!(judged(&[(capitals, "100644")], &[]), Vec::<String>::new());
    }
}
