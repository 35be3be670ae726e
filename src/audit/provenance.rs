//! The life of every event: which commit brought it in, which changed it or took it out.
//!
//! Commits are taken parents first. An event is the same as long as everything that it says is; a case is the same as
//! long as its file's name is, wherever the file stands. Each distinct event is kept once, however many versions of
//! its file there were.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::commit::{Commit, Undo};
use crate::case::Event;

mod of_case;

#[cfg(test)]
mod tests;

pub(crate) use of_case::Version;
use of_case::{By, Turn, key};
pub(super) use of_case::{Life, Trace};

/// A version that could not be read.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    /// The commit that brought it in.
    pub commit: usize,
    /// Its path then.
    pub path: PathBuf,
}

/// What a commit made of one file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change<'v> {
    /// The file's name without its ending: the id.
    pub name: &'v str,
    /// Where it stands, or stood.
    pub path: &'v Path,
    /// What it was.
    pub old: Side<'v>,
    /// What it is.
    pub new: Side<'v>,
}

/// A file before or after a commit.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side<'v> {
    /// There is none.
    Nothing,
    /// It has these events.
    Events(&'v [usize]),
    /// It cannot be read.
    Unread,
}

/// The whole history.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chronicle {
    /// The commits in the order in which they were taken.
    pub commits: Vec<Commit>,
    /// The cases by id.
    pub lives: BTreeMap<String, Life>,
    /// Versions that could not be read.
    pub unread: Vec<Unread>,
    /// The first commit that has anything of the ledger.
    pub first: Option<usize>,
}

/// A commit made by hand that begins as many cases as this brings in other records: nobody writes them one by one.
const BULK: usize = 10;

impl Chronicle {
    /// The events of a version of a case as places, for [`Chronicle::take`].
    pub(crate) fn version(&mut self, name: &str, history: &[Event]) -> Version {
        let life = self.lives.entry(name.to_owned()).or_default();
        history.iter().map(|event| life.place(event)).collect()
    }

    /// Takes the next commit, with what it changed against each of its parents from which it differs.
    pub(crate) fn take<'v>(&mut self, commit: Commit, steps: impl IntoIterator<Item = Vec<Change<'v>>>) {
        let at = self.commits.len();
        let (parents, undo) = (commit.parents, commit.undo == Undo::Whole);
        self.commits.push(commit);
        let steps: Vec<Vec<Change<'v>>> = steps.into_iter().collect();
        if steps.iter().any(|changes| !changes.is_empty()) {
            self.first.get_or_insert(at);
        }
        let begun = steps.iter().flatten().filter(|change| self.begins(change)).count();
        let commit = &mut self.commits[at];
        commit.bulk = !commit.command && begun >= BULK;
        let steps: Vec<BTreeMap<&str, Turn>> = steps.iter().map(|changes| self.turns(at, changes)).collect();
        let carried: Vec<(&str, &str)> = steps.iter().flat_map(|turns| self.carried(turns)).collect();
        let mut cases: BTreeMap<&str, Vec<Turn>> = BTreeMap::new();
        for (name, turn) in steps.into_iter().flatten() {
            cases.entry(name).or_default().push(turn);
        }
        for (name, turns) in cases {
            let by = By { commit: at, undo, follows: turns.len() < parents };
            self.lives.entry(name.to_owned()).or_default().turn(by, &turns);
        }
        carried.into_iter().for_each(|(from, to)| self.carry(from, to));
    }

    /// Whether a case has nothing before this change.
    fn begins(&self, change: &Change<'_>) -> bool {
        let life = self.lives.get(change.name);
        matches!((change.old, change.new), (Side::Nothing, Side::Events(_)))
            && life.is_none_or(|life| life.traces.iter().all(|trace| trace.brought.is_none()))
    }

    /// What a commit did to each case against one parent.
    fn turns<'v>(&mut self, commit: usize, changes: &[Change<'v>]) -> BTreeMap<&'v str, Turn> {
        let mut turns: BTreeMap<&str, Turn> = BTreeMap::new();
        for change in changes {
            let turn = turns.entry(change.name).or_default();
            match change.old {
                Side::Events(events) => turn.old.extend(events),
                Side::Unread => turn.old_unread = true,
                Side::Nothing => {}
            }
            match change.new {
                Side::Events(events) => turn.new.extend(events),
                Side::Unread => {
                    turn.new_unread = true;
                    self.unread.push(Unread { commit, path: change.path.to_owned() });
                }
                Side::Nothing => continue,
            }
            self.lives.entry(change.name.to_owned()).or_default().path = change.path.to_owned();
        }
        // What a file has that cannot be read nobody knows: the next version that can be read is held against all that
        // the case had.
        turns.retain(|_, turn| !turn.new_unread);
        for (name, turn) in turns.iter_mut().filter(|(_, turn)| turn.old_unread) {
            turn.old.extend(self.lives.get(*name).into_iter().flat_map(Life::standing));
        }
        turns
    }

    /// The cases that were given another id: the old one has nothing left of what it had, the new one has all of it
    /// and had nothing.
    fn carried<'v>(&self, turns: &BTreeMap<&'v str, Turn>) -> Vec<(&'v str, &'v str)> {
        let keys = |name: &str, places: &BTreeSet<usize>| -> BTreeSet<String> {
            let traces = self.lives.get(name).map_or(&[][..], |life| &life.traces);
            places.iter().map(|place| key(&traces[*place].event)).collect()
        };
        let begun = turns.iter().filter(|(_, turn)| turn.old.is_empty() && !turn.new.is_empty());
        let begun: Vec<_> = begun.map(|(name, turn)| (*name, keys(name, &turn.new))).collect();
        // Whoever has all of them has the first
        let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, has)) in begun.iter().enumerate() {
            has.iter().for_each(|key| having.entry(key).or_default().push(at));
        }
        let mut carried = Vec::new();
        for (from, turn) in turns {
            if begun.is_empty() || turn.old.is_empty() || !turn.old.is_disjoint(&turn.new) {
                continue;
            }
            let had = keys(from, &turn.old);
            let first = had.first().and_then(|key| having.get(key.as_str()));
            let to = first.into_iter().flatten().find(|at| had.is_subset(&begun[**at].1));
            carried.extend(to.map(|at| (*from, begun[*at].0)));
        }
        carried
    }

    /// A case that was given another id in this commit keeps its past.
    fn carry(&mut self, from: &str, to: &str) {
        let Some(mut old) = self.lives.remove(from) else { return };
        if let Some(life) = self.lives.get_mut(to) {
            for trace in old.traces.iter_mut().filter(|trace| trace.gone.is_some()) {
                if let Some(place) = life.place_of(&trace.event) {
                    trace.moved = true;
                    life.traces[place].brought = trace.brought;
                }
            }
        }
        self.lives.insert(from.to_owned(), old);
    }
}
