//! What people can do with a case of a kind: every event, with each value that the rules tell apart.
//!
//! Two values that no rule distinguishes lead to the same answers, so one of them stands for both.

use std::collections::BTreeSet;

use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Money, Names, Shape, Stamp, Value};
use crate::clock::Trigger;
use crate::policy::{AskedField, Clock, IntakeField, Need, RuleBook, Rules, When, category_fits};

/// Who does what needs no role.
pub(crate) const AGENT: &str = "agent";

/// Somebody beside the agent.
pub(crate) const COLLEAGUE: &str = "colleague";

/// Something that a person does, without its time.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub name: EventName,
    pub by: String,
    pub payload: Vec<(Field, Value)>,
}

impl Move {
    /// The event, if it is done now.
    pub(super) fn event(&self, at: Stamp) -> Event {
        let event = Event::new(self.name, at).by(&self.by);
        Event { payload: self.payload.clone(), ..event }
    }
}

/// What the rules tell apart in cases of one kind.
pub(super) struct Vocabulary<'r> {
    book: &'r RuleBook,
    rules: &'r Rules,
    kind: Kind,
    /// The clock that is looked at, by its name: the others decide nothing.
    clock: Option<&'r str>,
    /// The fields that a rule asks for, or looks at.
    pub fields: BTreeSet<Field>,
}

