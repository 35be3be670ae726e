//! Figures against small ledgers that were worked out by hand.

mod causes;
mod target;
mod times;
mod trend;
mod verdict;

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::date;

use super::{Horizon, Period, View};
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Shape, Stamp, Value};
use crate::policy::{Book, CHINA_CALENDAR};

/// A shop in Shanghai with these rules and China's calendar, 09:00-12:00 and 13:30-18:00.
fn book(rules: &str) -> Book {
    let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\nlanguage = \"en\"\n";
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let calendars = [file("calendar/office.toml", CHINA_CALENDAR)];
    Book::read(&file("fb.toml", shop), &calendars, &[file("policy/base.toml", rules)]).unwrap()
}

/// `10-02T09:00` of 2026 in Shanghai.
fn stamp(word: &str) -> Stamp {
    Stamp::parse(&format!("2026-{word}:00+08:00")).unwrap()
}

fn instant(word: &str) -> Timestamp {
    stamp(word).instant()
}

/// Reads `aaaaaa complaint product=cup; received 10-02T09:00; triaged 10-02T10:00 justified=true`.
///
/// The id is dated by the receipt. `_` in a value stands for a space.
fn case(line: &str) -> Case {
    let mut parts = line.split(';').map(str::split_whitespace);
    let mut head = parts.next().unwrap();
    let (short, kind) = (head.next().unwrap(), Kind::of(head.next().unwrap()).unwrap());
    let history: Vec<Event> = parts.map(event).collect();
    let day = history[0].at.to_string()[..10].replace('-', "");
    let mut case = Case {
        id: Id::parse(&format!("{day}-{short}")).unwrap(),
        kind,
        title: short.to_owned(),
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
    };
    for (key, word) in head.map(|word| word.split_once('=').unwrap()) {
        match key {
            "product" => case.product = Some(word.to_owned()),
            "channel" => case.channel = word.to_owned(),
            "customer" => case.customer.key = Some(word.to_owned()),
            "links" => case.links = word.split(',').map(str::to_owned).collect(),
            other => panic!("{other}"),
        }
    }
    case
}

fn event<'l>(mut words: impl Iterator<Item = &'l str>) -> Event {
    let name = EventName::of(words.next().unwrap()).unwrap();
    let mut event = Event::new(name, stamp(words.next().unwrap()));
    for (key, word) in words.map(|word| word.split_once('=').unwrap()) {
        let field = Field::of(key).unwrap();
        let word = if matches!(field.shape(), Shape::Moment) {
            stamp(word).to_string()
        } else {
            word.replace('_', " ")
        };
        event = event.with(field, Value::read(field.shape(), vec![word], false).unwrap());
    }
    event
}

fn cases(lines: &[&str]) -> Vec<Case> {
    lines.iter().map(|line| case(line)).collect()
}

fn period(word: &str, book: &Book) -> Period {
    Period::parse(word, date(2026, 11, 22), &book.shop.zone).unwrap()
}

/// The ledger as it stood at the end of a period.
fn at_end<'a>(cases: &'a [&'a Case], book: &'a Book, period: &Period) -> View<'a> {
    View::of(cases, book, Horizon { at: period.end, inclusive: false }).unwrap()
}

/// The short ids, in order.
fn shorts(hits: &super::Hits<'_>) -> String {
    hits.cases().iter().map(|id| id.short()).collect::<Vec<_>>().join(" ")
}
