//! Reading a policy file into [`Rules`], with every problem and its place.

use std::path::Path;

use super::rules::{Approval, Clause, Escalation, HANDOVER, Milestone, Rules, WAITING};
use super::shop::{Shop, known_name};
use super::{read_date, say};
use crate::calendar::Calendar;
use crate::case::{EventName, Kind, Names, Shape};
use crate::clock::Trigger;
use crate::error::Finding;
use crate::lang::names;
use crate::toml_file::{self, TomlKeys, TomlTable, TomlValue, TomlWord};

mod handover;
mod needs;
mod reader;
mod stalled;
mod waiting;

pub(super) use reader::RuleReader;

const FILE: TomlKeys = TomlKeys {
    needed: &[],
    optional: &[
        "title",
        "edition",
        "review",
        "clause",
        "clock",
        "waiting",
        "handover",
        "target",
        "needs",
        "approval",
        "escalation",
        "stalled",
        "milestones",
    ],
};
const CLAUSE: TomlKeys = TomlKeys { needed: &["code", "text"], optional: &["by"] };
const ESCALATION: TomlKeys = TomlKeys { needed: &[], optional: &["levels", "urgent", "clause"] };
const APPROVAL: TomlKeys = TomlKeys { needed: &["roles"], optional: &["tolerance", "distinct", "clause"] };
const NEED: TomlKeys =
    TomlKeys { needed: &[], optional: &["steps", "limits", "fields", "ask", "when", "clause"] };

/// The newest way in which rules are read.
const EDITION: u64 = 2;

/// A clock warns when this share of its limit is used up, unless its rule has another.
const WARN: f64 = 0.75;

/// What a milestone can be said of.
const PROPOSAL: &str = "proposal";

/// The most `[[clock]]` of a file: each is checked for each case.
const MOST_CLOCKS: usize = 1000;

/// The names that a policy may use.
pub(super) struct RulesContext<'a> {
    pub(super) shop: &'a Shop,
    pub(super) calendars: &'a [Calendar],
    /// The place of the calendar for limits that name none.
    pub(super) shop_calendar: Option<usize>,
}

impl Rules {
    /// Reads one policy file; every problem is reported.
    pub(super) fn read(text: &str, path: &Path, context: &RulesContext<'_>) -> Result<Rules, Vec<Finding>> {
        toml_file::read(text, path, |file| Some(read(file, path, context)))
    }
}

fn read(file: &TomlTable<'_>, path: &Path, context: &RulesContext<'_>) -> Rules {
    file.keys(&FILE);
    let mut rules = Rules { path: path.to_owned(), edition: read_edition(file), ..Rules::default() };
    if let Some(title) = file.label("title", &[]) {
        rules.title = title;
    }
    if let Some(review) = file.get("review").map(|value| value.written()) {
        rules.review = read_date(review.word);
        rules.review_line = review.at.place().line.unwrap_or(1);
        if rules.review.is_none() {
            review.at.problem(say::bad_date(review.word), None);
        }
    }
    if let Some(milestones) = file.table("milestones") {
        rules.milestones = read_milestones(&milestones);
    }
    if let Some(escalation) = file.get("escalation").and_then(|value| value.table_of(&ESCALATION)) {
        rules.escalation = read_escalation(&escalation);
    }
    rules.clauses = file.sections("clause").iter().filter_map(read_clause).collect();
    let (milestones, edition) = (rules.milestones.as_slice(), rules.edition);
    let reader = RuleReader { context, milestones, edition, clocks: Vec::new() };
    let clocks = file.sections("clock");
    if let Some(first) = clocks.get(MOST_CLOCKS) {
        first.at.problem(say::too_many_clocks(clocks.len(), MOST_CLOCKS), None);
    }
    rules.clocks = clocks.iter().take(MOST_CLOCKS).filter_map(|value| reader.clock(value)).collect();
    rules.clocks.push(reader.waiting(file.get(WAITING)));
    rules.clocks.push(reader.handover(file.get(HANDOVER)));
    if let Some(value) = file.get("stalled") {
        rules.stalled = reader.stalled(&value);
    }
    for value in file.sections("target") {
        let Some(target) = reader.target(&value) else { continue };
        if rules.targets.iter().any(|known| known.name == target.name) {
            value.at.problem(say::duplicate_target(&target.name), None);
        }
        rules.targets.push(target);
    }
    if let Some(needs) = file.table("needs") {
        let clocks = rules.clocks.iter().map(|clock| clock.name.clone()).collect();
        rules.needs = RuleReader { clocks, ..reader }.needs(&needs);
    }
    for value in file.table("approval").iter().flat_map(TomlTable::values) {
        let (kind, approval) = (read_kind(&value.key), read_approval(&value, context));
        rules.approval.extend(kind.zip(approval));
    }
    rules
}

