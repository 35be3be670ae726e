//! A directory known by its path, for systems that cannot hold one open: every part of a path is checked.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{FileKind, What};

/// A directory.
#[derive(Debug)]
pub(super) struct Dir(PathBuf);

impl Dir {
    /// A directory at a path that does not come from the ledger; links are followed.
    pub(super) fn open(path: &Path) -> io::Result<Dir> {
        if fs::metadata(path)?.is_dir() { Ok(Dir(path.to_owned())) } else { Err(in_the_way()) }
    }

    /// A directory further down. No part of the path may be a link.
    pub(super) fn enter(&self, path: &Path) -> io::Result<Dir> {
        self.enter_by_steps(path)
    }

    /// One part after the other, each in the directory before it.
    pub(super) fn enter_by_steps(&self, path: &Path) -> io::Result<Dir> {
        let mut here = self.0.clone();
        for part in path.iter() {
            here.push(plain(part)?);
            if kind(&fs::symlink_metadata(&here)?) != FileKind::Directory {
                return Err(in_the_way());
            }
        }
        Ok(Dir(here))
    }

    /// Opens a plain file to be read.
    pub(super) fn read(&self, name: &OsStr) -> io::Result<File> {
        self.open_entry(name, OpenOptions::new().read(true))
    }

    /// Makes a file that was not there.
    pub(super) fn create(&self, name: &OsStr, _secret: bool) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(self.0.join(plain(name)?))
    }

    /// Opens a file to be locked, or makes it.
    pub(super) fn open_or_create(&self, name: &OsStr) -> io::Result<File> {
        self.open_entry(name, OpenOptions::new().read(true).write(true).create(true).truncate(false))
    }

    fn open_entry(&self, name: &OsStr, how: &mut OpenOptions) -> io::Result<File> {
        let path = self.0.join(plain(name)?);
        match fs::symlink_metadata(&path) {
            Ok(found) if kind(&found) != FileKind::File => return Err(in_the_way()),
            _ => {}
        }
        #[cfg(windows)]
        {
            use std::os::windows::fs::OpenOptionsExt;
            /// FILE_FLAG_OPEN_REPARSE_POINT: a link that came meanwhile is opened itself.
            const ITSELF: u32 = 0x0020_0000;
            how.custom_flags(ITSELF);
        }
        let file = how.open(path)?;
        if kind(&file.metadata()?) == FileKind::File { Ok(file) } else { Err(in_the_way()) }
    }

    /// The kind of an entry; a link is reported as a link.
    pub(super) fn what(&self, name: &OsStr) -> io::Result<What> {
        let found = fs::symlink_metadata(self.0.join(plain(name)?))?;
        Ok(What { kind: kind(&found), length: found.len(), mode: found.permissions() })
    }

    /// The names in it, in no order.
    pub(super) fn names(&self) -> io::Result<Vec<OsString>> {
        fs::read_dir(&self.0)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    /// Renames a file, here or elsewhere, and replaces an existing one.
    pub(super) fn rename(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        fs::rename(self.0.join(plain(old)?), to.0.join(plain(new)?))
    }

    /// Renames a file to an unused name.
    pub(super) fn rename_to_new(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        match to.what(new) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.rename(old, to, new),
            Err(error) => Err(error),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Removes a file, or a link but not its target.
    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.0.join(plain(name)?))
    }

    /// Removes a directory that is empty.
    pub(super) fn remove_directory(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(self.0.join(plain(name)?))
    }

    /// Makes a directory.
    pub(super) fn make_directory(&self, name: &OsStr, _secret: bool) -> io::Result<()> {
        fs::create_dir(self.0.join(plain(name)?))
    }

    /// A directory cannot be opened to be flushed here.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    pub(super) fn flush(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Updates the time of a file without writing to it.
pub(super) fn touch(file: &File) -> io::Result<()> {
    file.set_modified(SystemTime::now())
}

/// Whether the error is the one for a link, or for something that is neither file nor directory, on the path.
pub(super) fn is_in_the_way(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotADirectory
}

fn in_the_way() -> io::Error {
    io::ErrorKind::NotADirectory.into()
}

/// A name without a colon, with which Windows addresses a second stream of a file, or another drive.
fn plain(name: &OsStr) -> io::Result<&OsStr> {
    let hidden = name.to_string_lossy().contains([':', '/', '\\']);
    if hidden { Err(io::ErrorKind::InvalidFilename.into()) } else { Ok(name) }
}

/// A junction counts as a link; a file that a cloud drive downloads on reading does not.
fn kind(found: &fs::Metadata) -> FileKind {
    if found.file_type().is_symlink() {
        FileKind::Link
    } else if found.is_dir() {
        FileKind::Directory
    } else if found.is_file() {
        FileKind::File
    } else {
        FileKind::Other
    }
}
