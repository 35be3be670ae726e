//! The two clocks of the shop, hour by hour.

use super::Asked;
use super::tally::Tally;
use super::told::{Step, Told};

/// A clock: its name, starts, stops, hours, and whether it is paused while the customer has to answer.
struct Clock {
    name: &'static str,
    starts: fn(&Step) -> bool,
    stops: fn(&Step) -> bool,
    hours: i64,
    waits: bool,
}

const CLOCKS: [Clock; 2] = [
    Clock {
        name: "contact",
        starts: |step| step.said.name == "received",
        stops: |step| ["contacted", "rejected"].contains(&step.said.name),
        hours: 48,
        waits: false,
    },
    Clock {
        name: "resolve",
        starts: |step| {
            let again = step.said.name == "reopened" || step.says("outcome") == Some("dissatisfied");
            step.drawn.kind == "complaint" && (step.said.name == "received" || again)
        },
        stops: |step| ["resolved", "rejected"].contains(&step.said.name),
        hours: 72,
        waits: true,
    },
];

/// An instance that is counted: of which clock, as what, and the last event before it was decided.
pub(super) struct Counted<'t, 'd> {
    pub clock: &'static str,
    pub figure: &'static str,
    pub case: &'t Told<'d>,
    pub step: &'t Step<'d>,
    /// When its due passed, if it did before its end, and whether it has ended.
    due: Option<i64>,
    ended: bool,
}

impl Counted<'_, '_> {
    /// Whether it runs, or has run out and nobody has done the step: then its case is in sight.
    pub(super) fn watches(&self) -> bool {
        !self.ended && self.figure != "paused"
    }
}

pub(super) fn instances<'t, 'd>(told: &'t [Told<'d>], asked: &Asked) -> Vec<Counted<'t, 'd>> {
    let mut found = Vec::new();
    for clock in &CLOCKS {
        for case in told {
            let mut start = 0;
            while let Some(at) = (start..case.steps.len()).find(|at| (clock.starts)(&case.steps[*at])) {
                let ends = |step: &Step| {
                    (clock.stops)(step) || step.said.name == "voided" || step.ended() && !step.was_ended
                };
                let end = (at + 1..case.steps.len()).find(|end| ends(&case.steps[*end]));
                found.push(instance(clock, case, (at, end), asked));
                // What ends one instance can start the next.
                start = end.unwrap_or(case.steps.len());
            }
        }
    }
    found
}

/// The figures of the clocks, and what is late; no hand-over of these ledgers names a deadline, and no wait a day.
pub(super) fn count(told: &[Told], asked: &Asked, tally: &mut Tally) {
    let names = ["contact", "resolve", "waiting", "handover"];
    for name in names {
        let place = format!("/clocks/{name}");
        for figure in ["met", "missed", "running", "paused", "lapsed"] {
            tally.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
        }
    }
    for counted in instances(told, asked) {
        let Counted { clock, figure, case, .. } = counted;
        if !figure.is_empty() {
            tally.hit(&format!("/clocks/{clock}/{figure}"), &format!("/clocks/{clock}/cases/{figure}"), case);
        }
        if let (Some(due), false) = (counted.due, counted.ended) {
            late(clock, case, asked.horizon - due, tally);
        }
    }
    for name in names {
        share(&format!("/clocks/{name}"), tally);
    }
}

/// What was decided, and the share of it that was met.
pub(super) fn share(place: &str, tally: &mut Tally) {
    let (met, missed) = (tally.count(&format!("{place}/met")), tally.count(&format!("{place}/missed")));
    tally.number(&format!("{place}/decided"), met + missed);
    tally.share(&format!("{place}/share"), met, met + missed);
}

fn instance<'t, 'd>(
    clock: &Clock,
    case: &'t Told<'d>,
    (start, ending): (usize, Option<usize>),
    asked: &Asked,
) -> Counted<'t, 'd> {
    let end = ending.map(|end| &case.steps[end]);
    let until = end.map_or(asked.horizon, |end| end.hour);
    let (mut hour, mut left) = (case.steps[start].hour, clock.hours);
    let still = |hour: i64| {
        let standing = case.steps[start..].iter().rfind(|step| step.hour <= hour);
        clock.waits && standing.is_some_and(|step| step.status == "waiting")
    };
    while left > 0 && hour < until {
        left -= i64::from(!still(hour));
        hour += 1;
    }
    // The hour at which all of it was used up, if that was before the end.
    let due = (left == 0 && hour < until).then_some(hour);
    let figure = match (due, end) {
        (Some(due), _) if asked.holds(due) => "missed",
        // What is not decided when the case is declared void is withdrawn.
        (None, Some(end)) if end.void => "",
        (None, Some(end)) if (clock.stops)(end) && asked.holds(end.hour) => "met",
        (None, Some(end)) if !(clock.stops)(end) && asked.holds(end.hour) => "lapsed",
        (None, None) if left > 0 && still(asked.horizon) => "paused",
        (None, None) => "running",
        _ => "",
    };
    let step = match (due, ending) {
        (Some(due), _) => case.steps.iter().rfind(|step| step.hour <= due),
        (None, Some(end)) if figure == "lapsed" => case.steps.get(end - 1),
        (None, Some(end)) => case.steps.get(end),
        (None, None) => case.steps.last(),
    };
    Counted { clock: clock.name, figure, case, step: step.unwrap(), due, ended: end.is_some() }
}

fn late(clock: &str, case: &Told, hours: i64, tally: &mut Tally) {
    let seconds = hours * 3600;
    let place = format!("/overdue/{} {clock} {seconds}", case.drawn.id);
    tally.number(&format!("{place}/overdue_seconds"), seconds as f64);
    let last = &case.steps[case.steps.len() - 1];
    for attribute in ["owner", "department"] {
        if let Some(word) = last.is(attribute) {
            tally.words(&format!("{place}/{attribute}"), &format!("\"{word}\""));
        }
    }
}
