//! Which command takes a case on: tried in memory before anybody reads it.
//!
//! A step that cannot be taken yet leads to the first one that it lacks. A command is offered only if the rules allow it
//! now; what its author has to fill in is `…`. The event that is tried has words in these places.

use super::implied::left_open;
use super::instance::Instance;
use super::need::AskedField;
use super::permit::{Lack, missing_at_receipt, violations};
use super::rule_book::RuleBook;
use super::rules::Rules;
use crate::case::{Case, Event, EventName, Field, Form, Id, Kind, Names, Replay, Shape, Stamp, Value};
use crate::clock::Trigger;
use crate::lang::common::shell_word;

/// The most steps that are looked through for the first one that can be taken.
const DEEPEST: usize = 12;

/// What is not known yet, in a command.
const OPEN: &str = "…";

/// The command that takes the first step towards one of these that can be taken now.
pub(crate) fn towards<'t>(
    book: &RuleBook,
    history: &Replay<'_>,
    wanted: impl IntoIterator<Item = &'t Trigger>,
) -> Option<String> {
    let rules = book.rules(history.case);
    let adviser = Adviser { book, rules, history };
    wanted.into_iter().find_map(|trigger| adviser.first_step(trigger, DEEPEST))
}

/// The command that says of a case what an event cannot say itself.
pub(crate) fn to_say(book: &RuleBook, history: &Replay<'_>, field: Field) -> Option<String> {
    Adviser { book, rules: book.rules(history.case), history }.saying(field)
}

/// The command that takes the first step towards the end of a case that is open.
pub(crate) fn towards_the_end(book: &RuleBook, history: &Replay<'_>) -> Option<String> {
    if history.state().status.terminal() {
        return None;
    }
    let endings = [EventName::Forwarded, EventName::Closed, EventName::Rejected];
    towards(book, history, &endings.map(Trigger::Event))
}

/// The command to offer for an open case: the first step towards what a clock waits for, else towards its end.
pub(crate) fn next_step(
    book: &RuleBook,
    history: &Replay<'_>,
    clock: Option<&Instance<'_>>,
) -> Option<String> {
    let awaited = clock.map(|clock| clock.rule.stop.as_slice()).unwrap_or_default();
    towards(book, history, awaited).or_else(|| towards_the_end(book, history))
}

/// The command that registers a complaint, with all that the rules ask for at its receipt.
pub(crate) fn to_register(book: &RuleBook, at: Stamp) -> Option<String> {
    let (channel, _) = book.shop.names.all(Names::Channels).first()?;
    let id = Id::new(book.shop.day(at.instant()), 0);
    let mut case = Case::received(id, Kind::Complaint, OPEN, channel, Event::new(EventName::Received, at));
    let mut line = format!("fb new --kind {} --channel {channel} --title {OPEN}", case.kind);
    // Each turn fills in what is missing; a condition that is met then may ask for more
    for _ in 0..DEEPEST {
        let missing = missing_at_receipt(book.rules(&case), &case);
        if missing.is_empty() {
            return Some(line);
        }
        for violation in missing {
            let flag = match violation.lack? {
                Lack::Field(AskedField::Intake(field)) => {
                    *field.place(&mut case) = Some(OPEN.to_owned());
                    field.flag().to_owned()
                }
                Lack::Field(AskedField::Payload(field)) => {
                    case.history.first_mut()?.payload.push((field, value(field, None, at)));
                    format!("--{field}")
                }
                Lack::Step(_) | Lack::Role(_) | Lack::Proposal => return None,
            };
            line.push_str(&format!(" {flag} {OPEN}"));
        }
    }
    None
}

struct Adviser<'a> {
    book: &'a RuleBook,
    rules: &'a Rules,
    history: &'a Replay<'a>,
}

