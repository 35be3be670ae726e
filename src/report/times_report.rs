//! How long it takes (S3.1.4): each handling time, how it is spread, how it differs between groups, and where it goes.

use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::target::{TargetFigures, target_figures};
use super::times::{Measured, TimeKind, each, resolution};
use super::{Counted, Dimension, Distribution, Summary, Times, say};
use crate::case::{Status, Step};
use crate::lang::names;
use crate::policy::RuleBook;
use crate::view::View;

/// The handling times of a period.
#[derive(Debug, Clone)]
pub(crate) struct TimesReport<'a> {
    /// Which.
    pub period: Period,
    /// All of them.
    pub all: Times<'a>,
    /// The rounds resolved in the period by their number, from 1.
    pub rounds: Vec<(u32, Measured<'a>)>,
    /// Where the time went.
    pub spent: Vec<Spent<'a>>,
    /// The shop's objectives.
    pub targets: Vec<TargetFigures<'a>>,
    /// By each dimension that is asked for.
    pub by: Vec<TimesBy<'a>>,
}

/// Handling times by the attribute as it was at the event that ended each.
#[derive(Debug, Clone)]
pub(crate) struct TimesBy<'a> {
    /// What they are grouped by.
    pub dimension: Dimension,
    /// Its values, the most resolved first; `None`: not known.
    pub rows: Vec<(Option<&'a str>, Times<'a>)>,
}

/// How long the cases resolved in a period were in a status, from their receipt to their resolution.
///
/// A case that was in it several times counts once, with the sum. A case that was resolved before its receipt, by its
/// stamps, is left out.
#[derive(Debug, Clone)]
pub(crate) struct Spent<'a> {
    /// The status.
    pub status: Status,
    /// Those of the resolved cases that were in it.
    pub cases: Counted<'a>,
    /// Elapsed seconds, one a case.
    pub seconds: Vec<f64>,
    /// The share of all the time that all of them took, in every status.
    pub share: Option<f64>,
}

impl<'a> TimesReport<'a> {
    /// The figures of a period, as of the view's horizon.
    pub(crate) fn of(view: &View<'a>, period: &Period, by: &[Dimension]) -> TimesReport<'a> {
        TimesReport {
            period: period.clone(),
            all: Times::of(view, period),
            rounds: by_round(view, period),
            spent: Spent::all(view, period),
            targets: target_figures(view, period),
            by: by.iter().map(|dimension| TimesBy::of(view, period, *dimension)).collect(),
        }
    }

    /// A row a round.
    pub(crate) fn rounds(&self) -> impl Iterator<Item = Figures<'_>> {
        self.rounds.iter().map(|(round, measured)| {
            let measured = measured.table().called(say::round(*round));
            measured.cases_here().word("key", round.to_string())
        })
    }

    /// The report.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let mut spread = Figures::new().called(say::spread());
        for (key, measured) in self.all.rows() {
            spread = spread.table(key, Measured::named(Distribution::of(measured).table(), key));
        }
        let table = Figures::new()
            .table("times", self.all.table())
            .table("distribution", spread)
            .rows("rounds", say::rounds(), self.rounds())
            .rows("statuses", say::statuses(), self.spent.iter().map(Spent::table))
            .rows("targets", say::targets(), self.targets.iter().map(TargetFigures::table));
        if self.by.is_empty() {
            return table;
        }
        let mut groups = Figures::new();
        for by in &self.by {
            groups = groups.rows(by.dimension.word(), by.dimension.label(), by.table(book));
        }
        table.table("groups", groups)
    }
}

impl<'a> TimesBy<'a> {
    fn of(view: &View<'a>, period: &Period, dimension: Dimension) -> TimesBy<'a> {
        let mut rows: BTreeMap<Option<&'a str>, Times<'a>> = BTreeMap::new();
        each(view, period, |stretch| {
            let times = rows.entry(dimension.of(&stretch.step.state)).or_default();
            times.add(&stretch, view.calendar());
        });
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(key, times)| {
            (key.is_none(), std::cmp::Reverse(times.resolution.counted.n()), *key)
        });
        TimesBy { dimension, rows }
    }

    /// A row a value.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Vec<Figures<'f>> {
        let mut rows = Vec::new();
        for (key, times) in &self.rows {
            rows.push(times.table().called(self.dimension.value(book, *key)).word("key", *key));
        }
        rows
    }
}

fn by_round<'a>(view: &View<'a>, period: &Period) -> Vec<(u32, Measured<'a>)> {
    let mut rounds: BTreeMap<u32, Measured<'a>> = BTreeMap::new();
    each(view, period, |stretch| {
        if stretch.sort == TimeKind::Round {
            let measured = rounds.entry(stretch.step.state.round).or_default();
            measured.add(stretch.case, stretch.from, stretch.step.event.at.instant(), view.calendar());
        }
    });
    rounds.into_iter().collect()
}

impl<'a> Spent<'a> {
    fn all(view: &View<'a>, period: &Period) -> Vec<Spent<'a>> {
        let mut found: Vec<Spent<'a>> = Status::ALL.map(Spent::none).into();
        let mut total = 0.0;
        for case in &view.cases {
            let received = case.replay.case.received_at();
            let Some(resolved) = resolution(case).filter(|step| period.holds(step.at)) else { continue };
            if resolved.event.at.instant() < received {
                continue;
            }
            let until = case.replay.steps.iter().take_while(|step| step.index != resolved.index).count();
            let mut sums = [None::<f64>; Status::ALL.len()];
            for pair in case.replay.steps[..=until].windows(2) {
                let length = pair[1].at.duration_since(pair[0].at).as_secs_f64();
                let sum = &mut sums[place(&pair[0])];
                *sum = Some(sum.unwrap_or(0.0) + length);
                total += length;
            }
            for (spent, sum) in found.iter_mut().zip(sums) {
                spent.seconds.extend(sum);
                if sum.is_some() {
                    spent.cases.add(case.id());
                }
            }
        }
        for spent in &mut found {
            spent.share = (total > 0.0).then(|| spent.seconds.iter().sum::<f64>() / total);
        }
        found.retain(|spent| spent.cases.n() > 0);
        found
    }

    fn none(status: Status) -> Spent<'a> {
        Spent { status, cases: Counted::default(), seconds: Vec::new(), share: None }
    }

    /// The summary of the times.
    pub(crate) fn summary(&self) -> Option<Summary> {
        Summary::of(&self.seconds)
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        Summary::table(self.seconds.len(), self.summary().as_ref())
            .called(names::status(self.status).text())
            .word("key", self.status.word())
            .figure(spent_share(self.share))
            .cases_of(&self.cases)
    }
}

/// Where a status is in [`Status::ALL`].
fn place(step: &Step<'_>) -> usize {
    Status::ALL.iter().position(|status| *status == step.state.status).unwrap_or(0)
}

/// How much of all the time the cases were in a status.
pub(super) fn spent_share<'f>(share: Option<f64>) -> Figure<'f> {
    Figure::share("share", share).called("share", "占比").means(
        "The time in this status, as a share of all the time from receipt to resolution of the cases resolved.",
        "处于该状态的时间，在办结案卷从受理到办结的全部时间中的占比。",
    )
}
