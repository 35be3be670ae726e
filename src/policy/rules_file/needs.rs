//! `[needs.KIND]`: what must be there before an event or a status.

use super::{NEED, RuleReader, clause_of, read_kind};
use crate::case::{EventName, Field, Kind};
use crate::clock::Trigger;
use crate::policy::need::{Alternative, AskedField, Need, NeedStep};
use crate::policy::say;
use crate::policy::when::When;
use crate::toml_file::{TomlTable, TomlValue, TomlWord};

/// The most times that a step can be asked for.
const MOST_TIMES: u32 = 99;

impl RuleReader<'_> {
    /// All of them, in the order of the file.
    pub(super) fn needs(&self, table: &TomlTable<'_>) -> Vec<Need> {
        let mut needs = Vec::new();
        for of_kind in table.values() {
            let (kind, entries) = (read_kind(&of_kind.key), of_kind.table());
            for entry in entries.iter().flat_map(TomlTable::values) {
                let before = self.trigger(&entry.key);
                if before == Some(Trigger::Event(EventName::Voided)) {
                    entry.key.at.problem(say::need_of_a_void(), None);
                }
                for need in self.needs_before(&entry) {
                    if let (Some(kind), Some(before)) = (kind, &before) {
                        needs.push(Need { kind, before: before.clone(), ..need });
                    }
                }
            }
        }
        needs
    }

    /// What is behind one event: a list of steps, a table, or several tables for different cases. The kind and the event
    /// are still to be filled in.
    fn needs_before(&self, value: &TomlValue<'_>) -> Vec<Need> {
        if value.is_table() {
            return self.need(value).into_iter().collect();
        }
        let Some(list) = value.list_or_one() else { return Vec::new() };
        if list.iter().any(TomlValue::is_table) {
            return list.iter().filter_map(|one| self.need(one)).collect();
        }
        let mut need = empty();
        self.read_steps(&list, &mut need);
        vec![need]
    }

    fn need(&self, value: &TomlValue<'_>) -> Option<Need> {
        let table = value.table_of(&NEED)?;
        let mut need = empty();
        need.when = self.when(&table);
        need.clause = clause_of(&table);
        if let Some(steps) = table.get("steps").and_then(|value| value.list_or_one()) {
            self.read_steps(&steps, &mut need);
        }
        for word in table.texts("limits") {
            let known = self.clocks.iter().map(String::as_str);
            if known.clone().any(|name| name == word.word) {
                need.limits.push(word.word.to_owned());
            } else {
                word.unknown(say::limit(), known);
            }
        }
        need.fields.extend(fields(&table, "fields"));
        need.ask.extend(fields(&table, "ask"));
        if ["steps", "limits", "fields", "ask"].into_iter().all(|key| !table.has(key)) {
            table.at.problem(say::need_asks_nothing(), say::need_example());
        }
        Some(need)
    }

    /// Each is a step, or a list of steps of which one is enough. The name of a key, such as `lesson`, asks for that.
    fn read_steps(&self, steps: &[TomlValue<'_>], need: &mut Need) {
        for step in steps {
            let words = step.texts();
            if let [word] = words.as_slice()
                && let Some(field) = self.field_of_step(word)
            {
                need.fields.push(field);
                continue;
            }
            let any: Vec<Alternative> = words.iter().filter_map(|word| self.alternative(word)).collect();
            if !any.is_empty() {
                need.steps.push(NeedStep { any });
            } else if words.is_empty() && step.is_list() {
                step.at.problem(say::need_asks_nothing(), say::need_example());
            }
        }
    }

    fn field_of_step(&self, word: &TomlWord<'_>) -> Option<AskedField> {
        let is_milestone = self.milestones.iter().any(|milestone| milestone.name == word.word);
        if is_milestone { None } else { Field::of(word.word).map(AskedField::Payload) }
    }

    /// `followed-up:unreached*3`: a step, and how many times it must have happened.
    fn alternative(&self, word: &TomlWord<'_>) -> Option<Alternative> {
        let Some((name, times)) = word.word.split_once('*') else {
            return Some(Alternative { trigger: self.trigger(word)?, times: 1 });
        };
        let times = times.parse().ok().filter(|times| (1..=MOST_TIMES).contains(times));
        if times.is_none() {
            word.at.problem(say::bad_times(word.word, MOST_TIMES), None);
        }
        let trigger = self.trigger(&TomlWord { word: name, at: word.at.clone() })?;
        Some(Alternative { trigger, times: times? })
    }
}

/// A need of nothing, before nothing in particular.
fn empty() -> Need {
    Need {
        kind: Kind::Complaint,
        before: Trigger::Event(EventName::Received),
        when: When::default(),
        steps: Vec::new(),
        limits: Vec::new(),
        fields: Vec::new(),
        ask: Vec::new(),
        clause: None,
    }
}

fn fields(table: &TomlTable<'_>, key: &str) -> Vec<AskedField> {
    let mut found = Vec::new();
    for word in table.texts(key) {
        match AskedField::of(word.word) {
            Some(field) => found.push(field),
            None => word.unknown(say::field(), AskedField::all().map(AskedField::word)),
        }
    }
    found
}
