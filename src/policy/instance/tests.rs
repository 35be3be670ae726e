//! Histories worked out by hand, and models that count minute by minute.

mod by_hand;
mod by_minute;
mod courses;
mod handover;
mod simulated;
mod unknown;
mod waiting;

use jiff::Timestamp;

use super::{Instance, instances};
use crate::case::example::{complaint, event};
use crate::case::{Case, Event, Stamp};
use crate::policy::{CHINA_CALENDAR, RuleBook, example};

/// A shop in Shanghai with these clocks and China's calendar, 09:00-18:00 with a break of an hour and a half.
fn book(clocks: &str) -> RuleBook {
    book_with(CHINA_CALENDAR, clocks)
}

/// The same shop with its own calendar.
fn book_with(calendar: &str, clocks: &str) -> RuleBook {
    example::book(example::SHOP, Some(calendar), clocks)
}

/// `23 10:00` is the 23rd of November 2026, a Monday, in Shanghai.
fn stamp(day: &str, time: &str) -> Stamp {
    Stamp::parse(&format!("2026-11-{day}T{time}:00+08:00")).unwrap()
}

/// Reads `received 23 10:00 urgency=general; assigned 24 09:00 due=25_09:00`.
fn case(history: &str) -> Case {
    complaint(history.split(';').map(happened).collect())
}

fn happened(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let (name, at) = (words.next().unwrap(), stamp(words.next().unwrap(), words.next().unwrap()));
    event(name, at, words, |word| word.split_once('_').map(|(day, time)| stamp(day, time)).unwrap())
}

/// `met from 23 10:00, due 25 10:00, decided 24 09:00`, with the round and the pauses, if there are any.
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
        line += &format!(", pauses {} h", instance.paused.as_hours());
    }
    line
}

/// Every instance of every clock at `now`.
fn at(clocks: &str, history: &str, now: &str) -> Vec<String> {
    let (book, case) = (book(clocks), case(history));
    let (day, time) = now.split_once(' ').unwrap();
    let now = stamp(day, time).instant();
    let replay = book.replay(&case, now).unwrap();
    instances(&replay, book.rules(&case), &book, now).iter().map(told).collect()
}
