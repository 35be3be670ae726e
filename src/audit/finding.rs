//! A finding of the audit.

use super::commit::Commit;
use super::input::Stamped;
use crate::case::{Event, Id};
use crate::casefile::Spot;
use crate::check::Flaw;
use crate::error::{Code, Place};
use crate::lang::{Text, common};

mod say {
    crate::messages! {
        accept(lines) {
            "correct it with a new event; or accept it in audit.toml with a reason: {lines}, reason = \"…\"",
            "请另记一条说明更正；确认无误的，可在 audit.toml 里写明理由予以认可：{lines}, reason = \"…\""
        }
    }
}

/// A finding of the audit, with the case, the event and the commit by which it can be accepted.
#[derive(Debug, Clone)]
pub(crate) struct AuditFinding<'a> {
    /// What was found; its line and column are not looked up yet.
    pub flaw: Flaw<'a>,
    /// The case.
    pub(super) id: Option<Id>,
    /// The event.
    pub(super) event: Option<&'a Event>,
    /// The commit.
    pub(super) commit: &'a Commit,
}

impl<'a> AuditFinding<'a> {
    /// About a key of an event.
    pub(super) fn stamp(
        code: Code,
        stamped: &Stamped<'a>,
        key: &'static str,
        message: Text,
    ) -> AuditFinding<'a> {
        let flaw = code.of(stamped.found, Spot::EventValue(stamped.index, key), message);
        let id = Some(stamped.found.case.id.clone());
        AuditFinding { flaw, id, event: Some(stamped.event), commit: stamped.commit }.with_help()
    }

    /// About a file as a whole.
    pub(super) fn file(
        code: Code,
        place: Place,
        id: Option<&Id>,
        commit: &'a Commit,
        message: Text,
    ) -> AuditFinding<'a> {
        let finding = code.at(place, message);
        let finding = id.map_or(finding.clone(), |id| finding.of(id));
        let flaw = Flaw { finding, spot: Spot::File };
        AuditFinding { flaw, id: id.cloned(), event: None, commit }.with_help()
    }

    /// The same, about an event that was removed.
    pub(super) fn on(mut self, event: &'a Event) -> AuditFinding<'a> {
        self.event = Some(event);
        self.flaw.finding.help.clear();
        self.with_help()
    }

    /// The same, with what it is based on.
    pub(super) fn note(mut self, note: Text) -> AuditFinding<'a> {
        self.flaw = self.flaw.note(note);
        self
    }

    /// The code of the finding.
    pub(crate) fn code(&self) -> Code {
        self.flaw.finding.code
    }

    /// The keys of the baseline's entry that accepts only this finding.
    pub(super) fn entry(&self) -> Vec<(&'static str, String)> {
        let commit = ("commit", self.commit.short().to_owned());
        let about = match (&self.id, self.event) {
            (Some(id), Some(event)) => {
                vec![("id", id.to_string()), ("event", event.name.to_string()), ("at", event.at.to_string())]
            }
            (Some(id), None) => vec![("id", id.to_string()), commit],
            (None, _) => vec![commit],
        };
        [("code", self.code().word().to_owned())].into_iter().chain(about).collect()
    }

    /// Adds the help that says how to accept it.
    fn with_help(mut self) -> AuditFinding<'a> {
        let words: Vec<String> =
            self.entry().iter().map(|(key, word)| format!("{key} = \"{word}\"")).collect();
        self.flaw = self.flaw.help(say::accept(format!("[[accepted]] {}", words.join(", "))));
        self
    }

    /// Whether it is about this case, where one is asked for, and this commit.
    pub(crate) fn is_about(&self, id: Option<&Id>, commit: Option<&str>) -> bool {
        id.is_none_or(|id| self.id.as_ref() == Some(id))
            && commit.is_none_or(|commit| self.commit.id.starts_with(commit))
    }
}

/// `1 event`, `2 events`.
pub(super) fn events(n: usize) -> Text {
    common::count(n, "event", "events", "条记录")
}
