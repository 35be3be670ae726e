//! Paths in git's own directory, and at the top of a work tree, as git itself uses them: what git follows is followed.
//! Nothing that came with a ledger's history is there.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest text that is read, in bytes: a branch, a list of commits where history was cut off.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file.
///
/// # Errors
/// Where it cannot be read, or has more bytes than any of git's texts.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The text of a file.
///
/// # Errors
/// As [`read`], and where it is not UTF-8.
pub(crate) fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// What is at a path, behind a link too.
///
/// # Errors
/// Where there is nothing.
pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    fs::metadata(path)
}

/// What is at a path of the work tree; a link is a link.
///
/// # Errors
/// Where there is nothing.
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

/// Where a directory is, without links.
///
/// # Errors
/// Where there is none.
pub(crate) fn canonicalize(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// Opens a file or a directory, to be flushed.
///
/// # Errors
/// Where there is none.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Writes a file of a scratch directory of ours.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

/// The names in a directory.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn names(path: &Path) -> io::Result<Vec<OsString>> {
    fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect()
}

/// Whether a directory is there, behind a link too.
pub(crate) fn is_directory(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file is there, behind a link too.
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether something is there, where that can be seen.
///
/// # Errors
/// Where it cannot.
pub(crate) fn try_exists(path: &Path) -> io::Result<bool> {
    path.try_exists()
}

/// Makes a file that was not there.
///
/// # Errors
/// Where something is there, or it cannot be written.
pub(crate) fn make(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}

/// Copies a file, and leaves it as old as it was.
///
/// # Errors
/// Where the one cannot be read or the other written.
pub(crate) fn copy(from: &Path, to: &Path, written: SystemTime) -> io::Result<()> {
    fs::copy(from, to)?;
    OpenOptions::new().write(true).open(to)?.set_modified(written)
}

/// Gives a file another name, in place of whatever has it.
///
/// # Errors
/// Where that cannot be done.
pub(crate) fn rename(old: &Path, new: &Path) -> io::Result<()> {
    fs::rename(old, new)
}

/// Gives a file a second name that nothing has.
///
/// # Errors
/// Where something has it, or the disk knows no second names.
pub(crate) fn hard_link(old: &Path, new: &Path) -> io::Result<()> {
    fs::hard_link(old, new)
}

/// Removes a file.
///
/// # Errors
/// Where that cannot be done.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Lets everybody run a hook who may read it.
///
/// # Errors
/// Where its mode cannot be set.
#[cfg(unix)]
pub(crate) fn let_run(hook: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(hook)?.permissions().mode();
    fs::set_permissions(hook, fs::Permissions::from_mode(mode | (mode & 0o444) >> 2))
}

/// Elsewhere a file is run by its ending.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub(crate) fn let_run(_: &Path) -> io::Result<()> {
    Ok(())
}
