//! The table of events and the fold of a history, as the format's document tells them.

mod fold;
mod table;

use super::example::{self, complaint};
use super::{Case, Event, Kind, Stamp};

/// Reads `triaged 10 category=product/quality justified=true by=li`: an event at a minute after 09:00.
fn event(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let (name, minute) = (words.next().unwrap(), words.next().unwrap());
    let stamp = |word: &str| Stamp::parse(word).unwrap();
    example::event(name, stamp(&format!("2026-11-23T09:{minute:0>2}:00+08:00")), words, stamp)
}

/// Reads `received 10; contacted 20`.
fn case(kind: Kind, history: &str) -> Case {
    Case { kind, ..complaint(history.split("; ").map(event).collect()) }
}
