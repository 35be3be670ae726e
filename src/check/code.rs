use super::Flaw;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;
use crate::ledger::{Found, text::Spot};

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
