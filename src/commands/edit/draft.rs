//! The copy of a case file that an editor works on. It stays until the ledger has what was written.
//!
//! Each is in a directory of its own in the one that nobody commits, beside the text from which it began: a file
//! that is locked as long as its `fb` lives.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::super::say;
use crate::case::{Case, Id};
use crate::casefile;
use crate::disk::{Root, Scratch};
use crate::error::{Code, Error, Finding, Place, Result};
use crate::ledger::Lock;
use crate::session::Session;
use crate::ui::{draw, editor, prompt};

/// The beginning of the directories' names.
const PREFIX: &str = "fb-edit-";
/// The text from which a draft began.
const ORIGINAL: &str = "original";

/// A draft, and the sign that its process lives.
pub(super) struct EditDraft {
    /// Where drafts are, and the directory of this one in it.
    place: (Root, PathBuf),
    directory: Root,
    name: PathBuf,
    path: PathBuf,
    _alive: File,
}

impl EditDraft {
    /// Begins a draft of this case file with its text. What processes that died left of theirs is put in order:
    /// drafts without a change go, and one of the same case that has some is named.
    ///
    /// # Errors
    /// Where there is no place for it.
    pub(super) fn new(session: &Session, _lock: &Lock, of: &Path, text: &str) -> Result<EditDraft> {
        let name = Path::new(of.file_name().unwrap_or_default());
        let private = session.private().made()?;
        for left in left_over(&private)? {
            sort_out(session, &private, &left, name, text);
        }
        let made = Scratch::within(&private, PREFIX)?;
        let alive = made.root().create(Path::new(ORIGINAL), text.as_bytes())?;
        alive.lock().map_err(|why| Error::failed(say::no_draft(of, why.to_string())))?;
        // The name's ending tells the editor what it shows.
        made.root().replace(name, text.as_bytes())?;
        let place = (private, made.name().to_owned());
        let directory = made.keep();
        let path = directory.path().join(name);
        Ok(EditDraft { place, directory, name: name.to_owned(), path, _alive: alive })
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
            let text = self.directory.text(&self.name)?;
            if text == before {
                return Ok(None);
            }
            let findings = match self.case(&text, id) {
                Ok(case) => return Ok(Some((case, text))),
                Err(findings) => findings,
            };
            let error = Error::refused(say::draft_unusable(&self.path)).because(findings);
            if !session.terminal.interactive {
                return Err(error);
            }
            session.terminal.error(&error, &draw::sources(session.ledger.root()));
            if !prompt::confirm(&session.terminal, &say::open_again(), "", true)? {
                return Err(Error { findings: Vec::new(), ..error });
            }
        }
    }

    /// The case that the draft says, which still is the same case.
    fn case(&self, text: &str, id: Option<&Id>) -> std::result::Result<Case, Vec<Finding>> {
        let case = casefile::read(text.as_bytes(), &self.path)?;
        match id.filter(|id| **id != case.id) {
            None => Ok(case),
            Some(id) => {
                let finding =
                    Finding::error(Code::BadValue, Place::file(&self.path), say::other_id(id, &case.id));
                Err(vec![finding.help(say::id_help(id))])
            }
        }
    }

    /// The error, and where the draft is.
    pub(super) fn kept(&self, error: Error) -> Error {
        error.hint(say::draft_kept(&self.path))
    }

    /// Nobody needs it any more.
    pub(super) fn remove(&self) {
        // A draft that stays does no harm, and the work is done.
        let _ = self.place.0.remove_all(&self.place.1);
    }
}

/// The directories of drafts whose process is no more.
fn left_over(private: &Root) -> Result<Vec<PathBuf>> {
    let names = private.names(Path::new(""))?.into_iter().map(PathBuf::from);
    let drafts = names.filter(|name| name.to_string_lossy().starts_with(PREFIX));
    let dead = |name: &PathBuf| {
        let original = private.file(&name.join(ORIGINAL));
        original.map_or(true, |(original, _)| original.try_lock().is_ok())
    };
    Ok(drafts.filter(dead).collect())
}

/// Removes a draft in which nothing was written, or nothing that the file, which says `text`, does not say. What cannot
/// be read may be something.
fn sort_out(session: &Session, private: &Root, left: &Path, of_this_case: &Path, text: &str) {
    let Ok(Some(directory)) = private.below(left) else { return };
    let original = directory.read(Path::new(ORIGINAL)).unwrap_or_default();
    let Ok(names) = directory.names(Path::new("")) else { return };
    let names = names.into_iter().map(PathBuf::from);
    let mut drafts = names.filter(|name| name != Path::new(ORIGINAL));
    let written = |name: &PathBuf| match directory.read(name) {
        Ok(bytes) => {
            let said = name == of_this_case && bytes == text.as_bytes();
            bytes != original && !bytes.is_empty() && !said
        }
        Err(_) => true,
    };
    match drafts.find(written) {
        None => drop(private.remove_all(left)),
        Some(name) if name == of_this_case => {
            session.terminal.note(&say::draft_left(directory.path().join(name)));
        }
        Some(_) => {}
    }
}