impl<'r> Vocabulary<'r> {
    /// Of the needs of a kind of case, and of one clock.
    pub(super) fn of(
        book: &'r RuleBook,
        rules: &'r Rules,
        kind: Kind,
        clock: Option<&'r str>,
    ) -> Vocabulary<'r> {
        let mut words = Vocabulary { book, rules, kind, clock, fields: BTreeSet::new() };
        let asked = words.needs().flat_map(|need| need.fields.iter().chain(&need.ask));
        let mut seen: BTreeSet<Field> = asked
            .filter_map(|asked| match asked {
                AskedField::Payload(field) => Some(*field),
                AskedField::Intake(_) => None,
            })
            .collect();
        for when in words.whens() {
            seen.extend(looked_at(when));
        }
        if words.triggers().any(|trigger| trigger.event() == EventName::Triaged && says(trigger)) {
            seen.insert(Field::Justified);
        }
        if rules.escalation.urgent.is_some() {
            seen.insert(Field::Urgency);
        }
        if rules.binds_the_remedy(kind) {
            seen.extend([Field::Remedy, Field::Cost]);
        }
        words.fields = seen;
        words
    }

    pub(super) fn needs(&self) -> impl Iterator<Item = &'r Need> {
        let kind = self.kind;
        self.rules.needs.iter().filter(move |need| need.kind == kind)
    }

    /// The rules of the clock, with their places.
    pub(super) fn clocks(&self) -> impl Iterator<Item = (usize, &'r Clock)> {
        let (kind, name) = (self.kind, self.clock);
        let all = self.rules.clocks.iter().enumerate();
        all.filter(move |(_, clock)| {
            Some(clock.name.as_str()) == name
                && (clock.when.kind.is_empty() || clock.when.kind.contains(&kind))
        })
    }

    /// Whether no clock is looked at.
    pub(super) fn of_needs_alone(&self) -> bool {
        self.clock.is_none()
    }

    fn whens(&self) -> impl Iterator<Item = &'r When> {
        self.clocks().map(|(_, clock)| &clock.when).chain(self.needs().map(|need| &need.when))
    }

    /// What starts or ends the clock, and the steps that this kind of case needs.
    fn triggers(&self) -> impl Iterator<Item = &'r Trigger> {
        let clock = self.clocks().map(|(_, clock)| clock);
        let kept_open = self.rules.clocks.iter();
        let kept_open = kept_open.filter(|clock| self.needs().any(|need| need.limits.contains(&clock.name)));
        let steps = self.needs().flat_map(|need| &need.steps).flat_map(|step| &step.any);
        clock
            .chain(kept_open)
            .flat_map(|clock| clock.start.iter().chain(&clock.stop))
            .chain(steps.map(|one| &one.trigger))
            .chain(self.needs().map(|need| &need.before))
    }

    /// Of a list of names, those that the rules tell apart, and one that stands for the rest.
    fn classes(&self, list: Names, named: impl Fn(&When) -> &[String]) -> Vec<String> {
        let fits = |wanted: &String, word: &str| match list {
            Names::Categories => category_fits(wanted, word),
            _ => wanted == word,
        };
        let mut wanted: Vec<&String> = self.whens().flat_map(named).collect();
        let urgent = "urgent".to_owned();
        if list == Names::Urgencies && self.rules.escalation.urgent.is_some() {
            wanted.push(&urgent);
        }
        let known = || self.book.shop.names.all(list).iter().map(|(word, _)| word);
        let mut found: Vec<String> = Vec::new();
        for one in &wanted {
            let first = known().find(|word| fits(one, word));
            found.extend(first.filter(|first| !found.contains(first)).cloned());
        }
        let rest = known().rfind(|word| !wanted.iter().any(|one| fits(one, word)));
        found.extend(rest.cloned());
        found
    }

    /// The values of an attribute that the rules tell apart.
    fn values(&self, field: Field) -> Vec<Value> {
        let words = match field {
            Field::Category => self.classes(Names::Categories, |when| &when.category),
            Field::Urgency => self.classes(Names::Urgencies, |when| &when.urgency),
            Field::Complexity => self.classes(Names::Complexities, |when| &when.complexity),
            Field::Justified => return vec![Value::Flag(true), Value::Flag(false)],
            _ => return vec![self.any(field)],
        };
        words.into_iter().map(Value::Text).collect()
    }

    /// A value that the key can have.
    fn any(&self, field: Field) -> Value {
        let first = |list: Names| {
            let all = self.book.shop.names.all(list);
            let word = all.iter().map(|(word, _)| word.as_str()).find(|word| *word != AGENT);
            word.or(all.first().map(|(word, _)| word.as_str())).unwrap_or("x").to_owned()
        };
        match field.shape() {
            Shape::Flag => Value::Flag(true),
            Shape::Score => Value::Score(5),
            Shape::Money => Value::Money(Money(0)),
            Shape::Moment => Value::Moment(self.far()),
            Shape::Day => Value::Day(self.book.shop.day(self.far().instant())),
            Shape::Name(Names::People) => Value::Text(AGENT.to_owned()),
            Shape::Name(list) => Value::Text(first(list)),
            Shape::Names(Names::People) => Value::List(vec![AGENT.to_owned()]),
            Shape::Names(list) => Value::List(vec![first(list)]),
            Shape::Choice(words) => Value::Text(words[0].to_owned()),
            Shape::Text | Shape::Case => Value::Text("x".to_owned()),
        }
    }

    /// The deadline of a hand-over: a day that is long after everything.
    fn far(&self) -> Stamp {
        let day = jiff::civil::date(2099, 1, 1).to_zoned(self.book.shop.zone.clone());
        Stamp::new(day.map_or(jiff::Timestamp::MAX, |day| day.timestamp()), &self.book.shop.zone)
    }

    /// The cases that the rules tell apart by what the customer said, with all that they ask for at the receipt.
    pub(super) fn receipts(&self, at: Stamp) -> Vec<Case> {
        let mut intakes: Vec<Case> = Vec::new();
        let plain = self.case(at, &When::default());
        let urgent = self.classes(Names::Urgencies, |when| &when.urgency);
        let mut add = |case: Case| {
            if !intakes.contains(&case) {
                intakes.push(case);
            }
        };
        add(plain.clone());
        for when in self.whens() {
            add(self.case(at, when));
        }
        if self.fields.contains(&Field::Urgency) {
            for word in urgent {
                let mut case = plain.clone();
                case.history[0].payload.push((Field::Urgency, Value::Text(word)));
                add(case);
            }
        }
        intakes
    }

    /// A case that fits what a rule asks of the channel, the product and the customer's tier, as far as it asks.
    fn case(&self, at: Stamp, when: &When) -> Case {
        let channels = self.book.shop.names.all(Names::Channels);
        let plain = channels.iter().map(|(word, _)| word);
        let named: Vec<&String> = self.whens().flat_map(|when| &when.channel).collect();
        let other = plain.clone().find(|word| !named.contains(word)).or(plain.clone().next());
        let asked: Vec<IntakeField> = self
            .needs()
            .filter(|need| need.before.fits(&Event::new(EventName::Received, at)))
            .flat_map(|need| &need.fields)
            .filter_map(|field| match field {
                AskedField::Intake(field) => Some(*field),
                AskedField::Payload(_) => None,
            })
            .collect();
        let filled = |field: IntakeField| asked.contains(&field).then(|| "x".to_owned());
        Case {
            id: Id::new(self.book.shop.day(at.instant()), 0),
            kind: self.kind,
            title: "x".to_owned(),
            description: filled(IntakeField::Description),
            channel: when.channel.first().or(other).cloned().unwrap_or_default(),
            customer: Customer {
                key: filled(IntakeField::CustomerKey),
                name: filled(IntakeField::CustomerName),
                contact: filled(IntakeField::CustomerContact),
                tier: when.tier.first().cloned(),
            },
            order: filled(IntakeField::Order),
            product: when.product.first().cloned().or(filled(IntakeField::Product)),
            demand: filled(IntakeField::Demand),
            tags: Vec::new(),
            links: Vec::new(),
            external: None,
            history: vec![Event::new(EventName::Received, at).by(AGENT)],
            unknown: Vec::new(),
        }
    }

    /// Everything that can be done with an open or ended case.
    pub(super) fn moves(&self) -> Vec<Move> {
        let mut moves = Vec::new();
        for name in EventName::ALL.iter().copied() {
            for payload in self.payloads(name) {
                let doers = if name == EventName::Approved { self.people() } else { vec![AGENT.to_owned()] };
                moves.extend(doers.into_iter().map(|by| Move { name, by, payload: payload.clone() }));
            }
        }
        moves
    }

    /// Everybody in the shop whose role approves, and somebody without one.
    fn people(&self) -> Vec<String> {
        let roles = self.rules.approvers(self.kind);
        let holds = |role: &Option<String>| role.as_ref().is_some_and(|role| roles.contains(role));
        let holders = self.book.shop.people.iter().filter(|(_, person)| holds(&person.role));
        let mut all: Vec<String> = holders.map(|(key, _)| key.clone()).collect();
        // Where no role has to approve, anybody but the author can
        all.push(if roles.is_empty() { COLLEAGUE } else { AGENT }.to_owned());
        all.dedup();
        all
    }

    /// The payloads of an event that the rules tell apart; none if the event does nothing that they look at.
    fn payloads(&self, name: EventName) -> Vec<Vec<(Field, Value)>> {
        let required =
            || -> Vec<(Field, Value)> { name.required().map(|field| (field, self.any(field))).collect() };
        let is_named = self.triggers().any(|trigger| trigger.event() == name);
        match name {
            EventName::Received | EventName::Noted | EventName::Attached => Vec::new(),
            EventName::Surveyed | EventName::Contacted | EventName::Diagnosed if !is_named => Vec::new(),
            EventName::Forwarded if self.kind != Kind::Praise => Vec::new(),
            EventName::Triaged => self.triages(),
            EventName::Amended => self.amendments(),
            EventName::Marked => self.marks(),
            EventName::Approved => self.approvals(),
            EventName::Assigned => {
                let to = (Field::Department, self.any(Field::Department));
                self.with_and_without(name, vec![to])
            }
            EventName::Proposed => self.remedies(name),
            EventName::Resolved => {
                let mut all = self.remedies(name);
                all.insert(0, required());
                all
            }
            EventName::FollowedUp => ["satisfied", "dissatisfied", "unreached"]
                .into_iter()
                .flat_map(|word| {
                    let outcome = (Field::Outcome, Value::Text(word.to_owned()));
                    self.with_and_without(name, vec![outcome])
                })
                .collect(),
            EventName::Escalated => {
                let mut plain = vec![required()];
                if self.triggers().any(|trigger| trigger.event() == name && says(trigger)) {
                    let mut outside = required();
                    outside.push((Field::Level, Value::Text("external".to_owned())));
                    plain.push(outside);
                }
                plain
            }
            _ => self.with_and_without(name, required()),
        }
    }

    /// With all that the rules ask for, and without.
    fn with_and_without(&self, name: EventName, least: Vec<(Field, Value)>) -> Vec<Vec<(Field, Value)>> {
        let mut full = least.clone();
        for field in self.fields.iter().copied().filter(|field| name.takes(*field)) {
            let matters = field.is_amendable() || self.is_asked_at(name, field);
            if matters && least.iter().all(|(known, _)| *known != field) {
                full.push((field, self.any(field)));
            }
        }
        if full == least { vec![least] } else { vec![full, least] }
    }

    /// Whether a rule asks for the field at this event, or before a status that it may lead to.
    fn is_asked_at(&self, name: EventName, field: Field) -> bool {
        self.needs().any(|need| {
            let here = need.before.event() == name || need.before.status().is_some();
            here && need.fields.iter().chain(&need.ask).any(|asked| *asked == AskedField::Payload(field))
        })
    }

    /// Every classification that the rules tell apart; what they do not ask for may be left open.
    fn triages(&self) -> Vec<Vec<(Field, Value)>> {
        let mut all: Vec<Vec<(Field, Value)>> = vec![Vec::new()];
        for field in [Field::Category, Field::Urgency] {
            let several = self.fields.contains(&field);
            let values = if several { self.values(field) } else { vec![self.last(field)] };
            all = crossed(&all, field, &values);
        }
        for field in [Field::Justified, Field::Complexity] {
            if self.fields.contains(&field) {
                let open = all.clone();
                all = crossed(&all, field, &self.values(field));
                all.extend(open);
            }
        }
        all
    }

    fn last(&self, field: Field) -> Value {
        self.values(field).pop().unwrap_or_else(|| self.any(field))
    }

    /// Every correction that the rules look at.
    fn amendments(&self) -> Vec<Vec<(Field, Value)>> {
        let reason = (Field::Reason, Value::Text("x".to_owned()));
        let mut all = Vec::new();
        for field in self.fields.iter().copied().filter(|field| field.is_amendable()) {
            let values = match field {
                // A cheaper one evades nothing
                Field::Remedy => self.remedy_words().into_iter().skip(1).collect(),
                Field::Cost => vec![Value::Money(DEAR)],
                field => self.values(field),
            };
            all.extend(values.into_iter().map(|value| vec![(field, value), reason.clone()]));
        }
        all
    }

    fn marks(&self) -> Vec<Vec<(Field, Value)>> {
        let mut names: Vec<&String> = Vec::new();
        for trigger in self.triggers() {
            if let Trigger::Milestone(name) = trigger
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        let payload = |name: &&String| {
            let milestone = (Field::Milestone, Value::Text((*name).clone()));
            self.with_and_without(EventName::Marked, vec![milestone])
        };
        names.iter().flat_map(payload).collect()
    }

    /// In each role that is asked for; if none is, without one.
    fn approvals(&self) -> Vec<Vec<(Field, Value)>> {
        let roles = self.rules.approvers(self.kind);
        if roles.is_empty() {
            return vec![Vec::new()];
        }
        roles.iter().map(|role| vec![(Field::As, Value::Text(role.clone()))]).collect()
    }

    fn remedy_words(&self) -> Vec<Value> {
        let all = self.book.shop.names.all(Names::Remedies);
        all.iter().take(2).map(|(word, _)| Value::Text(word.clone())).collect()
    }

    /// A cheap remedy and a dear one, where they have to be told apart.
    fn remedies(&self, name: EventName) -> Vec<Vec<(Field, Value)>> {
        let mut words = self.remedy_words().into_iter();
        let (Some(cheap), second) = (words.next(), words.next()) else { return Vec::new() };
        let remedy = |word: Value, cost: Money| {
            self.with_and_without(name, vec![(Field::Remedy, word), (Field::Cost, Value::Money(cost))])
        };
        let mut all = remedy(cheap.clone(), Money(0));
        if self.rules.binds_the_remedy(self.kind) {
            all.extend(remedy(second.unwrap_or(cheap), DEAR));
        }
        all
    }
}

/// The fields that a condition looks at, of those that people fill in.
fn looked_at(when: &When) -> impl Iterator<Item = Field> {
    let fields = [
        (Field::Category, !when.category.is_empty()),
        (Field::Urgency, !when.urgency.is_empty()),
        (Field::Complexity, !when.complexity.is_empty()),
        (Field::Justified, when.justified.is_some()),
    ];
    fields.into_iter().filter(|(_, is)| *is).map(|(field, _)| field)
}

/// What a remedy costs that nobody approved as a cheap one.
const DEAR: Money = Money(999_900);

fn says(trigger: &Trigger) -> bool {
    matches!(trigger, Trigger::Saying(..))
}

fn crossed(all: &[Vec<(Field, Value)>], field: Field, values: &[Value]) -> Vec<Vec<(Field, Value)>> {
    let with = |one: &Vec<(Field, Value)>, value: &Value| {
        let mut more = one.clone();
        more.push((field, value.clone()));
        more
    };
    all.iter().flat_map(|one| values.iter().map(move |value| with(one, value))).collect()
}
