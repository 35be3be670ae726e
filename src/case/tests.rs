//! The table of events and the fold of a history, as the format's document tells them.

mod fold;
mod table;

use super::{Case, Customer, Event, EventName, Field, Id, Kind, Stamp, Value};

/// Reads `triaged 10 category=product/quality justified=true by=li`: an event at a minute after 09:00.
fn event(line: &str) -> Event {
    let mut words = line.split_whitespace();
    let name = EventName::of(words.next().unwrap()).unwrap();
    let minute: u8 = words.next().unwrap().parse().unwrap();
    let at = Stamp::parse(&format!("2026-11-23T09:{minute:02}:00+08:00")).unwrap();
    words.map(|word| word.split_once('=').unwrap()).fold(Event::new(name, at), |event, (key, word)| {
        if key == "by" {
            return event.by(word);
        }
        let field = Field::of(key).unwrap();
        event.with(field, Value::read(field.shape(), vec![word.to_owned()], false).unwrap())
    })
}

/// Reads `received 10; contacted 20`.
fn case(kind: Kind, history: &str) -> Case {
    Case {
        id: Id::parse("20261123-7k3q9x").unwrap(),
        kind,
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
        history: history.split("; ").map(event).collect(),
        unknown: Vec::new(),
    }
}
