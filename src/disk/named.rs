//! Paths that the user names on the command line or in the environment: links are followed, as by a shell.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::fault::{cannot_write, text, too_large};
use super::{LARGEST, Root, fs_ops, say};
use crate::error::{Error, Result};

fn cannot_read(path: &Path) -> impl Fn(io::Error) -> Error {
    move |error| Error::failed(say::cannot_read(path, error.to_string()))
}

/// The bytes of what the user names, even a pipe: at most this many.
///
/// # Errors
/// If it cannot be read, or has more.
pub(crate) fn read(path: &Path, largest: u64) -> Result<Vec<u8>> {
    let bytes = read_at_most(path, largest).map_err(cannot_read(path))?;
    bytes.ok_or_else(|| too_large(path, largest))
}

/// As [`read`]; `None` if there are more bytes.
///
/// # Errors
/// In the system's words, if it cannot be read.
pub(crate) fn read_at_most(path: &Path, largest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(largest.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= largest))
}

/// The text of what the user names.
///
/// # Errors
/// As [`read`] with [`LARGEST`], and if it is not UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    text(read(path, LARGEST)?, path)
}

/// The plain file that the user names, opened; a pipe does not block. `None`: there is none.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn plain_file(path: &Path) -> Result<Option<File>> {
    match open_at_once(path) {
        Ok(file) => Ok(file.metadata().map_err(cannot_read(path))?.is_file().then_some(file)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(cannot_read(path)(error)),
        Err(_) => Ok(None),
    }
}

#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::openat(CWD, path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Whether something is there.
pub(crate) fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether a directory is there.
pub(crate) fn is_directory(path: &Path) -> bool {
    path.is_dir()
}

/// A directory that the user names; it is made if it does not exist.
///
/// # Errors
/// If it cannot be made or opened.
pub(crate) fn directory_made(path: &Path) -> Result<Root> {
    fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))?;
    Root::open(path)
}

/// Writes bytes where the user wants them, like a shell's `>`: through a link, and into a pipe or a device. A plain
/// file is replaced as [`Root::replace`] does.
///
/// # Errors
/// As there, and if the pipe or the device does not accept the bytes.
pub(crate) fn put_out(path: &Path, bytes: &[u8]) -> Result<()> {
    let fault = |error: io::Error| cannot_write(path, &error);
    match fs::metadata(path) {
        Ok(there) if there.is_file() => replace(&fs::canonicalize(path).map_err(fault)?, bytes),
        Err(_) if !path.is_symlink() => replace(path, bytes),
        _ => fs_ops::open_named(path).and_then(|mut file| fs_ops::write(&mut file, bytes)).map_err(fault),
    }
}

/// Replaces a file that the user or git names.
///
/// # Errors
/// As [`Root::replace`].
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| Error::failed(say::no_file(path)))?;
    directory_made(above)?.replace(Path::new(name), bytes)
}
