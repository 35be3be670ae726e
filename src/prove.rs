//! Does a rule book hold? Every state that a case can get to is tried, not by examples but by search.
//!
//! Bounded model checking: from every receipt that the rules tell apart, everything that people can do is done, in memory and
//! under the same questions that the commands ask, until no new state is found or there are too many. The time is abstract:
//! before, at and after each due. What the rules ask for is then looked for in each history a second time.
//!
//! Pure: it knows the rules and the events, and no file.

mod laws;
mod moves;
mod reading;
mod say;
mod story;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::case::{Kind, Stamp};
use crate::lang::{Lang, Text};
use crate::policy::{Clause, RuleBook, Rules};
use laws::ClockSeen;
use moves::Vocabulary;
pub(crate) use moves::{AGENT, COLLEAGUE};
use walk::Walk;

/// So many states of a kind of case are followed, if nobody says otherwise.
pub(crate) const MOST_STATES: usize = 30_000;

/// What a rule book promises of every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Law {
    /// No case gets to a status without what the rules ask for there.
    Evaded,
    /// No limit goes uncounted because a case ends before anything was done.
    EndedAtOnce,
    /// No case is closed before a limit of a step has passed, without that step.
    LeftOut,
    /// No rule is avoided by not saying what it depends on.
    Undetermined,
    /// Every open case is named some day if nothing more happens: it is overdue or stalled, or its calendar lacks a year.
    Unwatched,
    /// In every open state a step towards the end can be offered, which the rules allow there.
    Unadvised,
    /// From every open state an end can be reached.
    LockedIn,
    /// Every limit can be kept.
    NeverKept,
    /// Every limit can be missed.
    NeverMissed,
    /// Every rule applies to some case.
    Dead,
    /// Somebody holds every role that has to approve.
    UnheldRole,
}

impl Law {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Law::Evaded => "evaded",
            Law::EndedAtOnce => "ended-at-once",
            Law::LeftOut => "left-out",
            Law::Undetermined => "undetermined",
            Law::Unwatched => "unwatched",
            Law::Unadvised => "unadvised",
            Law::LockedIn => "locked-in",
            Law::NeverKept => "never-kept",
            Law::NeverMissed => "never-missed",
            Law::Dead => "dead",
            Law::UnheldRole => "unheld-role",
        }
    }
}

/// Where a rule book does not hold.
#[derive(Debug, Clone)]
pub(crate) struct Defect {
    pub law: Law,
    /// The rule, as a clause names it: `clock contact`.
    pub rule: String,
    /// The clause of the rule.
    pub clause: Option<String>,
    pub message: Text,
    /// The kind of case, if it is about one.
    pub kind: Option<Kind>,
    /// The shortest commands that lead there; empty if no single case shows it.
    pub way: Vec<String>,
}

impl Defect {
    /// What is the same in defects of one sort.
    fn sort(&self) -> (Law, String, Option<Kind>, String) {
        (self.law, self.rule.clone(), self.kind, self.message.to(Lang::En).to_owned())
    }
}

/// How many states were tried: of a kind of case, with what it needs and one clock. Clocks decide nothing for each other.
#[derive(Debug, Clone)]
pub(crate) struct Explored {
    pub kind: Kind,
    /// The clock that was looked at; `None`: what the kind needs.
    pub clock: Option<String>,
    pub states: usize,
    /// Ways from one state to another.
    pub steps: usize,
    /// The most commands on the way to a state.
    pub depth: usize,
    /// Whether every state was followed.
    pub complete: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Proof {
    pub explored: Vec<Explored>,
    pub defects: Vec<Defect>,
}

impl Proof {
    /// Whether a clause holds: `None` if none of its rules is about what is done with a case.
    pub(crate) fn holds(&self, clause: &Clause) -> Option<bool> {
        let broken = self.defects.iter().any(|defect| {
            defect.clause.as_deref() == Some(clause.code.as_str()) || clause.by.contains(&defect.rule)
        });
        let is_proved =
            |by: &String| ["clock ", "needs ", "approval "].iter().any(|sort| by.starts_with(sort));
        if broken { Some(false) } else { clause.by.iter().any(is_proved).then_some(true) }
    }
}

/// Proves the rules for cases that are received at this moment; at most so many states of each kind are followed.
pub(crate) fn prove(book: &RuleBook, rules: &Rules, begin: Stamp, most: usize) -> Proof {
    let seen: Vec<ClockSeen> = rules.clocks.iter().map(|_| ClockSeen::default()).collect();
    let mut proof = Proof { explored: Vec::new(), defects: Vec::new() };
    for kind in Kind::ALL {
        let clocks = rules.clock_names().into_iter().map(Some);
        for clock in std::iter::once(None).chain(clocks) {
            let words = Vocabulary::of(book, rules, kind, clock);
            if clock.is_some() && words.clocks().next().is_none() {
                continue;
            }
            let mut walk = Walk::through(words, book, rules, &seen, begin, most);
            proof.defects.extend(laws::judged(&mut walk, &seen));
            if clock.is_none() {
                proof.defects.extend(laws::of_the_needs(&walk));
            }
            proof.explored.push(walk.explored(kind, clock));
        }
    }
    let complete = proof.explored.iter().all(|explored| explored.complete);
    proof.defects.extend(laws::of_the_clocks(&rules.clocks, &seen, complete));
    proof.defects.extend(laws::of_the_roles(book, rules));
    let mut known = HashSet::new();
    proof.defects.sort_by_key(|defect| (defect.law, defect.way.len()));
    proof.defects.retain(|defect| known.insert(defect.sort()));
    proof
}
