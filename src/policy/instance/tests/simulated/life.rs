//! A complaint's life, tick by tick, with a counter for each rule.

use std::collections::BTreeMap;

use super::rules::{Rule, works};
use super::{Happens, Told};

/// What a rule counts from a start on.
#[derive(Debug, Clone)]
struct Counter {
    /// The number of the event that started it, and the tick and round.
    event: usize,
    started: i64,
    round: u32,
    /// Ticks that counted.
    ran: i64,
    /// When the last tick of the limit was over.
    full: Option<i64>,
}

/// A decided instance: its decision, and its place in the result.
#[derive(Debug, Clone)]
struct Verdict {
    started: i64,
    round: u32,
    word: &'static str,
    decided: Option<i64>,
    stopped: Option<i64>,
    /// The rule that decided a miss, whose counter goes on until its stop.
    missed_under: Option<usize>,
}

pub(super) struct Life<'r> {
    rules: &'r [Rule],
    /// How many ticks there are in a minute.
    ticks: i64,
    pub now: i64,
    status: &'static str,
    before_waiting: Option<&'static str>,
    round: u32,
    attributes: BTreeMap<&'static str, &'static str>,
    events: usize,
    /// One for each rule that is counting.
    counters: Vec<Option<Counter>>,
    /// By the event that started the instance.
    verdicts: BTreeMap<usize, Verdict>,
}

