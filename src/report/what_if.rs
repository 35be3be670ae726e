//! A past period under another policy: what it was, what it would have been, and where the two differ (S3.1.4).
//!
//! Both sides are views of the same cases at the same horizon; only their books differ. Nothing is estimated: the
//! clocks of the other policy run over the histories as they were recorded. People did not know these limits then.

use std::collections::{HashMap, VecDeque};

use super::clocks::{ClockFigures, clock_figures, places};
use super::figure::{Figure, Figures};
use super::period::Period;
use super::{say, share};
use crate::case::{Id, Stamp};
use crate::lang::Text;
use crate::policy::{ClockState, Instance, RuleBook};
use crate::view::{View, Viewed};
use jiff::Timestamp;

/// Something as it was, and as it would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WasAndWould<T> {
    /// Under the ledger's own policy.
    pub was: T,
    /// Under the one that is tried.
    pub would: T,
}

impl<T> WasAndWould<T> {
    /// The same of both.
    pub(crate) fn map<U>(&self, of: impl Fn(&T) -> U) -> WasAndWould<U> {
        WasAndWould { was: of(&self.was), would: of(&self.would) }
    }
}

/// What a period would have been.
#[derive(Debug, Clone)]
pub(crate) struct WhatIf<'a> {
    /// A row a clock of either policy, in the order of the ledger's own, then of the other; `None`: it has no such clock.
    pub clocks: Vec<WasAndWould<Option<ClockFigures<'a>>>>,
    /// Instances of clocks that both policies have, if they count differently in the period: by clock, then by case.
    pub changed: Vec<Pair<'a>>,
    /// Instances that are overdue at the horizon on either side, by case.
    pub overdue: Vec<Pair<'a>>,
    /// How many instances are unknown on each side, because a calendar lacks a year.
    pub unknown: WasAndWould<usize>,
}

/// One run of a clock of a case, on both sides.
#[derive(Debug, Clone)]
pub(crate) struct Pair<'a> {
    /// The case.
    pub id: &'a Id,
    /// What it is about.
    pub title: &'a str,
    /// Its owner at the horizon.
    pub owner: Option<&'a str>,
    /// The clock's name.
    pub clock: &'a str,
    /// What people read for it.
    pub label: Text,
    /// How it ran; `None`: it did not.
    pub runs: WasAndWould<Option<&'a Instance<'a>>>,
    /// How it counts in the period.
    pub verdicts: WasAndWould<Judged>,
}

/// How an instance counts in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Judged {
    /// Kept in the period.
    Kept,
    /// Missed in the period.
    Missed,
    /// Kept or missed before the period.
    Earlier,
    /// Not decided by the end of the period, or ended with the case undecided.
    Undecided,
    /// It never ran.
    Absent,
}

impl Judged {
    fn of(instance: Option<&Instance<'_>>, period: &Period) -> Judged {
        let Some(instance) = instance else { return Judged::Absent };
        match (instance.decided, instance.met()) {
            (Some(at), Some(met)) if period.holds(at) => {
                if met {
                    Judged::Kept
                } else {
                    Judged::Missed
                }
            }
            (Some(at), _) if at < period.start => Judged::Earlier,
            _ => Judged::Undecided,
        }
    }

    /// The word that programs read.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Judged::Kept => "kept",
            Judged::Missed => "missed",
            Judged::Earlier => "earlier",
            Judged::Undecided => "undecided",
            Judged::Absent => "absent",
        }
    }

    /// Whether it is among those decided in the period.
    fn counts(self) -> bool {
        matches!(self, Judged::Kept | Judged::Missed)
    }
}

