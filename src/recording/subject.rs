//! The first line of a commit, in English like the keys of the files, and the target of an event.

use crate::case::{Event, EventName, Field, Id, Names};
use crate::lang::{Text, names};
use crate::session::Session;

/// `escalate 7k3q9x to supervisor: third call`, or `escalate 3 cases: …`.
pub(crate) fn line(done: &[(&Id, &[Event])]) -> String {
    let Some((id, events)) = done.first() else { return String::new() };
    let Some(event) = events.first() else { return String::new() };
    let verb = names::verb(event.name);
    let who = match done.len() {
        1 => id.short().to_owned(),
        n => {
            let shorts: Vec<&str> = done.iter().map(|(id, _)| id.short()).collect();
            format!("{n} cases ({})", shorts.join(" "))
        }
    };
    let to = [Field::Level, Field::Department, Field::Owner, Field::To]
        .into_iter()
        .find_map(|field| event.get(field));
    let to =
        to.filter(|_| event.name != EventName::Amended).map(|to| format!(" to {to}")).unwrap_or_default();
    let about = about(event).map(|about| format!(": {}", one_line(&about))).unwrap_or_default();
    format!("{verb} {who}{to}{about}")
}

/// The payload of an event, in a few words.
fn about(event: &Event) -> Option<String> {
    let fields = event.name.row().summary;
    let said: Vec<String> =
        fields.iter().filter_map(|field| event.get(*field)).map(ToString::to_string).collect();
    if said.is_empty() { event.text(Field::Note).map(str::to_owned) } else { Some(said.join(", ")) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The target of an event, for people: `supervisor: 王芳`.
pub(crate) fn aim(session: &Session, event: &Event) -> Text {
    let label = |list, word: &str| session.book.shop.names.label(list, word);
    match event.name {
        EventName::Escalated => {
            let Some(level) = event.text(Field::Level) else { return Text::default() };
            let desk = label(Names::Roles, level);
            match session.book.shop.only_holder(level) {
                Some(person) => super::say::desk(desk, label(Names::People, person)),
                None => desk,
            }
        }
        EventName::Assigned => {
            let department = event.text(Field::Department).map(|word| label(Names::Departments, word));
            let owner = event.text(Field::Owner).map(|word| label(Names::People, word));
            crate::lang::list(&department.into_iter().chain(owner).collect::<Vec<_>>())
        }
        EventName::Marked => event.text(Field::Milestone).map(Text::same).unwrap_or_default(),
        _ => Text::default(),
    }
}
