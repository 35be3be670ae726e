use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::pareto::{Pareto, counted, justified_of};
use super::period::Period;
use super::times::resolution;
use super::{Counted, cost_of};
use crate::case::{EventName, Kind, Money, Step};
use crate::lang::Text;
use crate::view::{View, Viewed};

/// One cause and the cases that have it.
#[derive(Debug, Clone)]
pub(crate) struct Cause<'a> {
    /// The cause, as it was written down.
    pub key: &'a str,
    /// The responsible parties named with it, in the order of the cases.
    pub responsible: Vec<&'a str>,
    /// Its cases.
    pub cases: Counted<'a>,
    /// Those of them that were justified.
    pub justified: Counted<'a>,
    /// Those of them that were resolved by the horizon.
    pub resolved: Counted<'a>,
    /// What the remedies of the resolved ones cost, as recorded when they were resolved.
    pub cost: Money,
}

/// Why it happened: the causes found in a period, the most frequent first (Pareto). An improvement answers a cause and
/// is not counted as a case of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Causes<'a> {
    /// Each cause.
    pub rows: Vec<Cause<'a>>,
}

/// The cases diagnosed in the period, each once, with their last diagnosis in it and its cause. Improvements are left
/// out.
pub(super) fn diagnosed<'v, 'a>(
    view: &'v View<'a>,
    period: &Period,
) -> impl Iterator<Item = (&'v Viewed<'a>, &'v Step<'a>, &'a str)> {
    let feedback = view.cases.iter().filter(|case| case.replay.case.kind != Kind::Improvement);
    feedback.filter_map(|case| {
        let diagnosis = |step: &&Step<'a>| step.event.name == EventName::Diagnosed && period.holds(step.at);
        let step = case.replay.steps.iter().rev().find(diagnosis)?;
        Some((case, step, step.state.cause?))
    })
}

impl<'a> Cause<'a> {
    pub(super) fn new(key: &'a str) -> Cause<'a> {
        Cause {
            key,
            responsible: Vec::new(),
            cases: Counted::default(),
            justified: Counted::default(),
            resolved: Counted::default(),
            cost: Money::default(),
        }
    }

    /// The figures; `all` cases were diagnosed.
    pub(super) fn row(&self, all: usize, cumulative: Option<f64>) -> Figures<'_> {
        Figures::new()
            .called(Text::same(self.key))
            .word("key", self.key)
            .word("responsible", self.responsible.clone())
            .and(counted(&self.cases, all, cumulative))
            .figure(justified_of(&self.justified))
            .figure(
                Figure::count("resolved", self.resolved.n())
                    .called("resolved", "办结")
                    .means("Those of them that are resolved so far.", "其中目前已办结的件数。"),
            )
            .figure(cost_of(self.cost).means(
                "What the remedies of the resolved cases cost, as recorded when they were resolved.",
                "其中已办结案卷的处理费用，以办结时为准。",
            ))
            .cases_of(&self.cases)
    }

    fn add(&mut self, case: &Viewed<'a>, step: &Step<'a>) {
        self.responsible.extend(step.state.responsible.filter(|party| !self.responsible.contains(party)));
        self.cases.add(case.id());
        if step.state.justified == Some(true) {
            self.justified.add(case.id());
        }
        if let Some(resolved) = resolution(case) {
            self.resolved.add(case.id());
            self.cost.0 += resolved.state.cost.unwrap_or_default().0;
        }
    }
}

impl<'a> Causes<'a> {
    /// Counts each case that was diagnosed in the period once, by the cause after its last diagnosis.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Causes<'a> {
        let mut causes: BTreeMap<&'a str, Cause<'a>> = BTreeMap::new();
        for (case, step, cause) in diagnosed(view, period) {
            causes.entry(cause).or_insert_with(|| Cause::new(cause)).add(case, step);
        }
        let mut rows: Vec<_> = causes.into_values().collect();
        rows.sort_by_key(|cause| (std::cmp::Reverse(cause.cases.n()), cause.key));
        Causes { rows }
    }

    /// All cases counted.
    pub(crate) fn total(&self) -> usize {
        self.rows.iter().map(|cause| cause.cases.n()).sum()
    }

    /// How many cases have this cause.
    pub(crate) fn n(&self, key: &str) -> usize {
        self.rows.iter().find(|cause| cause.key == key).map_or(0, |cause| cause.cases.n())
    }

    /// Each row's share of all, added up to there.
    pub(crate) fn cumulative(&self) -> Vec<Option<f64>> {
        Pareto::cumulative(self.rows.iter().map(|cause| cause.cases.n()))
    }

    /// A row a cause.
    pub(crate) fn table(&self) -> Vec<Figures<'_>> {
        let all = self.total();
        let row = |(cause, cumulative)| Cause::row(cause, all, cumulative);
        self.rows.iter().zip(self.cumulative()).map(row).collect()
    }
}
