//! Asks for what an event lacks, one question after another, until the rules have no more.
//!
//! The questions are those of `policy`, so that a prompt and a refusal never differ. Without a terminal only what the
//! event itself needs is missed here; the policy refuses the rest.

use jiff::Timestamp;

use super::apply::{as_recorded, permit};
use super::event_args::{of_policy, value};
use super::say;
use crate::case::{Case, Event, Field, Names, Shape, Value};
use crate::describe::{clock_words, justified};
use crate::error::Result;
use crate::lang::{Text, names};
use crate::policy::{
    AskedField, IntakeField, StepQuestion, Weight, field_label, is_out_of_place, questions,
    questions_at_receipt,
};
use crate::session::Session;
use crate::ui::prompt;

/// Asks for what an event of these cases lacks.
///
/// # Errors
/// Refused: an answer is missing and there is no terminal, a question was cancelled, or the event is not allowed whatever
/// is answered.
pub(super) fn complete(session: &Session, cases: &[&Case], event: &mut Event) -> Result<()> {
    let mut left_empty = Vec::new();
    while let Some((case, question)) = next(session, cases, event, &left_empty)? {
        let AskedField::Payload(field) = question.field else { return Ok(()) };
        let at = event.at.instant();
        let read = |word| said(session, field, word, at, Some(case));
        match answer(session, &question, &flag(field), &choices(session, field, Some(case)), read)? {
            Some(value) => event.payload.push((field, value)),
            None => left_empty.push(question.field),
        }
    }
    Ok(())
}

/// Asks for what a case that is received lacks; without a terminal, nothing.
///
/// # Errors
/// As [`complete`].
pub(crate) fn complete_receipt(session: &Session, case: &mut Case) -> Result<()> {
    if !session.terminal.interactive {
        return Ok(());
    }
    let rules = session.book.rules(case);
    let mut left_empty = Vec::new();
    while let Some(question) = first_open(questions_at_receipt(rules, case), &left_empty) {
        let is_answered = match question.field {
            AskedField::Intake(field) => intake(session, &question, field, case)?,
            AskedField::Payload(field) => at_receipt(session, &question, field, case)?,
        };
        if !is_answered {
            left_empty.push(question.field);
        }
    }
    Ok(())
}

/// Fills in what the customer brought; whether there was an answer.
fn intake(
    session: &Session,
    question: &StepQuestion<'_>,
    field: IntakeField,
    case: &mut Case,
) -> Result<bool> {
    let items = match field {
        IntakeField::Demand => session.book.shop.names.all(Names::Remedies),
        _ => &[],
    };
    let said = answer(session, question, field.flag(), items, Ok)?;
    let is_answered = said.is_some();
    *field.place(case) = said;
    Ok(is_answered)
}

/// Adds something to the receipt; whether there was an answer.
fn at_receipt(session: &Session, question: &StepQuestion<'_>, field: Field, case: &mut Case) -> Result<bool> {
    let at = case.received_at();
    let items = choices(session, field, None);
    let read = |word| said(session, field, word, at, None);
    let answered = answer(session, question, &flag(field), &items, read)?;
    let Some((said, receipt)) = answered.zip(case.history.first_mut()) else { return Ok(false) };
    receipt.payload.push((field, said));
    receipt.put_in_order();
    Ok(true)
}

/// The next question, and the case that it is about.
fn next<'c, 's>(
    session: &'s Session,
    cases: &[&'c Case],
    event: &Event,
    left_empty: &[AskedField],
) -> Result<Option<(&'c Case, StepQuestion<'s>)>> {
    for case in cases {
        let Some(history) = session.book.replay(case, event.at.instant()) else { continue };
        let (rules, event) = (session.book.rules(case), as_recorded(session, case, event.clone()));
        let mut open = questions(rules, &history, &event);
        if !session.terminal.interactive {
            open.retain(|question| question.weight == Weight::Essential);
        } else if is_out_of_place(&session.book, rules, &history, &event) {
            permit(session, case, &event)?;
        }
        if let Some(question) = first_open(open, left_empty) {
            return Ok(Some((case, question)));
        }
    }
    Ok(None)
}

fn first_open<'r>(open: Vec<StepQuestion<'r>>, left_empty: &[AskedField]) -> Option<StepQuestion<'r>> {
    open.into_iter().find(|question| !left_empty.contains(&question.field))
}

