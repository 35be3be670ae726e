//! Is an event allowed? The rules of the lifecycle, of the policy's steps and of its approvals.

use crate::error::Code;

use super::need::{Alternative, AskedField, Need, NeedStep, Past};
use super::rule_book::RuleBook;
use super::rules::{Clock, Rules};
use super::say;
use crate::case::{Case, Event, EventName, Field, From, Kind, Names, Replay, State, Status, Step};
use crate::clock::Trigger;
use crate::lang::{Text, names};

/// Why an event is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// `not-allowed`, `self-approved`, `unapproved` or `incomplete`.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// What to do first.
    pub help: Vec<Text>,
    /// The first edition of the rules that forbids it.
    pub since: u32,
    /// What is missing, if that is why.
    pub lack: Option<Lack>,
}

/// What a case lacks for an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// A step that has not happened.
    Step(NeedStep),
    /// A field that is not filled in.
    Field(AskedField),
    /// The approval of a role.
    Role(String),
    /// A proposal that holds.
    Proposal,
}

impl Lack {
    /// What people read.
    pub(crate) fn label(&self, book: &RuleBook, rules: &Rules) -> Text {
        match self {
            Lack::Step(step) => step_label(rules, step),
            Lack::Field(field) => field_label(*field),
            Lack::Role(role) => book.shop.names.label(Names::Roles, role),
            Lack::Proposal => names::event(EventName::Proposed).text(),
        }
    }
}

impl Violation {
    fn new(message: Text) -> Violation {
        Violation { code: Code::NotAllowed, message, help: Vec::new(), since: 1, lack: None }
    }

    fn help(mut self, help: Text) -> Violation {
        self.help.push(help);
        self
    }

    fn lacks(mut self, lack: Lack) -> Violation {
        self.lack = Some(lack);
        self
    }

    /// Whether the step that is missing is about the proposal.
    fn is_about_the_proposal(&self) -> bool {
        let Some(Lack::Step(step)) = &self.lack else { return false };
        step.any.iter().any(|one| matches!(one.trigger.event(), EventName::Proposed | EventName::Approved))
    }

    /// Rules of the first edition were read without this.
    fn since_edition(mut self, edition: u32) -> Violation {
        self.since = edition;
        self
    }
}

/// A history up to a moment, for any number of events that are tried after it.
pub(crate) struct Standing<'h> {
    book: &'h RuleBook,
    rules: &'h Rules,
    past: Past<'h>,
    /// What is known at that moment.
    pub state: &'h State<'h>,
}

impl<'h> Standing<'h> {
    /// After the whole of a history.
    pub(crate) fn new(book: &'h RuleBook, rules: &'h Rules, history: &'h Replay<'h>) -> Standing<'h> {
        Standing { book, rules, past: past_of(rules, history), state: history.state() }
    }

    /// What is known after the event.
    pub(crate) fn after<'a>(&self, event: &'a Event) -> State<'a>
    where
        'h: 'a,
    {
        self.state.after(event, self.rules.approvers(self.state.case.kind))
    }

    /// Everything that forbids the event; empty if it is allowed.
    pub(crate) fn violations(&self, event: &Event) -> Vec<Violation> {
        self.moment(event, &self.after(event)).violations()
    }

    /// What is missing for the status that the event would bring the case to.
    ///
    /// A satisfied customer does not close a case that lacks something; the follow-up is recorded and the case stays open.
    pub(crate) fn missing_for_status(&self, event: &Event) -> Vec<Violation> {
        self.moment(event, &self.after(event)).missing(|need| need.before.status().is_some())
    }

    /// How often each step that the rules ask for has happened, as far as it counts.
    pub(crate) fn counts(&self) -> Vec<u32> {
        self.past.counts()
    }

    /// How often each step that the rules ask for has happened once this one has, as far as it counts.
    pub(crate) fn counts_after(&self, step: &Step<'_>) -> Vec<u32> {
        let mut past = self.past.clone();
        past.take(step);
        past.counts()
    }

    fn moment<'m>(&'m self, event: &'m Event, after: &'m State<'m>) -> Moment<'m> {
        Moment { book: self.book, rules: self.rules, past: &self.past, state: self.state, event, after }
    }
}

/// Everything that forbids `event` after `history`; empty if it is allowed.
///
/// `history` is the replay up to just before the event.
pub fn violations(book: &RuleBook, rules: &Rules, history: &Replay<'_>, event: &Event) -> Vec<Violation> {
    Standing::new(book, rules, history).violations(event)
}

