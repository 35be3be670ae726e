//! The single steps by which a disk is changed: the only place of this room that asks the system for one.
//!
//! In the room's own tests a process can die before any of them: see [`death`].

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes a file that was not there; a link in its place is not followed.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    alive()?;
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Opens what is there, be it a pipe or a device, or makes the file that a link leads to.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    alive()?;
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

/// Writes all of these bytes.
pub(crate) fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    alive()?;
    file.write_all(bytes)
}

/// Writes all that another file holds.
pub(crate) fn copy(from: &mut File, to: &mut File) -> io::Result<()> {
    alive()?;
    io::copy(from, to).map(drop)
}

/// Gives a new file the mode of the one whose place it takes; one that takes no place is open to all readers.
pub(crate) fn set_mode(file: &File, place: &Path) -> io::Result<()> {
    alive()?;
    match fs::metadata(place) {
        Ok(old) => file.set_permissions(old.permissions()),
        Err(_) => open_to_all(file),
    }
}

/// Brings a file's bytes to the disk.
pub(crate) fn flush(file: &File) -> io::Result<()> {
    alive()?;
    file.sync_all()
}

/// Gives a file another name, in place of whatever has it.
pub(crate) fn rename(old: &Path, new: &Path) -> io::Result<()> {
    alive()?;
    fs::rename(old, new)
}

/// Removes a file.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    alive()?;
    fs::remove_file(path)
}

/// Removes a directory with all that is in it.
pub(crate) fn remove_directory(path: &Path) -> io::Result<()> {
    alive()?;
    fs::remove_dir_all(path)
}

/// Makes a directory and those above it that are not there, and brings their names to the disk.
pub(crate) fn make_directory(path: &Path) -> io::Result<()> {
    let missing: Vec<PathBuf> =
        path.ancestors().take_while(|place| !place.exists()).map(Path::to_owned).collect();
    if missing.is_empty() {
        return Ok(());
    }
    alive()?;
    fs::create_dir_all(path)?;
    missing.iter().rev().filter_map(|made| made.parent()).try_for_each(flush_directory)
}

/// Brings the names in a directory to the disk.
#[cfg(unix)]
pub(crate) fn flush_directory(directory: &Path) -> io::Result<()> {
    alive()?;
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    File::open(here)?.sync_all()
}

/// Elsewhere a directory cannot be opened to be flushed.
#[cfg(not(unix))]
pub(crate) fn flush_directory(_: &Path) -> io::Result<()> {
    alive()
}

#[cfg(unix)]
fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether the process still does anything: outside tests always.
#[cfg(not(test))]
#[allow(clippy::unnecessary_wraps)]
fn alive() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use death::alive;

/// A process that dies: from one step on nothing that it does has any effect.
#[cfg(test)]
pub(crate) mod death {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        /// How many steps still come about, and whether those after the next one do again.
        static LEFT: Cell<Option<(usize, bool)>> = const { Cell::new(None) };
    }

    /// Does something, of which only so many steps come about; gives what it came to.
    pub(crate) fn after<T>(steps: usize, act: impl FnOnce() -> T) -> T {
        with(Some((steps, false)), act)
    }

    /// Does something, of which one step fails after so many.
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
