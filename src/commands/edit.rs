use clap::Args;

use crate::arguments::{flag, value};
use crate::case::{Case, Id};
use crate::error::{Error, Exit, Result};
use crate::ledger::{Plan, Write};
use crate::session::{Session, place};

mod draft;

use draft::EditDraft;

mod say {
    pub(super) use crate::commands::say::*;

    crate::messages! {
        about() { "Edit a case in your editor; what you save is checked", "用编辑器修改案卷，保存时会检查" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb edit mgvstf")]
pub(crate) struct EditArgs {
    #[arg(value_name = value::ID.both(), help = flag::CASE.both())]
    id: String,
}

impl EditArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let command = session.editor()?;
        // An interrupted command is finished before the file is read. The lock is not held while the editor is open, so that
        // others can work.
        let lock = session.lock()?;
        let (path, standing) = session.ledger.locate(&self.id)?;
        let id = Id::parse(&standing.name).ok();
        let before = session.ledger.disk().text(&path)?;
        let draft = EditDraft::new(session, &lock, &path, &before)?;
        drop(lock);
        let short = id.as_ref().map_or(standing.name.as_str(), Id::short);
        let mut exit = Exit::Done;
        match draft.written(session, &command, &before, id.as_ref()).map_err(|error| draft.kept(error))? {
            None => session.terminal.line(&say::not_edited(short))?,
            Some((case, text)) => {
                let new = place(&session.book, &case);
                let write = Write { old: Some(path), before: Some(before), new: new.clone(), text };
                exit = self::write(session, write, &case)
                    .map_err(|error| draft.kept(error.hint(say::take_over(short))))?;
                session.terminal.line(&say::edited(short, &new))?;
            }
        }
        draft.remove();
        Ok(exit)
    }
}

/// Replaces the text, and moves the file to where the case belongs now.
fn write(session: &Session, write: Write, case: &Case) -> Result<Exit> {
    let lock = session.lock()?;
    let old = write.old.clone().unwrap_or_default();
    let now = session.ledger.disk().text(&old).ok();
    if now != write.before {
        return Err(Error::refused(say::edited_meanwhile(&old)));
    }
    let plan = Plan {
        writes: vec![write],
        subject: format!("edit {}", case.id.short()),
        trailers: vec![("Case".to_owned(), case.id.to_string())],
        ..Plan::default()
    };
    Ok(session.write(&lock, &plan)?.exit)
}