/// What is missing for the status that `event` would bring the case to, after `history`.
pub(crate) fn missing_for_status(
    book: &RuleBook,
    rules: &Rules,
    history: &Replay<'_>,
    event: &Event,
) -> Vec<Violation> {
    Standing::new(book, rules, history).missing_for_status(event)
}

/// What the rules ask for of a case that is received, and that it does not say.
pub(crate) fn missing_at_receipt(rules: &Rules, case: &Case) -> Vec<Violation> {
    let state = State::at_receipt(case);
    let needs = rules.needs.iter().filter(|need| need.kind == case.kind && need.before.fits(case.receipt()));
    needs
        .filter(|need| need.when.fits(&state))
        .flat_map(|need| missing_fields(need, &need.fields, case.receipt(), &state))
        .collect()
}

/// Everything that forbade an event of a history when it happened, with the event's place in the file.
pub(crate) fn breaches(book: &RuleBook, rules: &Rules, history: &Replay<'_>) -> Vec<(usize, Violation)> {
    let mut past = Past::under(rules, history.case.kind);
    let mut found: Vec<(usize, Violation)> =
        missing_at_receipt(rules, history.case).into_iter().map(|violation| (0, violation)).collect();
    let mut before: Option<&Step<'_>> = None;
    for step in &history.steps {
        if let Some(before) = before {
            let (state, after) = (&before.state, &step.state);
            let moment = Moment { book, rules, past: &past, state, event: step.event, after };
            let violations = moment.violations().into_iter();
            let open = violations.filter(|violation| !is_said_later(violation, history, step));
            found.extend(open.map(|violation| (step.index, violation)));
        }
        past.take(step);
        before = Some(step);
    }
    found
}

/// What forbids to enter an event before others that are recorded already: an approval would be about another proposal, or
/// one of them would not be allowed after it. `case` has all but the event.
pub(crate) fn against_later(book: &RuleBook, rules: &Rules, case: &Case, event: &Event) -> Option<Violation> {
    let short = case.id.short();
    let later = || case.history.iter().filter(|later| later.at.instant() > event.at.instant());
    let about_a_proposal = |later: &&Event| {
        later.name == EventName::Resolved && rules.binds_the_remedy(case.kind)
            || rules.is_said_of_a_proposal(later)
    };
    if event.ends_a_proposal()
        && let Some(later) = later().find(about_a_proposal)
    {
        let violation = Violation::new(say::about_another(short, names::event(later.name).text(), later.at));
        return Some(violation.help(say::record_it_now()));
    }
    later().next()?;
    let mut with_it = case.clone();
    with_it.history.push(event.clone());
    let before = breaches(book, rules, &book.whole(case));
    let new = breaches(book, rules, &book.whole(&with_it)).into_iter().find(|(at, violation)| {
        *at < case.history.len() && !before.iter().any(|(known, old)| known == at && old == violation)
    });
    let (at, violation) = new?;
    let later = &case.history[at];
    let refused = Violation::new(say::later_not_allowed(short, names::event(later.name).text(), later.at));
    Some(refused.help(violation.message).help(say::record_it_now()))
}

/// Whether a field was missing at a step and a later event has filled it in, as a lesson that is added to a closed case.
fn is_said_later(violation: &Violation, history: &Replay<'_>, step: &Step<'_>) -> bool {
    let Some(Lack::Field(AskedField::Payload(field))) = violation.lack else { return false };
    let later = history.steps.iter().skip_while(|later| later.index != step.index).skip(1);
    later.take_while(|later| !later.reopens()).any(|later| later.event.get(field).is_some())
}

/// The steps of a need, each with whether it has happened; if it belongs to a round, in the current one.
pub(crate) fn steps_done<'n>(
    rules: &Rules,
    need: &'n Need,
    history: &Replay<'_>,
) -> Vec<(&'n NeedStep, bool)> {
    let past = past_of(rules, history);
    need.steps.iter().map(|step| (step, past.has(step, history.state(), None))).collect()
}

/// The limits of a need that must not be left open, each with whether it is not.
pub(crate) fn limits_done<'n>(rules: &Rules, need: &'n Need, history: &Replay<'_>) -> Vec<(&'n str, bool)> {
    let past = past_of(rules, history);
    let names = need.limits.iter().map(String::as_str);
    names.map(|name| (name, past.open_limit(name, history.state()).is_none())).collect()
}

fn past_of<'n>(rules: &'n Rules, history: &Replay<'_>) -> Past<'n> {
    let mut past = Past::under(rules, history.case.kind);
    for step in &history.steps {
        past.take(step);
    }
    past
}

