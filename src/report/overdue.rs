use std::collections::BTreeMap;

use super::by::Dimension;
use super::figure::{Figure, FigureUnit, Figures};
use super::{Counted, StalledCase, say};
use crate::case::{Id, State};
use crate::clock::Undue;
use crate::lang::Lang;
use crate::policy::{ClockState, Instance, RuleBook};
use crate::view::{View, Viewed};
use jiff::Timestamp;

/// A limit that has passed, or that is due next.
#[derive(Debug, Clone)]
pub(crate) struct Late<'a> {
    /// The case.
    pub id: &'a Id,
    /// What it is about.
    pub title: &'a str,
    /// The clock.
    pub clock: &'a Instance<'a>,
    /// When it is or was due.
    pub due: Timestamp,
    /// The case as it is.
    pub state: &'a State<'a>,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// Who handles it.
    pub department: Option<&'a str>,
    /// Seconds since the due; negative before it.
    pub by: i64,
}

/// What is late, and what is due next (S1.5).
#[derive(Debug, Clone)]
pub(crate) struct OverdueReport<'a> {
    /// Past their due, the longest first.
    pub overdue: Vec<Late<'a>>,
    /// Running, the next due first.
    pub next: Vec<Late<'a>>,
    /// Those whose due cannot be computed, the first started first.
    pub unknown: Vec<Undated<'a>>,
    /// Cases on which no limit runs and to which nothing has happened for long, the longest first.
    pub stalled: Vec<StalledCase<'a>>,
}

/// A limit that has not ended and whose due cannot be computed.
#[derive(Debug, Clone)]
pub(crate) struct Undated<'a> {
    /// The case.
    pub id: &'a Id,
    /// What it is about.
    pub title: &'a str,
    /// The clock.
    pub clock: &'a Instance<'a>,
    /// Why its due cannot be computed.
    pub undue: &'a Undue,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// Who handles it.
    pub department: Option<&'a str>,
}

impl<'a> Undated<'a> {
    fn all(view: &'a View<'a>) -> Vec<Undated<'a>> {
        let mut found = Vec::new();
        for case in &view.cases {
            let state = case.replay.state();
            for clock in case.clocks.iter().filter(|clock| clock.open()) {
                let Some(undue) = &clock.undue else { continue };
                let (title, owner, department) =
                    (case.replay.case.title.as_str(), state.owner, state.department);
                found.push(Undated { id: case.id(), title, clock, undue, owner, department });
            }
        }
        found.sort_by_key(|one| (one.clock.started, one.id));
        found
    }

    /// The row.
    fn table(&self, book: &RuleBook) -> Figures<'a> {
        Figures::new()
            .called(self.clock.rule.label.clone())
            .word("id", self.id.as_str())
            .word("clock", self.clock.rule.name.as_str())
            .word("started", crate::case::Stamp::new(self.clock.started, &book.shop.zone).to_string())
            .word("reason", self.undue.message().to(Lang::En))
            .word("owner", self.owner)
            .word("department", self.department)
    }
}

/// What is late and what is due next for one value of a dimension: limits, not cases. And its stalled cases.
#[derive(Debug, Clone, Default)]
pub(crate) struct OverdueGroup<'a> {
    /// The value; `None`: not known.
    pub key: Option<&'a str>,
    /// Limits that have passed.
    pub overdue: Counted<'a>,
    /// Limits that run.
    pub next: Counted<'a>,
    /// Stalled cases.
    pub stalled: Counted<'a>,
}

impl OverdueGroup<'_> {
    /// The figures.
    pub(crate) fn table(&self, dimension: Dimension, book: &RuleBook) -> Figures<'_> {
        let named = Figures::new().called(dimension.value(book, self.key)).word("key", self.key);
        named.and(self.counts())
    }

    /// The counts.
    pub(super) fn counts(&self) -> Figures<'_> {
        Figures::new()
            .figure(
                Figure::counted("overdue", &self.overdue).called("overdue", "逾期").means(
                    "Limits whose time is up while the step is not done.",
                    "已过期限、尚未完成的次数。",
                ),
            )
            .figure(
                Figure::counted("next", &self.next)
                    .called("due next", "即将到期")
                    .means("Limits that are running and not yet due.", "正在计时、尚未到期的次数。"),
            )
            .figure(Figure::counted("stalled", &self.stalled).called("stalled", "停滞").means(
                "Open cases on which no limit runs and to which nothing has happened for long.",
                "没有时限计时、又长时间没有进展的未结案卷。",
            ))
    }
}

