//! What the rules add to an event before it is recorded: the keys that follow from the case, and the events that follow.

use super::permit::Standing;
use super::rule_book::RuleBook;
use super::say;
use crate::case::{Event, EventName, Field, Replay, State, Status, Value};

/// The event with its keys, and the event that follows from it: an urgent case goes to a higher level at once.
pub(crate) fn implied_events(book: &RuleBook, state: &State<'_>, event: Event) -> Vec<Event> {
    let event = completed(book, state, event);
    let level = book.rules(state.case).escalation.urgent.as_ref();
    let Some(level) = level.filter(|_| turns_urgent(state, &event)) else { return vec![event] };
    let reason = say::urgent_reason().to(book.shop.lang).to_owned();
    let mut escalated = Event::new(EventName::Escalated, event.at)
        .with(Field::Level, Value::Text(level.clone()))
        .with(Field::Reason, Value::Text(reason));
    escalated.by.clone_from(&event.by);
    escalated.recorded = event.recorded;
    vec![event, escalated]
}

/// The event with `open: true`, if it leaves the case where it is.
pub(crate) fn left_open(book: &RuleBook, history: &Replay<'_>, mut event: Event) -> Event {
    if Standing::new(book, book.rules(history.case), history).stays_open(&event) {
        event.payload.push((Field::Open, Value::Flag(true)));
    }
    event
}

impl Standing<'_> {
    /// Whether an event leaves the case where it is: it would take the case back without saying so, or it would end a case
    /// that lacks something, because the customer is satisfied. The end comes when that is there.
    pub(crate) fn stays_open(&self, event: &Event) -> bool {
        let ends_too_early =
            event.name == EventName::FollowedUp && !self.missing_for_status(event).is_empty();
        event.get(Field::Open).is_none() && (ends_too_early || self.state.is_put_back_by(event))
    }
}

/// The event with the keys that follow from the case: the next level, the role of the person who approves, the owner
/// who accepts.
pub(crate) fn completed(book: &RuleBook, state: &State<'_>, mut event: Event) -> Event {
    let rules = book.rules(state.case);
    let said = match event.name {
        EventName::Escalated if event.get(Field::Level).is_none() => {
            Some((Field::Level, rules.escalation.above(state.level).to_owned()))
        }
        EventName::Approved if event.get(Field::As).is_none() => {
            let person = event.by.as_deref().and_then(|by| book.shop.people.get(by));
            person.and_then(|person| person.role.clone()).map(|role| (Field::As, role))
        }
        EventName::Accepted if event.get(Field::Owner).is_none() && state.owner.is_none() => {
            event.by.clone().map(|by| (Field::Owner, by))
        }
        _ => None,
    };
    event.payload.extend(said.map(|(field, word)| (field, Value::Text(word))));
    let taken = rules.taken_from_the_proposal(state, &event);
    event.payload.extend(taken);
    event
}

/// Whether the case goes to a higher level with this event: it is triaged as urgent, or becomes urgent while it is being
/// handled. A case that is not triaged yet goes there with its triage; a case whose remedy is being carried out stays.
fn turns_urgent(state: &State<'_>, event: &Event) -> bool {
    let at_work = match event.name {
        EventName::Triaged => true,
        EventName::Amended => {
            matches!(
                state.going_on(),
                Status::Triaged | Status::Assigned | Status::Investigating | Status::Escalated
            )
        }
        _ => false,
    };
    at_work && state.level.is_none() && event.text(Field::Urgency) == Some("urgent")
}
