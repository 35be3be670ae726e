//! Files that are as in `HEAD`, recognised without the `git` program: it reads the whole index to look at one file.

use std::path::{Path, PathBuf};

use git2::{ObjectType, Oid, Tree};

use super::change::{Change, bytes};
use super::index_file::IndexFile;
use super::repository::Repository;
use super::{libgit2_support, library};
use crate::disk::of_git;

/// The flag of a file that git is told not to look at, and the bits of its side in a conflict.
const NOT_PLAIN: u16 = 0x8000 | 0x3000;

/// The mode of a file that is not executable.
const PLAIN: u32 = 0o100_644;

impl Repository {
    /// Those of these paths, from the top of the work tree, that may not be as in `HEAD`. The others are plain files that
    /// have the same bytes and the same mode in `HEAD`, in the index and in the work tree.
    pub(super) fn maybe_dirty(&self, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let clean = self.surely_clean(&paths).unwrap_or_default();
        paths.into_iter().filter(|path| !clean.contains(path)).collect()
    }

    /// `None`: it is not known of any.
    fn surely_clean(&self, paths: &[PathBuf]) -> Option<Vec<PathBuf>> {
        let repo =
            self.library.as_ref().filter(|repo| libgit2_support::replaced(repo).is_ok_and(|any| !any))?;
        let named = paths.iter().map(|path| Change { old: None, new: Some(self.top().join(path)) });
        let plain = self.paths(&named.collect::<Vec<_>>()).ok()?;
        let index = self.index()?;
        let head = library::head(repo).ok()??.tree().ok()?;
        library::entries_of(repo, &index, &plain).ok()?;
        let mut clean = Vec::new();
        let mut folder: Option<(&Path, Option<Tree<'_>>)> = None;
        for path in &plain.present {
            let parent = path.parent()?;
            if folder.as_ref().is_none_or(|(known, _)| *known != parent) {
                folder = Some((parent, library::subtree(repo, &head, parent).ok()?));
            }
            let directory = folder.as_ref().and_then(|(_, directory)| directory.as_ref());
            if self.is_clean(repo, &index, directory, path).unwrap_or(false) {
                clean.push(path.clone());
            }
        }
        Some(clean)
    }

    fn is_clean(
        &self,
        repo: &git2::Repository,
        index: &IndexFile,
        directory: Option<&Tree<'_>>,
        path: &Path,
    ) -> Option<bool> {
        let staged = index.get(&bytes(path))?;
        let committed = directory?.get_name_bytes(path.file_name()?.as_encoded_bytes())?;
        let place = self.top().join(path);
        let mode = if is_executable(&place)? { library::EXECUTABLE } else { PLAIN };
        Some(
            staged.flags & NOT_PLAIN == 0
                && staged.flags_extended == 0
                && staged.mode == mode
                && committed.filemode().cast_unsigned() == mode
                && committed.id() == staged.id
                && !libgit2_support::filtered(repo, path)
                && Oid::hash_file(ObjectType::Blob, &place).ok()? == staged.id,
        )
    }
}

#[cfg(unix)]
fn is_executable(file: &Path) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    Some(of_git::symlink_metadata(file).ok()?.permissions().mode() & 0o100 != 0)
}

/// Elsewhere a file has no such mode, and git asks its settings.
#[cfg(not(unix))]
fn is_executable(_: &Path) -> Option<bool> {
    None
}
