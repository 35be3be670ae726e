//! The files of a ledger: how they are found, read, added and moved.
//!
//! Promises: a reader sees whole files; a file is never in two places; the next command finishes what an interrupted
//! one began; a stamp adds lines and changes none. Knows `case`, and where the shop's rules are but not what they say. A
//! ledger can also be read as a commit has it ([`Ledger::kept`]); nothing is ever written to that.

use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::ops::RangeInclusive;
use std::path::{Component, Path, PathBuf};

mod journal;
mod locate;
mod plan_executor;
mod say;
mod scan;
mod store;

pub(crate) use crate::disk::Lock;
pub(crate) use journal::{Before, Left, Plan, Removal, Then, Write};
pub(crate) use scan::{Found, Scan};
pub(crate) use store::{CommittedFile, Files};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::case::{Id, Status};
use crate::casefile::{self, CasePath, layout};
use crate::disk::{self, FileKind, Private, Root};
use crate::error::{Code, Error, Result};
use journal::Journal;
use plan_executor::PlanExecutor;
use store::Store;

/// The file that makes a directory a ledger.
pub(crate) const SHOP_FILE: &str = "fb.toml";
/// The findings that the audit of this ledger accepts.
pub(crate) const BASELINE: &str = "audit.toml";
/// git's attributes for a ledger's files.
pub(crate) const ATTRIBUTES: &str = ".gitattributes";
/// The line in them by which `fb` merges case files.
pub(crate) const MERGED_BY_FB: &str = "cases/**/*.yaml merge=fb\n";
/// The directory of the calendars.
const CALENDARS: &str = "calendar";
/// The directory of the rules in force.
const POLICIES: &str = "policy";

/// A directory that holds `fb.toml`, its rules and its cases.
#[derive(Debug, Clone)]
pub struct Ledger {
    disk: Root,
    store: Store,
}

/// The texts of the shop's rules, with their paths from the root.
#[derive(Debug, Clone)]
pub struct RuleFiles {
    /// `fb.toml`.
    pub shop: (PathBuf, String),
    /// `calendar/*.toml`.
    pub calendars: Vec<(PathBuf, String)>,
    /// `policy/*.toml`.
    pub policies: Vec<(PathBuf, String)>,
}

impl Ledger {
    /// The nearest ledger upwards from a directory.
    ///
    /// # Errors
    /// If there is none.
    pub fn above(directory: &Path) -> Result<Ledger> {
        let disk = Root::above(directory, SHOP_FILE)?.ok_or_else(|| {
            Error::refused(say::no_ledger(directory)).hint(say::make_ledger()).hint(say::or_point())
        })?;
        Ok(Ledger { store: Store::Tree(disk.clone()), disk })
    }

    /// The same ledger at an earlier time: it reads these files, not the work tree's.
    pub(crate) fn kept(self, files: Files) -> Ledger {
        Ledger { store: Store::CommittedFile(files.into()), ..self }
    }

    /// Whether it has `fb.toml`, which makes it a ledger.
    pub(crate) fn is_one(&self) -> bool {
        self.has(Path::new(SHOP_FILE))
    }

