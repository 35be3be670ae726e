//! `[stalled]`: after how long an open case on which no clock runs is reported. Every policy has it, with or without this
//! section.

use super::{RuleReader, clause_of};
use crate::case::Status;
use crate::clock::Limit;
use crate::policy::rules::StalledAfter;
use crate::policy::say;
use crate::toml_file::{TomlKeys, TomlValue};

/// `after`, and every status that a case can lie in.
const KEYS: TomlKeys = TomlKeys {
    needed: &[],
    optional: &[
        "after",
        "new",
        "triaged",
        "assigned",
        "investigating",
        "proposed",
        "approved",
        "waiting",
        "escalated",
        "resolved",
        "clause",
    ],
};

impl RuleReader<'_> {
    /// The limits of `[stalled]`.
    pub(super) fn stalled(&self, value: &TomlValue<'_>) -> StalledAfter {
        let mut stalled = StalledAfter { line: value.at.place().line, ..StalledAfter::default() };
        let Some(table) = value.table_of(&KEYS) else { return stalled };
        if let Some(limit) = table.get("after").and_then(|value| self.calendar_time(value)) {
            stalled.after = limit;
        }
        for status in Status::ALL {
            let limit = table.get(status.word()).and_then(|value| self.calendar_time(value));
            stalled.of.extend(limit.map(|limit| (status, limit)));
        }
        stalled.clause = clause_of(&table);
        stalled
    }

    /// A limit that needs no calendar.
    fn calendar_time(&self, value: TomlValue<'_>) -> Option<Limit> {
        let limit = self.limit(value.clone())?;
        if limit.in_working_units() {
            value.at.problem(say::stalled_in_working_time(), say::stalled_example());
            return None;
        }
        Some(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::KEYS;
    use crate::case::Status;
    use crate::clock::Limit;
    use crate::error::Finding;
    use crate::policy::RuleBook;
    use crate::policy::rules::StalledAfter;

    fn read(policy: &str) -> Result<StalledAfter, Vec<String>> {
        let shop = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\n".to_owned();
        let policy = ("policy/base.toml".into(), policy.to_owned());
        let told = |finding: Finding| format!("{} {}", finding.place, finding.message);
        let book = RuleBook::read(&("fb.toml".into(), shop), &[], &[policy]);
        let book = book.map_err(|findings| findings.into_iter().map(told).collect::<Vec<_>>())?;
        Ok(book.on(jiff::civil::date(2026, 11, 23)).stalled.clone())
    }

    #[test]
    fn every_policy_has_fourteen_days_and_may_set_them() {
        let plain = read("title = 'none'\n").unwrap();
        assert_eq!((plain.after, plain.line), (Limit::Days(14), None));
        assert_eq!(plain.limit(Status::Waiting), Limit::Days(14));
        let own =
            read("title = 'some'\n[stalled]\nafter = '30d'\nwaiting = '72h'\nclause = 'S1.5'\n").unwrap();
        assert_eq!((own.line, own.clause.as_deref()), (Some(2), Some("S1.5")));
        let limits = [Status::New, Status::Waiting].map(|status| own.limit(status));
        assert_eq!(limits, [Limit::Days(30), Limit::Hours(72)]);
        // A status alone leaves the others as they are
        assert_eq!(read("[stalled]\nresolved = '7d'\n").unwrap().after, Limit::Days(14));
    }

    #[test]
    fn every_status_that_a_case_can_lie_in_may_have_its_own() {
        let open = Status::ALL.into_iter().filter(|status| !status.terminal()).map(Status::word);
        let keys: Vec<_> = std::iter::once("after").chain(open).chain(["clause"]).collect();
        assert_eq!(KEYS.optional, keys);
    }

    #[test]
    fn all_that_is_wrong_is_reported_with_its_place() {
        let policy = "[stalled]\nafter = 'never'\nwaiting = '3wd'\nclosed = '7d'\n";
        let mut told = read(policy).unwrap_err();
        told.sort();
        assert_eq!(
            told,
            [
                "policy/base.toml:2:9 `never` is not a time limit",
                "policy/base.toml:3:11 the time after which a case is stalled does not count working time",
                "policy/base.toml:4:1 `closed` is not a key of [stalled]",
            ]
        );
    }
}
