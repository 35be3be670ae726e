//! Merges two versions of one case so that nothing that either says is lost.
//!
//! Pure: from the texts of a base, ours and theirs to one text. It makes no difference which of the two is called ours,
//! so that two clones which merge the same versions write the same bytes. Knows `case` and where the parts of a case
//! file are in its text; nothing of directories, git, or the shop's rules.
//!
//! - **Histories are united.** Two events are the same if everything in them means the same: name, stamp as it is
//!   written, person, payload, unknown keys. They are sorted by stamp, then by the table of events, then by what they
//!   say. This is a total order, so that the union is commutative, associative and idempotent. An event that is in one
//!   file several times is kept as often. `received` stays first.
//! - **No stamp is lost.** An event of the base that one side removed stays, and a finding says so. If one side
//!   corrected an event by hand (the same name, after the same event of the base), the correction is kept; if both did,
//!   both corrections are.
//! - **The intake is merged by key**, and so is `received`, of which a case has one: what only one side changed is
//!   kept. If both did, the value of the later writer (whose newest stamp is later) is kept, and the other becomes a
//!   `noted` event with that stamp, and a finding. The next merge keeps what a merge chose and noted.
//! - **Bytes are kept**: each key and event has the lines, comments too, of the side that changed them; if both wrote
//!   the same in other forms, the longer lines. A comment that the chosen lines lack is added at the end.
//! - Two versions that are not of one case, and did not both grow out of the base, are a [`Outcome::Collision`] of
//!   their ids.
//!
//! The result is read again and must say what was meant. If not, there is an error, and both versions stay.

use std::collections::BTreeSet;
use std::path::Path;

use crate::case::{Case, Event, EventName, Field, Value};
use crate::casefile::{self, Part, Parts};
use crate::error::{Code, Error, Finding, Place, Result};

mod collision;
mod comments;
mod history;
mod intake;
mod missing;
mod order;
mod same;
mod say;

#[cfg(test)]
mod tests;

pub(crate) use collision::{another_id, relinked, renamed};
pub(crate) use missing::{common_base, missing};

use history::History;
use intake::Aside;

/// The result of merging two versions.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// One case.
    Merged(Box<Merged>),
    /// They are two cases that drew the same id. This one was received later and needs another.
    Collision(MergeSide),
}

/// A merged case.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The text of its file.
    pub text: String,
    /// The text as it is read.
    pub case: Case,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

/// One of two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeSide {
    /// The first.
    Ours,
    /// The second.
    Theirs,
}

/// One version of a case.
struct Version<'t> {
    text: &'t str,
    case: Case,
    parts: Parts,
}

/// Merges two versions of the case file at `path`. `base` is the version that both began from; if it cannot be read,
/// there is none.
///
/// # Errors
/// A version cannot be read or split into parts; the result does not say what was meant.
pub fn merge(base: Option<&str>, ours: &str, theirs: &str, path: &Path) -> Result<Outcome> {
    let base = base.and_then(|text| Version::read(text, path).ok());
    let (ours, theirs) = (Version::read(ours, path)?, Version::read(theirs, path)?);
    let both_grew = base.as_ref().is_some_and(|base| same::grown(base, &ours) && same::grown(base, &theirs));
    if !same::case(&ours, &theirs) && !both_grew {
        let later = if same::received_later(&ours, &theirs) { MergeSide::Ours } else { MergeSide::Theirs };
        return Ok(Outcome::Collision(later));
    }
    let (lead, other) = if theirs.is_later_than(&ours) { (theirs, ours) } else { (ours, theirs) };
    joined(base.as_ref(), &lead, &other, path).map(|merged| Outcome::Merged(Box::new(merged)))
}

