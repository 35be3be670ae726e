//! How far the figures can be trusted: duplicates are counted once, and doubtful figures are named.
//!
//! Pure: the input is what a scan read; the output is the cases to count, and the [`Doubts`] about them. The checks of
//! `check` find what is wrong; this room says which figures are affected, and how the case was counted nevertheless.
//! The caller passes in how several files of one case are merged, since that needs git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::case::{Case, Id};
use crate::casefile::CasePath;
use crate::check;
use crate::error::{Code, Finding, Place, Result};
use crate::ledger::{Found, Scan};
use crate::policy::RuleBook;

mod figure;
mod missing_years;
mod say;
mod warranty;

#[cfg(test)]
mod tests;

pub(crate) use figure::FigureGroup;
pub(crate) use warranty::Warranty;

/// Something that makes figures doubtful.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Doubt {
    /// The finding, with its code and its file, and how the case was counted.
    pub finding: Finding,
    /// The figures that would be different without it; if empty, it should still be looked at.
    pub moves: Vec<FigureGroup>,
    /// From which instant on it affects them, if known: figures of an earlier instant are correct.
    since: Option<Timestamp>,
}

/// The cases of a ledger, each once, and the doubts about them.
#[derive(Debug, Clone)]
pub(crate) struct CountedCases {
    /// By path; a case with several files by the first of them.
    pub cases: Vec<Case>,
    /// The doubts.
    pub doubts: Doubts,
}

/// The doubts about a ledger, and what was looked at to find them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doubts {
    found: Vec<Doubt>,
    /// Everything that reading the files and directories found.
    reading: Vec<Finding>,
    /// The case files that could not be read.
    unreadable: Vec<PathBuf>,
    /// When the case of each file that was read was received.
    receipts: Vec<Timestamp>,
}

/// The cases that several files of one id contain: one if they can be merged; two if two cases drew the same id.
pub(crate) type JoinedFiles = Result<Vec<Case>>;

/// Counts each case once, and each event of it once. Stamps must not be after `present`. `join` merges the files of an
/// id.
pub(crate) fn count(
    scan: Scan,
    book: &RuleBook,
    present: Timestamp,
    join: &dyn Fn(&[&Found]) -> JoinedFiles,
) -> CountedCases {
    let of_case = |found: &Found| of_case(found, book, present);
    let flawed: Vec<Vec<Doubt>> = scan.cases.par_iter().map(of_case).collect();
    let mut doubts = Doubts {
        found: unread(&scan.findings),
        receipts: scan.cases.iter().map(|found| found.case.received_at()).collect(),
        reading: scan.findings,
        unreadable: scan.unreadable,
    };
    let double = double(&scan.cases, &doubts.unreadable);
    let mut joined: BTreeMap<PathBuf, Vec<Case>> = BTreeMap::new();
    let mut left_out: Vec<&Path> = Vec::new();
    for (id, FilesOfId { read, unread }) in &double {
        let (cases, doubt) = once(id, read, unread, join);
        doubts.found.push(doubt);
        if let [first, others @ ..] = read.as_slice() {
            joined.insert(first.path.clone(), cases);
            left_out.extend(others.iter().map(|other| other.path.as_path()));
        }
    }
    left_out.sort_unstable();
    let left_out: Vec<PathBuf> = left_out.into_iter().map(Path::to_owned).collect();
    let double: Vec<String> = double.keys().map(|id| (*id).to_owned()).collect();
    let mut cases = Vec::with_capacity(scan.cases.len());
    for (found, flaws) in scan.cases.into_iter().zip(flawed) {
        // Of the files of one case, at most one is in the directory where it belongs.
        let several = double.binary_search_by(|id| id.as_str().cmp(found.case.id.as_str())).is_ok();
        for doubt in flaws {
            if !several || doubt.finding.code != Code::WrongDirectory {
                doubts.found.push(doubt);
            }
        }
        match joined.remove(&found.path) {
            Some(joined) => cases.extend(joined),
            None if left_out.binary_search(&found.path).is_ok() => {}
            None => cases.push(found.case),
        }
    }
    cases.par_iter_mut().for_each(fold_repeats);
    doubts.found.sort_by(|one, other| {
        let places = one.finding.place.cmp(&other.finding.place);
        one.moves
            .is_empty()
            .cmp(&other.moves.is_empty())
            .then(places)
            .then(one.finding.code.cmp(&other.finding.code))
    });
    CountedCases { cases, doubts }
}

/// Removes the events that repeat an earlier event.
fn fold_repeats(case: &mut Case) {
    let repeats = check::repeats(case);
    if repeats.is_empty() {
        return;
    }
    let mut at = 0;
    case.history.retain(|_| {
        at += 1;
        repeats.binary_search(&(at - 1)).is_err()
    });
}

/// The most other files of a case that are named.
const MOST_NAMED: usize = 3;

/// The files of one id.
#[derive(Default)]
struct FilesOfId<'s> {
    read: Vec<&'s Found>,
    unread: Vec<&'s Path>,
}

