//! Executes a plan file by file, so that it can be repeated from any point, or undone.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::journal::{Before, Plan, Removal, Write};
use super::say;
use crate::disk::{FileKind, LARGEST_ATTACHED, Root};
use crate::error::{Error, Result};

/// Where files from outside wait until the journal has them, in a directory that is never committed.
const BROUGHT: &str = "fb-brought";
/// Where removed files wait until the plan is done: a photo is too large for a journal.
const ASIDE: &str = "fb-aside";

/// Executes a plan.
pub(super) struct PlanExecutor<'a> {
    root: &'a Root,
    private: &'a Root,
    begun: Vec<PlanStep>,
}

/// The steps that were begun, and may have been done.
enum PlanStep {
    /// A new file.
    Made(PathBuf, Option<String>),
    /// Another text at the same path.
    Replaced { path: PathBuf, before: String, text: String },
    /// Another path.
    Moved { old: PathBuf, new: PathBuf },
    /// A second file of a case, whose content is in the first.
    Removed { path: PathBuf, before: String },
    /// A file that was set aside.
    PutAside { path: PathBuf, aside: PathBuf },
}

impl<'a> PlanExecutor<'a> {
    /// Nothing is done yet.
    pub(super) fn new(root: &'a Root, private: &'a Root) -> PlanExecutor<'a> {
        PlanExecutor { root, private, begun: Vec::new() }
    }

    /// A plan that is written: all of it was begun.
    pub(super) fn of(root: &'a Root, private: &'a Root, plan: &Plan) -> PlanExecutor<'a> {
        let mut begun = Vec::new();
        for Write { old, before, new, text } in &plan.writes {
            let (Some(old), Some(before)) = (old, before) else {
                begun.push(PlanStep::Made(new.clone(), Some(text.clone())));
                continue;
            };
            begun.push(PlanStep::Replaced { path: old.clone(), before: before.clone(), text: text.clone() });
            if old != new {
                begun.push(PlanStep::Moved { old: old.clone(), new: new.clone() });
            }
        }
        for Removal { path, before } in &plan.removals {
            begun.push(match before {
                Before::Text(before) => PlanStep::Removed { path: path.clone(), before: before.clone() },
                Before::Length(_) => {
                    PlanStep::PutAside { path: path.clone(), aside: Path::new(ASIDE).join(path) }
                }
            });
        }
        PlanExecutor { root, private, begun }
    }

    /// Writes every file of a plan; files that are in place already are left.
    ///
    /// # Errors
    /// If a file cannot be written, or is not as the plan expects it.
    pub(super) fn carry_out(&mut self, plan: &Plan) -> Result<()> {
        for path in &plan.also {
            self.put_in_place(path)?;
        }
        for write in &plan.writes {
            self.write(write)?;
        }
        for removal in &plan.removals {
            self.take_away(removal)?;
        }
        Ok(())
    }

    /// Undoes what was begun, the last step first. Returns whether everything is as before.
    pub(super) fn take_back(&mut self) -> bool {
        while let Some(step) = self.begun.pop() {
            if self.take_back_one(&step).is_err() {
                return false;
            }
        }
        true
    }

    /// The new text replaces the file at its **old** path, which is then renamed into its new directory: at every
    /// instant there is exactly one file of the case. If the new path has the text already, the old file is removed.
    fn write(&mut self, write: &Write) -> Result<()> {
        let (new, old) = (&write.new, write.old.as_ref());
        if self.says(new).as_ref() == Some(&write.text) {
            return match old {
                Some(second) if second != new && self.is_there(second) => self.join(write, second),
                _ => Ok(()),
            };
        }
        let Some(old) = old else {
            if self.is_there(new) {
                return Err(Error::failed(say::taken(new)));
            }
            self.begun.push(PlanStep::Made(new.clone(), Some(write.text.clone())));
            return self.root.replace(new, write.text.as_bytes());
        };
        let now = self.says(old);
        if now.as_ref() != Some(&write.text) {
            let before =
                now.filter(|now| Some(now) == write.before.as_ref()).ok_or_else(|| changed(write))?;
            self.begun.push(PlanStep::Replaced { path: old.clone(), before, text: write.text.clone() });
            self.root.replace(old, write.text.as_bytes())?;
        }
        if old == new {
            return Ok(());
        }
        self.begun.push(PlanStep::Moved { old: old.clone(), new: new.clone() });
        self.root.rename(old, self.root, new)
    }

    /// Removes a second file of the same case: it was merged into the one that is in place.
    fn join(&mut self, write: &Write, second: &Path) -> Result<()> {
        let before = self.says(second);
        let before = before.filter(|text| Some(text) == write.before.as_ref() || *text == write.text);
        let before = before.ok_or_else(|| changed(write))?;
        self.begun.push(PlanStep::Removed { path: second.to_owned(), before });
        self.root.remove(second)
    }

    /// Removes a file, and its directory if it is then empty, as git does; if it is already gone, nothing happens.
    fn take_away(&mut self, removal: &Removal) -> Result<()> {
        let path = &removal.path;
        if self.root.what(path)?.is_none() {
            return Ok(());
        }
        if !removal.before.is(self.root, path) {
            return Err(Error::failed(say::moved_meanwhile(path)));
        }
        match &removal.before {
            Before::Text(before) => {
                self.begun.push(PlanStep::Removed { path: path.clone(), before: before.clone() });
                self.root.remove(path)?;
            }
            Before::Length(_) => {
                let aside = Path::new(ASIDE).join(path);
                self.begun.push(PlanStep::PutAside { path: path.clone(), aside: aside.clone() });
                self.root.rename(path, self.private, &aside)?;
            }
        }
        // A directory that is not empty stays, as it should.
        if let Some(above) = path.parent() {
            self.root.remove_empty(above);
        }
        Ok(())
    }

    /// Moves a waiting file into its place.
    fn put_in_place(&mut self, path: &Path) -> Result<()> {
        let brought = brought(path);
        if self.private.what(&brought)?.is_none() {
            return Ok(());
        }
        self.begun.push(PlanStep::Made(path.to_owned(), None));
        if self.private.rename_over(&brought, self.root, path)? {
            return Ok(());
        }
        let (mut file, _) = self.private.file(&brought)?;
        self.root.copy(&mut file, LARGEST_ATTACHED, path)
    }

    /// Undoes one step, if it was done.
    fn take_back_one(&self, step: &PlanStep) -> Result<()> {
        if !self.was_done(step)? {
            return Ok(());
        }
        match step {
            PlanStep::Made(path, _) => self.root.remove(path),
            PlanStep::Replaced { path, before, .. } | PlanStep::Removed { path, before } => {
                self.root.replace(path, before.as_bytes())
            }
            PlanStep::Moved { old, new } => self.root.rename(new, self.root, old),
            PlanStep::PutAside { path, aside } => self.private.rename(aside, self.root, path),
        }
    }

    /// Whether a step was done, and its result is still there.
    ///
    /// # Errors
    /// This cannot be determined: then it must not be reported as undone.
    fn was_done(&self, step: &PlanStep) -> Result<bool> {
        let is_there = |path: &Path| Ok::<bool, Error>(self.root.what(path)?.is_some());
        match step {
            PlanStep::Made(path, None) => is_there(path),
            PlanStep::Made(path, text) => Ok(self.root.text_if_there(path)? == *text),
            PlanStep::Replaced { path, text, .. } => {
                Ok(self.root.text_if_there(path)?.as_ref() == Some(text))
            }
            PlanStep::Moved { old, new } => Ok(!is_there(old)? && is_there(new)?),
            PlanStep::Removed { path, .. } => Ok(!is_there(path)?),
            PlanStep::PutAside { path, aside } => {
                Ok(!is_there(path)? && self.private.what(aside)? == Some(FileKind::File))
            }
        }
    }

    /// The text of a file; `None` if it cannot be read.
    fn says(&self, path: &Path) -> Option<String> {
        self.root.text(path).ok()
    }

    /// Whether something is there, or this cannot be determined.
    fn is_there(&self, path: &Path) -> bool {
        !matches!(self.root.what(path), Ok(None))
    }
}