/// The case that both versions are of; `lead` is the later one.
fn joined(
    base: Option<&Version<'_>>,
    lead: &Version<'_>,
    other: &Version<'_>,
    path: &Path,
) -> Result<Merged> {
    let histories = [base, Some(lead), Some(other)].map(|version| version.map(History::of));
    let [base_history, Some(lead_history), Some(other_history)] = &histories else {
        return Err(unfit(path));
    };
    let united = history::unite(base_history.as_ref(), lead_history, other_history);
    let finding = |message| Finding::warning(Code::Merged, Place::file(path), message).of(&lead.case.id);
    let mut findings: Vec<Finding> = Vec::new();
    for (name, at) in &united.restored {
        findings.push(finding(say::restored(name.word(), at)).help(say::remove_on_purpose()));
    }
    let unchanged = |version: &Version<'_>| base.is_some_and(|base| base.text == version.text);
    if findings.is_empty() && (lead.text == other.text || unchanged(other)) {
        return Ok(Merged { text: lead.text.to_owned(), case: lead.case.clone(), findings });
    }
    if findings.is_empty() && unchanged(lead) {
        return Ok(Merged { text: other.text.to_owned(), case: other.case.clone(), findings });
    }
    let intake = intake::join(base, lead, other);
    let sides = [lead, other].map(|version| (version, version.parts.events.first()));
    let receipt =
        intake::three_way(base.and_then(|version| version.parts.events.first()), sides[0].1, sides[1].1);
    let receipt = intake::settled("received", receipt, sides);
    let events: Vec<&Part> = receipt.chosen.into_iter().chain(united.events).collect();
    let mut text = lead.parts.assembled(intake.chosen.iter().copied(), events.iter().copied());
    let lost = comments::lost(base, [lead, other], &text);
    if !lost.is_empty() {
        let mut parts = lead.parts.clone();
        for comment in &lost {
            parts.tail.push_str(&format!("{comment}\n"));
        }
        text = parts.assembled(intake.chosen.iter().copied(), events.iter().copied());
    }
    let read = Version::read(&text, path)?;
    if !read.says(&intake.chosen, &events) {
        return Err(unfit(path));
    }
    let mut merged = Merged { text: text.clone(), case: read.case, findings };
    for (key, aside) in intake.aside.into_iter().chain(receipt.aside.map(|part| ("received", part))) {
        merged.findings.push(finding(say::also(key)).help(say::see_note()));
        merged.keep(key, aside, lead, path)?;
    }
    if merged.text == text { Ok(merged) } else { merged.in_order(path) }
}

impl Merged {
    /// Notes in the history the other side's value of a key.
    fn keep(&mut self, key: &str, aside: Aside<'_>, lead: &Version<'_>, path: &Path) -> Result<()> {
        let Some(newest) = lead.newest() else { return Err(unfit(path)) };
        let note = Value::Text(intake::note(key, aside));
        let event = Event::new(EventName::Noted, newest.at).with(Field::Note, note);
        self.text = casefile::append(&self.text, &self.case, &event)
            .map_err(|cannot| Error::failed(cannot.reason).hint(cannot.help))?;
        self.case.history.push(event);
        Ok(())
    }

    /// The same, with the notes where a further merge would put them, so that a second merge changes nothing.
    fn in_order(self, path: &Path) -> Result<Merged> {
        let version = Version::read(&self.text, path)?;
        let history = History::of(&version);
        let later = history::unite(None, &history, &history).events;
        let events = version.parts.events.first().into_iter().chain(later);
        let text = version.parts.assembled(&version.parts.intake, events);
        let case = Version::read(&text, path)?.case;
        Ok(Merged { text, case, findings: self.findings })
    }
}

impl<'t> Version<'t> {
    fn read(text: &'t str, path: &Path) -> Result<Version<'t>> {
        let case = casefile::read(text.as_bytes(), path)
            .map_err(|findings| Error::failed(say::unreadable(path)).because(findings))?;
        let parts = Parts::of(text).filter(|parts| parts.events.len() == case.history.len());
        Ok(Version { text, case, parts: parts.ok_or_else(|| unfit(path))? })
    }

    /// The event with the latest stamp; of several the last in the file.
    fn newest(&self) -> Option<&Event> {
        self.case.history.iter().max_by_key(|event| event.at.instant())
    }

    /// Whether the history has a note.
    fn noted(&self, note: &str) -> bool {
        self.case.history.iter().any(|event| {
            event.name == EventName::Noted && event.text(Field::Note).is_some_and(|words| words == note)
        })
    }

    /// Whether this one was written later: by the newest stamp; of equal ones by the text.
    fn is_later_than(&self, other: &Version<'_>) -> bool {
        let [own, others] = [self, other].map(|version| version.newest().map(|event| event.at.instant()));
        (own, self.text) > (others, other.text)
    }

    /// Whether it says exactly these keys and events.
    fn says(&self, intake: &[&Part], events: &[&Part]) -> bool {
        let meanings = self.parts.events.iter().map(|part| &part.meaning);
        meanings_by_key(self.parts.intake.iter()) == meanings_by_key(intake.iter().copied())
            && meanings.eq(events.iter().map(|part| &part.meaning))
    }
}

fn meanings_by_key<'p>(parts: impl Iterator<Item = &'p Part>) -> BTreeSet<(&'p str, &'p str)> {
    let said = parts.filter(|part| !part.meaning.is_empty());
    said.map(|part| (part.key.as_str(), part.meaning.as_str())).collect()
}

fn unfit(path: &Path) -> Error {
    Error::failed(say::unfit(path)).hint(say::lay_out())
}
