//! The input of the audit: every event of the cases, with the commit that added it.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::commit::Commit;
use super::provenance::{EventProvenance, LedgerProvenance};
use crate::case::Event;
use crate::ledger::Found;
use crate::policy::{RuleBook, Shop};
use crate::report::Period;

/// What is audited.
pub(crate) struct AuditInput<'a> {
    /// What each commit changed in the cases.
    pub provenance: &'a LedgerProvenance,
    /// The cases as the last commit has them.
    pub cases: &'a [Found],
    /// The rules as the last commit has them.
    pub book: &'a RuleBook,
    /// The shop at each commit of the provenance.
    pub shops: &'a Shops,
    /// How much later than its stamp an event may be committed.
    pub within: SignedDuration,
    /// Only stamps in it; `None`: all.
    pub period: Option<&'a Period>,
}

impl<'a> AuditInput<'a> {
    /// The cases of the last commit, by the name of their file.
    pub(super) fn case_by_name(&self) -> HashMap<&'a str, &'a Found> {
        self.cases.iter().map(|found| (found.case_path.name.as_str(), found)).collect()
    }

    /// Whether a stamp is in the period that is audited.
    pub(super) fn holds(&self, at: Timestamp) -> bool {
        self.period.is_none_or(|period| period.holds(at))
    }

    /// The shop at a commit; the current one if there is none that can be read.
    pub(super) fn shop(&self, commit: usize) -> &Shop {
        self.shops.at(commit).unwrap_or(&self.book.shop)
    }
}

/// The shop at each commit.
#[derive(Debug, Default)]
pub(crate) struct Shops {
    /// Each version that can be read, once.
    pub all: Vec<Shop>,
    /// By commit, its place in `all`; `None` if neither the commit nor one before it has a version that can be read.
    pub at: Vec<Option<usize>>,
}

impl Shops {
    fn at(&self, commit: usize) -> Option<&Shop> {
        self.at.get(commit).copied().flatten().map(|place| &self.all[place])
    }
}

/// An event of the last commit, with the commit that added it.
pub(super) struct Stamped<'a> {
    pub found: &'a Found,
    /// Its place in the file.
    pub index: usize,
    pub event: &'a Event,
    /// The commit's place in the provenance.
    pub at: usize,
    pub commit: &'a Commit,
    /// The commit changed another event into it.
    pub changed: bool,
    /// The latest stamp that the author may have given it, even if their clock was behind: `fb` puts each event of a
    /// commit a second after the newest one of older commits.
    pub behind: Option<Timestamp>,
}

impl Stamped<'_> {
    /// Whether the stamp is compared with the commit: not if the commit only has what older ones had, nor if the event is
    /// already reported as changed.
    pub(super) fn is_judged(&self) -> bool {
        !self.commit.cut_off && !self.commit.adds_records() && !self.changed
    }
}

/// The events of a case that a person recorded. A note of a merge is none: it has the stamp of another event.
pub(super) fn stamped<'a>(input: &'a AuditInput<'a>, found: &'a Found) -> impl Iterator<Item = Stamped<'a>> {
    let provenance = input.provenance;
    let case = provenance.cases.get(&found.case_path.name);
    let stands = case.map(|case| case.places(&found.case.history)).unwrap_or_default();
    let traced = |(index, event): (usize, &'a Event)| {
        let entry: &EventProvenance = case?.event(event)?;
        Some((index, event, entry.added?, case?.previous(entry, &stands).is_some()))
    };
    let events: Vec<_> = found.case.history.iter().enumerate().filter_map(traced).collect();
    let behind = behind(events.iter().map(|(_, event, at, _)| (*at, event.at.instant())));
    let others: HashSet<Timestamp> = found
        .case
        .history
        .iter()
        .filter(|event| !event.is_of_merge())
        .map(|event| event.at.instant())
        .collect();
    events.into_iter().filter_map(move |(index, event, at, changed)| {
        let commit = &provenance.commits[at];
        let noted = event.is_of_merge() && others.contains(&event.at.instant());
        let stamped =
            Stamped { found, index, event, at, commit, changed, behind: behind.get(&at).copied().flatten() };
        (!(noted && (commit.parents > 1 || commit.command))).then_some(stamped)
    })
}

/// By commit: the newest stamp of the commits before it, plus a second for each event that it has.
fn behind(events: impl Iterator<Item = (usize, Timestamp)>) -> BTreeMap<usize, Option<Timestamp>> {
    let mut commits: BTreeMap<usize, (Timestamp, i64)> = BTreeMap::new();
    for (commit, said) in events {
        let (newest, count) = commits.entry(commit).or_insert((said, 0));
        (*newest, *count) = ((*newest).max(said), *count + 1);
    }
    let mut seen: Option<Timestamp> = None;
    let next = |(commit, (newest, count)): (usize, (Timestamp, i64))| {
        let later = |seen: Timestamp| seen.checked_add(SignedDuration::from_secs(count));
        let behind = seen.map(|seen| later(seen).unwrap_or(Timestamp::MAX));
        seen = seen.max(Some(newest));
        (commit, behind)
    };
    commits.into_iter().map(next).collect()
}
