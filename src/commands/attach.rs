use std::path::{Path, PathBuf};

use clap::Args;

use crate::arguments::flag::both;
use crate::arguments::{flag, value};
use crate::case::{Case, EventName, Field};
use crate::casefile::{layout, portable};
use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::recording::apply::{Payload, PlannedChange, RecordingArgs, answer, plan, prepare};
use crate::recording::event_args;
use crate::session::Session;

mod say {
    pub(super) use crate::commands::say::*;

    crate::messages! {
        examples() { "fb attach mgvstf photo.jpg\nfb attach mgvstf call.mp3 -m \"first call\"", "fb attach mgvstf photo.jpg\nfb attach mgvstf call.mp3 -m \"首次通话\"" }
        file() { "The file; it is copied to files/ID/ and committed", "文件；复制到 files/编号/ 并提交" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = both(EventName::Attached.row().help), after_help = say::examples().both())]
pub(crate) struct AttachArgs {
    #[arg(value_name = value::ID.both(), help = flag::CASE.both())]
    id: String,
    #[arg(value_name = value::FILE.both(), help = say::file().both())]
    file: PathBuf,
    #[arg(short = 'm', long, value_name = value::TEXT.both(), allow_hyphen_values = true)]
    #[arg(help = flag::NOTE.both())]
    note: Option<String>,
    #[command(flatten)]
    how: RecordingArgs,
}

impl AttachArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let no_file = || Error::refused(say::no_file(&self.file));
        let name = self.file.file_name().map(|name| name.to_string_lossy()).ok_or_else(no_file)?;
        let mut original = disk::named::plain_file(&self.file)?.ok_or_else(no_file)?;
        let lock = session.lock()?;
        let found = session.ledger.find(&self.id)?;
        let directory = layout::attachments(&found.case.id);
        // Neither the name as it is given nor the one that is made of it may be a link.
        session.ledger.disk().is_free(&directory.join(&*name))?;
        let kept_as = name_for(session, &found.case, &name, &directory)?;
        let kept = directory.join(&kept_as);
        if !session.ledger.disk().is_free(&kept)? {
            return Err(Error::refused(say::kept_already(&kept)));
        }
        let payload = Payload::new().maybe(Field::File, Some(kept_as.clone())).maybe(Field::Note, self.note);
        let event = event_args::event(session, &self.how, EventName::Attached, payload, &[&found.case])?;
        let done = prepare(session, vec![PlannedChange { found, events: vec![event] }])?;
        let plan = plan(session, &done, vec![kept.clone()])?;
        session.bring(&lock, &mut original, &kept)?;
        let written = session.write(&lock, &plan)?;
        answer(session, &done, &written, self.how.format)?;
        if kept_as != name {
            session.terminal.note(&say::kept_as(kept_as));
        }
        Ok(written.exit)
    }
}

/// The name under which a file is kept: its own, or a similar one that every system allows and no other file has.
///
/// # Errors
/// The name is one of git's, or the case already has a file of exactly this name.
fn name_for(session: &Session, case: &Case, name: &str, directory: &Path) -> Result<String> {
    let portable = portable::portable(name, directory);
    if !is_usable(name.trim_start()) || !is_usable(&portable) {
        return Err(Error::refused(say::not_a_name(name)).hint(say::rename_first()));
    }
    if portable == name && session.ledger.has(&directory.join(name)) {
        return Err(Error::refused(say::kept_already(directory.join(name))).hint(say::rename_it()));
    }
    let mut there = session.ledger.names_in(directory)?;
    there.extend(case.history.iter().filter_map(|event| event.text(Field::File)).map(str::to_owned));
    // A file that is missing may be attached again under its own name.
    let mut free = portable.clone();
    let mut n = 1;
    while is_taken(&there, &free, name) {
        n += 1;
        free = portable::shortened(&portable, &format!("-{n}"), directory);
    }
    Ok(free)
}

/// Whether some system would confuse a name with one that is there. A missing file may come back under its own `name`.
fn is_taken(there: &[String], candidate: &str, name: &str) -> bool {
    let folded = portable::folded(candidate);
    there.iter().any(|there| portable::folded(there) == folded && (there != candidate || candidate != name))
}

/// Whether a name means nothing special to git. `.git` in any spelling, the short name that Windows gives it, and files
/// such as `.gitignore` are git's own.
fn is_usable(name: &str) -> bool {
    !name.starts_with('.') && !name.to_lowercase().starts_with("git~")
}
