//! Histories worked out by hand, and models that count minute by minute.

mod by_hand;
mod by_minute;
mod courses;
mod handover;
mod simulated;

use std::path::PathBuf;

use jiff::Timestamp;

use super::{Instance, instances};
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Stamp, Value};
use crate::policy::{Book, CHINA_CALENDAR};

/// A shop in Shanghai with these clocks and China's calendar, 09:00-18:00 with a break of an hour and a half.
fn book(clocks: &str) -> Book {
    book_with(CHINA_CALENDAR, clocks)
}

/// The same shop with a calendar of its own.
fn book_with(calendar: &str, clocks: &str) -> Book {
    let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\nlanguage = \"en\"\n";
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let calendars = [file("calendar/office.toml", calendar)];
    Book::read(&file("fb.toml", shop), &calendars, &[file("policy/base.toml", clocks)]).unwrap()
}

/// `23 10:00` is the 23rd of November 2026, a Monday, in Shanghai.
fn stamp(day: &str, time: &str) -> Stamp {
    Stamp::parse(&format!("2026-11-{day}T{time}:00+08:00")).unwrap()
}

/// Reads `received 23 10:00 urgency=general; assigned 24 09:00 due=25_09:00`.
fn case(history: &str) -> Case {
    let history = history.split(';').map(|line| {
        let mut words = line.split_whitespace();
        let name = EventName::of(words.next().unwrap()).unwrap();
        let mut event = Event::new(name, stamp(words.next().unwrap(), words.next().unwrap()));
        for (key, word) in words.map(|word| word.split_once('=').unwrap()) {
            let value = match word.split_once('_') {
                Some((day, time)) if key == "due" => Value::Moment(stamp(day, time)),
                _ => Value::Text(word.to_owned()),
            };
            event = event.with(Field::of(key).unwrap(), value);
        }
        event
    });
    complaint(history.collect())
}

fn complaint(history: Vec<Event>) -> Case {
    Case {
        id: Id::parse("20261123-7k3q9x").unwrap(),
        kind: Kind::Complaint,
        title: "cup".to_owned(),
        description: None,
        channel: "hotline".to_owned(),
        customer: Customer::default(),
        order: None,
        product: None,
        demand: None,
        tags: Vec::new(),
        links: Vec::new(),
        external: None,
        history,
        unknown: Vec::new(),
    }
}

/// `met from 23 10:00, due 25 10:00, decided 24 09:00`, with the round and the pauses where there are any.
fn told(instance: &Instance<'_>) -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let at = |instant: Timestamp| zone.to_datetime(instant).strftime("%d %H:%M").to_string();
    let mut line = format!("{} from {}", instance.state.word(), at(instance.started));
    for (word, instant) in [("due", instance.due), ("decided", instance.decided)] {
        line += &instant.map(|instant| format!(", {word} {}", at(instant))).unwrap_or_default();
    }
    if instance.round > 1 {
        line += &format!(", round {}", instance.round);
    }
    if !instance.paused.is_zero() {
        line += &format!(", stood still {} h", instance.paused.as_hours());
    }
    line
}

/// Every instance of every clock at `now`.
fn at(clocks: &str, history: &str, now: &str) -> Vec<String> {
    let (book, case) = (book(clocks), case(history));
    let (day, time) = now.split_once(' ').unwrap();
    let now = stamp(day, time).instant();
    let replay = book.replay(&case, now).unwrap();
    instances(&replay, book.rules(&case), &book, now).unwrap().iter().map(told).collect()
}