/// Asks one question until the answer can be read; `None` if it may be left empty and is.
fn answer<T>(
    session: &Session,
    question: &StepQuestion<'_>,
    flag: &str,
    items: &[(String, Text)],
    read: impl Fn(String) -> Result<T>,
) -> Result<Option<T>> {
    let terminal = &session.terminal;
    let what = title(question);
    if terminal.interactive {
        reasons(question).iter().for_each(|reason| terminal.note(reason));
    }
    loop {
        let word = match (question.weight, items) {
            (Weight::Optional, []) => prompt::ask_or_leave(terminal, &what, flag)?,
            (_, []) => Some(prompt::ask(terminal, &what, flag)?),
            (Weight::Optional, items) => {
                prompt::choose_or_leave(terminal, &what, flag, items)?.map(|at| items[at].0.clone())
            }
            (_, items) => Some(items[prompt::choose(terminal, &what, flag, items)?].0.clone()),
        };
        let Some(word) = word else { return Ok(None) };
        match read(word) {
            Ok(value) => return Ok(Some(value)),
            Err(error) => terminal.error(&error, &|_| None),
        }
    }
}

/// What is asked, and whether an answer is needed.
fn title(question: &StepQuestion<'_>) -> Text {
    let label = field_label(question.field);
    match question.weight {
        Weight::Essential => label,
        Weight::Required => say::required(label),
        Weight::Optional => say::optional(label),
    }
}

/// Why it is asked.
fn reasons(question: &StepQuestion<'_>) -> Vec<Text> {
    let clause = question.clause.map(|clause| match question.weight {
        Weight::Optional => say::clause_asks(clause),
        Weight::Essential | Weight::Required => say::clause_requires(clause),
    });
    let clock = question.starts.map(|clock| match clock.limit {
        Some(limit) => say::cannot_start_limit(&clock.rule.label, clock_words::limit(limit)),
        None => say::cannot_start(&clock.rule.label),
    });
    clause.into_iter().chain(clock).collect()
}

/// The flag that gives the answer, too.
fn flag(field: Field) -> String {
    format!("--{field}")
}

const YES: &str = "yes";
const NO: &str = "no";

/// What an answer says.
fn said(
    session: &Session,
    field: Field,
    answer: String,
    at: Timestamp,
    case: Option<&Case>,
) -> Result<Value> {
    let word = match (field.shape(), answer.as_str()) {
        (Shape::Flag, YES) => true.to_string(),
        (Shape::Flag, NO) => false.to_string(),
        _ => answer,
    };
    value(session, field, vec![word], at, case)
}

/// What there is to choose from, each a word and its display name; empty if anything can be said.
fn choices(session: &Session, field: Field, case: Option<&Case>) -> Vec<(String, Text)> {
    let mut items: Vec<(String, Text)> = match field.shape() {
        Shape::Name(list @ (Names::Levels | Names::Milestones)) => {
            case.map(|case| of_policy(session, case, list)).unwrap_or_default()
        }
        Shape::Name(list) | Shape::Names(list) => session.book.shop.names.all(list).to_vec(),
        Shape::Choice(words) => words.iter().map(|word| ((*word).to_owned(), names::outcome(word))).collect(),
        Shape::Flag => {
            [(YES, true), (NO, false)].map(|(word, flag)| (word.to_owned(), justified(flag))).to_vec()
        }
        _ => Vec::new(),
    };
    // The department of the routing is offered first.
    let offered = case.filter(|_| field == Field::Department).and_then(|case| routed(session, case));
    items.sort_by_key(|(name, _)| Some(name) != offered.as_ref());
    items
}

/// The department that the routing names for a case.
fn routed(session: &Session, case: &Case) -> Option<String> {
    let replay = session.book.whole(case);
    session.book.shop.route(replay.state().category?).map(str::to_owned)
}
