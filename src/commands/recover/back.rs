//! Merges kept changes with the current files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::case::{Case, Id};
use crate::casefile::{self, CasePath};
use crate::disk;
use crate::error::{Error, Result};
use crate::git::{Content, Kept};
use crate::lang::Text;
use crate::ledger::Write;
use crate::merge::{Outcome, common_base};
use crate::reconcile::join_texts;
use crate::session::{self, BY_HAND, Held, Pending, PendingCase, Session, place};

mod say {
    crate::messages! {
        two_cases(path, id) {
            "{path} is another case, which drew the same id ({id})",
            "{path} 是另一件案卷，只是编号相同（{id}）"
        }
        other_text(path, seen) {
            "{path} has a different text now, which cannot be merged with what is kept: {seen}",
            "{path} 的内容已经不同，无法与保存的内容合并；{seen}"
        }
        no_case(path, seen) {
            "what is kept of {path} cannot be read as a case: {seen}",
            "所保存的 {path} 不能作为案卷读取；{seen}"
        }
        seen_by_git(name) { "`git show {name}` shows it", "可用 `git show {name}` 查看" }
        seen_in(record) { "{record} has it", "内容在 {record} 里" }
        taken(path) { "{path} is taken by another file", "{path} 已被别的文件占用" }
        look() { "copy what you need by hand, then discard it with `fb recover --drop`", "请手工取用需要的内容，然后用 `fb recover --drop` 丢弃" }
        mend_first() { "`fb check` says what is wrong there; correct that, then recover", "请先用 `fb check` 查看并改好，再恢复" }
    }
}

/// A case to restore.
pub(super) struct Restored {
    pub(super) case: Case,
    /// Where it belongs.
    pub(super) place: PathBuf,
    text: String,
    /// Where it is now, and its text; `None` if it is nowhere.
    now: Option<(PathBuf, String)>,
}

/// What is restored.
#[derive(Default)]
pub(super) struct Retrieval {
    /// The cases, by name.
    pub(super) cases: BTreeMap<String, Restored>,
    /// Other files, with their bytes; no bytes if the file already exists.
    pub(super) files: Vec<(PathBuf, Option<Vec<u8>>)>,
    /// What cannot be restored.
    pub(super) refusals: Vec<Error>,
    /// The names of changes that are not restored completely.
    pub(super) unfinished: BTreeSet<String>,
}

impl Retrieval {
    /// Adds all changes of one command.
    pub(super) fn take(&mut self, session: &Session, one: &Pending) {
        let mut refusals = Vec::new();
        for case in &one.cases {
            refusals.extend(self.case(session, case, &one.kept).err());
        }
        for (path, held) in &one.others {
            refusals.extend(self.file(session, path, held, &one.kept).err());
        }
        if !refusals.is_empty() || one.cases.is_empty() && one.others.is_empty() {
            self.unfinished.insert(one.kept.name.clone());
        }
        self.refusals.extend(refusals);
    }

    fn case(&mut self, session: &Session, kept: &PendingCase, by: &Kept) -> Result<()> {
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
                    .map_err(|error| error.hint(say::mend_first()))?
                {
                    Outcome::Merged(merged) => merged.text,
                    Outcome::Collision(_) => {
                        return Err(Error::failed(say::two_cases(&kept.path, &kept.id)).hint(say::look()));
                    }
                }
            }
        };
        if !session::has_comments(&[&text], &kept.comments) {
            return Err(Error::failed(say::other_text(&kept.path, seen(by, &kept.path))).hint(say::look()));
        }
        let case = casefile::read(text.as_bytes(), &kept.path).map_err(|findings| {
            Error::failed(say::no_case(&kept.path, seen(by, &kept.path))).because(findings)
        })?;
        let place = place(&session.book, &case);
        let there = now.as_ref().is_some_and(|(path, _)| *path == place);
        if !there && !session.ledger.disk().is_free(&place)? {
            return Err(Error::failed(say::taken(&place)).hint(say::mend_first()));
        }
        self.cases.insert(kept.id.clone(), Restored { case, place, text, now });
        Ok(())
    }

    fn file(&mut self, session: &Session, path: &Path, held: &Held, by: &Kept) -> Result<()> {
        if CasePath::of(path).is_some() || path.starts_with(BY_HAND) {
            return Err(Error::failed(say::no_case(path, seen(by, path))).hint(say::look()));
        }
        // A record may come from an archive.
        if !session.ledger.stays_inside(path) {
            return Err(Error::failed(say::taken(path)).hint(say::look()));
        }
        let is_free = session.ledger.disk().is_free(path)?;
        let (bytes, is_there) = match held {
            Held::Text(text) if is_free => (Some(text.clone().into_bytes()), false),
            Held::Text(text) => (None, session.ledger.source(path).as_ref() == Some(text)),
            Held::Blob(id) if is_free => {
                let files = [(id.as_str(), path)];
                match session.repository()?.smudged(&files, disk::LARGEST_ATTACHED)?.pop() {
                    Some(Content::Bytes(bytes)) => (Some(bytes), false),
                    _ => (None, false),
                }
            }
            Held::Blob(id) => (None, session.repository()?.ids_of(&[path])?.first() == Some(id)),
        };
        if bytes.is_none() && !is_there {
            return Err(Error::failed(say::other_text(path, seen(by, path))).hint(say::look()));
        }
        self.files.push((path.to_owned(), bytes));
        Ok(())
    }

    /// Restores the files that are not cases, before the events that name them.
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

/// How to see what is kept of a file.
fn seen(by: &Kept, path: &Path) -> Text {
    if by.commit.is_empty() {
        return say::seen_in(&*by.name);
    }
    say::seen_by_git(format!("{}:./{}", by.name, path.to_string_lossy()))
}

/// Where a case is now, and the text of its file; `None` if it is nowhere.
fn present(session: &Session, name: &str) -> Result<Option<(PathBuf, String)>> {
    let Ok(id) = Id::parse(name) else { return Ok(None) };
    if !session.ledger.ids().any(|one| one == id) {
        return Ok(None);
    }
    let (path, _) = session.ledger.locate(name)?;
    let text = session.ledger.disk().text(&path)?;
    Ok(Some((path, text)))
}
