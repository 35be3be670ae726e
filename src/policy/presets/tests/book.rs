//! A preset read as plain TOML, without the code that reads policies: the tests' own model.

use toml::{Table, Value};

use super::super::Preset;
use crate::case::{EventName, Field, Kind, Names, Shape};
use crate::lang::names;

pub(super) fn parse(text: &str) -> Table {
    text.parse().unwrap()
}

pub(super) fn table<'t>(from: &'t Table, key: &str) -> &'t Table {
    static NOTHING: std::sync::LazyLock<Table> = std::sync::LazyLock::new(Table::new);
    from.get(key).map_or(&NOTHING, |value| value.as_table().unwrap())
}

pub(super) fn tables<'t>(from: &'t Table, key: &str) -> Vec<&'t Table> {
    from.get(key)
        .map_or(Vec::new(), |value| value.as_array().unwrap().iter().map(|v| v.as_table().unwrap()).collect())
}

pub(super) fn word<'t>(from: &'t Table, key: &str) -> &'t str {
    from.get(key).unwrap_or_else(|| panic!("no `{key}` in {from}")).as_str().unwrap()
}

/// A word, or a list of them.
pub(super) fn words<'t>(from: &'t Table, key: &str) -> Vec<&'t str> {
    match from.get(key) {
        None => Vec::new(),
        Some(Value::String(word)) => vec![word],
        Some(value) => value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect(),
    }
}

/// A preset, read.
pub(super) struct PresetBook {
    pub(super) preset: &'static Preset,
    pub(super) policy: Table,
    pub(super) shop: Table,
}

/// What has to be there before an event, or before the status of that name.
pub(super) struct PresetNeed<'t> {
    pub(super) kind: &'t str,
    pub(super) event: &'t str,
    /// It is not for some cases alone.
    pub(super) always: bool,
    /// Each with its alternatives.
    pub(super) steps: Vec<Vec<&'t str>>,
    pub(super) limits: Vec<&'t str>,
    pub(super) fields: Vec<&'t str>,
    pub(super) ask: Vec<&'t str>,
    pub(super) clause: &'t str,
}

fn steps(rule: &Table) -> Vec<Vec<&str>> {
    let Some(steps) = rule.get("steps") else { return Vec::new() };
    steps.as_array().unwrap().iter().map(alternatives).collect()
}

fn alternatives(step: &Value) -> Vec<&str> {
    match step {
        Value::Array(any) => any.iter().map(|word| word.as_str().unwrap()).collect(),
        word => vec![word.as_str().unwrap()],
    }
}

pub(super) fn books() -> impl Iterator<Item = PresetBook> {
    Preset::ALL.iter().map(|preset| PresetBook {
        preset,
        policy: parse(preset.policy),
        shop: parse(preset.shop),
    })
}

impl PresetBook {
    pub(super) fn codes(&self) -> Vec<&str> {
        tables(&self.policy, "clause").iter().map(|clause| word(clause, "code")).collect()
    }

    pub(super) fn milestones(&self) -> Vec<&str> {
        table(&self.policy, "milestones").keys().map(String::as_str).collect()
    }

    pub(super) fn levels(&self) -> Vec<&str> {
        words(table(&self.policy, "escalation"), "levels")
    }

    /// Whether the shop has the name, on its own or because every ledger has it.
    pub(super) fn knows(&self, list: Names, section: &str, name: &str) -> bool {
        table(&self.shop, section).contains_key(name)
            || names::shared(list).iter().any(|(shared, _)| *shared == name)
    }

    /// Whether a name, or one that begins with it, is a category.
    pub(super) fn knows_category(&self, prefix: &str) -> bool {
        let shared = names::shared(Names::Categories).iter().map(|(name, _)| *name);
        let own = table(&self.shop, "categories").keys().map(String::as_str);
        shared.chain(own).any(|name| name == prefix || prefix.ends_with('/') && name.starts_with(prefix))
    }

