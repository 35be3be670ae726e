//! Notes in the history what two clerks did without knowing of each other.

use std::collections::HashSet;
use std::path::Path;

use super::say;
use crate::case::{Case, Event, EventName, Field, Value};
use crate::casefile;
use crate::error::{Code, Error, Finding, Place, Result};
use crate::merge::Merged;
use crate::policy::{RuleBook, breaches};

/// Notes for each event that its own version of the case allowed and the merged one forbids, so that `fb check` does
/// not report it as a mistake.
///
/// # Errors
/// The note cannot be appended.
pub(super) fn note_unaware(
    merged: &mut Merged,
    versions: &[&Case],
    book: &RuleBook,
    path: &Path,
) -> Result<()> {
    let known: HashSet<String> = versions.iter().flat_map(|case| forbidden(case, book)).collect();
    let new: Vec<String> = forbidden(&merged.case, book)
        .into_iter()
        .filter(|event| !known.contains(event) && !is_noted(&merged.case, event))
        .collect();
    let mut notes = Vec::new();
    for event in new {
        let Some(newest) = merged.case.history.iter().map(|event| event.at).max_by_key(|at| at.instant())
        else {
            continue;
        };
        let note = Event::new(EventName::Noted, newest)
            .with(Field::Note, Value::Text(say::noted(&event)))
            .with(Field::Merged, Value::Text(event.clone()));
        notes.push(note);
        merged.findings.push(
            Finding::warning(Code::Merged, Place::file(path), say::unaware(&event)).of(&merged.case.id),
        );
    }
    merged.text = casefile::append_all(&merged.text, &merged.case, &notes)
        .map_err(|cannot| Error::failed(cannot.reason).hint(cannot.help))?;
    merged.case.history.extend(notes);
    Ok(())
}

/// The events that were not allowed at their time, by name and stamp; each once.
fn forbidden(case: &Case, book: &RuleBook) -> Vec<String> {
    let mut found: Vec<String> = breaches(book, book.rules(case), &book.whole(case))
        .into_iter()
        .filter_map(|(at, _)| case.history.get(at).map(Event::named))
        .collect();
    found.dedup();
    found
}

fn is_noted(case: &Case, event: &str) -> bool {
    case.history.iter().any(|note| note.text(Field::Merged) == Some(event))
}
