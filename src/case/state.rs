use super::Case;
use super::event::Event;
use super::event_table::EventName;
use super::event_table::To;
use super::kind::Kind;
use super::schema::Field;
use super::status::Status;
use super::value::{Money, Value};

/// What is known of a case at an instant, computed from its history up to there.
///
/// Borrows every word from the case, so a copy for each step of a history costs little.
#[derive(Debug, Clone, PartialEq)]
pub struct State<'c> {
    /// Its status.
    pub status: Status,
    /// 1, and one more each time that it is handled again.
    pub round: u32,
    /// The case itself: kind, channel, product, tier.
    pub case: &'c Case,
    /// What it is about.
    pub category: Option<&'c str>,
    /// How soon it must be handled.
    pub urgency: Option<&'c str>,
    /// Simple or complex.
    pub complexity: Option<&'c str>,
    /// Who handles it.
    pub department: Option<&'c str>,
    /// Who is responsible for it.
    pub owner: Option<&'c str>,
    /// Whether the complaint is justified, once decided.
    pub justified: Option<bool>,
    /// The shop's own order of work.
    pub priority: Option<&'c str>,
    /// The concrete cause.
    pub cause: Option<&'c str>,
    /// The responsible party.
    pub responsible: Option<&'c str>,
    /// The remedy last proposed or given.
    pub remedy: Option<&'c str>,
    /// What it costs.
    pub cost: Option<Money>,
    /// The level of the last escalation of this round.
    pub level: Option<&'c str>,
    /// Who drafted the remedy that waits for approval.
    pub proposed_by: Option<&'c str>,
    /// The remedy that was proposed in this round, until it is declined.
    pub proposal: Option<Proposal<'c>>,
    /// The roles that have approved it.
    pub approvals: Vec<&'c str>,
    /// The people who have approved it.
    pub approved_by: Vec<&'c str>,
    /// Whether it was declared void: from then on it counts in nothing else.
    pub voided: bool,
    /// The status before it began to wait.
    before_waiting: Option<Status>,
}

/// What a proposal offers the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal<'c> {
    /// The kind of remedy.
    pub remedy: &'c str,
    /// What it may cost; without it, nothing.
    pub cost: Money,
}

impl<'c> State<'c> {
    /// What is known when the case has just been received.
    pub(crate) fn at_receipt(case: &'c Case) -> State<'c> {
        let mut state = State {
            status: Status::New,
            round: 1,
            case,
            category: None,
            urgency: None,
            complexity: None,
            department: None,
            owner: None,
            justified: None,
            priority: None,
            cause: None,
            responsible: None,
            remedy: None,
            cost: None,
            level: None,
            proposed_by: None,
            proposal: None,
            approvals: Vec::new(),
            approved_by: Vec::new(),
            voided: false,
            before_waiting: None,
        };
        state.learn(case.receipt());
        state
    }

    /// What is known after one more event.
    pub(crate) fn after<'a>(&self, event: &'a Event, roles: &[String]) -> State<'a>
    where
        'c: 'a,
    {
        let mut state: State<'a> = self.clone();
        state.apply(event, roles);
        state
    }

    /// Lets an event take effect. `roles` have to approve a remedy.
    ///
    /// It never fails: an event that the lifecycle would refuse has its usual effect, except that only `reopened` leads
    /// out of a terminal status, and only `voided` from one to another. An event with `open: true` moves nothing.
    pub(super) fn apply(&mut self, event: &'c Event, roles: &[String]) {
        self.learn(event);
        if self.status.terminal() && !matches!(event.name, EventName::Reopened | EventName::Voided) {
            return;
        }
        if event.stays_open() {
            return;
        }
        let before = self.status;
        self.status = match event.name.row().to {
            To::Same => before,
            To::Always(status) => status,
            To::Fold(_) => self.led_by(event, roles),
        };
        if self.status != Status::Waiting {
            self.before_waiting = None;
        } else if before != Status::Waiting {
            self.before_waiting = Some(before);
        }
    }

    /// The status after an event that does not always lead to the same one.
    fn led_by(&mut self, event: &Event, roles: &[String]) -> Status {
        match event.name {
            EventName::Approved if self.approved_by_all(roles) => Status::Approved,
            EventName::Resumed => self.before_waiting.unwrap_or(self.status),
            EventName::FollowedUp => match event.text(Field::Outcome) {
                Some("satisfied") => Status::Closed,
                Some("dissatisfied") => self.again(),
                _ => self.status,
            },
            EventName::Reopened => self.again(),
            EventName::Forwarded if self.case.kind == Kind::Praise => Status::Closed,
            _ => self.status,
        }
    }

