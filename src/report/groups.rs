use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::by::{By, Dimension, Row};
use super::clocks::{ClockFigures, clock_figures_among, decided, met};
use super::outcome::Satisfaction;
use super::period::Period;
use super::share;
use super::times::Times;
use super::view::View;

/// A report broken down by a dimension: each figure under the attribute as it stood at the event that is counted.
#[derive(Debug, Clone)]
pub struct Breakdown<'a> {
    /// What the cases are told apart by.
    pub dimension: Dimension,
    /// Its values, those with the most receipts first.
    pub groups: Vec<Group<'a>>,
}

/// The figures of one value of a dimension.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// The value; `None`: not known.
    pub key: Option<&'a str>,
    /// Received, resolved, closed, and what is left.
    pub row: Row<'a>,
    /// Handling times.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> Breakdown<'a> {
    /// Every value that anything counts for in the period.
    pub fn of(view: &View<'a>, period: &Period, dimension: Dimension) -> Breakdown<'a> {
        let mut groups = Breakdown::whole(view, period, dimension);
        groups.retain(|group| !group.is_empty());
        groups
            .sort_by_key(|group| (std::cmp::Reverse(group.row.received.n()), group.key.is_none(), group.key));
        Breakdown { dimension, groups }
    }

    /// Every value that a case had before or after any event of the period, or a clock at its decision.
    pub(super) fn whole(view: &View<'a>, period: &Period, dimension: Dimension) -> Vec<Group<'a>> {
        let mut rows: BTreeMap<Option<&'a str>, Row<'a>> =
            By::of(view, period, dimension).rows.into_iter().collect();
        for case in &view.cases {
            let mut before = None;
            for step in &case.replay.steps {
                let after = dimension.of(&step.state);
                if period.holds(step.at) {
                    rows.entry(after).or_default();
                    rows.entry(before).or_default();
                }
                before = after;
            }
            for clock in &case.clocks {
                if clock.decided.is_some_and(|at| period.holds(at)) {
                    rows.entry(dimension.of(&case.replay.steps[clock.step].state)).or_default();
                }
            }
        }
        rows.into_iter().map(|(key, row)| Group::of(view, period, dimension, key, row)).collect()
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        Value::Array(self.groups.iter().map(|group| group.json(cases)).collect())
    }
}

impl<'a> Group<'a> {
    fn of(
        view: &View<'a>,
        period: &Period,
        dimension: Dimension,
        key: Option<&'a str>,
        row: Row<'a>,
    ) -> Group<'a> {
        Group {
            key,
            row,
            times: Times::among(view, period, |step| dimension.of(&step.state) == key),
            clocks: clock_figures_among(view, period, |case, clock| {
                dimension.of(&case.replay.steps[clock.step].state) == key
            }),
            satisfaction: Satisfaction::among(view, period, |step| dimension.of(&step.state) == key),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let Row { received, resolved, closed, closing } = &self.row;
        let counted =
            [received, resolved, closed, closing, &self.times.contact.counted, &self.satisfaction.made];
        counted.iter().all(|hits| hits.n() == 0) && self.decided() == 0
    }

    /// Limits kept.
    pub fn met(&self) -> usize {
        met(&self.clocks)
    }

    /// Limits kept or missed.
    pub fn decided(&self) -> usize {
        decided(&self.clocks)
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        let clocks = self.clocks.iter().filter(|clock| clock.had_to_do());
        let mut object = json!({
            "key": self.key,
            "received": self.row.received.n(),
            "resolved": self.row.resolved.n(),
            "closed": self.row.closed.n(),
            "closing": self.row.closing.n(),
            "times": self.times.json(cases),
            "decided": self.decided(),
            "met": self.met(),
            "share": share(self.met(), self.decided()),
            "clocks": clocks.map(|clock| clock.json(cases)).collect::<Vec<_>>(),
            "satisfaction": self.satisfaction.json(cases),
        });
        if cases {
            object["cases"] = json!({
                "received": self.row.received.ids(),
                "resolved": self.row.resolved.ids(),
                "closed": self.row.closed.ids(),
                "closing": self.row.closing.ids(),
            });
        }
        object
    }
}
