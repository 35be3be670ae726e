//! Which events a version lacks.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use crate::case::{Case, Event, EventName};
use crate::casefile;

/// The events of a case that none of these versions has as often.
pub(crate) fn missing(case: &Case, versions: &[&Case]) -> Vec<Event> {
    let versions: Vec<ByStamp<'_>> = versions.iter().map(|version| by_stamp(version)).collect();
    let mut seen = ByStamp::new();
    let mut missing = Vec::new();
    for event in &case.history {
        let before = seen.entry((event.at.instant(), event.name)).or_default();
        before.push(event);
        let wanted = before.iter().filter(|one| **one == event).count();
        if !versions.iter().any(|version| times(version, event) >= wanted) {
            missing.push(event.clone());
        }
    }
    missing
}

/// The events of a history by instant and name, in order.
type ByStamp<'c> = BTreeMap<(Timestamp, EventName), Vec<&'c Event>>;

fn by_stamp(case: &Case) -> ByStamp<'_> {
    let mut by_stamp = ByStamp::new();
    for event in &case.history {
        by_stamp.entry((event.at.instant(), event.name)).or_default().push(event);
    }
    by_stamp
}

/// How often a version has an event.
fn times(version: &ByStamp<'_>, event: &Event) -> usize {
    let same_stamp = version.get(&(event.at.instant(), event.name));
    same_stamp.into_iter().flatten().filter(|one| **one == event).count()
}

/// The base of two versions, if both have all of its events. One that lacks some may have grown out of another version:
/// what it has in place of an event would then look like a correction, and the event would be lost.
pub(crate) fn common_base<'t>(base: Option<&'t str>, sides: [&str; 2], path: &Path) -> Option<&'t str> {
    let read = |text: &str| casefile::read(text.as_bytes(), path).ok();
    let whole = read(base?)?;
    let has_all = |side: &str| read(side).is_some_and(|side| missing(&whole, &[&side]).is_empty());
    base.filter(|_| sides.into_iter().all(has_all))
}