/// Copies a file from outside into its waiting place; `path` is its future path from the ledger's root.
pub(super) fn bring(private: &Root, from: &mut File, path: &Path) -> Result<()> {
    private.copy(from, LARGEST_ATTACHED, &brought(path))
}

/// The waiting place for this path, in the directory that is never committed.
pub(super) fn brought(path: &Path) -> PathBuf {
    Path::new(BROUGHT).join(path)
}

/// Removes waiting files that were never moved into place, and files that were set aside.
pub(super) fn forget_brought(private: &Root) {
    for left in [BROUGHT, ASIDE] {
        // What stays is removed the next time.
        let _ = private.remove_all(Path::new(left));
    }
}

/// The error if the file at the old path is not as the plan expects it.
fn changed(write: &Write) -> Error {
    Error::failed(say::moved_meanwhile(write.old.clone().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A file with this text, and its removal.
    fn stands(text: &str, before: Before) -> (tempfile::TempDir, Removal) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("files")).unwrap();
        fs::write(root.path().join("files/x"), text).unwrap();
        (root, Removal { path: "files/x".into(), before })
    }

    fn take_away(root: &tempfile::TempDir, removal: &Removal) -> Result<()> {
        let root = Root::open(root.path()).unwrap();
        let private = root.below_made(Path::new("private")).unwrap();
        PlanExecutor::new(&root, &private).take_away(removal)
    }

    #[test]
    fn what_is_taken_away_is_gone_with_its_empty_directory_and_may_be_gone_already() {
        for before in [Before::Text("photo".to_owned()), Before::Length(5)] {
            let (root, removal) = stands("photo", before);
            take_away(&root, &removal).unwrap();
            assert!(!root.path().join("files").exists());
            take_away(&root, &removal).unwrap();
        }
        let (root, removal) = stands("photo", Before::Length(5));
        fs::write(root.path().join("files/y"), "").unwrap();
        take_away(&root, &removal).unwrap();
        assert!(root.path().join("files/y").exists());
    }

    #[test]
    fn what_was_changed_since_stays() {
        for before in [Before::Text("photo".to_owned()), Before::Length(5)] {
            let (root, removal) = stands("another", before);
            let error = take_away(&root, &removal).unwrap_err();
            assert!(error.message.to_string().contains("files/x"), "{error}");
            assert!(root.path().join("files/x").exists());
        }
    }

    #[test]
    fn what_was_taken_away_can_be_taken_back() {
        for before in [Before::Text("photo".to_owned()), Before::Length(5)] {
            let (root, removal) = stands("photo", before);
            let disk = Root::open(root.path()).unwrap();
            let private = disk.below_made(Path::new("private")).unwrap();
            let mut executor = PlanExecutor::new(&disk, &private);
            executor.take_away(&removal).unwrap();
            assert!(executor.take_back());
            assert_eq!(fs::read_to_string(root.path().join("files/x")).unwrap(), "photo");
        }
    }

    #[test]
    fn what_cannot_be_read_any_more_is_not_reported_as_taken_back() {
        let (root, _) = stands("old", Before::Length(3));
        let disk = Root::open(root.path()).unwrap();
        let private = disk.below_made(Path::new("private")).unwrap();
        let mut executor = PlanExecutor::new(&disk, &private);
        let (path, before, text) = (PathBuf::from("files/x"), Some("old".to_owned()), "new".to_owned());
        executor.write(&Write { old: Some(path.clone()), before, new: path, text }).unwrap();
        fs::remove_file(root.path().join("files/x")).unwrap();
        fs::create_dir(root.path().join("files/x")).unwrap();
        assert!(!executor.take_back());
    }
}
