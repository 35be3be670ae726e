//! Is an event allowed? The rules of the lifecycle, of the policy's steps and of its approvals.

use crate::error::Code;
use std::collections::HashMap;

use super::rule_book::RuleBook;
use super::rules::{Need, Rules};
use super::say;
use crate::case::{Case, Event, EventName, Field, From, Names, Replay, State, Status, Step};
use crate::clock::Trigger;
use crate::lang::{Text, names};

/// Why an event is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// `not-allowed` or `self-approved`.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// What to do first.
    pub help: Vec<Text>,
}

impl Violation {
    fn new(message: Text) -> Violation {
        Violation { code: Code::NotAllowed, message, help: Vec::new() }
    }

    fn help(mut self, help: Text) -> Violation {
        self.help.push(help);
        self
    }
}

/// Everything that forbids `event` after `history`; empty if it is allowed.
///
/// `history` is the replay up to just before the event.
pub fn violations(book: &RuleBook, rules: &Rules, history: &Replay<'_>, event: &Event) -> Vec<Violation> {
    let mut past = Past::under(rules, history.case);
    history.steps.iter().for_each(|step| past.take(step));
    against(book, rules, &past, history.state(), event)
}

fn against(
    book: &RuleBook,
    rules: &Rules,
    past: &Past<'_>,
    state: &State<'_>,
    event: &Event,
) -> Vec<Violation> {
    if let Some(violation) = against_lifecycle(state.case, state, event) {
        return vec![violation];
    }
    let needs = rules.needs.iter().filter(|need| need.kind == state.case.kind && need.before.fits(event));
    let mut found: Vec<Violation> =
        needs.flat_map(|need| missing_steps(rules, need, past, state, event)).collect();
    if event.name == EventName::Approved {
        found.extend(against_approval(book, rules, state, event));
    }
    found
}

/// Everything that forbade an event of a history when it happened, with the event's place in the file.
pub(crate) fn breaches(book: &RuleBook, rules: &Rules, history: &Replay<'_>) -> Vec<(usize, Violation)> {
    let mut past = Past::under(rules, history.case);
    let mut found = Vec::new();
    let mut before: Option<&Step<'_>> = None;
    for step in &history.steps {
        if let Some(before) = before {
            let forbidden = against(book, rules, &past, &before.state, step.event);
            found.extend(forbidden.into_iter().map(|violation| (step.index, violation)));
        }
        past.take(step);
        before = Some(step);
    }
    found
}

/// Which of the required steps have happened, at a point in a history.
struct Past<'n> {
    /// By step, the last round in which it happened.
    rounds: HashMap<&'n Trigger, Option<u32>>,
    /// The round at this point.
    round: u32,
}

