//! The union of what was done: a set of events, sorted by stamp, and within one stamp as each file has them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Version;
use super::intake::longer;
use super::order::woven;
use crate::case::{EventName, Stamp};
use crate::casefile::Part;

/// The identity of an event, and its order where nothing else decides: its instant, its place in the table of events,
/// all that it means, and how many of its kind come before it in its file.
type EventKey<'v> = (Timestamp, EventName, &'v str, usize);

/// The events of a version after the receipt.
pub(super) struct History<'v> {
    /// In the order of the file.
    order: Vec<EventKey<'v>>,
    /// With their lines and their stamps.
    told: BTreeMap<EventKey<'v>, (&'v Part, Stamp)>,
}

/// Two merged histories.
pub(super) struct United<'v> {
    /// Every event after the receipt, in order.
    pub events: Vec<&'v Part>,
    /// Those that one side removed.
    pub restored: Vec<(EventName, Stamp)>,
}

impl<'v> History<'v> {
    pub(super) fn of(version: &'v Version<'_>) -> History<'v> {
        let mut history = History { order: Vec::new(), told: BTreeMap::new() };
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (event, part) in version.case.history.iter().zip(&version.parts.events).skip(1) {
            let times = seen.entry(part.meaning.as_str()).or_default();
            let key = (event.at.instant(), event.name, part.meaning.as_str(), *times);
            *times += 1;
            history.order.push(key);
            history.told.insert(key, (part, event.at));
        }
        history
    }

    fn has(&self, key: &EventKey<'_>) -> bool {
        self.told.contains_key(key)
    }
}

/// Every event of either version, except those that one of them corrected.
pub(super) fn unite<'v>(base: Option<&History<'v>>, lead: &History<'v>, other: &History<'v>) -> United<'v> {
    let mut events: BTreeMap<EventKey<'v>, &'v Part> = BTreeMap::new();
    for (key, (part, _)) in lead.told.iter().chain(&other.told) {
        let kept = base.and_then(|base| base.told.get(key)).map(|(part, _)| part.text.as_str());
        let known = events.get(key).copied();
        let changed = [known, Some(*part)].map(|part| part.filter(|part| Some(part.text.as_str()) != kept));
        events.extend(longer(changed[0], changed[1]).or(Some(*part)).map(|part| (*key, part)));
    }
    let mut restored = Vec::new();
    for side in [lead, other] {
        let Some(base) = base else { break };
        let corrected = corrected(base, side);
        events.retain(|key, _| !corrected.contains(key));
        let removed = base.order.iter().filter(|key| !side.has(key) && events.contains_key(*key));
        restored.extend(removed.filter_map(|key| base.told.get(key).map(|(_, at)| (key.1, *at))));
    }
    let mut instants: BTreeMap<Timestamp, [Vec<EventKey<'v>>; 2]> = BTreeMap::new();
    for (side, history) in [lead, other].into_iter().enumerate() {
        for key in history.order.iter().filter(|key| events.contains_key(*key)) {
            instants.entry(key.0).or_default()[side].push(*key);
        }
    }
    let ordered = instants.into_values().flat_map(|[one, other]| woven(&one, &other));
    United { events: ordered.filter_map(|key| events.get(&key).copied()).collect(), restored }
}

/// The events of the base that a side replaced by another of the same name, after the same event of the base.
fn corrected<'v>(base: &History<'v>, side: &History<'v>) -> BTreeSet<EventKey<'v>> {
    let mut new: Vec<(Option<EventKey<'v>>, EventName)> = Vec::new();
    let mut last = None;
    for key in &side.order {
        if base.has(key) {
            last = Some(*key);
        } else {
            new.push((last, key.1));
        }
    }
    let mut corrected = BTreeSet::new();
    let mut last = None;
    for key in &base.order {
        if side.has(key) {
            last = Some(*key);
        } else if let Some(place) = new.iter().position(|one| *one == (last, key.1)) {
            new.remove(place);
            corrected.insert(*key);
        }
    }
    corrected
}
