//! The copy of a case file that an editor works on. It stays until its text is in the ledger.
//!
//! Each draft is in a directory of its own, which is never committed, together with the original text. That file is
//! locked while the draft's `fb` runs.

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

/// A draft, and the locked file that shows that its process is alive.
pub(super) struct EditDraft {
    /// Where drafts are, and the directory of this one in it.
    place: (Root, PathBuf),
    directory: Root,
    name: PathBuf,
    path: PathBuf,
    _alive: File,
}

impl EditDraft {
    /// Begins a draft of this case file with its text. Drafts of dead processes are cleaned up: those without a
    /// change are removed, and those of the same case that have one are reported.
    ///
    /// # Errors
    /// It cannot be written.
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

    /// The edited text, once it is a case; `None` if nothing was changed. On a terminal the draft is opened again
    /// until it is right, or the user gives up.
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

    /// The case in the draft; its id must be the same.
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

    /// Removes it: it is not needed any more.
    pub(super) fn remove(&self) {
        // A draft that stays does no harm, and the work is done.
        let _ = self.place.0.remove_all(&self.place.1);
    }
}

/// The directories of drafts whose process has ended.
fn left_over(private: &Root) -> Result<Vec<PathBuf>> {
    let names = private.names(Path::new(""))?.into_iter().map(PathBuf::from);
    let drafts = names.filter(|name| name.to_string_lossy().starts_with(PREFIX));
    Ok(drafts.filter(|name| is_dead(private, name)).collect())
}

/// Whether the process of a draft has ended: it does not hold the lock any more.
fn is_dead(private: &Root, draft: &Path) -> bool {
    match private.file(&draft.join(ORIGINAL)) {
        Ok((original, _)) => original.try_lock().is_ok(),
        Err(_) => true,
    }
}

/// Removes a draft without a change, or whose text the case file (`text`) already has. A draft that cannot be read stays:
/// it may have changes.
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
        None => {
            // What stays is looked at again by the next edit.
            let _ = private.remove_all(left);
        }
        Some(name) if name == of_this_case => {
            session.terminal.note(&say::draft_left(directory.path().join(name)));
        }
        Some(_) => {}
    }
}
