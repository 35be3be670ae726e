//! Which event of the history gets each attribute of a row.
//!
//! | attribute | event |
//! | --- | --- |
//! | category, urgency, complexity, department, owner | `received` |
//! | note | `noted`, else `received` |
//! | everything else | the last event of the row that can have it, see [`Field::carriers`] |
//! | outcome, score | `followed-up`, at its own stamp, else at the closing |
//! | a score alone | `surveyed`, at its own stamp, else at the closing |
//!
//! Attributes that no event of the row can have are put into one `amended` just before the resolution, else before the
//! closing, else at the end. Those that cannot be amended are put into a `noted` there. So nothing is lost, and no step
//! of handling is invented.

use super::draft::Draft;
use super::say;
use crate::case::{Event, EventName, Field, Value};
use crate::lang::{Lang, names};

/// Adds the attributes of a row to its history. The history begins with `received` and is in order.
///
/// An attribute that an event after the receipt already has is not added.
pub(super) fn place(history: &mut Vec<Draft<'_>>, attributes: &[(Field, Value)], lang: Lang) {
    let mut amendments = Vec::new();
    let mut remarks = Vec::new();
    for (field, value) in attributes {
        let last = matches!(field, Field::Outcome | Field::Score);
        if last || said(history, *field) || carry(history, *field, value) {
            continue;
        }
        if field.is_amendable() {
            amendments.push((*field, value.clone()));
        } else {
            remarks.push(match field {
                Field::Note => value.to_string(),
                _ => format!("{}: {value}", names::field(*field).pick(lang)),
            });
        }
    }
    if !remarks.is_empty() {
        let remark = vec![(Field::Note, Value::Text(remarks.join("; ")))];
        insert(history, EventName::Noted, remark, &WORK, Side::Before);
    }
    if !amendments.is_empty() {
        amendments.push((Field::Reason, Value::Text(say::imported().to(lang).to_owned())));
        insert(history, EventName::Amended, amendments, &WORK, Side::Before);
    }
    let outcome = attributes.iter().find(|(field, _)| *field == Field::Outcome);
    let score = attributes.iter().find(|(field, _)| *field == Field::Score);
    match (outcome, score) {
        (Some((_, outcome)), score) => follow_up(history, outcome, score),
        (None, Some((_, score))) if !said(history, Field::Score) && !carry(history, Field::Score, score) => {
            insert(history, EventName::Surveyed, vec![(Field::Score, score.clone())], &ENDINGS, Side::After);
        }
        _ => {}
    }
}

/// The events that end the work on a case, the first choice first.
const WORK: [EventName; 4] =
    [EventName::Resolved, EventName::Closed, EventName::Rejected, EventName::Forwarded];
