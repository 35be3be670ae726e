//! One case: what the customer said, and what was done about it.

use std::path::Path;

use fb::case::{Case, Event, EventName, Field, Money, Replay, Stamp, Value};
use fb::casefile;
use jiff::civil::{DateTime, date};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::dice::Dice;
use super::words::{AGENTS, CATEGORIES, CHANNELS, CHINESE, DESKS, ENGLISH, REMEDIES, TIERS, Words};
use super::{Outcome, zone};

/// The ledger is as of this instant.
pub(crate) const NOW: &str = "2026-11-22T09:30:00+08:00";

fn now() -> Timestamp {
    NOW.parse().unwrap_or_default()
}

/// The first day of 60 months.
const BEGIN: DateTime = date(2021, 12, 1).at(0, 0, 0, 0);
const DAYS: i64 = 1817;

/// Ended cases were received so many days before [`NOW`] or earlier, so that their course has room.
const COURSE_DAYS: i64 = 45;

/// Open cases were received so many days before it at the most: after 14 days without a step they would be stalled.
const OPEN_DAYS: i64 = 10;

/// How a case of the ledger has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Ended,
    Open,
    Waiting,
}

/// The case of this number, of `count`.
pub(crate) fn case(number: u32, count: u32, seed: u64) -> Outcome<Case> {
    let mut dice = Dice::of(seed, number.into());
    let end = end(number, count);
    let received = received(number, count, end, &mut dice);
    let words = if dice.percent(60) { &CHINESE } else { &ENGLISH };
    let mut case = intake(number, count, received, words, &mut dice)?;
    let mut course = Course { case: &mut case, end, at: received, words, dice: &mut dice };
    course.run();
    if end != End::Ended {
        leave_open(&mut case, end, words, &mut dice);
    }
    Ok(case)
}

/// Of the last cases every other one is not ended, 3 % of all; a third of them wait for the customer.
fn end(number: u32, count: u32) -> End {
    let last = u64::from(count - number) * 100 <= u64::from(count) * 6;
    match number % 6 {
        1 if last => End::Waiting,
        3 | 5 if last => End::Open,
        _ => End::Ended,
    }
}

/// Receipts of ended cases are spread evenly, one after the other; the others are of the last days. People write by day.
fn received(number: u32, count: u32, end: End, dice: &mut Dice) -> Timestamp {
    let day = match end {
        End::Ended => i64::from(number) * (DAYS - COURSE_DAYS) / i64::from(count),
        End::Open | End::Waiting => DAYS - dice.between(1, OPEN_DAYS),
    };
    let second = dice.between(8 * 3600, 22 * 3600);
    let local = BEGIN + day.days() + second.seconds();
    zone().to_timestamp(local).unwrap_or_default()
}

/// The six letters and digits of an id have five bits each. An odd factor gives every number another id.
fn id(number: u32, received: Timestamp) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mixed = u64::from(number) * 0x2545_F491 % (1 << 30);
    let drawn = (0..6).map(|place| char::from(ALPHABET[(mixed >> (5 * place)) as usize % 32]));
    let day = received.to_zoned(zone()).strftime("%Y%m%d").to_string();
    format!("{day}-{}", drawn.collect::<String>())
}

fn intake(number: u32, count: u32, received: Timestamp, words: &Words, dice: &mut Dice) -> Outcome<Case> {
    let kind = match dice.between(0, 99) {
        0..60 => "complaint",
        60..73 => "suggestion",
        73..83 => "praise",
        83..96 => "inquiry",
        96..98 => "violation",
        _ => "improvement",
    };
    let (id, channel) = (id(number, received), dice.one(&CHANNELS));
    let head = format!("id: {id}\nkind: {kind}\ntitle: t\nchannel: {channel}\nhistory:\n");
    let receipt = format!("  - received: {}\n", Stamp::new(received, &zone()));
    let read = casefile::read((head + &receipt).as_bytes(), Path::new("made.yaml"));
    let mut case = read.map_err(|findings| findings[0].message.to_string())?;
    let product = dice.one(words.products);
    // A customer comes back after two thirds of all cases at the earliest: no case is registered twice.
    let customer = number % (count * 2 / 3).max(1);
    case.title = dice.one(words.titles).replace("{}", product);
    case.description = Some(description(words, dice));
    case.customer.key = Some(format!("c-{customer}"));
    case.customer.name = Some(dice.one(words.customers).to_owned());
    case.customer.contact = dice.percent(70).then(|| format!("138{:08}", dice.between(0, 99_999_999)));
    case.customer.tier = dice.percent(30).then(|| dice.one(&TIERS).to_owned());
    case.order = dice.percent(80).then(|| format!("E{number:09}"));
    case.product = Some(product.to_owned());
    case.demand = dice.percent(50).then(|| dice.one(&REMEDIES).to_owned());
    case.tags = words.tags.iter().filter(|_| dice.percent(15)).map(|tag| (*tag).to_owned()).collect();
    Ok(case)
}

