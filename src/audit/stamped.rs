use std::collections::{BTreeMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::Question;
use super::commit::Commit;
use super::life::Trace;
use crate::case::Event;
use crate::ledger::Found;

/// An event as it stands, with the commit that brought it in.
pub(super) struct Stamped<'a> {
    pub found: &'a Found,
    /// Its place in the file.
    pub index: usize,
    pub event: &'a Event,
    /// The commit's place in the chronicle.
    pub at: usize,
    pub commit: &'a Commit,
    /// The commit made it of another event.
    pub changed: bool,
    /// The latest stamp that its author has reason to give it, whatever their clock says: behind what older commits
    /// have of the case each event of a commit is put a second later.
    pub behind: Option<Timestamp>,
}

impl Stamped<'_> {
    /// Whether the commit can be held against the stamp: it is not one that only knows what older ones had, and the
    /// event is not told of already as one that was changed.
    pub(super) fn is_judged(&self) -> bool {
        !self.commit.cut_off && !self.commit.brings_records() && !self.changed
    }
}

/// The events of a case that somebody did. What a merge notes of its own is none: it has the stamp of another.
pub(super) fn of<'a>(question: &'a Question<'a>, found: &'a Found) -> impl Iterator<Item = Stamped<'a>> {
    let chronicle = question.chronicle;
    let life = chronicle.lives.get(&found.standing.name);
    let stands = life.map(|life| life.places(&found.case.history)).unwrap_or_default();
    let traced = |(index, event): (usize, &'a Event)| {
        let trace: &Trace = life?.trace(event)?;
        Some((index, event, trace.brought?, life?.was(trace, &stands).is_some()))
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
        let commit = &chronicle.commits[at];
        let noted = event.is_of_merge() && others.contains(&event.at.instant());
        let stamped =
            Stamped { found, index, event, at, commit, changed, behind: behind.get(&at).copied().flatten() };
        (!(noted && (commit.parents > 1 || commit.command))).then_some(stamped)
    })
}

/// By commit, a second behind the newest stamp of those before it for each event that it has.
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