/// The events that end a case.
const ENDINGS: [EventName; 3] = [EventName::Closed, EventName::Rejected, EventName::Forwarded];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// Whether an event after the receipt already has this.
fn said(history: &[Draft<'_>], field: Field) -> bool {
    history.iter().skip(1).any(|draft| field != Field::Note && draft.event.get(field).is_some())
        && field.carriers() != [EventName::Received]
}

/// Adds a value to the last event that can have it and does not yet. Returns whether an event has it now.
fn carry(history: &mut [Draft<'_>], field: Field, value: &Value) -> bool {
    for name in field.carriers() {
        let mut able = history.iter_mut().rev().map(|draft| &mut draft.event);
        if let Some(event) = able.find(|event| event.name == name && event.get(field).is_none()) {
            event.payload.push((field, value.clone()));
            return true;
        }
    }
    // The receipt in a sheet of events may have it. A note is different: there can be two.
    field != Field::Note && history[0].event.get(field).is_some()
}

/// Inserts an event that the row implies, before or after the last event of the first of `anchors` that the history has;
/// else at the end.
fn insert(
    history: &mut Vec<Draft<'_>>,
    name: EventName,
    payload: Vec<(Field, Value)>,
    anchors: &[EventName],
    side: Side,
) {
    let anchor = anchors
        .iter()
        .find_map(|name| history.iter().rposition(|draft| draft.event.name == *name).map(|at| (at, side)));
    let (at, side) = anchor.unwrap_or((history.len() - 1, Side::After));
    let mut event = Event::new(name, history[at].event.at);
    event.payload = payload;
    let index = if side == Side::Before { at } else { at + 1 };
    history.insert(index, Draft { event, origin: None });
}

/// Adds the outcome to a follow-up that has a stamp. Otherwise the closing becomes the follow-up if the customer is
/// satisfied and the closing has no lesson. Otherwise a follow-up is inserted next to the closing.
fn follow_up(history: &mut Vec<Draft<'_>>, outcome: &Value, score: Option<&(Field, Value)>) {
    if said(history, Field::Outcome) {
        return;
    }
    if carry(history, Field::Outcome, outcome) {
        if let Some((field, score)) = score
            && !said(history, *field)
        {
            carry(history, *field, score);
        }
        return;
    }
    let mut payload = vec![(Field::Outcome, outcome.clone())];
    if !history.iter_mut().any(|draft| surveys(draft, score)) {
        payload.extend(score.cloned());
    }
    let satisfied = outcome.text() == Some("satisfied");
    let closing = history.iter().rposition(|draft| draft.event.name == EventName::Closed);
    match closing.map(|at| &mut history[at].event) {
        Some(closed) if satisfied && closed.get(Field::Lesson).is_none() => {
            closed.name = EventName::FollowedUp;
            closed.payload.splice(0..0, payload);
        }
        Some(_) => insert(history, EventName::FollowedUp, payload, &[EventName::Closed], Side::Before),
        // The case is not closed. Only a satisfied customer may answer after another ending, such as a rejection.
        None => {
            let side = if satisfied { Side::After } else { Side::Before };
            insert(history, EventName::FollowedUp, payload, &ENDINGS, side);
        }
    }
}

/// Adds the score to a survey that has none. Returns whether it did.
fn surveys(draft: &mut Draft<'_>, score: Option<&(Field, Value)>) -> bool {
    let Some(score) = score else { return false };
    let takes = draft.event.name == EventName::Surveyed && draft.event.get(Field::Score).is_none();
    if takes {
        draft.event.payload.push(score.clone());
    }
    takes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Stamp;

    /// `received@1 closed@3` with attributes, as lines `name@day key=value`.
    fn placed(events: &[(EventName, u8)], attributes: &[(Field, Value)]) -> Vec<String> {
        let mut history: Vec<Draft<'_>> = events
            .iter()
            .map(|(name, day)| {
                let at = Stamp::parse(&format!("2026-11-{day:02}T09:00:00+08:00")).unwrap();
                Draft { event: Event::new(*name, at), origin: None }
            })
            .collect();
        place(&mut history, attributes, Lang::En);
        let line = |event: &Event| {
            let day = &event.at.to_string()[9..10];
            let said = event.payload.iter().map(|(field, value)| format!(" {field}={value}"));
            format!("{}@{day}{}", event.name, said.collect::<String>())
        };
        history.iter().map(|draft| line(&draft.event)).collect()
    }

    fn text(field: Field, words: &str) -> (Field, Value) {
        (field, Value::Text(words.to_owned()))
    }

    const RECEIVED: (EventName, u8) = (EventName::Received, 1);
    const RESOLVED: (EventName, u8) = (EventName::Resolved, 2);
    const CLOSED: (EventName, u8) = (EventName::Closed, 3);

    #[test]
    fn what_is_known_at_the_receipt_belongs_to_it() {
        let said = placed(
            &[RECEIVED, CLOSED],
            &[text(Field::Category, "other"), text(Field::Owner, "li.na"), text(Field::Note, "n")],
        );
        assert_eq!(said, ["received@1 category=other owner=li.na note=n", "closed@3"]);
    }

    #[test]
    fn an_attribute_belongs_to_the_event_that_carries_it() {
        let said = placed(
            &[RECEIVED, (EventName::Diagnosed, 2), RESOLVED, CLOSED],
            &[text(Field::Cause, "c"), text(Field::Remedy, "refund"), text(Field::Lesson, "l")],
        );
        assert_eq!(
            said,
            ["received@1", "diagnosed@2 cause=c", "resolved@2 remedy=refund", "closed@3 lesson=l"]
        );
    }

    #[test]
    fn what_no_event_carries_is_amended_before_the_resolution() {
        let attributes = [text(Field::Cause, "c"), text(Field::To, "li.na"), text(Field::Lesson, "l")];
        let said = placed(&[RECEIVED, RESOLVED], &attributes);
        assert_eq!(
            said,
            [
                "received@1",
                "noted@2 note=to: li.na; lesson: l",
                "amended@2 cause=c reason=imported",
                "resolved@2"
            ]
        );
        let said = placed(&[RECEIVED], &[text(Field::Cause, "c")]);
        assert_eq!(said, ["received@1", "amended@1 cause=c reason=imported"]);
    }

    #[test]
    fn an_outcome_without_a_stamp_is_said_at_the_closing() {
        let score = (Field::Score, Value::Score(4));
        let satisfied = [text(Field::Outcome, "satisfied"), score.clone()];
        assert_eq!(
            placed(&[RECEIVED, CLOSED], &satisfied),
            ["received@1", "followed-up@3 outcome=satisfied score=4"]
        );
        assert_eq!(
            placed(&[RECEIVED, CLOSED], &[text(Field::Outcome, "unreached")]),
            ["received@1", "followed-up@3 outcome=unreached", "closed@3"]
        );
        assert_eq!(
            placed(&[RECEIVED, RESOLVED], &satisfied),
            ["received@1", "resolved@2", "followed-up@2 outcome=satisfied score=4"]
        );
        assert_eq!(
            placed(&[RECEIVED, (EventName::FollowedUp, 2), CLOSED], &satisfied),
            ["received@1", "followed-up@2 outcome=satisfied score=4", "closed@3"]
        );
        assert_eq!(
            placed(&[RECEIVED, (EventName::Rejected, 3)], &satisfied),
            ["received@1", "rejected@3", "followed-up@3 outcome=satisfied score=4"]
        );
    }

    #[test]
    fn a_lesson_keeps_the_closing() {
        assert_eq!(
            placed(&[RECEIVED, CLOSED], &[text(Field::Outcome, "satisfied"), text(Field::Lesson, "l")]),
            ["received@1", "followed-up@3 outcome=satisfied", "closed@3 lesson=l"]
        );
    }

    #[test]
    fn a_score_alone_is_a_survey() {
        let score = [(Field::Score, Value::Score(2))];
        assert_eq!(placed(&[RECEIVED, CLOSED], &score), ["received@1", "closed@3", "surveyed@3 score=2"]);
        assert_eq!(placed(&[RECEIVED], &score), ["received@1", "surveyed@1 score=2"]);
        assert_eq!(
            placed(&[RECEIVED, (EventName::Surveyed, 2), CLOSED], &score),
            ["received@1", "surveyed@2 score=2", "closed@3"]
        );
    }
}
