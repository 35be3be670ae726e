//! The two clocks of the shop, hour by hour.

use super::Asked;
use super::tally::Tally;
use super::told::{Step, Told};

/// A clock: its name, starts, stops, hours, and whether it stands still while the customer has to answer.
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

pub(super) fn count(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for clock in &CLOCKS {
        let place = format!("/clocks/{}", clock.name);
        for figure in ["met", "missed", "running", "paused", "lapsed"] {
            tally.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
        }
        for case in told {
            let mut start = 0;
            while let Some(at) = (start..case.steps.len()).find(|at| (clock.starts)(&case.steps[*at])) {
                let ends = |step: &Step| (clock.stops)(step) || step.ended() && !step.was_ended;
                let end = (at + 1..case.steps.len()).find(|end| ends(&case.steps[*end]));
                instance(clock, case, (at, end), asked, tally);
                // What ends one instance can start the next.
                start = end.unwrap_or(case.steps.len());
            }
        }
        let (met, missed) = (tally.count(&format!("{place}/met")), tally.count(&format!("{place}/missed")));
        tally.number(&format!("{place}/decided"), met + missed);
        tally.share(&format!("{place}/share"), met, met + missed);
    }
}

fn instance(
    clock: &Clock,
    case: &Told,
    (start, end): (usize, Option<usize>),
    asked: &Asked,
    tally: &mut Tally,
) {
    let end = end.map(|end| &case.steps[end]);
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
        (None, Some(end)) if (clock.stops)(end) && asked.holds(end.hour) => "met",
        (None, Some(end)) if !(clock.stops)(end) && asked.holds(end.hour) => "lapsed",
        (None, None) if left > 0 && still(asked.horizon) => "paused",
        (None, None) => "running",
        _ => "",
    };
    let place = format!("/clocks/{}", clock.name);
    if !figure.is_empty() {
        tally.hit(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"), case);
    }
    if let (Some(due), None) = (due, end) {
        let seconds = (asked.horizon - due) * 3600;
        let place = format!("/overdue/{} {} {seconds}", case.drawn.id, clock.name);
        tally.number(&format!("{place}/overdue_seconds"), seconds as f64);
        let last = &case.steps[case.steps.len() - 1];
        for attribute in ["owner", "department"] {
            if let Some(word) = last.is(attribute) {
                tally.words(&format!("{place}/{attribute}"), &format!("\"{word}\""));
            }
        }
    }
}
