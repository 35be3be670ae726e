//! The index of a work tree as a file: the entries of a few paths change, all others stay as they are.
//!
//! git and libgit2 make a structure of every entry, and look each of them up again, to write the file. With 100,000
//! files that takes longer than everything else in a commit. Here the bytes of an entry are copied.
//!
//! Versions 2 to 4 are read (`gitformat-index(5)`). Split and sparse indexes, and ids other than SHA-1, are the
//! `git` program's. Extensions that only make git faster, and that depend on the place of each entry, are left out: git
//! makes them again.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use git2::{IndexEntry, IndexTime, Oid};
use sha1::{Digest, Sha1};

use super::cached_tree::{CachedTree, ChangedPath};
use crate::disk::of_git;
use git2::{Repository, Tree};

/// The signature, the version and the number of entries.
const HEADER: usize = 12;
/// The length of an id.
const ID: usize = 20;
/// The bytes of an entry before its flags: ten numbers and an id.
const STAT: usize = 60;
/// The place of the mode and of the size among them.
const MODE: usize = 24;
const SIZE: usize = 36;
/// The flag of an entry that has more flags, and the bits of its side in a conflict.
const EXTENDED: u16 = 0x4000;
const STAGE: u16 = 0x3000;
/// The longest name whose length is in the flags.
const LONGEST: usize = 0x0fff;
/// The mode of a submodule.
const SUBMODULE: u32 = 0o160_000;

/// The extension with the trees of unchanged directories, and the one with conflicts that were resolved.
const TREE: [u8; 4] = *b"TREE";
const RESOLVED: [u8; 4] = *b"REUC";

/// The entries of an index.
pub(super) struct IndexFile {
    bytes: Vec<u8>,
    version: u32,
    /// The names of version 4, which the file has in parts.
    names: Vec<u8>,
    entries: Vec<RawEntry>,
    /// The trees of unchanged directories.
    pub trees: Option<CachedTree>,
    resolved: Option<Range<usize>>,
    has_checksum: bool,
}

/// Where the parts of an entry are.
struct RawEntry {
    /// In the bytes: everything before the name.
    head: Range<usize>,
    /// In the bytes, or in the names.
    name: Range<usize>,
}

/// The entries that change, by path; `None`: it is removed.
pub(super) type IndexUpdates = BTreeMap<Vec<u8>, Option<IndexEntry>>;

impl IndexFile {
    /// An index without entries.
    pub(super) fn empty() -> IndexFile {
        IndexFile {
            bytes: Vec::new(),
            version: 2,
            names: Vec::new(),
            entries: Vec::new(),
            trees: Some(CachedTree::nothing()),
            resolved: None,
            has_checksum: true,
        }
    }

