//! The history of an imported case: from the dates in its row, or from a list of events.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::attribute_carriers::place;
use super::column::SheetColumn;
use super::draft::{Draft, KnownOfCase};
use super::record::BoundRow;
use super::rows::Reject;
use super::say;
use super::typed::Wrong;
use crate::case::{Case, Event, EventName, Replay, Stamp};
use crate::lang::Lang;

/// Where a history comes from, besides the row itself.
pub(super) struct Sources<'s, 'c> {
    pub zone: &'c TimeZone,
    pub lang: Lang,
    /// From a sheet of events; they replace the row's stamps.
    pub events: Option<Vec<Draft<'s>>>,
    /// From the row's own key `history`, which is complete: the row's attributes add nothing to it.
    pub nested: Option<Vec<Draft<'s>>>,
}

/// The history of the case in a row: `received` first, then the other events in order of time. Events of the same
/// instant are in the order of the lifecycle if they come from the row's stamps, else in the order of the sheet of events.
///
/// What is wrong with the row is noted in the record. What is wrong with an event's own row is noted in `bad`, and the
/// event is left out. `None` if nothing says when the case was received.
pub(super) fn of<'s>(
    record: &mut BoundRow<'s>,
    sources: Sources<'s, '_>,
    bad: &mut Vec<Reject>,
) -> Option<Vec<Event>> {
    let Sources { zone, lang, events, nested } = sources;
    let stamps = record.stamps(zone);
    let attributes = record.attributes(zone);
    let by = record.words(SheetColumn::By).map(str::to_owned);
    let whole = events.is_none() && nested.is_some();
    let told = events.or(nested);
    let mut history = told.unwrap_or_else(|| steps(&stamps));
    let received = first_received(&mut history, bad, record, whole);
    let Some(mut received) = received.or_else(|| stamped(&stamps, EventName::Received)) else {
        record.needed(SheetColumn::Stamp(EventName::Received));
        return None;
    };
    received.event.by = received.event.by.take().or(by.clone());
    history.sort_by_key(|draft| draft.event.at.instant());
    history.insert(0, received);
    if !whole {
        place(&mut history, &attributes, lang);
    }
    let known = KnownOfCase::from_row(&attributes, by.as_deref());
    history.retain_mut(|draft| {
        let wrong = draft.fill(&known, lang);
        if draft.origin.is_some() && !whole {
            return !refuse(draft, wrong, bad);
        }
        for wrong in wrong {
            record.wrong(Some(SheetColumn::Stamp(draft.event.name)), wrong);
        }
        true
    });
    Some(history.into_iter().map(|draft| draft.event).collect())
}

/// The steps after the receipt for which a row has stamps, in the order of the lifecycle. An `amended` comes before
/// everything else of the same instant.
fn steps<'s>(stamps: &[(EventName, Stamp)]) -> Vec<Draft<'s>> {
    let mut steps: Vec<_> = stamps.iter().filter(|(name, _)| *name != EventName::Received).collect();
    steps.sort_by_key(|(name, _)| (*name != EventName::Amended, *name));
    steps.into_iter().map(|(name, at)| draft(*name, *at)).collect()
}

/// The events that a case of the ledger does not have yet, in order of time. An event that it has has the same name,
/// instant and person.
pub(super) fn additions(
    case: &Case,
    events: Vec<Draft<'_>>,
    lang: Lang,
    bad: &mut Vec<Reject>,
) -> Vec<Event> {
    let replay = Replay::whole(case, &[]);
    let state = replay.state();
    let known = KnownOfCase {
        category: state.category.map(str::to_owned),
        urgency: state.urgency.map(str::to_owned),
        department: state.department.map(str::to_owned),
        owner: state.owner.map(str::to_owned),
        remedy: state.remedy.map(str::to_owned),
        note: None,
        by: case.receipt().by.clone(),
    };
    let has: HashSet<_> = case.history.iter().map(identity).collect();
    let mut new = Vec::new();
    for mut draft in events {
        if draft.event.name == EventName::Received {
            check_received(&draft, case.receipt().at, bad);
        } else if !has.contains(&identity(&draft.event)) {
            let wrong = draft.fill(&known, lang);
            if !refuse(&draft, wrong, bad) {
                new.push(draft.event);
            }
        }
    }
    new.sort_by_key(|event| event.at.instant());
    new
}

fn identity(event: &Event) -> (EventName, Stamp, Option<&str>) {
    (event.name, event.at, event.by.as_deref())
}

fn draft<'s>(name: EventName, at: Stamp) -> Draft<'s> {
    Draft { event: Event::new(name, at), origin: None }
}

fn stamped<'s>(stamps: &[(EventName, Stamp)], wanted: EventName) -> Option<Draft<'s>> {
    stamps.iter().find(|(name, _)| *name == wanted).map(|(name, at)| draft(*name, *at))
}

/// Removes the receipts from the events: the first is the case's, the others have to agree with it.
fn first_received<'s>(
    events: &mut Vec<Draft<'s>>,
    bad: &mut Vec<Reject>,
    record: &mut BoundRow<'s>,
    whole: bool,
) -> Option<Draft<'s>> {
    let mut receipts = events.extract_if(.., |draft| draft.event.name == EventName::Received);
    let first = receipts.next();
    for receipt in receipts {
        let Some(first) = &first else { continue };
        if whole && receipt.event.at != first.event.at {
            record.wrong(None, Wrong::new(say::received_twice(first.event.at)));
        } else {
            check_received(&receipt, first.event.at, bad);
        }
    }
    first
}

/// A second receipt at the same instant is ignored; at another instant it contradicts the first and is refused.
fn check_received(draft: &Draft<'_>, first: Stamp, bad: &mut Vec<Reject>) {
    if draft.event.at != first {
        refuse(draft, vec![Wrong::new(say::received_twice(first))], bad);
    }
}

/// Rejects the row of an event if anything is wrong with it. Returns whether it did.
fn refuse(draft: &Draft<'_>, wrong: Vec<Wrong>, bad: &mut Vec<Reject>) -> bool {
    let Some((sheet, row)) = draft.origin.filter(|_| !wrong.is_empty()) else { return false };
    let findings = wrong.into_iter().map(|wrong| wrong.at(sheet.place(row, None))).collect();
    bad.push(sheet.reject(row, findings));
    true
}
