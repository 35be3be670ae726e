//! A ledger as of an instant: its cases with their histories up to then, and their clocks.
//!
//! Pure: cases, rules and an instant come in. It promises that nothing later than the instant is seen, so that the same
//! view gives the same figures whenever it is made. What is counted in it is in `report`, and which cases are chosen is
//! in `query`; it must not know either.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use crate::calendar::{Calendar, MissingYear};
use crate::case::{Case, Id, Replay, State};
use crate::policy::{HANDOVER, Instance, RuleBook, Rules, Unwatched, instances, is_stated, unwatched};

/// Up to when histories are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The instant.
    pub at: Timestamp,
    /// Whether what happened at that very instant counts: yes for now, no for the end of a period.
    pub inclusive: bool,
}

impl Horizon {
    /// Now, or any other instant; an event at that very instant counts.
    pub fn at(at: Timestamp) -> Horizon {
        Horizon { at, inclusive: true }
    }

    /// For a period that ends at `end`, which is not part of it: the end, or now where that comes first.
    pub fn of(end: Timestamp, now: Timestamp) -> Horizon {
        if now < end { Horizon::at(now) } else { Horizon { at: end, inclusive: false } }
    }

    /// The last instant that counts.
    pub(crate) fn last_instant(self) -> Timestamp {
        if self.inclusive {
            self.at
        } else {
            self.at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(self.at)
        }
    }
}

/// The cases received by the horizon, each replayed up to it, with its clocks. What was recorded while a case was void
/// is left out.
pub struct View<'a> {
    /// The rules.
    pub book: &'a RuleBook,
    /// Up to when.
    pub horizon: Horizon,
    /// The cases, in the order given.
    pub cases: Vec<Viewed<'a>>,
    /// Whether these are only some of the cases; then figures about all, such as the orders, do not fit them.
    pub part: bool,
}

/// A case as of the horizon.
#[derive(Clone)]
pub struct Viewed<'a> {
    /// Its history up to the horizon.
    pub replay: Replay<'a>,
    /// Its clocks.
    pub clocks: Vec<Instance<'a>>,
    /// When it is stalled, if it is open and none of its clocks runs.
    pub unwatched: Option<Unwatched>,
}

impl<'a> Viewed<'a> {
    /// The case up to the horizon; `None` if it was received later.
    fn of(case: &'a Case, book: &'a RuleBook, horizon: Horizon) -> Option<Viewed<'a>> {
        let replay = book.replay(case, horizon.last_instant())?.in_force();
        let rules = book.rules(case);
        let clocks = instances(&replay, rules, book, horizon.at);
        let unwatched = unwatched(&replay, clocks.iter(), rules, &book.shop.zone);
        Some(Viewed { replay, clocks, unwatched })
    }

    /// The case's id.
    pub(crate) fn id(&self) -> &'a Id {
        &self.replay.case.id
    }

    /// Whether it is void at the horizon.
    pub(crate) fn is_void(&self) -> bool {
        self.replay.state().voided
    }

    /// The years that its clocks need and that their calendars lack.
    pub(crate) fn missing_years(&self) -> BTreeSet<&MissingYear> {
        self.clocks.iter().filter_map(Instance::missing_year).collect()
    }

    /// Since when it has been unwatched, if nothing has happened to it for too long.
    pub(crate) fn stalled(&self, now: Timestamp) -> Option<Unwatched> {
        self.unwatched.filter(|unwatched| unwatched.is_stalled(now))
    }

    /// The case just before an instant, or at the horizon if that is earlier; `None` if it was not received by then.
    pub(crate) fn before(&self, at: Timestamp) -> Option<&State<'a>> {
        self.replay.steps.iter().take_while(|step| step.at < at).last().map(|step| &step.state)
    }

    /// The same, if the case had not ended: it is part of the backlog.
    pub(crate) fn open_before(&self, at: Timestamp) -> Option<&State<'a>> {
        self.before(at).filter(|state| !state.status.terminal())
    }
}

impl<'a> View<'a> {
    /// Replays the cases.
    pub fn of(cases: &'a [&'a Case], book: &'a RuleBook, horizon: Horizon) -> View<'a> {
        let cases = cases.par_iter().filter_map(|case| Viewed::of(case, book, horizon)).collect();
        View { book, horizon, cases, part: false }
    }

    /// The same view with only the cases that are wanted.
    #[must_use]
    pub(crate) fn only(mut self, wanted: impl Fn(&Viewed<'a>) -> bool) -> View<'a> {
        self.cases.retain(wanted);
        self.part = true;
        self
    }

    /// The calendar of working times in figures: the shop's.
    pub(crate) fn calendar(&self) -> Option<&'a Calendar> {
        self.book.shop_calendar()
    }

    /// How many time limits are unknown, by the year that they need and that their calendar lacks.
    pub(crate) fn unknown_clocks(&self) -> BTreeMap<MissingYear, usize> {
        let mut counts = BTreeMap::new();
        for missing in self.cases.iter().flat_map(|case| &case.clocks).filter_map(Instance::missing_year) {
            *counts.entry(missing.clone()).or_default() += 1;
        }
        counts
    }

    /// The rule books that were in force by the horizon, the oldest first. Later rules do not change figures of the past.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'a Rules> {
        let last = self.book.shop.day(self.horizon.last_instant());
        self.book.all().filter(move |(from, _)| from.is_none_or(|from| from <= last)).map(|(_, rules)| rules)
    }

    /// The names of all their clocks, in the order of the newest rules; those of waits and of hand-overs are the last.
    pub fn clock_names(&self) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        let rules: Vec<_> = self.rules().collect();
        let names = rules.into_iter().rev().flat_map(Rules::clock_names);
        let mut names: Vec<&str> = names.filter(|name| seen.insert(*name)).collect();
        // Those of the file, waits, hand-overs: `None` comes before `Some(false)`, and that before `Some(true)`
        names.sort_by_key(|name| is_stated(name).then_some(*name == HANDOVER));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_seen_at_its_end_and_before_that_as_of_now() {
        let end_of_october = "2026-11-01T00:00:00Z".parse().unwrap();
        for (now, at, inclusive) in [
            ("2026-10-31T23:59:59Z", "2026-10-31T23:59:59Z", true),
            // What happens at the midnight is November's
            ("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z", false),
            ("2026-11-22T00:00:00Z", "2026-11-01T00:00:00Z", false),
        ] {
            let expected = Horizon { at: at.parse().unwrap(), inclusive };
            assert_eq!(Horizon::of(end_of_october, now.parse().unwrap()), expected, "{now}");
        }
    }
}
