//! `[waiting]`: how long a case may wait for the customer. Every policy has the clock, with or without this section: a wait
//! that names its last day is due at the end of it.

use super::{RuleReader, WARN, clause_of};
use crate::case::{EventName, Status};
use crate::clock::Trigger;
use crate::policy::rules::{Clock, WAITING};
use crate::policy::say;
use crate::policy::when::When;
use crate::toml_file::{TomlKeys, TomlValue};

const KEYS: TomlKeys = TomlKeys { needed: &[], optional: &["within", "calendar", "warn", "clause"] };

impl RuleReader<'_> {
    /// The clock of waits, with the settings of `[waiting]`. Without a limit only a wait that names its last day runs.
    pub(super) fn waiting(&self, value: Option<TomlValue<'_>>) -> Clock {
        let mut clock = Clock {
            name: WAITING.to_owned(),
            label: say::waiting(),
            clause: None,
            line: value.as_ref().and_then(|value| value.at.place().line),
            when: When::default(),
            start: vec![Trigger::Event(EventName::Waiting)],
            // A wait that goes on is a new one, with a day of its own
            stop: [EventName::Resumed, EventName::Waiting].map(Trigger::Event).to_vec(),
            within: None,
            stated: true,
            warn: WARN,
            by_status: false,
            leaving: Some(Status::Waiting),
            pause: Vec::new(),
            calendar: None,
        };
        if let Some(table) = value.and_then(|value| value.table_of(&KEYS)) {
            clock.within = self.within(&table);
            clock.calendar = self.calendar(&table, clock.within);
            clock.warn = table.share("warn").unwrap_or(WARN);
            clock.clause = clause_of(&table);
        }
        clock
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Limit;
    use crate::policy::rules::Clock;
    use crate::policy::{RuleBook, WAITING};

    fn read(policy: &str) -> Result<Clock, Vec<String>> {
        let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\n".to_owned();
        let policy = ("policy/base.toml".into(), policy.to_owned());
        let told = |finding: crate::error::Finding| format!("{} {}", finding.place, finding.message);
        let book = RuleBook::read(&("fb.toml".into(), shop), &[], &[policy]);
        let book = book.map_err(|findings| findings.into_iter().map(told).collect::<Vec<_>>())?;
        let clocks = &book.on(jiff::civil::date(2026, 11, 23)).clocks;
        Ok(clocks.iter().find(|clock| clock.name == WAITING).unwrap().clone())
    }

    #[test]
    fn every_policy_has_it_and_may_set_its_limit() {
        let plain = read("title = 'none'\n").unwrap();
        assert_eq!((plain.line, plain.within, plain.warn), (None, None, 0.75));
        let own = read("[waiting]\nwithin = '5d'\nwarn = 0.5\nclause = 'S2.3.2'\n").unwrap();
        assert_eq!((own.line, own.within, own.warn), (Some(1), Some(Limit::Days(5)), 0.5));
        assert_eq!(own.clause.as_deref(), Some("S2.3.2"));
    }

    #[test]
    fn all_that_is_wrong_is_reported_with_its_place() {
        let policy = "[waiting]\nwithin = '3wd'\nstop = 'resumed'\n\
            [[clock]]\nname = 'waiting'\nstart = 'waiting'\nstop = 'resumed'\nwithin = '2d'\n";
        let mut told = read(policy).unwrap_err();
        told.sort();
        assert_eq!(
            told,
            [
                "policy/base.toml:2:10 this limit counts working time, and the ledger has no calendar",
                "policy/base.toml:3:1 `stop` is not a key of [waiting]",
                "policy/base.toml:5:8 `waiting` is reserved for how long a case waits for the customer",
            ]
        );
    }
}
