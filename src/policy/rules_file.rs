//! Reading a policy file into [`Rules`], with every problem and its place.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::calendar::Calendar;
use super::rules::{Approval, Clause, Escalation, HANDOVER, Milestone, Need, Rules};
use super::shop::{Shop, unknown_name};
use super::source::{Item, Source, Span};
use super::trigger::Trigger;
use super::words;
use crate::case::{EventName, Kind, Names, Shape};
use crate::error::Finding;

mod handover;
mod reader;

pub(super) use reader::RuleReader;

const TABLES: [&str; 10] = [
    "title",
    "review",
    "clause",
    "clock",
    "handover",
    "target",
    "needs",
    "approval",
    "escalation",
    "milestones",
];
/// A clock warns when this share of its limit is used up, unless it says otherwise.
const WARN: f64 = 0.75;

/// A file has no more `[[clock]]` than this: each is looked at for each case.
const MOST_CLOCKS: usize = 1000;

/// What a policy's words may refer to.
pub(super) struct Ground<'a> {
    pub(super) shop: &'a Shop,
    pub(super) calendars: &'a [Calendar],
}

impl Rules {
    /// Reads one policy file; every problem is told.
    pub(super) fn read(text: &str, path: &Path, ground: &Ground<'_>) -> Result<Rules, Vec<Finding>> {
        let mut source = Source::new(path, text);
        let rules = source.parse().map(|table| read(&mut source, &table, path, ground));
        match (rules, source.finish()) {
            (Some(rules), findings) if findings.is_empty() => Ok(rules),
            (_, findings) => Err(findings),
        }
    }
}

fn read(source: &mut Source<'_>, table: &DeTable<'_>, path: &Path, ground: &Ground<'_>) -> Rules {
    source.keys(table, &words::the_file(), &TABLES);
    let mut rules = Rules { path: path.to_owned(), ..Rules::default() };
    if let Some(title) = table.get("title").and_then(|item| source.label("title", item, &[])) {
        rules.title = title;
    }
    if let Some(item) = table.get("review") {
        rules.review = source.date(item);
        rules.review_line = source.place(&item.span()).line.unwrap_or(1);
    }
    if let Some(milestones) = table.get("milestones").and_then(|item| source.table("milestones", item)) {
        rules.milestones = read_milestones(source, milestones);
    }
    if let Some(item) = table.get("escalation") {
        rules.escalation = read_escalation(source, item);
    }
    for item in list(source, table, "clause") {
        rules.clauses.extend(read_clause(source, item));
    }
    let clocks = list(source, table, "clock");
    if let Some(first) = clocks.get(MOST_CLOCKS) {
        source.problem(first.span(), words::too_many_clocks(clocks.len(), MOST_CLOCKS));
    }
    for item in clocks.into_iter().take(MOST_CLOCKS) {
        let clock = RuleReader { source, ground, milestones: &rules.milestones }.clock(item);
        rules.clocks.extend(clock);
    }
    let handover = RuleReader { source, ground, milestones: &rules.milestones }.handover(table.get(HANDOVER));
    rules.clocks.push(handover);
    for item in list(source, table, "target") {
        let target = RuleReader { source, ground, milestones: &rules.milestones }.target(item);
        let Some(target) = target else { continue };
        if rules.targets.iter().any(|known| known.name == target.name) {
            source.problem(item.span(), words::duplicate_target(&target.name));
        }
        rules.targets.push(target);
    }
    if let Some(needs) = table.get("needs").and_then(|item| source.table("needs", item)) {
        rules.needs = read_needs(source, needs, &rules.milestones);
    }
    if let Some(approval) = table.get("approval").and_then(|item| source.table("approval", item)) {
        for (key, item) in approval {
            if let (Some(kind), Some(entry)) =
                (read_kind(source, key.get_ref(), key.span()), read_approval(source, item, ground))
            {
                rules.approval.insert(kind, entry);
            }
        }
    }
    rules
}

/// The tables of a `[[key]]`.
fn list<'v, 'i>(source: &mut Source<'_>, table: &'v DeTable<'i>, key: &str) -> Vec<&'v Item<'i>> {
    let Some(item) = table.get(key) else { return Vec::new() };
    match item.get_ref().as_array() {
        Some(items) => items.iter().collect(),
        None => {
            source.problem(item.span(), words::wants_table(format!("[[{key}]]")));
            Vec::new()
        }
    }
}

pub(super) fn clause_of(source: &mut Source<'_>, table: &DeTable<'_>) -> Option<String> {
    table.get("clause").and_then(|item| source.string("clause", item)).map(str::to_owned)
}

fn read_clause(source: &mut Source<'_>, item: &Item<'_>) -> Option<Clause> {
    let table = source.table("[[clause]]", item)?;
    let name = words::in_table("[clause]");
    source.keys(table, &name, &["code", "text", "by"]);
    let code = table.get("code").and_then(|item| source.string("code", item)).map(str::to_owned);
    let text = table.get("text").and_then(|item| source.label("text", item, &[]));
    let by = table.get("by").map(|item| source.strings("by", item)).unwrap_or_default();
    for (key, there) in [("code", code.is_some()), ("text", text.is_some())] {
        if !there && !table.contains_key(key) {
            source.missing(item.span(), &name, key);
        }
    }
    Some(Clause { code: code?, text: text?, by: by.into_iter().map(|(word, _)| word.to_owned()).collect() })
}

