use std::collections::HashMap;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::{Counted, share};
use crate::lang::Text;
use crate::policy::{ClockState, Instance};
use crate::view::{View, Viewed};

/// How one time limit was kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct ClockFigures<'a> {
    /// Its name in the policy.
    pub name: &'a str,
    /// What people read.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<String>,
    /// Met in the period.
    pub met: Counted<'a>,
    /// Missed in the period: those whose due passed in it, ended or not.
    pub missed: Counted<'a>,
    /// Running at the horizon, and not yet due.
    pub running: Counted<'a>,
    /// Paused at the horizon.
    pub paused: Counted<'a>,
    /// Ended with their cases in the period, before the due and without the step; not counted in the share.
    pub lapsed: Counted<'a>,
}

impl ClockFigures<'_> {
    /// Met or missed.
    pub(crate) fn decided(&self) -> usize {
        self.met.n() + self.missed.n()
    }

    /// Whether it decided anything, is running or paused, or lapsed.
    pub(crate) fn had_to_do(&self) -> bool {
        let hits = [&self.met, &self.missed, &self.running, &self.paused, &self.lapsed];
        hits.iter().any(|hits| hits.n() > 0)
    }

    /// Met of those decided; `None` where nothing was.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.met.n(), self.decided())
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        let missed = Figure::counted("missed", &self.missed).called("missed", "超时").means(
            "Limits whose time was up in the period before the step was done; it does not matter whether it was done later.",
            "期内到期而未按时完成的次数，无论后来是否完成。",
        );
        Figures::new()
            .called(self.label.clone())
            .word("name", self.name)
            .word("clause", self.clause.clone())
            .figure(
                Figure::count("decided", self.decided())
                    .called("decided", "已判定")
                    .head("of", "已判定")
                    .means(
                        "Limits that were kept or missed in the period; each counts once: when the step is done, or \
                         when the time is up, whichever comes first.",
                        "期内已判定（按时或超时）的次数。每个时限只判定一次：完成相应步骤时，或到期时，以先到者为准。",
                    ),
            )
            .figure(
                Figure::counted("met", &self.met)
                    .called("kept", "按时")
                    .means("Limits kept in the period.", "期内按时完成的次数。"),
            )
            .figure(missed)
            .figure(
                Figure::share("share", self.share())
                    .called("limits kept", "按时率")
                    .head("kept", "按时率")
                    .means(
                        "Limits kept, as a share of those kept or missed; n/a if there are none.",
                        "按时次数在已判定次数中的占比；没有已判定的，不计算。",
                    )
                    .clause("S0.8.3"),
            )
            .figure(
                Figure::counted("running", &self.running)
                    .called("running", "计时中")
                    .means("Limits that are running at the end and not yet due.", "期末仍在计时、尚未到期的次数。"),
            )
            .figure(
                Figure::counted("paused", &self.paused)
                    .called("paused", "暂停")
                    .means("Limits that are paused at the end.", "期末暂停计时的次数。"),
            )
            .figure(
                Figure::counted("lapsed", &self.lapsed).called("lapsed", "随案结束").means(
                    "Limits that were not yet due, and whose step was not done, when the case ended in the period; they are not in the share.",
                    "期内案卷结束时尚未到期、也未完成步骤的次数，不计入按时率。",
                ),
            )
    }
}

/// Limits kept, of all clocks together.
pub(crate) fn met(clocks: &[ClockFigures<'_>]) -> usize {
    clocks.iter().map(|clock| clock.met.n()).sum()
}

/// Limits kept or missed, of all clocks together.
pub(crate) fn decided(clocks: &[ClockFigures<'_>]) -> usize {
    clocks.iter().map(ClockFigures::decided).sum()
}

/// Limits kept and missed, of all clocks together.
pub(super) fn all_clocks<'f>(clocks: &[ClockFigures<'_>]) -> Figures<'f> {
    Figures::new()
        .figure(
            Figure::count("decided", decided(clocks))
                .called("limits decided", "已判定")
                .head("of", "已判定")
                .means(
                    "Limits of all kinds that were kept or missed in the period.",
                    "期内各项时限已判定的次数。",
                ),
        )
        .figure(
            Figure::count("met", met(clocks))
                .called("kept", "按时")
                .means("Limits of all kinds that were kept in the period.", "期内各项时限按时完成的次数。"),
        )
        .figure(
            Figure::share("share", share(met(clocks), decided(clocks)))
                .called("limits kept", "按时率")
                .head("kept", "按时率")
                .means(
                    "Limits of all kinds kept, as a share of those kept or missed.",
                    "各项时限的按时次数在已判定次数中的占比。",
                ),
        )
}

/// Every clock of the rules, in their order; also those that decided nothing.
pub(crate) fn clock_figures<'a>(view: &View<'a>, period: &Period) -> Vec<ClockFigures<'a>> {
    clock_figures_among(view, period, |_, _| true)
}

/// The same, of the instances that are wanted.
pub(super) fn clock_figures_among<'a>(
    view: &View<'a>,
    period: &Period,
    wanted: impl Fn(&Viewed<'a>, &Instance<'a>) -> bool,
) -> Vec<ClockFigures<'a>> {
    let mut figures = none(view);
    let places = places(&figures);
    for case in &view.cases {
        for instance in case.clocks.iter().filter(|instance| wanted(case, instance)) {
            add(&mut figures, &places, case, instance, period);
        }
    }
    figures
}

/// Every clock of the rules, of which nothing is counted yet.
pub(super) fn none<'a>(view: &View<'a>) -> Vec<ClockFigures<'a>> {
    view.clock_names().into_iter().map(|name| empty(view, name)).collect()
}

/// Where each clock is among the figures.
pub(super) fn places<'a>(figures: &[ClockFigures<'a>]) -> HashMap<&'a str, usize> {
    figures.iter().enumerate().map(|(place, figure)| (figure.name, place)).collect()
}

/// Counts one instance under its clock, if it counts in the period.
pub(super) fn add<'a>(
    figures: &mut [ClockFigures<'a>],
    places: &HashMap<&str, usize>,
    case: &Viewed<'a>,
    instance: &Instance<'a>,
    period: &Period,
) {
    let place = places.get(instance.rule.name.as_str());
    if let Some(figure) = place.and_then(|place| figures.get_mut(*place)) {
        count(figure, case, instance, period);
    }
}

fn empty<'a>(view: &View<'a>, name: &'a str) -> ClockFigures<'a> {
    let clock = view.rules().filter_map(|rules| rules.clocks.iter().find(|clock| clock.name == name)).last();
    ClockFigures {
        name,
        label: clock.map_or_else(|| Text::same(name), |clock| clock.label.clone()),
        clause: clock.and_then(|clock| clock.clause.clone()),
        ..ClockFigures::default()
    }
}

fn count<'a>(figure: &mut ClockFigures<'a>, case: &Viewed<'a>, instance: &Instance<'a>, period: &Period) {
    let in_period = |at: Option<jiff::Timestamp>| at.is_some_and(|at| period.holds(at));
    let hits = match instance.state {
        ClockState::Met if in_period(instance.decided) => &mut figure.met,
        ClockState::Missed | ClockState::Overdue if in_period(instance.decided) => &mut figure.missed,
        ClockState::Lapsed if in_period(instance.stopped) => &mut figure.lapsed,
        ClockState::Running | ClockState::Warning => &mut figure.running,
        ClockState::Paused => &mut figure.paused,
        ClockState::Met
        | ClockState::Missed
        | ClockState::Overdue
        | ClockState::Lapsed
        | ClockState::Unknown => return,
    };
    hits.add(case.id());
}
