use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::by::{By, Dimension, Row};
use super::clocks::{ClockFigures, clock_figures_among};
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
    /// Every value that had anything to do in the period.
    pub fn of(view: &View<'a>, period: &Period, dimension: Dimension) -> Breakdown<'a> {
        let mut rows: BTreeMap<Option<&'a str>, Row<'a>> =
            By::of(view, period, dimension).rows.into_iter().collect();
        for case in &view.cases {
            for step in case.replay.steps.iter().filter(|step| period.holds(step.at)) {
                rows.entry(dimension.of(&step.state)).or_default();
            }
            for clock in &case.clocks {
                if clock.decided.is_some_and(|at| period.holds(at)) {
                    rows.entry(dimension.of(&case.replay.steps[clock.step].state)).or_default();
                }
            }
        }
        let group = |(key, row)| Group::of(view, period, dimension, key, row);
        let mut groups: Vec<Group<'a>> =
            rows.into_iter().map(group).filter(|group| !group.is_empty()).collect();
        groups
            .sort_by_key(|group| (std::cmp::Reverse(group.row.received.n()), group.key.is_none(), group.key));
        Breakdown { dimension, groups }
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

    fn is_empty(&self) -> bool {
        let Row { received, resolved, closed, closing } = &self.row;
        let counted =
            [received, resolved, closed, closing, &self.times.contact.counted, &self.satisfaction.made];
        counted.iter().all(|hits| hits.n() == 0) && self.decided() == 0
    }

    /// Limits kept.
    pub fn met(&self) -> usize {
        self.clocks.iter().map(|clock| clock.met.n()).sum()
    }

    /// Limits kept or missed.
    pub fn decided(&self) -> usize {
        self.clocks.iter().map(ClockFigures::decided).sum()
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        let clocks = self.clocks.iter().filter(|clock| clock.decided() > 0);
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
