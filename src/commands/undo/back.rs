//! The reverse of a commit: what is to be written, and what is to be removed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::say;
use crate::case::{Kind, Status};
use crate::casefile::{self, CasePath, layout};
use crate::disk;
use crate::error::{Error, Result};
use crate::git::{Altered, Content, Entry, Repository};
use crate::ledger::{Before, Removal, Write};
use crate::session::Session;

/// The way back to the parent of a commit, over exactly its paths.
pub(super) struct Reversal {
    pub(super) writes: Vec<Write>,
    pub(super) removals: Vec<Removal>,
    /// Photos and recordings to restore: they are too large for a journal.
    pub(super) attached: Vec<(PathBuf, Vec<u8>)>,
    pub(super) outcomes: Vec<Reversed>,
}

/// What happens to a case or to another file.
pub(super) enum Reversed {
    /// A case; `None` if it does not exist before, or after.
    Case { id: String, kind: Option<Kind>, was: Option<Status>, now: Option<(Status, PathBuf)> },
    /// Another file.
    File { path: PathBuf, gone: bool },
}

impl Reversed {
    /// Whether it is removed.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self, Reversed::Case { now: None, .. } | Reversed::File { gone: true, .. })
    }
}

/// A file to restore.
struct FileReversal<'e> {
    /// Where it is now, if it exists.
    now: Option<&'e Path>,
    /// Where it was, and its object, if it existed.
    then: Option<(&'e Path, &'e str)>,
}

impl Reversal {
    /// # Errors
    /// A file cannot be read, or is not a plain file.
    pub(super) fn of(session: &Session, repository: &Repository, entry: &Entry) -> Result<Reversal> {
        let steps = steps(entry.altered.first().map(Vec::as_slice).unwrap_or_default())?;
        let wanted: Vec<(&str, &Path)> =
            steps.iter().filter_map(|step| step.then.map(|(path, id)| (id, path))).collect();
        let mut contents = repository.smudged(&wanted, disk::LARGEST_ATTACHED)?.into_iter();
        let mut back =
            Reversal { writes: Vec::new(), removals: Vec::new(), attached: Vec::new(), outcomes: Vec::new() };
        for step in &steps {
            let content = if step.then.is_some() { contents.next() } else { None };
            back.take(session, step, content)?;
        }
        Ok(back)
    }

    fn take(&mut self, session: &Session, step: &FileReversal<'_>, content: Option<Content>) -> Result<()> {
        let disk = session.ledger.disk();
        let before = |path: &Path| disk.text(path);
        match (step.now, step.then, content) {
            (_, Some((path, _)), Some(Content::Bytes(bytes))) if path.starts_with(layout::ATTACHED) => {
                self.attached.push((path.to_owned(), bytes));
            }
            (now, Some((path, _)), Some(Content::Bytes(bytes))) => {
                let text = String::from_utf8(bytes).map_err(|_| Error::failed(say::not_text(path)))?;
                let before = now.map(before).transpose()?;
                self.writes.push(Write { old: now.map(Path::to_owned), before, new: path.to_owned(), text });
            }
            (_, Some((path, _)), _) => return Err(Error::failed(say::not_plain(path))),
            (Some(path), None, _) if path.starts_with(layout::ATTACHED) => {
                let length = disk.size(path)?.ok_or_else(|| Error::failed(say::not_plain(path)))?;
                self.removals.push(Removal { path: path.to_owned(), before: Before::Length(length) });
            }
            (Some(path), None, _) => {
                let before = Before::Text(before(path)?);
                self.removals.push(Removal { path: path.to_owned(), before });
            }
            (None, None, _) => return Ok(()),
        }
        self.outcomes.extend(self.outcome(step));
        Ok(())
    }

    /// What becomes of the file of this step, which was taken last.
    fn outcome(&self, step: &FileReversal<'_>) -> Option<Reversed> {
        let path = step.then.map(|(path, _)| path).or(step.now)?;
        let standing = |path: &Path| CasePath::of(path);
        let Some(CasePath { name, .. }) = standing(path) else {
            return Some(Reversed::File { path: path.to_owned(), gone: step.then.is_none() });
        };
        let text = match (&step.then, self.removals.last()) {
            (Some(_), _) => self.writes.last().map(|write| write.text.as_str()),
            (None, Some(Removal { before: Before::Text(text), .. })) => Some(text.as_str()),
            _ => None,
        };
        let kind = text.and_then(|text| casefile::read(text.as_bytes(), path).ok()).map(|case| case.kind);
        Some(Reversed::Case {
            id: name,
            kind,
            was: step.now.and_then(standing).map(|standing| standing.status),
            now: step.then.and_then(|(path, _)| Some((standing(path)?.status, path.to_owned()))),
        })
    }

    /// Restores photos and recordings, before the event that names them.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(super) fn put_attached(&self, session: &Session) -> Result<()> {
        for (path, bytes) in &self.attached {
            session.ledger.disk().replace(path, bytes)?;
        }
        Ok(())
    }
}

/// The files of a commit to restore; a case that it moved is one file, not two.
fn steps(altered: &[Altered]) -> Result<Vec<FileReversal<'_>>> {
    let mut of_case: BTreeMap<String, usize> = BTreeMap::new();
    let mut steps: Vec<FileReversal<'_>> = Vec::new();
    for one in altered {
        if one.old.is_none() && one.new.is_none() {
            return Err(Error::refused(say::not_plain(&one.path)));
        }
        let now = one.new.as_ref().map(|_| one.path.as_path());
        let then = one.old.as_deref().map(|id| (one.path.as_path(), id));
        let Some(CasePath { name, .. }) = CasePath::of(&one.path) else {
            steps.push(FileReversal { now, then });
            continue;
        };
        let other = of_case.get(&name).copied().filter(|at| match &steps[*at] {
            FileReversal { now: None, .. } => then.is_none(),
            FileReversal { then: None, .. } => now.is_none(),
            _ => false,
        });
        match other {
            Some(at) => {
                let other = &mut steps[at];
                (other.now, other.then) = (other.now.or(now), other.then.or(then));
            }
            None => {
                of_case.insert(name, steps.len());
                steps.push(FileReversal { now, then });
            }
        }
    }
    Ok(steps)
}
