use std::path::Path;

use super::say;
use crate::error::{Code, Error, Finding, Place, Severity};

/// A command that was interrupted, by the file that it was to write first and its own words.
pub(crate) fn interrupted(path: &Path, what: &str) -> Finding {
    Code::Pending.at(Place::file(path), say::interrupted(what)).help(say::next_one_finishes())
}

/// A record of an interrupted command that nobody can read.
pub(crate) fn unreadable_record(path: &Path) -> Finding {
    Code::Pending.at(Place::file(path), say::unreadable_record()).help(say::next_one_puts_aside())
}

/// Something that stops every command that writes, as they say it.
pub(crate) fn stuck(path: &Path, error: Error) -> Finding {
    error.hints.into_iter().fold(Code::Pending.at(Place::file(path), error.message), Finding::help)
}

/// A command whose change is kept, and in no commit; `lost`: it is in no file either.
pub(crate) fn waiting(path: &Path, what: &str, kept: &str, lost: bool) -> Finding {
    let message = if lost { say::waits_lost(what) } else { say::waits(what) };
    let finding = Code::Pending.at(Place::file(path), message).help(say::recover(kept));
    Finding { severity: Severity::Warning, ..finding }
}
