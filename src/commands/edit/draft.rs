//! The copy of a case file that an editor works on. It stays until the ledger has what was written.
//!
//! Each stands in a directory of its own in the one that nobody commits, beside the text from which it began: a file
//! that is locked as long as its `fb` lives.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::super::words;
use crate::case::{Case, Id};
use crate::error::{Error, Finding, Place, Result};
use crate::ledger::{Lock, files, text};
use crate::session::Session;
use crate::ui::{draw, editor, prompt};

/// The beginning of the directories' names.
const PREFIX: &str = "fb-edit-";
/// The text from which a draft began.
const ORIGINAL: &str = "original";

/// A draft, and the sign that its process lives.
pub(super) struct Draft {
    directory: PathBuf,
    path: PathBuf,
    _alive: File,
}

impl Draft {
    /// Begins a draft of this case file with its text. What processes that died left of theirs is put in order:
    /// drafts without a change go, and one of the same case that has some is named.
    ///
    /// # Errors
    /// Where there is no place for it.
    pub(super) fn new(session: &Session, _lock: &Lock, of: &Path, text: &str) -> Result<Draft> {
        let name = of.file_name().unwrap_or_default();
        for left in left_over(&session.private()) {
            sort_out(session, &left, &left.join(name), text);
        }
        let unkept = |why: std::io::Error| Error::failed(words::no_draft(of, why.to_string()));
        let made = tempfile::Builder::new().prefix(PREFIX).tempdir_in(session.private()).map_err(unkept)?;
        let directory = made.keep();
        let mut alive = File::create_new(directory.join(ORIGINAL)).map_err(unkept)?;
        alive.lock().and_then(|()| alive.write_all(text.as_bytes())).map_err(unkept)?;
        // The name's ending tells the editor what it shows.
        let path = directory.join(name);
        fs::write(&path, text).map_err(unkept)?;
        Ok(Draft { directory, path, _alive: alive })
    }

    /// What was written, once it is a case; `None` where nothing was changed. On a terminal the draft is opened
    /// until it is right, or the writer gives up.
    pub(super) fn written(
        &self,
        session: &Session,
        command: &str,
        before: &str,
        id: Option<&Id>,
    ) -> Result<Option<(Case, String)>> {
        loop {
            editor::open(command, &self.path)?;
            let text = files::read_text(&self.path)?;
            if text == before {
                return Ok(None);
            }
            let findings = match self.case(&text, id) {
                Ok(case) => return Ok(Some((case, text))),
                Err(findings) => findings,
            };
            let error = Error::refused(words::draft_unusable(&self.path)).because(findings);
            if !session.terminal.interactive {
                return Err(error);
            }
            session.terminal.error(&error, &draw::sources(session.ledger.root()));
            if !prompt::confirm(&session.terminal, &words::open_again(), "", true)? {
                return Err(Error { findings: Vec::new(), ..error });
            }
        }
    }

    /// The case that the draft says, which still is the same case.
    fn case(&self, text: &str, id: Option<&Id>) -> std::result::Result<Case, Vec<Finding>> {
        let case = text::read(text.as_bytes(), &self.path)?;
        match id.filter(|id| **id != case.id) {
            None => Ok(case),
            Some(id) => {
                let finding =
                    Finding::error("bad-value", Place::file(&self.path), words::other_id(id, &case.id));
                Err(vec![finding.help(words::id_help(id))])
            }
        }
    }

    /// The error, and where the draft is.
    pub(super) fn kept(&self, error: Error) -> Error {
        error.hint(words::draft_kept(&self.path))
    }

    /// Nobody needs it any more.
    pub(super) fn remove(&self) {
        // A draft that stays does no harm, and the work is done.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// The directories of drafts whose process is no more.
fn left_over(private: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(private).into_iter().flatten().flatten();
    let drafts = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    let dead = |directory: &PathBuf| {
        File::open(directory.join(ORIGINAL)).map_or(true, |original| original.try_lock().is_ok())
    };
    drafts.map(|entry| entry.path()).filter(dead).collect()
}

/// Removes a draft in which nothing was written, or nothing that the file, which says `text`, does not say.
fn sort_out(session: &Session, directory: &Path, of_this_case: &Path, text: &str) {
    let original = fs::read(directory.join(ORIGINAL)).unwrap_or_default();
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut drafts = entries.filter(|entry| entry.file_name() != ORIGINAL).map(|entry| entry.path());
    let written = |path: &PathBuf| {
        fs::read(path).is_ok_and(|bytes| bytes != original && !bytes.is_empty())
            && !(path == of_this_case && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()))
    };
    match drafts.find(written) {
        None => drop(fs::remove_dir_all(directory)),
        Some(path) if path == of_this_case => session.terminal.note(&words::draft_left(&path)),
        Some(_) => {}
    }
}
