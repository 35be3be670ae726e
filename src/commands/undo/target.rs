//! Which command is undone, and what prevents it.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use super::say;
use crate::audit::BASELINE;
use crate::casefile::{CasePath, layout};
use crate::error::{Error, Result};
use crate::git::{Altered, CommitFilter, Entry, Repository};
use crate::lang::{Text, moment};
use crate::ledger::Ledger;
use crate::privacy::masked;
use crate::session::{self, COMMAND, NOT_COMMITTED_BEFORE, Session};

/// How many of the cases that were changed later are named.
const NAMED: usize = 10;

/// The command that cannot be undone: it created the ledger.
const INIT: &str = "init";

/// The commit of the last command: of the person who acts, or on a case.
///
/// # Errors
/// There is none, or the last change was not made by a command.
pub(super) fn find(session: &Session, repository: &Repository, part: Option<&str>) -> Result<Entry> {
    if let Some(state) = repository.under_way()? {
        return Err(Error::refused(state.name()).hint(say::finish_first()));
    }
    if repository.head()?.is_none() {
        return Err(Error::refused(say::no_commit_yet()));
    }
    let found = match part {
        Some(part) => on_case(session, repository, part)?,
        None => {
            nothing_is_uncommitted(session, repository)?;
            of_actor(session, repository)?
        }
    };
    if found.trailer(COMMAND) == Some(INIT) {
        return Err(Error::refused(say::began(said(session, &found))).hint(say::remove_ledger()));
    }
    if found.trailer(COMMAND).is_none() {
        let error = Error::refused(say::by_hand(said(session, &found)));
        let error = if part.is_none() { error.hint(say::name_a_case()) } else { error };
        return Err(error.hint(say::revert(found.short())));
    }
    if found.cut_off {
        return Err(Error::refused(say::cut_off(said(session, &found))).hint(say::unshallow()));
    }
    // With everything that it altered, not only the paths by which it was found.
    Ok(repository.entry(&found.id)?.unwrap_or(found))
}

/// A hook may have refused the commit of the last command: then the newest commit is not the last change.
fn nothing_is_uncommitted(session: &Session, repository: &Repository) -> Result<()> {
    let root = session.ledger.root();
    let dirty = repository.dirty(&[root.join(layout::CASES)])?;
    let cases = dirty
        .iter()
        .filter_map(|path| path.strip_prefix(root).ok())
        .filter(|path| CasePath::of(path).is_some());
    let paths: BTreeSet<String> = cases.map(|path| path.display().to_string()).collect();
    if paths.is_empty() {
        return Ok(());
    }
    let paths = paths.into_iter().collect::<Vec<_>>().join(", ");
    let error = Error::refused(say::last_may_not_be_committed(paths)).hint(say::commit_or_restore());
    Err(error.hint(say::name_a_case()))
}

fn on_case(session: &Session, repository: &Repository, part: &str) -> Result<Entry> {
    let (_, standing) = session.ledger.locate(part)?;
    let found = repository
        .last("HEAD", CommitFilter::Paths(&paths(&standing.name).each_ref().map(String::as_str)))?;
    found.ok_or_else(|| Error::refused(say::not_committed(&standing.name)))
}

fn of_actor(session: &Session, repository: &Repository) -> Result<Entry> {
    let (_, email) = repository
        .author()?
        .ok_or_else(|| Error::refused(session::say::nobody()).hint(session::say::say_who()))?;
    let parts: Vec<&str> = Ledger::PARTS.into_iter().chain([BASELINE]).collect();
    let filter = CommitFilter::Author(&email, &parts);
    let found = repository.last("HEAD", filter)?;
    let found = found.ok_or_else(|| Error::refused(say::nothing(&email)).hint(say::name_a_case()))?;
    let since = format!("{}..HEAD", found.id);
    match repository.last_merge(&since, filter, Some(COMMAND))? {
        Some(merge) => Err(Error::refused(say::is_merge(said(session, &merge))).hint(say::name_a_case())),
        None => Ok(found),
    }
}

/// Everything that the history has of a case.
fn paths(name: &str) -> [String; 2] {
    [format!("cases/**/{name}.yaml"), format!("{}/{name}/**", layout::ATTACHED)]
}

