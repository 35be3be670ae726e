//! Every state that a case can get to: a search by the length of the way, in which a detour counts as several steps.
//!
//! Two histories are the same state if nothing that the rules look at tells them apart.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::laws::{self, ClockSeen, DefectAt};
use super::moves::{Move, Vocabulary};
use super::{Explored, Law};
use crate::case::{Case, Event, EventName, Field, Kind, Money, Stamp, State, Status, Step, Value};
use crate::policy::{Clock, RuleBook, Rules, Standing, implied_events};

/// What the rules can tell of a case, now and later.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct StateKey {
    root: usize,
    status: Status,
    going_on: Status,
    voided: bool,
    said: Vec<Option<Value>>,
    escalated: bool,
    proposal: Option<(String, Money)>,
    proposed_by: Option<String>,
    approvals: Vec<String>,
    approved_by: Vec<String>,
    steps: Vec<u32>,
    /// The clocks of the rules that run, by their place.
    running: Vec<usize>,
}

impl StateKey {
    /// Of a case that is void, whatever it was before: nothing is asked of it any more. If it is reopened, it goes on as
    /// any case that is.
    fn void(root: usize) -> StateKey {
        StateKey {
            root,
            status: Status::Rejected,
            going_on: Status::Rejected,
            voided: true,
            said: Vec::new(),
            escalated: false,
            proposal: None,
            proposed_by: None,
            approvals: Vec::new(),
            approved_by: Vec::new(),
            steps: Vec::new(),
            running: Vec::new(),
        }
    }
}

/// A state, with the way to it.
#[derive(Debug)]
pub(super) struct FoundState {
    /// The state before; of a receipt, itself.
    before: usize,
    /// Which receipt the way begins with.
    root: usize,
    /// What happened last: what a person did, and what follows from it.
    added: Vec<Event>,
    pub status: Status,
    pub voided: bool,
    /// The clocks that run, by their place in the rules.
    pub running: Vec<usize>,
    /// What the way to it costs: a step of the usual way 1, a detour more.
    cost: usize,
    /// Whether everything that can happen next was tried.
    pub followed: bool,
}

/// All states of a kind of case.
pub(super) struct Walk<'b> {
    pub book: &'b RuleBook,
    pub rules: &'b Rules,
    pub words: Vocabulary<'b>,
    receipts: Vec<Case>,
    pub nodes: Vec<FoundState>,
    /// From a state to the next one.
    pub steps: Vec<(usize, usize)>,
    known: HashMap<StateKey, usize>,
    /// The states that are still to be followed, by what the way to them costs.
    waiting: Vec<Vec<usize>>,
    /// What has happened in any state: of each sort of event, one.
    pub happened: Vec<Event>,
    sorts: HashSet<(EventName, Vec<(Field, Value)>)>,
    /// What was wrong on the way from a state to the next one; of each sort, one with the shortest way.
    pub wrong: Vec<DefectAt>,
    sorts_of_wrong: HashSet<(Law, String, String)>,
}

/// What a move leads to.
struct Reached {
    added: Vec<Event>,
    key: StateKey,
    wrong: Vec<DefectAt>,
}

/// A state, with all that is tried from it.
pub(super) struct Here<'h> {
    pub at: usize,
    pub case: &'h Case,
    pub before: Standing<'h>,
    seen: &'h [ClockSeen],
}

impl Here<'_> {
    /// The case with more events.
    pub(super) fn with(&self, added: &[Event]) -> Case {
        let mut longer = self.case.clone();
        longer.history.extend_from_slice(added);
        longer
    }
}

