//! Handling times: first contact, resolution, closure.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Hits;
use super::period::Period;
use super::statistics::Summary;
use super::view::{View, Viewed};
use crate::case::{EventName, Id, Step};
use crate::policy::Calendar;

/// Durations of one sort, by elapsed and by working time.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    /// The cases measured, negative durations among them.
    pub counted: Hits<'a>,
    /// Elapsed seconds of those that are not negative.
    pub elapsed: Vec<f64>,
    /// The cases of these, in the same order.
    timed: Vec<&'a Id>,
    /// Working seconds of the same; `None` where the calendar lacks a year, or there is no calendar.
    pub working: Option<Vec<f64>>,
}

/// The handling times of a period.
#[derive(Debug, Clone, Default)]
pub struct Times<'a> {
    /// First `contacted` after the receipt, in the period of the contact.
    pub contact: Measured<'a>,
    /// Last `resolved`, or the end of a case that never was, in the period of that.
    pub resolution: Measured<'a>,
    /// First `resolved`, or the end of a case that never was.
    pub first_resolution: Measured<'a>,
    /// Each round, from its begin to its last `resolved`.
    pub round: Measured<'a>,
    /// Last terminal event.
    pub closure: Measured<'a>,
}

impl Default for Measured<'_> {
    /// Nothing measured, and nothing that could not be.
    fn default() -> Self {
        Measured {
            counted: Hits::default(),
            elapsed: Vec::new(),
            timed: Vec::new(),
            working: Some(Vec::new()),
        }
    }
}

impl<'a> Measured<'a> {
    /// Each case with its elapsed seconds, once for each time that was measured.
    pub(super) fn elapsed_by_case(&self) -> impl Iterator<Item = (&'a Id, f64)> {
        self.timed.iter().copied().zip(self.elapsed.iter().copied())
    }

    /// Adds a time; a negative one is counted and not measured.
    pub(super) fn add(
        &mut self,
        case: &Viewed<'a>,
        from: Timestamp,
        to: Timestamp,
        calendar: Option<&Calendar>,
    ) {
        self.counted.add(case.id());
        if to < from {
            return;
        }
        self.timed.push(case.id());
        self.elapsed.push(to.duration_since(from).as_secs_f64());
        let worked = calendar.and_then(|calendar| calendar.working_between(from, to).ok());
        match (worked, &mut self.working) {
            (Some(worked), Some(all)) => all.push(worked.as_secs_f64()),
            _ => self.working = None,
        }
    }

    /// What is said of the elapsed times.
    pub(crate) fn elapsed(&self) -> Option<Summary> {
        Summary::of(&self.elapsed)
    }

    /// What is said of the working times.
    pub(crate) fn working(&self) -> Option<Summary> {
        self.working.as_deref().and_then(Summary::of)
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let working = match &self.working {
            Some(all) => Summary::json(all.len(), self.working().as_ref()),
            None => Value::Null,
        };
        let mut object = json!({
            "elapsed": Summary::json(self.elapsed.len(), self.elapsed().as_ref()),
            "working": working,
        });
        if cases {
            object["cases"] = self.counted.ids();
        }
        object
    }
}

impl<'a> Times<'a> {
    /// Measures what ended in the period.
    pub fn of(view: &View<'a>, period: &Period) -> Times<'a> {
        Times::among(view, period, |_| true)
    }

    /// Measures what ended in the period, where the step that ended it is wanted.
    pub(crate) fn among(view: &View<'a>, period: &Period, wanted: impl Fn(&Step<'a>) -> bool) -> Times<'a> {
        let mut times = Times::default();
        each(view, period, |stretch| {
            if wanted(stretch.step) {
                times.add(&stretch, view.calendar());
            }
        });
        times
    }

    /// Adds what was measured.
    pub(super) fn add(&mut self, stretch: &Stretch<'_, 'a>, calendar: Option<&Calendar>) {
        let measured = match stretch.sort {
            Sort::Contact => &mut self.contact,
            Sort::Resolution => &mut self.resolution,
            Sort::FirstResolution => &mut self.first_resolution,
            Sort::Round => &mut self.round,
            Sort::Closure => &mut self.closure,
        };
        measured.add(stretch.case, stretch.from, stretch.step.event.at.instant(), calendar);
    }

    /// Each of them, with its word for programs.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&'static str, &Measured<'a>)> {
        [
            ("contact", &self.contact),
            ("resolution", &self.resolution),
            ("first_resolution", &self.first_resolution),
            ("round", &self.round),
            ("closure", &self.closure),
        ]
        .into_iter()
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        Value::Object(self.rows().map(|(key, measured)| (key.to_owned(), measured.json(cases))).collect())
    }
}

/// Which handling time a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Contact,
    Resolution,
    FirstResolution,
    Round,
    Closure,
}

/// A handling time of a case: from an instant to the event that ended it.
pub(super) struct Stretch<'v, 'a> {
    pub(super) sort: Sort,
    pub(super) case: &'v Viewed<'a>,
    pub(super) from: Timestamp,
    pub(super) step: &'v Step<'a>,
}

/// Every handling time that ended in the period.
pub(super) fn each<'v, 'a>(view: &'v View<'a>, period: &Period, mut seen: impl FnMut(Stretch<'v, 'a>)) {
    for case in &view.cases {
        let received = case.replay.case.received_at();
        let steps = &case.replay.steps;
        let first = |name| steps.iter().find(|step| step.event.name == name);
        let first_resolved = first(EventName::Resolved).or_else(|| steps.iter().find(|step| step.ends()));
        let once = [
            (Sort::Contact, first(EventName::Contacted)),
            (Sort::Resolution, resolution(case)),
            (Sort::FirstResolution, first_resolved),
            (Sort::Closure, steps.iter().rev().find(|step| step.ends())),
        ];
        let once = once.into_iter().filter_map(|(sort, step)| Some((sort, received, step?)));
        let rounds = rounds(case).into_iter().map(|(from, step)| (Sort::Round, from, step));
        for (sort, from, step) in once.chain(rounds).filter(|(.., step)| period.holds(step.at)) {
            seen(Stretch { sort, case, from, step });
        }
    }
}

/// What resolved the case: its last `resolved`, or the event that ended it if it never had one.
pub(super) fn resolution<'v, 'a>(case: &'v Viewed<'a>) -> Option<&'v Step<'a>> {
    let last = |wanted: fn(&Step<'a>) -> bool| case.replay.steps.iter().rev().find(|step| wanted(step));
    last(|step| step.event.name == EventName::Resolved).or_else(|| last(Step::ends))
}

/// The begin of each round that was resolved, and its last `resolved`.
pub(super) fn rounds<'v, 'a>(case: &'v Viewed<'a>) -> Vec<(Timestamp, &'v Step<'a>)> {
    let mut begun = case.replay.case.received_at();
    let (mut round, mut resolved_round) = (1, 0);
    let mut found: Vec<(Timestamp, &Step<'a>)> = Vec::new();
    for step in &case.replay.steps {
        if step.state.round > round {
            (round, begun) = (step.state.round, step.at);
        }
        if step.event.name == EventName::Resolved {
            if resolved_round == round {
                found.pop();
            }
            resolved_round = round;
            found.push((begun, step));
        }
    }
    found
}