/// An event that is about to happen, with all that decides whether it may.
struct Moment<'m> {
    book: &'m RuleBook,
    rules: &'m Rules,
    past: &'m Past<'m>,
    /// What is known before it.
    state: &'m State<'m>,
    event: &'m Event,
    /// What is known after it.
    after: &'m State<'m>,
}

impl Moment<'_> {
    fn violations(&self) -> Vec<Violation> {
        if let Some(violation) = against_lifecycle(self.state, self.event) {
            return vec![violation];
        }
        let mut found = self.missing(|_| true);
        let asks_for_approval = found.iter().any(Violation::is_about_the_proposal);
        match self.event.name {
            EventName::Resolved if asks_for_approval => {}
            EventName::Approved => {
                found.extend(against_approval(self.book, self.rules, self.state, self.event))
            }
            EventName::Resolved => found.extend(self.against_remedy()),
            EventName::Amended => {
                found.extend(self.against_amendment());
                found.extend(self.against_the_end());
            }
            _ => {}
        }
        found
    }

    /// What is missing of the needs that `wanted` picks.
    fn missing(&self, wanted: impl Fn(&Need) -> bool) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.event.name == EventName::Voided {
            return found;
        }
        let (from, to) = (self.state.status, self.after.status);
        for need in self.rules.needs.iter().filter(|need| need.kind == self.state.case.kind) {
            if !need.is_before(self.event, from, to) || !need.when.fits(self.after) || !wanted(need) {
                continue;
            }
            for step in need.steps.iter().filter(|step| !self.past.has(step, self.state, Some(self.event))) {
                found.push(self.step_missing(need, step));
            }
            let open = need.limits.iter().filter_map(|name| self.past.open_limit(name, self.after));
            let open = open.filter(|clock| !clock.stops(&self.step()));
            found.extend(open.map(|clock| self.limit_open(need, clock)));
            let fields = missing_fields(need, &need.fields, self.event, self.after);
            let since = if need.before.fits(self.event) { 1 } else { 2 };
            found.extend(fields.into_iter().map(|violation| violation.since_edition(since)));
        }
        found
    }

    fn step(&self) -> Step<'_> {
        Step {
            index: self.state.case.history.len(),
            event: self.event,
            at: self.event.at.instant(),
            from: self.state.status,
            state: self.after.clone(),
        }
    }

    fn limit_open(&self, need: &Need, clock: &Clock) -> Violation {
        let (short, event) = (self.state.case.id.short(), names::event(need.before.event()).text());
        let any =
            clock.stop.iter().map(|trigger| Alternative { trigger: trigger.clone(), times: 1 }).collect();
        let violation = Violation::new(say::limit_open(short, event, clock.label.clone()));
        let violation = violation.lacks(Lack::Step(NeedStep { any })).since_edition(2);
        match &need.clause {
            Some(clause) => violation.help(say::rule_asks(clause)),
            None => violation,
        }
    }

    fn step_missing(&self, need: &Need, step: &NeedStep) -> Violation {
        let short = self.state.case.id.short();
        let label = step_label(self.rules, step);
        let message = say::step_missing(short, names::event(need.before.event()).text(), label);
        let mut violation = Violation::new(message).lacks(Lack::Step(step.clone()));
        if let Some(clause) = &need.clause {
            violation = violation.help(say::rule_asks(clause));
        }
        if need.before.fits(self.event) { violation } else { violation.since_edition(2) }
    }

    /// A case is resolved with what was proposed, and approved where the rules ask for it.
    fn against_remedy(&self) -> Vec<Violation> {
        let kind = self.state.case.kind;
        if !self.rules.binds_the_remedy(kind) {
            return Vec::new();
        }
        let short = self.state.case.id.short();
        let Some(proposal) = self.state.proposal else {
            if self.rules.approvers(kind).is_empty() {
                return Vec::new();
            }
            return vec![unapproved(say::nothing_approved(short)).lacks(Lack::Proposal)];
        };
        let mut found = Vec::new();
        for role in self.rules.approvers(kind) {
            if !self.state.approvals.contains(&role.as_str()) {
                let label = self.book.shop.names.label(Names::Roles, role);
                let message = say::role_has_not_approved(short, label);
                found.push(unapproved(message).lacks(Lack::Role(role.clone())));
            }
        }
        let remedy = self.event.text(Field::Remedy).unwrap_or(proposal.remedy);
        if remedy != proposal.remedy {
            let label = |remedy: &str| self.book.shop.names.label(Names::Remedies, remedy);
            let message = say::another_remedy(short, label(proposal.remedy), label(remedy));
            found.push(unapproved(message).lacks(Lack::Proposal));
        }
        // Without a cost of its own it costs what was said before: in another round, or by an amendment
        let most = self.rules.most_cost(kind, proposal.cost);
        if let Some(cost) = self.after.cost.filter(|cost| *cost > most) {
            let violation = unapproved(say::costs_more(short, most, cost)).lacks(Lack::Proposal);
            found.push(violation.help(say::give_it("--cost …")));
        }
        found
    }

    /// What waits for approval, or was approved, is not changed under the hands of those who approve.
    fn against_amendment(&self) -> Vec<Violation> {
        let bound = self.rules.binds_the_remedy(self.state.case.kind) && self.state.proposal.is_some();
        let on = self.state.going_on();
        let carried_out = on == Status::Resolved || on.terminal();
        if !bound || carried_out || !self.event.changes_the_remedy() {
            return Vec::new();
        }
        let short = self.state.case.id.short();
        vec![unapproved(say::proposal_amended(short)).lacks(Lack::Proposal)]
    }

    /// What a case has ended with stays true when it is amended.
    fn against_the_end(&self) -> Vec<Violation> {
        let (ended, short) = (self.state.status, self.state.case.id.short());
        let mut found = Vec::new();
        for need in self.rules.needs.iter().filter(|need| need.kind == self.state.case.kind) {
            if !ended.terminal() || need.before.status() != Some(ended) || !need.when.fits(self.after) {
                continue;
            }
            let asked_before = need.when.fits(self.state);
            for step in need.steps.iter().filter(|step| !self.past.has(step, self.after, None)) {
                if !asked_before || self.past.has(step, self.state, None) {
                    let message = say::end_undone(short, ended, step_label(self.rules, step));
                    let violation = Violation::new(message).help(say::reopen_first(short));
                    found.push(violation.since_edition(2));
                }
            }
        }
        found
    }
}