    /// Whether there is a file or a directory at this path, from the root.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.store.has(path)
    }

    /// The parts of a ledger that commands and people change: its rules, its cases, and what is kept with them.
    pub(crate) const PARTS: [&str; 5] = [SHOP_FILE, CALENDARS, POLICIES, layout::CASES, layout::ATTACHED];

    /// What commands also write: what an audit accepts, and how git merges cases.
    const BESIDE: [&str; 2] = [BASELINE, ATTRIBUTES];

    /// Whether a file at this path, from the root, belongs to a ledger: its rules and its cases, and what looks like
    /// them.
    pub(crate) fn owns(path: &Path) -> bool {
        let first = path.components().next().map(|part| part.as_os_str());
        path == Path::new(SHOP_FILE)
            || [layout::CASES, CALENDARS, POLICIES].iter().any(|own| first == Some(own.as_ref()))
            || scan::is_twin(path)
    }

    /// Whether a file at this path, from the root, holds rules.
    pub(crate) fn rules(path: &Path) -> bool {
        Ledger::owns(path) && !path.starts_with(layout::CASES) && !scan::is_twin(path)
    }

    /// The text of a file, if it can be read.
    pub(crate) fn source(&self, path: &Path) -> Option<String> {
        self.store.text(path).ok()
    }

    /// The directory.
    pub(crate) fn root(&self) -> &Path {
        self.disk.path()
    }

    /// The directory's files, as they are in the work tree.
    pub(crate) fn disk(&self) -> &Root {
        &self.disk
    }

    /// The texts of the shop's rules.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn rule_files(&self) -> Result<RuleFiles> {
        Ok(RuleFiles {
            shop: self.text(SHOP_FILE.into())?,
            calendars: self.texts_in(CALENDARS)?,
            policies: self.texts_in(POLICIES)?,
        })
    }

    fn text(&self, path: PathBuf) -> Result<(PathBuf, String)> {
        let text = self.store.text(&path)?;
        Ok((path, text))
    }

    fn texts_in(&self, folder: &str) -> Result<Vec<(PathBuf, String)>> {
        self.store.tables(folder)?.into_iter().map(|path| self.text(path)).collect()
    }

    /// The names of everything in the ledger's own directories, from the root, sorted; also in directories that another
    /// system would confuse with them. Nothing is opened, and no link is followed.
    pub(crate) fn names(&self) -> Vec<PathBuf> {
        scan::names(&self.store)
    }

    /// The names of everything in this directory, from the root; empty if it does not exist.
    ///
    /// # Errors
    /// If it cannot be listed.
    pub(crate) fn names_in(&self, directory: &Path) -> Result<Vec<String>> {
        let names = self.disk.names(directory)?;
        Ok(names.iter().map(|name| name.to_string_lossy().into_owned()).collect())
    }

    /// Reads every case.
    pub fn scan(&self) -> Scan {
        scan::scan(&self.store)
    }

    /// The one case whose id, or its random part, begins with `part`.
    ///
    /// # Errors
    /// If there is none, several, or its file cannot be used.
    pub(crate) fn find(&self, part: &str) -> Result<Found> {
        let (path, case_path) = self.locate(part)?;
        let found = self.read(path.clone(), case_path);
        // Another command may have moved it since.
        if found.is_err() && !self.has(&path) {
            self.locate(part).and_then(|(path, at)| self.read(path, at))
        } else {
            found
        }
    }

    /// The one case file whose name, or its random part, begins with `part`; the file is not opened.
    ///
    /// # Errors
    /// If there is none, or several.
    pub(crate) fn locate(&self, part: &str) -> Result<(PathBuf, CasePath)> {
        if part.is_empty() {
            return Err(Error::refused(say::no_part()).hint(say::list_all()));
        }
        if let Store::Tree(root) = &self.store
            && let Some(found) = locate::only_one(root, part)
        {
            return Ok(found);
        }
        // There is none or more than one, or something is wrong: the list says what.
        let listing = scan::settled(&self.store);
        let mut named = listing.files;
        named.retain(|(_, case_path)| Id::parse(&case_path.name).is_ok_and(|id| id.begins_with(part)));
        let mut ids: Vec<&str> = named.iter().map(|(_, case_path)| case_path.name.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        match (ids.as_slice(), named.as_slice()) {
            // It may be in a place that cannot be read.
            ([], _) if listing.findings.iter().any(|found| found.code == Code::Unreadable) => {
                Err(Error::failed(say::not_all_seen(part)).because(listing.findings))
            }
            ([], _) => Err(Error::none(say::no_case(part)).hint(say::list_all())),
            ([_], [(path, case_path)]) => Ok((path.clone(), case_path.clone())),
            ([id], several) => {
                let paths = several.iter().map(|(path, _)| path.display().to_string()).collect::<Vec<_>>();
                Err(Error::failed(say::twice(*id, paths.join(", "))).hint(say::twice_help()))
            }
            (several, _) => {
                Err(Error::refused(say::ambiguous(part, several.join(", "))).hint(say::type_more()))
            }
        }
    }

    /// Reads one case file.
    ///
    /// # Errors
    /// If it cannot be used; the error lists everything that is wrong in it.
    fn read(&self, path: PathBuf, case_path: CasePath) -> Result<Found> {
        let bytes = self.store.read(&path)?;
        let case = casefile::read(&bytes, &path)
            .map_err(|findings| Error::failed(say::unreadable_case(&path)).because(findings))?;
        Ok(Found { path, case_path, case })
    }

    /// The paths of all case files, without opening one.
    pub(crate) fn case_files(&self) -> impl Iterator<Item = PathBuf> {
        scan::list(&self.store).files.into_iter().map(|(path, _)| path)
    }

    /// The names of all case files, without opening one.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> {
        scan::list(&self.store).files.into_iter().filter_map(|(_, case_path)| Id::parse(&case_path.name).ok())
    }

    /// Whether a case has this id, or this cannot be determined.
    pub(crate) fn is_taken(&self, id: &Id) -> bool {
        locate::is_taken(&self.disk, id)
    }

    /// The cases in the work tree that were received on one of these days, by their ids, and whose files have this word;
    /// without those that cannot be read.
    pub(crate) fn received_on(&self, days: &RangeInclusive<Date>, word: &str) -> Vec<Found> {
        let files = locate::received_on(&self.disk, days).into_par_iter();
        let cases = files.filter_map(|(path, case_path)| {
            let bytes = self.disk.read(&path).ok().filter(|bytes| may_have(bytes, word))?;
            casefile::read(&bytes, &path).ok().map(|case| Found { path, case_path, case })
        });
        cases.collect()
    }

    /// The statuses whose empty directory git would not keep.
    pub(crate) fn unkept(&self) -> Vec<Status> {
        let mut unkept = Status::ALL.to_vec();
        unkept.retain(|status| !self.has(&layout::directory(*status).join(layout::KEEP)));
        unkept
    }

    /// The attached files that these cases name and that are missing, from the root. Empty for a commit: it is read
    /// without them.
    pub(crate) fn lost(&self, cases: &[Found]) -> HashSet<PathBuf> {
        let Store::Tree(root) = &self.store else { return HashSet::new() };
        let mut lost = HashSet::new();
        for Found { case, .. } in cases {
            let attached = case.history.iter().filter_map(|event| layout::attached(&case.id, event));
            lost.extend(attached.filter(|path| !root.has_file(path)));
        }
        lost
    }

    /// Takes the right to change the ledger. `private` is a directory that is never committed: git's own, or `.fb`.
    ///
    /// # Errors
    /// If another process has it.
    pub(crate) fn lock(&self, private: &Private) -> Result<Lock> {
        Lock::take(private)
    }

    /// Waits until nobody changes the ledger, and prevents changes. Nothing is written; a reader that does not need the
    /// lock continues without it.
    pub(crate) fn rest(&self, private: &Private) -> Option<Lock> {
        Lock::rest(private)
    }

    /// Whether an interrupted command is still unfinished.
    ///
    /// # Errors
    /// If it cannot be determined, or something is in the place of the record that blocks every writer.
    pub(crate) fn interrupted(&self, private: &Private) -> Result<bool> {
        Journal::in_directory(private).is_there()
    }

    /// Copies a file from outside the ledger to a waiting place. A plan that names it in [`Plan::also`] moves it to its
    /// own place.
    ///
    /// # Errors
    /// If it cannot be read, or there is no room for it.
    pub(crate) fn bring(&self, _lock: &Lock, private: &Private, from: &mut File, place: &Path) -> Result<()> {
        plan_executor::bring(&private.made()?, from, place)
    }

    /// Writes all of a plan. It is recorded first, so that the next command can finish it after an interruption. If a
    /// file cannot be written, everything written before it is undone. `done` is called when every file is in its
    /// place; then the record is deleted.
    ///
    /// # Errors
    /// If a file cannot be written, or was changed since the plan was made.
    pub(crate) fn write<T>(
        &self,
        _lock: &Lock,
        private: &Private,
        plan: &Plan,
        done: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        Ledger::fits(plan)?;
        let journal = Journal::in_directory(private);
        let directory = private.made()?;
        let mut executor = PlanExecutor::new(&self.disk, &directory);
        if let Err(error) = journal.begin(plan).and_then(|()| executor.carry_out(plan)) {
            let undone = executor.take_back() && journal.forget();
            return Err(error.hint(if undone { say::nothing_written() } else { say::finished_later() }));
        }
        let made = done()?;
        self.end(plan, &journal, private)?;
        Ok(made)
    }

    /// Finishes an interrupted command; `None` if there is none.
    ///
    /// # Errors
    /// As [`Ledger::write`].
    pub(crate) fn finish<T>(
        &self,
        _lock: &Lock,
        private: &Private,
        done: impl FnOnce(&Plan) -> Result<T>,
    ) -> Result<Option<(Plan, T)>> {
        let directory = private.made()?;
        directory.sweep(Path::new(""));
        let journal = Journal::in_directory(private);
        let Some(plan) = journal.left()? else {
            plan_executor::forget_brought(&directory);
            return Ok(None);
        };
        Ledger::fits(&plan)
            .and_then(|()| PlanExecutor::new(&self.disk, &directory).carry_out(&plan))
            .map_err(|error| error.hint(say::changed_since_help(journal.path())))?;
        let written = plan.writes.iter().flat_map(|write| write.old.iter().chain([&write.new]));
        let directories: BTreeSet<_> = written.chain(&plan.also).filter_map(|path| path.parent()).collect();
        for directory in directories {
            self.disk.sweep(directory);
        }
        let made = done(&plan)?;
        self.end(&plan, &journal, private)?;
        Ok(Some((plan, made)))
    }

    /// The state that an interrupted command left.
    ///
    /// # Errors
    /// As [`Ledger::interrupted`].
    pub(crate) fn left(&self, private: &Private) -> Result<Left> {
        Journal::in_directory(private).found()
    }

    /// Replaces the recorded plan of an interrupted command: the same work, adapted to the files as they are now.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub(crate) fn note_anew(&self, _lock: &Lock, private: &Private, plan: &Plan) -> Result<()> {
        Journal::in_directory(private).begin(plan)
    }

    /// Forgets an interrupted command: it will not be finished. The files stay as they are.
    ///
    /// # Errors
    /// If the record of it cannot be removed.
    pub(crate) fn forget(&self, _lock: &Lock, private: &Private, plan: &Plan) -> Result<()> {
        self.end(plan, &Journal::in_directory(private), private)
    }

    /// Undoes what a plan wrote, where its files are still unchanged. Returns whether nothing prevented it.
    ///
    /// # Errors
    /// If this cannot be determined.
    pub(crate) fn take_back(&self, private: &Private, plan: &Plan) -> Result<bool> {
        Ok(PlanExecutor::of(&self.disk, &private.made()?, plan).take_back())
    }

    /// Sets the record of an interrupted command aside, where it blocks nobody; returns its new path.
    ///
    /// # Errors
    /// If it cannot be moved.
    pub(crate) fn put_aside(&self, _lock: &Lock, private: &Private, name: &str) -> Result<PathBuf> {
        Journal::in_directory(private).put_aside(name)
    }

    /// The records that were set aside, the oldest first; `None`: one that cannot be read.
    ///
    /// # Errors
    /// If this cannot be determined.
    pub(crate) fn set_aside(
        &self,
        private: &Private,
    ) -> Result<impl Iterator<Item = (PathBuf, Option<Plan>)>> {
        journal::set_aside(private)
    }

    /// Whether a file from outside is waiting for this place.
    pub(crate) fn is_brought(&self, private: &Private, place: &Path) -> bool {
        let found = private.open().ok().flatten();
        found.is_some_and(|private| private.has_file(&plan_executor::brought(place)))
    }

    fn end(&self, plan: &Plan, journal: &Journal, private: &Private) -> Result<()> {
        journal.end().map_err(|error| error.hint(say::still_noted()))?;
        if !plan.also.is_empty() || !plan.removals.is_empty() {
            plan_executor::forget_brought(&private.made()?);
        }
        Ok(())
    }

    /// Checks that everything that a plan writes belongs to a ledger, and can be read again. A journal may come from an
    /// archive.
    fn fits(plan: &Plan) -> Result<()> {
        if let Some(large) = plan.writes.iter().find(|write| write.text.len() as u64 > disk::LARGEST) {
            return Err(disk::too_large(&large.new, disk::LARGEST).hint(say::too_large_help()));
        }
        let written = plan.writes.iter().flat_map(|write| write.old.iter().chain([&write.new]));
        let removed = plan.removals.iter().map(|removal| &removal.path);
        match written.chain(removed).chain(&plan.also).find(|path| !Ledger::may_write(path)) {
            Some(foreign) => Err(Error::failed(say::not_ours(foreign))),
            None => Ok(()),
        }
    }

    /// Whether a path from the root leads through no link, and is one that commands may write.
    pub(crate) fn stays_inside(&self, path: &Path) -> bool {
        Ledger::may_write(path) && !matches!(self.disk.what(path), Ok(Some(FileKind::Link)) | Err(_))
    }

    /// Whether commands write such a path, from the root: it is in a part of a ledger, and none of its names is
    /// reserved by git or by us.
    fn may_write(path: &Path) -> bool {
        let mut parts = Ledger::PARTS.into_iter().chain(Ledger::BESIDE);
        parts.any(|part| path.starts_with(part))
            && path.components().all(|part| match part {
                Component::Normal(name) => !is_reserved(&name.to_string_lossy()),
                _ => false,
            })
    }
}

/// Whether a case file may have a value that is this word: it is there literally, or it may be written in another way.
fn may_have(bytes: &[u8], word: &str) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let in_another_way = |letter: char| letter.is_whitespace() || ['\'', '"', '\\'].contains(&letter);
    let is_whole = |at: usize| {
        let around = [text[..at].chars().next_back(), text[at + word.len()..].chars().next()];
        !around.into_iter().flatten().any(char::is_alphanumeric)
    };
    text.contains('\\')
        || word.contains(in_another_way)
        || text.match_indices(word).any(|(at, _)| is_whole(at))
}

/// Whether a name is one of git's or ours, in any capitals.
fn is_reserved(name: &str) -> bool {
    [".git", ".fb"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests;
