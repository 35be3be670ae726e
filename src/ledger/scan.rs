//! Listing and reading the whole ledger.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::store::{CommittedFile, DirectoryReader, Files, Store};
use super::{Ledger, say};
use crate::case::{Case, Status};
use crate::casefile::layout::{CASES, KEEP};
use crate::casefile::portable::folded;
use crate::casefile::{self, CasePath};
use crate::disk::{FileKind, FoundEntry, Root};
use crate::error::{Code, Finding, Place};
use crate::lang::common;

/// A case file that was read.
#[derive(Debug, Clone)]
pub struct Found {
    /// From the ledger's root.
    pub path: PathBuf,
    /// What the path says.
    pub case_path: CasePath,
    /// The case.
    pub case: Case,
}

/// The current ledger.
#[derive(Debug, Clone, Default)]
pub struct Scan {
    /// The cases that could be read, by path.
    pub cases: Vec<Found>,
    /// What could not be read, or is in a place where no case belongs.
    pub findings: Vec<Finding>,
    /// The files that could not be read, by path.
    pub unreadable: Vec<PathBuf>,
    /// How many case files there are, read or not.
    pub files: usize,
}

/// How often a ledger is read again while others are changing it.
const LOOKS: usize = 20;

/// Reads every case file, in parallel. A file that was moved meanwhile is read at its new path: each case is seen once,
/// and none is missed.
pub(super) fn scan(store: &Store) -> Scan {
    let mut listing = list(store);
    let mut read = read_all(store, &listing.files, &mut HashMap::new());
    for _ in 0..LOOKS {
        let now = list(store);
        if now.files == listing.files {
            break;
        }
        // Others are changing it: what was read stays, and files that are gone are not reported.
        let paths = listing.files.into_iter().map(|(path, _)| path);
        read = read_all(store, &now.files, &mut paths.zip(read).collect());
        listing = now;
    }
    let mut scan = Scan { findings: listing.findings, files: listing.files.len(), ..Scan::default() };
    for ((path, case_path), read) in listing.files.into_iter().zip(read) {
        match read {
            Ok(case) => scan.cases.push(Found { path, case_path, case }),
            Err(findings) => {
                scan.findings.extend(findings);
                scan.unreadable.push(path);
            }
        }
    }
    scan
}

/// What was read of a file.
type ReadCase = Result<Case, Vec<Finding>>;

/// Reads those files that are not known yet; what there is of each file, in their order.
fn read_all(
    store: &Store,
    files: &[(PathBuf, CasePath)],
    known: &mut HashMap<PathBuf, ReadCase>,
) -> Vec<ReadCase> {
    let known: Vec<Option<ReadCase>> = files.iter().map(|(path, _)| known.remove(path)).collect();
    let read = |reader: &mut DirectoryReader<'_>, (known, (path, _)): (Option<ReadCase>, &(PathBuf, _))| {
        known.unwrap_or_else(|| read_one(reader, path))
    };
    known.into_par_iter().zip(files).map_init(|| DirectoryReader::of(store), read).collect()
}

fn read_one(reader: &mut DirectoryReader<'_>, path: &Path) -> ReadCase {
    match reader.read(path) {
        Ok(bytes) => casefile::read(&bytes, path),
        Err(error) => Err(vec![Finding::error(Code::Unreadable, Place::file(path), error.message)]),
    }
}

/// The case files by name, listed again until two lists agree: a file that is moved while the directories are being
/// read might be missed, or listed twice.
pub(super) fn settled(store: &Store) -> CaseFileNames {
    let mut listing = list(store);
    for _ in 0..LOOKS {
        let now = list(store);
        if now.files == listing.files {
            break;
        }
        listing = now;
    }
    listing
}

/// The case files by name alone.
pub(super) struct CaseFileNames {
    pub(super) files: Vec<(PathBuf, CasePath)>,
    pub(super) findings: Vec<Finding>,
}

/// Lists everything under `cases/`, without opening a file.
pub(super) fn list(store: &Store) -> CaseFileNames {
    match store {
        Store::Tree(root) => walk(root),
        Store::CommittedFile(files) => look_through(files),
    }
}

/// The names of everything in a ledger's own directories, sorted.
pub(super) fn names(store: &Store) -> Vec<PathBuf> {
    let root = match store {
        Store::Tree(root) => root,
        Store::CommittedFile(files) => return files.keys().cloned().collect(),
    };
    let mut names = Vec::new();
    for part in root.names(Path::new("")).unwrap_or_default() {
        if !Ledger::PARTS.contains(&&*folded(&part.to_string_lossy())) {
            continue;
        }
        // `scan` reports what cannot be listed.
        let below = root.walk(Path::new(&part), passed_over).into_iter().flatten().flatten();
        names.extend(below.map(|entry| entry.path));
    }
    names
}

