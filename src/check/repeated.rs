use std::collections::HashMap;

use jiff::Timestamp;

use super::{Code, Flaw, words};
use crate::case::{Event, EventName};
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(super) const CODE: Code =
    Code::warning("repeated", "an event stands twice, word for word", "同一条记录重复出现，内容完全一样");

/// Events that say in everything what one above them says: what counts events counts them twice.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let mut above: HashMap<(EventName, Timestamp), Vec<&Event>> = HashMap::new();
    let mut flaws = Vec::new();
    for (at, event) in found.case.history.iter().enumerate() {
        let alike = above.entry((event.name, event.at.instant())).or_default();
        match alike.contains(&event) {
            true => flaws.push(
                CODE.of(found, Spot::EventValue(at, event.name.word()), words::repeated(event.name.word()))
                    .help(words::take_one_out()),
            ),
            false => alike.push(event),
        }
    }
    flaws
}