fn owned(word: TomlWord<'_>) -> String {
    word.word.to_owned()
}

pub(super) fn clause_of(table: &TomlTable<'_>) -> Option<String> {
    table.text("clause").map(str::to_owned)
}

fn read_edition(file: &TomlTable<'_>) -> u32 {
    let Some(value) = file.get("edition") else { return 1 };
    match value.count() {
        Some(edition @ 1..=EDITION) => edition as u32,
        Some(edition) => {
            value.at.problem(say::unknown_edition(edition, EDITION), None);
            1
        }
        None => 1,
    }
}

fn read_clause(value: &TomlValue<'_>) -> Option<Clause> {
    let table = value.table_of(&CLAUSE)?;
    let (code, text) = (table.text("code"), table.label("text", &[]));
    let by = table.texts("by").into_iter().map(owned).collect();
    Some(Clause { code: code?.to_owned(), text: text?, by })
}

fn read_milestones(table: &TomlTable<'_>) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for value in table.values() {
        let name = value.key.word;
        if EventName::of(name).is_some() {
            value.key.at.problem(say::milestone_is_event(name), None);
        }
        let table = if value.is_table() { value.table() } else { None };
        let clause = table.as_ref().and_then(clause_of);
        let of = table.as_ref().and_then(|table| table.get("of")).and_then(|value| value.word());
        if let Some(of) = of.as_ref().filter(|of| of.word != PROPOSAL) {
            of.unknown(say::subject_of_milestone(), [PROPOSAL]);
        }
        if let Some(label) = value.label(&["clause", "of"]) {
            milestones.push(Milestone { name: name.to_owned(), label, of_proposal: of.is_some(), clause });
        }
    }
    milestones
}

fn read_escalation(table: &TomlTable<'_>) -> Escalation {
    let mut escalation = Escalation { clause: clause_of(table), ..Escalation::default() };
    if table.has("levels") {
        escalation.levels = table.texts("levels").into_iter().map(owned).collect();
    }
    if let Some(level) = table.get("urgent").and_then(|value| value.word()) {
        if !escalation.knows(level.word) {
            let levels = names::list(Names::Levels).text();
            level.unknown(levels, escalation.levels.iter().map(String::as_str));
        }
        escalation.urgent = Some(owned(level));
    }
    escalation
}

fn read_approval(value: &TomlValue<'_>, context: &RulesContext<'_>) -> Option<Approval> {
    let table = value.table_of(&APPROVAL)?;
    let roles = table.texts("roles");
    for role in &roles {
        known_name(role, Names::Roles, &context.shop.names);
    }
    Some(Approval {
        roles: roles.into_iter().map(owned).collect(),
        tolerance: table.share("tolerance").unwrap_or(0.0),
        distinct: table.flag("distinct").unwrap_or(true),
        clause: clause_of(&table),
    })
}

fn read_kind(word: &TomlWord<'_>) -> Option<Kind> {
    word.one_of(say::kind(), &Kind::ALL, Kind::word)
}

/// An event, `event:value`, or a milestone.
fn read_trigger(word: &TomlWord<'_>, milestones: &[Milestone]) -> Option<Trigger> {
    let known_milestones = || milestones.iter().map(|milestone| milestone.name.as_str());
    if known_milestones().any(|name| name == word.word) {
        return Some(Trigger::Milestone(word.word.to_owned()));
    }
    let (name, value) = match word.word.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (word.word, None),
    };
    let Some(event) = EventName::of(name) else {
        let events = EventName::ALL.iter().map(|event| event.word());
        word.unknown(say::trigger(), events.chain(known_milestones()));
        return None;
    };
    let Some(value) = value else { return Some(Trigger::Event(event)) };
    let Some(field) = event.value() else {
        word.at.problem(say::no_value(event.word()), None);
        return None;
    };
    let fixed: &[&str] = match field.shape() {
        Shape::Choice(words) => words,
        Shape::Flag => &["justified", "unjustified"],
        _ => &[],
    };
    if !fixed.is_empty() && !fixed.contains(&value) {
        let known: Vec<String> = fixed.iter().map(|value| format!("{event}:{value}")).collect();
        word.unknown(say::trigger(), known.iter().map(String::as_str));
        return None;
    }
    Some(Trigger::Saying(event, value.to_owned()))
}
