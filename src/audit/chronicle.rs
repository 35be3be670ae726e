//! The life of every event: which commit brought it in, which changed it or took it out.
//!
//! Commits are taken parents first. An event is the same as long as everything that it says is; a case is the same as
//! long as its file's name is, wherever the file stands. Each distinct event is kept once, however many versions of
//! its file there were.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::commit::Commit;
use crate::case::{Event, Field, Value};

/// The events of one version of a case, as places in its [`Life`].
pub type Version = Vec<usize>;

/// An event with what became of it. Commits are places in [`Chronicle::commits`].
#[derive(Debug, Clone)]
pub struct Trace {
    /// What it says.
    pub event: Event,
    /// The commit that brought it in.
    pub brought: Option<usize>,
    /// The commit that took it out, if none put it back.
    pub gone: Option<usize>,
    /// The event of the same case that it was before that commit changed it.
    pub was: Option<usize>,
    /// It stands under another id since.
    moved: bool,
}

/// Every event that a case ever had.
#[derive(Debug, Clone, Default)]
pub struct Life {
    /// In the order in which they were met.
    pub traces: Vec<Trace>,
    /// Where its file stood last.
    pub path: PathBuf,
    places: HashMap<String, usize>,
}

/// A version that could not be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The commit that brought it in.
    pub commit: usize,
    /// Its path then.
    pub path: PathBuf,
}

/// What a commit made of one file.
#[derive(Debug, Clone, Copy)]
pub struct Change<'v> {
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
pub enum Side<'v> {
    /// There is none.
    Nothing,
    /// It has these events.
    Events(&'v [usize]),
    /// It cannot be read.
    Unread,
}

/// The whole history.
#[derive(Debug, Clone, Default)]
pub struct Chronicle {
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

/// Both sides of a case in one commit, all its files together.
#[derive(Default)]
struct Turn {
    old: BTreeSet<usize>,
    new: BTreeSet<usize>,
    old_unread: bool,
    new_unread: bool,
}

impl Life {
    /// The place of an event, which is new if it was never met before.
    fn place(&mut self, event: &Event) -> usize {
        let next = self.traces.len();
        let place = *self.places.entry(key(event)).or_insert(next);
        if place == next {
            self.traces.push(Trace {
                event: event.clone(),
                brought: None,
                gone: None,
                was: None,
                moved: false,
            });
        }
        place
    }

    /// What became of an event.
    pub fn trace(&self, event: &Event) -> Option<&Trace> {
        self.places.get(&key(event)).map(|place| &self.traces[*place])
    }

    /// The events that were taken out for good, each with what it was changed to, if it was.
    pub fn lost(&self) -> impl Iterator<Item = (&Trace, usize, Option<&Trace>)> {
        self.traces.iter().enumerate().filter(|(_, trace)| !trace.moved).filter_map(|(place, trace)| {
            let commit = trace.gone?;
            Some((trace, commit, self.traces.iter().find(|next| next.was == Some(place))))
        })
    }

    /// Brings the case up to this commit; gives what it saw for the first time, and what it lost.
    fn turn(&mut self, commit: usize, turn: &Turn) -> (Vec<usize>, Vec<usize>) {
        let mut old = turn.old.clone();
        if turn.old_unread {
            let stood = |trace: &Trace| trace.brought.is_some() && trace.gone.is_none();
            old.extend((0..self.traces.len()).filter(|place| stood(&self.traces[*place])));
        }
        let (mut fresh, mut lost) = (Vec::new(), Vec::new());
        for place in turn.new.difference(&old) {
            let trace = &mut self.traces[*place];
            trace.gone = None;
            if trace.brought.is_none() {
                trace.brought = Some(commit);
                fresh.push(*place);
            }
        }
        for place in old.difference(&turn.new) {
            let trace = &mut self.traces[*place];
            if trace.gone.is_none() {
                trace.gone = Some(commit);
                lost.push(*place);
            }
        }
        self.pair(&fresh, &lost);
        (fresh, lost)
    }