impl<'r> Life<'r> {
    pub(crate) fn new(rules: &'r [Rule], ticks: i64) -> Life<'r> {
        let mut life = Life {
            rules,
            ticks,
            now: 0,
            status: "new",
            before_waiting: None,
            round: 1,
            attributes: BTreeMap::from([("kind", "complaint")]),
            events: 0,
            counters: vec![None; rules.len()],
            verdicts: BTreeMap::new(),
        };
        life.start(("received", &[]));
        life.judge();
        life
    }

    /// The first rule that applies to the case as it is now.
    fn ruling(&self) -> Option<usize> {
        let is = |key: &str, word: &str| {
            let is = self.attributes.get(key).copied().unwrap_or("");
            if word.ends_with('/') { is.starts_with(word) } else { is == word }
        };
        self.rules.iter().position(|rule| rule.when.iter().all(|(key, word)| is(key, word)))
    }

    fn ended(&self) -> bool {
        ["closed", "rejected"].contains(&self.status)
    }

    pub(crate) fn happen(&mut self, happens: Happens) {
        self.events += 1;
        let (before, was_ended) = (self.ruling(), self.ended());
        self.take_effect(happens);
        let over = self.ended() && !was_ended;
        let mut ending: Vec<(usize, Counter, bool)> = Vec::new();
        for (at, rule) in self.rules.iter().enumerate() {
            let stops = named(&rule.stops, happens);
            if stops || over {
                ending.extend(self.counters[at].take().map(|counter| (at, counter, stops)));
            }
        }
        for at in [before, self.ruling()].into_iter().flatten() {
            if let Some((_, counter, stops)) = ending.iter().find(|(rule, ..)| *rule == at) {
                self.end(counter.clone(), *stops);
            }
        }
        for (event, verdict) in &mut self.verdicts {
            let rule = verdict.missed_under;
            if ending.iter().any(|(at, counter, _)| Some(*at) == rule && counter.event == *event) {
                (verdict.word, verdict.stopped, verdict.missed_under) = ("missed", Some(self.now), None);
            }
        }
        self.start(happens);
        self.judge();
    }

    /// The life cycle, in a clerk's words.
    fn take_effect(&mut self, (name, says): Happens) {
        for (key, word) in says.iter().filter(|(key, _)| ["urgency", "complexity", "category"].contains(key))
        {
            self.attributes.insert(key, word);
        }
        if self.ended() && name != "reopened" {
            return;
        }
        let outcome = says.iter().find(|(key, _)| *key == "outcome").map(|(_, word)| *word);
        let before = self.status;
        self.status = match (name, outcome) {
            ("triaged", _) => "triaged",
            ("waiting", _) => "waiting",
            ("resumed", _) => self.before_waiting.unwrap_or(before),
            ("escalated", _) => "escalated",
            ("accepted", _) => "investigating",
            ("resolved", _) => "resolved",
            ("closed", _) | ("followed-up", Some("satisfied")) => "closed",
            ("rejected", _) => "rejected",
            ("reopened", _) | ("followed-up", Some("dissatisfied")) => {
                self.round += 1;
                "investigating"
            }
            _ => before,
        };
        match (before, self.status) {
            ("waiting", "waiting") => {}
            (_, "waiting") => self.before_waiting = Some(before),
            _ => self.before_waiting = None,
        }
    }

    fn start(&mut self, happens: Happens) {
        for (counter, rule) in self.counters.iter_mut().zip(self.rules) {
            if counter.is_none() && named(&rule.starts, happens) {
                let full = (rule.limit == 0).then_some(self.now);
                let (event, started, round) = (self.events, self.now, self.round);
                *counter = Some(Counter { event, started, round, ran: 0, full });
            }
        }
    }

    /// An instance ends under a rule before it was decided.
    fn end(&mut self, counter: Counter, stops: bool) {
        let late = counter.full.is_some_and(|full| full < self.now);
        let (word, decided) = match (late, stops) {
            (true, _) => ("missed", Some(self.now)),
            (false, true) => ("met", Some(self.now)),
            (false, false) => ("lapsed", None),
        };
        let (started, round, stopped) = (counter.started, counter.round, Some(self.now));
        let verdict = Verdict { started, round, word, decided, stopped, missed_under: None };
        self.verdicts.entry(counter.event).or_insert(verdict);
    }

    /// A limit that was over before it came into force at this tick: late from now on.
    fn judge(&mut self) {
        self.miss(|full, now| full < now);
    }

    fn miss(&mut self, passed: fn(i64, i64) -> bool) {
        let Some(at) = self.ruling() else { return };
        let Some(counter) = &self.counters[at] else { return };
        if counter.full.is_some_and(|full| passed(full, self.now)) {
            let verdict = Verdict {
                started: counter.started,
                round: counter.round,
                word: "overdue",
                decided: Some(self.now),
                stopped: None,
                missed_under: Some(at),
            };
            self.verdicts.entry(counter.event).or_insert(verdict);
        }
    }

    /// The tick after the current one passes; everything due at its beginning is late.
    pub(crate) fn pass(&mut self) {
        self.miss(|full, now| full <= now);
        for (counter, rule) in self.counters.iter_mut().zip(self.rules) {
            let still = rule.pauses.contains(&self.status);
            if let Some(counter) =
                counter.as_mut().filter(|_| !still && (!rule.working || works(self.now / self.ticks)))
            {
                counter.ran += 1;
                if counter.ran == rule.limit * self.ticks {
                    counter.full = Some(self.now + 1);
                }
            }
        }
        self.now += 1;
    }

    pub(crate) fn at_the_end(self) -> Vec<Told> {
        let mut told: BTreeMap<usize, Told> = BTreeMap::new();
        for (event, verdict) in &self.verdicts {
            let Verdict { started, word, decided, stopped, round, .. } = verdict;
            told.insert(*event, (*started, word, *decided, *stopped, *round));
        }
        if let Some(at) = self.ruling()
            && let Some(counter) = &self.counters[at]
        {
            let rule = &self.rules[at];
            let word = match counter.full {
                None if rule.pauses.contains(&self.status) => "paused",
                _ if counter.ran * 4 >= rule.limit * self.ticks * 3 => "warning",
                _ => "running",
            };
            let open = (counter.started, word, None, None, counter.round);
            told.entry(counter.event).or_insert(open);
        }
        told.into_values().collect()
    }
}

/// Whether one of a rule's words matches the event: its name, its value, or a milestone.
fn named(words: &[&str], (name, says): Happens) -> bool {
    words.iter().any(|word| match word.split_once(':') {
        Some((event, value)) => event == name && says.iter().any(|(_, said)| *said == value),
        None => *word == name || says.contains(&("milestone", word)),
    })
}