impl<'n> Past<'n> {
    /// Of the steps that a rule book requires in a case; nothing has happened yet.
    fn under(rules: &'n Rules, case: &Case) -> Past<'n> {
        Past::of(rules.needs.iter().filter(|need| need.kind == case.kind).flat_map(|need| &need.steps))
    }

    fn of(steps: impl IntoIterator<Item = &'n Trigger>) -> Past<'n> {
        Past { rounds: steps.into_iter().map(|step| (step, None)).collect(), round: 1 }
    }

    /// Adds one event. A follow-up or a reopening begins the next round; it counts for the round before it.
    fn take(&mut self, step: &Step<'_>) {
        for (_, last) in self.rounds.iter_mut().filter(|(trigger, _)| trigger.fits(step.event)) {
            *last = Some(self.round);
        }
        self.round = step.state.round;
    }

    /// Whether a step has happened; if it belongs to a round, in the current one.
    fn has(&self, step: &Trigger) -> bool {
        let last = self.rounds.get(step).copied().flatten();
        last.is_some_and(|round| !step.of_a_round() || round == self.round)
    }
}

fn against_lifecycle(case: &Case, state: &State<'_>, event: &Event) -> Option<Violation> {
    let from = event.name.from();
    if from.allows(state.status) {
        return None;
    }
    let (short, status) = (case.id.short(), state.status);
    Some(match from {
        From::Nothing => Violation::new(say::already_received(short)),
        From::Terminal => Violation::new(say::not_ended(short, status)),
        From::Only(Status::Waiting) if !status.terminal() => Violation::new(say::not_waiting(short, status)),
        From::Only(_) if !status.terminal() => Violation::new(say::nothing_proposed(short, status))
            .help(say::do_step(command(EventName::Proposed, short))),
        _ => Violation::new(say::ended(short, status)).help(say::reopen_first(short)),
    })
}

/// The steps of a need, each with whether it has happened; if it belongs to a round, in the current one.
pub(crate) fn steps_done<'n>(
    need: &'n Need,
    history: &Replay<'_>,
) -> impl Iterator<Item = (&'n Trigger, bool)> {
    let mut past = Past::of(&need.steps);
    history.steps.iter().for_each(|step| past.take(step));
    need.steps.iter().map(move |step| (step, past.has(step)))
}

fn missing_steps(
    rules: &Rules,
    need: &Need,
    past: &Past<'_>,
    state: &State<'_>,
    event: &Event,
) -> Vec<Violation> {
    let short = state.case.id.short();
    let missing = need.steps.iter().filter(|step| !past.has(step));
    let mut found = Vec::new();
    for step in missing {
        let message = say::step_missing(short, names::event(event.name).text(), label(rules, step));
        let mut violation = Violation::new(message).help(say::do_step(remedy(step, short)));
        violation.help.extend(need.clause.as_ref().map(say::rule_asks));
        found.push(violation);
    }
    found
}

fn against_approval(book: &RuleBook, rules: &Rules, state: &State<'_>, event: &Event) -> Vec<Violation> {
    let mut found = Vec::new();
    let roles = rules.approvers(state.case.kind);
    let role_label = |role: &str| book.shop.names.label(Names::Roles, role);
    let labels: Vec<Text> = roles.iter().map(|role| role_label(role)).collect();
    let asked = || say::who_can_approve(crate::lang::list(&labels));
    if let Some(person) = event.by.as_deref().filter(|person| state.proposed_by == Some(person)) {
        let message = say::self_approved(book.shop.names.label(Names::People, person));
        found.push(Violation { code: Code::SelfApproved, ..Violation::new(message).help(asked()) });
    }
    if roles.is_empty() {
        return found;
    }
    let Some(role) = event.text(Field::As) else {
        found.push(Violation::new(say::role_needed()).help(asked()));
        return found;
    };
    if !roles.iter().any(|asked| asked == role) {
        found.push(Violation::new(say::role_not_asked(role_label(role))).help(asked()));
    } else if state.approvals.contains(&role) {
        found.push(Violation::new(say::role_twice(role_label(role))).help(asked()));
    }
    let person = event.by.as_deref().and_then(|key| book.shop.people.get_key_value(key));
    if let Some((key, person)) = person
        && person.role.as_deref() != Some(role)
    {
        found.push(
            Violation::new(say::role_not_held(book.shop.names.label(Names::People, key), role_label(role)))
                .help(asked()),
        );
    }
    found
}

/// The display name of a step.
fn label(rules: &Rules, step: &Trigger) -> Text {
    match step {
        Trigger::Event(name) => names::event(*name).text(),
        Trigger::Saying(name, value) => say::saying(names::event(*name).text(), value),
        Trigger::Milestone(name) => {
            rules.milestone(name).map_or_else(|| Text::same(name), |known| known.label.clone())
        }
    }
}

/// The command that takes a step.
fn remedy(step: &Trigger, short: &str) -> String {
    match step {
        Trigger::Event(name) => command(*name, short),
        Trigger::Saying(name, value) => match name.value() {
            Some(Field::Justified) if value == "unjustified" => format!("fb triage {short} --not-justified"),
            Some(Field::Justified) => format!("fb triage {short} --justified"),
            Some(field) => format!("fb {} {short} --{field} {value}", names::verb(*name)),
            None => command(*name, short),
        },
        Trigger::Milestone(name) => format!("fb mark {short} {name}"),
    }
}

fn command(name: EventName, short: &str) -> String {
    let asked: String = name.required().map(|field| format!(" --{field} …")).collect();
    format!("fb {} {short}{asked}", names::verb(name))
}
