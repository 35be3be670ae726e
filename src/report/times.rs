//! Handling times: first contact, resolution, closure.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::statistics::Summary;
use super::{Counted, say};
use crate::calendar::{Calendar, MissingYear};
use crate::case::{EventName, Id, Step};
use crate::view::{View, Viewed};

/// Durations of one sort, by elapsed and by working time.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    /// The cases, those with a negative duration too.
    pub counted: Counted<'a>,
    /// Elapsed seconds of those that are not negative.
    pub elapsed: Vec<f64>,
    /// The cases of these, in the same order.
    timed: Vec<&'a Id>,
    /// Working seconds of the same; `None` if the calendar lacks a year, or if there is no calendar.
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
    /// Nothing is measured yet.
    fn default() -> Self {
        Measured {
            counted: Counted::default(),
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

    /// What people call a handling time, by its word for programs, and what it is.
    pub(crate) fn named<'f>(table: Figures<'f>, key: &str) -> Figures<'f> {
        match key {
            "contact" => table.called(say::first_contact()).means(
                "From the receipt to the first contact with the customer; counted in the period of that contact.",
                "从受理到首次联系客户；计入首次联系所在的期间。",
            ),
            "resolution" => table.called(say::resolution()).means(
                "From the receipt to the last time that the case was resolved, or to its end if it never was; counted in the period of that event.",
                "从受理到最后一次办结（从未办结的，到案卷结束）；计入该事件所在的期间。",
            ),
            "first_resolution" => table.called(say::first_resolution()).means(
                "From the receipt to the first time that the case was resolved, or to its end if it never was; a case that was taken up again counts here once. Example: a case was resolved in October, reopened, and resolved again in November. It counts here in October, and under resolution in November.",
                "从受理到首次办结（从未办结的，到案卷结束）；重新办理过的案卷在此只计一次。例如 10 月办结、重新办理后 11 月再次办结的，此项计入 10 月，“办结”计入 11 月。",
            ),
            "round" => table.called(say::each_round()).means(
                "From the beginning of a round of handling to the last time that it was resolved; a round that was never resolved does not count. Example: received on the 1st, resolved on the 3rd, reopened on the 5th, resolved on the 6th: one round of two days, one of one day.",
                "从一轮办理开始到该轮最后一次办结；从未办结的轮次不计。例如 1 日受理、3 日办结、5 日重新办理、6 日办结：一轮两天，一轮一天。",
            ),
            _ => table.called(say::closure()).means(
                "From the receipt to the event that ended the case; counted in the period of that event.",
                "从受理到案卷结束；计入结束所在的期间。",
            ),
        }
    }

    /// The summary of the elapsed times.
    pub(crate) fn elapsed(&self) -> Option<Summary> {
        Summary::of(&self.elapsed)
    }

    /// The summary of the working times.
    pub(crate) fn working(&self) -> Option<Summary> {
        self.working.as_deref().and_then(Summary::of)
    }

    /// The figures of elapsed and of working time.
    pub(crate) fn table(&self) -> Figures<'_> {
        let elapsed = Summary::table(self.elapsed.len(), self.elapsed().as_ref()).called(say::elapsed());
        let working = self
            .working
            .as_ref()
            .map(|all| Summary::table(all.len(), self.working().as_ref()).called(say::working()));
        Figures::new().table("elapsed", elapsed).maybe("working", working).cases_of(&self.counted)
    }
}

impl<'a> Times<'a> {
    /// Measures what ended in the period.
    pub fn of(view: &View<'a>, period: &Period) -> Times<'a> {
        Times::among(view, period, |_| true)
    }

    /// Measures what ended in the period with a step that is wanted.
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
    pub(super) fn add(&mut self, stretch: &MeasuredTime<'_, 'a>, calendar: Option<&Calendar>) {
        let measured = match stretch.sort {
            TimeKind::Contact => &mut self.contact,
            TimeKind::Resolution => &mut self.resolution,
            TimeKind::FirstResolution => &mut self.first_resolution,
            TimeKind::Round => &mut self.round,
            TimeKind::Closure => &mut self.closure,
        };
        measured.add(stretch.case, stretch.from, stretch.step.event.at.instant(), calendar);
    }

    /// How many were resolved.
    pub(super) fn resolved(&self) -> Figures<'_> {
        let n = Figure::counted("n", &self.resolution.counted).called("resolved", "办结").means(
            "Cases that were resolved in the period; each counts once, when it was last resolved, or when it ended if it never was.",
            "期内办结的件数，以最后一次办结为准；从未办结的，以结束为准。",
        );
        Figures::new().figure(n)
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

    /// The figures of each handling time.
    pub(crate) fn table(&self) -> Figures<'_> {
        let mut table = Figures::new().called(say::times());
        for (key, measured) in self.rows() {
            table = table.table(key, Measured::named(measured.table(), key));
        }
        table
    }
}

/// The years that working times of the period need and that the shop's calendar lacks.
pub(crate) fn missing_working_years(view: &View<'_>, period: &Period) -> BTreeSet<MissingYear> {
    let mut missing = BTreeSet::new();
    each(view, period, |stretch| {
        let to = stretch.step.event.at.instant();
        missing.extend(view.calendar().and_then(|calendar| calendar.working_between(stretch.from, to).err()));
    });
    missing
}

/// Which handling time a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeKind {
    Contact,
    Resolution,
    FirstResolution,
    Round,
    Closure,
}

/// A handling time of a case: from an instant to the event that ended it.
pub(super) struct MeasuredTime<'v, 'a> {
    pub(super) sort: TimeKind,
    pub(super) case: &'v Viewed<'a>,
    pub(super) from: Timestamp,
    pub(super) step: &'v Step<'a>,
}

/// Every handling time that ended in the period.
pub(super) fn each<'v, 'a>(view: &'v View<'a>, period: &Period, mut seen: impl FnMut(MeasuredTime<'v, 'a>)) {
    for case in &view.cases {
        let received = case.replay.case.received_at();
        let steps = &case.replay.steps;
        let first = |name| steps.iter().find(|step| step.event.name == name);
        let first_resolved = first(EventName::Resolved).or_else(|| steps.iter().find(|step| step.ends()));
        let once = [
            (TimeKind::Contact, first(EventName::Contacted)),
            (TimeKind::Resolution, resolution(case)),
            (TimeKind::FirstResolution, first_resolved),
            (TimeKind::Closure, steps.iter().rev().find(|step| step.ends())),
        ];
        let once = once.into_iter().filter_map(|(sort, step)| Some((sort, received, step?)));
        let rounds = rounds(case).into_iter().map(|(from, step)| (TimeKind::Round, from, step));
        for (sort, from, step) in once.chain(rounds).filter(|(.., step)| period.holds(step.at)) {
            seen(MeasuredTime { sort, case, from, step });
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