impl<'a> WhatIf<'a> {
    /// Compares two views of the same cases at the same horizon.
    pub(crate) fn of(views: &'a WasAndWould<View<'a>>, period: &Period) -> WhatIf<'a> {
        let clocks = clocks(views, period);
        let pairs = pairs(views, period);
        let differing = pairs.iter().filter(|pair| pair.differs() && in_both(&clocks, pair.clock).is_some());
        let mut changed: Vec<Pair<'a>> = differing.cloned().collect();
        changed.sort_by_key(|pair| (in_both(&clocks, pair.clock), pair.id));
        let mut overdue: Vec<Pair<'a>> = pairs.into_iter().filter(Pair::overdue).collect();
        overdue.sort_by_key(|pair| pair.id);
        let unknown = views.map(|view| view.unknown_clocks().into_values().sum());
        WhatIf { clocks, changed, overdue, unknown }
    }

    /// How many were missed of those decided, all clocks together.
    pub(crate) fn totals(&self) -> WasAndWould<(usize, usize)> {
        WasAndWould {
            was: total(self.clocks.iter().filter_map(|sides| sides.was.as_ref())),
            would: total(self.clocks.iter().filter_map(|sides| sides.would.as_ref())),
        }
    }

    /// How many instances are overdue at the horizon.
    pub(crate) fn overdue_counts(&self) -> WasAndWould<usize> {
        WasAndWould {
            was: self.overdue.iter().filter(|pair| is_overdue(pair.runs.was)).count(),
            would: self.overdue.iter().filter(|pair| is_overdue(pair.runs.would)).count(),
        }
    }

    /// The report.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        let totals = self.totals().map(|(missed, decided)| totals(*missed, *decided));
        let mut clocks = Vec::new();
        for sides in &self.clocks {
            let Some(clock) = sides.was.as_ref().or(sides.would.as_ref()) else { continue };
            let was = sides.was.as_ref().map(|it| it.table().called(say::was()));
            let would = sides.would.as_ref().map(|it| it.table().called(say::would()));
            let row = Figures::new().called(clock.label.clone()).word("name", clock.name);
            clocks.push(row.maybe("was", was).maybe("would", would));
        }
        Figures::new()
            .table("totals", Figures::new().table("was", totals.was).table("would", totals.would))
            .table("unknown", Figures::new().word("was", self.unknown.was).word("would", self.unknown.would))
            .rows("clocks", say::limits(), clocks)
            .rows("changed", say::changed(), self.changed.iter().map(|pair| pair.table(book)))
            .rows("overdue", say::overdue(), self.overdue.iter().map(|pair| pair.table(book)))
    }
}

impl Pair<'_> {
    /// Whether the figures of the period differ by it.
    fn differs(&self) -> bool {
        let WasAndWould { was, would } = self.verdicts;
        was != would && (was.counts() || would.counts())
    }

    fn overdue(&self) -> bool {
        is_overdue(self.runs.was) || is_overdue(self.runs.would)
    }

    fn table(&self, book: &RuleBook) -> Figures<'_> {
        Figures::new()
            .called(self.label.clone())
            .word("id", self.id.as_str())
            .word("clock", self.clock)
            .word("owner", self.owner)
            .table("was", side(self.runs.was, self.verdicts.was, book))
            .table("would", side(self.runs.would, self.verdicts.would, book))
    }
}

/// How a limit ran on one side, and how it counts there.
fn side<'f>(run: Option<&Instance<'_>>, verdict: Judged, book: &RuleBook) -> Figures<'f> {
    let due = run.and_then(|run| run.due).map(|due| Stamp::new(due, &book.shop.zone).to_string());
    Figures::new()
        .word("verdict", verdict.word())
        .word("state", run.map(|run| run.state.word()))
        .word("limit", run.and_then(|run| run.limit).map(|limit| limit.to_string()))
        .word("due", due)
}

/// The place of a clock that both policies have.
fn in_both(clocks: &[WasAndWould<Option<ClockFigures<'_>>>], name: &str) -> Option<usize> {
    clocks.iter().position(|sides| match (&sides.was, &sides.would) {
        (Some(was), Some(would)) => was.name == name && would.name == name,
        _ => false,
    })
}

/// The figures of one side, all clocks together.
pub(super) fn totals<'f>(missed: usize, decided: usize) -> Figures<'f> {
    Figures::new()
        .figure(
            Figure::count("decided", decided)
                .called("decided", "已判定")
                .means("Limits that were kept or missed in the period.", "期内已判定的次数。"),
        )
        .figure(
            Figure::count("missed", missed)
                .called("missed", "超时")
                .means("Limits missed in the period.", "期内超时的次数。"),
        )
        .figure(
            Figure::share("share", share(decided - missed, decided))
                .called("limits kept", "按时率")
                .means("Limits kept, as a share of those kept or missed.", "按时次数在已判定次数中的占比。"),
        )
}

/// Missed, and decided.
fn total<'f, 'a: 'f>(figures: impl Iterator<Item = &'f ClockFigures<'a>>) -> (usize, usize) {
    figures.fold((0, 0), |(missed, decided), it| (missed + it.missed.n(), decided + it.decided()))
}

