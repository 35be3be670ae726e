//! A rule of a policy file that speaks of classes of cases: a clock, a target.

use toml::de::DeTable;

use super::{Ground, WARN, clause_of, read_kind, read_trigger};
use crate::case::{Names, Status};
use crate::lang::Text;
use crate::policy::calendar::Calendar;
use crate::policy::limit::Limit;
use crate::policy::rules::{Clock, HANDOVER, Milestone};
use crate::policy::shop::unknown_name;
use crate::policy::source::{Item, Source, Span};
use crate::policy::trigger::Trigger;
use crate::policy::when::When;
use crate::policy::words;

/// Reads one `[[clock]]` or `[[target]]`.
pub(in crate::policy) struct RuleReader<'r, 's> {
    pub(in crate::policy) source: &'r mut Source<'s>,
    pub(super) ground: &'r Ground<'r>,
    pub(super) milestones: &'r [Milestone],
}

impl RuleReader<'_, '_> {
    pub(in crate::policy) fn clock(&mut self, item: &Item<'_>) -> Option<Clock> {
        let table = self.source.table("[[clock]]", item)?;
        let here = words::in_table("[clock]");
        let known = [
            "name", "label", "clause", "when", "start", "stop", "within", "warn", "pause", "calendar", "note",
        ];
        self.source.keys(table, &here, &known);
        for key in ["name", "start", "stop", "within"] {
            if !table.contains_key(key) {
                self.source.missing(item.span(), &here, key);
            }
        }
        let name = table.get("name").and_then(|item| self.name(item));
        let label = table.get("label").and_then(|item| self.source.label("label", item, &[]));
        let clause = clause_of(self.source, table);
        let (start, stop) = (self.triggers(table, "start"), self.triggers(table, "stop"));
        let (when, warn, pause) = (self.when(table), self.warn(table), self.pause(table));
        let within = self.within(table);
        let calendar = self.calendar(table, item, within);
        // All of it is read before anything ends it: then all that is wrong is told.
        let (name, within) = (name?.to_owned(), within?);
        let label = label.unwrap_or_else(|| Text::same(&*name));
        let (line, within) = (self.source.place(&item.span()).line, Some(within));
        Some(Clock { name, label, clause, line, when, start, stop, within, warn, pause, calendar })
    }

    /// A clock's name: any but that of hand-overs.
    fn name<'v>(&mut self, item: &'v Item<'_>) -> Option<&'v str> {
        let name = self.source.string("name", item)?;
        if name == HANDOVER {
            self.source.problem(item.span(), words::reserved_clock(name)).help.push(words::handover_help());
        }
        Some(name)
    }

    pub(in crate::policy) fn within(&mut self, table: &DeTable<'_>) -> Option<Limit> {
        let item = table.get("within")?;
        let word = self.source.string("within", item)?;
        let limit = Limit::parse(word).ok();
        if limit.is_none() {
            self.source.problem(item.span(), words::bad_limit(word)).help.push(words::limit_example());
        }
        limit
    }

    pub(super) fn triggers(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Trigger> {
        let words = table.get(key).map(|item| self.source.strings(key, item)).unwrap_or_default();
        words.into_iter().filter_map(|(word, span)| self.trigger(word, span)).collect()
    }

    pub(in crate::policy) fn trigger(&mut self, word: &str, span: Span) -> Option<Trigger> {
        read_trigger(self.source, word, span, self.milestones)
    }

    pub(super) fn warn(&mut self, table: &DeTable<'_>) -> f64 {
        let Some(item) = table.get("warn") else { return WARN };
        let share = self.source.number("warn", item).unwrap_or(WARN);
        if !(0.0..=1.0).contains(&share) {
            self.source.problem(item.span(), words::bad_warn());
        }
        share
    }

    fn pause(&mut self, table: &DeTable<'_>) -> Vec<Status> {
        let words = table.get("pause").map(|item| self.source.strings("pause", item)).unwrap_or_default();
        let mut statuses = Vec::new();
        for (word, span) in words {
            match Status::of(word) {
                Some(status) => statuses.push(status),
                None => {
                    self.source.unknown(span, words::bad_status(word), word, Status::ALL.map(Status::word))
                }
            }
        }
        statuses
    }

    pub(in crate::policy) fn calendar(
        &mut self,
        table: &DeTable<'_>,
        rule: &Item<'_>,
        within: Option<Limit>,
    ) -> Option<usize> {
        let calendars = self.ground.calendars;
        let Some(item) = table.get("calendar") else {
            let only = (calendars.len() == 1).then_some(0);
            if within.is_some_and(Limit::in_working_units) && only.is_none() {
                let span = table.get("within").map_or(rule.span(), |item| item.span());
                self.source.problem(span, words::which_calendar());
            }
            return only;
        };
        let name = self.source.string("calendar", item)?;
        let place = calendars.iter().position(|calendar| calendar.name() == name);
        if place.is_none() {
            let known = calendars.iter().map(Calendar::name);
            self.source.unknown(item.span(), words::no_calendar(name), name, known);
        }
        place
    }

    pub(in crate::policy) fn when(&mut self, table: &DeTable<'_>) -> When {
        let mut when = When::default();
        let Some(conditions) = table.get("when").and_then(|item| self.source.table("when", item)) else {
            return when;
        };
        let known = ["kind", "urgency", "complexity", "tier", "channel", "category", "product", "justified"];
        self.source.keys(conditions, &words::in_table("when"), &known);
        for (key, item) in conditions {
            let key: &str = key.get_ref();
            if key == "justified" {
                when.justified = self.source.flag(key, item);
                continue;
            }
            for (word, span) in self.source.strings(key, item) {
                match key {
                    "kind" => when.kind.extend(read_kind(self.source, word, span)),
                    "urgency" => when.urgency.extend(self.known(item, Names::Urgencies, word)),
                    "complexity" => when.complexity.extend(self.known(item, Names::Complexities, word)),
                    "channel" => when.channel.extend(self.known(item, Names::Channels, word)),
                    "tier" => when.tier.push(word.to_owned()),
                    "category" => when.category.push(word.to_owned()),
                    "product" => when.product.push(word.to_owned()),
                    _ => {}
                }
            }
        }
        when
    }

    fn known(&mut self, item: &Item<'_>, list: Names, word: &str) -> Option<String> {
        if !self.ground.shop.names.knows(list, word) {
            unknown_name(self.source, item, list, word, &self.ground.shop.names);
            return None;
        }
        Some(word.to_owned())
    }
}
