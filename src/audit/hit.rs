use super::commit::Commit;
use super::stamped::Stamped;
use super::words;
use crate::case::{Event, Id};
use crate::check::{Code, Flaw};
use crate::error::{Finding, Place};
use crate::lang::Text;
use crate::ledger::text::Spot;

/// A finding of the audit, with what it is about: that is what it is accepted by.
#[derive(Debug, Clone)]
pub struct Hit<'a> {
    /// What was found; its place is still to be looked up.
    pub flaw: Flaw<'a>,
    /// The case.
    pub(super) id: Option<Id>,
    /// The event.
    pub(super) event: Option<&'a Event>,
    /// The commit.
    pub(super) commit: &'a Commit,
}

impl<'a> Hit<'a> {
    /// About a key of an event as it stands.
    pub(super) fn stamp(code: &Code, stamped: &Stamped<'a>, key: &'static str, message: Text) -> Hit<'a> {
        let flaw = code.of(stamped.found, Spot::EventValue(stamped.index, key), message);
        let id = Some(stamped.found.case.id.clone());
        Hit { flaw, id, event: Some(stamped.event), commit: stamped.commit }.with_help()
    }

    /// About a file as a whole.
    pub(super) fn file(
        code: &Code,
        place: Place,
        id: Option<&Id>,
        commit: &'a Commit,
        message: Text,
    ) -> Hit<'a> {
        let finding = code.at(place, message);
        let finding = id.map_or(finding.clone(), |id| finding.of(id));
        let flaw = Flaw { finding, spot: Spot::File };
        Hit { flaw, id: id.cloned(), event: None, commit }.with_help()
    }

    /// The same, about an event that stands no more.
    pub(super) fn on(mut self, event: &'a Event) -> Hit<'a> {
        self.event = Some(event);
        self.flaw.finding.help.clear();
        self.with_help()
    }

    /// The same, with what it is based on.
    pub(super) fn note(mut self, note: Text) -> Hit<'a> {
        self.flaw = self.flaw.note(note);
        self
    }

    /// The code of the finding.
    pub(super) fn code(&self) -> &'static str {
        self.flaw.finding.code
    }

    /// How it is accepted: the lines of the baseline that mean this finding and no other.
    fn with_help(mut self) -> Hit<'a> {
        let mut lines = format!("[[accepted]] code = \"{}\"", self.code());
        match (&self.id, self.event) {
            (Some(id), Some(event)) => {
                lines += &format!(", id = \"{id}\", event = \"{}\", at = \"{}\"", event.name, event.at);
            }
            (Some(id), None) => lines += &format!(", id = \"{id}\", commit = \"{}\"", self.commit.short()),
            (None, _) => lines += &format!(", commit = \"{}\"", self.commit.short()),
        }
        self.flaw = self.flaw.help(words::accept(lines));
        self
    }

    /// The finding without its place.
    pub fn finding(&self) -> &Finding {
        &self.flaw.finding
    }
}
