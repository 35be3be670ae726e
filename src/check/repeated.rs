use crate::error::Code;
use std::collections::HashSet;

use jiff::Timestamp;

use super::{Flaw, say};
use crate::case::{Case, Event, EventName, Field, Value};
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// Events that say in everything what one above them says: what counts events counts them twice.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let history = &found.case.history;
    let flaw = |at: usize| {
        let name = history[at].name.word();
        Code::Repeated.of(found, Spot::EventValue(at, name), say::repeated(name)).help(say::take_one_out())
    };
    repeats(&found.case).into_iter().map(flaw).collect()
}

/// The places of these events in the history, in order: each says the same as one above it.
pub(crate) fn repeats(case: &Case) -> Vec<usize> {
    let event = |at: usize| &case.history[at];
    let mut order: Vec<(Timestamp, EventName, usize)> =
        case.history.iter().enumerate().map(|(at, event)| (event.at.instant(), event.name, at)).collect();
    order.sort_unstable();
    let mut repeats = Vec::new();
    for alike in order.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        if let [_, _, ..] = alike {
            let mut above = HashSet::with_capacity(alike.len());
            repeats
                .extend(alike.iter().map(|(_, _, at)| *at).filter(|at| !above.insert(meaning(event(*at)))));
        }
    }
    repeats.sort_unstable();
    repeats
}

/// All that an event says beside its name and its instant, whatever the order of its keys and the offset of its stamps.
fn meaning(event: &Event) -> String {
    let said = |(field, value): &(Field, Value)| match value {
        Value::Moment(stamp) => format!("{field:?} {}", stamp.instant()),
        value => format!("{field:?} {value:?}"),
    };
    let mut payload: Vec<String> = event.payload.iter().map(said).collect();
    payload.sort_unstable();
    let mut unknown: Vec<&String> = event.unknown.iter().collect();
    unknown.sort_unstable();
    format!("{:?} {:?} {payload:?} {unknown:?}", event.by, event.recorded.map(|stamp| stamp.instant()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::ledger::text;

    fn repeated(events: &str) -> Vec<usize> {
        let head = "id: 20261122-7k3q9x\nkind: complaint\ntitle: x\nchannel: hotline\nhistory:\n  \
            - received: 2026-11-22T09:30:00+08:00\n";
        let case = text::read(format!("{head}{events}").as_bytes(), Path::new("x.yaml")).unwrap();
        repeats(&case)
    }

    #[test]
    fn all_that_an_event_says_makes_it_that_event() {
        let answer =
            "  - followed-up: 2026-11-23T09:00:00+08:00\n    by: li\n    outcome: satisfied\n    score: 5\n";
        for (other, same) in [
            (answer.to_owned(), true),
            (answer.replace("09:00:00+08:00", "01:00:00Z"), true),
            (
                "  - followed-up: 2026-11-23T09:00:00+08:00\n    score: 5\n    outcome: satisfied\n    by: li\n"
                    .to_owned(),
                true,
            ),
            (answer.replace("score: 5", "score: 4"), false),
            (answer.replace("by: li", "by: wu"), false),
            (answer.replace("09:00:00", "09:00:01"), false),
            (answer.replace("    score: 5\n", ""), false),
            (answer.replace("followed-up", "surveyed").replace("    outcome: satisfied\n", ""), false),
        ] {
            assert_eq!(repeated(&format!("{answer}{other}")), if same { vec![2] } else { vec![] }, "{other}");
        }
    }

    #[test]
    fn a_hundred_thousand_events_of_one_instant_are_compared_in_proportion() {
        // Compared pair by pair these were five thousand million comparisons.
        let note = |n: usize| format!("  - noted: 2026-11-22T10:00:00+08:00\n    note: n{n}\n");
        let notes: String = (0..100_000).map(note).collect();
        assert_eq!(repeated(&format!("{notes}{}", note(7))), [100_001]);
    }
}
