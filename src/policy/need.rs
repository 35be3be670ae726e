//! What must be there before an event or a status: steps that happened, fields that somebody filled in.

use super::rules::{Clock, Milestone, Rules};
use super::when::When;
use crate::case::{Case, Event, EventName, Field, Kind, Replay, State, Status, Step, Value};
use crate::clock::Trigger;
use crate::lang::Text;

/// Steps and fields that a kind of case needs before an event, or before a status.
#[derive(Debug, Clone)]
pub struct Need {
    /// Of this kind of case.
    pub kind: Kind,
    /// Before this. The names of `resolved`, `closed` and `rejected` mean the status: the need holds for every event that
    /// leads there.
    pub before: Trigger,
    /// For these cases alone.
    pub when: When,
    /// Each of these.
    pub steps: Vec<NeedStep>,
    /// The clocks of these names are not left open: what has begun is done first.
    pub limits: Vec<String>,
    /// The event is refused without these.
    pub fields: Vec<AskedField>,
    /// A prompt asks for these; they may be left empty.
    pub ask: Vec<AskedField>,
    /// The clause that requires them.
    pub clause: Option<String>,
}

/// A required step: any one of its alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedStep {
    /// One of these is enough.
    pub any: Vec<Alternative>,
}

/// A way to take a required step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// What has to happen.
    pub trigger: Trigger,
    /// How many times, at least 1.
    pub times: u32,
}

impl NeedStep {
    /// The step in the words of the policy: `followed-up:satisfied | followed-up:unreached*3`.
    pub(crate) fn word(&self) -> String {
        let words: Vec<String> = self.any.iter().map(Alternative::word).collect();
        words.join(" | ")
    }
}

impl Alternative {
    fn word(&self) -> String {
        match self.times {
            1 => self.trigger.word(),
            times => format!("{}*{times}", self.trigger.word()),
        }
    }
}

/// Something that a clerk fills in: in what the customer said, or in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AskedField {
    /// A key of an event.
    Payload(Field),
    /// A key of the intake.
    Intake(IntakeField),
}

macro_rules! intake_fields {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $flag:literal, $en:literal, $zh:literal, $($key:ident).+;)*) => {
        /// A key of what the customer said that a rule book can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum IntakeField { $($(#[$doc])* $variant),* }

        impl IntakeField {
            /// All of them.
            pub(crate) const ALL: &'static [IntakeField] = &[$(IntakeField::$variant),*];

            /// The key in a case file: `customer.key`.
            pub(crate) fn word(self) -> &'static str {
                match self { $(IntakeField::$variant => $word),* }
            }

            /// The flag of `fb new` and `fb edit` that fills it in.
            pub(crate) fn flag(self) -> &'static str {
                match self { $(IntakeField::$variant => $flag),* }
            }

            /// What people read.
            pub(crate) fn label(self) -> Text {
                match self { $(IntakeField::$variant => Text::of($en, $zh)),* }
            }

            fn value(self, case: &Case) -> Option<&str> {
                match self { $(IntakeField::$variant => case.$($key).+.as_deref()),* }
            }

            /// Where the case has it.
            pub(crate) fn place(self, case: &mut Case) -> &mut Option<String> {
                match self { $(IntakeField::$variant => &mut case.$($key).+),* }
            }
        }
    };
}

intake_fields! {
    /// The customer's key.
    CustomerKey = "customer.key", "--customer", "customer's key", "客户代号", customer.key;
    /// The customer's name.
    CustomerName = "customer.name", "--name", "customer's name", "客户姓名", customer.name;
    /// How the customer is reached.
    CustomerContact = "customer.contact", "--contact", "contact", "联系方式", customer.contact;
    /// The customer's words.
    Description = "description", "--description", "description", "客户原话", description;
    /// The order.
    Order = "order", "--order", "order", "订单号", order;
    /// The product.
    Product = "product", "--product", "product", "产品", product;
    /// What the customer asks for.
    Demand = "demand", "--demand", "demand", "客户要求", demand;
}

impl IntakeField {
    /// Whether the case has it.
    pub(crate) fn is_in(self, case: &Case) -> bool {
        self.value(case).is_some_and(|value| !value.trim().is_empty())
    }
}