fn walk(root: &Root) -> CaseFileNames {
    let mut listing = CaseFileNames { files: Vec::new(), findings: Vec::new() };
    let top = root.names(Path::new("")).unwrap_or_default();
    let top: Vec<String> = top.into_iter().map(|name| name.to_string_lossy().into_owned()).collect();
    // On a disk that ignores case, `Cases` is read as `cases`.
    if top.iter().any(|name| name == CASES) {
        listing.findings.extend(twins(top.iter().map(String::as_str)));
    }
    match root.walk(Path::new(CASES), passed_over) {
        Ok(walk) => {
            for entry in walk {
                match entry {
                    Ok(entry) => look(entry, &mut listing),
                    Err(unseen) => {
                        let message = say::cannot_read(&unseen.path, unseen.why);
                        listing.findings.push(Finding::error(
                            Code::Unreadable,
                            Place::file(unseen.path),
                            message,
                        ));
                    }
                }
            }
        }
        Err(error) => {
            listing.findings.push(Finding::error(Code::Unreadable, Place::file(CASES), error.message));
        }
    }
    listing
}

/// A file or a directory of another program, such as an editor's copy.
fn passed_over(name: &str) -> bool {
    name.starts_with('.') && name != KEEP || name.ends_with('~')
}

/// The same for a commit's files.
fn look_through(files: &Files) -> CaseFileNames {
    let mut listing = CaseFileNames { files: Vec::new(), findings: Vec::new() };
    let top: BTreeSet<_> = files.keys().filter_map(|path| path.iter().next()?.to_str()).collect();
    listing.findings.extend(twins(top.iter().copied()));
    if !top.contains(CASES) {
        listing.findings.push(Finding::error(Code::Unreadable, Place::file(CASES), say::not_kept(CASES)));
    }
    for (path, kept) in files.iter().filter(|(path, _)| path.starts_with(CASES)) {
        if path.iter().any(|part| passed_over(&part.to_string_lossy())) {
            continue;
        }
        if *kept == CommittedFile::NoFile {
            let finding = Finding::error(Code::Unreadable, Place::file(path), say::no_file_kept());
            listing.findings.push(finding.help(say::symlink_help()));
        } else if path.file_name().is_some_and(|name| name != KEEP) {
            case_or_stray(path.clone(), &mut listing);
        }
    }
    listing
}

fn look(entry: FoundEntry, listing: &mut CaseFileNames) {
    let place = Place::file(&entry.path);
    if entry.kind == FileKind::Link {
        listing.findings.push(link(place));
    } else if entry.kind == FileKind::Directory && CasePath::of(&entry.path).is_none() {
        listing.findings.extend(unknown_directory(&entry, place));
    } else if entry.path.file_name().is_some_and(|name| name != KEEP) {
        case_or_stray(entry.path, listing);
    }
}

/// Whether a path is below a name that differs from `cases` only in capital letters.
pub(super) fn is_twin(path: &Path) -> bool {
    let top = path.iter().next().and_then(|name| name.to_str());
    top.is_some_and(|name| name != CASES && folded(name) == CASES)
}

/// The names at the top that differ from `cases` only in capital letters.
fn twins<'n>(top: impl Iterator<Item = &'n str>) -> Vec<Finding> {
    let mut twins = Vec::new();
    for name in top.filter(|name| is_twin(Path::new(name))) {
        let finding = Finding::error(Code::WrongDirectory, Place::file(name), say::twin(name));
        twins.push(finding.help(say::twin_help()));
    }
    twins
}

fn link(place: Place) -> Finding {
    Finding::error(Code::Unreadable, place, say::symlink()).help(say::symlink_help())
}

fn case_or_stray(path: PathBuf, listing: &mut CaseFileNames) {
    match CasePath::of(&path) {
        Some(case_path) => listing.files.push((path, case_path)),
        None => listing.findings.push(stray(&path)),
    }
}

fn unknown_directory(entry: &FoundEntry, place: Place) -> Option<Finding> {
    let name = entry.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if entry.depth != 1 || Status::of(&name).is_some() {
        return None;
    }
    let known = Status::ALL.map(Status::word).join(" ");
    let finding = Finding::error(Code::WrongDirectory, place, say::unknown_directory(&name));
    let help = match common::nearest(&name, Status::ALL.map(Status::word)) {
        Some(near) => common::did_you_mean(near),
        None => say::unknown_directory_help(known),
    };
    Some(finding.help(help))
}

/// A file whose name or place is not that of a case.
fn stray(path: &Path) -> Finding {
    let place = Place::file(path);
    if path.extension().is_none_or(|ending| ending != "yaml") {
        return Finding::error(Code::WrongName, place, say::not_yaml());
    }
    let status = path.components().nth(1).and_then(|part| Status::of(&part.as_os_str().to_string_lossy()));
    let finding = Finding::error(Code::WrongDirectory, place, say::stray(path));
    match status {
        Some(status) if status.terminal() => finding.help(say::stray_terminal(status.word())),
        Some(status) => finding.help(say::stray_open(status.word())),
        None => finding,
    }
}
