//! The life of one case's events.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::path::PathBuf;

use crate::case::{Event, EventName, Field, Stamp, Value};

/// The events of one version of a case, as places in its [`Life`].
pub(crate) type Version = Vec<usize>;

/// An event with what became of it. Commits are places in `Chronicle::commits`.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    /// What it says.
    pub event: Event,
    /// The commit that brought it in.
    pub brought: Option<usize>,
    /// The commit that took it out, if none put it back. A merge that follows one of its sides takes out nothing.
    pub gone: Option<usize>,
    /// The last commit that put it back, if one did. A merge that follows one of its sides puts back nothing.
    pub back: Option<usize>,
    /// The event of the same case that it was before that commit changed it.
    pub was: Option<usize>,
    /// The commit that took it out only took another one back.
    excused: bool,
    /// It stands under another id since.
    pub(super) moved: bool,
}

/// By what a lost event and the one that it was changed to are alike.
type Likeness = (Option<EventName>, Option<Stamp>);

/// Every event that a case ever had.
#[derive(Debug, Clone, Default)]
pub(crate) struct Life {
    /// In the order in which they were met.
    pub traces: Vec<Trace>,
    /// Where its file stood last.
    pub path: PathBuf,
    places: HashMap<String, usize>,
}

/// Both sides of a case in one commit, against one of its parents; all its files together.
#[derive(Debug, Default)]
pub(super) struct Turn {
    pub old: BTreeSet<usize>,
    pub new: BTreeSet<usize>,
    pub old_unread: bool,
    pub new_unread: bool,
}

/// The commit that a case is brought up to.
#[derive(Debug, Clone, Copy)]
pub(super) struct By {
    /// Its place in the chronicle.
    pub commit: usize,
    /// It takes another one back, and does nothing else.
    pub undo: bool,
    /// It leaves the case as one of its parents has it.
    pub follows: bool,
}

impl Life {
    /// The place of an event, which is new if it was never met before.
    pub(super) fn place(&mut self, event: &Event) -> usize {
        let next = self.traces.len();
        let place = *self.places.entry(key(event)).or_insert(next);
        if place == next {
            self.traces.push(Trace {
                event: event.clone(),
                brought: None,
                gone: None,
                back: None,
                was: None,
                excused: false,
                moved: false,
            });
        }
        place
    }

    /// The place of an event that was met before.
    pub(super) fn place_of(&self, event: &Event) -> Option<usize> {
        self.places.get(&key(event)).copied()
    }

    /// What became of an event.
    pub(crate) fn trace(&self, event: &Event) -> Option<&Trace> {
        self.place_of(event).map(|place| &self.traces[place])
    }

    /// What an event was before it was changed, unless that stands again beside it, at one of these places.
    pub(crate) fn was(&self, trace: &Trace, stands: &HashSet<usize>) -> Option<&Trace> {
        trace.was.filter(|was| !stands.contains(was)).map(|was| &self.traces[was])
    }

    /// The places of these events, as far as they were met before.
    pub(crate) fn places(&self, standing: &[Event]) -> HashSet<usize> {
        standing.iter().filter_map(|event| self.place_of(event)).collect()
    }

    /// The events that were taken out for good, each with what it was changed to, if it was.
    pub(crate) fn lost(&self, standing: &[Event]) -> impl Iterator<Item = (&Trace, usize, Option<&Trace>)> {
        let stands = self.places(standing);
        let mut became: HashMap<usize, &Trace> = HashMap::new();
        for next in &self.traces {
            next.was.map(|was| became.entry(was).or_insert(next));
        }
        self.traces.iter().enumerate().filter_map(move |(place, trace)| {
            let commit = trace.gone.filter(|_| !trace.moved && !stands.contains(&place))?;
            Some((trace, commit, became.get(&place).copied()))
        })
    }

    /// The events that stand as far as is known.
    pub(super) fn standing(&self) -> impl Iterator<Item = usize> + '_ {
        let stands = |trace: &Trace| trace.brought.is_some() && trace.gone.is_none();
        (0..self.traces.len()).filter(move |place| stands(&self.traces[*place]))
    }

    /// Brings the case up to a commit, with what it made of it against each parent that had it otherwise.
    pub(super) fn turn(&mut self, by: By, turns: &[Turn]) {
        let new: BTreeSet<usize> = turns.iter().flat_map(|turn| turn.new.iter().copied()).collect();
        let some_had: BTreeSet<usize> = turns.iter().flat_map(|turn| turn.old.iter().copied()).collect();
        let all_had = |place: &usize| !by.follows && turns.iter().all(|turn| turn.old.contains(place));
        let (mut fresh, mut lost) = (Vec::new(), Vec::new());
        for place in &new {
            let trace = &mut self.traces[*place];
            if trace.brought.is_none() {
                trace.brought = Some(by.commit);
                fresh.push(*place);
            } else if !by.follows && !some_had.contains(place) {
                trace.back = Some(by.commit);
                (trace.gone, trace.moved) = (None, false);
            }
        }
        for place in some_had.difference(&new) {
            let all_had = all_had(place);
            let trace = &mut self.traces[*place];
            // What a merge gives up may be gone already; what every parent had nobody else gave up.
            if trace.gone.is_none() || (all_had && trace.excused) {
                (trace.gone, trace.excused) = (Some(by.commit), by.undo);
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
            for next in fresh.iter().filter(|next| self.traces[**next].was.is_none()) {
                free.entry(like(&self.traces[*next].event)).or_default().push_back(*next);
            }
            left.retain(|&was| {
                let fitting = free.get_mut(&like(&self.traces[was].event));
                let Some(next) = fitting.and_then(VecDeque::pop_front) else { return true };
                self.traces[next].was = Some(was);
                false
            });
        }
    }
}

/// Everything that an event says, whatever the order in which it says it. Of keys that the format does not know the
/// names count, and not what stands behind them.
pub(super) fn key(event: &Event) -> String {
    let mut payload: Vec<&(Field, Value)> = event.payload.iter().collect();
    payload.sort_by_key(|(field, _)| *field);
    let mut unknown = event.unknown.clone();
    unknown.sort();
    let recorded = event.recorded.map(|stamp| stamp.instant());
    format!("{} {} {:?} {recorded:?} {payload:?} {unknown:?}", event.name, event.at.instant(), event.by)
}
