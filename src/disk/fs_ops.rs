//! The single steps that change a disk: only this file of the room asks the system for them.
//!
//! In the tests a process can die before any of them: see `death`.

use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::FileKind;
use super::sys::Dir;

/// Makes a new file; a link in its place is not followed.
pub(super) fn create(dir: &Dir, name: &OsStr, secret: bool) -> io::Result<File> {
    alive()?;
    dir.create(name, secret)
}

/// Opens what the user names, even a pipe or a device, or makes the file that a link leads to.
pub(super) fn open_named(path: &Path) -> io::Result<File> {
    alive()?;
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

/// Writes all of these bytes.
pub(super) fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    alive()?;
    file.write_all(bytes)
}

/// Writes everything that can be read; returns the number of bytes.
pub(super) fn copy(from: &mut impl Read, to: &mut File) -> io::Result<u64> {
    alive()?;
    io::copy(from, to)
}

/// Gives a new file the mode of the one that it replaces.
pub(super) fn set_mode(file: &File, mode: Permissions) -> io::Result<()> {
    alive()?;
    file.set_permissions(mode)
}

/// Flushes a file's bytes to the disk.
pub(super) fn flush(file: &File) -> io::Result<()> {
    alive()?;
    file.sync_all()
}

/// Renames a file, and replaces an existing one.
pub(super) fn rename(from: &Dir, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
    alive()?;
    from.rename(old, to, new)
}

/// Renames a file to an unused name.
pub(super) fn rename_to_new(from: &Dir, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
    alive()?;
    from.rename_to_new(old, to, new)
}

/// Removes a file.
pub(super) fn remove(dir: &Dir, name: &OsStr) -> io::Result<()> {
    alive()?;
    dir.remove(name)
}

/// Removes the entry of this name, and everything in it.
pub(super) fn remove_all(dir: &Dir, name: &OsStr) -> io::Result<()> {
    alive()?;
    match dir.what(name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(what) if what.kind != FileKind::Directory => dir.remove(name),
        Ok(_) => {
            empty(&dir.enter(Path::new(name))?)?;
            dir.remove_directory(name)
        }
    }
}

/// Removes everything in a directory. Deeper entries are moved up first: no matter how deep an archive is, only one
/// directory is open besides this one.
fn empty(top: &Dir) -> io::Result<()> {
    let mut waiting = top.names()?;
    let mut moved = 0_u64;
    while let Some(name) = waiting.pop() {
        if top.what(&name)?.kind != FileKind::Directory {
            remove(top, &name)?;
            continue;
        }
        let inner = top.enter(Path::new(&name))?;
        for below in inner.names()? {
            if inner.what(&below)?.kind != FileKind::Directory {
                remove(&inner, &below)?;
            } else if inner.remove_directory(&below).is_err() {
                waiting.push(move_up(&inner, &below, top, &mut moved)?);
            }
        }
        drop(inner);
        top.remove_directory(&name)?;
    }
    Ok(())
}

/// Moves a directory to an unused name in another one; returns the name.
fn move_up(from: &Dir, name: &OsStr, to: &Dir, moved: &mut u64) -> io::Result<OsString> {
    loop {
        *moved += 1;
        let free = OsString::from(format!(".fb-{moved}"));
        match rename_to_new(from, name, to, &free) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done.map(|()| free),
        }
    }
}

/// Makes a directory.
pub(super) fn make_directory(dir: &Dir, name: &OsStr, secret: bool) -> io::Result<()> {
    alive()?;
    dir.make_directory(name, secret)
}

/// Flushes the names in a directory to the disk.
pub(super) fn flush_directory(dir: &Dir) -> io::Result<()> {
    alive()?;
    dir.flush()
}

/// Whether the process is still alive: outside tests always.
#[cfg(not(test))]
#[allow(clippy::unnecessary_wraps)]
fn alive() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use death::alive;

/// A process that dies: from one step on, nothing that it does has any effect.
#[cfg(test)]
pub(crate) mod death {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        /// How many steps still work, and whether those after the next one work again.
        static LEFT: Cell<Option<(usize, bool)>> = const { Cell::new(None) };
    }

    /// Runs something of which only this many steps work; returns its result.
    pub(crate) fn after<T>(steps: usize, act: impl FnOnce() -> T) -> T {
        with(Some((steps, false)), act)
    }

    /// Runs something of which one step fails after this many.
    pub(crate) fn at<T>(steps: usize, act: impl FnOnce() -> T) -> T {
        with(Some((steps, true)), act)
    }

    fn with<T>(left: Option<(usize, bool)>, act: impl FnOnce() -> T) -> T {
        LEFT.set(left);
        let done = act();
        LEFT.set(None);
        done
    }

    pub(crate) fn alive() -> io::Result<()> {
        match LEFT.get() {
            None => return Ok(()),
            Some((0, once)) => LEFT.set(if once { None } else { Some((0, false)) }),
            Some((left, once)) => {
                LEFT.set(Some((left - 1, once)));
                return Ok(());
            }
        }
        Err(io::Error::other("the process is dead"))
    }
}