impl<'a> Late<'a> {
    fn of(case: &'a Viewed<'a>, clock: &'a Instance<'a>, now: Timestamp) -> Option<Late<'a>> {
        let state = case.replay.state();
        let due = clock.due?;
        Some(Late {
            id: case.id(),
            title: &case.replay.case.title,
            clock,
            due,
            state,
            owner: state.owner,
            department: state.department,
            by: now.as_second() - due.as_second(),
        })
    }

    /// The row.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'a> {
        Figures::new()
            .called(self.clock.rule.label.clone())
            .word("id", self.id.as_str())
            .word("clock", self.clock.rule.name.as_str())
            .word("due", crate::case::Stamp::new(self.due, &book.shop.zone).to_string())
            .figure(late_by(self.by))
            .word("owner", self.owner)
            .word("department", self.department)
    }
}

/// The instances that are past their due at the horizon, the longest first.
pub(super) fn overdue<'a>(view: &'a View<'a>) -> Vec<Late<'a>> {
    let mut late = open(view, |state| state == ClockState::Overdue);
    late.sort_by_key(|late| (late.due, late.id));
    late
}

fn open<'a>(view: &'a View<'a>, wanted: fn(ClockState) -> bool) -> Vec<Late<'a>> {
    let mut found = Vec::new();
    for case in &view.cases {
        let clocks = case.clocks.iter().filter(|clock| wanted(clock.state));
        found.extend(clocks.filter_map(|clock| Late::of(case, clock, view.horizon.at)));
    }
    found
}

impl<'a> OverdueReport<'a> {
    /// What is late, and what is due next.
    pub(crate) fn of(view: &'a View<'a>) -> OverdueReport<'a> {
        let mut next = open(view, |state| matches!(state, ClockState::Running | ClockState::Warning));
        next.sort_by_key(|late| (late.due, late.id));
        let (unknown, stalled) = (Undated::all(view), StalledCase::all(view));
        OverdueReport { overdue: overdue(view), next, unknown, stalled }
    }

    /// What is late and what is due next for each value of a dimension, as the cases are; most late first.
    pub(crate) fn by(&self, dimension: Dimension) -> Vec<OverdueGroup<'a>> {
        let mut groups: BTreeMap<Option<&'a str>, OverdueGroup<'a>> = BTreeMap::new();
        for late in &self.overdue {
            groups.entry(dimension.of(late.state)).or_default().overdue.add(late.id);
        }
        for late in &self.next {
            groups.entry(dimension.of(late.state)).or_default().next.add(late.id);
        }
        for case in &self.stalled {
            groups.entry(dimension.of(case.state)).or_default().stalled.add(case.id);
        }
        let mut groups: Vec<_> =
            groups.into_iter().map(|(key, group)| OverdueGroup { key, ..group }).collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.overdue.n()), group.key.is_none(), group.key));
        groups
    }

    /// The report.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        Figures::new()
            .rows("overdue", say::overdue(), self.overdue.iter().map(|late| late.table(book)))
            .rows("next", say::next(), self.next.iter().map(|late| late.table(book)))
            .rows("unknown", say::unknown(), self.unknown.iter().map(|one| one.table(book)))
            .rows("stalled", say::stalled(), self.stalled.iter().map(|case| case.table(book)))
    }
}

/// How long a limit is late, in seconds.
pub(super) fn late_by<'f>(by: i64) -> Figure<'f> {
    Figure::new("overdue_seconds", FigureUnit::Seconds, by).called("late by", "超时").means(
        "How long the limit is overdue; below zero, how long is left.",
        "时限已超过多久；负值表示还剩多久。",
    )
}
