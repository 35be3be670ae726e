use super::Question;
use super::chronicle::Trace;
use super::commit::Commit;
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
}

impl Stamped<'_> {
    /// Whether the commit can be held against the stamp: it is not one that only knows what older ones had, and the
    /// event is not told of already as one that was changed.
    pub(super) fn is_judged(&self) -> bool {
        !self.commit.cut_off && !self.commit.brings_records() && !self.changed
    }
}

/// The events of a case.
pub(super) fn of<'a>(question: &'a Question<'a>, found: &'a Found) -> impl Iterator<Item = Stamped<'a>> {
    let chronicle = question.chronicle;
    let life = chronicle.lives.get(&found.standing.name);
    let stamped = move |(index, event): (usize, &'a Event)| {
        let trace: &Trace = life?.trace(event)?;
        let at = trace.brought?;
        let commit = &chronicle.commits[at];
        Some(Stamped { found, index, event, at, commit, changed: trace.was.is_some() })
    };
    found.case.history.iter().enumerate().filter_map(stamped)
}
