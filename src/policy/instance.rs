//! Running clocks: when each of a case's limits began, is due, and was decided.
//!
//! A clock *instance* starts at a `start` event and ends at the first `stop` event after it, or with the case. It is
//! decided once: met when it is stopped in time, or missed when its due passes. The rule in force, among those with the
//! clock's name, depends on the case's attributes at each moment. It counts as if it had been in force from the start;
//! a decision that was made stays. If its due needs a year that its calendar lacks, it is unknown, unless it ended before
//! that year began. When a case is declared void, what is not decided is withdrawn.

mod explain;

use std::cell::OnceCell;

use jiff::{SignedDuration, Timestamp};

use super::rule_book::RuleBook;
use super::rules::{Clock, Rules};
use crate::calendar::MissingYear;
use crate::case::Replay;
use crate::clock::{Due, Limit, Pauses, Terms, Undue};

pub(crate) use explain::Explained;
pub use explain::explained;

/// One run of a clock of one case.
#[derive(Debug, Clone)]
pub struct Instance<'p> {
    /// The rule that decided it, or that is in force.
    pub rule: &'p Clock,
    /// The round of handling in which it started.
    pub round: u32,
    /// How long it may run; `None` if the event that started it names its due.
    pub limit: Option<Limit>,
    /// When it started.
    pub started: Timestamp,
    /// The place in the replay of the event that started it.
    pub started_by: usize,
    /// The place in the replay of the event that ended it, whether in time or not.
    pub ended_by: Option<usize>,
    /// The instant of that event.
    pub stopped: Option<Timestamp>,
    /// When it is or was due; `None` while it is paused, or if it cannot be computed.
    pub due: Option<Timestamp>,
    /// Its state at the instant of the question.
    pub state: ClockState,
    /// Why its state is unknown; `None` of any other state.
    pub undue: Option<Undue>,
    /// When it was met or missed: `min(stop, due)`; later than the due if the rule came into force later.
    pub decided: Option<Timestamp>,
    /// The place in the replay of the event under whose attributes it is counted: the last one up to the decision. Of a
    /// lapsed instance it is the one before the case ended, of an undecided one the last of all.
    pub step: usize,
    /// How long it was paused.
    pub paused: SignedDuration,
}

/// The state of an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClockState {
    /// Still running after its due.
    Overdue,
    /// The warning share of the limit is used up.
    Warning,
    /// In time so far.
    Running,
    /// Paused.
    Paused,
    /// Ended in time.
    Met,
    /// Ended after its due.
    Missed,
    /// The case ended before the due without the step.
    Lapsed,
    /// Its due cannot be computed, so it is neither met nor missed nor running.
    Unknown,
}

impl ClockState {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            ClockState::Overdue => "overdue",
            ClockState::Warning => "warning",
            ClockState::Running => "running",
            ClockState::Paused => "paused",
            ClockState::Met => "met",
            ClockState::Missed => "missed",
            ClockState::Lapsed => "lapsed",
            ClockState::Unknown => "unknown",
        }
    }
}

impl Instance<'_> {
    /// Whether nothing has ended it yet.
    pub(crate) fn open(&self) -> bool {
        self.ended_by.is_none()
    }

    /// Whether the limit was kept, once decided.
    pub fn met(&self) -> Option<bool> {
        match self.state {
            ClockState::Met => Some(true),
            ClockState::Missed | ClockState::Overdue => Some(false),
            _ => None,
        }
    }

    /// The year that its due needs and that its calendar lacks.
    pub(crate) fn missing_year(&self) -> Option<&MissingYear> {
        match &self.undue {
            Some(Undue::MissingYear(missing)) => Some(missing),
            _ => None,
        }
    }

    /// Seconds until the due, negative once it has passed; `None` if it is paused or has ended.
    pub(crate) fn remaining(&self, now: Timestamp) -> Option<i64> {
        let due = self.due.filter(|_| self.open())?;
        Some(due.as_second() - now.as_second())
    }
}

