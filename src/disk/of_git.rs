//! Paths in git's own directory, and at the top of a work tree. Links are followed where git itself follows them:
//! nothing there came with a ledger's history.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest text that is read, in bytes: a branch, or the list of commits where history was cut off.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read, or is larger than any of git's texts.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The bytes of an index, which may be larger than a text.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read_index(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// The text of a file.
///
/// # Errors
/// As [`read`], and if it is not UTF-8.
pub(crate) fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// The kind of the entry at a path; links are followed.
///
/// # Errors
/// If there is nothing.
pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    fs::metadata(path)
}

/// The kind of the entry at a path of the work tree; links are not followed.
///
/// # Errors
/// If there is nothing.
pub(crate) fn symlink_metadata(path: &Path) -> io::Result<Metadata> {
    fs::symlink_metadata(path)
}

/// Whether a link is there.
pub(crate) fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// Whether something is there.
pub(crate) fn is_there(path: &Path) -> bool {
    path.exists()
}

/// The path of a directory, without links.
///
/// # Errors
/// If there is none.
pub(crate) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Opens a file or a directory, to be flushed.
///
/// # Errors
/// If there is none.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Writes a file in a temporary directory of ours.
///
/// # Errors
/// If it cannot be written.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// The names in a directory.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn names(path: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect()
}

/// Whether there is a directory; links are followed.
pub(crate) fn is_directory(path: &Path) -> bool {
    path.is_dir()
}

/// Whether there is a file; links are followed.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether there is something, if this can be determined.
///
/// # Errors
/// If it cannot.
pub(crate) fn try_exists(path: &Path) -> io::Result<bool> {
    path.try_exists()
}

/// Makes a new file.
///
/// # Errors
/// If something is there already, or it cannot be written.
pub(crate) fn make(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Copies a file, with its modification time.
///
/// # Errors
/// If one cannot be read or the other cannot be written.
pub(crate) fn copy(from: &Path, to: &Path, written: SystemTime) -> io::Result<()> {
    fs::copy(from, to)?;
    OpenOptions::new().write(true).open(to)?.set_modified(written)
}

/// Renames a file, and replaces an existing one.
///
/// # Errors
/// If that cannot be done.
pub(crate) fn rename(old: &Path, new: &Path) -> io::Result<()> {
    fs::rename(old, new)
}

/// Gives a file a second, unused name.
///
/// # Errors
/// If the name is used, or the disk does not support hard links.
pub(crate) fn hard_link(old: &Path, new: &Path) -> io::Result<()> {
    fs::hard_link(old, new)
}

/// Removes a file.
///
/// # Errors
/// If that cannot be done.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Lets everybody who can read a hook run it.
///
/// # Errors
/// If its mode cannot be set.
#[cfg(unix)]
pub(crate) fn let_run(hook: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(hook)?.permissions().mode();
    fs::set_permissions(hook, fs::Permissions::from_mode(mode | (mode & 0o444) >> 2))
}

/// Elsewhere a file is run by its extension.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn let_run(_: &Path) -> io::Result<()> {
    Ok(())
}