impl Adviser<'_> {
    /// The first command towards a step.
    fn first_step(&self, wanted: &Trigger, deeper: usize) -> Option<String> {
        let deeper = deeper.checked_sub(1)?;
        let mut tried = self.tried(wanted);
        let taken = self.rules.taken_from_the_proposal(self.history.state(), &tried.event);
        tried.event.payload.extend(taken);
        if tried.event.name == EventName::Approved {
            return self.approval(tried, deeper);
        }
        match self.fill_in(&mut tried) {
            Ok(()) => Some(tried.command(self.history)),
            Err(lack) => match lack? {
                Lack::Field(AskedField::Intake(field)) => {
                    Some(format!("fb edit {}   # {}", self.short(), field.word()))
                }
                Lack::Field(AskedField::Payload(field)) => self.saying(field),
                Lack::Step(step) => step.any.iter().find_map(|one| self.first_step(&one.trigger, deeper)),
                Lack::Role(role) => self.first_step(&Trigger::Saying(EventName::Approved, role), deeper),
                Lack::Proposal => self.first_step(&Trigger::Event(EventName::Proposed), deeper),
            },
        }
    }

    /// Adds to an event what it needs and can say itself, until it is allowed.
    ///
    /// # Errors
    /// What it lacks else, if that can be mended.
    fn fill_in(&self, tried: &mut TriedEvent) -> Result<(), Option<Lack>> {
        // Each turn adds one more field, and there are only so many
        for _ in 0..Field::ALL.len() {
            tried.event = left_open(self.book, self.history, tried.event.clone());
            let found = violations(self.book, self.rules, self.history, &tried.event);
            let Some(first) = found.into_iter().next() else { return Ok(()) };
            match first.lack {
                Some(Lack::Field(AskedField::Payload(field))) if tried.event.name.takes(field) => {
                    tried.add(field, None);
                }
                lack => return Err(lack),
            }
        }
        Err(None)
    }

    /// The command that says something of the case that another event does not carry: a hand-over, else an amendment.
    fn saying(&self, field: Field) -> Option<String> {
        let carriers = [EventName::Assigned, EventName::Amended].into_iter().filter(|name| name.takes(field));
        carriers.into_iter().find_map(|carrier| {
            let mut tried = self.empty(carrier);
            tried.add(field, None);
            for needed in carrier.required() {
                tried.add(needed, None);
            }
            self.fill_in(&mut tried).ok()?;
            Some(tried.command(self.history))
        })
    }

    fn empty(&self, name: EventName) -> TriedEvent {
        let latest = self.history.steps.iter().map(|step| step.event.at).max_by_key(|at| at.instant());
        let at = latest.unwrap_or(self.history.case.receipt().at);
        TriedEvent { event: Event::new(name, at), words: Vec::new() }
    }

    fn short(&self) -> &str {
        self.history.case.id.short()
    }

    /// An approval by somebody who can give it, in a role that has not approved yet; else the person whom it lacks, or the
    /// proposal.
    fn approval(&self, tried: TriedEvent, deeper: usize) -> Option<String> {
        let state = self.history.state();
        let asked = self.rules.approvers(state.case.kind).iter().map(String::as_str);
        let roles: Vec<&str> = match tried.event.text(Field::As) {
            Some(role) => vec![role],
            None => asked.filter(|role| !state.approvals.contains(role)).collect(),
        };
        if roles.is_empty() {
            let found = violations(self.book, self.rules, self.history, &tried.event);
            return if found.is_empty() { Some(tried.command(self.history)) } else { self.propose(deeper) };
        }
        let mut unfilled = None;
        for role in roles {
            let people = &self.book.shop.people;
            for (key, _) in people.iter().filter(|(_, person)| person.role.as_deref() == Some(role)) {
                let event = Event::new(EventName::Approved, tried.event.at)
                    .by(key)
                    .with(Field::As, Value::Text(role.to_owned()));
                let found = violations(self.book, self.rules, self.history, &event);
                if found.is_empty() {
                    return Some(format!("fb approve {} --as {role} --by {key}", self.short()));
                }
                if found.iter().any(|violation| matches!(violation.lack, Some(Lack::Proposal))) {
                    return self.propose(deeper);
                }
            }
            unfilled.get_or_insert(role);
        }
        if state.proposal.is_none() {
            return self.propose(deeper);
        }
        unfilled.map(|role| format!("fb shop add person {OPEN} --role {role}"))
    }

    fn propose(&self, deeper: usize) -> Option<String> {
        self.first_step(&Trigger::Event(EventName::Proposed), deeper)
    }

    /// The event that a step is, with all that it needs by itself.
    fn tried(&self, wanted: &Trigger) -> TriedEvent {
        let mut tried = self.empty(wanted.event());
        match wanted {
            Trigger::Event(EventName::FollowedUp) => tried.add(Field::Outcome, None),
            Trigger::Event(_) => {}
            Trigger::Saying(name, value) => {
                let field = name.value().unwrap_or(Field::Note);
                tried.add(field, Some(value));
            }
            Trigger::Milestone(name) => tried.add(Field::Milestone, Some(name)),
        }
        for field in wanted.event().required() {
            tried.add(field, None);
        }
        if wanted.event() == EventName::Assigned {
            tried.add(Field::Department, None);
        }
        tried
    }
}

/// An event that is tried, and the words of its command.
struct TriedEvent {
    event: Event,
    words: Vec<(Field, String)>,
}

impl TriedEvent {
    /// Says one more thing: this word, or a placeholder for what is still open.
    fn add(&mut self, field: Field, word: Option<&str>) {
        if self.event.get(field).is_some() {
            return;
        }
        self.words.push((field, word.unwrap_or(OPEN).to_owned()));
        self.event.payload.push((field, value(field, word, self.event.at)));
    }

    fn command(&self, history: &Replay<'_>) -> String {
        command_line(self.event.name, history.case.id.short(), &self.words)
    }
}

/// The command that records an event and says this.
pub(crate) fn command_line(name: EventName, id: &str, words: &[(Field, String)]) -> String {
    let row = name.row();
    let mut line = format!("fb {} {id}", row.verb);
    let positional = row.keys.first().filter(|_| row.command == Form::OneCase).map(|key| key.field);
    for (field, word) in words {
        let word = if word == OPEN { word.clone() } else { shell_word(word) };
        line.push(' ');
        match field {
            field if Some(*field) == positional => line.push_str(&word),
            Field::Note => line.push_str(&format!("-m {word}")),
            Field::Justified if matches!(word.as_str(), "unjustified" | "false") => {
                line.push_str("--not-justified")
            }
            Field::Justified => line.push_str("--justified"),
            field => line.push_str(&format!("--{field} {word}")),
        }
    }
    line
}

/// A value for a field: the word's, or any.
fn value(field: Field, word: Option<&str>, at: Stamp) -> Value {
    match field.shape() {
        Shape::Flag => Value::Flag(word != Some("unjustified")),
        Shape::Score => Value::Score(5),
        Shape::Money => Value::Money(crate::case::Money::default()),
        Shape::Moment => Value::Moment(at),
        Shape::Day => Value::Day(at.day()),
        Shape::Names(_) => Value::List(vec![word.unwrap_or(OPEN).to_owned()]),
        Shape::Choice(words) => Value::Text(word.unwrap_or(words[0]).to_owned()),
        Shape::Text | Shape::Case | Shape::Name(_) => Value::Text(word.unwrap_or(OPEN).to_owned()),
    }
}

#[cfg(test)]
mod tests;
