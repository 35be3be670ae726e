//! `[[target]]`: a service-level objective, such as "about 70 % of what comes in online is solved within 24 hours".
//!
//! An objective speaks of many cases and never of one: a case beyond it is no violation, is not late and is on nobody's
//! desk. What has to be done for each case is a clock.

use toml::de::DeTable;

use super::limit::Limit;
use super::rules_file::{RuleReader, clause_of};
use super::source::Item;
use super::trigger::Trigger;
use super::when::When;
use super::words;
use crate::case::EventName;
use crate::lang::Text;

/// A share of cases that should not take longer than a limit.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name; no other target of the file has it.
    pub name: String,
    /// What people read for the name.
    pub label: Text,
    /// The clause that sets it.
    pub clause: Option<String>,
    /// The cases that it is for, as they stood at the event that ended the time.
    pub when: When,
    /// What begins the time.
    pub from: Trigger,
    /// What ends it.
    pub to: Trigger,
    /// How long it should take at most.
    pub within: Limit,
    /// How many of the cases should keep it, 0 to 1.
    pub share: f64,
    /// The calendar of working units, by its place in the book.
    pub calendar: Option<usize>,
}

const KEYS: [&str; 10] =
    ["name", "label", "clause", "when", "from", "to", "within", "share", "calendar", "note"];

impl RuleReader<'_, '_> {
    /// Reads one `[[target]]`.
    pub(super) fn target(&mut self, item: &Item<'_>) -> Option<Target> {
        let table = self.source.table("[[target]]", item)?;
        let here = words::in_table("[target]");
        self.source.keys(table, &here, &KEYS);
        for key in ["name", "to", "within", "share"] {
            if !table.contains_key(key) {
                self.source.missing(item.span(), &here, key);
            }
        }
        let name = table.get("name").and_then(|item| self.source.string("name", item));
        let label = table.get("label").and_then(|item| self.source.label("label", item, &[]));
        let clause = clause_of(self.source, table);
        let (from, to) = (self.one_trigger(table, "from"), self.one_trigger(table, "to"));
        let when = self.when(table);
        let (within, share) = (self.within(table), self.share(table));
        let calendar = self.calendar(table, item, within);
        // All of it is read before anything ends it: then all that is wrong is told.
        let (name, to, within, share) = (name?.to_owned(), to?, within?, share?);
        let from = from.unwrap_or(Trigger::Event(EventName::Received));
        let label = label.unwrap_or_else(|| Text::same(&*name));
        Some(Target { name, label, clause, when, from, to, within, share, calendar })
    }

    fn one_trigger(&mut self, table: &DeTable<'_>, key: &str) -> Option<Trigger> {
        let item = table.get(key)?;
        let word = self.source.string(key, item)?;
        self.trigger(word, item.span())
    }

    fn share(&mut self, table: &DeTable<'_>) -> Option<f64> {
        let item = table.get("share")?;
        let share = self.source.number("share", item)?;
        if !(0.0..=1.0).contains(&share) {
            self.source.problem(item.span(), words::bad_share());
            return None;
        }
        Some(share)
    }
}
