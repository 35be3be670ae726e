//! Makes an event of flags, and of answers where they are missing.

use jiff::SignedDuration;

use super::apply::{RecordingArgs, instant, unknown_name};
use super::{questions, say};
use crate::arguments::moment;
use crate::case::{Case, Event, EventName, Fault, Field, Names, Shape, Value, read_date};
use crate::error::{Error, Result};
use crate::lang::{Text, names};
use crate::policy::EXTERNAL;
use crate::session::Session;

/// The values of the flags.
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(Vec<(Field, Vec<String>)>);

impl Payload {
    /// No values yet.
    pub(crate) fn new() -> Payload {
        Payload::default()
    }

    /// One word, if it was given.
    pub(crate) fn maybe(mut self, field: Field, word: Option<String>) -> Payload {
        self.0.extend(word.map(|word| (field, vec![word])));
        self
    }

    /// Several, if any was given.
    pub(crate) fn list(mut self, field: Field, words: Vec<String>) -> Payload {
        if !words.is_empty() {
            self.0.push((field, words));
        }
        self
    }
}

/// The event that the flags describe; on a terminal, what is missing for these cases is asked for.
pub(crate) fn event(
    session: &Session,
    how: &RecordingArgs,
    name: EventName,
    payload: Payload,
    cases: &[&Case],
) -> Result<Event> {
    let at = instant(session, how)?;
    let mut event = Event::new(name, session.stamp(at)).by(session.actor(how.by.as_deref())?);
    if how.at.is_some() && at < session.now {
        event.recorded = Some(session.stamp(session.now));
    }
    for (field, words) in payload.0 {
        event.payload.push((field, value(session, field, words, at, cases.first().copied())?));
    }
    questions::complete(session, cases, &mut event)?;
    if event.faults().contains(&Fault::NothingAmended) {
        return Err(Error::refused(say::nothing_amended()).hint(say::amend_help()));
    }
    event.put_in_order();
    Ok(event)
}

/// Reads what a flag or an answer says.
pub(super) fn value(
    session: &Session,
    field: Field,
    words: Vec<String>,
    at: jiff::Timestamp,
    case: Option<&Case>,
) -> Result<Value> {
    let flag = format!("--{field}");
    if field.shape() == Shape::Moment {
        let word = words.first().map(String::as_str).unwrap_or_default();
        let due = due(session, &flag, word, at)?;
        return Ok(Value::Moment(session.stamp(due)));
    }
    if field.shape() == Shape::Day {
        return Ok(Value::Day(day(
            session,
            &flag,
            words.first().map(String::as_str).unwrap_or_default(),
            at,
        )?));
    }
    if field.shape() == Shape::Case {
        return Ok(Value::Text(whole_id(session, words.first().map(String::as_str).unwrap_or_default())?));
    }
    let shown = words.join(",");
    let list = words.len() > 1;
    let value = Value::read(field.shape(), words, list)
        .ok_or_else(|| Error::refused(say::bad_flag(&flag, shown)).hint(expected(field)))?;
    known(session, field, &value, case)?;
    Ok(value)
}

/// The id of another case, of any part that is unique. A void case cannot be named.
fn whole_id(session: &Session, part: &str) -> Result<String> {
    let found = session.ledger.find(part)?.case;
    if session.book.whole(&found).state().voided {
        return Err(Error::refused(say::of_a_void_case(found.id.short())));
    }
    Ok(found.id.to_string())
}

/// A deadline: a moment, or a limit counted from the hand-over such as `2d` or `4wh`.
fn due(session: &Session, flag: &str, word: &str, at: jiff::Timestamp) -> Result<jiff::Timestamp> {
    let Ok(limit) = crate::clock::Limit::parse(word) else { return moment::read(session, flag, word) };
    let terms = crate::clock::Terms { zone: &session.book.shop.zone, calendar: session.book.shop_calendar() };
    match limit.due(at, &crate::clock::Pauses::none(), terms) {
        Ok(crate::clock::Due::At(due)) => Ok(due),
        Ok(crate::clock::Due::Unknown) => moment::read(session, flag, word),
        Err(undue) => Err(undue.error()),
    }
}

/// The last day of something: a day, or that of a limit counted from the event. It is not over before the event.
fn day(session: &Session, flag: &str, word: &str, at: jiff::Timestamp) -> Result<jiff::civil::Date> {
    let last = match (read_date(word), crate::clock::Limit::parse(word)) {
        (Some(day), _) => day,
        // The limit of a day is due at the midnight that ends it
        (None, Ok(_)) => session.book.shop.day(due(session, flag, word, at)? - SignedDuration::from_nanos(1)),
        (None, Err(_)) => return Err(Error::refused(say::bad_flag(flag, word)).hint(say::wants_day())),
    };
    if last < session.book.shop.day(at) {
        return Err(Error::refused(say::day_is_over(flag, last.to_string())).hint(say::wants_day()));
    }
    Ok(last)
}

/// Refuses a name that the ledger does not know.
pub(crate) fn known(session: &Session, field: Field, value: &Value, case: Option<&Case>) -> Result<()> {
    let probe = Event::new(EventName::Noted, session.stamp(session.now)).with(field, value.clone());
    for (_, list, word) in probe.names() {
        let known = match list {
            Names::Levels | Names::Milestones => match case {
                Some(case) => of_policy(session, case, list).iter().any(|(name, _)| name == word),
                None => true,
            },
            _ => session.book.shop.names.knows(list, word),
        };
        if !known {
            return Err(match list {
                Names::Levels | Names::Milestones => unknown_in_policy(session, case, list, word),
                _ => unknown_name(session, list, word),
            });
        }
    }
    Ok(())
}

fn unknown_in_policy(session: &Session, case: Option<&Case>, list: Names, word: &str) -> Error {
    let known = case.map(|case| of_policy(session, case, list)).unwrap_or_default();
    let known: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
    let error = Error::refused(say::unknown_name(names::list(list).text(), word));
    error.hint(crate::lang::common::known_here(known.join(" ")))
}

/// The levels or milestones of the rules that hold for a case.
pub(super) fn of_policy(session: &Session, case: &Case, list: Names) -> Vec<(String, Text)> {
    let rules = session.book.rules(case);
    match list {
        Names::Milestones => {
            rules.milestones.iter().map(|known| (known.name.clone(), known.label.clone())).collect()
        }
        _ => {
            // A policy may name the last one itself.
            let levels = rules.escalation.levels.iter().map(String::as_str);
            let levels = levels.filter(|level| *level != EXTERNAL).chain([EXTERNAL]);
            levels
                .map(|level| (level.to_owned(), session.book.shop.names.label(Names::Roles, level)))
                .collect()
        }
    }
}

/// The kind of value that the flag of a field takes.
fn expected(field: Field) -> Text {
    match field.shape() {
        Shape::Score => say::wants_score(),
        Shape::Money => say::wants_money(),
        Shape::Choice(words) => crate::lang::common::known_here(words.join(" ")),
        Shape::Flag => crate::lang::common::known_here("true false"),
        _ => say::wants_words(),
    }
}
