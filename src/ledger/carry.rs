//! A plan carried out: file by file, so that it can be done again from any point, or taken back.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::journal::{Plan, Write};
use super::{files, steps, words};
use crate::error::{Error, Result};

/// Where files from outside wait until the journal knows of them, in a directory that nobody commits.
const BROUGHT: &str = "fb-brought";

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
        plan.writes.iter().try_for_each(|write| self.write(write))
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

    /// Puts a file that was brought where it belongs.
    fn put_in_place(&mut self, path: &Path) -> Result<()> {
        let (brought, place) = (self.private.join(BROUGHT).join(path), self.root.join(path));
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
    files::copy(from, &private.join(BROUGHT).join(path))
}

/// Removes what was brought and never put into its place.
pub(super) fn forget_brought(private: &Path) {
    let brought = private.join(BROUGHT);
    if brought.exists() {
        // What stays is removed the next time.
        let _ = steps::remove_directory(&brought);
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
        _ => Ok(()),
    }
}

/// The file at the old place is not what the plan was made for.
fn changed(write: &Write) -> Error {
    Error::failed(words::moved_meanwhile(write.old.clone().unwrap_or_default()))
}
