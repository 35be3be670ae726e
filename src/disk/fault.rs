//! Messages about a file that cannot be read or written, or is not what it should be.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::{FileKind, Root, say, sys};
use crate::error::{Error, Result};

impl Root {
    /// The error for a file that cannot be read.
    pub(crate) fn cannot_read(&self, path: &Path, error: &io::Error) -> Error {
        self.obstacle(path, error)
            .unwrap_or_else(|| Error::failed(say::cannot_read(self.shown(path), error.to_string())))
    }

    /// The error for a file that cannot be written.
    pub(crate) fn cannot_write(&self, path: &Path, error: io::Error) -> Error {
        self.obstacle(path, &error).unwrap_or_else(|| cannot_write(&self.shown(path), &error))
    }

    pub(super) fn no_file(&self, path: &Path) -> Error {
        match self.what(path) {
            Ok(Some(FileKind::Link)) => self.link(path),
            _ => Error::failed(say::no_file(self.shown(path))),
        }
    }

    pub(super) fn link(&self, path: &Path) -> Error {
        Error::failed(say::symlink_at(self.shown(path))).hint(say::symlink_help())
    }

    /// Names the link, or another non-directory, on the path. It is looked for only for the message.
    fn obstacle(&self, path: &Path, error: &io::Error) -> Option<Error> {
        if !sys::is_in_the_way(error) {
            return None;
        }
        let mut above: Vec<&Path> = path.ancestors().filter(|part| !part.as_os_str().is_empty()).collect();
        above.reverse();
        let mut here = self.dir.enter(Path::new("")).ok()?;
        for part in &above {
            let name = part.file_name()?;
            match here.what(name).ok()?.kind {
                FileKind::Link => return Some(self.link(part)),
                FileKind::Directory => here = here.enter(Path::new(name)).ok()?,
                FileKind::File if *part == path => return None,
                FileKind::File | FileKind::Other => {
                    return Some(Error::failed(say::no_file(self.shown(part))));
                }
            }
        }
        Some(Error::failed(say::no_file(self.shown(path))))
    }
}

/// The error for a file that is larger than allowed.
pub(crate) fn too_large(path: &Path, largest: u64) -> Error {
    Error::failed(say::too_large(path, format!("{} MiB", largest >> 20)))
}

pub(super) fn text(bytes: Vec<u8>, shown: &Path) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| Error::failed(say::not_text(shown)))
}

/// The help for a failure: a full disk is the one that people can fix at once.
pub(super) fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let full = matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
    let failed = Error::failed(say::cannot_write(path, error.to_string()));
    if full { failed.hint(say::make_room()) } else { failed }
}
