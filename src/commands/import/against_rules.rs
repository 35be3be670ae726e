//! Imported histories under the rules that hold for them: which limits are late, and what the rules ask for and the
//! histories do not have.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::calendar::MissingYear;
use crate::case::Case;
use crate::policy::{Beginning, Instance, RuleBook, breaches};
use crate::view::{Horizon, View, Viewed};

/// What is found in cases under their rules.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct AgainstRules {
    /// Time limits that were not kept, ended or still running.
    pub limits_late: usize,
    /// Those of them of which the history does not have the step: no event after the limit's start would have kept it.
    pub limits_without_step: usize,
    /// Steps, fields and approvals that the rules ask for and that were not there in time.
    pub steps_missing: usize,
    /// The cases with unknown limits, by the year that their calendar lacks.
    pub missing_years: BTreeMap<MissingYear, usize>,
    /// The last day on which a case with such a limit or without such a step was received.
    last: Option<Date>,
}

impl AgainstRules {
    /// The cases as they are at `horizon`.
    pub(super) fn of(cases: &[&Case], book: &RuleBook, horizon: Horizon) -> AgainstRules {
        let view = View::of(cases, book, horizon);
        let found = view.cases.par_iter().map(|viewed| AgainstRules::of_case(viewed, book));
        found.reduce(AgainstRules::default, AgainstRules::and)
    }

    fn of_case(viewed: &Viewed<'_>, book: &RuleBook) -> AgainstRules {
        let case = viewed.replay.case;
        let late = || viewed.clocks.iter().filter(|clock| clock.met() == Some(false));
        let limits_late = late().count();
        let limits_without_step = late().filter(|clock| !has_step(clock, viewed)).count();
        let breaches = breaches(book, book.rules(case), &viewed.replay);
        let steps_missing = breaches.iter().filter(|(_, breach)| breach.lack.is_some()).count();
        let missing_years = viewed.missing_years().into_iter().map(|missing| (missing.clone(), 1)).collect();
        let received = (limits_late + steps_missing > 0).then(|| book.shop.day(case.received_at()));
        AgainstRules { limits_late, limits_without_step, steps_missing, missing_years, last: received }
    }

    fn and(mut self, other: AgainstRules) -> AgainstRules {
        for (missing, cases) in other.missing_years {
            *self.missing_years.entry(missing).or_default() += cases;
        }
        AgainstRules {
            limits_late: self.limits_late + other.limits_late,
            limits_without_step: self.limits_without_step + other.limits_without_step,
            steps_missing: self.steps_missing + other.steps_missing,
            missing_years: self.missing_years,
            last: self.last.max(other.last),
        }
    }

    /// Whether the rules ask for more than the histories have.
    pub(super) fn is_short(&self) -> bool {
        self.limits_late + self.steps_missing > 0
    }

    /// The earliest day on which the rules can begin so that none of this is found; a case that was received today stays
    /// under its rules.
    pub(super) fn free_from(&self, book: &RuleBook, today: Date) -> Option<Date> {
        let day = self.last?.checked_add(1.day()).ok()?.min(today);
        (book.beginning(day) == Beginning::Possible).then_some(day)
    }
}

/// Whether an event after the limit's start is one that keeps it.
fn has_step(clock: &Instance<'_>, viewed: &Viewed<'_>) -> bool {
    viewed.replay.steps.iter().skip(clock.started_by + 1).any(|step| clock.rule.stops(step))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::casefile;
    use crate::policy::example;

    /// A customer who was not reached has to be called again: the attempt ends one limit and begins the next.
    const RULES: &str = "[[clock]]\nname = 'contact'\nstart = 'received'\nstop = 'contacted'\nwithin = '48h'\n\
        [[clock]]\nname = 'call'\nstart = ['resolved', 'followed-up:unreached']\nstop = 'followed-up'\nwithin = '24h'\n\
        [needs.complaint]\nclosed = 'resolved'\n";

    fn case(history: &str) -> Case {
        let text = format!(
            "id: 20261005-0aaaaa\nkind: complaint\ntitle: cup\nchannel: chat\nhistory:\n  \
             - received: 2026-10-05T23:30:00+08:00\n{history}"
        );
        casefile::read(text.as_bytes(), Path::new("cases/new/20261005-0aaaaa.yaml")).unwrap()
    }

    fn found(histories: &[&str]) -> AgainstRules {
        let cases: Vec<Case> = histories.iter().map(|history| case(history)).collect();
        let cases: Vec<&Case> = cases.iter().collect();
        let now = "2026-10-20T00:00:00+08:00".parse().unwrap();
        AgainstRules::of(&cases, &example::book(example::SHOP, None, RULES), Horizon::at(now))
    }

    fn numbers(histories: &[&str]) -> [usize; 3] {
        let found = found(histories);
        [found.limits_late, found.limits_without_step, found.steps_missing]
    }

    #[test]
    fn a_late_step_is_there_if_it_comes_after_the_start() {
        let in_time = "  - contacted: 2026-10-06T10:00:00+08:00\n";
        let late = "  - contacted: 2026-10-08T10:00:00+08:00\n";
        let ended = "  - closed: 2026-10-08T10:00:00+08:00\n";
        let after_the_end = "  - contacted: 2026-10-09T10:00:00+08:00\n";
        // The call of the 8th is the step of the first limit and begins the second, which nothing keeps
        let called = "  - contacted: 2026-10-06T10:00:00+08:00\n  - resolved: 2026-10-06T11:00:00+08:00\n  \
            - followed-up: 2026-10-08T11:00:00+08:00\n    outcome: unreached\n";
        for (history, expected) in [
            (in_time, [0, 0, 0]),
            (late, [1, 0, 0]),
            ("", [1, 1, 0]),
            (ended, [1, 1, 1]),
            (&format!("{ended}{after_the_end}"), [1, 0, 1]),
            (called, [2, 1, 0]),
        ] {
            assert_eq!(numbers(&[history]), expected, "{history}");
        }
        assert_eq!(numbers(&[in_time, late, "", ended, called]), [5, 3, 1]);
    }

    #[test]
    fn the_day_after_the_last_of_them_is_free_of_it_but_today_stays() {
        let in_time = "  - contacted: 2026-10-06T10:00:00+08:00\n";
        let book = |rules| example::book(example::SHOP, None, rules);
        let today = date(2026, 10, 20);
        assert_eq!(found(&[in_time]).free_from(&book(RULES), today), None);
        assert_eq!(found(&[in_time, ""]).free_from(&book(RULES), today), Some(date(2026, 10, 6)));
        assert_eq!(found(&[""]).free_from(&book(RULES), date(2026, 10, 5)), Some(date(2026, 10, 5)));
        assert_eq!(found(&[""]).free_from(&book(""), today), None);
    }
}
