//! Whole files or none: reading with a limit, replacing by rename.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path};

use super::words;
use crate::error::{Error, Result};

/// The largest file that is read, in bytes: far beyond any case, well below what would trouble a machine.
pub const LARGEST: u64 = 8 << 20;

/// The largest photo or recording that is put back, in bytes.
pub const LARGEST_ATTACHED: u64 = 1 << 30;

/// Prefix of files that are being written; a scan passes them over.
const BEING_WRITTEN: &str = ".fb-";

/// A file's bytes.
///
/// # Errors
/// Where it cannot be read, or is larger than [`LARGEST`].
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let fault = |error: io::Error| Error::failed(words::cannot_read(path, error.to_string()));
    let file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_err(fault)?.len();
    if size > LARGEST {
        return Err(too_large(path));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// Whether a path from a ledger's root stays in the ledger: no way up, and no link on the way, for a link may
/// lead anywhere. What is not there yet is fine.
///
/// # Errors
/// Where it leaves the ledger, or may.
pub fn stays_inside(root: &Path, path: &Path) -> Result<()> {
    let mut place = root.to_owned();
    for part in path.components() {
        let Component::Normal(part) = part else { return Err(Error::failed(words::leads_out(path))) };
        place.push(part);
        if place.is_symlink() {
            let link = place.strip_prefix(root).unwrap_or(&place);
            return Err(Error::failed(words::symlink_at(link)).hint(words::symlink_help()));
        }
    }
    Ok(())
}

/// The bytes of a ledger's own file: no link is followed, and no pipe or device is opened.
///
/// # Errors
/// As [`stays_inside`] and [`read`], and where it is no file.
pub fn read_inside(root: &Path, path: &Path) -> Result<Vec<u8>> {
    stays_inside(root, path)?;
    match fs::symlink_metadata(root.join(path)) {
        Ok(what) if !what.is_file() => Err(Error::failed(words::no_file(path))),
        _ => read(&root.join(path)),
    }
}

/// What is said of a file that is larger than [`LARGEST`].
pub(super) fn too_large(path: &Path) -> Error {
    Error::failed(words::too_large(path, format!("{} MiB", LARGEST >> 20)))
}

/// A file's text.
///
/// # Errors
/// As [`read`], and where it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).map_err(|_| Error::failed(words::not_text(path)))
}

/// Puts a text in the place of a file, as [`replace_bytes`] does.
///
/// # Errors
/// As there.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    replace_bytes(path, text.as_bytes())
}

/// Puts bytes in the place of a file, or makes a new one: a temporary file beside it, flushed, then renamed, so
/// that whoever reads sees the old text or the new. The old file's mode stays.
///
/// # Errors
/// Where the directory cannot be written; the old file is then still there.
pub fn replace_bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    let fault = |error: io::Error| Error::failed(words::cannot_write(path, error.to_string()));
    let directory = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory).map_err(fault)?;
    let mut file = tempfile::Builder::new().prefix(BEING_WRITTEN).tempfile_in(directory).map_err(fault)?;
    file.write_all(bytes).map_err(fault)?;
    match fs::metadata(path) {
        Ok(old) => file.as_file().set_permissions(old.permissions()).map_err(fault)?,
        Err(_) => open_to_all(file.as_file()).map_err(fault)?,
    }
    file.as_file().sync_all().map_err(fault)?;
    file.persist(path).map_err(|error| fault(error.error))?;
    flush_directory(directory).map_err(fault)
}

/// Moves a file; the new directory is made.
///
/// # Errors
/// Where that cannot be done; the file is then still at its old place.
pub fn rename(old: &Path, new: &Path) -> Result<()> {
    let fault = |error: io::Error| Error::failed(words::cannot_write(new, error.to_string()));
    if fs::symlink_metadata(new).is_ok() {
        return Err(Error::failed(words::taken(new)));
    }
    let directory = new.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(directory).map_err(fault)?;
    fs::rename(old, new).map_err(fault)?;
    flush_directory(directory).map_err(fault)?;
    flush_directory(old.parent().unwrap_or(Path::new("."))).map_err(fault)
}

/// Removes a file.
///
/// # Errors
/// Where that cannot be done; the file is then still there.
pub fn remove(path: &Path) -> Result<()> {
    let fault = |error: io::Error| Error::failed(words::cannot_write(path, error.to_string()));
    fs::remove_file(path).map_err(fault)?;
    flush_directory(path.parent().unwrap_or(Path::new("."))).map_err(fault)
}

/// Whether a file is one that is being written, or was when a process died.
pub fn being_written(name: &str) -> bool {
    name.starts_with(BEING_WRITTEN)
}

/// A temporary file belongs to its maker alone; a ledger's file does not.
#[cfg(unix)]
fn open_to_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn flush_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// Elsewhere a directory cannot be opened to be flushed.
#[cfg(not(unix))]
fn flush_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
