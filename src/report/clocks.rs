use std::collections::HashMap;

use serde_json::{Value, json};

use super::period::Period;
use super::view::{View, Viewed};
use super::{Hits, share};
use crate::lang::Text;
use crate::policy::{ClockState, Instance};

/// How one time limit was kept.
#[derive(Debug, Clone)]
pub(crate) struct ClockFigures<'a> {
    /// Its name in the policy.
    pub name: &'a str,
    /// What people read.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<String>,
    /// Met in the period.
    pub met: Hits<'a>,
    /// Missed in the period: those whose due passed in it, ended or not.
    pub missed: Hits<'a>,
    /// Running at the horizon, in time so far.
    pub running: Hits<'a>,
    /// Standing still at the horizon.
    pub paused: Hits<'a>,
    /// Ended with their cases in the period, before the due and without the step; not counted in the share.
    pub lapsed: Hits<'a>,
}

impl ClockFigures<'_> {
    /// Met or missed.
    pub(crate) fn decided(&self) -> usize {
        self.met.n() + self.missed.n()
    }

    /// Whether it decided anything, runs, stands still or lapsed.
    pub(crate) fn had_to_do(&self) -> bool {
        let hits = [&self.met, &self.missed, &self.running, &self.paused, &self.lapsed];
        hits.iter().any(|hits| hits.n() > 0)
    }

    /// Met of those decided; `None` where nothing was.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.met.n(), self.decided())
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let mut object = json!({
            "name": self.name,
            "clause": self.clause,
            "decided": self.decided(),
            "met": self.met.n(),
            "missed": self.missed.n(),
            "share": self.share(),
            "running": self.running.n(),
            "paused": self.paused.n(),
            "lapsed": self.lapsed.n(),
        });
        if cases {
            object["cases"] = json!({
                "met": self.met.ids(),
                "missed": self.missed.ids(),
                "running": self.running.ids(),
                "paused": self.paused.ids(),
                "lapsed": self.lapsed.ids(),
            });
        }
        object
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

/// Where each clock stands among the figures.
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
        met: Hits::default(),
        missed: Hits::default(),
        running: Hits::default(),
        paused: Hits::default(),
        lapsed: Hits::default(),
    }
}

fn count<'a>(figure: &mut ClockFigures<'a>, case: &Viewed<'a>, instance: &Instance<'a>, period: &Period) {
    let now = |at: Option<jiff::Timestamp>| at.is_some_and(|at| period.holds(at));
    let hits = match instance.state {
        ClockState::Met if now(instance.decided) => &mut figure.met,
        ClockState::Missed | ClockState::Overdue if now(instance.decided) => &mut figure.missed,
        ClockState::Lapsed if now(instance.stopped) => &mut figure.lapsed,
        ClockState::Running | ClockState::Warning => &mut figure.running,
        ClockState::Paused => &mut figure.paused,
        ClockState::Met | ClockState::Missed | ClockState::Overdue | ClockState::Lapsed => return,
    };
    hits.add(case.id());
}