impl<'b> Walk<'b> {
    /// Follows every move from every receipt, up to so many states.
    pub(super) fn through(
        words: Vocabulary<'b>,
        book: &'b RuleBook,
        rules: &'b Rules,
        seen: &[ClockSeen],
        begin: Stamp,
        most: usize,
    ) -> Walk<'b> {
        let receipts = words.receipts(begin);
        let mut walk = Walk {
            book,
            rules,
            words,
            receipts,
            nodes: Vec::new(),
            steps: Vec::new(),
            known: HashMap::new(),
            waiting: vec![Vec::new()],
            happened: Vec::new(),
            sorts: HashSet::new(),
            wrong: Vec::new(),
            sorts_of_wrong: HashSet::new(),
        };
        walk.begin();
        let moves = walk.words.moves();
        let mut cost = 0;
        while cost < walk.waiting.len() && walk.nodes.len() < most {
            let level = std::mem::take(&mut walk.waiting[cost]);
            for part in level.chunks(1024) {
                if walk.nodes.len() >= most {
                    break;
                }
                let cheapest = |at: &&usize| walk.nodes[**at].cost == cost && !walk.nodes[**at].followed;
                let part: Vec<usize> = part.iter().filter(cheapest).copied().collect();
                let reached: Vec<(usize, Vec<Reached>)> =
                    part.par_iter().map(|at| (*at, walk.from(*at, &moves, seen))).collect();
                for (at, reached) in reached {
                    walk.nodes[at].followed = true;
                    reached.into_iter().for_each(|one| walk.enter(at, one));
                }
            }
            cost += 1;
        }
        walk
    }

    fn begin(&mut self) {
        for root in 0..self.receipts.len() {
            let case = self.receipts[root].clone();
            let replay = self.book.whole(&case);
            let before = Standing::new(self.book, self.rules, &replay);
            let counts = before.counts();
            let key = self.key(root, replay.state(), counts, self.running(&replay.steps[0], &[]));
            let at = self.nodes.len();
            self.nodes.push(FoundState {
                before: at,
                root,
                added: Vec::new(),
                status: key.status,
                voided: false,
                running: key.running.clone(),
                cost: 0,
                followed: false,
            });
            self.waiting[0].push(at);
            self.known.insert(key, at);
        }
    }

    fn enter(&mut self, before: usize, reached: Reached) {
        let Reached { added, key, wrong } = reached;
        for event in &added {
            if self.sorts.insert((event.name, event.payload.clone())) {
                self.happened.push(event.clone());
            }
        }
        for one in wrong {
            if self.sorts_of_wrong.insert(one.sort()) {
                self.wrong.push(one);
            }
        }
        let new = self.nodes.len();
        let (status, voided, running) = (key.status, key.voided, key.running.clone());
        let cost = self.nodes[before].cost + price(&self.nodes[before], &added);
        let at = *self.known.entry(key).or_insert(new);
        if at != before {
            self.steps.push((before, at));
        }
        if at == new {
            let root = self.nodes[before].root;
            let followed = false;
            self.nodes.push(FoundState { before, root, added, status, voided, running, cost, followed });
        } else if cost < self.nodes[at].cost {
            (self.nodes[at].before, self.nodes[at].added, self.nodes[at].cost) = (before, added, cost);
        } else {
            return;
        }
        if self.waiting.len() <= cost {
            self.waiting.resize_with(cost + 1, Vec::new);
        }
        self.waiting[cost].push(at);
    }

    /// Everything that can happen in a state.
    fn from(&self, at: usize, moves: &[Move], seen: &[ClockSeen]) -> Vec<Reached> {
        if self.nodes[at].voided {
            return Vec::new();
        }
        let case = self.case(at);
        let replay = self.book.whole(&case);
        let here = Here { at, case: &case, before: Standing::new(self.book, self.rules, &replay), seen };
        let now = next_minute(&case, &self.book.shop.zone);
        let possible = moves.iter().filter(|one| one.name.from().allows(self.nodes[at].status));
        possible.filter_map(|one| self.reach(&here, one.event(now))).collect()
    }

    /// What an event leads to from a state, if it is allowed there.
    fn reach(&self, here: &Here<'_>, event: Event) -> Option<Reached> {
        let mut implied = implied_events(self.book, here.before.state, event).into_iter();
        let first = permitted(&here.before, implied.next()?)?;
        let mut key = self.next_key(here.at, &here.before, &first, &self.nodes[here.at].running);
        let mut added = vec![first];
        for follows in implied {
            let longer = here.with(&added);
            let replay = self.book.whole(&longer);
            let before = Standing::new(self.book, self.rules, &replay);
            let follows = permitted(&before, follows)?;
            key = self.next_key(here.at, &before, &follows, &key.running);
            added.push(follows);
        }
        laws::kept(self, here, &added, here.seen);
        let from = here.before.state.status;
        let resumed = added.last().is_some_and(|event| event.name == EventName::Resumed);
        let arrives = key.status != from && !key.voided && !resumed;
        let wrong = if arrives { laws::on_arrival(self, here, &added, key.status) } else { Vec::new() };
        Some(Reached { added, key, wrong })
    }

    /// The state after an event.
    fn next_key(&self, at: usize, before: &Standing<'_>, event: &Event, running: &[usize]) -> StateKey {
        let (state, from) = (before.after(event), before.state.status);
        let index = before.state.case.history.len();
        let step = Step { index, event, at: event.at.instant(), from, state };
        self.key(self.nodes[at].root, &step.state, before.counts_after(&step), self.running(&step, running))
    }

    fn key(&self, root: usize, state: &State<'_>, steps: Vec<u32>, running: Vec<usize>) -> StateKey {
        if state.voided {
            return StateKey::void(root);
        }
        let said = self.words.fields.iter().filter(|field| **field != Field::Level);
        let owned = |words: &[&str]| {
            let mut all: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            all.sort_unstable();
            all
        };
        StateKey {
            root,
            status: state.status,
            going_on: state.going_on(),
            voided: state.voided,
            said: said.map(|field| state.attribute(*field)).collect(),
            // Only a case that has not been escalated goes up by itself
            escalated: self.rules.escalation.urgent.is_some() && state.level.is_some(),
            proposal: state.proposal.map(|proposal| (proposal.remedy.to_owned(), proposal.cost)),
            proposed_by: state.proposed_by.map(str::to_owned),
            approvals: owned(&state.approvals),
            approved_by: owned(&state.approved_by),
            steps,
            running,
        }
    }

    /// The clocks that run after a step, by their place in the rules.
    fn running(&self, step: &Step<'_>, before: &[usize]) -> Vec<usize> {
        let runs = |(at, clock): (usize, &Clock)| {
            let ended = step.ends() || step.voids() || clock.stops(step);
            let goes_on = before.contains(&at) && !ended;
            let begins = clock.starts(step) && !step.state.voided;
            (goes_on || begins).then_some(at)
        };
        self.words.clocks().filter_map(runs).collect()
    }

    /// The case in a state.
    pub(super) fn case(&self, at: usize) -> Case {
        let mut ways: Vec<&FoundState> = Vec::new();
        let mut node = at;
        while self.nodes[node].before != node {
            ways.push(&self.nodes[node]);
            node = self.nodes[node].before;
        }
        let mut case = self.receipts[self.nodes[at].root].clone();
        case.history.extend(ways.into_iter().rev().flat_map(|node| node.added.iter().cloned()));
        case
    }

    /// What people did on the way to a state, without what followed from it by itself.
    pub(super) fn way(&self, at: usize) -> Vec<Event> {
        let mut done = Vec::new();
        let mut node = at;
        while self.nodes[node].before != node {
            done.extend(self.nodes[node].added.first().cloned());
            node = self.nodes[node].before;
        }
        done.reverse();
        done
    }

    /// How many states there are, and how far away.
    pub(super) fn explored(&self, kind: Kind, clock: Option<&str>) -> Explored {
        let depths = (0..self.nodes.len()).map(|at| self.way(at).len());
        Explored {
            kind,
            clock: clock.map(str::to_owned),
            states: self.nodes.len(),
            steps: self.steps.len(),
            depth: depths.max().unwrap_or(0),
            complete: self.nodes.iter().all(|node| node.followed),
        }
    }
}

