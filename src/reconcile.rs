//! Two versions of a case merged under the shop's rules: what one clerk could not know of the other is noted.
//!
//! Pure: texts and rules come in, one text comes out. It promises that a merge by git, by `fb sync` and after an
//! interrupted command gives the same text. How two versions become one is in `merge`; it must not know git or a
//! directory.

use std::path::Path;

use crate::casefile;
use crate::error::{Error, Finding, Result};
use crate::merge::{self, Outcome};
use crate::policy::RuleBook;

mod say;
mod unaware;

/// The flaw of their version: the file under its path here is another one, and its lines do not apply.
fn of_theirs(mut found: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut found {
        finding.place.path = format!("theirs:{}", finding.place.path.display()).into();
    }
    found
}

/// Merges two versions of a case, and notes in its history which events were recorded without knowing those of the other
/// version. Without rules nothing is noted.
///
/// # Errors
/// A version cannot be read (the error says whose); they cannot be merged.
pub(crate) fn join_texts(
    book: Option<&RuleBook>,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
    path: &Path,
) -> Result<Outcome> {
    let read = |text: &str| casefile::read(text.as_bytes(), path);
    let (message, findings) = match (read(ours), read(theirs)) {
        (Ok(one), Ok(other)) => {
            let mut outcome = merge::merge(base, ours, theirs, path)?;
            if let (Outcome::Merged(merged), Some(book)) = (&mut outcome, book) {
                unaware::note_unaware(merged, &[&one, &other], book, path)?;
            }
            return Ok(outcome);
        }
        (Err(found), Ok(_)) => (say::ours_unread(path), found),
        (Ok(_), Err(found)) => (say::theirs_unread(path), of_theirs(found)),
        (Err(one), Err(other)) => (say::both_unread(path), [one, of_theirs(other)].concat()),
    };
    Err(Error::failed(message).because(findings))
}
