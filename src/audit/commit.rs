//! A commit, as far as the audit looks at it.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::lang::{Text, moment, one_line};
use crate::privacy::signed;

mod say {
    crate::messages! {
        commit(id, who, when) { "commit {id} by {who}, {when}", "提交 {id}（{who}，{when}）" }
    }
}

/// What a commit says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Commit {
    /// Its id in full.
    pub id: String,
    /// The name of its author.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// When the author made it.
    pub authored: Timestamp,
    /// The name of the committer.
    pub committer: String,
    /// The committer's time: a rewritten commit has a new one.
    pub committed: Timestamp,
    /// It says that a command of `fb` made it.
    pub command: bool,
    /// How many commits it follows; of a merge, two or more.
    pub parents: usize,
    /// It says that it is an import of `fb`.
    pub import: bool,
    /// The people for whom, as it says, its author entered events.
    pub entered_for: Vec<String>,
    /// Whether it undoes another commit.
    pub undo: UndoKind,
    /// It was made by hand and adds so many new cases that they must come from other records; the provenance sets it.
    pub bulk: bool,
    /// The clone has no earlier commits, so its events may be older.
    pub cut_off: bool,
}

/// Whether a commit undoes another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum UndoKind {
    /// It does not say so.
    #[default]
    No,
    /// It says so, and everything is as it was before that commit, byte for byte.
    Whole,
    /// It says so, but did something else.
    Claimed,
}

impl Commit {
    /// Whether it says that its author entered events for this person. A number or a mail address in the person's name is
    /// masked in commits, except in old ones.
    pub(super) fn is_entered_for(&self, by: &str) -> bool {
        let written = one_line(&signed(by));
        self.entered_for.iter().any(|person| *person == by || *person == written)
    }

    /// The earlier of its two times.
    pub(super) fn earliest(&self) -> Timestamp {
        self.authored.min(self.committed)
    }

    /// The later of its two times.
    pub(super) fn latest(&self) -> Timestamp {
        self.authored.max(self.committed)
    }

    /// Whether its two times are further apart than this: it was rewritten.
    pub(super) fn rewritten(&self, within: SignedDuration) -> bool {
        self.latest().duration_since(self.earliest()) > within
    }

    /// Whether its events come from other records: then they are reported together.
    pub(super) fn adds_records(&self) -> bool {
        self.import || self.bulk
    }

    /// Its id as people write it.
    pub(super) fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }

    /// `1a2b3c4d (Li Na, Mon 2026-11-23 18:00)`.
    pub(super) fn said(&self, zone: &TimeZone) -> Text {
        say::commit(self.short(), &self.author, moment(self.earliest(), zone))
    }
}
