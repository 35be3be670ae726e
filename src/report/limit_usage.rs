//! How much of each limit was used: which limit half, nine in ten, or all of the cases would have kept (S3.1.4).

use std::collections::HashMap;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, say};
use crate::clock::Limit;
use crate::lang::Text;
use crate::policy::{ClockState, shortest_limit};
use crate::view::View;

/// The instances of one limit of one clock that were decided in a period, by the shortest limit that each would have
/// kept, in the unit of the limit.
#[derive(Debug, Clone)]
pub(crate) struct LimitUsage<'a> {
    /// The clock's name.
    pub name: &'a str,
    /// What people read for it.
    pub label: Text,
    /// The limit as it is; the clock may have others for other cases.
    pub limit: Limit,
    /// The cases.
    pub cases: Counted<'a>,
    /// How many of these still ran at the horizon; their time is counted up to it.
    pub running: usize,
    /// The limit that each needed, ascending; `None` if a clock ran in a year that its calendar lacks.
    needed: Option<Vec<u32>>,
}

impl<'a> LimitUsage<'a> {
    /// A row a clock and limit of the rules, in their order, where anything was decided in the period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Vec<LimitUsage<'a>> {
        let mut rows: Vec<LimitUsage<'a>> = Vec::new();
        let mut places: HashMap<(&str, Limit), usize> = HashMap::new();
        for case in &view.cases {
            for run in case.clocks.iter().filter(|run| run.decided.is_some_and(|at| period.holds(at))) {
                // A hand-over or a wait may name its own due: there is no limit to choose.
                let (name, Some(limit)) = (run.rule.name.as_str(), run.limit) else { continue };
                let needed = shortest_limit(run, limit, &case.replay, view.book, view.horizon.at);
                let at = *places.entry((name, limit)).or_insert(rows.len());
                if at == rows.len() {
                    let label = run.rule.label.clone();
                    rows.push(LimitUsage::none(name, label, limit));
                }
                rows[at].cases.add(case.id());
                rows[at].running += usize::from(run.state == ClockState::Overdue);
                match (needed, &mut rows[at].needed) {
                    (Ok(needed), Some(all)) => all.push(needed.number()),
                    (_, all) => *all = None,
                }
            }
        }
        let names = view.clock_names();
        let names: HashMap<&str, usize> =
            names.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        let rules: Vec<_> = view.book.all().collect();
        let clocks = rules.iter().rev().flat_map(|(_, rules)| &rules.clocks).enumerate();
        let mut limits: HashMap<(&str, Option<Limit>), usize> = HashMap::new();
        for (at, clock) in clocks {
            limits.entry((&clock.name, clock.within)).or_insert(at);
        }
        rows.sort_by_key(|row| (names.get(row.name), limits.get(&(row.name, Some(row.limit)))));
        rows.iter_mut().filter_map(|row| row.needed.as_mut()).for_each(|needed| needed.sort_unstable());
        rows
    }

    /// The shortest limit that at least this share of them, 0 to 1, would have kept. It is the nearest rank, not
    /// interpolated: a limit is kept or it is not.
    pub(crate) fn keeping(&self, share: f64) -> Option<Limit> {
        let needed = self.needed.as_ref()?;
        let rank = (share * needed.len() as f64 - 1e-9).ceil().max(1.0) as usize;
        needed.get(rank - 1).map(|number| self.limit.of(*number))
    }

    /// A limit of which nothing is counted yet.
    pub(super) fn none(name: &'a str, label: Text, limit: Limit) -> LimitUsage<'a> {
        LimitUsage { name, label, limit, cases: Counted::default(), running: 0, needed: Some(Vec::new()) }
    }

    /// All of them.
    pub(crate) fn all(rows: &'a [LimitUsage<'a>]) -> Figures<'a> {
        Figures::new().rows("used", say::used(), rows.iter().map(LimitUsage::table))
    }

    /// The figures of one.
    pub(super) fn table(&self) -> Figures<'_> {
        let limit = |share: f64| self.keeping(share).map(|limit| limit.to_string());
        Figures::new()
            .called(self.label.clone())
            .word("name", self.name)
            .word("limit", self.limit.to_string())
            .figure(
                Figure::count("n", self.cases.n()).called("decided", "已判定").head("n", "件数").means(
                    "Limits of this clock that were decided in the period.",
                    "该时限期内已判定的次数。",
                ),
            )
            .figure(Figure::count("running", self.running).called("running", "计时中").means(
                "Those of them that are still running at the end; their time is counted up to it.",
                "其中期末仍在计时的次数，计至期末。",
            ))
            .word("p50", limit(0.5))
            .word("p90", limit(0.9))
            .word("max", limit(1.0))
            .cases_of(&self.cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_kept_by_the_limit_of_its_rank() {
        let used = |needed: &[u32]| LimitUsage {
            name: "contact",
            label: Text::default(),
            limit: Limit::Hours(48),
            cases: Counted::default(),
            running: 0,
            needed: Some(needed.to_vec()),
        };
        let ten = used(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 40]);
        // Of ten, five are kept by 5h, nine by 9h, all by 40h.
        assert_eq!(
            [0.5, 0.9, 1.0].map(|share| ten.keeping(share)),
            [5, 9, 40].map(|n| Some(Limit::Hours(n)))
        );
        // Of three, 90 % are all three.
        assert_eq!(used(&[2, 4, 30]).keeping(0.9), Some(Limit::Hours(30)));
        assert_eq!(used(&[2, 4, 30]).keeping(0.5), Some(Limit::Hours(4)));
        assert_eq!(used(&[7]).keeping(0.5), Some(Limit::Hours(7)));
        assert_eq!(used(&[]).keeping(0.9), None);
    }
}
