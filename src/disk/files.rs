//! Whole files or none: reading with a limit, replacing by rename.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use super::{steps, words};
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

/// The text of a ledger's own file that need not be there; a link is there, wherever it leads.
///
/// # Errors
/// As [`read_inside`], and where it is not UTF-8.
pub fn text_inside(root: &Path, path: &Path) -> Result<Option<String>> {
    match fs::symlink_metadata(root.join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        _ => text(read_inside(root, path)?, path).map(Some),
    }
}

/// What is said of a file that is larger than [`LARGEST`].
pub fn too_large(path: &Path) -> Error {
    Error::failed(words::too_large(path, format!("{} MiB", LARGEST >> 20)))
}

/// A file's text.
///
/// # Errors
/// As [`read`], and where it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    text(read(path)?, path)
}

fn text(bytes: Vec<u8>, path: &Path) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| Error::failed(words::not_text(path)))
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
    put(path, |file| steps::write(file, bytes)).map_err(cannot_write(path))
}

/// Puts bytes where whoever runs the command wants them, as a shell's `>` would: through a link, and into a pipe or a
/// device. Into the place of a plain file as [`replace_bytes`] does.
///
/// # Errors
/// As there, and where the pipe or the device takes no bytes.
pub fn put_out(path: &Path, bytes: &[u8]) -> Result<()> {
    let fault = cannot_write(path);
    match fs::metadata(path) {
        Ok(there) if there.is_file() && path.is_symlink() => {
            replace_bytes(&fs::canonicalize(path).map_err(fault)?, bytes)
        }
        Ok(there) if there.is_file() => replace_bytes(path, bytes),
        Err(_) if !path.is_symlink() => replace_bytes(path, bytes),
        _ => steps::open(path).and_then(|mut file| steps::write(&mut file, bytes)).map_err(fault),
    }
}

/// Copies a file, as [`replace_bytes`] writes one.
///
/// # Errors
/// As there, and where the original cannot be read.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut original =
        File::open(from).map_err(|error| Error::failed(words::cannot_read(from, error.to_string())))?;
    put(to, |file| steps::copy(&mut original, file)).map_err(cannot_write(to))
}

/// Moves a file; the new directory is made.
///
/// # Errors
/// Where that cannot be done; the file is then still at its old place.
pub fn rename(old: &Path, new: &Path) -> Result<()> {
    if fs::symlink_metadata(new).is_ok() {
        return Err(Error::failed(words::taken(new)));
    }
    let (from, to) = (directory(old), directory(new));
    let moved = steps::make_directory(to)
        .and_then(|()| steps::rename(old, new))
        // The new name first: should the power fail in between, there are two names and not none.
        .and_then(|()| steps::flush_directory(to))
        .and_then(|()| if from == to { Ok(()) } else { steps::flush_directory(from) });
    moved.map_err(cannot_write(new))
}

/// Removes a file.
///
/// # Errors
/// Where that cannot be done; the file is then still there.
pub fn remove(path: &Path) -> Result<()> {
    let removed = steps::remove(path).and_then(|()| steps::flush_directory(directory(path)));
    removed.map_err(cannot_write(path))
}

/// Brings the name of a file to the disk.
pub(crate) fn flush_directory_of(path: &Path) -> Result<()> {
    steps::flush_directory(directory(path)).map_err(cannot_write(path))
}

/// Removes what a process that died was writing in this directory. Only whoever has the ledger's lock may: nobody
/// else is at work then.
pub(crate) fn sweep(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(being_written) {
            // One that stays is passed over by every reader, and swept the next time.
            let _ = steps::remove(&entry.path());
        }
    }
}

/// Whether a file is one that is being written, or was when a process died.
pub fn being_written(name: &str) -> bool {
    name.starts_with(BEING_WRITTEN)
}

fn directory(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// What is said of a failure: a full disk is the one that people can do something about at once.
pub(crate) fn cannot_write(path: &Path) -> impl Fn(io::Error) -> Error {
    move |error| {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let failed = Error::failed(words::cannot_write(path, error.to_string()));
        if full { failed.hint(words::make_room()) } else { failed }
    }
}

/// Fills a temporary file, and puts it in the place of this one.
fn put(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let directory = directory(path);
    steps::make_directory(directory)?;
    let made = tempfile::Builder::new().prefix(BEING_WRITTEN).make_in(directory, steps::create)?;
    let (mut file, temporary) = made.into_parts();
    let written = fill(&mut file)
        .and_then(|()| steps::set_mode(&file, path))
        .and_then(|()| steps::flush(&file))
        .and_then(|()| steps::rename(&temporary, path));
    // It has its new name, or is removed; not by its own hand, which no test can stay.
    let temporary = temporary.keep().map_err(|error| error.error)?;
    if let Err(error) = written {
        let _ = steps::remove(&temporary);
        return Err(error);
    }
    steps::flush_directory(directory)
}
