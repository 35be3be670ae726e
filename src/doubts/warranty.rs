//! Reports doubts together with the figures: at the foot of a page, for programs, and in the exit status.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Doubt, Doubts, say};
use crate::error::{Code, Error, Exit, Finding, Result};
use crate::lang::common::count;
use crate::lang::{Lang, Text, list};

/// The most doubts that the foot of a page names.
const MOST: usize = 5;
/// The most that are drawn next to the page, besides everything that could not be read.
const MOST_DRAWN: usize = 20;

/// How far the figures of an instant can be trusted.
#[derive(Debug, Clone)]
pub(crate) struct Warranty {
    doubts: Vec<Doubt>,
    looked_at: LookedAt,
    /// Everything that could not be read.
    reading: Vec<Finding>,
    /// How many case files could not be read.
    unreadable: usize,
}

/// What was looked at for doubts. A command that reads only part of a ledger says so here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LookedAt {
    /// Case files, including those that could not be read: of the cases received by the instant.
    pub files: usize,
}

impl Doubts {
    /// The doubts about figures that count what happened up to and including `last`. A doubt about later events affects
    /// none of them.
    pub(crate) fn at(&self, last: Timestamp) -> Warranty {
        let mut doubts = self.found.clone();
        for doubt in &mut doubts {
            if doubt.since.is_some_and(|since| since > last) {
                doubt.moves.clear();
            }
        }
        let received = self.receipts.iter().filter(|at| **at <= last).count();
        Warranty {
            doubts,
            looked_at: LookedAt { files: received + self.unreadable.len() },
            reading: self.reading.clone(),
            unreadable: self.unreadable.len(),
        }
    }

    /// The case files that could not be read.
    pub(crate) fn unreadable(&self) -> &[PathBuf] {
        &self.unreadable
    }

    /// Whether the doubts may come from a command that is moving a case right now.
    pub(crate) fn in_motion(&self) -> bool {
        let codes = [Code::DuplicateId, Code::WrongDirectory];
        self.found.iter().any(|doubt| codes.contains(&doubt.finding.code))
    }
}

impl LookedAt {
    fn text(self) -> Text {
        say::looked_at(count(self.files, "case file", "case files", "份案卷"))
    }
}

impl Doubt {
    /// Whether the command that printed the figures has failed: it counted something wrongly, or not at all. What needs a
    /// year that a calendar lacks is in no figure; saying so is enough.
    fn fails(&self) -> bool {
        !self.moves.is_empty() && self.finding.code != Code::MissingYear
    }

    fn line(&self) -> Text {
        let path = self.finding.place.path.as_path();
        let figures: Vec<Text> = self.moves.iter().map(|figure| figure.text()).collect();
        match figures.as_slice() {
            [] => say::idle(path, &self.finding.message),
            figures => say::line(path, &self.finding.message, list(figures)),
        }
    }

    fn json(&self) -> Value {
        json!({
            "code": self.finding.code.word(),
            "path": slashed(&self.finding.place.path),
            "id": self.finding.id.as_ref().map(|id| id.as_str()),
            "message": self.finding.message.to(Lang::En),
            "moves": self.moves.iter().map(|figure| figure.word()).collect::<Vec<_>>(),
        })
    }
}

impl Warranty {
    /// The same for a revision, whose files are named after it, as git names them; `now` are the current files.
    #[must_use]
    pub(crate) fn named(mut self, revision: &str) -> Warranty {
        if revision == "now" {
            return self;
        }
        let found = self.doubts.iter_mut().map(|doubt| &mut doubt.finding).chain(&mut self.reading);
        for finding in found {
            finding.place.path = format!("{revision}:{}", finding.place.path.display()).into();
        }
        self
    }

    /// Both together, for figures that depend on both.
    #[must_use]
    pub(crate) fn and(mut self, other: Warranty) -> Warranty {
        self.looked_at.files += other.looked_at.files;
        self.unreadable += other.unreadable;
        self.doubts.extend(other.doubts);
        self.reading.extend(other.reading);
        self
    }

    /// One more doubt.
    pub(super) fn add(&mut self, doubt: Doubt) {
        self.doubts.push(doubt);
    }

    /// The lines at the foot of a page: that there are no doubts, or the first of them, starting with those that affect
    /// figures.
    pub(crate) fn foot(&self) -> Vec<Text> {
        let looked = self.looked_at.text();
        if self.doubts.is_empty() {
            return vec![say::none(looked)];
        }
        let mut lines = vec![say::some(count(self.doubts.len(), "doubt", "doubts", "处疑点"), looked)];
        lines.extend(first(&self.doubts.iter().collect::<Vec<_>>()));
        lines
    }

    /// The doubts with which a command succeeds, for an output without a foot: [`Warranty::end`] reports the others.
    pub(crate) fn idle(&self) -> Vec<Text> {
        first(&self.doubts.iter().filter(|doubt| !doubt.fails()).collect::<Vec<_>>())
    }

    /// The same object for programs with all doubts, and with what was looked at.
    #[must_use]
    pub(crate) fn object(&self, mut object: Value) -> Value {
        if let Value::Object(map) = &mut object {
            map.insert("doubts".to_owned(), self.doubts.iter().map(Doubt::json).collect());
            map.insert("looked_at".to_owned(), json!({ "files": self.looked_at.files }));
        }
        object
    }

    /// How a command ends after it has printed its output.
    ///
    /// # Errors
    /// If a doubt affects a figure: unreadable files and duplicates are never ignored silently.
    pub(crate) fn end(self) -> Result<Exit> {
        let moving: Vec<&Doubt> = self.doubts.iter().filter(|doubt| doubt.fails()).collect();
        if moving.is_empty() {
            return Ok(Exit::Done);
        }
        let message = if self.unreadable > 0 {
            say::not_whole(count(self.unreadable, "case file is", "case files are", "份案卷"))
        } else if self.reading.iter().any(|finding| finding.code == Code::Unreadable) {
            say::not_seen()
        } else {
            say::in_doubt(count(moving.len(), "doubt", "doubts", "处疑点"))
        };
        let mut findings = self.reading.clone();
        let drawn: HashSet<&Path> = self.reading.iter().map(|finding| finding.place.path.as_path()).collect();
        let mut others: Vec<Finding> = moving.iter().map(|doubt| doubt.finding.clone()).collect();
        others.retain(|finding| !drawn.contains(finding.place.path.as_path()));
        let more = others.len().saturating_sub(MOST_DRAWN);
        findings.extend(others.into_iter().take(MOST_DRAWN));
        let error = Error::failed(message).because(findings);
        let error = if more > 0 { error.hint(say::more(more)) } else { error };
        Err(error.hint(say::mend()))
    }
}

/// A line for each of the first, and how many more there are.
fn first(doubts: &[&Doubt]) -> Vec<Text> {
    let mut lines: Vec<Text> = doubts.iter().take(MOST).map(|doubt| doubt.line()).collect();
    let more = doubts.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(say::more(more));
    }
    lines
}

/// A path as programs read it, on every system.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
