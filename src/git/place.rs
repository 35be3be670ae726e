//! Finds the repository around a directory: only a `.git` entry leads to one.
//!
//! Everything in a ledger may have come with a clone, and a clone can have a directory that looks like a bare
//! repository (`HEAD`, `config`, `objects`, `refs`), with somebody else's hooks and settings. It cannot have an entry
//! named `.git`: git never stores one. So a repository is accepted only through that name, at the ledger's directory or
//! above it.

use std::path::{Path, PathBuf};

use super::{environment, say};
use crate::disk::of_git;
use crate::error::{Error, Result};

/// The name that leads to a repository: its git directory, or a file that names one (a linked work tree, a submodule).
const ENTRY: &str = ".git";

/// The nearest directory upwards, this one included, that has a `.git` entry; `None` if there is none. The search is
/// git's: not above a ceiling, not on another disk, and past a directory `.git` that is not a repository.
///
/// # Errors
/// The entry is a file or a link that leads nowhere; without one, the directory or one above it is a bare repository.
pub(super) fn holder(real: &Path) -> Result<Option<PathBuf>> {
    let ceilings = environment::ceilings();
    let mut bare = None;
    for above in real.ancestors() {
        if above != real && (ceilings.iter().any(|ceiling| ceiling == above) || !same_disk(real, above)) {
            break;
        }
        let entry = above.join(ENTRY);
        let leads_nowhere = || Error::failed(say::leads_nowhere(&entry)).hint(say::repair_link());
        if of_git::is_file(&entry) {
            return if leads_somewhere(&entry) { Ok(Some(above.to_owned())) } else { Err(leads_nowhere()) };
        }
        // git passes over such a link: what is written would be in no commit, and nobody would notice.
        if of_git::is_link(&entry) && !of_git::is_there(&entry) {
            return Err(leads_nowhere());
        }
        if looks_like_one(&entry) {
            return Ok(Some(above.to_owned()));
        }
        if bare.is_none() && looks_like_one(above) {
            bare = Some(above);
        }
    }
    match bare {
        None => Ok(None),
        Some(dir) => Err(is_bare(dir)),
    }
}

/// The error for a repository without a work tree.
pub(super) fn is_bare(git_dir: &Path) -> Error {
    Error::failed(say::bare(git_dir)).hint(say::clone_it())
}

/// Whether a directory has the entries of a git directory.
fn looks_like_one(dir: &Path) -> bool {
    let has = |name: &str| of_git::symlink_metadata(&dir.join(name)).is_ok();
    let own = of_git::is_directory(&dir.join("objects")) && of_git::is_directory(&dir.join("refs"));
    of_git::is_directory(dir) && has("HEAD") && (own || has("commondir"))
}

/// Whether the git directory that this file names is there.
fn leads_somewhere(entry: &Path) -> bool {
    let Ok(text) = of_git::read_to_string(entry) else { return false };
    let Some(target) = text.strip_prefix("gitdir:") else { return false };
    let target = target.trim_matches([' ', '\r', '\n']);
    entry.parent().is_some_and(|dir| of_git::is_directory(&dir.join(target)))
}

#[cfg(unix)]
fn same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let [one, other] = [one, other].map(|path| of_git::metadata(path).map(|found| found.dev()).ok());
    environment::across_disks() || one == other
}

#[cfg(not(unix))]
fn same_disk(_: &Path, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn no_more_is_read_of_the_entry_than_of_any_text_of_git() {
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().canonicalize().unwrap();
        fs::create_dir(real.join("there")).unwrap();
        fs::write(real.join(ENTRY), "gitdir: there\n").unwrap();
        assert_eq!(holder(&real).unwrap(), Some(real.clone()));
        // Line breaks after the path are not part of it.
        fs::write(real.join(ENTRY), format!("gitdir: there{}", "\n".repeat(65 << 20))).unwrap();
        assert!(holder(&real).unwrap_err().message.to_string().contains(ENTRY));
    }
}
