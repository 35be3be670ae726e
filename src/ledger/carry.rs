//! A plan carried out: file by file, so that it can be done again from any point, or taken back.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::journal::{Before, Plan, Removal, Write};
use super::words;
use crate::disk::{files, steps};
use crate::error::{Error, Result};

/// Where files from outside wait until the journal knows of them, in a directory that nobody commits.
const BROUGHT: &str = "fb-brought";
/// Where files that go wait until the plan is done: a photo is too large for a journal.
const ASIDE: &str = "fb-aside";

/// What carries a plan out.
pub(super) struct Carrier<'a> {
    root: &'a Path,
    private: &'a Path,
    begun: Vec<Step>,
}

/// What was begun, and may have been done.
enum Step {
    /// A file that was not there.
    Made(PathBuf, Option<String>),
    /// Another text in the same place.
    Replaced { path: PathBuf, before: String, text: String },
    /// Another place.
    Moved { old: PathBuf, new: PathBuf },
    /// A second file of a case, whose words stand in the first.
    Removed { path: PathBuf, before: String },
    /// A file that was put aside.
    PutAside { path: PathBuf, aside: PathBuf },
}

impl<'a> Carrier<'a> {
    /// Nothing is done yet.
    pub(super) fn new(root: &'a Path, private: &'a Path) -> Carrier<'a> {
        Carrier { root, private, begun: Vec::new() }
    }

    /// Writes every file of a plan; what is there already is left.
    ///
    /// # Errors
    /// Where a file cannot be written, or is not what the plan was made for.
    pub(super) fn carry_out(&mut self, plan: &Plan) -> Result<()> {
        plan.also.iter().try_for_each(|path| self.put_in_place(path))?;
        plan.writes.iter().try_for_each(|write| self.write(write))?;
        plan.removals.iter().try_for_each(|removal| self.take_away(removal))
    }

    /// Takes back what was begun, the last first; whether all is as it was.
    pub(super) fn take_back(&mut self) -> bool {
        while let Some(step) = self.begun.pop() {
            if take_back(&step).is_err() {
                return false;
            }
        }
        true
    }

    /// The new text replaces the file at its **old** path, which is then renamed into its new directory: at every
    /// instant there is exactly one file of the case. If the new place says the text already, the old file goes.
    fn write(&mut self, write: &Write) -> Result<()> {
        let new = self.root.join(&write.new);
        let old = write.old.as_ref().map(|old| self.root.join(old));
        if says(&new).as_ref() == Some(&write.text) {
            let second = old.filter(|old| *old != new && old.exists());
            return second.map_or(Ok(()), |second| self.join(write, second));
        }
        let Some(old) = old else {
            if new.exists() {
                return Err(Error::failed(words::taken(&write.new)));
            }
            self.begun.push(Step::Made(new.clone(), Some(write.text.clone())));
            return files::replace(&new, &write.text);
        };
        let now = says(&old);
        if now.as_ref() != Some(&write.text) {
            let before =
                now.filter(|now| Some(now) == write.before.as_ref()).ok_or_else(|| changed(write))?;
            self.begun.push(Step::Replaced { path: old.clone(), before, text: write.text.clone() });
            files::replace(&old, &write.text)?;
        }
        if old == new {
            return Ok(());
        }
        self.begun.push(Step::Moved { old: old.clone(), new: new.clone() });
        files::rename(&old, &new)
    }

    /// A second file of the same case was joined with the one that is in place.
    fn join(&mut self, write: &Write, second: PathBuf) -> Result<()> {
        let before = says(&second).filter(|text| Some(text) == write.before.as_ref() || *text == write.text);
        let before = before.ok_or_else(|| changed(write))?;
        self.begun.push(Step::Removed { path: second.clone(), before });
        files::remove(&second)
    }

    /// Takes a file away, and its directory if nothing else is in it, as git does; one that is gone already is left
    /// so.
    fn take_away(&mut self, removal: &Removal) -> Result<()> {
        let path = self.root.join(&removal.path);
        if fs::symlink_metadata(&path).is_err() {
            return Ok(());
        }
        if !removal.before.is(&path) {
            return Err(Error::failed(words::moved_meanwhile(&removal.path)));
        }
        match &removal.before {
            Before::Text(before) => {
                self.begun.push(Step::Removed { path: path.clone(), before: before.clone() });
                files::remove(&path)?;
            }
            Before::Length(_) => {
                let aside = self.private.join(ASIDE).join(&removal.path);
                self.begun.push(Step::PutAside { path: path.clone(), aside: aside.clone() });
                files::rename(&path, &aside)?;
            }
        }
        // A directory that is not empty stays, and that is right.
        let _ = path.parent().map(fs::remove_dir);
        Ok(())
    }

    /// Puts a file that was brought where it belongs.
    fn put_in_place(&mut self, path: &Path) -> Result<()> {
        let (brought, place) = (brought(self.private, path), self.root.join(path));
        if !brought.exists() {
            return Ok(());
        }
        self.begun.push(Step::Made(place.clone(), None));
        let moved = steps::make_directory(place.parent().unwrap_or(self.root))
            .and_then(|()| steps::rename(&brought, &place));
        match moved {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => files::copy(&brought, &place),
            Err(error) => Err(files::cannot_write(&place)(error)),
            Ok(()) => files::flush_directory_of(&place),
        }
    }
}

/// Brings a file from outside so far that it only has to be put into its place, `path` from the ledger's root.
pub(super) fn bring(private: &Path, from: &Path, path: &Path) -> Result<()> {
    files::copy(from, &brought(private, path))
}

/// Where a file waits that was brought for this place.
pub(super) fn brought(private: &Path, path: &Path) -> PathBuf {
    private.join(BROUGHT).join(path)
}

/// Removes what was brought and never put into its place, and what was put aside.
pub(super) fn forget_brought(private: &Path) {
    for left in [BROUGHT, ASIDE].map(|name| private.join(name)) {
        if left.exists() {
            // What stays is removed the next time.
            let _ = steps::remove_directory(&left);
        }
    }
}

fn says(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Takes one step back, if it was done.
fn take_back(step: &Step) -> Result<()> {
    match step {
        Step::Made(path, text) if path.exists() && (text.is_none() || says(path) == *text) => {
            files::remove(path)
        }
        Step::Replaced { path, before, text } if says(path).as_ref() == Some(text) => {
            files::replace(path, before)
        }
        Step::Moved { old, new } if new.exists() && !old.exists() => files::rename(new, old),
        Step::Removed { path, before } if !path.exists() => files::replace(path, before),
        Step::PutAside { path, aside } if aside.exists() && !path.exists() => files::rename(aside, path),
        _ => Ok(()),
    }
}

/// The file at the old place is not what the plan was made for.
fn changed(write: &Write) -> Error {
    Error::failed(words::moved_meanwhile(write.old.clone().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that says `text`, and its removal.
    fn stands(text: &str, before: Before) -> (tempfile::TempDir, Removal) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("files")).unwrap();
        fs::write(root.path().join("files/x"), text).unwrap();
        (root, Removal { path: "files/x".into(), before })
    }

    fn take_away(root: &tempfile::TempDir, removal: &Removal) -> Result<()> {
        let private = root.path().join("private");
        Carrier::new(root.path(), &private).take_away(removal)
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
            let private = root.path().join("private");
            let mut carrier = Carrier::new(root.path(), &private);
            carrier.take_away(&removal).unwrap();
            assert!(carrier.take_back());
            assert_eq!(fs::read_to_string(root.path().join("files/x")).unwrap(), "photo");
        }
    }
}
