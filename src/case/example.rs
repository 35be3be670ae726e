//! Short ways to write cases and events in tests.

use super::{Case, Event, EventName, Field, Id, Kind, Shape, Stamp, Value};

/// A complaint over the hotline with this history, and nothing else to it; a test says over it what it is about.
pub(crate) fn complaint(history: Vec<Event>) -> Case {
    let id = Id::parse("20261123-7k3q9x").unwrap();
    let receipt = history.first().unwrap().clone();
    Case { history, ..Case::received(id, Kind::Complaint, "cup", "hotline", receipt) }
}

/// The event `name` with its fields: `category=product/quality`, `by=li`, `to=an,bo`; `_` in words means a space.
///
/// A field that is a moment, such as `due=25_10:00`, is read by `moment`.
pub(crate) fn event<'l>(
    name: &str,
    at: Stamp,
    fields: impl Iterator<Item = &'l str>,
    moment: impl Fn(&str) -> Stamp,
) -> Event {
    let event = Event::new(EventName::of(name).unwrap(), at);
    fields.map(|field| field.split_once('=').unwrap()).fold(event, |event, (key, word)| {
        if key == "by" {
            return event.by(word);
        }
        let field = Field::of(key).unwrap();
        let value = match field.shape() {
            Shape::Moment => Value::Moment(moment(word)),
            Shape::Names(_) => Value::List(word.split(',').map(str::to_owned).collect()),
            shape => Value::read(shape, vec![word.replace('_', " ")], false).unwrap(),
        };
        event.with(field, value)
    })
}