    /// The index at this path; one without entries, if there is no file. `None`: as [`IndexFile::read`].
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(super) fn at(path: &Path) -> io::Result<Option<IndexFile>> {
        match of_git::read_index(path) {
            Ok(bytes) => Ok(IndexFile::read(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Some(IndexFile::empty())),
            Err(error) => Err(error),
        }
    }

    /// Reads the bytes of an index; `None`: it is broken, or one that the `git` program has to write.
    pub(super) fn read(bytes: Vec<u8>) -> Option<IndexFile> {
        let end = bytes.len().checked_sub(ID)?;
        let has_checksum = bytes[end..] != [0; ID];
        let version = number(&bytes[..end], 4)?;
        if bytes.get(..4)? != b"DIRC" || !(2..=4).contains(&version) {
            return None;
        }
        let mut index = IndexFile { version, has_checksum, trees: None, ..IndexFile::empty() };
        let count = usize::try_from(number(&bytes[..end], 8)?).ok()?;
        index.entries.reserve(count.min(end / STAT));
        let mut at = HEADER;
        for _ in 0..count {
            at = index.read_entry(&bytes[..end], at)?;
        }
        index.read_extensions(&bytes[..end], at)?;
        index.bytes = bytes;
        Some(index)
    }

    /// Reads the entry at this place; returns the place after it.
    fn read_entry(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let flags = flags(bytes.get(at..)?)?;
        let more = if self.version > 2 && flags & EXTENDED != 0 { 2 } else { 0 };
        let head = at..at + STAT + 2 + more;
        let mut place = head.end;
        let dropped = if self.version == 4 { varint(bytes, &mut place)? } else { 0 };
        let rest = bytes.get(place..)?;
        let length = match usize::from(flags) & LONGEST {
            known if known < LONGEST && self.version < 4 => known,
            _ => rest.iter().position(|byte| *byte == 0)?,
        };
        rest.get(length)?;
        let mut name = place..place + length;
        if self.version == 4 {
            let start = self.names.len();
            let last = self.entries.last().map_or(0..0, |last| last.name.clone());
            let kept = last.len().checked_sub(dropped)?;
            self.names.extend_from_within(last.start..last.start + kept);
            self.names.extend(&bytes[name]);
            name = start..self.names.len();
        }
        // git looks names up by halves: in another order they would not be found.
        if let Some(last) = self.entries.last() {
            let names = if self.version == 4 { &self.names } else { bytes };
            let key = |name: &Range<usize>, flags: u16| (&names[name.clone()], flags & STAGE);
            if key(&last.name, self::flags(&bytes[last.head.clone()])?) >= key(&name, flags) {
                return None;
            }
        }
        let after = match self.version {
            4 => place + length + 1,
            _ => at + padded(head.len() + length),
        };
        self.entries.push(RawEntry { head, name });
        Some(after)
    }

    /// Reads the extensions from this place to the end; `None`: there is one without which the entries mean something
    /// else.
    fn read_extensions(&mut self, bytes: &[u8], mut at: usize) -> Option<()> {
        while at < bytes.len() {
            let name: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            let start = at + 8;
            let end = start.checked_add(usize::try_from(number(bytes, at + 4)?).ok()?)?;
            let content = bytes.get(start..end)?;
            match name {
                TREE => self.trees = CachedTree::read(content),
                RESOLVED => self.resolved = Some(at..end),
                [first, ..] if !first.is_ascii_uppercase() => return None,
                _ => {}
            }
            at = end;
        }
        (at == bytes.len()).then_some(())
    }

    /// Whether its checksum is right, or there is none (`index.skipHash`).
    pub(super) fn is_whole(&self) -> bool {
        let Some(end) = self.bytes.len().checked_sub(ID) else { return true };
        !self.has_checksum || *Sha1::digest(&self.bytes[..end]) == self.bytes[end..]
    }

    /// Whether a path has a conflict.
    pub(super) fn has_conflicts(&self) -> bool {
        self.entries.iter().any(|entry| flags(self.head(entry)).is_some_and(|flags| flags & STAGE != 0))
    }

    /// The entry of a path.
    pub(super) fn get(&self, path: &[u8]) -> Option<IndexEntry> {
        let at = self.place(path).ok()?;
        let head = self.head(&self.entries[at]);
        let field = |at: usize| number(head, at * 4).unwrap_or_default();
        let time = |at: usize| IndexTime::new(field(at).cast_signed(), field(at + 1));
        Some(IndexEntry {
            ctime: time(0),
            mtime: time(2),
            dev: field(4),
            ino: field(5),
            mode: field(6),
            uid: field(7),
            gid: field(8),
            file_size: field(9),
            id: Oid::from_bytes(&head[STAT - ID..STAT]).ok()?,
            flags: flags(head)?,
            flags_extended: head.get(STAT + 2..).and_then(flag).unwrap_or_default(),
            path: path.to_owned(),
        })
    }

    /// The paths of the entries below a directory; all, if it has no name.
    pub(super) fn below(&self, directory: &[u8]) -> impl Iterator<Item = &[u8]> {
        let prefix = if directory.is_empty() { Vec::new() } else { [directory, b"/"].concat() };
        let start = self.entries.partition_point(|entry| self.name(entry) < prefix.as_slice());
        let names = self.entries[start..].iter().map(|entry| self.name(entry));
        names.take_while(move |name| name.starts_with(&prefix))
    }

    /// Whether a file and a directory would have the same name.
    pub(super) fn is_in_the_way(&self, path: &[u8]) -> bool {
        let above = path.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| &path[..at]);
        self.below(path).next().is_some() || above.into_iter().any(|above| self.place(above).is_ok())
    }