impl AskedField {
    /// All of them: the intake's first.
    pub(crate) fn all() -> impl Iterator<Item = AskedField> {
        let intake = IntakeField::ALL.iter().copied().map(AskedField::Intake);
        intake.chain(Field::ALL.iter().copied().map(AskedField::Payload))
    }

    /// The field of this name.
    pub(crate) fn of(word: &str) -> Option<AskedField> {
        AskedField::all().find(|field| field.word() == word)
    }

    /// The key, as the policy writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            AskedField::Payload(field) => field.word(),
            AskedField::Intake(field) => field.word(),
        }
    }

    /// Whether the case has it once the event has happened: the event says it, or it is an attribute that was said before.
    pub(crate) fn is_known(self, event: &Event, after: &State<'_>) -> bool {
        match self {
            AskedField::Payload(field) => event.get(field).is_some() || after.attribute(field).is_some(),
            AskedField::Intake(field) => field.is_in(after.case),
        }
    }
}

impl Need {
    /// Whether the event needs it: an event of its name, or one that leads to its status from another one.
    pub(super) fn is_before(&self, event: &Event, from: Status, to: Status) -> bool {
        match self.before.status() {
            Some(status) => arrives(event, from, to, status),
            None => self.before.fits(event),
        }
    }
}

/// Whether an event brings a case to a status. A case that goes on after a wait was there before.
pub(super) fn arrives(event: &Event, from: Status, to: Status, at: Status) -> bool {
    to == at && from != at && event.name != EventName::Resumed
}

/// Which of the required steps have happened, at a point in a history.
#[derive(Clone)]
pub(super) struct Past<'n> {
    rules: &'n Rules,
    taken: Vec<Taken<'n>>,
    /// The clocks that must not be left open.
    limits: Vec<OpenLimit<'n>>,
    /// The round at this point.
    round: u32,
}

/// How often a step has happened.
#[derive(Debug, Clone, Copy)]
struct Taken<'n> {
    trigger: &'n Trigger,
    /// The most times that a need asks for it.
    most: u32,
    times: u32,
    /// The round in which it last happened, and how often in it.
    round: u32,
    in_round: u32,
}

/// A clock that must not be left open, and whether it runs, whatever it is for.
#[derive(Debug, Clone, Copy)]
struct OpenLimit<'n> {
    clock: &'n Clock,
    open: bool,
}