/// Whether it still runs after its due.
pub(crate) fn is_overdue(run: Option<&Instance<'_>>) -> bool {
    run.is_some_and(|run| run.state == ClockState::Overdue)
}

fn clocks<'a>(views: &WasAndWould<View<'a>>, period: &Period) -> Vec<WasAndWould<Option<ClockFigures<'a>>>> {
    let figures = views.map(|view| clock_figures(view, period));
    let places = places(&figures.would);
    let mut would: Vec<Option<ClockFigures<'a>>> = figures.would.into_iter().map(Some).collect();
    let mut rows: Vec<WasAndWould<Option<ClockFigures<'a>>>> = Vec::new();
    for was in figures.was {
        let other = places.get(was.name).and_then(|place| would.get_mut(*place)).and_then(Option::take);
        rows.push(WasAndWould { was: Some(was), would: other });
    }
    rows.extend(would.into_iter().flatten().map(|figure| WasAndWould { was: None, would: Some(figure) }));
    rows
}

/// Every instance of either side with its counterpart. The views hold the same cases in the same order.
fn pairs<'a>(views: &'a WasAndWould<View<'a>>, period: &Period) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (was, would) in views.was.cases.iter().zip(&views.would.cases) {
        let mut left: Vec<Option<&'a Instance<'a>>> = would.clocks.iter().map(Some).collect();
        let mut there: HashMap<Seat<'a>, VecDeque<usize>> = HashMap::new();
        for (at, seat) in seats(&would.clocks).into_iter().enumerate() {
            there.entry(seat).or_default().push_back(at);
        }
        for (run, seat) in was.clocks.iter().zip(seats(&was.clocks)) {
            let other = there.get_mut(&seat).and_then(VecDeque::pop_front);
            let other = other.and_then(|at| left.get_mut(at)).and_then(Option::take);
            pairs.push(pair(was, WasAndWould { was: Some(run), would: other }, period, run));
        }
        let alone = left.into_iter().flatten();
        pairs.extend(alone.map(|run| pair(was, WasAndWould { was: None, would: Some(run) }, period, run)));
    }
    pairs
}

/// Two runs are counterparts if these are equal: the clock, the round of handling, and how many such runs started
/// before. The start itself does not matter, because the policies may start a clock at different events.
type Seat<'i> = (&'i str, u32, usize);

/// The seat of each run of a case.
fn seats<'i>(clocks: &'i [Instance<'_>]) -> Vec<Seat<'i>> {
    let mut starts: HashMap<(&str, u32), Vec<Timestamp>> = HashMap::new();
    for run in clocks {
        starts.entry((&run.rule.name, run.round)).or_default().push(run.started);
    }
    starts.values_mut().for_each(|starts| starts.sort_unstable());
    let mut seats = Vec::new();
    for run in clocks {
        let (name, round) = (run.rule.name.as_str(), run.round);
        let before = starts.get(&(name, round));
        let before = before.map_or(0, |starts| starts.partition_point(|start| *start < run.started));
        seats.push((name, round, before));
    }
    seats
}

fn pair<'a>(
    case: &'a Viewed<'a>,
    runs: WasAndWould<Option<&'a Instance<'a>>>,
    period: &Period,
    run: &'a Instance<'a>,
) -> Pair<'a> {
    Pair {
        id: case.id(),
        title: &case.replay.case.title,
        owner: case.replay.state().owner,
        clock: &run.rule.name,
        label: run.rule.label.clone(),
        runs,
        verdicts: runs.map(|run| Judged::of(*run, period)),
    }
}

#[cfg(test)]
mod tests;
