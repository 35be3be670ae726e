//! A rule of a policy file for classes of cases: a clock, a target.

use super::{RulesContext, WARN, clause_of, owned, read_kind, read_trigger};
use crate::calendar::Calendar;
use crate::case::{Names, Status};
use crate::clock::{Limit, Trigger};
use crate::lang::Text;
use crate::policy::rules::{Clock, HANDOVER, Milestone, WAITING};
use crate::policy::say;
use crate::policy::shop::known_name;
use crate::policy::when::When;
use crate::toml_file::{TomlKeys, TomlTable, TomlValue, TomlWord};

const CLOCK: TomlKeys = TomlKeys {
    needed: &["name", "start", "stop", "within"],
    optional: &["label", "clause", "when", "warn", "pause", "calendar", "note"],
};
const WHEN: TomlKeys = TomlKeys {
    needed: &[],
    optional: &["kind", "urgency", "complexity", "tier", "channel", "category", "product", "justified"],
};

/// Reads one `[[clock]]` or `[[target]]`.
pub(in crate::policy) struct RuleReader<'r> {
    pub(super) context: &'r RulesContext<'r>,
    pub(super) milestones: &'r [Milestone],
    /// How the rules are read.
    pub(super) edition: u32,
    /// The names of the clocks, once they are read.
    pub(super) clocks: Vec<String>,
}

impl RuleReader<'_> {
    pub(in crate::policy) fn clock(&self, value: &TomlValue<'_>) -> Option<Clock> {
        let table = value.table_of(&CLOCK)?;
        let (name, label) = (self.name(&table), table.label("label", &[]));
        let clause = clause_of(&table);
        let (start, stop) = (self.triggers(&table, "start"), self.triggers(&table, "stop"));
        let (when, warn) = (self.when(&table), table.share("warn").unwrap_or(WARN));
        let pause = table.texts("pause").iter().filter_map(read_status).collect();
        let within = self.within(&table);
        let calendar = self.calendar(&table, within);
        // Everything is read before an error ends it: then every problem is reported.
        let (name, within) = (name?.to_owned(), within?);
        let label = label.unwrap_or_else(|| Text::same(&*name));
        let (line, within) = (table.at.place().line, Some(within));
        let by_status = self.edition >= 2;
        Some(Clock {
            name,
            label,
            clause,
            line,
            when,
            start,
            stop,
            within,
            stated: false,
            warn,
            by_status,
            leaving: None,
            pause,
            calendar,
        })
    }

    /// A clock's name: any except those of hand-overs and of waits.
    fn name<'v>(&self, table: &TomlTable<'v>) -> Option<&'v str> {
        let name = table.get("name")?.word()?;
        match name.word {
            HANDOVER => name.at.problem(say::reserved_clock(name.word), say::handover_help()),
            WAITING => name.at.problem(say::reserved_for_waits(name.word), say::waiting_help()),
            _ => {}
        }
        Some(name.word)
    }

    pub(in crate::policy) fn within(&self, table: &TomlTable<'_>) -> Option<Limit> {
        self.limit(table.get("within")?)
    }

    pub(super) fn limit(&self, value: TomlValue<'_>) -> Option<Limit> {
        let word = value.word()?;
        let limit = Limit::parse(word.word).ok();
        if limit.is_none() {
            word.at.problem(say::bad_limit(word.word), say::limit_example());
        }
        limit
    }

    pub(super) fn triggers(&self, table: &TomlTable<'_>, key: &str) -> Vec<Trigger> {
        table.texts(key).iter().filter_map(|word| self.trigger(word)).collect()
    }

    pub(in crate::policy) fn trigger(&self, word: &TomlWord<'_>) -> Option<Trigger> {
        read_trigger(word, self.milestones)
    }

    pub(in crate::policy) fn calendar(&self, table: &TomlTable<'_>, within: Option<Limit>) -> Option<usize> {
        let calendars = self.context.calendars;
        let Some(value) = table.get("calendar") else {
            if within.is_some_and(Limit::in_working_units) && calendars.is_empty() {
                let at = table.get("within").map_or(table.at.clone(), |value| value.at);
                at.problem(say::which_calendar(), None);
            }
            return self.context.shop_calendar;
        };
        let name = value.word()?;
        let place = calendars.iter().position(|calendar| calendar.name() == name.word);
        if place.is_none() {
            name.unknown(say::calendar(), calendars.iter().map(Calendar::name));
        }
        place
    }

    pub(in crate::policy) fn when(&self, table: &TomlTable<'_>) -> When {
        let Some(table) = table.get("when").and_then(|value| value.table_of(&WHEN)) else {
            return When::default();
        };
        When {
            kind: table.texts("kind").iter().filter_map(read_kind).collect(),
            urgency: self.known_names(&table, "urgency", Names::Urgencies),
            complexity: self.known_names(&table, "complexity", Names::Complexities),
            tier: texts(&table, "tier"),
            channel: self.known_names(&table, "channel", Names::Channels),
            category: texts(&table, "category"),
            product: texts(&table, "product"),
            justified: table.flag("justified"),
        }
    }

    /// The words of a key that the shop knows; reports the others.
    fn known_names(&self, table: &TomlTable<'_>, key: &str, list: Names) -> Vec<String> {
        let words = table.texts(key).into_iter();
        words.filter(|word| known_name(word, list, &self.context.shop.names)).map(owned).collect()
    }
}

fn texts(table: &TomlTable<'_>, key: &str) -> Vec<String> {
    table.texts(key).into_iter().map(owned).collect()
}

fn read_status(word: &TomlWord<'_>) -> Option<Status> {
    word.one_of(say::status(), &Status::ALL, Status::word)
}
