use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Hits;
use super::period::Period;
use super::times::resolution;
use super::view::View;
use crate::case::Money;

/// What the customers were given, by kind of remedy, for the cases resolved in a period.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remedies<'a> {
    /// Each remedy with its cases and what it cost; `None`: no remedy is named.
    pub rows: Vec<(Option<&'a str>, Hits<'a>, Money)>,
}

impl<'a> Remedies<'a> {
    /// Counts the cases resolved in the period by the remedy that they stood with.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Remedies<'a> {
        let mut rows: BTreeMap<Option<&'a str>, (Hits<'a>, Money)> = BTreeMap::new();
        for case in &view.cases {
            if let Some(step) = resolution(case).filter(|step| period.holds(step.at)) {
                let (hits, cost) = rows.entry(step.state.remedy).or_default();
                hits.add(case.id());
                cost.0 += step.state.cost.unwrap_or_default().0;
            }
        }
        let mut rows: Vec<_> = rows.into_iter().map(|(remedy, (hits, cost))| (remedy, hits, cost)).collect();
        rows.sort_by_key(|(remedy, hits, _)| (remedy.is_none(), std::cmp::Reverse(hits.n()), *remedy));
        Remedies { rows }
    }

    /// What all of it cost.
    pub(crate) fn cost(&self) -> Money {
        Money(self.rows.iter().map(|(_, _, cost)| cost.0).sum())
    }

    /// For programs; costs in the shop's currency.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let row = |(remedy, hits, cost): &(Option<&str>, Hits<'_>, Money)| {
            let mut object = json!({ "key": remedy, "n": hits.n(), "cost": cost.0 as f64 / 100.0 });
            if cases {
                object["cases"] = hits.ids();
            }
            object
        };
        Value::Array(self.rows.iter().map(row).collect())
    }
}