/// Some sentences, each once; in one case of four on lines of their own.
fn description(words: &Words, dice: &mut Dice) -> String {
    let first = dice.between(0, words.sentences.len() as i64 - 1) as usize;
    let several = dice.between(3, 6) as usize;
    let said: Vec<&str> = words.sentences.iter().cycle().skip(first).take(several).copied().collect();
    let between = match words.sentences[0].is_ascii() {
        _ if dice.percent(25) => "\n",
        true => " ",
        false => "",
    };
    said.join(between) + if dice.percent(50) { "\n" } else { "" }
}

/// Shortens the history to a random step before the end, and lets the case wait if it has to.
fn leave_open(case: &mut Case, end: End, words: &Words, dice: &mut Dice) {
    case.history.retain(|event| event.at.instant() < now() - SignedDuration::from_hours(1));
    // Mostly the first limits are met before; some cases are late.
    let contacted = case.history.iter().position(|event| event.name == EventName::Contacted).unwrap_or(1);
    let least = if dice.percent(5) { 1 } else { contacted as i64 + 1 };
    let kept = dice.between(least, (case.history.len() as i64).max(least)) as usize;
    case.history.truncate(kept);
    while Replay::whole(case, &[]).state().status.terminal() {
        case.history.pop();
    }
    if end == End::Waiting {
        let last = case.history[case.history.len() - 1].at.instant();
        let at = last + SignedDuration::from_mins(dice.between(1, 50));
        let waiting = Event::new(EventName::Waiting, Stamp::new(at, &zone())).by("li.na");
        let until = now().to_zoned(zone()).date() + dice.between(1, 7).days();
        let waiting = waiting.with(Field::Reason, text(dice.one(words.reasons)));
        case.history.push(waiting.with(Field::Until, Value::Day(until)));
    }
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// The whole course of a case, event by event.
struct Course<'c> {
    case: &'c mut Case,
    end: End,
    at: Timestamp,
    words: &'static Words,
    dice: &'c mut Dice,
}