/// Checks that the commit can be undone without changing later work.
///
/// # Errors
/// It cannot. The error lists all reasons: files that were changed and not committed, and what was committed since.
pub(super) fn check_possible(session: &Session, repository: &Repository, entry: &Entry) -> Result<()> {
    let before: Vec<&str> = entry.trailers(NOT_COMMITTED_BEFORE).collect();
    if !before.is_empty() {
        let refused = Error::refused(say::not_possible(&*masked(&entry.subject), entry.short()));
        let holds_more = refused.hint(say::holds_more(before.join(", ")));
        return Err(holds_more.hint(say::tell_apart(entry.short())));
    }
    let mut hints = Vec::new();
    let touched = Touched::by(entry.altered.iter().flatten());
    let uncommitted = uncommitted(session, repository, &touched)?;
    hints.extend(uncommitted.into_iter().flat_map(|files| [files, say::commit_or_restore()]));
    let unsaved = hints.len();
    let head = repository.differing(&entry.id, "HEAD", false)?;
    hints.extend(built_on(session, repository, &touched, &head, &format!("{}..HEAD", entry.id))?);
    if let Some(branch) = repository.followed()? {
        let parted = !repository.bases("HEAD", &branch)?.is_empty();
        if !parted && repository.is_shallow() {
            return Err(
                Error::refused(say::apart(branch.trim_start_matches("refs/remotes/"))).hint(say::unshallow())
            );
        }
        let elsewhere = if parted { repository.differing("HEAD", &branch, true)? } else { Vec::new() };
        let others = built_on(session, repository, &touched, &elsewhere, &format!("HEAD..{branch}"))?;
        let name = branch.trim_start_matches("refs/remotes/").trim_start_matches("refs/heads/");
        let help = (!others.is_empty()).then(|| say::on_branch(name));
        hints.extend(others.into_iter().chain(help));
    }
    if hints.is_empty() {
        return Ok(());
    }
    hints.extend((hints.len() > unsaved).then(say::instead));
    let refused = Error::refused(say::not_possible(&*masked(&entry.subject), entry.short()));
    Err(hints.into_iter().fold(refused, Error::hint))
}

/// What a commit touched: cases by name, and other files.
struct Touched<'e>(BTreeSet<Of<'e>>);

/// A case, wherever it is, or another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of<'e> {
    Case(&'e str),
    File(&'e Path),
}

impl<'e> Of<'e> {
    fn path(path: &'e Path) -> Of<'e> {
        let case = CasePath::of(path).and(path.file_stem()).and_then(|stem| stem.to_str());
        case.map_or(Of::File(path), Of::Case)
    }
}

impl<'e> Touched<'e> {
    fn by(altered: impl Iterator<Item = &'e Altered>) -> Touched<'e> {
        Touched(altered.map(|altered| Of::path(&altered.path)).collect())
    }
}

/// Files of these that are not as the last commit has them.
fn uncommitted(session: &Session, repository: &Repository, touched: &Touched<'_>) -> Result<Option<Text>> {
    let root = session.ledger.root();
    let dirty = repository.dirty(&[root.to_owned()])?;
    let own = dirty.iter().filter_map(|path| path.strip_prefix(root).ok());
    let changed: BTreeSet<String> = own
        .filter(|path| touched.0.contains(&Of::path(path)))
        .map(|path| path.display().to_string())
        .collect();
    Ok((!changed.is_empty()).then(|| say::uncommitted(changed.into_iter().collect::<Vec<_>>().join(", "))))
}

/// The later changes to what the commit touched, each with the last commit that made it.
fn built_on(
    session: &Session,
    repository: &Repository,
    touched: &Touched<'_>,
    differing: &[Altered],
    range: &str,
) -> Result<Vec<Text>> {
    let since = Touched::by(differing.iter());
    let both: Vec<Of<'_>> = touched.0.intersection(&since.0).copied().collect();
    let mut told = Vec::new();
    for of in both.iter().take(NAMED) {
        let (name, paths) = match of {
            Of::Case(name) => (short(name), paths(name).to_vec()),
            Of::File(path) => (path.display().to_string(), vec![slashed(path)]),
        };
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let last = match repository.last(range, CommitFilter::Paths(&paths))? {
            None => repository.last_merge(range, CommitFilter::Paths(&paths), None)?,
            found => found,
        };
        told.extend(last.map(|last| say::built_on(name, said(session, &last))));
    }
    let more = both.len().saturating_sub(NAMED);
    told.extend((more > 0).then(|| say::and_more(more)));
    Ok(told)
}

fn short(name: &str) -> String {
    crate::case::Id::parse(name).map_or_else(|_| name.to_owned(), |id| id.short().to_owned())
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// `1a2b3c4d (Li Na, Mon 2026-11-23 18:00: escalate 7k3q9x to supervisor)`.
fn said(session: &Session, entry: &Entry) -> Text {
    let at = Timestamp::from_second(entry.authored).unwrap_or_default();
    let at = moment(at, &session.book.shop.zone);
    say::commit(entry.short(), &entry.author, at, &*masked(&entry.subject))
}
