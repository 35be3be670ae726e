use std::collections::BTreeMap;

use super::by::{By, Dimension, ValueCounts};
use super::clocks::{self, ClockFigures, all_clocks, decided, met};
use super::figure::Figures;
use super::outcome::Satisfaction;
use super::period::Period;
use super::say;
use super::times::{self, Times};
use crate::policy::RuleBook;
use crate::view::View;

/// A report broken down by a dimension: each figure under the attribute as it was at the event that is counted.
#[derive(Debug, Clone)]
pub(crate) struct Breakdown<'a> {
    /// What the cases are grouped by.
    pub dimension: Dimension,
    /// Its values, those with the most receipts first.
    pub groups: Vec<Group<'a>>,
}

/// The figures of one value of a dimension.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group<'a> {
    /// The value; `None`: not known.
    pub key: Option<&'a str>,
    /// Received, resolved, closed, and what is left.
    pub row: ValueCounts<'a>,
    /// Handling times.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> Breakdown<'a> {
    /// Every value that anything counts for in the period.
    pub(crate) fn of(view: &View<'a>, period: &Period, dimension: Dimension) -> Breakdown<'a> {
        let mut groups = Breakdown::whole(view, period, dimension);
        groups.retain(|group| !group.is_empty());
        groups
            .sort_by_key(|group| (std::cmp::Reverse(group.row.received.n()), group.key.is_none(), group.key));
        Breakdown { dimension, groups }
    }

    /// Every value that a case had before or after any event of the period, or that it had when a clock decided. Each
    /// sort of figure takes one pass, for all values together.
    pub(super) fn whole(view: &View<'a>, period: &Period, dimension: Dimension) -> Vec<Group<'a>> {
        let none = clocks::none(view);
        let mut groups = Groups { found: BTreeMap::new(), none };
        for (key, row) in By::of(view, period, dimension).rows {
            groups.of(key).row = row;
        }
        times::each(view, period, |stretch| {
            groups.of(dimension.of(&stretch.step.state)).times.add(&stretch, view.calendar());
        });
        for (key, satisfaction) in Satisfaction::by(view, period, dimension) {
            groups.of(key).satisfaction = satisfaction;
        }
        for case in &view.cases {
            let mut before = None;
            for step in &case.replay.steps {
                let after = dimension.of(&step.state);
                if period.holds(step.at) {
                    groups.of(after);
                    groups.of(before);
                }
                before = after;
            }
            for clock in case.clocks.iter().filter(|clock| clock.decided.is_some_and(|at| period.holds(at))) {
                groups.of(dimension.of(&case.replay.steps[clock.step].state));
            }
        }
        let places = clocks::places(&groups.none);
        for case in &view.cases {
            for clock in &case.clocks {
                let key = dimension.of(&case.replay.steps[clock.step].state);
                if let Some(group) = groups.found.get_mut(&key) {
                    clocks::add(&mut group.clocks, &places, case, clock, period);
                }
            }
        }
        groups.found.into_values().collect()
    }

    /// A row a value.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Vec<Figures<'f>> {
        self.groups.iter().map(|group| group.table(self.dimension, book)).collect()
    }
}

/// The groups that were met so far.
struct Groups<'a> {
    found: BTreeMap<Option<&'a str>, Group<'a>>,
    /// The clocks of a group of which nothing is counted yet.
    none: Vec<ClockFigures<'a>>,
}

impl<'a> Groups<'a> {
    fn of(&mut self, key: Option<&'a str>) -> &mut Group<'a> {
        self.found.entry(key).or_insert_with(|| Group {
            key,
            row: ValueCounts::default(),
            times: Times::default(),
            clocks: self.none.clone(),
            satisfaction: Satisfaction::default(),
        })
    }
}

impl<'a> Group<'a> {
    pub(super) fn is_empty(&self) -> bool {
        let ValueCounts { received, resolved, closed, closing } = &self.row;
        let counted =
            [received, resolved, closed, closing, &self.times.contact.counted, &self.satisfaction.made];
        counted.iter().all(|hits| hits.n() == 0) && self.decided() == 0
    }

    /// Limits kept.
    pub(crate) fn met(&self) -> usize {
        met(&self.clocks)
    }

    /// Limits missed.
    pub(crate) fn missed(&self) -> usize {
        self.decided() - self.met()
    }

    /// Limits kept or missed.
    pub(crate) fn decided(&self) -> usize {
        decided(&self.clocks)
    }

    /// The figures.
    pub(crate) fn table(&self, dimension: Dimension, book: &RuleBook) -> Figures<'_> {
        let clocks = self.clocks.iter().filter(|clock| clock.had_to_do());
        Figures::new()
            .called(dimension.value(book, self.key))
            .word("key", self.key)
            .and(self.row.table())
            .table("times", self.times.table())
            .and(all_clocks(&self.clocks))
            .rows("clocks", say::limits(), clocks.map(ClockFigures::table))
            .table("satisfaction", self.satisfaction.table())
            .cases_here()
    }
}
