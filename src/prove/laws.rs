//! What has to hold in every state that a case can get to, and over all of them.

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use rayon::prelude::*;

use super::reading::{Missing, What, missing};
use super::say;
use super::walk::{Here, Walk};
use super::{Defect, Law};
use crate::case::{Case, Event, EventName, Field, Names, Replay, State, Status};
use crate::clock::Trigger;
use crate::lang::{Lang, Text};
use crate::policy::{
    AskedField, Clock, ClockState, Need, RuleBook, Rules, When, field_label, instances, next_step,
    step_label, trigger_label, unwatched,
};

/// What was seen of a clock.
#[derive(Debug, Default)]
pub(super) struct ClockSeen {
    /// It was the rule of its name that applied, while it ran.
    pub in_force: AtomicBool,
    /// It ran and it was for the case, but an earlier rule of its name applied.
    pub hidden: AtomicBool,
    /// A step kept it.
    pub kept: AtomicBool,
    /// Time alone would make a case overdue.
    pub missed: AtomicBool,
}

/// A defect on the way from a state to the next one, or in a state.
pub(super) struct DefectAt {
    /// The state.
    at: usize,
    /// What happens then.
    then: Option<Event>,
    law: Law,
    rule: String,
    clause: Option<String>,
    message: Text,
}

impl DefectAt {
    /// What is the same in defects of one sort.
    pub(super) fn sort(&self) -> (Law, String, String) {
        (self.law, self.rule.clone(), self.message.to(Lang::En).to_owned())
    }
}

/// What is wrong in the states of one kind of case, and on the ways between them.
pub(super) fn judged(walk: &mut Walk<'_>, seen: &[ClockSeen]) -> Vec<Defect> {
    let each = (0..walk.nodes.len()).into_par_iter();
    each.for_each(|node| look_at_clocks(walk, node, seen));
    let mut found = std::mem::take(&mut walk.wrong);
    found.extend(first_open(walk, Law::Unwatched, is_never_named, say::unwatched));
    found.extend(first_open(walk, Law::Unadvised, is_not_advised, say::unadvised));
    found.extend(locked_in(walk));
    found.into_iter().map(|wrong| walk.defect(wrong)).collect()
}

impl Walk<'_> {
    fn defect(&self, wrong: DefectAt) -> Defect {
        let DefectAt { at, then, law, rule, clause, message } = wrong;
        let case = self.case(at);
        let mut way = self.way(at);
        way.extend(then);
        Defect { law, rule, clause, message, kind: Some(case.kind), way: super::story::told(&case, &way) }
    }

    /// The clocks that run in a state and apply to the case, by their place in the rules.
    fn in_force(&self, node: usize, state: &State<'_>) -> Vec<usize> {
        let running = &self.nodes[node].running;
        running.iter().copied().filter(|at| self.first_that_fits(*at, state) == Some(*at)).collect()
    }

    /// The rule of a clock's name that applies to the case.
    fn first_that_fits(&self, at: usize, state: &State<'_>) -> Option<usize> {
        let name = &self.rules.clocks[at].name;
        self.rules.clocks.iter().position(|clock| clock.name == *name && clock.when.fits(state))
    }
}

/// Notes which clocks an event keeps.
pub(super) fn kept(walk: &Walk<'_>, here: &Here<'_>, added: &[Event], seen: &[ClockSeen]) {
    let open = |at: &usize| !seen[*at].kept.load(Ordering::Relaxed);
    if !walk.nodes[here.at].running.iter().any(open) {
        return;
    }
    let in_force = walk.in_force(here.at, here.before.state);
    for at in in_force.into_iter().filter(open) {
        let case = here.with(added);
        let replay = walk.book.whole(&case);
        let steps = &replay.steps[here.case.history.len()..];
        if steps.iter().any(|step| walk.rules.clocks[at].stops(step)) {
            seen[at].kept.store(true, Ordering::Relaxed);
        }
    }
}

/// What is wrong with a case that gets to another status.
pub(super) fn on_arrival(walk: &Walk<'_>, here: &Here<'_>, added: &[Event], to: Status) -> Vec<DefectAt> {
    if !matches!(to, Status::Resolved | Status::Closed | Status::Rejected) {
        return Vec::new();
    }
    let case = here.with(added);
    let replay = walk.book.whole(&case);
    let lacks = missing(walk.book, walk.rules, &replay);
    let mut found: Vec<DefectAt> = lacks.into_iter().map(|lack| evaded(walk, here, to, lack)).collect();
    if to.terminal() && !here.before.state.status.terminal() {
        found.extend(ended(walk, here, &replay));
    }
    for wrong in &mut found {
        wrong.then = added.first().cloned();
    }
    found
}