/// What a step costs: detours are looked at later, so that the usual way is followed to its end first.
fn price(from: &FoundState, added: &[Event]) -> usize {
    const DETOUR: usize = 3;
    let Some(event) = added.first() else { return 1 };
    let is_detour = match event.name {
        EventName::Waiting
        | EventName::Returned
        | EventName::Declined
        | EventName::Reopened
        | EventName::Voided
        | EventName::Amended
        | EventName::Escalated => true,
        EventName::Triaged => from.status != Status::New,
        EventName::FollowedUp => event.text(Field::Outcome) == Some("dissatisfied"),
        _ => false,
    };
    if is_detour { DETOUR } else { 1 }
}

/// A minute after the last event.
fn next_minute(case: &Case, zone: &TimeZone) -> Stamp {
    let last = case.history.iter().map(|event| event.at).max_by_key(|at| at.instant());
    let last = last.unwrap_or(case.receipt().at);
    Stamp::new(last.instant() + SignedDuration::from_mins(1), zone)
}

/// The event as it is recorded, if the rules allow it.
fn permitted(before: &Standing<'_>, mut event: Event) -> Option<Event> {
    if before.stays_open(&event) {
        event.payload.push((Field::Open, Value::Flag(true)));
    }
    let allowed = event.faults().is_empty() && before.violations(&event).is_empty();
    allowed.then_some(event)
}
