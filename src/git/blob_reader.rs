//! Reads the bytes of many objects, one at a time: only one is in memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::vec::IntoIter;

use super::program::Git;
use super::revision::Content;
use super::say;
use crate::error::{Error, Result};

/// The contents of objects in the order in which they were asked for, read by one run of `git cat-file`.
pub(crate) struct BlobReader {
    sizes: IntoIter<Option<u64>>,
    largest: u64,
    out: BufReader<File>,
}

impl BlobReader {
    /// These objects, each with its size in bytes; without a size there is no such object. None larger than `largest`
    /// is read.
    pub(super) fn of(git: &Git<'_>, sized: Vec<(String, Option<u64>)>, largest: u64) -> Result<BlobReader> {
        let read = sized.iter().filter(|(_, size)| size.is_some_and(|size| size <= largest));
        let ids: String = read.map(|(id, _)| format!("{id}\n")).collect();
        let ran = git.pour(&["cat-file", "--batch"], ids.as_bytes())?;
        if !ran.done() {
            return Err(Error::failed(say::failed(ran.said.trim_end())));
        }
        let sizes: Vec<Option<u64>> = sized.into_iter().map(|(_, size)| size).collect();
        Ok(BlobReader { sizes: sizes.into_iter(), largest, out: BufReader::new(ran.out) })
    }

    /// Reads one object: a line `<id> blob <size>`, the bytes, a line break.
    fn take(&mut self) -> Result<Vec<u8>> {
        let mut head = String::new();
        self.out.read_line(&mut head).map_err(|_| broken())?;
        let size: usize =
            head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(broken)?;
        let mut bytes = vec![0; size + 1];
        self.out.read_exact(&mut bytes).map_err(|_| broken())?;
        bytes.truncate(size);
        Ok(bytes)
    }
}

fn broken() -> Error {
    Error::failed(say::failed("cat-file --batch"))
}

impl Iterator for BlobReader {
    type Item = Result<Content>;

    fn next(&mut self) -> Option<Result<Content>> {
        Some(match self.sizes.next()? {
            Some(size) if size <= self.largest => self.take().map(Content::Bytes),
            Some(_) => Ok(Content::TooLarge),
            None => Ok(Content::NoFile),
        })
    }
}