/// A case got to a status without what a rule asks for.
fn evaded(walk: &Walk<'_>, here: &Here<'_>, status: Status, missing: Missing<'_>) -> DefectAt {
    let names = &walk.book.shop.names;
    let lack = match missing.what {
        What::Step(step) => step_label(walk.rules, step),
        What::Limit(clock) => say::step_of(clock.label.clone()),
        What::Field(field) => field_label(field),
        What::Approval(role) => say::approval_by(names.label(Names::Roles, role)),
        What::Remedy => say::this_remedy(),
    };
    DefectAt {
        at: here.at,
        then: None,
        law: Law::Evaded,
        rule: missing.rule,
        clause: missing.clause.map(str::to_owned),
        message: say::evaded(status, lack),
    }
}

/// Notes which clocks apply, are kept and can be missed.
fn look_at_clocks(walk: &Walk<'_>, node: usize, seen: &[ClockSeen]) {
    let case = walk.case(node);
    let replay = walk.book.whole(&case);
    let state = replay.state();
    for at in walk.nodes[node].running.iter().copied() {
        match walk.first_that_fits(at, state) {
            Some(first) if first == at => {
                seen[at].in_force.store(true, Ordering::Relaxed);
                if !seen[at].missed.load(Ordering::Relaxed) && becomes_overdue(walk, &replay, at) {
                    seen[at].missed.store(true, Ordering::Relaxed);
                }
            }
            Some(_) if walk.rules.clocks[at].when.fits(state) => {
                seen[at].hidden.store(true, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}

/// Whether a limit is kept at its due and missed a second later, if nothing else happens.
fn becomes_overdue(walk: &Walk<'_>, replay: &Replay<'_>, at: usize) -> bool {
    let clock = &walk.rules.clocks[at];
    let now = replay.steps.last().map_or(replay.case.received_at(), |step| step.at);
    let open = |now| {
        let mut all = instances(replay, walk.rules, walk.book, now).into_iter();
        all.rfind(|one| std::ptr::eq(one.rule, clock) && one.open())
    };
    let Some(here) = open(now) else { return false };
    // The calendar lacks a year: `check` says so, and it is no fault of the rules
    if here.state == ClockState::Unknown {
        return true;
    }
    let Some(due) = here.due else { return false };
    let at_due = open(due).is_some_and(|one| one.state != ClockState::Overdue);
    let Ok(later) = due.checked_add(SignedDuration::from_secs(1)) else { return false };
    at_due && open(later).is_some_and(|one| one.state == ClockState::Overdue)
}

/// What is wrong with a case that has ended: a limit that the end makes nobody count, or a rule that did not apply because
/// nobody said what it depends on.
fn ended(walk: &Walk<'_>, here: &Here<'_>, replay: &Replay<'_>) -> Vec<DefectAt> {
    let mut found = Vec::new();
    let state = replay.state();
    let steps = &replay.steps[here.case.history.len()..];
    let at_once = here.case.history.len() == 1 && !is_asked_for_anything(walk, state);
    for at in walk.in_force(here.at, here.before.state) {
        let clock = &walk.rules.clocks[at];
        let stops = steps.iter().any(|step| clock.stops(step));
        let (law, message) = if at_once && clock.within.is_some() {
            (Law::EndedAtOnce, say::ended_at_once(state.status, clock.label.clone()))
        } else if state.status == Status::Closed
            && clock.within.is_some()
            && !stops
            && !was_done(replay, clock)
        {
            (Law::LeftOut, say::left_out(clock.label.clone()))
        } else {
            continue;
        };
        let rule = format!("clock {}", clock.name);
        found.push(DefectAt { at: here.at, then: None, law, rule, clause: clock.clause.clone(), message });
    }
    if state.status == Status::Closed {
        found.extend(undetermined(walk, here, state));
    }
    found
}

/// Whether the step of a limit was done in this round, before the limit began.
fn was_done(replay: &Replay<'_>, clock: &Clock) -> bool {
    let round = replay.state().round;
    replay.steps.iter().any(|step| step.state.round == round && clock.stops(step))
}

/// Whether any rule asks for a step or a field before the status that the case is in.
fn is_asked_for_anything(walk: &Walk<'_>, state: &State<'_>) -> bool {
    let asks = |need: &&Need| need.before.status() == Some(state.status) && need.when.fits(state);
    walk.words.needs().filter(asks).any(|need| !need.steps.is_empty() || !need.fields.is_empty())
}

/// The rules that did not apply to a case that is closed, because nobody said what they depend on, and nothing asks for it.
fn undetermined(walk: &Walk<'_>, here: &Here<'_>, state: &State<'_>) -> Vec<DefectAt> {
    let asked = |field: Field| {
        let fields = walk.words.needs().flat_map(|need| need.fields.iter().chain(&need.ask));
        fields.into_iter().any(|asked| *asked == AskedField::Payload(field))
    };
    let open = |when: &When| -> Option<Field> {
        let of_kind = when.kind.is_empty() || when.kind.contains(&state.case.kind);
        let conditions = [
            (Field::Urgency, !when.urgency.is_empty() && state.urgency.is_none()),
            (Field::Complexity, !when.complexity.is_empty() && state.complexity.is_none()),
            (Field::Category, !when.category.is_empty() && state.category.is_none()),
            (Field::Justified, when.justified.is_some() && state.justified.is_none()),
        ];
        let found = conditions.into_iter().find(|(field, open)| *open && !asked(*field));
        found.filter(|_| of_kind).map(|(field, _)| field)
    };
    let clocks =
        walk.rules.clocks.iter().map(|clock| (format!("clock {}", clock.name), &clock.clause, &clock.when));
    let needs = walk
        .words
        .needs()
        .map(|need| (format!("needs {}.{}", need.kind, need.before.word()), &need.clause, &need.when));
    let rules = clocks.chain(needs);
    rules
        .filter_map(|(rule, clause, when)| {
            let message = say::undetermined(field_label(AskedField::Payload(open(when)?)));
            Some(DefectAt {
                at: here.at,
                then: None,
                law: Law::Undetermined,
                rule,
                clause: clause.clone(),
                message,
            })
        })
        .collect()
}

/// The first open state in which something is wrong. What is asked is not about one clock, so once is enough.
fn first_open(
    walk: &Walk<'_>,
    law: Law,
    is_wrong: fn(&Walk<'_>, &Case) -> bool,
    say: fn(Status) -> Text,
) -> Option<DefectAt> {
    if !walk.words.of_needs_alone() {
        return None;
    }
    let is_open = |at: &usize| !walk.nodes[*at].status.terminal();
    let wrong = |at: &usize| is_open(at) && is_wrong(walk, &walk.case(*at));
    let at = (0..walk.nodes.len()).into_par_iter().find_first(wrong)?;
    let message = say(walk.nodes[at].status);
    Some(DefectAt { at, then: None, law, rule: "lifecycle".to_owned(), clause: None, message })
}

/// Whether a case can be left for ever as it is, and nothing ever names it.
fn is_never_named(walk: &Walk<'_>, case: &Case) -> bool {
    let replay = walk.book.whole(case);
    let zone = &walk.book.shop.zone;
    let seen = |now| {
        let clocks = instances(&replay, walk.rules, walk.book, now);
        let quiet = unwatched(&replay, clocks.iter(), walk.rules, zone);
        (clocks, quiet)
    };
    let (clocks, quiet) = seen(replay.steps.last().map_or(case.received_at(), |step| step.at));
    let unknown = clocks.iter().any(|clock| clock.open() && clock.state == ClockState::Unknown);
    let due = clocks.iter().filter(|clock| clock.open()).filter_map(|clock| clock.due);
    let Some(first) = due.chain(quiet.map(|quiet| quiet.stalled_at)).min() else { return !unknown };
    let Ok(later) = first.checked_add(SignedDuration::from_secs(1)) else { return true };
    let (clocks, quiet) = seen(later);
    let overdue = clocks.iter().any(|clock| clock.state == ClockState::Overdue);
    !overdue && !quiet.is_some_and(|quiet| quiet.is_stalled(later))
}

/// Whether nobody can be told what to do next: what is offered was tried, so that the rules allow it.
fn is_not_advised(walk: &Walk<'_>, case: &Case) -> bool {
    next_step(walk.book, &walk.book.whole(case), None).is_none()
}

/// The first open state from which no end can be reached.
fn locked_in(walk: &Walk<'_>) -> Option<DefectAt> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); walk.nodes.len()];
    for (from, to) in &walk.steps {
        back[*to].push(*from);
    }
    // A void is no end, and what was not followed may lead to one.
    let is_end = |at: &usize| {
        let node = &walk.nodes[*at];
        node.status.terminal() && !node.voided || !node.followed
    };
    let mut leads_on: Vec<bool> = (0..walk.nodes.len()).map(|at| is_end(&at)).collect();
    let mut left: Vec<usize> = (0..walk.nodes.len()).filter(is_end).collect();
    while let Some(at) = left.pop() {
        for from in &back[at] {
            if !leads_on[*from] {
                leads_on[*from] = true;
                left.push(*from);
            }
        }
    }
    let open = |at: &usize| !leads_on[*at] && !walk.nodes[*at].voided;
    let at = (0..walk.nodes.len()).find(open)?;
    let message = say::locked_in(walk.nodes[at].status);
    let law = Law::LockedIn;
    Some(DefectAt { at, then: None, law, rule: "lifecycle".to_owned(), clause: None, message })
}

/// The rules that no case ever meets, and the limits that are always kept or never.
pub(super) fn of_the_clocks(clocks: &[Clock], seen: &[ClockSeen], complete: bool) -> Vec<Defect> {
    let mut found = Vec::new();
    for (clock, seen) in clocks.iter().zip(seen) {
        // The deadline of hand-overs that the file does not mention
        if clock.line.is_none() || !complete {
            continue;
        }
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let (law, message) = match (is(&seen.in_force), is(&seen.kept), is(&seen.missed)) {
            (false, ..) if is(&seen.hidden) => (Law::Dead, say::hidden(clock.label.clone())),
            (false, ..) => (Law::Dead, say::never_starts(clock.label.clone())),
            (true, false, _) => (Law::NeverKept, say::never_kept(clock.label.clone())),
            (true, true, false) => (Law::NeverMissed, say::never_missed(clock.label.clone())),
            (true, true, true) => continue,
        };
        let rule = format!("clock {}", clock.name);
        found.push(Defect { law, rule, clause: clock.clause.clone(), message, kind: None, way: Vec::new() });
    }
    found
}

/// The needs of a kind of case that nothing ever meets: a step that cannot be taken, an event that cannot happen, a
/// condition that fits no case.
pub(super) fn of_the_needs(walk: &Walk<'_>) -> Vec<Defect> {
    let mut found = Vec::new();
    if walk.nodes.iter().any(|node| !node.followed) {
        return found;
    }
    let happens = |trigger: &Trigger| walk.happened.iter().any(|event| trigger.fits(event));
    let fitted = |need: &Need| {
        (0..walk.nodes.len()).any(|node| need.when.fits(walk.book.whole(&walk.case(node)).state()))
    };
    for need in walk.words.needs() {
        let before = trigger_label(walk.rules, &need.before);
        let mut dead = |message: Text| {
            found.push(Defect {
                law: Law::Dead,
                rule: format!("needs {}.{}", need.kind, need.before.word()),
                clause: need.clause.clone(),
                message,
                kind: Some(need.kind),
                way: Vec::new(),
            });
        };
        if !happens(&need.before) && need.before != Trigger::Event(EventName::Received) {
            dead(say::never_happens(before.clone()));
        }
        if need.when != When::default() && !fitted(need) {
            dead(say::fits_no_case());
        }
        for step in need.steps.iter().filter(|step| !step.any.iter().any(|one| happens(&one.trigger))) {
            dead(say::step_never_taken(before.clone(), step_label(walk.rules, step)));
        }
    }
    found
}

/// The roles that have to approve and that nobody holds.
pub(super) fn of_the_roles(book: &RuleBook, rules: &Rules) -> Vec<Defect> {
    let mut found = Vec::new();
    for (kind, approval) in &rules.approval {
        for role in approval.roles.iter().filter(|role| !book.shop.has_holder(role)) {
            found.push(Defect {
                law: Law::UnheldRole,
                rule: format!("approval {kind}"),
                clause: approval.clause.clone(),
                message: say::nobody_holds(book.shop.names.label(Names::Roles, role)),
                kind: Some(*kind),
                way: Vec::new(),
            });
        }
    }
    found
}