fn read_milestones(source: &mut Source<'_>, table: &DeTable<'_>) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for (key, item) in table {
        let name: &str = key.get_ref();
        if EventName::of(name).is_some() {
            source.problem(key.span(), words::milestone_is_event(name));
        }
        let clause = item.get_ref().as_table().and_then(|table| clause_of(source, table));
        if let Some(label) = source.label(name, item, &["clause"]) {
            milestones.push(Milestone { name: name.to_owned(), label, clause });
        }
    }
    milestones
}

fn read_escalation(source: &mut Source<'_>, item: &Item<'_>) -> Escalation {
    let mut escalation = Escalation::default();
    let Some(table) = source.table("escalation", item) else { return escalation };
    source.keys(table, &words::in_table("escalation"), &["levels", "urgent", "clause"]);
    if let Some(item) = table.get("levels") {
        escalation.levels =
            source.strings("levels", item).into_iter().map(|(word, _)| word.to_owned()).collect();
    }
    if let Some(item) = table.get("urgent")
        && let Some(level) = source.string("urgent", item)
    {
        if !escalation.knows(level) {
            let known = escalation.levels.iter().map(String::as_str);
            source.unknown(item.span(), words::level_unknown(level), level, known);
        }
        escalation.urgent = Some(level.to_owned());
    }
    escalation.clause = clause_of(source, table);
    escalation
}

fn read_approval(source: &mut Source<'_>, item: &Item<'_>, ground: &Ground<'_>) -> Option<Approval> {
    let table = source.table("approval", item)?;
    let name = words::in_table("approval");
    source.keys(table, &name, &["roles", "clause"]);
    let Some(roles) = table.get("roles") else {
        source.missing(item.span(), &name, "roles");
        return None;
    };
    let roles_read = source.strings("roles", roles);
    for (role, _) in &roles_read {
        if !ground.shop.names.knows(Names::Roles, role) {
            unknown_name(source, roles, Names::Roles, role, &ground.shop.names);
        }
    }
    let roles = roles_read.into_iter().map(|(role, _)| role.to_owned()).collect();
    Some(Approval { roles, clause: clause_of(source, table) })
}

fn read_needs(source: &mut Source<'_>, table: &DeTable<'_>, milestones: &[Milestone]) -> Vec<Need> {
    let mut needs = Vec::new();
    for (key, item) in table {
        let Some(kind) = read_kind(source, key.get_ref(), key.span()) else { continue };
        let Some(entries) = source.table(key.get_ref(), item) else { continue };
        for (event, item) in entries {
            let Some(before) = read_trigger(source, event.get_ref(), event.span(), milestones) else {
                continue;
            };
            let (steps, clause) = match item.get_ref() {
                DeValue::Table(entry) => {
                    source.keys(entry, &words::in_table("needs"), &["steps", "clause"]);
                    (entry.get("steps").unwrap_or(item), clause_of(source, entry))
                }
                _ => (item, None),
            };
            let steps = source.strings("steps", steps);
            let steps =
                steps.into_iter().filter_map(|(word, span)| read_trigger(source, word, span, milestones));
            needs.push(Need { kind, before, steps: steps.collect(), clause });
        }
    }
    needs
}

fn read_kind(source: &mut Source<'_>, word: &str, span: Span) -> Option<Kind> {
    let kind = Kind::of(word);
    if kind.is_none() {
        source.unknown(span, words::bad_kind(word), word, Kind::ALL.map(Kind::word));
    }
    kind
}

/// An event, `event:value`, or a milestone.
fn read_trigger(
    source: &mut Source<'_>,
    word: &str,
    span: Span,
    milestones: &[Milestone],
) -> Option<Trigger> {
    if milestones.iter().any(|milestone| milestone.name == word) {
        return Some(Trigger::Milestone(word.to_owned()));
    }
    let (name, value) = match word.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    let Some(event) = EventName::of(name) else {
        let known = EventName::ALL.iter().map(|event| event.word());
        let known = known.chain(milestones.iter().map(|milestone| milestone.name.as_str()));
        source.unknown(span, words::bad_trigger(word), name, known);
        return None;
    };
    let Some(value) = value else { return Some(Trigger::Event(event)) };
    let Some(field) = event.value() else {
        source.problem(span, words::no_value(event.word()));
        return None;
    };
    let fixed: &[&str] = match field.shape() {
        Shape::Choice(words) => words,
        Shape::Flag => &["justified", "unjustified"],
        _ => &[],
    };
    if !fixed.is_empty() && !fixed.contains(&value) {
        source.unknown(span, words::bad_value_of(value, event.word()), value, fixed.iter().copied());
        return None;
    }
    Some(Trigger::Saying(event, value.to_owned()))
}