fn unapproved(message: Text) -> Violation {
    Violation { code: Code::Unapproved, ..Violation::new(message) }.since_edition(2)
}

fn missing_fields(need: &Need, fields: &[AskedField], event: &Event, after: &State<'_>) -> Vec<Violation> {
    let short = after.case.id.short();
    let mut found = Vec::new();
    for field in fields.iter().filter(|field| !field.is_known(event, after)) {
        let before = need.before.event();
        let message = match before {
            // The case has no id yet when this is said of it
            EventName::Received => say::field_missing_at_receipt(field_label(*field)),
            _ => say::field_missing(short, names::event(before).text(), field_label(*field)),
        };
        let mut violation = Violation::new(message).lacks(Lack::Field(*field));
        violation.code = Code::Incomplete;
        if let Some(flag) = flag_of(*field, need.before.event()) {
            violation = violation.help(say::give_it(flag));
        }
        if let Some(clause) = &need.clause {
            violation = violation.help(say::rule_asks(clause));
        }
        found.push(violation);
    }
    found
}

fn against_lifecycle(state: &State<'_>, event: &Event) -> Option<Violation> {
    let from = event.name.from();
    let (short, status) = (state.case.id.short(), state.status);
    if let Some(violation) = against_void(state, event) {
        return Some(violation);
    }
    let allowed = from.allows(status);
    if allowed && event.name == EventName::Forwarded && state.case.kind != Kind::Praise {
        return Some(Violation::new(say::only_praise_is_forwarded(short)).since_edition(2));
    }
    if from == From::AtWork && state.going_on() == Status::Resolved {
        let event = names::event(event.name).text();
        let violation = Violation::new(say::resolved_already(short, event)).help(say::reopen_or_amend(short));
        return Some(violation.since_edition(2));
    }
    if allowed && state.is_put_back_by(event) && event.flag(Field::Open) != Some(true) {
        let violation = Violation::new(say::would_go_back(short, names::event(event.name).text(), status));
        return Some(violation.since_edition(2));
    }
    if allowed {
        return None;
    }
    Some(match from {
        From::Nothing => Violation::new(say::already_received(short)),
        From::Terminal => Violation::new(say::not_ended(short, status)),
        From::Only(Status::Waiting) if !status.terminal() => Violation::new(say::not_waiting(short, status)),
        From::Only(_) if !status.terminal() => {
            Violation::new(say::nothing_proposed(short, status)).lacks(Lack::Proposal)
        }
        _ => Violation::new(say::ended(short, status)).help(say::reopen_first(short)),
    })
}