/// Every instance of every clock of a case at `now`, by clock in the order of the policy, then by start.
///
/// The replay must end at `now`. A due at exactly `now` has not passed yet.
pub fn instances<'p>(
    replay: &Replay<'_>,
    rules: &'p Rules,
    book: &RuleBook,
    now: Timestamp,
) -> Vec<Instance<'p>> {
    courses(replay, rules, book, now).filter_map(|course| course.follow()).collect()
}

/// The open instance that is due first; then one whose due is unknown, then one that is paused.
pub(crate) fn next_due<'i, 'p>(clocks: &'i [Instance<'p>]) -> Option<&'i Instance<'p>> {
    let open = clocks.iter().filter(|clock| clock.open());
    open.min_by_key(|clock| (clock.due.unwrap_or(Timestamp::MAX), clock.state == ClockState::Paused))
}

/// The courses of all instances, by clock in the order of the policy, then by start; computed lazily.
fn courses<'c, 'r, 'p, 'b>(
    replay: &'r Replay<'c>,
    rules: &'p Rules,
    book: &'b RuleBook,
    now: Timestamp,
) -> impl Iterator<Item = Course<'c, 'r, 'p, 'b>> {
    rules.clocks_by_name().into_iter().flat_map(move |named| {
        let runs: Vec<Vec<Run>> = named.iter().map(|clock| runs(replay, clock)).collect();
        let mut starts: Vec<usize> = runs.iter().flatten().map(|run| run.start).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().map(move |start| {
            let rules = named.iter().zip(&runs).map(|(clock, runs)| {
                let run = runs.binary_search_by_key(&start, |run| run.start).ok();
                (*clock, run.and_then(|run| Candidate::new(clock, runs[run], replay, book)))
            });
            Course { replay, now, start, rules: rules.collect() }
        })
    })
}

/// The part of a history from a start event to the event that ended it.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: Option<End>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    step: usize,
    /// Whether the expected step ended it, and not only the end of the case.
    stop: bool,
}

/// The runs of one rule by start, for any attributes of the case. A run begins only when the one before has ended.
fn runs(replay: &Replay<'_>, clock: &Clock) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, step) in replay.steps.iter().enumerate() {
        if let Some(run) = runs.last_mut().filter(|run| run.end.is_none()) {
            let stop = clock.stops(step) && !step.state.voided;
            if stop || step.ends() || step.voids() {
                run.end = Some(End { step: at, stop });
            } else {
                continue;
            }
        }
        if clock.starts(step) && !step.state.voided {
            runs.push(Run { start: at, end: None });
        }
    }
    runs
}

/// A rule that may come into force during an instance, with the due that it would set.
struct Candidate<'p, 'b> {
    clock: &'p Clock,
    run: Run,
    started: Timestamp,
    term: Term,
    pauses: Pauses,
    terms: Terms<'b>,
    /// Computed once, for any number of events that are compared with it.
    due: OnceCell<Result<Option<Timestamp>, Undue>>,
}

/// Where the due of an instance comes from.
#[derive(Debug, Clone, Copy)]
enum Term {
    /// A limit, counted from the start.
    Within(Limit),
    /// The instant in the event that started it.
    Stated(Timestamp),
}

impl<'p, 'b> Candidate<'p, 'b> {
    /// `None` if nothing sets a due.
    fn new(clock: &'p Clock, run: Run, replay: &Replay<'_>, book: &'b RuleBook) -> Option<Candidate<'p, 'b>> {
        let first = &replay.steps[run.start];
        let until = run.end.map_or(replay.steps.len(), |end| end.step);
        let mut ended = Vec::new();
        let mut since = None;
        for step in &replay.steps[run.start..until] {
            match (since, clock.pause.contains(&step.state.status)) {
                (None, true) => since = Some(step.at),
                (Some(from), false) => {
                    ended.push((from, step.at));
                    since = None;
                }
                _ => {}
            }
        }
        if let (Some(from), Some(end)) = (since, run.end) {
            ended.push((from, replay.steps[end.step].at));
            since = None;
        }
        let pauses = Pauses::new(ended, since);
        let calendar = clock.calendar.and_then(|at| book.calendars.get(at));
        let terms = Terms { zone: &book.shop.zone, calendar };
        let stated = clock.stated_due(first.event, terms).map(Term::Stated);
        let term = stated.or(clock.within.map(Term::Within))?;
        Some(Candidate { clock, run, started: first.at, term, pauses, terms, due: OnceCell::new() })
    }

