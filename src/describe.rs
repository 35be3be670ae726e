//! A case in words and for programs: what an event says, its clocks, why it is due, and cases in rows.
//!
//! It promises that the same thing has the same words in every command. It must not know a command, and it changes
//! nothing.

pub(crate) mod case_table;
pub(crate) mod clock_words;
pub(crate) mod due_breakdown;
mod event_json;
pub(crate) mod explain;
pub(crate) mod findings;

pub(crate) use event_json::{event_json, value_json};

use crate::case::{Case, Event, EventName, Field, Names, Shape, Value};
use crate::lang::{Lang, Text, moment, names};
use crate::policy::{EXTERNAL, RuleBook};
use crate::session::Session;

mod say {
    crate::messages! {
        to(whom) { "→ {whom}", "→ {whom}" }
        by_when(at) { "by {at}", "期限 {at}" }
        until(day) { "until {day}", "最迟等到 {day}" }
        cost(money) { "cost {money}", "费用 {money}" }
        score(n) { "score {n}", "评分 {n}" }
        approved_as(role) { "as {role}", "以{role}身份" }
        with(departments) { "with {departments}", "配合：{departments}" }
        double_of(case) { "second entry of {case}", "与 {case} 重复" }
        recorded(at) { "recorded {at}", "补录于 {at}" }
    }
}

/// Its whole payload in the order of the file; for the receipt, the channel.
pub(crate) fn event(session: &Session, case: &Case, event: &Event) -> Text {
    let mut parts = Vec::new();
    if event.name == EventName::Received {
        parts.push(session.book.shop.names.label(Names::Channels, &case.channel));
    }
    let label = |list, field| Some(session.book.shop.names.label(list, event.text(field)?));
    let handed = [
        event.text(Field::Level).map(|word| level(&session.book, word)),
        label(Names::Departments, Field::Department),
        label(Names::People, Field::Owner),
    ];
    let handed: Vec<Text> = handed.into_iter().flatten().collect();
    if !handed.is_empty() {
        parts.push(say::to(crate::lang::list(&handed)));
    }
    for (field, value) in &event.payload {
        if !matches!(field, Field::Department | Field::Owner | Field::Level) {
            parts.push(one(session, case, *field, value));
        }
    }
    parts.extend(event.recorded.map(|at| say::recorded(moment(at.instant(), &session.book.shop.zone))));
    joined(&parts)
}

fn one(session: &Session, case: &Case, field: Field, value: &Value) -> Text {
    let names = &session.book.shop.names;
    match (field, value) {
        (Field::Justified, Value::Flag(flag)) => justified(*flag),
        (Field::Outcome, Value::Text(word)) => names::outcome(word),
        (Field::As, Value::Text(word)) => say::approved_as(names.label(Names::Roles, word)),
        (Field::Milestone, Value::Text(word)) => {
            let known = session.book.rules(case).milestone(word);
            known.map_or_else(|| Text::same(word), |milestone| milestone.label.clone())
        }
        (Field::Cost, Value::Money(money)) => say::cost(*money),
        (Field::Score, Value::Score(n)) => say::score(*n),
        (Field::Due, Value::Moment(at)) => say::by_when(moment(at.instant(), &session.book.shop.zone)),
        (Field::Until, value) => say::until(value.to_string()),
        (Field::Of, Value::Text(id)) => say::double_of(short(id)),
        (Field::With, _) => say::with(labels(session, Names::Departments, value)),
        (Field::To, _) => say::to(labels(session, Names::People, value)),
        _ => match field.shape() {
            Shape::Name(list) | Shape::Names(list) => labels(session, list, value),
            _ => Text::same(value.to_string()),
        },
    }
}

/// The random part of an id, which people type.
fn short(id: &str) -> &str {
    id.split_once('-').map_or(id, |(_, random)| random)
}

/// The names in a value, as people read them.
fn labels(session: &Session, list: Names, value: &Value) -> Text {
    let names = &session.book.shop.names;
    match value {
        Value::List(words) => {
            crate::lang::list(&words.iter().map(|word| names.label(list, word)).collect::<Vec<_>>())
        }
        value => names.label(list, &value.to_string()),
    }
}

/// Whether a complaint is justified, or a suggestion accepted.
pub(crate) fn justified(flag: bool) -> Text {
    if flag { Text::of("justified", "成立") } else { Text::of("not justified", "不成立") }
}

/// A level of escalation: a role, or an outside authority.
pub(crate) fn level(book: &RuleBook, word: &str) -> Text {
    match word {
        EXTERNAL => Text::of("an outside authority", "外部机构"),
        role => book.shop.names.label(Names::Roles, role),
    }
}

/// The name of an event, as people read it.
pub(crate) fn name(event: &Event) -> Text {
    names::event(event.name).text()
}

/// Parts of a line, with points between them.
pub(crate) fn joined(parts: &[Text]) -> Text {
    let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| {
        let words = parts.iter().map(|part| part.to(lang)).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" · ")
    });
    Text::new(english, chinese)
}