    /// Whether a word of `start`, `stop` or `steps` is an event, a milestone, or an event with a value.
    pub(super) fn knows_trigger(&self, trigger: &str) -> bool {
        let Some((event, value)) = trigger.split_once(':') else {
            return EventName::of(trigger).is_some() || self.milestones().contains(&trigger);
        };
        match EventName::of(event).and_then(EventName::value) {
            Some(Field::Outcome) => match Field::Outcome.shape() {
                Shape::Choice(outcomes) => outcomes.contains(&value),
                _ => false,
            },
            Some(Field::Justified) => ["justified", "unjustified"].contains(&value),
            Some(Field::Level) => self.levels().contains(&value),
            Some(Field::As) => self.knows(Names::Roles, "roles", value),
            Some(Field::Remedy) => self.knows(Names::Remedies, "remedies", value),
            _ => false,
        }
    }

    /// Every need of `[needs.…]`.
    pub(super) fn needs(&self) -> Vec<PresetNeed<'_>> {
        let mut needs = Vec::new();
        for (kind, events) in table(&self.policy, "needs") {
            for (event, rules) in events.as_table().unwrap() {
                let rules: Vec<&Table> = match rules {
                    Value::Array(rules) => rules.iter().map(|rule| rule.as_table().unwrap()).collect(),
                    rule => vec![rule.as_table().unwrap()],
                };
                needs.extend(rules.into_iter().map(|rule| PresetNeed {
                    kind,
                    event,
                    always: !rule.contains_key("when"),
                    steps: steps(rule),
                    limits: words(rule, "limits"),
                    fields: words(rule, "fields"),
                    ask: words(rule, "ask"),
                    clause: word(rule, "clause"),
                }));
            }
        }
        needs
    }

    /// Whether a clause's reference exists.
    pub(super) fn leads(&self, reference: &str) -> bool {
        let (sort, name) = reference.split_once(' ').unwrap_or((reference, ""));
        match sort {
            // Every rule book has the clocks of the deadlines that hand-overs and waits name.
            "clock" if ["handover", "waiting"].contains(&name) => true,
            "clock" => tables(&self.policy, "clock").iter().any(|clock| word(clock, "name") == name),
            "target" => tables(&self.policy, "target").iter().any(|target| word(target, "name") == name),
            "needs" => self.needs().iter().any(|need| format!("{}.{}", need.kind, need.event) == name),
            "approval" => table(&self.policy, "approval").contains_key(name),
            "milestone" => self.milestones().contains(&name),
            "escalation" => name.is_empty() && !self.levels().is_empty(),
            "event" => EventName::of(name).is_some(),
            "kind" => Kind::of(name).is_some(),
            "role" => self.knows(Names::Roles, "roles", name),
            "department" => self.knows(Names::Departments, "departments", name),
            "channel" => self.knows(Names::Channels, "channels", name),
            "category" => self.knows_category(name),
            "urgency" => self.knows(Names::Urgencies, "urgencies", name),
            "routing" => table(&self.shop, "routing").contains_key(name),
            "command" => COMMANDS.contains(&name),
            "report" => REPORTS.contains(&name),
            "check" => CHECKS.contains(&name),
            "calendar" => {
                name.is_empty()
                    && tables(&self.policy, "clock").iter().any(|clock| clock.contains_key("calendar"))
            }
            _ => false,
        }
    }
}

/// From the design of the command line: those that a clause can refer to.
const COMMANDS: &[&str] = &[
    "new",
    "triage",
    "assign",
    "accept",
    "return",
    "contact",
    "diagnose",
    "propose",
    "approve",
    "decline",
    "wait",
    "resume",
    "escalate",
    "resolve",
    "follow-up",
    "close",
    "reject",
    "reopen",
    "forward",
    "mark",
    "attach",
    "survey",
    "policy",
    "log",
    "audit",
];
const REPORTS: &[&str] =
    &["monthly", "quarterly", "satisfaction", "people", "overdue", "causes", "times", "trend"];
const CHECKS: &[&str] = &["overdue", "stalled", "review-due", "self-approved", "personal-data"];