    /// The bytes of the same index with these entries. `written`: when it was last written. The entries of files that
    /// were written in the same second get no size: their times do not show later changes ("racily clean"), and the new
    /// index is younger, so git would trust it.
    pub(super) fn with(&self, updates: &IndexUpdates, written: Option<SystemTime>) -> Vec<u8> {
        let written =
            written.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_secs());
        let mut new = IndexWriter::new(self.version, self.bytes.len() + updates.len() * 256);
        let mut updates = updates.iter().peekable();
        for entry in &self.entries {
            let name = self.name(entry);
            while let Some((path, update)) = updates.next_if(|(path, _)| path.as_slice() < name) {
                new.update(path, update.as_ref());
            }
            if let Some((path, update)) = updates.next_if(|(path, _)| path.as_slice() == name) {
                new.update(path, update.as_ref());
                continue;
            }
            let head = new.entry(self.head(entry), name);
            let changed = number(&new.bytes, head + 8).map_or(0, u64::from);
            if changed >= written && number(&new.bytes, head + MODE) != Some(SUBMODULE) {
                new.bytes[head + SIZE..head + SIZE + 4].fill(0);
            }
        }
        for (path, update) in updates {
            new.update(path, update.as_ref());
        }
        if let Some(trees) = &self.trees {
            new.extension(TREE, &trees.bytes());
        }
        if let Some(resolved) = &self.resolved {
            new.bytes.extend(&self.bytes[resolved.clone()]);
        }
        new.end(self.has_checksum)
    }

    /// Remembers the trees of a commit that led from one tree to another with exactly these paths.
    ///
    /// # Errors
    /// If a tree cannot be read.
    pub(super) fn follow(
        &mut self,
        repo: &Repository,
        trees: (Option<&Tree<'_>>, Option<&Tree<'_>>),
        updates: &IndexUpdates,
    ) -> Result<(), git2::Error> {
        let Some(mut known) = self.trees.take() else { return Ok(()) };
        let counted = |path: &[u8], update: &Option<IndexEntry>| {
            i32::from(update.is_some()) - i32::from(self.place(path).is_ok())
        };
        let changed: Vec<ChangedPath<'_>> =
            updates.iter().map(|(path, update)| (path.as_slice(), counted(path, update))).collect();
        known.follow(repo, trees, &changed)?;
        self.trees = Some(known);
        Ok(())
    }

    fn head(&self, entry: &RawEntry) -> &[u8] {
        &self.bytes[entry.head.clone()]
    }

    fn name(&self, entry: &RawEntry) -> &[u8] {
        let names = if self.version == 4 { &self.names } else { &self.bytes };
        &names[entry.name.clone()]
    }

    fn place(&self, path: &[u8]) -> Result<usize, usize> {
        self.entries.binary_search_by(|entry| self.name(entry).cmp(path))
    }
}

/// An index that is being written.
struct IndexWriter {
    bytes: Vec<u8>,
    version: u32,
    count: u32,
    last: Vec<u8>,
}

impl IndexWriter {
    fn new(version: u32, room: usize) -> IndexWriter {
        let mut bytes = Vec::with_capacity(room);
        bytes.extend(b"DIRC");
        bytes.extend(version.to_be_bytes());
        bytes.extend([0; 4]);
        IndexWriter { bytes, version, count: 0, last: Vec::new() }
    }

    /// Writes an entry; returns its place.
    fn entry(&mut self, head: &[u8], name: &[u8]) -> usize {
        let at = self.bytes.len();
        self.bytes.extend(head);
        if self.version == 4 {
            let same = self.last.iter().zip(name).take_while(|(one, other)| one == other).count();
            self.bytes.extend(varint_of(self.last.len() - same));
            self.bytes.extend(&name[same..]);
            self.bytes.push(0);
            self.last.clear();
            self.last.extend(name);
        } else {
            self.bytes.extend(name);
            self.bytes.resize(at + padded(head.len() + name.len()), 0);
        }
        self.count += 1;
        at
    }

    fn update(&mut self, path: &[u8], update: Option<&IndexEntry>) {
        let Some(new) = update else { return };
        let (ctime, mtime) = (new.ctime, new.mtime);
        let mut head = Vec::with_capacity(STAT + 2);
        for number in [
            ctime.seconds().cast_unsigned(),
            ctime.nanoseconds(),
            mtime.seconds().cast_unsigned(),
            mtime.nanoseconds(),
            new.dev,
            new.ino,
            new.mode,
            new.uid,
            new.gid,
            new.file_size,
        ] {
            head.extend(number.to_be_bytes());
        }
        head.extend(new.id.as_bytes());
        let length = u16::try_from(path.len().min(LONGEST)).unwrap_or_default();
        head.extend(length.to_be_bytes());
        self.entry(&head, path);
    }

    fn extension(&mut self, name: [u8; 4], content: &[u8]) {
        self.bytes.extend(name);
        self.bytes.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
        self.bytes.extend(content);
    }

    fn end(mut self, with_checksum: bool) -> Vec<u8> {
        self.bytes[8..HEADER].copy_from_slice(&self.count.to_be_bytes());
        let sum: [u8; ID] = if with_checksum { Sha1::digest(&self.bytes).into() } else { [0; ID] };
        self.bytes.extend(sum);
        self.bytes
    }
}

/// The number at a place, as the network writes it.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn flag(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(..2)?.try_into().ok()?))
}

/// The flags of the entry that begins here.
fn flags(entry: &[u8]) -> Option<u16> {
    flag(entry.get(STAT..)?)
}

/// The length of an entry: one to eight zeros follow the name.
fn padded(length: usize) -> usize {
    (length + 8) & !7
}

/// Reads a number of seven bits a byte, each but the last counted from one.
fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value = value.checked_shl(7)? | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
        value = value.checked_add(1).filter(|value| *value < 1 << 24)?;
    }
}

fn varint_of(mut value: usize) -> Vec<u8> {
    let mut bytes = vec![(value & 0x7f) as u8];
    while value > 0x7f {
        value = (value >> 7) - 1;
        bytes.push((value & 0x7f) as u8 | 0x80);
    }
    bytes.reverse();
    bytes
}
