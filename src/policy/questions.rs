//! What a clerk is asked at a step: what the event itself needs, what the rules want to know there, and why.
//!
//! What is known already is not asked, nor what the step cannot carry.

use super::need::{AskedField, Need};
use super::permit::{Lack, violations};
use super::rule_book::RuleBook;
use super::rules::{Clock, Rules};
use crate::case::{Case, Event, EventName, Fault, Field, Replay, State, Step};
use crate::clock::Limit;

/// A question at a step.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StepQuestion<'r> {
    /// What is asked.
    pub field: AskedField,
    /// What becomes of the step without an answer.
    pub weight: Weight,
    /// The clause that wants to know it.
    pub clause: Option<&'r str>,
    /// A clock that cannot start before it is answered.
    pub starts: Option<WaitingClock<'r>>,
}

/// A clock that waits for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WaitingClock<'r> {
    /// The first of its rules that may apply.
    pub rule: &'r Clock,
    /// Its limit; `None` if the answer decides between several.
    pub limit: Option<Limit>,
}

/// What becomes of a step without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The event says nothing without it.
    Essential,
    /// The rules refuse the step.
    Required,
    /// The step is taken; the answer may be left empty.
    Optional,
}

/// What is asked before an event, in this order: what it needs itself, then what the rules want to know.
///
/// `history` is the replay up to just before the event. What it says is not asked.
pub(crate) fn questions<'r>(rules: &'r Rules, history: &Replay<'_>, event: &Event) -> Vec<StepQuestion<'r>> {
    let before = history.state();
    let after = before.after(event, rules.approvers(before.case.kind));
    let step = AskingStep { rules, past: &history.steps, event, after: &after };
    step.questions(|need| need.is_before(event, before.status, after.status))
}

/// What is asked about a case that is received.
pub(crate) fn questions_at_receipt<'r>(rules: &'r Rules, case: &Case) -> Vec<StepQuestion<'r>> {
    let receipt = case.receipt();
    let step = AskingStep { rules, past: &[], event: receipt, after: &State::at_receipt(case) };
    step.questions(|need| need.before.fits(receipt))
}

/// Whether something forbids an event that no answer can change.
pub(crate) fn is_out_of_place(book: &RuleBook, rules: &Rules, history: &Replay<'_>, event: &Event) -> bool {
    let found = violations(book, rules, history, event);
    found.iter().any(|violation| match violation.lack {
        Some(Lack::Field(field)) => !is_said_by(field, event.name),
        _ => true,
    })
}

/// Whether an event can say it: the receipt says what the customer brought.
fn is_said_by(field: AskedField, event: EventName) -> bool {
    match field {
        AskedField::Payload(field) => event.takes(field),
        AskedField::Intake(_) => event == EventName::Received,
    }
}

/// A step, and what is known around it.
struct AskingStep<'r, 'a> {
    rules: &'r Rules,
    /// What happened before.
    past: &'a [Step<'a>],
    event: &'a Event,
    /// The case after the step.
    after: &'a State<'a>,
}

impl<'r> AskingStep<'r, '_> {
    fn questions(&self, is_before: impl Fn(&Need) -> bool) -> Vec<StepQuestion<'r>> {
        let mut asked: Vec<StepQuestion<'r>> = Vec::new();
        for field in self.essential() {
            self.ask(&mut asked, AskedField::Payload(field), Weight::Essential, None);
        }
        let of_kind = self.rules.needs.iter().filter(|need| need.kind == self.after.case.kind);
        for need in of_kind.filter(|need| is_before(need) && need.when.fits(self.after)) {
            for field in &need.fields {
                self.ask(&mut asked, *field, Weight::Required, need.clause.as_deref());
            }
            for field in &need.ask {
                self.ask(&mut asked, *field, Weight::Optional, need.clause.as_deref());
            }
        }
        asked
    }

    /// What the event says nothing without.
    fn essential(&self) -> Vec<Field> {
        let faults = self.event.faults().into_iter();
        let missing = faults.filter_map(|fault| match fault {
            Fault::Missing(field) => Some(field),
            Fault::NobodyAssigned => Some(Field::Department),
            Fault::NothingAmended => None,
        });
        missing.collect()
    }

    /// Adds a question, unless it is answered, cannot be answered here, or is there already.
    fn ask(
        &self,
        asked: &mut Vec<StepQuestion<'r>>,
        field: AskedField,
        weight: Weight,
        clause: Option<&'r str>,
    ) {
        let known = weight != Weight::Essential && field.is_known(self.event, self.after);
        if known || !is_said_by(field, self.event.name) {
            return;
        }
        match asked.iter_mut().find(|question| question.field == field) {
            Some(there) if there.weight == Weight::Optional && weight == Weight::Required => {
                (there.weight, there.clause) = (weight, clause);
            }
            Some(_) => {}
            None => asked.push(StepQuestion { field, weight, clause, starts: self.starts(field) }),
        }
    }

    /// The first clock that would run already, if the case were not silent about this one thing.
    fn starts(&self, field: AskedField) -> Option<WaitingClock<'r>> {
        self.rules.clocks_by_name().into_iter().find_map(|rules| self.waiting(rules, field))
    }

    /// The clock of these rules, if it waits for the answer.
    fn waiting(&self, mut rules: Vec<&'r Clock>, field: AskedField) -> Option<WaitingClock<'r>> {
        if rules.iter().any(|rule| rule.when.fits(self.after)) {
            return None;
        }
        rules.retain(|rule| self.waits_for(rule, field));
        let (rule, others) = rules.split_first()?;
        let limit = rule.within.filter(|_| others.iter().all(|other| other.within == rule.within));
        Some(WaitingClock { rule, limit })
    }

    fn waits_for(&self, clock: &Clock, field: AskedField) -> bool {
        let conditions = clock.when.conditions(self.after);
        let mut unmet = conditions.iter().filter(|condition| !condition.fits).peekable();
        let has_begun = |event: &Event| clock.start.iter().any(|trigger| trigger.fits(event));
        let begun = has_begun(self.event) || self.past.iter().any(|step| has_begun(step.event));
        unmet.peek().is_some()
            && clock.within.is_some()
            && begun
            && unmet.all(|condition| condition.found.is_none() && condition.attribute == field.word())
    }
}

#[cfg(test)]
mod tests;
