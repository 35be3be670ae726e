//! Which events a version lacks.

use std::collections::BTreeMap;
use std::path::Path;

use crate::case::{Case, Event};
use crate::casefile;

/// The events that each of these versions has less often.
pub(crate) fn missing(case: &Case, versions: &[&Case]) -> Vec<Event> {
    let by_stamp = |history: &'_ [Event]| {
        let mut by_stamp: BTreeMap<_, Vec<Event>> = BTreeMap::new();
        for event in history {
            by_stamp.entry((event.at.instant(), event.name)).or_default().push(event.clone());
        }
        by_stamp
    };
    let versions: Vec<_> = versions.iter().map(|version| by_stamp(&version.history)).collect();
    let times = |events: &[Event], event: &Event| events.iter().filter(|one| *one == event).count();
    let mut seen: BTreeMap<_, Vec<Event>> = BTreeMap::new();
    let mut missing = Vec::new();
    for event in &case.history {
        let stamp = (event.at.instant(), event.name);
        let before = seen.entry(stamp).or_default();
        before.push(event.clone());
        let wanted = times(before, event);
        let has = |version: &BTreeMap<_, Vec<Event>>| {
            version.get(&stamp).is_some_and(|events| times(events, event) >= wanted)
        };
        if !versions.iter().any(has) {
            missing.push(event.clone());
        }
    }
    missing
}

/// The base of two versions, if both have all of its events. One that lacks some may have grown out of another version:
/// what it has in place of an event would then look like a correction, and the event would be lost.
pub(crate) fn common_base<'t>(base: Option<&'t str>, sides: [&str; 2], path: &Path) -> Option<&'t str> {
    let read = |text: &str| casefile::read(text.as_bytes(), path).ok();
    let whole = read(base?)?;
    let has_all = |side: &str| read(side).is_some_and(|side| missing(&whole, &[&side]).is_empty());
    base.filter(|_| sides.into_iter().all(has_all))
}
