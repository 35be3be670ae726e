use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::{Counted, share};
use crate::case::Id;
use crate::lang::Text;

/// Cases grouped by one attribute, the most frequent value first, so that the few that matter are on top.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pareto<'a> {
    /// Each value with its cases and those of them that were justified; `None`: not named.
    pub rows: Vec<(Option<&'a str>, Counted<'a>, Counted<'a>)>,
}

impl<'a> Pareto<'a> {
    /// Counts cases by the value that each has; the flag says whether it was justified.
    pub(crate) fn of(cases: impl Iterator<Item = (Option<&'a str>, &'a Id, bool)>) -> Pareto<'a> {
        let mut values: BTreeMap<Option<&'a str>, (Counted<'a>, Counted<'a>)> = BTreeMap::new();
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

    /// How many cases have this value.
    pub(crate) fn n(&self, key: Option<&str>) -> usize {
        self.rows.iter().find(|(value, ..)| *value == key).map_or(0, |(_, hits, _)| hits.n())
    }

    /// Each count's share of all, added up to there; `None` where nothing is counted.
    pub(crate) fn cumulative(counts: impl Iterator<Item = usize> + Clone) -> Vec<Option<f64>> {
        let total = counts.clone().sum();
        let (mut sum, mut shares) = (0, Vec::new());
        for n in counts {
            sum += n;
            shares.push(share(sum, total));
        }
        shares
    }

    /// A row a value, called as `label` says.
    pub(crate) fn table<'f>(&'f self, label: impl Fn(Option<&str>) -> Text) -> Vec<Figures<'f>> {
        let cumulative = Pareto::cumulative(self.rows.iter().map(|(_, hits, _)| hits.n()));
        let all = self.total();
        let mut rows = Vec::new();
        for ((value, hits, justified), cumulative) in self.rows.iter().zip(cumulative) {
            let row = Figures::new()
                .called(label(*value))
                .word("key", *value)
                .and(counted(hits, all, cumulative))
                .figure(justified_of(justified))
                .cases_of(hits);
            rows.push(row);
        }
        rows
    }
}

/// How many cases a value has, their share of all cases, and that share with the values before it.
pub(super) fn counted<'f>(hits: &Counted<'_>, all: usize, cumulative: Option<f64>) -> Figures<'f> {
    Figures::new()
        .figure(Figure::count("n", hits.n()).called("n", "件数").means(
            "Cases whose cause was found in the period, each once, under its last diagnosis; improvements are not counted.",
            "期内查明原因的件数，每件计一次，以期内最后一次为准；改进事项不计。",
        ))
        .figure(
            Figure::share("share", share(hits.n(), all))
                .called("share", "占比")
                .means("The cases of this row, as a share of all cases diagnosed in the period.", "在期内查明原因的全部件数中的占比。"),
        )
        .figure(
            Figure::share("cumulative_share", cumulative)
                .called("so far", "累计")
                .means("The share of this row and of all rows above it together.", "本行及以上各行的累计占比。"),
        )
}

/// Those of a value that were justified.
pub(super) fn justified_of<'f>(hits: &Counted<'_>) -> Figure<'f> {
    Figure::count("justified", hits.n())
        .called("justified", "成立")
        .means("Those of them that were judged justified.", "其中判定为成立的件数。")
}
