//! Finds a case by its name, without listing the archive where its whole id is known.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::case::{Id, Status};
use crate::casefile::layout::CASES;
use crate::casefile::{CasePath, layout};
use crate::disk::{FileKind, Root};
use crate::error::Result;

/// A case file by name.
pub(super) type NamedCase = (PathBuf, CasePath);

/// The directories in which a case can be, from the root: one for each open status, one for each month of an ended one.
fn directories(root: &Root) -> Result<Vec<PathBuf>> {
    let mut directories = Vec::new();
    for name in root.names(Path::new(CASES))? {
        let Some(status) = name.to_str().and_then(Status::of) else { continue };
        let directory = layout::directory(status);
        if status.terminal() {
            let months = root.names(&directory)?.into_iter().map(|name| directory.join(name));
            directories.extend(months.filter(|month| CasePath::of(&month.join("x.yaml")).is_some()));
        } else {
            directories.push(directory);
        }
    }
    Ok(directories)
}

/// Where the file of a case can be.
fn places(root: &Root, id: &Id) -> Result<impl Iterator<Item = PathBuf>> {
    let name = format!("{id}.yaml");
    Ok(directories(root)?.into_iter().map(move |directory| directory.join(&name)))
}

/// The only place of a case; `None`: only a list of all case files can say.
pub(super) fn only_place(root: &Root, id: &Id) -> Option<NamedCase> {
    let mut found = None;
    for path in places(root, id).ok()? {
        match root.what(&path).ok()? {
            None => {}
            Some(FileKind::File) if found.is_none() => found = Some(path),
            Some(_) => return None,
        }
    }
    found.and_then(named)
}

fn named(path: PathBuf) -> Option<NamedCase> {
    CasePath::of(&path).map(|case_path| (path, case_path))
}

/// Whether something is where the case of this id could be, or this cannot be determined.
pub(super) fn is_taken(root: &Root, id: &Id) -> bool {
    let Ok(mut places) = places(root, id) else { return true };
    places.any(|path| !matches!(root.what(&path), Ok(None)))
}

/// The only case that begins with `part`; `None`: only a list of all case files can say. The open cases are read before
/// and after the others: a file that is moved once meanwhile is seen at its old place or at its new one.
pub(super) fn only_one(root: &Root, part: &str) -> Option<NamedCase> {
    let part = part.to_ascii_lowercase();
    if let Ok(id) = Id::parse(&part) {
        return only_place(root, &id);
    }
    let mut ids = BTreeSet::new();
    for ended in [false, true, false] {
        ids.extend(begin_with(root, ended, &part)?);
    }
    let id = ids.pop_first()?;
    if ids.is_empty() { only_place(root, &id) } else { None }
}

/// The ids of the ended or of the open cases that begin with `part`.
fn begin_with(root: &Root, ended: bool, part: &str) -> Option<Vec<Id>> {
    let mut directories = directories(root).ok()?;
    directories.retain(|directory| month(directory).is_some() == ended);
    let of_each = directories.par_iter().map(|directory| {
        let names = root.names(directory).ok()?;
        let names = names.iter().filter_map(|name| name.to_str()?.strip_suffix(".yaml"));
        let begins =
            |name: &str| name.starts_with(part) || name.split('-').any(|word| word.starts_with(part));
        let ids = names.filter(|name| begins(name)).filter_map(|name| Id::parse(name).ok());
        Some(ids.filter(|id| id.begins_with(part)).collect::<Vec<_>>())
    });
    Some(of_each.collect::<Option<Vec<_>>>()?.concat())
}

/// The month of a directory of ended cases.
fn month(directory: &Path) -> Option<&OsStr> {
    directory.strip_prefix(CASES).ok()?.iter().nth(1)
}

