//! What was kept, united with what the files say now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::mend::BY_HAND;
use crate::case::{Case, Id};
use crate::disk;
use crate::error::{Error, Result};
use crate::git::Content;
use crate::ledger::{Standing, Write, text};
use crate::merge::{Outcome, common_base};
use crate::session::{self, Pending, PendingCase, Session, place};
use crate::sync::join_texts;

crate::messages! {
    two_cases(path, id) {
        "{path} is another case, which drew the same id ({id})",
        "{path} 是另一件案卷，只是编号相同（{id}）"
    }
    other_text(path, name) {
        "{path} says something else by now, and cannot be united with what is kept: `git show {name}` shows it",
        "{path} 的内容已经不同，无法与保存的内容合并；可用 `git show {name}` 查看"
    }
    no_case(path, name) {
        "what is kept of {path} cannot be read as a case: `git show {name}` shows it",
        "所保存的 {path} 不能作为案卷读取；可用 `git show {name}` 查看"
    }
    taken(path) { "{path} is taken by another file", "{path} 已被别的文件占用" }
    look() { "take over by hand what you need, then forget it with `fb recover --drop`", "请手工取用需要的内容，然后用 `fb recover --drop` 丢弃" }
    mend_first() { "`fb check` says what is wrong there; put that right, then recover", "请先用 `fb check` 查看并改好，再恢复" }
}

/// A case as it is to be.
pub(super) struct Restored {
    pub(super) case: Case,
    /// Where it belongs.
    pub(super) place: PathBuf,
    text: String,
    /// Where it is now and what it says there; `None`: it is nowhere.
    now: Option<(PathBuf, String)>,
}

/// What is put back.
#[derive(Default)]
pub(super) struct Back {
    /// The cases, by name.
    pub(super) cases: BTreeMap<String, Restored>,
    /// Other files, with their bytes; none where the file is there already.
    pub(super) files: Vec<(PathBuf, Option<Vec<u8>>)>,
    /// What cannot be.
    pub(super) refusals: Vec<Error>,
    /// The names of what is not put back whole.
    pub(super) unfinished: BTreeSet<String>,
}

impl Back {
    /// Takes over all of one command.
    pub(super) fn take(&mut self, session: &Session, one: &Pending) {
        let mut refusals = Vec::new();
        for case in &one.cases {
            refusals.extend(self.case(session, case, &one.kept.name).err());
        }
        for (path, id) in &one.others {
            refusals.extend(self.file(session, path, id, &one.kept.name).err());
        }
        if !refusals.is_empty() || one.cases.is_empty() && one.others.is_empty() {
            self.unfinished.insert(one.kept.name.clone());
        }
        self.refusals.extend(refusals);
    }

    fn case(&mut self, session: &Session, kept: &PendingCase, name: &str) -> Result<()> {
        let (now, says) = match self.cases.get(&kept.id) {
            Some(known) => (known.now.clone(), Some(known.text.clone())),
            None => {
                let now = present(session, &kept.id)?;
                (now.clone(), now.map(|(_, text)| text))
            }
        };
        let text = match says {
            None => kept.text.clone(),
            Some(says) => {
                let book = Some(&session.book);
                let base = common_base(kept.base.as_deref(), [&says, &kept.text], &kept.path);
                match join_texts(book, base, &says, &kept.text, &kept.path)
                    .map_err(|error| error.hint(mend_first()))?
                {
                    Outcome::Merged(merged) => merged.text,
                    Outcome::Collision(_) => {
                        return Err(Error::failed(two_cases(&kept.path, &kept.id)).hint(look()));
                    }
                }
            }
        };
        if !session::has_comments(&[&text], &kept.comments) {
            return Err(Error::failed(other_text(&kept.path, name)).hint(look()));
        }
        let case = text::read(text.as_bytes(), &kept.path)
            .map_err(|findings| Error::failed(no_case(&kept.path, "")).because(findings))?;
        let place = place(&session.book, &case);
        let there = now.as_ref().is_some_and(|(path, _)| *path == place);
        if !there && !session.ledger.disk().is_free(&place)? {
            return Err(Error::failed(taken(&place)).hint(mend_first()));
        }
        self.cases.insert(kept.id.clone(), Restored { case, place, text, now });
        Ok(())
    }

    fn file(&mut self, session: &Session, path: &Path, id: &str, name: &str) -> Result<()> {
        let shown = format!("{name}:./{}", path.to_string_lossy());
        if Standing::of(path).is_some() || path.starts_with(BY_HAND) {
            return Err(Error::failed(no_case(path, shown)).hint(look()));
        }
        let repository = session.repository()?;
        let there = !session.ledger.disk().is_free(path)?;
        if there {
            return match repository.ids_of(&[path])?.first().is_some_and(|now| now == id) {
                true => {
                    self.files.push((path.to_owned(), None));
                    Ok(())
                }
                false => Err(Error::failed(other_text(path, shown)).hint(look())),
            };
        }
        match repository.blobs(&[id], disk::LARGEST_ATTACHED)?.next().transpose()? {
            Some(Content::Bytes(bytes)) => {
                self.files.push((path.to_owned(), Some(bytes)));
                Ok(())
            }
            _ => Err(Error::failed(other_text(path, shown)).hint(look())),
        }
    }

    /// Puts the files in their places that are no cases, before the events that name them come back.
    ///
    /// # Errors
    /// A file cannot be written.
    pub(super) fn put_files(&self, session: &Session) -> Result<()> {
        for (path, bytes) in &self.files {
            if let Some(bytes) = bytes {
                session.ledger.disk().replace(path, bytes)?;
            }
        }
        Ok(())
    }

    /// The cases as a plan writes them.
    pub(super) fn writes(&self) -> Vec<Write> {
        let write = |it: &Restored| {
            let (old, before) = it.now.clone().unzip();
            Write { old, before, new: it.place.clone(), text: it.text.clone() }
        };
        self.cases.values().map(write).collect()
    }
}

/// Where a case is now, and what its file says; `None`: it is nowhere.
fn present(session: &Session, name: &str) -> Result<Option<(PathBuf, String)>> {
    let Ok(id) = Id::parse(name) else { return Ok(None) };
    if !session.ledger.ids().any(|one| one == id) {
        return Ok(None);
    }
    let (path, _) = session.ledger.locate(name)?;
    let text = session.ledger.disk().text(&path)?;
    Ok(Some((path, text)))
}