impl<'n> Past<'n> {
    /// Of the steps that a rule book requires in a case; nothing has happened yet.
    pub(super) fn under(rules: &'n Rules, kind: Kind) -> Past<'n> {
        let needs = || rules.needs.iter().filter(move |need| need.kind == kind);
        let mut taken: Vec<Taken<'n>> = Vec::new();
        for one in needs().flat_map(|need| &need.steps).flat_map(|step| &step.any) {
            match taken.iter_mut().find(|taken| *taken.trigger == one.trigger) {
                Some(known) => known.most = known.most.max(one.times),
                None => taken.push(Taken {
                    trigger: &one.trigger,
                    most: one.times,
                    times: 0,
                    round: 0,
                    in_round: 0,
                }),
            }
        }
        let watched =
            rules.clocks.iter().filter(|clock| needs().any(|need| need.limits.contains(&clock.name)));
        let limits = watched.map(|clock| OpenLimit { clock, open: false }).collect();
        Past { rules, taken, limits, round: 1 }
    }

    /// Adds one event. A follow-up or a reopening begins the next round; it counts for the round before it.
    pub(super) fn take(&mut self, step: &Step<'_>) {
        let event = step.event;
        for taken in &mut self.taken {
            if self.rules.takes_back(event, taken.trigger) {
                (taken.times, taken.round, taken.in_round) = (0, 0, 0);
            }
            if taken.trigger.fits(event) {
                taken.times += 1;
                taken.in_round = if taken.round == self.round { taken.in_round + 1 } else { 1 };
                taken.round = self.round;
            }
        }
        for limit in &mut self.limits {
            limit.open = limit.runs_after(step);
        }
        self.round = step.state.round;
    }

    /// The clock of a name that applies to the case as it is in `state`, if it is open.
    pub(super) fn open_limit(&self, name: &str, state: &State<'_>) -> Option<&'n Clock> {
        let mut named = self.limits.iter().filter(|limit| limit.clock.name == name);
        let in_force = named.find(|limit| limit.clock.when.fits(state))?;
        in_force.open.then_some(in_force.clock)
    }

    /// How often each step that is asked for has happened, up to the most times that a need asks for it, in the order of
    /// the needs; then which limits are open.
    pub(super) fn counts(&self) -> Vec<u32> {
        let taken = self.taken.iter().map(|taken| self.so_far(taken).min(taken.most));
        taken.chain(self.limits.iter().map(|limit| u32::from(limit.open))).collect()
    }

    /// How often a step has happened; one that belongs to a round, in the current one.
    fn so_far(&self, taken: &Taken<'_>) -> u32 {
        match taken.trigger.of_a_round() || self.rules.is_of_a_proposal(taken.trigger) {
            false => taken.times,
            true if taken.round == self.round => taken.in_round,
            true => 0,
        }
    }

    /// Whether a step has happened in the case as it is, `now` being a step that happens at this moment. One that belongs
    /// to a round must have happened in the current one.
    pub(super) fn has(&self, step: &NeedStep, state: &State<'_>, now: Option<&Event>) -> bool {
        step.any.iter().any(|one| self.has_one(one, state, now))
    }

    fn has_one(&self, wanted: &Alternative, state: &State<'_>, now: Option<&Event>) -> bool {
        let trigger = &wanted.trigger;
        let happens = now.is_some_and(|event| trigger.fits(event));
        // What was decided last is what holds.
        if let Trigger::Saying(name, value) = trigger
            && name.value() == Some(Field::Justified)
        {
            return happens || state.justified == Some(value == "justified");
        }
        let taken = self.taken.iter().find(|taken| taken.trigger == trigger);
        taken.map_or(0, |taken| self.so_far(taken)) + u32::from(happens) >= wanted.times
    }
}

impl OpenLimit<'_> {
    fn runs_after(self, step: &Step<'_>) -> bool {
        let ended = step.ends() || step.voids() || self.clock.stops(step);
        self.open && !ended || self.clock.starts(step) && !step.state.voided
    }
}

impl Rules {
    /// Whether a step has to be taken again after the event.
    ///
    /// What was said of a proposal ends with it: a new one, a changed one or a refusal leaves nothing of its approvals,
    /// nor of the milestones that are about it. What was carried out before a new proposal was another remedy, and the
    /// customer was asked about that. What a department returned is handed over again.
    fn takes_back(&self, event: &Event, step: &Trigger) -> bool {
        if event.ends_a_proposal() && self.is_of_a_proposal(step) {
            return true;
        }
        matches!(
            (event.name, step.event()),
            (EventName::Declined, EventName::Proposed)
                | (EventName::Proposed, EventName::Resolved)
                | (EventName::Proposed | EventName::Resolved, EventName::FollowedUp)
                | (EventName::Returned, EventName::Assigned)
        )
    }

    /// Whether a step was said of a proposal, so that it ends with it.
    fn is_of_a_proposal(&self, step: &Trigger) -> bool {
        match step {
            Trigger::Event(name) | Trigger::Saying(name, _) => *name == EventName::Approved,
            Trigger::Milestone(name) => self.milestone(name).is_some_and(|milestone| milestone.of_proposal),
        }
    }

    /// The events that end a case, with the kinds of which the rules ask for nothing before that end.
    pub(crate) fn ends_at_once(&self) -> Vec<(EventName, Vec<Kind>)> {
        let mut found = Vec::new();
        for ending in [EventName::Closed, EventName::Rejected] {
            let asks = |kind: Kind| {
                self.needs.iter().any(|need| need.kind == kind && need.before == Trigger::Event(ending))
            };
            let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !asks(*kind)).collect();
            if !kinds.is_empty() {
                found.push((ending, kinds));
            }
        }
        found
    }

    /// The limits that a rejection keeps.
    pub(crate) fn clocks_ended_by_rejection(&self) -> impl Iterator<Item = &Clock> {
        let rejection = Trigger::Event(EventName::Rejected);
        self.clocks.iter().filter(move |clock| clock.within.is_some() && clock.stop.contains(&rejection))
    }

    /// The milestones that a resolution needs and that a new proposal does not end.
    pub(crate) fn steps_that_outlive_a_proposal(&self) -> impl Iterator<Item = &Milestone> {
        let resolving = self.needs.iter().filter(|need| need.before.status() == Some(Status::Resolved));
        let steps: Vec<&Trigger> = resolving
            .flat_map(|need| &need.steps)
            .flat_map(|step| &step.any)
            .map(|one| &one.trigger)
            .collect();
        self.milestones.iter().filter(move |milestone| {
            !milestone.of_proposal && steps.contains(&&Trigger::Milestone(milestone.name.clone()))
        })
    }