/// The ids with several files: by the id in the file, or by its name if it cannot be read.
fn double<'s>(cases: &'s [Found], unreadable: &'s [PathBuf]) -> BTreeMap<&'s str, FilesOfId<'s>> {
    let mut files: BTreeMap<&str, FilesOfId<'_>> = BTreeMap::new();
    let mut ids: Vec<&str> = cases.iter().map(|found| found.case.id.as_str()).collect();
    ids.extend(unreadable.iter().filter_map(|path| name(path)));
    ids.sort_unstable();
    let twice: Vec<&str> =
        ids.chunk_by(|one, next| one == next).filter(|ids| ids.len() > 1).map(|ids| ids[0]).collect();
    let known = |id: &str| twice.binary_search(&id).is_ok();
    for found in cases.iter().filter(|found| known(found.case.id.as_str())) {
        files.entry(found.case.id.as_str()).or_default().read.push(found);
    }
    for path in unreadable {
        if let Some(id) = name(path).filter(|id| known(id)) {
            files.entry(id).or_default().unread.push(path);
        }
    }
    files
}

/// The id in a file's name.
fn name(path: &Path) -> Option<&str> {
    let name = path.file_stem()?.to_str()?;
    CasePath::of(path).filter(|_| Id::parse(name).is_ok()).map(|_| name)
}

/// The cases that the files of one id contain, and the doubts about them.
fn once(
    id: &str,
    read: &[&Found],
    unread: &[&Path],
    join: &dyn Fn(&[&Found]) -> JoinedFiles,
) -> (Vec<Case>, Doubt) {
    let mut paths = read.iter().map(|found| found.path.as_path()).chain(unread.iter().copied());
    let first = paths.next().unwrap_or(Path::new(""));
    let others: Vec<_> = paths.by_ref().take(MOST_NAMED).map(Path::to_string_lossy).collect();
    let others = say::others(others.join(", "), paths.count());
    let short = read.first().map_or(id, |found| found.case.id.short());
    let (cases, how) = match (read, unread) {
        ([], _) => (Vec::new(), say::none_read()),
        ([only], _) => (vec![only.case.clone()], say::one_read(&only.path)),
        _ => match join(read) {
            Ok(cases) if cases.len() > 1 => {
                let how = say::two_cases(cases.len());
                (cases, how)
            }
            Ok(cases) if unread.is_empty() => (cases, say::joined()),
            Ok(cases) => (cases, say::some_joined(read.len())),
            Err(_) => match fullest(read) {
                Some(found) => (vec![found.case.clone()], say::not_joined(&found.path)),
                None => (Vec::new(), say::joined()),
            },
        },
    };
    let message = say::in_several(short, &others, how);
    let mut finding = Finding::error(Code::DuplicateId, Place::file(first), message);
    if let Some(found) = read.first() {
        finding = finding.of(&found.case.id);
    }
    (cases, Doubt { finding, moves: vec![FigureGroup::Cases], since: None })
}

/// The file with the longest history; of equal ones the one with the newest event.
fn fullest<'f>(read: &[&'f Found]) -> Option<&'f Found> {
    let fullest = read.iter().max_by_key(|found| {
        let newest = found.case.history.iter().map(|event| event.at.instant()).max();
        (found.case.history.len(), newest, std::cmp::Reverse(&found.path))
    });
    fullest.copied()
}

/// The findings of the reading: one doubt per file or directory, since nothing in it is counted.
fn unread(findings: &[Finding]) -> Vec<Doubt> {
    let mut files: BTreeMap<&Path, &Finding> = BTreeMap::new();
    for finding in findings {
        files.entry(&finding.place.path).or_insert(finding);
    }
    let mut doubts = Vec::new();
    for finding in files.into_values() {
        let message = say::and(finding.message.clone(), say::not_counted());
        let finding = Finding { message, ..finding.clone() };
        doubts.push(Doubt { finding, moves: vec![FigureGroup::Cases], since: None });
    }
    doubts
}

/// The findings about a single case, and the figures that they affect.
fn of_case(found: &Found, book: &RuleBook, present: Timestamp) -> Vec<Doubt> {
    let flaws = check::integrity(found, book, present);
    flaws.into_iter().map(|flaw| doubt(flaw, &found.case)).collect()
}

/// The doubt for a finding about a case.
fn doubt(flaw: check::Flaw<'_>, case: &Case) -> Doubt {
    const NONE: &[FigureGroup] = &[];
    let received = case.received_at();
    let event = flaw.spot.event().and_then(|at| case.history.get(at));
    let of_event = event.map_or(NONE, |event| FigureGroup::of(event.name));
    let at = event.map_or(received, |event| event.at.instant().max(received));
    let (how, moves, since) = match flaw.finding.code {
        Code::Repeated => (say::counted_once(), of_event, Some(at)),
        Code::FutureStamp => {
            let is_receipt = flaw.spot.event() == Some(0);
            let since = if is_receipt { None } else { Some(received) };
            if flaw.spot.is_recorded() {
                (say::by_stamps(), NONE, since)
            } else {
                (say::not_before(), of_event, since)
            }
        }
        Code::OutOfOrder => (say::by_stamps(), of_event, Some(received)),
        // The last event decides the status of a case, by definition: no figure looks at the directory.
        Code::WrongDirectory => (say::by_history(), NONE, Some(received)),
        _ => (say::by_its_id(), &[FigureGroup::Cases] as &[FigureGroup], None),
    };
    let message = say::and(flaw.finding.message.clone(), how);
    Doubt { finding: Finding { message, ..flaw.finding }, moves: moves.to_vec(), since }
}
