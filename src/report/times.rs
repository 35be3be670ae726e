//! Handling times: first contact, resolution, closure.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Hits;
use super::period::Period;
use super::statistics::Summary;
use super::view::{View, Viewed};
use crate::case::{EventName, Step};
use crate::policy::Calendar;

/// Durations of one sort, by elapsed and by working time.
#[derive(Debug, Clone, Default)]
pub struct Measured<'a> {
    /// The cases measured, negative durations among them.
    pub counted: Hits<'a>,
    /// Elapsed seconds of those that are not negative.
    pub elapsed: Vec<f64>,
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

impl<'a> Measured<'a> {
    fn new() -> Measured<'a> {
        Measured { working: Some(Vec::new()), ..Measured::default() }
    }

    fn add(&mut self, case: &Viewed<'a>, from: Timestamp, to: Timestamp, calendar: Option<&Calendar>) {
        self.counted.add(case.id());
        if to < from {
            return;
        }
        self.elapsed.push(to.duration_since(from).as_secs_f64());
        let worked = calendar.and_then(|calendar| calendar.working_between(from, to).ok());
        match (worked, &mut self.working) {
            (Some(worked), Some(all)) => all.push(worked.as_secs_f64()),
            _ => self.working = None,
        }
    }

    /// What is said of the elapsed times.
    pub fn elapsed(&self) -> Option<Summary> {
        Summary::of(&self.elapsed)
    }

    /// What is said of the working times.
    pub fn working(&self) -> Option<Summary> {
        self.working.as_deref().and_then(Summary::of)
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
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
    pub fn among(view: &View<'a>, period: &Period, wanted: impl Fn(&Step<'a>) -> bool) -> Times<'a> {
        let calendar = view.calendar();
        let mut times = Times {
            contact: Measured::new(),
            resolution: Measured::new(),
            first_resolution: Measured::new(),
            round: Measured::new(),
            closure: Measured::new(),
        };
        for case in &view.cases {
            let received = case.replay.case.received_at();
            let add = |measured: &mut Measured<'a>, from: Timestamp, step: Option<&Step<'a>>| {
                if let Some(step) = step.filter(|step| period.holds(step.at) && wanted(step)) {
                    measured.add(case, from, step.event.at.instant(), calendar);
                }
            };
            let steps = &case.replay.steps;
            let first = |name| steps.iter().find(|step| step.event.name == name);
            add(&mut times.contact, received, first(EventName::Contacted));
            add(&mut times.resolution, received, resolution(case));
            let first_end = || steps.iter().find(|step| step.ends());
            add(&mut times.first_resolution, received, first(EventName::Resolved).or_else(first_end));
            add(&mut times.closure, received, steps.iter().rev().find(|step| step.ends()));
            for (from, step) in rounds(case) {
                add(&mut times.round, from, Some(step));
            }
        }
        times
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        json!({
            "contact": self.contact.json(cases),
            "resolution": self.resolution.json(cases),
            "first_resolution": self.first_resolution.json(cases),
            "round": self.round.json(cases),
            "closure": self.closure.json(cases),
        })
    }
}

/// What resolved the case: its last `resolved`, or the event that ended it if it never had one.
pub(super) fn resolution<'v, 'a>(case: &'v Viewed<'a>) -> Option<&'v Step<'a>> {
    let last = |wanted: fn(&Step<'a>) -> bool| case.replay.steps.iter().rev().find(|step| wanted(step));
    last(|step| step.event.name == EventName::Resolved).or_else(|| last(Step::ends))
}

/// The begin of each round that was resolved, and its last `resolved`.
fn rounds<'v, 'a>(case: &'v Viewed<'a>) -> Vec<(Timestamp, &'v Step<'a>)> {
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
