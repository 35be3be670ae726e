use jiff::Timestamp;
use jiff::civil::Date;

use super::event_table::EventName;
use super::schema::{Field, Shape};
use super::stamp::Stamp;
use super::value::{Money, Value};

/// The beginning of every note that a merge writes.
pub(crate) const MERGE: &str = "merge: ";

/// Something that happened to a case: its name, its stamp, who did it, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Event {
    /// What happened.
    pub name: EventName,
    /// When.
    pub at: Stamp,
    /// Who did it: a key of `[people]`, or the part of a mail address before the `@`.
    pub by: Option<String>,
    /// When it was entered, if that was later.
    pub recorded: Option<Stamp>,
    /// What it says, in the order of the file.
    pub payload: Vec<(Field, Value)>,
    /// Keys that the format does not know, or not in this event; kept in the file untouched.
    pub unknown: Vec<String>,
}

/// What is wrong with an event's payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The event says nothing without this key.
    Missing(Field),
    /// `assigned` names neither a department nor an owner.
    NobodyAssigned,
    /// `amended` corrects nothing.
    NothingAmended,
}

impl Event {
    /// An event that says nothing yet.
    pub fn new(name: EventName, at: Stamp) -> Event {
        Event { name, at, by: None, recorded: None, payload: Vec::new(), unknown: Vec::new() }
    }

    /// The same event with one more thing said.
    #[must_use]
    pub fn with(mut self, field: Field, value: Value) -> Event {
        self.payload.push((field, value));
        self
    }

    /// The same event, done by a person.
    #[must_use]
    pub fn by(mut self, person: impl Into<String>) -> Event {
        self.by = Some(person.into());
        self
    }

    /// Puts what it says into the order of its row in the table of events; what the row does not name comes last.
    pub(crate) fn put_in_order(&mut self) {
        let keys = self.name.row().keys;
        let place = |field: Field| keys.iter().position(|key| key.field == field).unwrap_or(keys.len());
        self.payload.sort_by_key(|(field, _)| place(*field));
    }

    /// The value of a key.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.payload.iter().find(|(key, _)| *key == field).map(|(_, value)| value)
    }

    /// The text of a key.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.get(field).and_then(Value::text)
    }

    /// Its name and its stamp, as a note of a merge names it (`merged`).
    pub(crate) fn named(&self) -> String {
        format!("{} {}", self.name, self.at)
    }

    /// Whether it looks like a note that a merge wrote: it begins so, and names no person.
    pub(crate) fn is_of_merge(&self) -> bool {
        let note = self.text(Field::Note).unwrap_or_default();
        self.name == EventName::Noted && self.by.is_none() && note.starts_with(MERGE)
    }

    /// The yes or no of a key.
    pub(crate) fn flag(&self, field: Field) -> Option<bool> {
        match self.get(field) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// The amount behind a key.
    pub(crate) fn money(&self, field: Field) -> Option<Money> {
        match self.get(field) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// Whether it leaves the case where it is. A customer who is not satisfied always begins a new round.
    pub(crate) fn stays_open(&self) -> bool {
        self.flag(Field::Open) == Some(true) && self.text(Field::Outcome) != Some("dissatisfied")
    }

    /// Whether it says what the customer gets, or what that costs.
    pub(crate) fn changes_the_remedy(&self) -> bool {
        self.get(Field::Remedy).is_some() || self.get(Field::Cost).is_some()
    }

    /// Whether what was said of a proposal before it is not about what there is after it.
    pub(crate) fn ends_a_proposal(&self) -> bool {
        match self.name {
            EventName::Proposed | EventName::Declined => true,
            EventName::Amended => self.changes_the_remedy(),
            _ => false,
        }
    }

    /// The deadline that a hand-over names.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        match self.get(Field::Due) {
            Some(Value::Moment(due)) => Some(due.instant()),
            _ => None,
        }
    }

    /// The last day on which the case waits for the customer.
    pub(crate) fn until(&self) -> Option<Date> {
        match self.get(Field::Until) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// The score that the customer gave, 1 to 5.
    pub(crate) fn score(&self) -> Option<u8> {
        match self.get(Field::Score) {
            Some(Value::Score(score)) => Some(*score),
            _ => None,
        }
    }

    /// Whether the policy's word `name:value` means this event: `value` is compared with the event's value of the key
    /// [`EventName::value`]; `justified` means yes, `unjustified` means no.
    pub(crate) fn says(&self, wanted: &str) -> bool {
        match self.name.value().and_then(|field| self.get(field)) {
            Some(Value::Flag(flag)) => wanted == if *flag { "justified" } else { "unjustified" },
            Some(Value::Text(text)) => text == wanted,
            _ => false,
        }
    }

    /// Everything that is wrong with the payload; empty if nothing is.
    pub fn faults(&self) -> Vec<Fault> {
        let has = |field: Field| self.get(field).is_some();
        let missing = self.name.required().filter(|field| !has(*field));
        let mut faults: Vec<Fault> = missing.map(Fault::Missing).collect();
        if self.name == EventName::Assigned && !has(Field::Department) && !has(Field::Owner) {
            faults.push(Fault::NobodyAssigned);
        }
        if self.name == EventName::Amended && !self.name.optional().any(has) {
            faults.push(Fault::NothingAmended);
        }
        faults
    }

    /// Every name in the payload that is in one of the shop's lists.
    pub(crate) fn names(&self) -> impl Iterator<Item = (Field, super::schema::Names, &str)> {
        self.payload.iter().flat_map(|(field, value)| {
            let (list, words): (_, &[String]) = match (field.shape(), value) {
                (Shape::Name(list), Value::Text(word)) => (Some(list), std::slice::from_ref(word)),
                (Shape::Names(list), Value::List(words)) => (Some(list), words),
                _ => (None, &[]),
            };
            words.iter().filter_map(move |word| list.map(|list| (*field, list, word.as_str())))
        })
    }
}