    /// Whether the event would take the case back to an earlier status although its words do not say so: a new
    /// classification, a hand-over or an acceptance of a case that is further on.
    pub(crate) fn is_put_back_by(&self, event: &Event) -> bool {
        let on = self.going_on();
        match event.name {
            EventName::Triaged => !matches!(on, Status::New | Status::Triaged) && !on.terminal(),
            EventName::Assigned | EventName::Accepted => matches!(on, Status::Proposed | Status::Approved),
            _ => false,
        }
    }

    /// Where the work on it is: while it waits for the customer, where it goes on then.
    pub(crate) fn going_on(&self) -> Status {
        self.before_waiting.unwrap_or(self.status)
    }

    /// The current value of an attribute; of those that can be amended.
    pub(crate) fn attribute(&self, field: Field) -> Option<Value> {
        let word = match field {
            Field::Category => self.category,
            Field::Urgency => self.urgency,
            Field::Complexity => self.complexity,
            Field::Department => self.department,
            Field::Owner => self.owner,
            Field::Priority => self.priority,
            Field::Cause => self.cause,
            Field::Responsible => self.responsible,
            Field::Remedy => self.remedy,
            Field::Level => self.level,
            Field::Justified => return self.justified.map(Value::Flag),
            Field::Cost => return self.cost.map(Value::Money),
            _ => None,
        };
        word.map(|word| Value::Text(word.to_owned()))
    }

    /// A new round of handling begins.
    fn again(&mut self) -> Status {
        self.round += 1;
        self.voided = false;
        self.level = None;
        self.withdraw_proposal();
        Status::Investigating
    }

    fn withdraw_proposal(&mut self) {
        self.proposal = None;
        self.proposed_by = None;
        self.approvals.clear();
        self.approved_by.clear();
    }

    fn approved_by_all(&self, roles: &[String]) -> bool {
        roles.iter().all(|role| self.approvals.contains(&role.as_str()))
    }

    /// Takes the attributes over that the event says.
    fn learn(&mut self, event: &'c Event) {
        match event.name {
            EventName::Assigned if event.get(Field::Department).is_some() => self.owner = None,
            EventName::Returned => {
                self.department = None;
                self.owner = None;
            }
            EventName::Proposed => {
                self.withdraw_proposal();
                self.proposed_by = event.by.as_deref();
                let cost = event.money(Field::Cost).unwrap_or_default();
                self.proposal = event.text(Field::Remedy).map(|remedy| Proposal { remedy, cost });
            }
            EventName::Declined => self.proposal = None,
            EventName::Voided => self.voided = true,
            // Whoever changes what is to be approved has drafted it.
            EventName::Amended if self.proposed_by.is_some() && event.changes_the_remedy() => {
                self.proposed_by = event.by.as_deref().or(self.proposed_by);
            }
            EventName::Approved => {
                self.approvals.extend(event.text(Field::As));
                self.approved_by.extend(event.by.as_deref());
            }
            _ => {}
        }
        for (field, value) in &event.payload {
            match (field, value) {
                (Field::Category, Value::Text(word)) => self.category = Some(word),
                (Field::Urgency, Value::Text(word)) => self.urgency = Some(word),
                (Field::Complexity, Value::Text(word)) => self.complexity = Some(word),
                (Field::Department, Value::Text(word)) => self.department = Some(word),
                (Field::Owner, Value::Text(word)) => self.owner = Some(word),
                (Field::Justified, Value::Flag(flag)) => self.justified = Some(*flag),
                (Field::Priority, Value::Text(word)) => self.priority = Some(word),
                (Field::Cause, Value::Text(word)) => self.cause = Some(word),
                (Field::Responsible, Value::Text(word)) => self.responsible = Some(word),
                (Field::Remedy, Value::Text(word)) => self.remedy = Some(word),
                (Field::Cost, Value::Money(money)) => self.cost = Some(*money),
                (Field::Level, Value::Text(word)) => self.level = Some(word),
                _ => {}
            }
        }
    }
}
