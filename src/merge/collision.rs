//! Two cases that drew the same id: one gets another id, and links follow it.

use std::collections::HashMap;
use std::path::Path;

use super::{Version, unfit};
use crate::case::Id;
use crate::error::Result;

/// The new id of a case whose id another case has, too. It is drawn from the receipt and the intake, which later events
/// do not change: every clone that merges the same two cases gets the same id. `again` counts the ids that were taken
/// as well.
///
/// # Errors
/// The text cannot be read.
pub(crate) fn another_id(text: &str, path: &Path, again: u32) -> Result<Id> {
    let version = Version::read(text, path)?;
    let receipt = version.parts.events.first().map_or("", |part| part.meaning.as_str());
    let drawn = [receipt, &version.case.title].into_iter().flat_map(str::bytes).chain(again.to_le_bytes());
    // FNV-1a: the same for everyone, in every version of the program.
    let drawn = drawn.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let random = (drawn ^ (drawn >> 32)) as u32;
    Ok(version.case.id.redrawn(random))
}

/// The file of a case under another id; everything else is the same byte for byte.
///
/// # Errors
/// The text cannot be read or split into parts.
pub(crate) fn renamed(text: &str, path: &Path, id: &Id) -> Result<String> {
    rewritten(text, path, "id", |line, old| line.replacen(old, id.as_str(), 1))
}

/// The file of a case with its links to the old ids changed to the new ones; everything else is the same byte for byte.
///
/// # Errors
/// As [`renamed`].
pub(crate) fn relinked(text: &str, path: &Path, new_ids: &HashMap<Id, Id>) -> Result<String> {
    rewritten(text, path, "links", |lines, _| {
        let (mut followed, mut done) = (String::with_capacity(lines.len()), 0);
        for (place, id) in Id::all_in(lines) {
            if let Some(new) = new_ids.get(&id) {
                followed.extend([&lines[done..place.start], new.as_str()]);
                done = place.end;
            }
        }
        followed.push_str(&lines[done..]);
        followed
    })
}

/// The text with other lines for a key of the intake; `change` gets the old lines and the case's id.
fn rewritten(text: &str, path: &Path, key: &str, change: impl Fn(&str, &str) -> String) -> Result<String> {
    let version = Version::read(text, path)?;
    let id = version.case.id.as_str();
    let mut intake = version.parts.intake.clone();
    for part in intake.iter_mut().filter(|part| part.key == key) {
        part.text = change(&part.text, id);
    }
    let changed = version.parts.assembled(intake.iter(), version.parts.events.iter());
    // The result must be a case.
    Version::read(&changed, path).map_err(|_| unfit(path))?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# first\nid: 20261122-7k3q9x  # drawn twice\nkind: complaint\ntitle: 20261122-7k3q9x\nchannel: form\n\
        links:\n  - 20261120-aaaaaa # why\n  - 20261121-bbbbbb\nhistory:\n  - received: 2026-11-22T23:30:00-05:00\n    by: li.na\n";

    fn path() -> &'static Path {
        Path::new("cases/new/20261122-7k3q9x.yaml")
    }

    #[test]
    fn another_id_changes_one_word() {
        let id = Id::parse("20261122-000000").unwrap();
        let expected = TEXT.replacen("id: 20261122-7k3q9x", "id: 20261122-000000", 1);
        assert_eq!(renamed(TEXT, path(), &id).unwrap(), expected);
    }

    #[test]
    fn links_follow_and_nothing_else() {
        let [old, new] = ["20261120-aaaaaa", "20261120-cccccc"].map(|id| Id::parse(id).unwrap());
        let one = HashMap::from([(old.clone(), new.clone())]);
        assert_eq!(relinked(TEXT, path(), &one).unwrap(), TEXT.replace("-aaaaaa", "-cccccc"));
        let none = HashMap::from([(new.clone(), old.clone())]);
        assert_eq!(relinked(TEXT, path(), &none).unwrap(), TEXT);
        let other = Id::parse("20261121-bbbbbb").unwrap();
        let both = HashMap::from([(old, new.clone()), (other, new)]);
        let expected =
            TEXT.replace("20261120-aaaaaa", "20261120-cccccc").replace("20261121-bbbbbb", "20261120-cccccc");
        assert_eq!(relinked(TEXT, path(), &both).unwrap(), expected);
    }

    #[test]
    fn the_drawn_id_has_the_date_of_the_first_and_stays_when_the_case_goes_on() {
        let id = another_id(TEXT, path(), 0).unwrap();
        assert!(id.as_str().starts_with("20261122-"), "{id}");
        let later = format!("{TEXT}  - noted: 2026-11-23T09:00:00+08:00\n    note: more\n");
        assert_eq!(another_id(&later, path(), 0).unwrap(), id);
        assert_ne!(another_id(TEXT, path(), 1).unwrap(), id);
        assert_ne!(another_id(&TEXT.replace("by: li.na", "by: wu"), path(), 0).unwrap(), id);
    }
}
