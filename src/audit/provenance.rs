//! Where every event comes from: which commit added it, which changed or removed it.
//!
//! Commits are taken parents first. Two events are the same if all that they say is the same. Two files are of the same
//! case if they have the same name, in whatever directory. Each distinct event is kept once, however many versions of its
//! file there were.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::commit::{Commit, UndoKind};
use crate::case::Event;

mod of_case;

#[cfg(test)]
mod tests;

pub(crate) use of_case::CaseVersion;
use of_case::{AtCommit, CaseChange, key};
pub(super) use of_case::{CaseProvenance, EventProvenance};

/// A version that could not be read.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    /// The commit that added it.
    pub commit: usize,
    /// Its path then.
    pub path: PathBuf,
}

/// What a commit made of one file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileChange<'v> {
    /// The file's name without its ending: the id.
    pub name: &'v str,
    /// Where it is, or was.
    pub path: &'v Path,
    /// What it was.
    pub old: FileState<'v>,
    /// What it is.
    pub new: FileState<'v>,
}

/// A file before or after a commit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FileState<'v> {
    /// There is none.
    Nothing,
    /// It has these events.
    Events(&'v [usize]),
    /// It cannot be read.
    Unread,
}

/// The whole history.
#[derive(Debug, Clone, Default)]
pub(crate) struct LedgerProvenance {
    /// The commits in the order in which they were taken.
    pub commits: Vec<Commit>,
    /// The cases by id.
    pub cases: BTreeMap<String, CaseProvenance>,
    /// Versions that could not be read.
    pub unread: Vec<Unread>,
    /// The first commit that has anything of the ledger.
    pub first: Option<usize>,
}

/// A commit made by hand that begins as many cases as this adds other records: nobody writes them one by one.
const BULK: usize = 10;

impl LedgerProvenance {
    /// The events of a version of a case as places, for [`LedgerProvenance::take`].
    pub(crate) fn version(&mut self, name: &str, history: &[Event]) -> CaseVersion {
        let case = self.cases.entry(name.to_owned()).or_default();
        history.iter().map(|event| case.place(event)).collect()
    }

    /// Takes the next commit, with what it changed against each of its parents from which it differs.
    pub(crate) fn take<'v>(&mut self, commit: Commit, steps: impl IntoIterator<Item = Vec<FileChange<'v>>>) {
        let at = self.commits.len();
        let (parents, undo) = (commit.parents, commit.undo == UndoKind::Whole);
        self.commits.push(commit);
        let steps: Vec<Vec<FileChange<'v>>> = steps.into_iter().collect();
        if steps.iter().any(|changes| !changes.is_empty()) {
            self.first.get_or_insert(at);
        }
        let begun = steps.iter().flatten().filter(|change| self.begins(change)).count();
        let commit = &mut self.commits[at];
        commit.bulk = !commit.command && begun >= BULK;
        let steps: Vec<BTreeMap<&str, CaseChange>> =
            steps.iter().map(|changes| self.case_changes(at, changes)).collect();
        let renamed: Vec<(&str, &str)> = steps.iter().flat_map(|changes| self.renamed(changes)).collect();
        let mut cases: BTreeMap<&str, Vec<CaseChange>> = BTreeMap::new();
        for (name, change) in steps.into_iter().flatten() {
            cases.entry(name).or_default().push(change);
        }
        for (name, changes) in cases {
            let by = AtCommit { commit: at, undo, follows: changes.len() < parents };
            self.cases.entry(name.to_owned()).or_default().apply(by, &changes);
        }
        renamed.into_iter().for_each(|(from, to)| self.rename(from, to));
    }

    /// Whether a case has nothing before this change.
    fn begins(&self, change: &FileChange<'_>) -> bool {
        let case = self.cases.get(change.name);
        matches!((change.old, change.new), (FileState::Nothing, FileState::Events(_)))
            && case.is_none_or(|case| case.events.iter().all(|entry| entry.added.is_none()))
    }

    /// What a commit did to each case against one parent.
    fn case_changes<'v>(&mut self, commit: usize, files: &[FileChange<'v>]) -> BTreeMap<&'v str, CaseChange> {
        let mut changes: BTreeMap<&str, CaseChange> = BTreeMap::new();
        for file in files {
            let change = changes.entry(file.name).or_default();
            match file.old {
                FileState::Events(events) => change.old.extend(events),
                FileState::Unread => change.old_unread = true,
                FileState::Nothing => {}
            }
            match file.new {
                FileState::Events(events) => change.new.extend(events),
                FileState::Unread => {
                    change.new_unread = true;
                    self.unread.push(Unread { commit, path: file.path.to_owned() });
                }
                FileState::Nothing => continue,
            }
            self.cases.entry(file.name.to_owned()).or_default().path = file.path.to_owned();
        }
        // The contents of a file that cannot be read are unknown: the next version that can be read is compared with
        // all that the case had.
        changes.retain(|_, change| !change.new_unread);
        for (name, change) in changes.iter_mut().filter(|(_, change)| change.old_unread) {
            change.old.extend(self.cases.get(*name).into_iter().flat_map(CaseProvenance::present));
        }
        changes
    }

    /// The cases that were given another id, each with it: the old one has lost all its events, the new one has all of
    /// them and had none.
    fn renamed<'v>(&self, changes: &BTreeMap<&'v str, CaseChange>) -> Vec<(&'v str, &'v str)> {
        let keys = |name: &str, places: &BTreeSet<usize>| -> BTreeSet<String> {
            let events = self.cases.get(name).map_or(&[][..], |case| &case.events);
            places.iter().map(|place| key(&events[*place].event)).collect()
        };
        let begun = changes.iter().filter(|(_, change)| change.old.is_empty() && !change.new.is_empty());
        let begun: Vec<_> = begun.map(|(name, change)| (*name, keys(name, &change.new))).collect();
        // A case that has all of them has the first
        let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, has)) in begun.iter().enumerate() {
            has.iter().for_each(|key| having.entry(key).or_default().push(at));
        }
        let mut renamed = Vec::new();
        for (from, change) in changes {
            if begun.is_empty() || change.old.is_empty() || !change.old.is_disjoint(&change.new) {
                continue;
            }
            let had = keys(from, &change.old);
            let first = had.first().and_then(|key| having.get(key.as_str()));
            let to = first.into_iter().flatten().find(|at| had.is_subset(&begun[**at].1));
            renamed.extend(to.map(|at| (*from, begun[*at].0)));
        }
        renamed
    }

    /// A case that was given another id in this commit keeps its past.
    fn rename(&mut self, from: &str, to: &str) {
        let Some(mut old) = self.cases.remove(from) else { return };
        if let Some(new) = self.cases.get_mut(to) {
            for entry in old.events.iter_mut().filter(|entry| entry.removed.is_some()) {
                if let Some(place) = new.place_of(&entry.event) {
                    entry.moved = true;
                    new.events[place].added = entry.added;
                }
            }
        }
        self.cases.insert(from.to_owned(), old);
    }
}
