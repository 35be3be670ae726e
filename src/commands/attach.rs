use std::path::PathBuf;

use clap::Args;

use super::handle::{Change, How, Payload, answer, plan, prepare};
use super::{draft, words};
use crate::case::{EventName, Field};
use crate::error::{Error, Exit, Result};
use crate::ledger::{files, layout};
use crate::session::Session;

/// Keep a photo or a recording with a case: copied to files/ID/ and committed with the event
#[derive(Debug, Clone, Args)]
pub struct Attach {
    /// The case
    id: String,
    /// The file to copy
    file: PathBuf,
    /// A remark for the history
    #[arg(short = 'm', long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Attach {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let name = self.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.is_empty() || !self.file.is_file() {
            return Err(Error::refused(words::no_file(&self.file)));
        }
        if !is_usable(name) {
            return Err(Error::refused(words::not_a_name(name)).hint(words::rename_first()));
        }
        let lock = session.lock()?;
        let found = session.ledger.find(&self.id)?;
        let kept = layout::attachments(&found.case.id).join(name);
        let target = session.ledger.root().join(&kept);
        files::stays_inside(session.ledger.root(), &kept)?;
        if target.exists() {
            return Err(Error::refused(words::kept_already(&kept)).hint(words::rename_it()));
        }
        let payload = Payload::new().maybe(Field::File, Some(name.to_owned())).maybe(Field::Note, self.note);
        let event = draft::event(session, &self.how, EventName::Attached, payload, Some(&found.case))?;
        let done = prepare(session, vec![Change { found, events: vec![event] }])?;
        let plan = plan(session, &done, vec![kept.clone()])?;
        session.bring(&lock, &self.file, &kept)?;
        let written = session.write(&lock, &plan)?;
        answer(session, &done, &written, self.how.format)?;
        Ok(written.exit)
    }
}

/// Whether git takes a file of this name for a file and nothing else: `.git` in any spelling, the short name that Windows
/// gives it, and the files by which git is told what to ignore, are its own; a control character hides in every list.
fn is_usable(name: &str) -> bool {
    !name.starts_with('.') && !name.to_lowercase().starts_with("git~") && !name.contains(char::is_control)
}
