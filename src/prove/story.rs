//! A way to a state, as the commands that lead there.

use crate::case::{Case, Event, EventName, Field, Value};
use crate::lang::common::shell_word;
use crate::policy::command_line;

/// The id that `fb new` prints, in the commands after it.
const ID: &str = "$id";

/// The commands for a POSIX shell, ready to be pasted.
pub(super) fn told(case: &Case, events: &[Event]) -> Vec<String> {
    let mut lines = vec![receipt(case)];
    lines.extend(events.iter().map(command));
    lines
}

fn receipt(case: &Case) -> String {
    let mut line = format!("fb new --kind {} --title x --channel {}", case.kind, shell_word(&case.channel));
    let mut say = |flag: &str, word: Option<&String>| {
        if let Some(word) = word {
            line.push_str(&format!(" {flag} {}", shell_word(word)));
        }
    };
    say("--description", case.description.as_ref());
    say("--customer", case.customer.key.as_ref());
    say("--name", case.customer.name.as_ref());
    say("--contact", case.customer.contact.as_ref());
    say("--tier", case.customer.tier.as_ref());
    say("--order", case.order.as_ref());
    say("--product", case.product.as_ref());
    say("--demand", case.demand.as_ref());
    for (field, value) in &case.receipt().payload {
        say(&format!("--{field}"), Some(&word(value)));
    }
    format!("id=$({line} | cut -d' ' -f1)")
}

fn command(event: &Event) -> String {
    let flagged = |field: Field| {
        field == Field::Note || event.name.row().keys.iter().any(|key| key.field == field && key.has_flag())
    };
    let said = event.payload.iter().filter(|(field, _)| flagged(*field));
    let words: Vec<(Field, String)> = said.map(|(field, value)| (*field, word(value))).collect();
    let mut line = command_line(event.name, ID, &words);
    let by = matches!(event.name, EventName::Proposed | EventName::Approved | EventName::Amended);
    if let Some(person) = event.by.as_deref().filter(|_| by) {
        line.push_str(&format!(" --by {}", shell_word(person)));
    }
    line
}

fn word(value: &Value) -> String {
    match value {
        Value::List(words) => words.join(","),
        value => value.to_string(),
    }
}