    /// Finds what a lost event was changed to: the new one of the same name and stamp, else of the same name, else
    /// of the same stamp.
    fn pair(&mut self, fresh: &[usize], lost: &[usize]) {
        let alike: [fn(&Event, &Event) -> bool; 3] =
            [|a, b| a.name == b.name && a.at == b.at, |a, b| a.name == b.name, |a, b| a.at == b.at];
        let mut left: Vec<usize> = lost.to_vec();
        for like in alike {
            left.retain(|&was| {
                let fits = |next: &&usize| {
                    let next = &self.traces[**next];
                    next.was.is_none() && like(&self.traces[was].event, &next.event)
                };
                let Some(&next) = fresh.iter().find(fits) else { return true };
                self.traces[next].was = Some(was);
                false
            });
        }
    }
}

impl Chronicle {
    /// The events of a version of a case as places, for [`Chronicle::take`].
    pub fn version(&mut self, name: &str, history: &[Event]) -> Version {
        let life = self.lives.entry(name.to_owned()).or_default();
        history.iter().map(|event| life.place(event)).collect()
    }

    /// Takes the next commit, with what it changed against each of its parents.
    pub fn take<'v>(&mut self, commit: Commit, steps: impl IntoIterator<Item = Vec<Change<'v>>>) {
        let at = self.commits.len();
        self.commits.push(commit);
        let mut begun = 0;
        for changes in steps {
            if !changes.is_empty() {
                self.first.get_or_insert(at);
            }
            begun += changes.iter().filter(|change| self.begins(change)).count();
            self.step(at, &changes);
        }
        let commit = &mut self.commits[at];
        commit.bulk = !commit.command && begun >= BULK;
    }

    /// Whether a case has nothing before this change.
    fn begins(&self, change: &Change<'_>) -> bool {
        let life = self.lives.get(change.name);
        matches!((change.old, change.new), (Side::Nothing, Side::Events(_)))
            && life.is_none_or(|life| life.traces.iter().all(|trace| trace.brought.is_none()))
    }

    fn step(&mut self, commit: usize, changes: &[Change<'_>]) {
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
                Side::Unread => turn.new_unread = true,
                Side::Nothing => continue,
            }
            self.lives.entry(change.name.to_owned()).or_default().path = change.path.to_owned();
        }
        let (mut fresh, mut lost) = (Vec::new(), HashMap::new());
        for (name, turn) in turns {
            // What a file has that cannot be read nobody knows: the next version that can be read is held against
            // all that the case had.
            if turn.new_unread {
                continue;
            }
            let life = self.lives.entry(name.to_owned()).or_default();
            let (came, went) = life.turn(commit, &turn);
            fresh.extend(came.into_iter().map(|place| (name, place)));
            lost.extend(went.into_iter().map(|place| (key(&life.traces[place].event), (name, place))));
        }
        self.carry(&fresh, &lost);
        let unread = changes.iter().filter(|change| matches!(change.new, Side::Unread));
        let unread: Vec<Unread> =
            unread.map(|change| Unread { commit, path: change.path.to_owned() }).collect();
        self.unread.extend(unread);
    }

    /// A case that was given another id in this commit keeps its past.
    fn carry(&mut self, fresh: &[(&str, usize)], lost: &HashMap<String, (&str, usize)>) {
        for (name, place) in fresh {
            let Some(came) = self.lives.get(*name).map(|life| key(&life.traces[*place].event)) else {
                continue;
            };
            let Some((from, was)) = lost.get(&came).filter(|(from, _)| from != name) else { continue };
            let Some(old) = self.lives.get_mut(*from).map(|life| &mut life.traces[*was]) else { continue };
            old.moved = true;
            let brought = old.brought;
            if let Some(life) = self.lives.get_mut(*name) {
                life.traces[*place].brought = brought;
            }
        }
    }
}

/// Everything that an event says, whatever the order in which it says it. Of keys that the format does not know the
/// names count, and not what stands behind them.
fn key(event: &Event) -> String {
    let mut payload: Vec<&(Field, Value)> = event.payload.iter().collect();
    payload.sort_by_key(|(field, _)| *field);
    let mut unknown = event.unknown.clone();
    unknown.sort();
    let recorded = event.recorded.map(|stamp| stamp.instant());
    format!("{} {} {:?} {recorded:?} {payload:?} {unknown:?}", event.name, event.at.instant(), event.by)
}

#[cfg(test)]
#[path = "chronicle_tests.rs"]
mod tests;
