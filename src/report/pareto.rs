use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Hits, share};
use crate::case::Id;

/// Cases told apart by one attribute, the most frequent value first, so that the few that matter stand on top.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pareto<'a> {
    /// Each value with its cases and those of them that were justified; `None`: not named.
    pub rows: Vec<(Option<&'a str>, Hits<'a>, Hits<'a>)>,
}

impl<'a> Pareto<'a> {
    /// Counts cases by the value that each has; the flag says whether it was justified.
    pub(crate) fn of(cases: impl Iterator<Item = (Option<&'a str>, &'a Id, bool)>) -> Pareto<'a> {
        let mut values: BTreeMap<Option<&'a str>, (Hits<'a>, Hits<'a>)> = BTreeMap::new();
        for (value, id, is_justified) in cases {
            let (hits, justified) = values.entry(value).or_default();
            hits.add(id);
            if is_justified {
                justified.add(id);
            }
        }
        let mut rows: Vec<_> =
            values.into_iter().map(|(value, (hits, justified))| (value, hits, justified)).collect();
        rows.sort_by_key(|(value, hits, _)| (std::cmp::Reverse(hits.n()), value.is_none(), *value));
        Pareto { rows }
    }

    /// All cases counted.
    pub(crate) fn total(&self) -> usize {
        self.rows.iter().map(|(_, hits, _)| hits.n()).sum()
    }

    /// The cases of a value, none where nobody has it.
    pub(crate) fn n(&self, key: Option<&str>) -> usize {
        self.rows.iter().find(|(value, ..)| *value == key).map_or(0, |(_, hits, _)| hits.n())
    }

    /// Each count's share of all, added up to there; `None` where nothing is counted.
    pub(crate) fn cumulative(counts: impl Iterator<Item = usize> + Clone) -> Vec<Option<f64>> {
        let total = counts.clone().sum();
        let so_far = counts.scan(0, |sum, n| {
            *sum += n;
            Some(*sum)
        });
        so_far.map(|sum| share(sum, total)).collect()
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let cumulative = Pareto::cumulative(self.rows.iter().map(|(_, hits, _)| hits.n()));
        let rows = self.rows.iter().zip(cumulative).map(|((value, hits, justified), cumulative)| {
            let mut object = json!({
                "key": value,
                "n": hits.n(),
                "share": share(hits.n(), self.total()),
                "cumulative_share": cumulative,
                "justified": justified.n(),
            });
            if cases {
                object["cases"] = hits.ids();
            }
            object
        });
        Value::Array(rows.collect())
    }
}
