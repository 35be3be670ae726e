//! Where the events of one case come from.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::PathBuf;

use crate::case::{Event, EventName, Field, Stamp, Value};

/// The events of one version of a case, as places in its [`CaseProvenance`].
pub(crate) type CaseVersion = Vec<usize>;

/// An event, and what happened to it. Commits are places in `LedgerProvenance::commits`.
#[derive(Debug, Clone)]
pub(crate) struct EventProvenance {
    /// What it says.
    pub event: Event,
    /// The commit that added it.
    pub added: Option<usize>,
    /// The commit that removed it, if none restored it. A merge that follows one of its sides removes nothing.
    pub removed: Option<usize>,
    /// The last commit that restored it, if one did. A merge that follows one of its sides restores nothing.
    pub restored: Option<usize>,
    /// The event of the same case that it was before the commit changed it.
    pub previous: Option<usize>,
    /// The commit that removed it only undid another one.
    undone: bool,
    /// It has another id since.
    pub(super) moved: bool,
}

/// What a lost event and the one that it was changed to have in common.
type Likeness = (Option<EventName>, Option<Stamp>);

/// Every event that a case ever had.
#[derive(Debug, Clone, Default)]
pub(crate) struct CaseProvenance {
    /// In the order in which they were met.
    pub events: Vec<EventProvenance>,
    /// Where its file was last.
    pub path: PathBuf,
    places: HashMap<String, usize>,
}

/// Both sides of a case in one commit, against one of its parents; all its files together.
#[derive(Debug, Default)]
pub(super) struct CaseChange {
    pub old: BTreeSet<usize>,
    pub new: BTreeSet<usize>,
    pub old_unread: bool,
    pub new_unread: bool,
}

/// The commit that changes a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtCommit {
    /// Its place in the provenance.
    pub commit: usize,
    /// It undoes another one, and does nothing else.
    pub undo: bool,
    /// It leaves the case as one of its parents has it.
    pub follows: bool,
}

impl CaseProvenance {
    /// The place of an event, which is new if it was never met before.
    pub(super) fn place(&mut self, event: &Event) -> usize {
        let next = self.events.len();
        let place = *self.places.entry(key(event)).or_insert(next);
        if place == next {
            self.events.push(EventProvenance {
                event: event.clone(),
                added: None,
                removed: None,
                restored: None,
                previous: None,
                undone: false,
                moved: false,
            });
        }
        place
    }

    /// The place of an event that was met before.
    pub(super) fn place_of(&self, event: &Event) -> Option<usize> {
        self.places.get(&key(event)).copied()
    }

    /// What happened to an event.
    pub(crate) fn event(&self, event: &Event) -> Option<&EventProvenance> {
        self.place_of(event).map(|place| &self.events[place])
    }

    /// What an event was before it was changed, unless that is there again, at one of these places.
    pub(crate) fn previous(
        &self,
        entry: &EventProvenance,
        present: &HashSet<usize>,
    ) -> Option<&EventProvenance> {
        entry.previous.filter(|previous| !present.contains(previous)).map(|previous| &self.events[previous])
    }

    /// The places of these events, as far as they were met before.
    pub(crate) fn places(&self, history: &[Event]) -> HashSet<usize> {
        history.iter().filter_map(|event| self.place_of(event)).collect()
    }

    /// The events that were removed for good, each with the commit and with what it was changed to, if it was.
    pub(crate) fn lost(
        &self,
        history: &[Event],
    ) -> impl Iterator<Item = (&EventProvenance, usize, Option<&EventProvenance>)> {
        let present = self.places(history);
        let mut became: HashMap<usize, &EventProvenance> = HashMap::new();
        for next in &self.events {
            next.previous.map(|previous| became.entry(previous).or_insert(next));
        }
        self.events.iter().enumerate().filter_map(move |(place, entry)| {
            let commit = entry.removed.filter(|_| !entry.moved && !present.contains(&place))?;
            Some((entry, commit, became.get(&place).copied()))
        })
    }

    /// The events that are there as far as is known.
    pub(super) fn present(&self) -> impl Iterator<Item = usize> + '_ {
        let is_there = |entry: &EventProvenance| entry.added.is_some() && entry.removed.is_none();
        (0..self.events.len()).filter(move |place| is_there(&self.events[*place]))
    }

    /// Takes in what a commit changed in the case, against each parent that had it otherwise.
    pub(super) fn apply(&mut self, by: AtCommit, changes: &[CaseChange]) {
        let new: BTreeSet<usize> = changes.iter().flat_map(|change| change.new.iter().copied()).collect();
        let some_had: BTreeSet<usize> =
            changes.iter().flat_map(|change| change.old.iter().copied()).collect();
        let all_had = |place: &usize| !by.follows && changes.iter().all(|change| change.old.contains(place));
        let (mut fresh, mut lost) = (Vec::new(), Vec::new());
        for place in &new {
            let entry = &mut self.events[*place];
            if entry.added.is_none() {
                entry.added = Some(by.commit);
                fresh.push(*place);
            } else if !by.follows && !some_had.contains(place) {
                entry.restored = Some(by.commit);
                (entry.removed, entry.moved) = (None, false);
            }
        }
        for place in some_had.difference(&new) {
            let all_had = all_had(place);
            let entry = &mut self.events[*place];
            // What a merge drops may be removed already; what every parent had, no other commit dropped.
            if entry.removed.is_none() || (all_had && entry.undone) {
                (entry.removed, entry.undone) = (Some(by.commit), by.undo);
                lost.push(*place);
            }
        }
        self.pair(&fresh, &lost);
    }

    /// Finds what a lost event was changed to: the new one of the same name and stamp, else of the same name, else
    /// of the same stamp.
    fn pair(&mut self, fresh: &[usize], lost: &[usize]) {
        let alike: [fn(&Event) -> Likeness; 3] = [
            |event| (Some(event.name), Some(event.at)),
            |event| (Some(event.name), None),
            |event| (None, Some(event.at)),
        ];
        let mut left: Vec<usize> = lost.to_vec();
        for like in alike {
            let mut free: HashMap<_, VecDeque<usize>> = HashMap::new();
            for next in fresh.iter().filter(|next| self.events[**next].previous.is_none()) {
                free.entry(like(&self.events[*next].event)).or_default().push_back(*next);
            }
            left.retain(|&lost| {
                let fitting = free.get_mut(&like(&self.events[lost].event));
                let Some(next) = fitting.and_then(VecDeque::pop_front) else { return true };
                self.events[next].previous = Some(lost);
                false
            });
        }
    }
}

/// Everything that an event says, in whatever order. Of keys that the format does not know, the name counts and the value
/// does not.
pub(super) fn key(event: &Event) -> String {
    let mut payload: Vec<&(Field, Value)> = event.payload.iter().collect();
    payload.sort_by_key(|(field, _)| *field);
    let mut unknown = event.unknown.clone();
    unknown.sort();
    let recorded = event.recorded.map(|stamp| stamp.instant());
    format!("{} {} {:?} {recorded:?} {payload:?} {unknown:?}", event.name, event.at.instant(), event.by)
}
