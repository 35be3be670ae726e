//! A finding in a case file.

use crate::casefile::{SourceMap, Spot};
use crate::error::{Code, Finding, Place};
use crate::lang::Text;
use crate::ledger::Found;

/// A finding in a case file whose line and column are not looked up yet.
#[derive(Debug, Clone)]
pub(crate) struct Flaw<'a> {
    /// What was found; its place names the file alone.
    pub finding: Finding,
    /// The part of the file that it is about.
    pub spot: Spot<'a>,
}

impl Flaw<'_> {
    pub(crate) fn label(mut self, label: Text) -> Self {
        self.finding = self.finding.label(label);
        self
    }

    pub(crate) fn note(mut self, note: Text) -> Self {
        self.finding = self.finding.note(note);
        self
    }

    pub(crate) fn help(mut self, help: Text) -> Self {
        self.finding = self.finding.help(help);
        self
    }

    /// The finding with its line and column from the map of its file. Without a map it is about the file as a whole.
    pub(crate) fn placed(mut self, map: Option<&SourceMap>) -> Finding {
        let path = std::mem::take(&mut self.finding.place.path);
        self.finding.place = match map.filter(|_| self.spot != Spot::File) {
            Some(map) => {
                let (line, column, width) = map.position(self.spot);
                Place::at(path, line, column, width)
            }
            None => Place { line: Some(1), ..Place::file(path) },
        };
        self.finding
    }
}

impl Code {
    /// A finding of this code in a file that is no case.
    pub(crate) fn at(self, place: Place, message: Text) -> Finding {
        Finding { severity: self.severity(), ..Finding::error(self, place, message) }
    }

    /// A finding of this code in a part of a case file.
    pub(crate) fn of<'a>(self, found: &'a Found, spot: Spot<'a>, message: Text) -> Flaw<'a> {
        Flaw { finding: self.at(Place::file(&found.path), message).of(&found.case.id), spot }
    }
}
