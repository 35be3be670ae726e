//! The events of a case file, read according to the table of events.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::flaws::{Flaws, KeyEntry};
use super::moment;
use super::say::{self, listed, shown};
use super::tree::{Mark, Node, NodeContent};
use crate::case::{Event, EventName, Fault, Field, Shape, Stamp, Value};
use crate::lang::{Lang, common, names};

/// The events below `history`; those with errors are noted and left out.
pub(super) fn events<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Vec<Event> {
    if entry.value.is_empty() {
        flaws.bad(entry.at, say::no_history(), [say::event_form()]);
        return Vec::new();
    }
    let NodeContent::List { items, .. } = entry.value.content else {
        flaws.misfit(entry.value.mark, &entry.value.content, say::not_events(), [say::event_form()]);
        return Vec::new();
    };
    let read = |(index, item)| event(item, index == 0, flaws);
    items.into_iter().enumerate().filter_map(read).collect()
}

fn event<'a>(item: Node<'a>, first: bool, flaws: &mut Flaws<'a>) -> Option<Event> {
    let whole = item.mark;
    if !matches!(item.content, NodeContent::Map { .. }) {
        flaws.misfit(whole, &item.content, say::no_name(), [say::event_form()]);
        return None;
    }
    let mut entries = flaws.entries(item)?;
    let (name, place) = named(&entries, whole, flaws)?;
    let heading = entries.remove(place);
    let at = heading.at;
    if first && name != EventName::Received {
        flaws.bad(at, say::not_received(name.word()), [say::received_first()]);
    }
    let stamp = required_stamp(heading, flaws);
    // If the stamp is wrong, the event is still checked, but not returned.
    let mut event =
        Event::new(name, stamp.unwrap_or_else(|| Stamp::new(Timestamp::UNIX_EPOCH, &TimeZone::UTC)));
    let mut wrong = Vec::new();
    for entry in entries {
        match (&*entry.name, Field::of(&entry.name).filter(|field| name.takes(*field))) {
            ("by", _) => event.by = flaws.word(entry),
            ("recorded", _) => event.recorded = optional_stamp(entry, flaws),
            (_, Some(field)) => {
                let before = flaws.count();
                event.payload.extend(payload(field, entry, flaws).map(|value| (field, value)));
                if flaws.count() > before {
                    wrong.push(field);
                }
            }
            (_, None) => event.unknown.push(entry.name.into_owned()),
        }
    }
    note_faults(&event, at, &wrong, flaws);
    stamp.map(|_| event)
}

/// The name of an event and its place among the entries; there must be exactly one.
fn named(entries: &[KeyEntry<'_>], whole: Mark, flaws: &mut Flaws<'_>) -> Option<(EventName, usize)> {
    let mut names = entries
        .iter()
        .enumerate()
        .filter_map(|(place, entry)| EventName::of(&entry.name).map(|name| (name, place)));
    match (names.next(), names.next()) {
        (Some(found), None) => return Some(found),
        (Some((first, _)), Some((second, place))) => {
            let message = say::two_names(first.word(), second.word());
            flaws.bad(entries[place].at, message, [say::split_event()]);
        }
        (None, _) => note_nameless(entries, whole, flaws),
    }
    None
}

/// The key that was meant as the name: one that is nearly a name, or else one before a stamp.
fn note_nameless(entries: &[KeyEntry<'_>], whole: Mark, flaws: &mut Flaws<'_>) {
    let mut others = entries.iter().filter(|entry| !is_known(entry));
    let dated = others.clone().find(|entry| is_dated(entry));
    match dated.or_else(|| others.find(|entry| nearest_event(&entry.name).is_some())) {
        Some(entry) => {
            let help = match nearest_event(&entry.name) {
                Some(name) => say::did_you_mean(name),
                None => say::one_of(listed(EventName::ALL.iter().map(|name| name.word()))),
            };
            flaws.bad(entry.at, say::unknown_event(shown(&entry.name)), [help]);
        }
        None => {
            let first = entries.first().map_or(whole, |entry| entry.at);
            flaws.bad(first, say::no_name(), [say::event_form()]);
        }
    }
}

/// Whether this is a key that an event can have beside its name.
fn is_known(entry: &KeyEntry<'_>) -> bool {
    matches!(&*entry.name, "by" | "recorded") || Field::of(&entry.name).is_some()
}

fn is_dated(entry: &KeyEntry<'_>) -> bool {
    entry.value.word().is_some_and(|word| Stamp::parse(word).is_ok())
}

/// The name of an event that is nearly this word, in any language.
fn nearest_event(word: &str) -> Option<&'static str> {
    let names = EventName::ALL
        .iter()
        .map(|name| (name.word(), [Lang::En, Lang::Zh].map(|lang| names::event(*name).pick(lang))));
    common::nearest_named(word, names)
}

fn required_stamp<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Option<Stamp> {
    if entry.value.is_empty() {
        flaws.bad(entry.at, say::empty(&*entry.name), [say::stamp_form()]);
        return None;
    }
    optional_stamp(entry, flaws)
}

fn optional_stamp<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Option<Stamp> {
    let at = entry.value.mark;
    let word = flaws.text(entry)?;
    moment::stamp(&word).map_err(|(message, help)| flaws.bad(at, message, [help])).ok()
}

/// The value of a key, according to its shape.
fn payload<'a>(field: Field, entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Option<Value> {
    let at = entry.value.mark;
    if field.shape() == Shape::Moment {
        return optional_stamp(entry, flaws).map(Value::Moment);
    }
    if let Shape::Names(_) = field.shape() {
        let (words, list) = flaws.words(entry)?;
        return Value::read(field.shape(), words, list);
    }
    let read = Value::read_one(field.shape(), flaws.text(entry)?);
    read.map_err(|word| note_value(field, &word, at, flaws)).ok()
}

/// The expected form of a value that cannot be read.
fn note_value(field: Field, word: &str, at: Mark, flaws: &mut Flaws<'_>) {
    let (key, typed) = (field.word(), shown(word));
    match field.shape() {
        Shape::Choice(choices) => {
            let help = match common::nearest(word, choices.iter().copied()) {
                Some(meant) => say::did_you_mean(meant),
                None => say::one_of(listed(choices.iter().copied())),
            };
            flaws.bad(at, say::not_a_choice(key, typed), [help]);
        }
        Shape::Flag => flaws.bad(at, say::not_a_flag(key, typed), None),
        Shape::Score => flaws.bad(at, say::not_a_score(key, typed), None),
        Shape::Money => flaws.bad(at, say::not_money(key, typed), None),
        Shape::Day => flaws.bad(at, say::not_a_day(key, typed), None),
        Shape::Text | Shape::Name(_) | Shape::Names(_) | Shape::Moment | Shape::Case => {
            flaws.bad(at, say::empty(key), None);
        }
    }
}

/// The missing keys of the event; a key with a wrong value was noted as such.
fn note_faults(event: &Event, at: Mark, wrong: &[Field], flaws: &mut Flaws<'_>) {
    let name = event.name.word();
    for fault in event.faults() {
        match fault {
            Fault::Missing(field) if wrong.contains(&field) => {}
            Fault::Missing(field) => {
                let line = format!("{}: …", field.word());
                flaws.bad(at, say::event_needs(name, field.word()), [say::add(line)]);
            }
            Fault::NobodyAssigned | Fault::NothingAmended if !wrong.is_empty() => {}
            Fault::NobodyAssigned => flaws.bad(at, say::nobody_assigned(), [say::add("owner: …")]),
            Fault::NothingAmended => flaws.bad(at, say::nothing_amended(), [say::amend_something()]),
        }
    }
}