    /// How long it may run, unless its due is stated.
    fn limit(&self) -> Option<Limit> {
        match self.term {
            Term::Within(limit) => Some(limit),
            Term::Stated(_) => None,
        }
    }

    /// How long it was paused until `end`.
    fn paused(&self, end: Timestamp) -> SignedDuration {
        let pauses = self.pauses.ended_by(end);
        let lengths = pauses.within(self.started, end).map(|(from, to)| to.duration_since(from));
        lengths.fold(SignedDuration::ZERO, |sum, length| sum + length)
    }

    /// When it is due; `None` while it is paused.
    ///
    /// # Errors
    /// [`Undue`] if a limit in working units needs a year that its calendar does not have.
    fn due(&self) -> Result<Option<Timestamp>, Undue> {
        self.due.get_or_init(|| self.compute_due()).clone()
    }

    fn compute_due(&self) -> Result<Option<Timestamp>, Undue> {
        let limit = match self.term {
            Term::Within(limit) => limit,
            Term::Stated(due) => return Ok(Some(due)),
        };
        match limit.due(self.started, &self.pauses, self.terms)? {
            Due::At(due) => Ok(Some(due)),
            Due::Unknown => Ok(None),
        }
    }

    /// The share of its time that is used up at `now`.
    fn used(&self, now: Timestamp) -> Result<f64, Undue> {
        match self.term {
            Term::Within(limit) => limit.used(self.started, now, &self.pauses, self.terms),
            Term::Stated(due) => {
                let (used, whole) = (now.duration_since(self.started), due.duration_since(self.started));
                Ok(if whole.is_positive() { used.div_duration_f64(whole) } else { 1.0 })
            }
        }
    }
}

/// The course of one instance from its start.
struct Course<'c, 'r, 'p, 'b> {
    replay: &'r Replay<'c>,
    now: Timestamp,
    start: usize,
    /// The rules of the clock's name, in their order; a rule that this start does not start sets no due.
    rules: Vec<(&'p Clock, Option<Candidate<'p, 'b>>)>,
}

impl<'p, 'b> Course<'_, '_, 'p, 'b> {
    /// Goes from event to event until the instance ends; `None` if no rule applies to it.
    fn follow(&self) -> Option<Instance<'p>> {
        let steps = &self.replay.steps;
        let runs = self.rules.iter().filter_map(|(_, candidate)| candidate.as_ref());
        let last = runs.map(|it| it.run.end.map_or(steps.len() - 1, |end| end.step)).max()?;
        // After the last end of any of its rules, none of them is in force
        for at in self.start..=last {
            if let Some((candidate, end)) = self.ending(at) {
                return self.ended(candidate, end);
            }
            let Some(candidate) = self.in_force(at) else { continue };
            let until = steps.get(at + 1).map_or(self.now, |next| next.at);
            match candidate.due() {
                Ok(Some(due)) if due < until => {
                    return Some(self.missed(candidate, due, due.max(steps[at].at), at));
                }
                Err(undue) if undue.earliest_due(candidate.terms.zone) < until => {
                    return Some(self.unknown(candidate, undue, at));
                }
                // It is not decided before the next event
                Ok(_) | Err(_) => {}
            }
        }
        self.in_force(steps.len() - 1).map(|candidate| self.open(candidate))
    }

