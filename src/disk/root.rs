//! A directory beneath which everything is found, and from which no path and no link leads out.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::fault::{text, too_large};
use super::sys::Dir;
use super::{FileKind, LARGEST, say};
use crate::error::{Error, Result};

/// A directory. Every path starts there, has no `..`, and leads through no link; only plain files are read and written.
#[derive(Debug, Clone)]
pub(crate) struct Root {
    path: PathBuf,
    shown: PathBuf,
    pub(super) dir: Arc<Dir>,
}

impl Root {
    /// Opens a directory at a path that comes from the user or from git, not from a ledger: links that lead there are
    /// followed. Messages show whole paths.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn open(path: &Path) -> Result<Root> {
        let dir =
            Dir::open(path).map_err(|error| Error::failed(say::cannot_read(path, error.to_string())))?;
        Ok(Root { path: path.to_owned(), shown: path.to_owned(), dir: Arc::new(dir) })
    }

    /// The nearest directory upwards that contains an entry of this name which is not a directory; `None` if there is
    /// none. A link of that name is found, but not followed. Messages show paths from there.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn above(directory: &Path, name: &str) -> Result<Option<Root>> {
        for place in directory.ancestors() {
            if fs::symlink_metadata(place.join(name)).is_ok_and(|found| !found.is_dir()) {
                return Ok(Some(Root { shown: PathBuf::new(), ..Root::open(place)? }));
            }
        }
        Ok(None)
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A path as messages show it.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        self.shown.join(path)
    }

    /// A directory beneath this one; `None` if it does not exist.
    ///
    /// # Errors
    /// If there is something else, such as a link.
    pub(crate) fn below(&self, path: &Path) -> Result<Option<Root>> {
        let parts = self.plain(path)?;
        match self.dir.enter(parts) {
            Ok(dir) => Ok(Some(self.at(path, dir))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot_read(path, &error)),
        }
    }

    /// A directory beneath this one; it is made if it does not exist.
    ///
    /// # Errors
    /// As [`Root::below`], and if it cannot be made.
    pub(crate) fn below_made(&self, path: &Path) -> Result<Root> {
        let dir = self.made(self.plain(path)?).map_err(|error| self.cannot_write(path, error))?;
        Ok(self.at(path, dir))
    }

    pub(super) fn at(&self, path: &Path, dir: Dir) -> Root {
        Root { path: self.path.join(path), shown: self.shown.join(path), dir: Arc::new(dir) }
    }

    /// What is at a path; a link is reported as a link, wherever it leads. `None`: nothing.
    ///
    /// # Errors
    /// If that cannot be determined, or the path is behind a link.
    pub(crate) fn what(&self, path: &Path) -> Result<Option<FileKind>> {
        Ok(self.look(path)?.map(|(kind, _)| kind))
    }

    /// The size of a plain file, in bytes; `None` if none is there.
    ///
    /// # Errors
    /// As [`Root::what`].
    pub(crate) fn size(&self, path: &Path) -> Result<Option<u64>> {
        Ok(self.look(path)?.filter(|(kind, _)| *kind == FileKind::File).map(|(_, length)| length))
    }

    fn look(&self, path: &Path) -> Result<Option<(FileKind, u64)>> {
        let found = self.place(path)?.and_then(|(dir, name)| dir.what(name));
        match found {
            Ok(what) => Ok(Some((what.kind, what.length))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.cannot_read(path, &error)),
        }
    }

    /// Whether nothing is at a path.
    ///
    /// # Errors
    /// As [`Root::what`], and if there is a link.
    pub(crate) fn is_free(&self, path: &Path) -> Result<bool> {
        match self.what(path)? {
            None => Ok(true),
            Some(FileKind::Link) => Err(self.link(path)),
            Some(_) => Ok(false),
        }
    }

    /// Whether there is a plain file.
    pub(crate) fn has_file(&self, path: &Path) -> bool {
        matches!(self.what(path), Ok(Some(FileKind::File)))
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// If there is no plain file, it is behind a link, or it is larger than [`LARGEST`].
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>> {
        self.read_up_to(path, LARGEST)
    }

    /// The bytes of a file with its own size limit.
    ///
    /// # Errors
    /// As [`Root::read`].
    pub(crate) fn read_up_to(&self, path: &Path, largest: u64) -> Result<Vec<u8>> {
        let (file, size) = self.file(path)?;
        if size > largest {
            return Err(too_large(&self.shown(path), largest));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        let read = file.take(largest + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.cannot_read(path, &error))?;
        // It may have grown since.
        if bytes.len() as u64 > largest { Err(too_large(&self.shown(path), largest)) } else { Ok(bytes) }
    }

    /// A file's text.
    ///
    /// # Errors
    /// As [`Root::read`], and if it is not UTF-8.
    pub(crate) fn text(&self, path: &Path) -> Result<String> {
        text(self.read(path)?, &self.shown(path))
    }

    /// The text of a file that may be missing; a link counts as present, wherever it leads.
    ///
    /// # Errors
    /// As [`Root::text`].
    pub(crate) fn text_if_there(&self, path: &Path) -> Result<Option<String>> {
        match self.what(path)? {
            None => Ok(None),
            Some(_) => self.text(path).map(Some),
        }
    }

    /// A plain file, opened, with its size in bytes.
    ///
    /// # Errors
    /// If there is none, or it is behind a link.
    pub(crate) fn file(&self, path: &Path) -> Result<(File, u64)> {
        let fault = |error: io::Error| self.cannot_read(path, &error);
        let (dir, name) = self.place(path)?.map_err(fault)?;
        let file = dir.read(name).map_err(fault)?;
        let found = file.metadata().map_err(fault)?;
        if found.is_file() { Ok((file, found.len())) } else { Err(self.no_file(path)) }
    }

    /// The names in a directory beneath this one, in order; empty if it does not exist.
    ///
    /// # Errors
    /// If it cannot be read, or is not a directory.
    pub(crate) fn names(&self, path: &Path) -> Result<Vec<OsString>> {
        let Some(below) = self.below(path)? else { return Ok(Vec::new()) };
        let mut names = below.dir.names().map_err(|error| self.cannot_read(path, &error))?;
        names.sort();
        Ok(names)
    }

    /// The directory of an entry, opened, and the entry's name. The outer error is the path's, the inner one the
    /// disk's.
    pub(super) fn place<'p>(&self, path: &'p Path) -> Result<io::Result<(Arc<Dir>, &'p OsStr)>> {
        let (above, name) = self.split(path)?;
        if above.as_os_str().is_empty() {
            return Ok(Ok((Arc::clone(&self.dir), name)));
        }
        Ok(self.dir.enter(above).map(|dir| (Arc::new(dir), name)))
    }

    pub(super) fn split<'p>(&self, path: &'p Path) -> Result<(&'p Path, &'p OsStr)> {
        parts(path).map_err(|_| Error::failed(say::leads_out(self.shown(path))))
    }

    fn plain<'p>(&self, path: &'p Path) -> Result<&'p Path> {
        if path.as_os_str().is_empty() { Ok(path) } else { self.split(path).map(|_| path) }
    }
}

/// The directory of an entry and the entry's name; no part of the path leads up or elsewhere.
pub(super) fn parts(path: &Path) -> io::Result<(&Path, &OsStr)> {
    let normal = path.components().all(|part| matches!(part, Component::Normal(_)));
    match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) if normal => Ok((above, name)),
        _ => Err(ErrorKind::InvalidInput.into()),
    }
}
