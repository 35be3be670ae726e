//! Explains the state of an instance: the rules that were in force, its pauses, and its days.

use jiff::Timestamp;

use super::{Course, Instance, Term, courses};
use crate::case::Replay;
use crate::clock::Account;
use crate::policy::rule_book::RuleBook;
use crate::policy::rules::{Clock, Rules};

/// An instance with its explanation.
#[derive(Debug, Clone)]
pub struct Explained<'p> {
    /// The instance.
    pub clock: Instance<'p>,
    /// The rules in force until it was decided or ended, each with the place in the replay of the event from which it
    /// was in force; empty if no rule matched.
    pub rules: Vec<(usize, Option<&'p Clock>)>,
    /// When it was paused; the last pause may not have ended.
    pub pauses: Vec<(Timestamp, Option<Timestamp>)>,
    /// The explanation of its due; `None` if the event that started it names it, or if it cannot be computed.
    pub account: Option<Account>,
}

/// Every instance of every clock, as in [`super::instances`], with its explanation.
pub fn explained<'p>(
    replay: &Replay<'_>,
    rules: &'p Rules,
    book: &RuleBook,
    now: Timestamp,
) -> Vec<Explained<'p>> {
    let mut all = Vec::new();
    for course in courses(replay, rules, book, now) {
        all.extend(course.follow().map(|clock| course.explain(clock)));
    }
    all
}

impl<'p> Course<'_, '_, 'p, '_> {
    fn explain(&self, clock: Instance<'p>) -> Explained<'p> {
        let last = clock.ended_by.map_or(clock.step, |end| clock.step.min(end.saturating_sub(1)));
        let mut rules: Vec<(usize, Option<&'p Clock>)> = Vec::new();
        for at in self.start..=last.max(self.start) {
            let rule = self.in_force(at).map(|candidate| candidate.clock);
            if rules
                .last()
                .is_none_or(|(_, before)| before.map(std::ptr::from_ref) != rule.map(std::ptr::from_ref))
            {
                rules.push((at, rule));
            }
        }
        let candidate = self
            .rules
            .iter()
            .find(|(rule, _)| std::ptr::eq(*rule, clock.rule))
            .and_then(|(_, candidate)| candidate.as_ref());
        let (mut pauses, mut account) = (Vec::new(), None);
        if let Some(candidate) = candidate {
            let ended = candidate.pauses.within(Timestamp::MIN, Timestamp::MAX);
            pauses.extend(ended.map(|(from, to)| (from, Some(to))));
            pauses.extend(candidate.pauses.open_since().map(|since| (since, None)));
            if let Term::Within(limit) = candidate.term {
                account = limit.account(candidate.started, &candidate.pauses, candidate.terms).ok();
            }
        }
        Explained { clock, rules, pauses, account }
    }
}