    /// The first rule that matches the case after the event at `at`, unless it has ended before.
    fn in_force(&self, at: usize) -> Option<&Candidate<'p, 'b>> {
        let state = &self.replay.steps[at].state;
        let (_, ruling) = self.rules.iter().find(|(clock, _)| clock.when.fits(state))?;
        ruling.as_ref().filter(|candidate| candidate.run.end.is_none_or(|end| end.step >= at))
    }

    /// What the event at `at` ends: under the rule that was in force before it, else under the rule that it brings into
    /// force.
    fn ending(&self, at: usize) -> Option<(&Candidate<'p, 'b>, End)> {
        let before = at.checked_sub(1).filter(|before| *before >= self.start)?;
        let mut rules = self.in_force(before).into_iter().chain(self.in_force(at));
        rules.find_map(|rule| Some((rule, rule.run.end.filter(|end| end.step == at)?)))
    }

    /// It ended before it was decided; late only if the event that ended it also brought the rule into force. `None` if the
    /// case was declared void: then it is withdrawn.
    fn ended(&self, candidate: &Candidate<'p, 'b>, end: End) -> Option<Instance<'p>> {
        let at = self.replay.steps[end.step].at;
        if self.replay.steps[end.step].voids() {
            return None;
        }
        let due = match candidate.due() {
            Ok(Some(due)) if due < at => return Some(self.missed(candidate, due, at, end.step)),
            Ok(due) => due,
            Err(undue) if undue.earliest_due(candidate.terms.zone) < at => {
                return Some(self.unknown(candidate, undue, end.step));
            }
            Err(_) => None,
        };
        let state = if end.stop { ClockState::Met } else { ClockState::Lapsed };
        let decided = end.stop.then_some(at);
        Some(self.instance(candidate, state, due, decided, end.step - usize::from(!end.stop)))
    }

    /// What decides it cannot be computed after the event at `step`.
    fn unknown(&self, candidate: &Candidate<'p, 'b>, undue: Undue, step: usize) -> Instance<'p> {
        let instance = self.instance(candidate, ClockState::Unknown, None, None, step);
        Instance { undue: Some(undue), ..instance }
    }

    fn missed(
        &self,
        candidate: &Candidate<'p, 'b>,
        due: Timestamp,
        decided: Timestamp,
        step: usize,
    ) -> Instance<'p> {
        let state = if candidate.run.end.is_some() { ClockState::Missed } else { ClockState::Overdue };
        self.instance(candidate, state, Some(due), Some(decided), step)
    }

    /// Neither ended nor decided.
    fn open(&self, candidate: &Candidate<'p, 'b>) -> Instance<'p> {
        let last = self.replay.steps.len() - 1;
        let used = candidate.due().and_then(|due| match due {
            Some(due) => Ok(Some((due, candidate.used(self.now)?))),
            None => Ok(None),
        });
        match used {
            Ok(Some((due, used))) if used >= candidate.clock.warn => {
                self.instance(candidate, ClockState::Warning, Some(due), None, last)
            }
            Ok(Some((due, _))) => self.instance(candidate, ClockState::Running, Some(due), None, last),
            Ok(None) => self.instance(candidate, ClockState::Paused, None, None, last),
            Err(undue) => self.unknown(candidate, undue, last),
        }
    }

    fn instance(
        &self,
        candidate: &Candidate<'p, 'b>,
        state: ClockState,
        due: Option<Timestamp>,
        decided: Option<Timestamp>,
        step: usize,
    ) -> Instance<'p> {
        let first = &self.replay.steps[self.start];
        let ended_by = candidate.run.end.map(|end| end.step);
        let stopped = ended_by.map(|step| self.replay.steps[step].at);
        Instance {
            rule: candidate.clock,
            round: first.state.round,
            limit: candidate.limit(),
            started: first.at,
            started_by: self.start,
            ended_by,
            stopped,
            due,
            state,
            undue: None,
            decided,
            step,
            paused: candidate.paused(stopped.unwrap_or(self.now)),
        }
    }
}

#[cfg(test)]
mod tests;
