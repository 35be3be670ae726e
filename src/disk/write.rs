//! Writes beneath a root: whole files or none, each step in an open directory.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Permissions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::fault::too_large;
use super::root::parts;
use super::sys::Dir;
use super::{FileKind, Root, fs_ops, say};
use crate::error::{Error, Result};

/// Prefix of files that are being written; a scan skips them.
const BEING_WRITTEN: &str = ".fb-";

/// How often another random name is tried if one is taken.
const DRAWS: usize = 20;

impl Root {
    /// Opens a file to be locked, or makes it.
    ///
    /// # Errors
    /// If it is not a plain file, or cannot be written.
    pub(super) fn lock_file(&self, path: &Path) -> Result<File> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        let file = dir.open_or_create(name).map_err(fault)?;
        if file.metadata().map_err(fault)?.is_file() { Ok(file) } else { Err(self.no_file(path)) }
    }

    /// Makes a new file with these bytes, and keeps it open.
    ///
    /// # Errors
    /// If something is there, or it cannot be written.
    pub(crate) fn create(&self, path: &Path, bytes: &[u8]) -> Result<File> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        let mut file = fs_ops::create(&dir, name, false).map_err(fault)?;
        fs_ops::write(&mut file, bytes).map_err(fault)?;
        Ok(file)
    }

    /// Replaces a file, or makes a new one: a temporary file next to it, flushed, then renamed, so that readers see the
    /// old text or the new. The old file's mode stays; a new one gets what the user's umask leaves. The directories
    /// above it are made.
    ///
    /// # Errors
    /// If the directory cannot be written, and the old file is then still there; if something other than a plain file
    /// is there.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put(path, |file| fs_ops::write(file, bytes))
    }

    /// Copies an open file to this place, as [`Root::replace`] writes one.
    ///
    /// # Errors
    /// As there, and if the original has more bytes than `largest`.
    pub(crate) fn copy(&self, from: &mut File, largest: u64, path: &Path) -> Result<()> {
        let size = from.metadata().map_err(|error| self.cannot_write(path, error))?.len();
        if size > largest {
            return Err(too_large(&self.shown(path), largest));
        }
        // It may grow meanwhile.
        let mut copied = 0;
        self.put(path, |file| {
            copied = fs_ops::copy(&mut from.take(largest + 1), file)?;
            if copied > largest { Err(ErrorKind::FileTooLarge.into()) } else { Ok(()) }
        })
        .map_err(|error| if copied > largest { too_large(&self.shown(path), largest) } else { error })
    }

    /// Fills a temporary file, and replaces this one by it.
    fn put(&self, path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
        let fault = |error| self.cannot_write(path, error);
        let (above, name) = self.split(path)?;
        let dir = self.made(above).map_err(fault)?;
        let mode = match dir.what(name) {
            Ok(old) if old.kind == FileKind::File => Some(old.mode),
            Ok(_) => return Err(self.no_file(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(fault(error)),
        };
        let (mut file, temporary) =
            drawn(BEING_WRITTEN, |name| fs_ops::create(&dir, name, mode.is_some())).map_err(fault)?;
        let written = fill(&mut file).and_then(|()| finish(&dir, &file, mode, &temporary, name));
        if let Err(error) = written {
            // What stays is skipped by every reader, and removed by the next command that writes.
            let _ = fs_ops::remove(&dir, &temporary);
            return Err(fault(error));
        }
        fs_ops::flush_directory(&dir).map_err(fault)
    }

    /// Moves a file to an unused path beneath a root; the directories above it are made.
    ///
    /// # Errors
    /// If something is there, or it cannot be done; the file is then still at its old place.
    pub(crate) fn rename(&self, old: &Path, to: &Root, new: &Path) -> Result<()> {
        self.is_plain(old)?;
        self.rename_by(old, to, new, fs_ops::rename_to_new).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Error::failed(say::taken(to.shown(new))),
            _ => to.cannot_write(new, error),
        })
    }

    /// Moves a file to a path beneath a root, and replaces a plain file there. `false`: the two are on different disks,
    /// and nothing was done.
    ///
    /// # Errors
    /// As [`Root::rename`].
    pub(crate) fn rename_over(&self, old: &Path, to: &Root, new: &Path) -> Result<bool> {
        self.is_plain(old)?;
        match self.rename_by(old, to, new, fs_ops::rename) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::CrossesDevices => Ok(false),
            Err(error) => Err(to.cannot_write(new, error)),
        }
    }

    /// Refuses to move anything but a plain file.
    fn is_plain(&self, path: &Path) -> Result<()> {
        match self.what(path)? {
            None | Some(FileKind::File) => Ok(()),
            Some(_) => Err(self.no_file(path)),
        }
    }

    fn rename_by(
        &self,
        old: &Path,
        to: &Root,
        new: &Path,
        step: impl FnOnce(&Dir, &OsStr, &Dir, &OsStr) -> io::Result<()>,
    ) -> io::Result<()> {
        let ((above, name), (new_above, new_name)) = (parts(old)?, parts(new)?);
        let from = self.dir.enter(above)?;
        let into = to.made(new_above)?;
        step(&from, name, &into, new_name)?;
        // The new name first: after a power failure in between, there are two names and not none.
        fs_ops::flush_directory(&into)?;
        if self.path().join(above) == to.path().join(new_above) {
            Ok(())
        } else {
            fs_ops::flush_directory(&from)
        }
    }

    /// Removes a file; of a link only the link.
    ///
    /// # Errors
    /// If that cannot be done; the file is then still there.
    pub(crate) fn remove(&self, path: &Path) -> Result<()> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        fs_ops::remove(&dir, name).and_then(|()| fs_ops::flush_directory(&dir)).map_err(fault)
    }

    /// Removes a directory if nothing is in it. Returns whether it was removed.
    pub(crate) fn remove_empty(&self, path: &Path) -> bool {
        let removed = self.place(path).map(|place| place.and_then(|(dir, name)| dir.remove_directory(name)));
        matches!(removed, Ok(Ok(())))
    }

    /// Removes the entry at a path with everything in it. A link is removed, but not its target.
    ///
    /// # Errors
    /// If something of it stays.
    pub(crate) fn remove_all(&self, path: &Path) -> Result<()> {
        let fault = |error| self.cannot_write(path, error);
        match self.place(path)? {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(fault(error)),
            Ok((dir, name)) => fs_ops::remove_all(&dir, name).map_err(fault),
        }
    }

    /// Removes what a dead process was writing in this directory. The caller must have the ledger's lock, so that no
    /// other process is writing.
    pub(crate) fn sweep(&self, path: &Path) {
        let Ok(Some(below)) = self.below(path) else { return };
        let names = below.dir.names().unwrap_or_default();
        for name in names.iter().filter(|name| name.to_str().is_some_and(being_written)) {
            // What stays is skipped by every reader, and removed the next time.
            let _ = fs_ops::remove(&below.dir, name);
        }
    }

    /// Makes a directory with a random name that others cannot read.
    pub(super) fn make_scratch(&self, prefix: &str) -> Result<(OsString, Root)> {
        let fault = |error| self.cannot_write(Path::new(""), error);
        let ((), name) =
            drawn(prefix, |name| fs_ops::make_directory(&self.dir, name, true)).map_err(fault)?;
        let dir = self.dir.enter(Path::new(&name)).map_err(fault)?;
        let made = self.at(Path::new(&name), dir);
        Ok((name, made))
    }

    /// Opens a directory, and makes the missing ones on its path.
    pub(super) fn made(&self, path: &Path) -> io::Result<Dir> {
        match self.dir.enter(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            entered => return entered,
        }
        let mut here = self.dir.enter(Path::new(""))?;
        for part in path.iter() {
            let part = Path::new(part);
            here = match here.enter(part) {
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    match fs_ops::make_directory(&here, part.as_os_str(), false) {
                        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                        _ => fs_ops::flush_directory(&here)?,
                    }
                    here.enter(part)?
                }
                entered => entered?,
            };
        }
        Ok(here)
    }
}

/// Gives a written temporary file its mode, if it replaces another file, and its name.
fn finish(
    dir: &Dir,
    file: &File,
    mode: Option<Permissions>,
    temporary: &OsStr,
    name: &OsStr,
) -> io::Result<()> {
    if let Some(mode) = mode {
        fs_ops::set_mode(file, mode)?;
    }
    fs_ops::flush(file)?;
    fs_ops::rename(dir, temporary, dir, name)
}

/// Makes something under a random name with this prefix.
fn drawn<T>(prefix: &str, make: impl Fn(&OsStr) -> io::Result<T>) -> io::Result<(T, OsString)> {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut tries = 0;
    loop {
        let mut seed = [0_u8; 8];
        getrandom::fill(&mut seed).map_err(io::Error::other)?;
        let random = seed.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let name = OsString::from(prefix.chars().chain(random).collect::<String>());
        tries += 1;
        match make(&name) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < DRAWS => {}
            made => return Ok((made?, name)),
        }
    }
}

/// Whether a file is one that is being written, or was when a process died.
pub(crate) fn being_written(name: &str) -> bool {
    name.starts_with(BEING_WRITTEN)
}
