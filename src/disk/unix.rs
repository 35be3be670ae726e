//! A directory held by its descriptor; every call names one entry of it, or a path down from it without links.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Permissions};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawMode};
use rustix::io::Errno;

use super::{FileKind, What};

/// How a directory is opened.
const DIRECTORY: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// How one entry is opened: a link is not followed, and no pipe is waited for.
const ENTRY: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);
/// The mode of a new file, and of a new directory, before the user's umask.
const NEW_FILE: RawMode = 0o666;
const NEW_DIRECTORY: RawMode = 0o777;

/// An open directory.
#[derive(Debug)]
pub(super) struct Dir(OwnedFd);

impl Dir {
    /// Opens a directory at a path that does not come from the ledger; links are followed.
    pub(super) fn open(path: &Path) -> io::Result<Dir> {
        Ok(Dir(rustix::fs::openat(CWD, path, DIRECTORY, Mode::empty())?))
    }

    /// Opens a directory further down. No part of the path may be a link.
    pub(super) fn enter(&self, path: &Path) -> io::Result<Dir> {
        let mut parts = path.iter();
        let Some(first) = parts.next() else { return Ok(Dir(self.0.try_clone()?)) };
        if parts.next().is_none() {
            return self.step(first);
        }
        match self.enter_at_once(path) {
            Some(entered) => Ok(entered?),
            None => self.enter_by_steps(path),
        }
    }

    /// With one system call; `None` if the kernel does not have it, or a sandbox forbids it.
    #[cfg(target_os = "linux")]
    fn enter_at_once(&self, path: &Path) -> Option<io::Result<Dir>> {
        use rustix::fs::ResolveFlags;
        let beneath = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match rustix::fs::openat2(&self.0, path, DIRECTORY, Mode::empty(), beneath) {
            // `AGAIN`: something on the path was renamed, and the kernel cannot decide.
            Err(Errno::NOSYS | Errno::PERM | Errno::AGAIN | Errno::INVAL) => None,
            entered => Some(entered.map(Dir).map_err(io::Error::from)),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn enter_at_once(&self, _: &Path) -> Option<io::Result<Dir>> {
        None
    }

    /// One part after the other, each in the directory before it.
    pub(super) fn enter_by_steps(&self, path: &Path) -> io::Result<Dir> {
        let mut here = Dir(self.0.try_clone()?);
        for part in path.iter() {
            here = here.step(part)?;
        }
        Ok(here)
    }

    fn step(&self, name: &OsStr) -> io::Result<Dir> {
        Ok(Dir(rustix::fs::openat(&self.0, name, DIRECTORY | OFlags::NOFOLLOW, Mode::empty())?))
    }

    /// Opens a plain file for reading.
    pub(super) fn read(&self, name: &OsStr) -> io::Result<File> {
        self.is_no_pipe(name)?;
        Ok(File::from(rustix::fs::openat(&self.0, name, OFlags::RDONLY | ENTRY, Mode::empty())?))
    }

    /// Makes a new file. Others cannot read a `secret` one, not even before it has its mode.
    pub(super) fn create(&self, name: &OsStr, secret: bool) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | ENTRY;
        let mode = Mode::from_raw_mode(if secret { 0o600 } else { NEW_FILE });
        Ok(File::from(rustix::fs::openat(&self.0, name, flags, mode)?))
    }

    /// Opens a file to be locked, or makes it.
    pub(super) fn open_or_create(&self, name: &OsStr) -> io::Result<File> {
        match self.is_no_pipe(name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let flags = OFlags::RDWR | OFlags::CREATE | ENTRY;
        Ok(File::from(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(NEW_FILE))?))
    }

    /// Opening a pipe releases the process that waits at its other end, and a device may act: neither is opened.
    fn is_no_pipe(&self, name: &OsStr) -> io::Result<()> {
        if self.what(name)?.kind == FileKind::Other { Err(Errno::NXIO.into()) } else { Ok(()) }
    }

    /// The kind of an entry; a link is reported as a link.
    pub(super) fn what(&self, name: &OsStr) -> io::Result<What> {
        let found = rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let kind = match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => FileKind::File,
            FileType::Directory => FileKind::Directory,
            FileType::Symlink => FileKind::Link,
            _ => FileKind::Other,
        };
        // Some systems have a narrower number for it. The set-user-id bits are dropped: the new file has another owner,
        // and another author.
        #[allow(clippy::useless_conversion)]
        let mode = Permissions::from_mode(u32::from(found.st_mode) & 0o777);
        Ok(What { kind, length: u64::try_from(found.st_size).unwrap_or(0), mode })
    }

    /// The names in it, in no order.
    pub(super) fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name != "." && name != ".." {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// Renames a file, here or elsewhere, and replaces an existing one.
    pub(super) fn rename(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, old, &to.0, new)?)
    }

    /// Renames a file to an unused name.
    #[cfg(target_os = "linux")]
    pub(super) fn rename_to_new(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        use rustix::fs::RenameFlags;
        match rustix::fs::renameat_with(&self.0, old, &to.0, new, RenameFlags::NOREPLACE) {
            // Some disks do not support this; then another process may act between the check and the rename.
            Err(Errno::INVAL | Errno::NOSYS | Errno::PERM) => self.rename_if_free(old, to, new),
            done => Ok(done?),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn rename_to_new(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        self.rename_if_free(old, to, new)
    }

    fn rename_if_free(&self, old: &OsStr, to: &Dir, new: &OsStr) -> io::Result<()> {
        match to.what(new) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.rename(old, to, new),
            Err(error) => Err(error),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Removes a file, or a link but not its target.
    pub(super) fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Removes a directory that is empty.
    pub(super) fn remove_directory(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    /// Makes a directory. Others cannot read a `secret` one.
    pub(super) fn make_directory(&self, name: &OsStr, secret: bool) -> io::Result<()> {
        let mode = Mode::from_raw_mode(if secret { 0o700 } else { NEW_DIRECTORY });
        Ok(rustix::fs::mkdirat(&self.0, name, mode)?)
    }

    /// Flushes its names to the disk.
    pub(super) fn flush(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }
}

/// Updates the time of a file without writing to it.
pub(super) fn touch(file: &File) -> io::Result<()> {
    let now = rustix::fs::Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW };
    let times = rustix::fs::Timestamps { last_access: now, last_modification: now };
    Ok(rustix::fs::futimens(file, &times)?)
}

/// Whether the error is the kernel's for a link, or for a non-directory, on the path.
pub(super) fn is_in_the_way(error: &io::Error) -> bool {
    let way = [Errno::LOOP, Errno::NOTDIR, Errno::MLINK, Errno::XDEV, Errno::NXIO, Errno::ISDIR];
    Errno::from_io_error(error).is_some_and(|error| way.contains(&error))
}
