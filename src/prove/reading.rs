//! A second reading of a history: what the rules ask of a case that is resolved or has ended, looked for in its events one
//! by one. It shares nothing with the way in which the policy counts steps.

use crate::case::{Case, Event, EventName, Field, Money, Replay, Status, Step, Value};
use crate::clock::Trigger;
use crate::policy::{AskedField, Clock, Need, NeedStep, RuleBook, Rules};

/// What a case lacks of what a rule asks for.
pub(super) struct Missing<'r> {
    /// The rule: `needs complaint.closed`.
    pub rule: String,
    pub clause: Option<&'r str>,
    pub what: What<'r>,
}

pub(super) enum What<'r> {
    Step(&'r NeedStep),
    /// A limit has begun, and its step is missing.
    Limit(&'r Clock),
    Field(AskedField),
    /// Nobody who holds this role has approved this very remedy.
    Approval(&'r str),
    /// It was resolved with another remedy than was proposed, or with a dearer one.
    Remedy,
}

/// All that a case lacks in the status that its last event brought it to.
pub(super) fn missing<'r>(book: &RuleBook, rules: &'r Rules, replay: &Replay<'_>) -> Vec<Missing<'r>> {
    let (case, state) = (replay.case, replay.state());
    let events = &case.history;
    let mut found = Vec::new();
    let needs = rules.needs.iter().filter(|need| {
        need.kind == case.kind && need.before.status() == Some(state.status) && need.when.fits(state)
    });
    for need in needs {
        let rule = format!("needs {}.{}", need.kind, need.before.word());
        let mut lacks = |what| {
            found.push(Missing { rule: rule.clone(), clause: need.clause.as_deref(), what });
        };
        need.steps
            .iter()
            .filter(|step| !happened(rules, events, step))
            .for_each(|step| lacks(What::Step(step)));
        need.limits
            .iter()
            .filter_map(|name| left_open(rules, replay, name))
            .for_each(|clock| lacks(What::Limit(clock)));
        need.fields
            .iter()
            .filter(|field| !filled(case, need, **field))
            .for_each(|field| lacks(What::Field(*field)));
    }
    if state.status == Status::Resolved {
        found.extend(unapproved(book, rules, case));
    }
    found
}

/// The clock of a name that applies and that something has started and nothing ended since.
fn left_open<'r>(rules: &'r Rules, replay: &Replay<'_>, name: &str) -> Option<&'r Clock> {
    let mut named = rules.clocks.iter().filter(|clock| clock.name == name);
    let clock = named.find(|clock| clock.when.fits(replay.state()))?;
    let steps = &replay.steps;
    let started = steps.iter().rposition(|step| clock.starts(step) && !step.state.voided)?;
    let since = &steps[started + 1..];
    let done = since.iter().any(|step| clock.stops(step) || step.voids());
    // An end ends the limit as well; the one that is looked at is the last step
    let ended = since.iter().rev().skip(1).any(Step::ends);
    (!done && !ended).then_some(clock)
}

/// Whether one of the alternatives has happened as often as it has to.
fn happened(rules: &Rules, events: &[Event], step: &NeedStep) -> bool {
    step.any.iter().any(|one| {
        if let Trigger::Saying(EventName::Triaged, word) = &one.trigger {
            let said = events.iter().rev().find_map(|event| event.get(Field::Justified));
            return said == Some(&Value::Flag(word == "justified"));
        }
        let since = since(rules, events, &one.trigger);
        let times = events[since..].iter().filter(|event| one.trigger.fits(event)).count();
        times >= usize::try_from(one.times).unwrap_or(usize::MAX)
    })
}

/// From which event on a step counts: the last one after which it has to be taken again.
fn since(rules: &Rules, events: &[Event], step: &Trigger) -> usize {
    let last = |is: &dyn Fn(&Event) -> bool| events.iter().rposition(is).map_or(0, |at| at + 1);
    let named = |name: EventName| last(&|event| event.name == name);
    let round = last(&|event| {
        event.name == EventName::Reopened
            || event.name == EventName::FollowedUp && event.text(Field::Outcome) == Some("dissatisfied")
    });
    let of_proposal = match step {
        Trigger::Milestone(name) => rules.milestone(name).is_some_and(|known| known.of_proposal),
        step => step.event() == EventName::Approved,
    };
    let proposal = || named(EventName::Proposed).max(named(EventName::Declined));
    match step.event() {
        _ if of_proposal => round.max(proposal()),
        EventName::Proposed => round.max(named(EventName::Declined)),
        EventName::Resolved => round.max(named(EventName::Proposed)),
        EventName::FollowedUp => {
            // The answer of a dissatisfied customer is the last one of its round
            let answers = events.len().saturating_sub(1);
            let round = if round > answers { 0 } else { round };
            round.max(named(EventName::Proposed)).max(named(EventName::Resolved))
        }
        EventName::Assigned => named(EventName::Returned),
        name if name.of_a_round() => round,
        _ => 0,
    }
}

/// Whether the case says it: at the receipt, or in any event that has been since.
fn filled(case: &Case, need: &Need, field: AskedField) -> bool {
    match field {
        AskedField::Intake(field) => field.is_in(case),
        AskedField::Payload(field) if field.is_amendable() => {
            case.history.iter().any(|event| event.get(field).is_some())
        }
        AskedField::Payload(field) => {
            let ending = case.history.iter().rev().find(|event| need.before.fits(event));
            ending.or(case.history.last()).is_some_and(|event| event.get(field).is_some())
        }
    }
}

/// Whether those who have to have approved what was carried out.
fn unapproved<'r>(book: &RuleBook, rules: &'r Rules, case: &Case) -> Vec<Missing<'r>> {
    let Some(approval) = rules.approval.get(&case.kind) else { return Vec::new() };
    let lacks =
        |what| Missing { rule: format!("approval {}", case.kind), clause: approval.clause.as_deref(), what };
    let events = &case.history;
    let proposed = events.iter().rposition(|event| event.name == EventName::Proposed);
    let resolved = events.iter().rposition(|event| event.name == EventName::Resolved);
    let (Some(proposed), Some(resolved)) = (proposed, resolved) else { return vec![lacks(What::Remedy)] };
    let mut found = Vec::new();
    let mut people: Vec<&str> = Vec::new();
    for role in &approval.roles {
        let given = events[proposed..resolved].iter().find(|event| {
            let by = event.by.as_deref().unwrap_or_default();
            event.name == EventName::Approved
                && event.text(Field::As) == Some(role)
                && events[proposed].by.as_deref() != Some(by)
                && !(approval.distinct && people.contains(&by))
                && book.shop.people.get(by).is_some_and(|person| person.role.as_ref() == Some(role))
        });
        match given {
            Some(event) => people.extend(event.by.as_deref()),
            None => found.push(lacks(What::Approval(role))),
        }
    }
    let carried_out = carried_out(&events[resolved], &events[..resolved]);
    let allowed = events[proposed].text(Field::Remedy).zip(Some(events[proposed].money(Field::Cost)));
    let same = allowed.is_some_and(|(remedy, cost)| {
        let most = rules.most_cost(case.kind, cost.unwrap_or_default());
        carried_out.0 == Some(remedy) && carried_out.1.is_none_or(|cost| cost <= most)
    });
    if !same {
        found.push(lacks(What::Remedy));
    }
    found
}

/// The remedy and the cost of a resolution; what it does not say was said last before.
fn carried_out<'e>(resolved: &'e Event, before: &'e [Event]) -> (Option<&'e str>, Option<Money>) {
    let remedy = || before.iter().rev().find_map(|event| event.text(Field::Remedy));
    let cost = || before.iter().rev().find_map(|event| event.money(Field::Cost));
    (resolved.text(Field::Remedy).or_else(remedy), resolved.money(Field::Cost).or_else(cost))
}
