//! The domain: a customer's case and what was done about it.
//!
//! Pure and alone: this room knows no other. It reads no file, no clock and no configuration. A [`Case`] is what the
//! customer reported (intake) and what the shop did (a history of [`Event`]s). Everything that was decided later is
//! computed from the history, see [`Replay`].

mod double;
mod event;
mod event_table;
mod id;
mod kind;
mod replay;
mod schema;
mod stamp;
mod state;
mod status;
mod value;

#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod tests;

pub(crate) use double::SameMatter;
pub use event::Event;
pub(crate) use event::{Fault, MERGE};
pub use event_table::{EventName, Form, Key, ROWS, Row, To};
pub(crate) use id::Id;
pub(crate) use kind::Kind;
pub use replay::Replay;
pub(crate) use replay::Step;
pub use schema::{Field, From, Names, Shape};
pub(crate) use stamp::BadStamp;
pub use stamp::Stamp;
pub(crate) use state::State;
pub use status::Status;
pub(crate) use value::read_date;
pub use value::{Money, Value};

/// One piece of feedback: a complaint, a suggestion, praise, ... with its history.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Unique in the ledger, and the file's name.
    pub id: Id,
    /// What sort of feedback it is.
    pub kind: Kind,
    /// One line that says what it is about; never empty.
    pub title: String,
    /// The customer's words, at length.
    pub description: Option<String>,
    /// How it reached the shop.
    pub channel: String,
    /// The customer.
    pub customer: Customer,
    /// The order it is about.
    pub order: Option<String>,
    /// The product it is about.
    pub product: Option<String>,
    /// The remedy that the customer asks for (ISO 10002, 7.4).
    pub demand: Option<String>,
    /// Free words for searching.
    pub tags: Vec<String>,
    /// Ids of cases that belong to it.
    pub links: Vec<String>,
    /// Its id in the system that it was imported from.
    pub external: Option<String>,
    /// What was done, in the order of the file; the first is `received`.
    pub history: Vec<Event>,
    /// Keys of the intake that the format does not know; kept in the file untouched.
    pub unknown: Vec<String>,
}

/// The customer of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// Pseudonymous: the same customer has the same key.
    pub key: Option<String>,
    /// Name; personal data.
    pub name: Option<String>,
    /// Telephone, address of a mailbox, ...; personal data.
    pub contact: Option<String>,
    /// The shop's grade of the customer, such as `gold`.
    pub tier: Option<String>,
}

impl Case {
    /// A case that has just been received; nothing else is known of it.
    pub(crate) fn received(id: Id, kind: Kind, title: &str, channel: &str, receipt: Event) -> Case {
        Case {
            id,
            kind,
            title: title.to_owned(),
            description: None,
            channel: channel.to_owned(),
            customer: Customer::default(),
            order: None,
            product: None,
            demand: None,
            tags: Vec::new(),
            links: Vec::new(),
            external: None,
            history: vec![receipt],
            unknown: Vec::new(),
        }
    }

    /// The event that began the case.
    ///
    /// A [`Case`] always has one: the code that makes a case puts `received` first.
    pub fn receipt(&self) -> &Event {
        &self.history[0]
    }

    /// The instant of the receipt.
    pub fn received_at(&self) -> jiff::Timestamp {
        self.receipt().at.instant()
    }
}
