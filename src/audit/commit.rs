use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::words;
use crate::lang::{Text, moment};

/// What a commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id in full.
    pub id: String,
    /// The name of its author.
    pub author: String,
    /// The author's mail address.
    pub email: String,
    /// When the author made it.
    pub authored: Timestamp,
    /// The name of whoever committed it as it is.
    pub committer: String,
    /// When it was committed as it is.
    pub committed: Timestamp,
    /// It says that it is an import of `fb`.
    pub import: bool,
    /// The clone has nothing before it, so what it has may be older.
    pub cut_off: bool,
}

impl Commit {
    /// The earlier of its two times: the first at which it can have been.
    pub(super) fn earliest(&self) -> Timestamp {
        self.authored.min(self.committed)
    }

    /// The later of its two times.
    pub(super) fn latest(&self) -> Timestamp {
        self.authored.max(self.committed)
    }

    /// Whether its two times are further apart than this: somebody wrote it anew.
    pub(super) fn rewritten(&self, within: SignedDuration) -> bool {
        self.latest().duration_since(self.earliest()) > within
    }

    /// Its id as people write it.
    pub(super) fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }

    /// `1a2b3c4d (Li Na, Mon 2026-11-23 18:00)`.
    pub(super) fn said(&self, zone: &TimeZone) -> Text {
        words::commit(self.short(), &self.author, moment(self.earliest(), zone))
    }
}