    /// Whether an event is such a step: an approval, or a milestone of a proposal.
    pub(super) fn is_said_of_a_proposal(&self, event: &Event) -> bool {
        let milestone = event.text(Field::Milestone).map(|name| Trigger::Milestone(name.to_owned()));
        self.is_of_a_proposal(&milestone.unwrap_or(Trigger::Event(event.name)))
    }

    /// What a resolution takes from the proposal where it says nothing, if it would otherwise have another remedy or cost:
    /// that of an earlier proposal, or of an amendment.
    pub(crate) fn taken_from_the_proposal(&self, state: &State<'_>, event: &Event) -> Vec<(Field, Value)> {
        let bound = event.name == EventName::Resolved && self.binds_the_remedy(state.case.kind);
        let Some(proposal) = state.proposal.filter(|_| bound) else { return Vec::new() };
        let mut taken = Vec::new();
        if event.get(Field::Remedy).is_none() && state.remedy != Some(proposal.remedy) {
            taken.push((Field::Remedy, Value::Text(proposal.remedy.to_owned())));
        }
        if event.get(Field::Cost).is_none() && state.cost.is_some_and(|cost| cost != proposal.cost) {
            taken.push((Field::Cost, Value::Money(proposal.cost)));
        }
        taken
    }

    /// Whether what is carried out must be what was proposed: the remedy has to be approved, or a step that is about the
    /// proposal is required before a case is resolved.
    pub(crate) fn binds_the_remedy(&self, kind: Kind) -> bool {
        let needs = self.needs.iter().filter(|need| need.kind == kind);
        let resolving = needs.filter(|need| need.before.status() == Some(Status::Resolved));
        let mut steps = resolving.flat_map(|need| &need.steps).flat_map(|step| &step.any);
        !self.approvers(kind).is_empty()
            || steps
                .any(|one| one.trigger.event() == EventName::Proposed || self.is_of_a_proposal(&one.trigger))
    }
}

/// A question that was left empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    /// What was asked.
    pub field: Field,
    /// The event at which it was asked.
    event: EventName,
}

impl Question {
    /// The command that answers it now.
    pub(crate) fn command(self, short: &str) -> String {
        match self.field {
            Field::Justified => format!("fb amend {short} --justified --reason … (--not-justified)"),
            field if field.is_amendable() => format!("fb amend {short} --{field} … --reason …"),
            field => format!("fb {} {short} --{field} …", self.event.row().verb),
        }
    }
}

/// The questions of the rules about an open case that nobody has answered, each with the place in the file of the last
/// event at which it was asked. What the customer did not say at the receipt is no such question: no limit waits for it.
pub(crate) fn unanswered(rules: &Rules, history: &Replay<'_>) -> Vec<(usize, Question)> {
    let state = history.state();
    let mut found: Vec<(usize, Question)> = Vec::new();
    if state.status.terminal() {
        return found;
    }
    let needs = rules.needs.iter().filter(|need| need.kind == state.case.kind && need.when.fits(state));
    for need in needs.filter(|need| !need.ask.is_empty()) {
        let asks = |step: &&Step<'_>| need.is_before(step.event, step.from, step.state.status);
        let Some(step) = history.steps.iter().rev().find(asks) else { continue };
        for asked in need.ask.iter().filter(|asked| !asked.is_known(step.event, state)) {
            let AskedField::Payload(field) = *asked else { continue };
            if found.iter().all(|(_, question)| question.field != field) {
                found.push((step.index, Question { field, event: step.event.name }));
            }
        }
    }
    found
}

/// Whether a case has a remedy that is not the one that was proposed, or costs more, where the rules bind it.
pub(crate) fn exceeds_approval(rules: &Rules, state: &State<'_>) -> bool {
    let kind = state.case.kind;
    let Some(proposal) = state.proposal.filter(|_| rules.binds_the_remedy(kind)) else { return false };
    state.remedy.is_some_and(|remedy| remedy != proposal.remedy)
        || state.cost.is_some_and(|cost| cost > rules.most_cost(kind, proposal.cost))
}
