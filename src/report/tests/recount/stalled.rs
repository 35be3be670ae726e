//! The cases that lie: no clock is about them, and for fourteen whole days nothing has happened.

use super::Asked;
use super::clocks::instances;
use super::tally::Tally;
use super::told::{Step, Told};
use crate::report::tests::drawn::instant;

/// The midnight that ends the fourteenth day after the day of this hour.
fn fourteen_days_later(hour: i64) -> i64 {
    (hour.div_euclid(24) + 15) * 24
}

fn is_a_step(step: &Step) -> bool {
    !["noted", "amended", "surveyed", "attached"].contains(&step.said.name)
}

pub(super) fn count(told: &[Told], asked: &Asked, tally: &mut Tally) {
    let running = instances(told, asked);
    for case in told {
        let last = &case.steps[case.steps.len() - 1];
        let in_sight = running.iter().any(|clock| clock.case.drawn.id == case.drawn.id && clock.watches());
        if last.ended() || in_sight {
            continue;
        }
        let step = case.steps.iter().rfind(|step| is_a_step(step)).unwrap();
        // What was remarked in time puts it off once
        let in_time =
            case.steps.iter().rfind(|step_or_remark| step_or_remark.hour <= fourteen_days_later(step.hour));
        let since = in_time.unwrap().hour.max(step.hour);
        if fourteen_days_later(since) < asked.horizon {
            tell(case, last, since, asked, tally);
        }
    }
}

fn tell(case: &Told, last: &Step, since: i64, asked: &Asked, tally: &mut Tally) {
    let place = format!("/stalled/{}", case.drawn.id);
    let quoted = |word: &str| format!("\"{word}\"");
    let stamp = |hour| quoted(&local(hour));
    tally.number(&format!("{place}/quiet_seconds"), ((asked.horizon - since) * 3600) as f64);
    tally.words(&format!("{place}/status"), &quoted(last.status));
    tally.words(&format!("{place}/last"), &stamp(since));
    tally.words(&format!("{place}/stalled_since"), &stamp(fourteen_days_later(since)));
    for attribute in ["owner", "department"] {
        if let Some(word) = last.is(attribute) {
            tally.words(&format!("{place}/{attribute}"), &quoted(word));
        }
    }
}

/// In Shanghai, which is always 8 hours ahead.
fn local(hour: i64) -> String {
    let offset = jiff::tz::offset(8);
    format!("{}+08:00", offset.to_datetime(instant(hour)))
}
