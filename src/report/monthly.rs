//! The data report to management: volume, timeliness, satisfaction (S0.8.3).

use super::figure::Figures;
use super::overdue::{Late, overdue};
use super::period::Period;
use super::{
    Age, By, Causes, ClockFigures, ComplaintRate, Dimension, Flow, Handling, Remedies, Repeat, Satisfaction,
    StalledCase, TargetFigures, Times, clock_figures, say, target_figures,
};
use crate::policy::RuleBook;
use crate::view::View;

/// The figures of a period.
pub(crate) struct Monthly<'a> {
    /// Which.
    pub period: Period,
    /// What came in and went out.
    pub flow: Flow<'a>,
    /// Handling times; the resolved of the period are [`Times::resolution`]'s.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// The shop's objectives, where it has any.
    pub targets: Vec<TargetFigures<'a>>,
    /// Past their due at the horizon.
    pub overdue: Vec<Late<'a>>,
    /// Stalled at the horizon.
    pub stalled: Vec<StalledCase<'a>>,
    /// How many time limits are unknown, because a calendar lacks a year.
    pub unknown: usize,
    /// How old the backlog is.
    pub age: Age<'a>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
    /// What happened on the way.
    pub handling: Handling<'a>,
    /// What the customers were given.
    pub remedies: Remedies<'a>,
    /// Who came back.
    pub repeat: Repeat<'a>,
    /// Complaints per 1,000 orders.
    pub rate: ComplaintRate,
    /// Why it happened.
    pub causes: Causes<'a>,
    /// By each dimension.
    pub by: Vec<By<'a>>,
}

/// The figures that are shown beside those of another period.
pub(crate) struct Compared<'a> {
    /// Which.
    pub period: Period,
    /// What came in and went out.
    pub flow: Flow<'a>,
    /// Handling times.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> Compared<'a> {
    /// The figures of a period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Compared<'a> {
        Compared {
            period: period.clone(),
            flow: Flow::of(view, period),
            times: Times::of(view, period),
            clocks: clock_figures(view, period),
            satisfaction: Satisfaction::of(view, period),
        }
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Figures::new()
            .word("period", self.period.label.as_str())
            .table("flow", self.flow.table())
            .table("resolved", self.times.resolved())
            .table("times", self.times.table())
            .rows("clocks", say::limits(), self.clocks.iter().map(ClockFigures::table))
            .table("satisfaction", self.satisfaction.table())
    }

    /// Whether there is anything to compare with.
    pub(crate) fn is_empty(&self) -> bool {
        [&self.flow.opening, &self.flow.received, &self.flow.closing].iter().all(|hits| hits.n() == 0)
    }
}

impl<'a> Monthly<'a> {
    /// The figures of a period, as of the view's horizon.
    pub(crate) fn of(view: &'a View<'a>, period: &Period) -> Monthly<'a> {
        let flow = Flow::of(view, period);
        Monthly {
            period: period.clone(),
            rate: ComplaintRate::of(view, period, &flow),
            flow,
            times: Times::of(view, period),
            clocks: clock_figures(view, period),
            targets: target_figures(view, period),
            overdue: overdue(view),
            stalled: StalledCase::all(view),
            unknown: view.unknown_clocks().into_values().sum(),
            age: Age::of(view),
            satisfaction: Satisfaction::of(view, period),
            handling: Handling::of(view, period),
            remedies: Remedies::of(view, period),
            repeat: Repeat::of(view),
            causes: Causes::of(view, period),
            by: Dimension::ALL.map(|dimension| By::of(view, period, dimension)).into(),
        }
    }

    /// The report, without what the command adds (as-of, ledger, comparison).
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let mut by_dimension = Figures::new();
        for by in &self.by {
            by_dimension = by_dimension.rows(by.dimension.word(), by.dimension.label(), by.table(book));
        }
        let mut table = Figures::new()
            .table("flow", self.flow.table())
            .table("resolved", self.times.resolved())
            .table("times", self.times.table())
            .rows("clocks", say::limits(), self.clocks.iter().map(ClockFigures::table));
        if !self.targets.is_empty() {
            table = table.rows("targets", say::targets(), self.targets.iter().map(TargetFigures::table));
        }
        table
            .rows("overdue", say::overdue(), self.overdue.iter().map(|late| late.table(book)))
            .rows("stalled", say::stalled(), self.stalled.iter().map(|case| case.table(book)))
            .table("age", self.age.table())
            .table("satisfaction", self.satisfaction.table())
            .table("handling", self.handling.table())
            .rows("remedies", say::remedies(), self.remedies.table(book))
            .rows("repeat_customers", say::repeat(), self.repeat.table())
            .table("complaint_rate", self.rate.table())
            .rows("causes", say::causes(), self.causes.table())
            .table("by", by_dimension)
    }
}
