//! The audit: each figure under the department as it stood at what is counted.

use std::collections::BTreeSet;

use super::clocks::{instances, share};
use super::tally::Tally;
use super::told::{Step, Told};
use super::{Asked, measure, satisfaction};

pub(super) fn count(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for department in had_anything_to_do(told, asked) {
        let theirs = |step: &Step| step.is("department") == department;
        let mut found = Tally::default();
        let place = format!("/{}", department.unwrap_or("-"));
        for figure in ["received", "assigned", "returned", "resolved", "closed", "closing"] {
            found.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
        }
        for case in told {
            for figure in hits(case, department, asked) {
                found.hit(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"), case);
            }
        }
        for time in ["contact", "resolution", "first_resolution", "closure", "round"] {
            measure(told, asked, time, &format!("{place}/times/{time}"), &theirs, &mut found);
        }
        satisfaction(told, asked, &format!("{place}/satisfaction"), &theirs, &mut found);
        clocks(told, asked, department, &place, &mut found);
        // The hub is told only if something counts for it.
        let counted = [
            "received",
            "resolved",
            "closed",
            "closing",
            "decided",
            "satisfaction/made",
            "times/contact/elapsed/n",
        ];
        let any = counted.iter().any(|figure| found.count(&format!("{place}/{figure}")) > 0.0)
            || found.cases(&format!("{place}/times/contact/cases")) > 0.0;
        if department.is_some() || any {
            tally.take(found);
        }
    }
}

/// Departments that a case stood with before or after an event of the period, that received, that have something left
/// open, or under which a clock was decided.
fn had_anything_to_do(told: &[Told], asked: &Asked) -> BTreeSet<Option<&'static str>> {
    let mut found = BTreeSet::new();
    for case in told {
        if asked.holds(case.received) {
            found.insert(case.steps.iter().find_map(|step| step.is("department")));
        }
        for (at, step) in case.steps.iter().enumerate().filter(|(_, step)| asked.holds(step.hour)) {
            found.insert(step.is("department"));
            found.insert(at.checked_sub(1).and_then(|at| case.steps[at].is("department")));
        }
        found.extend(case.before(asked.to).filter(|step| !step.ended()).map(|step| step.is("department")));
    }
    let decided = instances(told, asked).into_iter().filter(|c| ["met", "missed"].contains(&c.figure));
    found.extend(decided.map(|counted| counted.step.is("department")));
    found
}

/// What is counted of a case under a department, once for each time.
fn hits(case: &Told, department: Option<&str>, asked: &Asked) -> Vec<&'static str> {
    let mut hits = Vec::new();
    let first = case.steps.iter().find_map(|step| step.is("department"));
    if asked.holds(case.received) && first == department {
        hits.push("received");
    }
    for (at, step) in case.steps.iter().enumerate().filter(|(_, step)| asked.holds(step.hour)) {
        let before = at.checked_sub(1).and_then(|at| case.steps[at].is("department"));
        match step.said.name {
            "assigned" if step.is("department") == department => hits.push("assigned"),
            "returned" if before == department => hits.push("returned"),
            _ => {}
        }
        if step.status == "closed" && !step.was_ended && step.is("department") == department {
            hits.push("closed");
        }
    }
    let theirs = |step: &&Step| step.is("department") == department;
    hits.extend(case.resolution().filter(|step| asked.holds(step.hour)).filter(theirs).map(|_| "resolved"));
    hits.extend(case.before(asked.to).filter(|step| !step.ended()).filter(theirs).map(|_| "closing"));
    hits
}

/// Only clocks that had anything to do are told.
fn clocks(told: &[Told], asked: &Asked, department: Option<&str>, place: &str, tally: &mut Tally) {
    let counted = instances(told, asked);
    let (mut met, mut decided) = (0.0, 0.0);
    for clock in ["contact", "resolve"] {
        let theirs = || {
            let of_clock = counted.iter().filter(move |counted| counted.clock == clock);
            of_clock
                .filter(|counted| counted.step.is("department") == department && !counted.figure.is_empty())
        };
        if theirs().next().is_none() {
            continue;
        }
        let place = format!("{place}/clocks/{clock}");
        for figure in ["met", "missed", "running", "paused", "lapsed"] {
            tally.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
            for counted in theirs().filter(|counted| counted.figure == figure) {
                tally.hit(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"), counted.case);
            }
        }
        share(&place, tally);
        met += tally.count(&format!("{place}/met"));
        decided += tally.count(&format!("{place}/decided"));
    }
    tally.number(&format!("{place}/met"), met);
    tally.number(&format!("{place}/decided"), decided);
    tally.share(&format!("{place}/share"), met, decided);
}
