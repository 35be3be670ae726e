//! `[handover]`: how long the deadline of a hand-over runs. Every policy has the clock, with or without this section.

use super::{RuleReader, WARN, clause_of};
use crate::case::EventName;
use crate::clock::Trigger;
use crate::policy::rules::{Clock, HANDOVER};
use crate::policy::say;
use crate::policy::when::When;
use crate::toml_file::{TomlKeys, TomlValue};

/// The department has done its work, or it is no longer needed.
const STOP: [EventName; 6] = [
    EventName::Diagnosed,
    EventName::Proposed,
    EventName::Resolved,
    EventName::Returned,
    EventName::Rejected,
    EventName::Closed,
];

const KEYS: TomlKeys = TomlKeys { needed: &[], optional: &["stop", "warn", "clause"] };

impl RuleReader<'_> {
    /// The clock of hand-overs, with the settings of `[handover]`.
    pub(super) fn handover(&self, value: Option<TomlValue<'_>>) -> Clock {
        let mut clock = Clock {
            name: HANDOVER.to_owned(),
            label: say::handover(),
            clause: None,
            line: value.as_ref().and_then(|value| value.at.place().line),
            when: When::default(),
            start: vec![Trigger::Event(EventName::Assigned)],
            stop: STOP.map(Trigger::Event).to_vec(),
            within: None,
            stated: true,
            warn: WARN,
            by_status: self.edition >= 2,
            leaving: None,
            pause: Vec::new(),
            calendar: None,
        };
        if let Some(table) = value.and_then(|value| value.table_of(&KEYS)) {
            if table.has("stop") {
                clock.stop = self.triggers(&table, "stop");
            }
            clock.warn = table.share("warn").unwrap_or(WARN);
            clock.clause = clause_of(&table);
        }
        // A department that passes the work on no longer has a deadline for it.
        clock.stop.push(Trigger::Event(EventName::Assigned));
        clock
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{HANDOVER, RuleBook};

    fn read(policy: &str) -> Result<RuleBook, Vec<String>> {
        let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\n".to_owned();
        let policy = ("policy/base.toml".into(), policy.to_owned());
        let told = |finding: crate::error::Finding| format!("{} {}", finding.place, finding.message);
        RuleBook::read(&("fb.toml".into(), shop), &[], &[policy])
            .map_err(|findings| findings.into_iter().map(told).collect())
    }

    /// The clock's line, what ends it, its warning and its clause.
    fn clock(policy: &str) -> (Option<usize>, Vec<String>, f64, Option<String>) {
        let book = read(policy).unwrap();
        let clock = book.on(jiff::civil::date(2026, 11, 23)).clocks.last().unwrap().clone();
        assert_eq!((clock.name.as_str(), clock.within), (HANDOVER, None));
        (clock.line, clock.stop.iter().map(|stop| stop.word()).collect(), clock.warn, clock.clause)
    }

    #[test]
    fn every_policy_has_it_and_may_set_it() {
        let stop = ["diagnosed", "proposed", "resolved", "returned", "rejected", "closed", "assigned"];
        let stop: Vec<String> = stop.map(str::to_owned).to_vec();
        assert_eq!(clock("title = 'none'\n"), (None, stop.clone(), 0.75, None));
        let said = "title = 'some'\n[handover]\nwarn = 0.5\nclause = 'S2.4.2'\n";
        assert_eq!(clock(said), (Some(2), stop, 0.5, Some("S2.4.2".to_owned())));
        let own = "[handover]\nstop = 'accepted'\n";
        assert_eq!(clock(own), (Some(1), vec!["accepted".to_owned(), "assigned".to_owned()], 0.75, None));
    }

    #[test]
    fn all_that_is_wrong_is_reported_with_its_place() {
        let policy = "[handover]\nstop = ['diagnosed', 'cleaned']\nwarn = 2\nwithin = '2d'\nclause = 5\n\
            [[clock]]\nname = 'handover'\nstart = 'assigned'\nstop = 'returned'\nwithin = '2d'\n";
        let mut told = read(policy).unwrap_err();
        told.sort();
        assert_eq!(
            told,
            [
                "policy/base.toml:2:22 there is no event or milestone `cleaned`",
                "policy/base.toml:3:8 `warn` must be between 0 and 1, such as 0.75",
                "policy/base.toml:4:1 `within` is not a key of [handover]",
                "policy/base.toml:5:10 `clause` must be text in quotation marks, not a number",
                "policy/base.toml:7:8 `handover` is reserved for the deadlines of hand-overs",
            ]
        );
    }
}