impl Course<'_> {
    fn run(&mut self) {
        let agent = self.dice.one(&AGENTS);
        let receipt = &mut self.case.history[0];
        receipt.by = Some(agent.to_owned());
        receipt.payload.push((Field::Department, text("service")));
        receipt.payload.push((Field::Owner, text(agent)));
        match self.case.kind.word() {
            "complaint" => self.complaint(agent),
            "suggestion" => self.suggestion(agent),
            "praise" => self.praise(agent),
            "inquiry" => self.inquiry(agent),
            _ => self.measure(agent),
        }
        let void = self.case.history.iter().any(|event| event.name == EventName::Voided);
        if !void && self.dice.percent(8) {
            let score = Value::Score(self.dice.between(2, 5) as u8);
            self.event(EventName::Surveyed, agent, 24 * 60, 5 * 24 * 60, vec![(Field::Score, score)]);
        }
    }

    /// An event after so many minutes. One in thirty was typed in later.
    fn event(&mut self, name: EventName, by: &str, least: i64, most: i64, payload: Vec<(Field, Value)>) {
        self.at += SignedDuration::from_secs(self.dice.between(least * 60, most * 60));
        let mut event = Event::new(name, Stamp::new(self.at, &zone())).by(by);
        if self.dice.percent(3) {
            let later = self.at + SignedDuration::from_mins(self.dice.between(5, 50));
            event.recorded = Some(Stamp::new(later, &zone()));
        }
        event.payload = payload;
        self.case.history.push(event);
    }

    fn said(&mut self, of: impl Fn(&Words) -> &'static [&'static str]) -> Value {
        text(self.dice.one(of(self.words)))
    }

    fn triage(&mut self, agent: &str, category: &str, justified: bool) {
        let urgency = if self.dice.percent(25) { "important" } else { "general" };
        let complexity = if self.dice.percent(10) { "complex" } else { "simple" };
        let payload = vec![
            (Field::Category, text(category)),
            (Field::Urgency, text(urgency)),
            (Field::Justified, Value::Flag(justified)),
            (Field::Complexity, text(complexity)),
        ];
        let most = if self.dice.percent(4) { 30 * 60 } else { 4 * 60 };
        self.event(EventName::Triaged, agent, 2, most, payload);
    }

    fn contact(&mut self, agent: &str) {
        let payload = vec![(Field::Channel, text("phone")), (Field::Note, self.said(|words| words.notes))];
        let most = if self.dice.percent(4) { 60 * 60 } else { 20 * 60 };
        self.event(EventName::Contacted, agent, 5, most, payload);
    }

    /// Hands the case to a department; who has it then.
    fn assign(&mut self, agent: &str) -> &'static str {
        let (department, owner) = self.dice.one(&DESKS);
        let from = if self.end == End::Ended { self.at } else { now() };
        let due = from + SignedDuration::from_hours(24 * self.dice.between(2, 6));
        let payload = vec![
            (Field::Department, text(department)),
            (Field::Owner, text(owner)),
            (Field::Expects, self.said(|words| words.plans)),
            (Field::Due, Value::Moment(Stamp::new(due, &zone()))),
        ];
        self.event(EventName::Assigned, agent, 1, 60, payload);
        self.event(EventName::Accepted, owner, 5, 10 * 60, Vec::new());
        owner
    }

    /// Finds the cause, proposes a remedy, and gives it, with an approval in between in every third case.
    fn remedy(&mut self, owner: &str) {
        let cause = vec![
            (Field::Cause, self.said(|words| words.causes)),
            (Field::Responsible, self.said(|words| words.parties)),
        ];
        self.event(EventName::Diagnosed, owner, 10, 12 * 60, cause);
        let mut remedy = vec![(Field::Remedy, text(self.dice.one(&REMEDIES)))];
        if self.dice.percent(60) {
            remedy.push((Field::Cost, Value::Money(Money(self.dice.between(100, 30_000)))));
        }
        remedy.push((Field::Text, self.said(|words| words.plans)));
        if self.dice.percent(35) {
            self.event(EventName::Proposed, owner, 5, 6 * 60, remedy.clone());
            let role = vec![(Field::As, text("manager"))];
            self.event(EventName::Approved, "zhao.min", 10, 10 * 60, role);
        }
        self.event(EventName::Resolved, owner, 10, 18 * 60, remedy);
    }

    fn follow_up(&mut self, agent: &str, outcome: &str) {
        let mut payload = vec![(Field::Outcome, text(outcome))];
        match outcome {
            "unreached" => {}
            "satisfied" => payload.push((Field::Score, Value::Score(self.dice.between(4, 5) as u8))),
            _ => payload.push((Field::Score, Value::Score(self.dice.between(1, 2) as u8))),
        }
        payload.push((Field::Note, self.said(|words| words.notes)));
        self.event(EventName::FollowedUp, agent, 20 * 60, 3 * 24 * 60, payload);
    }

    fn close(&mut self, agent: &str) {
        let lesson = vec![(Field::Lesson, self.said(|words| words.lessons))];
        self.event(EventName::Closed, agent, 30, 24 * 60, lesson);
    }

    fn give_reason(&mut self, name: EventName, by: &str) {
        let reason = vec![(Field::Reason, self.said(|words| words.reasons))];
        self.event(name, by, 10, 8 * 60, reason);
    }

    fn complaint(&mut self, agent: &str) {
        let category = self.dice.one(&CATEGORIES);
        let course = self.dice.between(0, 99);
        self.triage(agent, category, course >= 6);
        if course == 99 {
            return self.give_reason(EventName::Voided, agent);
        }
        self.contact(agent);
        if course < 6 {
            return self.give_reason(EventName::Rejected, agent);
        }
        let owner = self.assign(agent);
        if self.dice.percent(6) {
            self.give_reason(EventName::Escalated, owner);
        }
        self.remedy(owner);
        match course {
            6..14 => {
                self.follow_up(agent, "unreached");
                self.follow_up(agent, "unreached");
                self.close(agent);
            }
            14..22 => {
                self.follow_up(agent, "dissatisfied");
                self.contact(agent);
                self.remedy(owner);
                self.follow_up(agent, "satisfied");
            }
            22..25 => {
                self.follow_up(agent, "satisfied");
                self.give_reason(EventName::Reopened, agent);
                self.remedy(owner);
                self.close(agent);
            }
            _ => self.follow_up(agent, "satisfied"),
        }
    }

    fn suggestion(&mut self, agent: &str) {
        let justified = self.dice.percent(60);
        self.triage(agent, "suggestion", justified);
        if !justified {
            self.contact(agent);
            return self.give_reason(EventName::Rejected, agent);
        }
        let owner = self.assign(agent);
        let plan = vec![(Field::Remedy, text("information")), (Field::Text, self.said(|words| words.plans))];
        self.event(EventName::Proposed, owner, 60, 4 * 24 * 60, plan.clone());
        self.contact(agent);
        self.event(EventName::Resolved, owner, 24 * 60, 10 * 24 * 60, plan);
        self.close(agent);
    }

    fn praise(&mut self, agent: &str) {
        self.triage(agent, "praise", true);
        let to = vec![
            (Field::To, Value::List(vec![AGENTS[0].to_owned(), self.dice.one(&AGENTS[1..]).to_owned()])),
            (Field::Note, self.said(|words| words.notes)),
        ];
        self.event(EventName::Forwarded, agent, 10, 24 * 60, to);
    }

    fn inquiry(&mut self, agent: &str) {
        self.triage(agent, "other", true);
        self.contact(agent);
        self.close(agent);
    }

    /// A report of illegal content, or a measure of improvement.
    fn measure(&mut self, agent: &str) {
        self.triage(agent, "other", true);
        let owner = self.assign(agent);
        let note = vec![(Field::Note, self.said(|words| words.notes))];
        self.event(EventName::Noted, owner, 60, 24 * 60, note);
        let done = vec![(Field::Text, self.said(|words| words.plans))];
        self.event(EventName::Resolved, owner, 24 * 60, 10 * 24 * 60, done);
        let confirmed = vec![(Field::Milestone, text("effect-confirmed"))];
        self.event(EventName::Marked, owner, 24 * 60, 5 * 24 * 60, confirmed);
        self.close(agent);
    }
}
