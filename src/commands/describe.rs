//! What an event says, for people: `质控部、张伟 · 查明破损环节 · 期限 …`.

use crate::case::{Case, Event, EventName, Field, Names, Shape, Value};
use crate::lang::{Text, moment, names};
use crate::policy::{Book, EXTERNAL};
use crate::session::Session;

mod say {
    crate::messages! {
        to(whom) { "→ {whom}", "→ {whom}" }
        by_when(at) { "by {at}", "期限 {at}" }
        cost(money) { "cost {money}", "费用 {money}" }
        score(n) { "score {n}", "评分 {n}" }
        approved_as(role) { "as {role}", "以{role}身份" }
        with(departments) { "with {departments}", "配合：{departments}" }
        recorded(at) { "recorded {at}", "补录于 {at}" }
    }
}

/// Everything that it says, in the order of the file; for the receipt, the channel.
pub(super) fn event(session: &Session, case: &Case, event: &Event) -> Text {
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
    let handed_to = |field| matches!(field, Field::Department | Field::Owner | Field::Level);
    let others = event.payload.iter().filter(|(field, _)| !handed_to(*field));
    parts.extend(others.map(|(field, value)| one(session, case, *field, value)));
    parts.extend(event.recorded.map(|at| say::recorded(moment(at.instant(), &session.book.shop.zone))));
    joined(&parts)
}

fn one(session: &Session, case: &Case, field: Field, value: &Value) -> Text {
    let names = &session.book.shop.names;
    let labels = |list| match value {
        Value::List(words) => {
            crate::lang::list(&words.iter().map(|word| names.label(list, word)).collect::<Vec<_>>())
        }
        value => names.label(list, &value.to_string()),
    };
    match (field, value) {
        (Field::Justified, Value::Flag(flag)) => justified(*flag),
        (Field::Outcome, Value::Text(word)) => super::say::outcome(word),
        (Field::As, Value::Text(word)) => say::approved_as(names.label(Names::Roles, word)),
        (Field::Milestone, Value::Text(word)) => {
            let known = session.book.rules(case).milestone(word);
            known.map_or_else(|| Text::same(word), |milestone| milestone.label.clone())
        }
        (Field::Cost, Value::Money(money)) => say::cost(*money),
        (Field::Score, Value::Score(n)) => say::score(*n),
        (Field::Due, Value::Moment(at)) => say::by_when(moment(at.instant(), &session.book.shop.zone)),
        (Field::With, _) => say::with(labels(Names::Departments)),
        (Field::To, _) => say::to(labels(Names::People)),
        _ => match field.shape() {
            Shape::Name(list) | Shape::Names(list) => labels(list),
            _ => Text::same(value.to_string()),
        },
    }
}

/// Whether a complaint is justified, or a suggestion taken up.
pub(super) fn justified(flag: bool) -> Text {
    if flag { Text::of("justified", "成立") } else { Text::of("not justified", "不成立") }
}

/// A desk: a role, or outside the house.
pub(super) fn level(book: &Book, word: &str) -> Text {
    match word {
        EXTERNAL => Text::of("outside the house", "外部机构"),
        role => book.shop.names.label(Names::Roles, role),
    }
}

/// The name of an event, as people read it.
pub(super) fn name(event: &Event) -> Text {
    names::event(event.name).text()
}

/// Parts of a line, with points between them.
pub(super) fn joined(parts: &[Text]) -> Text {
    let join = |lang| {
        let words = parts.iter().map(|part| part.to(lang)).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" · ")
    };
    Text::new(join(crate::lang::Lang::En), join(crate::lang::Lang::Zh))
}
