//! Undoes the last command: which it was, whether there are later changes, and how it is reversed.

use clap::Args;
use serde_json::{Value, json};

use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::error::{Error, Exit, Result};
use crate::git::{Entry, Repository};
use crate::ledger::Plan;
use crate::privacy::{Privacy, masked};
use crate::render::Format;
use crate::session::{Session, UNDOES, Written};

mod back;
mod say;
mod target;

use back::{Reversal, Reversed};

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(crate) struct UndoArgs {
    #[arg(value_name = value::ID.both(), help = say::case().both())]
    id: Option<String>,
    #[arg(short = 'm', long, value_name = value::TEXT.both(), allow_hyphen_values = true)]
    #[arg(help = say::why().both())]
    note: Option<String>,
    #[arg(long, help = say::dry_run().both())]
    dry_run: bool,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

/// More cases than this are counted, not listed.
const LISTED: usize = 20;

impl UndoArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let repository = session.repository()?;
        if !session.commits() {
            return Err(Error::refused(say::no_commits()).hint(say::no_commits_help()));
        }
        let before = repository.head()?;
        let lock = session.lock()?;
        if repository.head()? != before {
            // Otherwise a second undo would undo the first.
            return Err(Error::refused(say::finished_first()).hint(say::look_then_again()));
        }
        let entry = target::find(session, repository, self.id.as_deref())?;
        target::check_possible(session, repository, &entry)?;
        let back = Reversal::of(session, repository, &entry)?;
        let mut written = Written::dry_run();
        if !self.dry_run {
            back.put_attached(session)?;
            written = session.write(&lock, &plan(&entry, &back, self.note))?;
        }
        if self.format == Format::Json {
            let answer = written.told(answer(&entry, &back.outcomes, self.dry_run));
            session.terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
        } else {
            tell(session, repository, &entry, &back.outcomes, self.dry_run)?;
        }
        Ok(written.exit)
    }
}

/// One commit of exactly the paths of the one that it undoes, and of the same cases.
fn plan(entry: &Entry, back: &Reversal, note: Option<String>) -> Plan {
    let cases = entry.trailers("Case").map(|id| ("Case".to_owned(), id.to_owned()));
    Plan {
        writes: back.writes.clone(),
        removals: back.removals.clone(),
        also: back.attached.iter().map(|(path, _)| path.clone()).collect(),
        subject: format!("undo: {}", entry.subject),
        body: note,
        trailers: cases.chain([(UNDOES.to_owned(), entry.id.clone())]).collect(),
        ..Plan::default()
    }
}

/// A line for each case; for very many, their number.
fn tell(
    session: &Session,
    repository: &Repository,
    entry: &Entry,
    outcomes: &[Reversed],
    dry_run: bool,
) -> Result<()> {
    let terminal = &session.terminal;
    let undone = masked(&entry.subject);
    if outcomes.len() > LISTED {
        let gone = outcomes.iter().filter(|outcome| outcome.is_gone()).count();
        terminal.line(&say::many(outcomes.len() - gone, gone, &*undone))?;
    } else {
        outcomes.iter().try_for_each(|outcome| terminal.line(&say::one(outcome, &undone)))?;
    }
    if dry_run {
        return terminal.line(&say::only_said());
    }
    if let Some(branch) = repository.shared(&entry.id)? {
        terminal.note(&say::shared(branch));
    }
    Ok(())
}

/// A case that was reversed, for programs; `None` for another file.
fn case(outcome: &Reversed) -> Option<Value> {
    let Reversed::Case { id, kind, now, .. } = outcome else { return None };
    let (status, path) = match now {
        Some((status, path)) => (json!(status.word()), json!(path.to_string_lossy())),
        None => (Value::Null, Value::Null),
    };
    Some(json!({ "id": id, "kind": kind.map(crate::case::Kind::word), "status": status, "path": path }))
}

/// The same for programs.
fn answer(entry: &Entry, outcomes: &[Reversed], dry_run: bool) -> Value {
    json!({
        "version": 1,
        "dry_run": dry_run,
        "undone": { "commit": entry.id, "subject": entry.subject, "author": entry.email },
        "cases": outcomes.iter().filter_map(case).collect::<Vec<_>>(),
    })
}
