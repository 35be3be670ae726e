//! `[[target]]`: a service-level objective, such as "about 70 % of online cases are solved within 24 hours".
//!
//! An objective is about many cases, never about one: a case beyond it is not a violation and not late, and nobody has
//! to do anything about it. A limit for each case is a clock.

use super::rules_file::{RuleReader, clause_of};
use super::when::When;
use crate::case::EventName;
use crate::clock::{Limit, Trigger};
use crate::lang::Text;
use crate::toml_file::{TomlKeys, TomlValue};

/// A share of cases that should not take longer than a limit.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name, unique in the file.
    pub name: String,
    /// The display name.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<String>,
    /// The cases that it is for, as they were at the event that ended the time.
    pub when: When,
    /// What begins the time.
    pub from: Trigger,
    /// What ends it.
    pub to: Trigger,
    /// How long it should take at most.
    pub within: Limit,
    /// The share of cases that should keep it, 0 to 1.
    pub share: f64,
    /// The calendar of working units, by its index in the book.
    pub calendar: Option<usize>,
}

const KEYS: TomlKeys = TomlKeys {
    needed: &["name", "to", "within", "share"],
    optional: &["label", "clause", "when", "from", "calendar", "note"],
};

impl RuleReader<'_> {
    /// Reads one `[[target]]`.
    pub(super) fn target(&self, value: &TomlValue<'_>) -> Option<Target> {
        let table = value.table_of(&KEYS)?;
        let (name, label) = (table.text("name"), table.label("label", &[]));
        let clause = clause_of(&table);
        let trigger = |key: &str| self.trigger(&table.get(key)?.word()?);
        let (from, to, when) = (trigger("from"), trigger("to"), self.when(&table));
        let (within, share) = (self.within(&table), table.share("share"));
        let calendar = self.calendar(&table, within);
        // Everything is read before an error ends it: then every problem is reported.
        let (name, to, within, share) = (name?.to_owned(), to?, within?, share?);
        let from = from.unwrap_or(Trigger::Event(EventName::Received));
        let label = label.unwrap_or_else(|| Text::same(&*name));
        Some(Target { name, label, clause, when, from, to, within, share, calendar })
    }
}
