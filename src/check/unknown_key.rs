use super::{Flaw, say};
use crate::case::{EventName, Field};
use crate::error::Code;
use crate::lang::common;
use crate::ledger::Found;
use crate::ledger::text::{CUSTOMER, INTAKE, Spot};

/// The keys of an event beside its payload.
const BESIDE: [&str; 2] = ["by", "recorded"];

/// Keys of the intake and of events that mean nothing.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let intake = found.case.unknown.iter().map(|key| {
        let below = key.strip_prefix("customer.");
        let near = match below {
            Some(key) => common::nearest(key, CUSTOMER.iter().copied()),
            None => common::nearest(key, INTAKE.iter().copied()),
        };
        let flaw = Code::UnknownKey.of(found, Spot::Intake(key), say::unknown_key(below.unwrap_or(key)));
        suggest(flaw, near, || match below {
            Some(_) => CUSTOMER.join(" "),
            None => INTAKE.join(" "),
        })
    });
    let events = found.case.history.iter().enumerate().flat_map(|(index, event)| {
        event.unknown.iter().map(move |key| {
            let message = say::unknown_event_key(key, event.name.word());
            let flaw = Code::UnknownKey.of(found, Spot::EventKey(index, key), message);
            suggest(flaw, common::nearest(key, keys(event.name)), || {
                keys(event.name).collect::<Vec<_>>().join(" ")
            })
        })
    });
    intake.chain(events).collect()
}

fn keys(event: EventName) -> impl Iterator<Item = &'static str> {
    let payload = event.required().chain(event.optional()).chain([Field::Note]);
    payload.map(Field::word).chain(BESIDE)
}

fn suggest<'a>(flaw: Flaw<'a>, near: Option<&str>, known: impl Fn() -> String) -> Flaw<'a> {
    let help = near.map_or_else(|| common::known_here(known()), common::did_you_mean);
    flaw.label(say::nobody_reads_it()).help(help)
}