/// A void case only gets remarks and attachments, until it is reopened; and no case is a second entry of itself.
fn against_void(state: &State<'_>, event: &Event) -> Option<Violation> {
    let short = state.case.id.short();
    if event.name == EventName::Voided && event.text(Field::Of) == Some(state.case.id.as_str()) {
        return Some(Violation::new(say::void_of_itself(short)).help(say::void_of_another()));
    }
    let harmless = matches!(event.name, EventName::Reopened | EventName::Noted | EventName::Attached);
    if state.voided && !harmless {
        return Some(Violation::new(say::is_void(short)).help(say::reopen_first(short)));
    }
    None
}

fn against_approval(book: &RuleBook, rules: &Rules, state: &State<'_>, event: &Event) -> Vec<Violation> {
    let mut found = Vec::new();
    let Some(approval) = rules.approval.get(&state.case.kind) else {
        return against_own(book, state, event, None).into_iter().collect();
    };
    let roles = &approval.roles;
    let role_label = |role: &str| book.shop.names.label(Names::Roles, role);
    let labels: Vec<Text> = roles.iter().map(|role| role_label(role)).collect();
    let asked = say::who_can_approve(crate::lang::list(&labels));
    found.extend(against_own(book, state, event, Some(&asked)));
    let Some(role) = event.text(Field::As) else {
        found.push(Violation::new(say::role_needed()).help(asked));
        return found;
    };
    if !roles.iter().any(|asked| asked == role) {
        found.push(Violation::new(say::role_not_asked(role_label(role))).help(asked.clone()));
    } else if state.approvals.contains(&role) {
        found.push(Violation::new(say::role_twice(role_label(role))).help(asked.clone()));
    }
    let by = event.by.as_deref().unwrap_or_default();
    let person = book.shop.names.label(Names::People, by);
    match book.shop.people.get(by) {
        Some(known) if known.role.as_deref() == Some(role) => {}
        Some(_) => found.push(Violation::new(say::role_not_held(person, role_label(role))).help(asked)),
        None => {
            let unknown =
                Violation::new(say::nobody_knows(person)).help(say::add_person(by, role)).help(asked);
            found.push(unknown.since_edition(2));
        }
    }
    if approval.distinct && state.approved_by.contains(&by) && !state.approvals.contains(&role) {
        let person = book.shop.names.label(Names::People, by);
        found.push(Violation::new(say::approved_before(person)).since_edition(2));
    }
    found
}

/// Nobody approves a remedy of their own.
fn against_own(book: &RuleBook, state: &State<'_>, event: &Event, asked: Option<&Text>) -> Option<Violation> {
    let person = event.by.as_deref().filter(|person| state.proposed_by == Some(person))?;
    let mut violation = Violation::new(say::self_approved(book.shop.names.label(Names::People, person)));
    violation.code = Code::SelfApproved;
    violation.help.extend(asked.cloned());
    Some(violation)
}

/// The display name of a step: its alternatives.
pub(crate) fn step_label(rules: &Rules, step: &NeedStep) -> Text {
    let labels: Vec<Text> = step
        .any
        .iter()
        .map(|one| match one.times {
            1 => trigger_label(rules, &one.trigger),
            times => say::so_many_times(trigger_label(rules, &one.trigger), times),
        })
        .collect();
    crate::lang::any_of(&labels)
}

/// The display name of a field.
pub(crate) fn field_label(field: AskedField) -> Text {
    match field {
        AskedField::Payload(field) => names::field(field).text(),
        AskedField::Intake(field) => field.label(),
    }
}

/// The flag that fills a field in, of the command that records the event or of `fb edit`.
fn flag_of(field: AskedField, event: EventName) -> Option<String> {
    match field {
        AskedField::Payload(Field::Note) => Some("-m …".to_owned()),
        AskedField::Payload(field) if !event.takes(field) => None,
        AskedField::Payload(Field::Justified) => Some("--justified, --not-justified".to_owned()),
        AskedField::Payload(field) => Some(format!("--{field} …")),
        AskedField::Intake(field) if event == EventName::Received => Some(format!("{} …", field.flag())),
        AskedField::Intake(_) => Some("fb edit".to_owned()),
    }
}

/// The display name of a step.
pub(crate) fn trigger_label(rules: &Rules, step: &Trigger) -> Text {
    match step {
        Trigger::Event(name) => names::event(*name).text(),
        Trigger::Saying(name, value) => say::saying(names::event(*name).text(), value),
        Trigger::Milestone(name) => {
            rules.milestone(name).map_or_else(|| Text::same(name), |known| known.label.clone())
        }
    }
}
