use std::fmt;

use super::Flaw;
use crate::error::{Finding, Place, Severity};
use crate::lang::Text;
use crate::ledger::{Found, text::Spot};

/// A code of a finding, with what it stands for. Stable: programs and `--only` name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its word, such as `wrong-directory`.
    pub word: &'static str,
    /// How bad it usually is.
    pub severity: Severity,
    /// What it says, in one sentence.
    pub sentence: Text,
}

impl Code {
    pub(crate) const fn error(word: &'static str, en: &'static str, zh: &'static str) -> Code {
        Code { word, severity: Severity::Error, sentence: Text::of(en, zh) }
    }

    pub(crate) const fn warning(word: &'static str, en: &'static str, zh: &'static str) -> Code {
        Code { word, severity: Severity::Warning, sentence: Text::of(en, zh) }
    }

    /// A finding of this code in a file that is no case.
    pub(crate) fn at(&self, place: Place, message: Text) -> Finding {
        Finding { severity: self.severity, ..Finding::error(self.word, place, message) }
    }

    /// A finding of this code in a part of a case file.
    pub(crate) fn of<'a>(&self, found: &'a Found, spot: Spot<'a>, message: Text) -> Flaw<'a> {
        Flaw { finding: self.at(Place::file(&found.path), message).of(&found.case.id), spot }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word)
    }
}
