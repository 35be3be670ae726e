//! What is written beneath a root: whole files or none, each step in the directory that is open.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use super::fault::too_large;
use super::root::parts;
use super::sys::Dir;
use super::{FileKind, Root, fs_ops, say};
use crate::error::{Error, Result};

/// Prefix of files that are being written; a scan passes them over.
const BEING_WRITTEN: &str = ".fb-";

/// How often another random name is drawn where one is taken.
const DRAWS: usize = 20;

impl Root {
    /// Opens a file to be locked, or makes it.
    ///
    /// # Errors
    /// Where there is something else than a plain file, or it cannot be written.
    pub(super) fn lock_file(&self, path: &Path) -> Result<File> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        let file = dir.open_or_create(name).map_err(fault)?;
        if file.metadata().map_err(fault)?.is_file() { Ok(file) } else { Err(self.no_file(path)) }
    }

    /// Makes a file that was not there, with these bytes, and keeps it open.
    ///
    /// # Errors
    /// Where something is there, or it cannot be written.
    pub(crate) fn create(&self, path: &Path, bytes: &[u8]) -> Result<File> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        let mut file = fs_ops::create(&dir, name, false).map_err(fault)?;
        fs_ops::write(&mut file, bytes).map_err(fault)?;
        Ok(file)
    }

    /// Puts bytes in the place of a file, or makes a new one: a temporary file beside it, flushed, then renamed, so
    /// that whoever reads sees the old text or the new. The old file's mode stays; a new one has what the user's
    /// umask leaves. The directories above it are made.
    ///
    /// # Errors
    /// Where the directory cannot be written; the old file is then still there. Where there is no plain file.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.put(path, |file| fs_ops::write(file, bytes))
    }

    /// Copies an open file to this place, as [`Root::replace`] writes one.
    ///
    /// # Errors
    /// As there, and where the original has more bytes than `largest`.
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

    /// Fills a temporary file, and puts it in the place of this one.
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
        let written = fill(&mut file)
            .and_then(|()| mode.map_or(Ok(()), |mode| fs_ops::set_mode(&file, mode)))
            .and_then(|()| fs_ops::flush(&file))
            .and_then(|()| fs_ops::rename(&dir, &temporary, &dir, name));
        if let Err(error) = written {
            // What stays is passed over by every reader, and swept by the next command that writes.
            let _ = fs_ops::remove(&dir, &temporary);
            return Err(fault(error));
        }
        fs_ops::flush_directory(&dir).map_err(fault)
    }

    /// Moves a file to a place beneath a root where nothing is; the directories above it are made.
    ///
    /// # Errors
    /// Where something is there, or it cannot be done; the file is then still at its old place.
    pub(crate) fn rename(&self, old: &Path, to: &Root, new: &Path) -> Result<()> {
        self.is_plain(old)?;
        self.rename_by(old, to, new, fs_ops::rename_to_new).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Error::failed(say::taken(to.shown(new))),
            _ => to.cannot_write(new, error),
        })
    }

    /// Moves a file to a place beneath a root, over whatever plain file is there. `false`: the two are on different
    /// disks, and nothing was done.
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

    /// Nothing but a plain file is moved.
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
        // The new name first: should the power fail in between, there are two names and not none.
        fs_ops::flush_directory(&into)?;
        if self.path().join(above) == to.path().join(new_above) {
            Ok(())
        } else {
            fs_ops::flush_directory(&from)
        }
    }

    /// Removes a file; of a link the link.
    ///
    /// # Errors
    /// Where that cannot be done; the file is then still there.
    pub(crate) fn remove(&self, path: &Path) -> Result<()> {
        let fault = |error| self.cannot_write(path, error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        fs_ops::remove(&dir, name).and_then(|()| fs_ops::flush_directory(&dir)).map_err(fault)
    }

    /// Removes a directory if nothing is in it; whether it is gone.
    pub(crate) fn remove_empty(&self, path: &Path) -> bool {
        let removed = self.place(path).map(|place| place.and_then(|(dir, name)| dir.remove_directory(name)));
        matches!(removed, Ok(Ok(())))
    }

    /// Removes what is at a path with all that is in it. A link is removed, and not what it leads to.
    ///
    /// # Errors
    /// Where something of it stays.
    pub(crate) fn remove_all(&self, path: &Path) -> Result<()> {
        let fault = |error| self.cannot_write(path, error);
        match self.place(path)? {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(fault(error)),
            Ok((dir, name)) => fs_ops::remove_all(&dir, name).map_err(fault),
        }
    }

    /// Removes what a process that died was writing in this directory. Only whoever has the ledger's lock may:
    /// nobody else is at work then.
    pub(crate) fn sweep(&self, path: &Path) {
        let Ok(Some(below)) = self.below(path) else { return };
        let names = below.dir.names().unwrap_or_default();
        for name in names.iter().filter(|name| name.to_str().is_some_and(being_written)) {
            // One that stays is passed over by every reader, and swept the next time.
            let _ = fs_ops::remove(&below.dir, name);
        }
    }

    /// Makes a directory with a random name that nobody else may look into.
    pub(super) fn make_scratch(&self, prefix: &str) -> Result<(OsString, Root)> {
        let fault = |error| self.cannot_write(Path::new(""), error);
        let ((), name) =
            drawn(prefix, |name| fs_ops::make_directory(&self.dir, name, true)).map_err(fault)?;
        let dir = self.dir.enter(Path::new(&name)).map_err(fault)?;
        let made = self.at(Path::new(&name), dir);
        Ok((name, made))
    }

    /// Opens a directory, and makes those on the way that are not there.
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

/// Makes something under a random name that begins so.
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
