//! Figures against small ledgers that were worked out by hand.

mod causes;
mod programs;
mod target;
mod times;
mod trend;
mod verdict;
mod voids;
mod what_if;

use jiff::Timestamp;
use jiff::civil::date;

use super::Period;
use crate::case::example::{complaint, event};
use crate::case::{Case, Event, Id, Kind, Stamp};
use crate::policy::{CHINA_CALENDAR, RuleBook, example};
use crate::view::{Horizon, View};

/// A shop in Shanghai with these rules and China's calendar, 09:00-12:00 and 13:30-18:00.
fn book(rules: &str) -> RuleBook {
    example::book(example::SHOP, Some(CHINA_CALENDAR), rules)
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
/// The id is dated by the receipt. `_` in a value means a space.
fn case(line: &str) -> Case {
    let mut parts = line.split(';').map(str::split_whitespace);
    let mut head = parts.next().unwrap();
    let (short, kind) = (head.next().unwrap(), Kind::of(head.next().unwrap()).unwrap());
    let history: Vec<Event> = parts.map(happened).collect();
    let day = history[0].at.to_string()[..10].replace('-', "");
    let mut case = Case {
        id: Id::parse(&format!("{day}-{short}")).unwrap(),
        kind,
        title: short.to_owned(),
        ..complaint(history)
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

fn happened<'l>(mut words: impl Iterator<Item = &'l str>) -> Event {
    let (name, at) = (words.next().unwrap(), stamp(words.next().unwrap()));
    event(name, at, words, stamp)
}

fn cases(lines: &[&str]) -> Vec<Case> {
    lines.iter().map(|line| case(line)).collect()
}

fn period(word: &str, book: &RuleBook) -> Period {
    Period::parse(word, date(2026, 11, 22), &book.shop.zone).unwrap()
}

/// The ledger as of the end of a period.
fn at_end<'a>(cases: &'a [&'a Case], book: &'a RuleBook, period: &Period) -> View<'a> {
    View::of(cases, book, Horizon { at: period.end, inclusive: false })
}

/// The short ids, in order.
fn shorts(hits: &super::Counted<'_>) -> String {
    hits.cases().iter().map(|id| id.short()).collect::<Vec<_>>().join(" ")
}
