use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Hits, share};
use crate::case::{EventName, Kind};

/// Why it happened: the causes found in a period, the most frequent first (Pareto). Improvements are answers to causes,
/// no cases of them, and are not counted.
#[derive(Debug, Clone, Default)]
pub struct Causes<'a> {
    /// Each cause, the responsible parties named with it, and its cases.
    pub rows: Vec<(&'a str, Vec<&'a str>, Hits<'a>)>,
}

impl<'a> Causes<'a> {
    /// Counts each case that was diagnosed in the period once, by the cause as it stood after its last diagnosis.
    pub fn of(view: &View<'a>, period: &Period) -> Causes<'a> {
        let mut causes: BTreeMap<&'a str, (Vec<&'a str>, Hits<'a>)> = BTreeMap::new();
        for case in view.cases.iter().filter(|case| case.replay.case.kind != Kind::Improvement) {
            let diagnosed = |step: &&crate::case::Step<'a>| {
                step.event.name == EventName::Diagnosed && period.holds(step.at)
            };
            let Some(step) = case.replay.steps.iter().rev().find(diagnosed) else { continue };
            let Some(cause) = step.state.cause else { continue };
            let (parties, hits) = causes.entry(cause).or_default();
            parties.extend(step.state.responsible.filter(|party| !parties.contains(party)));
            hits.add(case.id());
        }
        let mut rows: Vec<_> =
            causes.into_iter().map(|(cause, (parties, hits))| (cause, parties, hits)).collect();
        rows.sort_by_key(|(cause, _, hits)| (std::cmp::Reverse(hits.n()), *cause));
        Causes { rows }
    }

    /// All cases counted.
    pub fn total(&self) -> usize {
        self.rows.iter().map(|(_, _, hits)| hits.n()).sum()
    }

    /// Each row's share of all, added up to there.
    pub fn cumulative(&self) -> Vec<Option<f64>> {
        let mut sum = 0;
        let add = |(_, _, hits): &(&str, Vec<&str>, Hits<'_>)| {
            sum += hits.n();
            share(sum, self.total())
        };
        self.rows.iter().map(add).collect()
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        let row = |((cause, parties, hits), cumulative): (&(&str, Vec<&str>, Hits<'_>), Option<f64>)| {
            let mut object = json!({ "key": cause, "responsible": parties, "n": hits.n(), "cumulative_share": cumulative });
            if cases {
                object["cases"] = hits.ids();
            }
            object
        };
        Value::Array(self.rows.iter().zip(self.cumulative()).map(row).collect())
    }
}
