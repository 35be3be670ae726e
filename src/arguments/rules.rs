//! Other rules than the ledger's: a file, or the name of a rule book to start from.

use std::path::{Path, PathBuf};

use crate::arguments::word::no_preset;
use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::policy::{File, Preset, RuleBook};
use crate::session::Session;

mod say {
    crate::messages! {
        unusable(name, n) { "the policy {name} has errors and cannot be tried", "制度 {name} 有错，无法试算" }
        names_too() { "FILE is a policy file, or the name of a rule book to start from (`fb policy list`)", "请给出制度文件，或可选用制度的名称（见 `fb policy list`）" }
    }
}

/// The shop under the other rules. The name of a rule book is never read as a file.
///
/// # Errors
/// If there is no such file or rule book, or if the rules are wrong.
pub(crate) fn other(session: &Session, path: &Path) -> Result<RuleBook> {
    let name = path.to_string_lossy();
    let (policy, calendars): (File, Vec<File>) = match Preset::of(&name) {
        Some(preset) => {
            let calendars =
                preset.calendars.iter().map(|(file, text)| (PathBuf::from(file), (*text).to_owned()));
            ((path.to_owned(), preset.undated()), calendars.collect())
        }
        None => ((place(session, path), text(path, &name)?), Vec::new()),
    };
    session
        .book
        .under(&policy, &calendars)
        .map_err(|findings| Error::refused(say::unusable(&*name, findings.len())).because(findings))
}

/// A file that is named on the command line and is wrong is an error of the command line.
fn text(path: &Path, name: &str) -> Result<String> {
    let has_ending = path.extension().is_some() || path.components().count() > 1;
    if !disk::named::is_there(path) && !has_ending {
        return Err(no_preset(name).hint(say::names_too()));
    }
    disk::named::read_text(path)
        .map_err(|error| Error { exit: Exit::Refused, ..error.hint(say::names_too()) })
}

/// The path of the file in findings: from the ledger's root if it is in the ledger.
fn place(session: &Session, path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.strip_prefix(session.ledger.root()).map_or(whole.clone(), Path::to_owned)
}
