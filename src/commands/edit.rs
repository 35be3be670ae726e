use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::words;
use crate::case::{Case, Id};
use crate::error::{Error, Exit, Finding, Place, Result};
use crate::ledger::{Plan, Write, files, text};
use crate::session::{Session, place};
use crate::ui::{draw, editor, prompt};

/// Open a case file in your editor; what you save is checked before it takes the file's place
#[derive(Debug, Clone, Args)]
pub struct Edit {
    /// The case
    id: String,
}

impl Edit {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let command = session.editor()?;
        // What an interrupted command left is finished before anyone reads the file. The lock isn't kept while
        // someone writes: others work on.
        drop(session.lock()?);
        let (path, standing) = session.ledger.locate(&self.id)?;
        let id = Id::parse(&standing.name).ok();
        let before = files::read_text(&session.ledger.root().join(&path))?;
        let draft = Draft::new(session, &path, &before)?;
        let short = id.as_ref().map_or(standing.name.as_str(), Id::short);
        match draft.written(session, &command, &before, id.as_ref()).map_err(|error| draft.kept(error))? {
            None => session.terminal.line(&words::not_edited(short))?,
            Some((case, text)) => {
                let new = write(
                    session,
                    Write { old: Some(path), before: Some(before), new: place(&session.book, &case), text },
                    &case,
                )
                .map_err(|error| draft.kept(error.hint(words::take_over(short))))?;
                session.terminal.line(&words::edited(short, &new))?;
            }
        }
        draft.remove();
        Ok(Exit::Done)
    }
}

/// Puts the new text in the old one's place, and the file where the case belongs now; gives that place.
fn write(session: &Session, write: Write, case: &Case) -> Result<PathBuf> {
    let lock = session.lock()?;
    let old = write.old.clone().unwrap_or_default();
    let now = files::read_text(&session.ledger.root().join(&old)).ok();
    if now != write.before {
        return Err(Error::refused(words::edited_meanwhile(&old)));
    }
    let new = write.new.clone();
    let plan = Plan {
        writes: vec![write],
        subject: format!("edit {}", case.id.short()),
        trailers: vec![("Case".to_owned(), case.id.to_string())],
        ..Plan::default()
    };
    session.write(&lock, &plan)?;
    Ok(new)
}

/// A copy of the case file that the editor works on. It stays until the ledger has what was written.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn new(session: &Session, of: &Path, text: &str) -> Result<Draft> {
        let name = format!("fb-{}-", of.file_stem().unwrap_or_default().to_string_lossy());
        let unkept = |why: std::io::Error| Error::failed(words::no_draft(of, why.to_string()));
        let mut builder = tempfile::Builder::new();
        // The ending tells the editor what it shows.
        builder.prefix(&name).suffix(".yaml");
        let mut file = builder.tempfile_in(session.private()).map_err(unkept)?;
        file.write_all(text.as_bytes()).map_err(unkept)?;
        let (_, path) = file.keep().map_err(|error| unkept(error.error))?;
        Ok(Draft { path })
    }

    /// What was written, once it is a case; `None` where nothing was changed. On a terminal the draft is opened
    /// until it is right, or the writer gives up.
    fn written(
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
    fn kept(&self, error: Error) -> Error {
        error.hint(words::draft_kept(&self.path))
    }

    /// Nobody needs it any more.
    fn remove(&self) {
        // A draft that stays does no harm, and the work is done.
        let _ = std::fs::remove_file(&self.path);
    }
}