/// The case files that are named after one of these days of receipt: a case does not end in a month before it.
pub(super) fn received_on(root: &Root, days: &RangeInclusive<Date>) -> Vec<NamedCase> {
    let named_after = |day: &Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    let (first, last) = (named_after(days.start()), named_after(days.end()));
    let earliest = format!("{:04}-{:02}", days.start().year(), days.start().month());
    let of_days = |name: &OsString| {
        name.to_str()
            .and_then(|name| name.get(..first.len()))
            .is_some_and(|day| *first <= *day && *day <= *last)
    };
    let mut files = Vec::new();
    for directory in directories(root).unwrap_or_default() {
        if month(&directory).is_some_and(|month| *month < *earliest) {
            continue;
        }
        let names = root.names(&directory).unwrap_or_default();
        files
            .extend(names.iter().filter(|name| of_days(name)).filter_map(|name| named(directory.join(name))));
    }
    files
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::super::scan::list;
    use super::super::store::Store;
    use super::*;

    const IDS: [&str; 4] = ["20261122-7k3q9x", "20261122-7k3q9z", "20261103-p0d4wz", "20260930-7k0000"];
    const PLACES: [&str; 7] =
        ["new", "waiting", "closed/2026-09", "closed/2026-11", "rejected/2026-12", "closed", "new/2026-11"];
    const PARTS: [&str; 9] =
        ["20261122-7k3q9x", "20261122-7K3Q9X", "20261122", "7k3q9", "7k3q9z", "p", "7k", "2026", "q9x"];

    /// A ledger with these cases at these places. A few are links, directories or of another name.
    fn ledger(cases: &[(usize, usize, u8)]) -> (tempfile::TempDir, Root) {
        let home = tempfile::tempdir().unwrap();
        for (id, place, kind) in cases {
            let directory = home.path().join("cases").join(PLACES[*place]);
            fs::create_dir_all(&directory).unwrap();
            let file = directory.join(format!("{}.yaml", IDS[*id]));
            match kind {
                0 => drop(fs::create_dir(file)),
                1 => fs::write(file.with_extension("yml"), "").unwrap(),
                #[cfg(unix)]
                2 => drop(std::os::unix::fs::symlink("elsewhere", file)),
                _ => drop(fs::write(file, "")),
            }
        }
        let root = Root::open(home.path()).unwrap();
        (home, root)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_by_its_name_is_the_only_one_of_the_list(
            cases in proptest::collection::vec((0..IDS.len(), 0..PLACES.len(), 0..20_u8), 0..6),
        ) {
            let (_home, root) = ledger(&cases);
            let listed = list(&Store::Tree(root.clone())).files;
            let is_plain = |path: &Path| root.has_file(path);
            for part in PARTS {
                let meant = |name: &str| Id::parse(name).is_ok_and(|id| id.begins_with(part));
                let meant: Vec<_> = listed.iter().filter(|(_, case_path)| meant(&case_path.name)).collect();
                match only_one(&root, part) {
                    Some(one) => prop_assert_eq!(vec![&one], meant),
                    // A whole id is found if nothing is in the way; whatever is not found is for the list.
                    None => prop_assert!(meant.len() != 1 || cases.iter().any(|(.., kind)| *kind < 3), "{}", part),
                }
            }
            for id in IDS {
                let id = Id::parse(id).unwrap();
                let there = listed.iter().any(|(path, named)| named.name == id.as_str() && is_plain(path));
                prop_assert!(is_taken(&root, &id) || !there);
            }
        }

        #[test]
        fn the_cases_of_some_days_are_those_of_the_list(
            cases in proptest::collection::vec((0..IDS.len(), 0..PLACES.len(), 3..4_u8), 0..8),
            days in (0..4_usize, 0..4_usize),
        ) {
            let day = [Date::constant(2026, 9, 30), Date::constant(2026, 10, 1), Date::constant(2026, 11, 3), Date::constant(2026, 11, 22)];
            let days = day[days.0.min(days.1)]..=day[days.0.max(days.1)];
            let (_home, root) = ledger(&cases);
            let received = |name: &str| {
                let number = |part: std::ops::Range<usize>| name[part].parse::<i16>().unwrap();
                Date::new(number(0..4), number(4..6) as i8, number(6..8) as i8).unwrap()
            };
            // No case ends in a month before it was received.
            let ended_before = |case_path: &CasePath| {
                case_path.month.as_ref().is_some_and(|month| *month < days.start().strftime("%Y-%m").to_string())
            };
            let listed = list(&Store::Tree(root.clone())).files.into_iter();
            let expected: BTreeSet<PathBuf> = listed
                .filter(|(_, case_path)| days.contains(&received(&case_path.name)) && !ended_before(case_path))
                .map(|(path, _)| path)
                .collect();
            let found: BTreeSet<PathBuf> = received_on(&root, &days).into_iter().map(|(path, _)| path).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
