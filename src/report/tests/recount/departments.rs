//! The audit: each figure under the department as it stood at what is counted.

use std::collections::BTreeSet;

use super::clocks::{instances, share};
use super::tally::Tally;
use super::told::Told;
use super::{Asked, measure, satisfaction};

pub(super) fn count(told: &[Told], asked: &Asked, tally: &mut Tally) {
    for department in had_anything_to_do(told, asked) {
        let place = format!("/{}", department.unwrap_or("-"));
        for figure in ["assigned", "returned", "resolved", "closed", "closing"] {
            tally.expect(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"));
        }
        for case in told {
            for figure in hits(case, department, asked) {
                tally.hit(&format!("{place}/{figure}"), &format!("{place}/cases/{figure}"), case);
            }
        }
        measure(
            told,
            asked,
            "resolution",
            &format!("{place}/resolution"),
            &|step| step.is("department") == department,
            tally,
        );
        satisfaction(
            told,
            asked,
            &format!("{place}/satisfaction"),
            &|step| step.is("department") == department,
            tally,
        );
        clocks(told, asked, department, &place, tally);
    }
}

/// Departments with an event or a decision in the period, or with something left open; the hub only if something
/// counts for it: a receipt, a first contact, a resolution, a closing, a follow-up, a decision, or what is left open.
fn had_anything_to_do(told: &[Told], asked: &Asked) -> BTreeSet<Option<&'static str>> {
    let mut found = BTreeSet::new();
    for case in told {
        if asked.holds(case.received) {
            found.insert(case.steps.iter().find_map(|step| step.is("department")));
        }
        let done = case.steps.iter().filter(|step| asked.holds(step.hour));
        found.extend(done.map(|step| step.is("department")).filter(Option::is_some));
        let contact = case.steps.iter().find(|step| step.said.name == "contacted");
        let asked_for = case.steps.iter().filter(|step| step.said.name == "followed-up");
        let counted = contact.into_iter().chain(asked_for).filter(|step| asked.holds(step.hour));
        found.extend(counted.map(|step| step.is("department")));
        let closed = case.endings().filter(|step| step.status == "closed" && asked.holds(step.hour));
        found.extend(closed.map(|step| step.is("department")));
        let resolved = case.resolution().filter(|step| asked.holds(step.hour));
        found.extend(resolved.map(|step| step.is("department")));
        found.extend(case.before(asked.to).filter(|step| !step.ended()).map(|step| step.is("department")));
    }
    let decided = instances(told, asked);
    let decided = decided.iter().filter(|counted| ["met", "missed"].contains(&counted.figure));
    found.extend(decided.map(|counted| counted.step.is("department")));
    found
}

/// What is counted of a case under a department, once for each time.
fn hits(case: &Told, department: Option<&str>, asked: &Asked) -> Vec<&'static str> {
    let mut hits = Vec::new();
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
    let theirs = |step: &&super::Step| step.is("department") == department;
    hits.extend(case.resolution().filter(|step| asked.holds(step.hour)).filter(theirs).map(|_| "resolved"));
    hits.extend(case.before(asked.to).filter(|step| !step.ended()).filter(theirs).map(|_| "closing"));
    hits
}

/// What a clock is counted as.
const FIGURES: [&str; 5] = ["met", "missed", "running", "paused", "lapsed"];

/// Only clocks that had anything to do are told.
fn clocks(told: &[Told], asked: &Asked, department: Option<&str>, place: &str, tally: &mut Tally) {
    let counted = instances(told, asked);
    let (mut met, mut decided) = (0.0, 0.0);
    for clock in ["contact", "resolve"] {
        let theirs = || {
            let of_clock = counted.iter().filter(move |counted| counted.clock == clock);
            of_clock.filter(|counted| counted.step.is("department") == department)
        };
        if !theirs().any(|counted| FIGURES.contains(&counted.figure)) {
            continue;
        }
        let place = format!("{place}/clocks/{clock}");
        for figure in FIGURES {
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
