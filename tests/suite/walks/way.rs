//! Ways through a case: its kind, then events in the order in which they have to happen; between them may be others.
//!
//! `[field=value]` asks for a field of the event, of the intake after the kind; a value that ends in `/` is the
//! beginning of one, and a field without a value has to be there.

use fb::case::{Case, Event, EventName, Field};

/// Whether the case is of the kind, and its events happened in the order of the way.
pub(super) fn walks(case: &Case, way: &str) -> bool {
    let mut steps = way.split_whitespace().map(Asked::read);
    let kind = steps.next().unwrap();
    if case.kind.word() != kind.name
        || !kind.fields.iter().all(|(key, value)| kind.fits(*value, intake(case, key)))
    {
        return false;
    }
    let mut history = case.history.iter();
    steps.all(|step| {
        let name = EventName::of(step.name).unwrap_or_else(|| panic!("`{}` is no event", step.name));
        history.any(|event| event.name == name && step.of(event))
    })
}

/// A word of a way: a name, and what is asked of its fields.
struct Asked<'w> {
    name: &'w str,
    fields: Vec<(&'w str, Option<&'w str>)>,
}

impl<'w> Asked<'w> {
    fn read(word: &'w str) -> Asked<'w> {
        let (name, fields) = word.split_once('[').unwrap_or((word, ""));
        let field =
            |field: &'w str| field.split_once('=').map_or((field, None), |(key, value)| (key, Some(value)));
        let fields = fields.trim_end_matches(']').split(',').filter(|field| !field.is_empty());
        Asked { name, fields: fields.map(field).collect() }
    }

    fn of(&self, event: &Event) -> bool {
        self.fields.iter().all(|(key, value)| {
            let found = match *key {
                "by" => event.by.clone(),
                key => event
                    .get(Field::of(key).unwrap_or_else(|| panic!("`{key}` is no field")))
                    .map(|it| it.to_string()),
            };
            self.fits(*value, found)
        })
    }

    fn fits(&self, wanted: Option<&str>, found: Option<String>) -> bool {
        match (wanted, found) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(stem), Some(found)) if stem.ends_with('/') => found.starts_with(stem),
            (Some(wanted), Some(found)) => wanted == found,
        }
    }
}

/// A field of what the customer brought.
fn intake(case: &Case, key: &str) -> Option<String> {
    match key {
        "title" => Some(case.title.clone()),
        "channel" => Some(case.channel.clone()),
        "description" => case.description.clone(),
        "order" => case.order.clone(),
        "product" => case.product.clone(),
        "demand" => case.demand.clone(),
        "customer" => case.customer.key.clone(),
        "tier" => case.customer.tier.clone(),
        "links" => case.links.first().map(ToString::to_string),
        _ => panic!("`{key}` is no field of the intake"),
    }
}
