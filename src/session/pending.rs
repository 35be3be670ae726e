//! Work that was reported as done and waits for a commit: read from the refs that keep it, and released when commits
//! have it.
//!
//! A case is compared by what it says and not by its bytes: an event is committed if any commit on a branch or a
//! remote's branch has it, at any path. A detached `HEAD` does not count, since it does not last. Comments are not part
//! of what a case says, but somebody wrote them: they are compared literally.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::case::{Case, Event};
use crate::casefile::{self, CasePath, layout};
use crate::disk::{self, Private};
use crate::error::Result;
use crate::git::{Content, Kept, Listing, Repository};
use crate::ledger::{Ledger, Lock};
use crate::merge::missing;

/// The part of one command's work that waits for a commit.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    /// What keeps it.
    pub kept: Kept,
    /// Its cases.
    pub cases: Vec<PendingCase>,
    /// Its other files that no commit has.
    pub others: Vec<(PathBuf, Held)>,
    /// Whether some of it is missing from the ledger's files.
    pub is_lost: bool,
}

/// Where the bytes of an uncommitted file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Held {
    /// In the object store, under this id.
    Blob(String),
    /// In the record of an interrupted command, with this text.
    Text(String),
}

/// A case that a command wrote.
#[derive(Debug, Clone)]
pub(crate) struct PendingCase {
    /// The name of its file.
    pub id: String,
    /// Where the command put it.
    pub path: PathBuf,
    /// The text of its file.
    pub text: String,
    /// The text of the file before the command, if a commit had it.
    pub base: Option<String>,
    /// The events that no commit has.
    pub events: Vec<Event>,
    /// The comments that no commit has, each from its `#` on.
    pub comments: Vec<String>,
}

/// Everything that waits for a commit.
///
/// # Errors
/// git cannot be run, or fails.
pub(crate) fn pending(
    ledger: &Ledger,
    repository: Option<&Repository>,
    private: &Private,
) -> Result<Vec<Pending>> {
    sorted(ledger, repository, private).map(|(waiting, _)| waiting)
}

/// The same; what no longer waits is released.
///
/// # Errors
/// git cannot be run, or fails.
pub(crate) fn prune(
    _lock: &Lock,
    ledger: &Ledger,
    repository: Option<&Repository>,
    private: &Private,
) -> Result<Vec<Pending>> {
    let (waiting, done) = sorted(ledger, repository, private)?;
    if let Some(repository) = repository {
        for kept in &done {
            repository.release(kept)?;
        }
    }
    Ok(waiting)
}

/// What waits, and what no longer does.
fn sorted(
    ledger: &Ledger,
    repository: Option<&Repository>,
    private: &Private,
) -> Result<(Vec<Pending>, Vec<Kept>)> {
    let records = records(ledger, private)?;
    let Some(repository) = repository else { return Ok((records, Vec::new())) };
    if !repository.may_have_kept()? {
        return Ok((records, Vec::new()));
    }
    let (mut known, places) = (KnownBlobs::default(), places(ledger));
    let all = repository.kept()?;
    let mut groups: BTreeMap<Option<String>, Vec<Kept>> = BTreeMap::new();
    for kept in all {
        groups.entry(kept.parent.clone()).or_default().push(kept);
    }
    let (mut waiting, mut done) = (Vec::new(), Vec::new());
    for (parent, group) in groups {
        let committed = CommittedFiles::of(repository, parent.as_deref(), &group)?;
        known.read(repository, committed.blobs().chain(group.iter().flat_map(blobs)))?;
        for kept in group {
            match look((ledger, &places), &kept, &committed, &known) {
                Some(mut pending) => {
                    pending.is_lost |= others_differ(repository, ledger, &pending.others)?;
                    waiting.push(pending);
                }
                None => done.push(kept),
            }
        }
    }
    waiting.sort_by(|one, other| one.kept.name.cmp(&other.kept.name));
    // A later command that changed the same case keeps it as well.
    let mut at = 0;
    while let Some(one) = waiting.get(at) {
        let mut others = waiting.iter().enumerate().filter(|(place, _)| *place != at);
        if others.any(|(_, other)| holds(other, one)) {
            done.push(waiting.remove(at).kept);
        } else {
            at += 1;
        }
    }
    waiting.extend(records);
    Ok((waiting, done))
}

/// The records of interrupted commands that were set aside, if the files lack some of their content.
fn records(ledger: &Ledger, private: &Private) -> Result<Vec<Pending>> {
    let mut records = Vec::new();
    let mut of_cases = None;
    for (record, plan) in ledger.set_aside(private)? {
        let plan_is_read = plan.is_some();
        let plan = plan.unwrap_or_default();
        let kept = Kept {
            name: record.to_string_lossy().into_owned(),
            commit: String::new(),
            parent: None,
            at: 0,
            subject: plan.subject.clone(),
            files: Listing::new(),
        };
        let mut pending = Pending { kept, cases: Vec::new(), others: Vec::new(), is_lost: !plan_is_read };
        for write in &plan.writes {
            let case = casefile::read(write.text.as_bytes(), &write.new).ok();
            let (Some(id), Some(case)) = (case_of(&write.new), case) else {
                if ledger.source(&write.new).as_ref() != Some(&write.text) {
                    pending.others.push((write.new.clone(), Held::Text(write.text.clone())));
                    pending.is_lost = true;
                }
                continue;
            };
            let there = there(ledger, of_cases.get_or_insert_with(|| places(ledger)), &id);
            let (texts, cases) = split(&there);
            let events = missing(&case, &cases);
            let comments = comments(&write.text, write.before.as_deref(), &texts);
            if !events.is_empty() || !comments.is_empty() {
                let (path, text, base) = (write.new.clone(), write.text.clone(), write.before.clone());
                pending.cases.push(PendingCase { id, path, text, base, events, comments });
                pending.is_lost = true;
            }
        }
        if pending.is_lost {
            records.push(pending);
        }
    }
    Ok(records)
}

fn blobs(kept: &Kept) -> impl Iterator<Item = (&str, &Path)> {
    let cases = kept.files.iter().filter(|(path, _)| case_of(path).is_some());
    cases.map(|(path, blob)| (blob.id.as_str(), path.as_path()))
}

/// The name of the case whose file is at this path.
fn case_of(path: &Path) -> Option<String> {
    CasePath::of(path).map(|case_path| case_path.name)
}

/// The pattern that finds a file in commits: a case at any path, any other file at its own.
fn pattern(path: &Path) -> String {
    match case_of(path) {
        Some(name) => format!("{}/**/{name}.yaml", layout::CASES),
        None => path.to_string_lossy().replace('\\', "/"),
    }
}

/// What the commits have of the files of some commands.
struct CommittedFiles {
    /// The blobs of each case, by name, each with a path that it had.
    cases: HashMap<String, BTreeMap<String, PathBuf>>,
    /// The blob of each case before the commands, and its path.
    base: HashMap<String, (String, PathBuf)>,
    /// The blobs of other files.
    others: BTreeSet<(PathBuf, String)>,
}

impl CommittedFiles {
    fn of(repository: &Repository, parent: Option<&str>, group: &[Kept]) -> Result<CommittedFiles> {
        let paths: BTreeSet<&PathBuf> = group.iter().flat_map(|kept| kept.files.keys()).collect();
        let names: BTreeSet<String> = paths.iter().filter_map(|path| case_of(path)).collect();
        let patterns: BTreeSet<String> = paths.iter().map(|path| pattern(path)).collect();
        let patterns: Vec<String> = patterns.into_iter().collect();
        let held = match parent {
            Some(parent) => repository.is_on_a_branch(parent)?,
            None => false,
        };
        let mut committed =
            CommittedFiles { cases: HashMap::new(), base: HashMap::new(), others: BTreeSet::new() };
        for (path, blob) in repository.committed_blobs(parent.filter(|_| held), &patterns)? {
            committed.add(&path, blob);
        }
        if let Some(parent) = parent {
            let cases = names.iter().map(|name| format!("{name}.yaml")).collect();
            let mut there = repository.named_in(parent, layout::CASES.as_ref(), &cases)?;
            let others = paths.iter().filter(|path| case_of(path).is_none());
            there
                .extend(repository.files_in(parent, &others.map(|path| path.as_path()).collect::<Vec<_>>())?);
            for (path, blob) in there {
                if let Some(name) = case_of(&path) {
                    committed.base.insert(name, (blob.id.clone(), path.clone()));
                }
                if held {
                    committed.add(&path, blob.id);
                }
            }
        }
        Ok(committed)
    }

    fn add(&mut self, path: &Path, blob: String) {
        if let Some(name) = case_of(path) {
            self.cases.entry(name).or_default().insert(blob, path.to_owned());
        } else {
            self.others.insert((path.to_owned(), blob));
        }
    }

    fn blobs(&self) -> impl Iterator<Item = (&str, &Path)> {
        let base = self.base.values().map(|(blob, path)| (blob, path));
        self.cases.values().flatten().chain(base).map(|(blob, path)| (blob.as_str(), path.as_path()))
    }
}

/// The content of the blobs that are cases.
#[derive(Default)]
struct KnownBlobs {
    texts: HashMap<String, String>,
    cases: HashMap<String, Case>,
}

impl KnownBlobs {
    /// Adds blobs as they would be in a work tree: a filter may have changed the committed bytes of a file.
    fn read<'i>(
        &mut self,
        repository: &Repository,
        blobs: impl Iterator<Item = (&'i str, &'i Path)>,
    ) -> Result<()> {
        let wanted: BTreeMap<&str, &Path> = blobs.filter(|(id, _)| !self.texts.contains_key(*id)).collect();
        let wanted: Vec<(&str, &Path)> = wanted.into_iter().collect();
        if wanted.is_empty() {
            return Ok(());
        }
        for ((id, _), content) in wanted.iter().zip(repository.smudged(&wanted, disk::LARGEST)?) {
            let Content::Bytes(bytes) = content else { continue };
            let Ok(text) = String::from_utf8(bytes) else { continue };
            if let Ok(case) = casefile::read(text.as_bytes(), Path::new(layout::CASES)) {
                self.cases.insert((*id).to_owned(), case);
            }
            self.texts.insert((*id).to_owned(), text);
        }
        Ok(())
    }
}

/// The part of a command's files that waits for a commit; `None`: nothing.
fn look(
    (ledger, places): (&Ledger, &CasePlaces),
    kept: &Kept,
    committed: &CommittedFiles,
    known: &KnownBlobs,
) -> Option<Pending> {
    let mut pending = Pending { kept: kept.clone(), cases: Vec::new(), others: Vec::new(), is_lost: false };
    for (path, blob) in &kept.files {
        let Some(id) = case_of(path) else {
            if !committed.others.contains(&(path.clone(), blob.id.clone())) {
                pending.is_lost |= !ledger.has(path);
                pending.others.push((path.clone(), Held::Blob(blob.id.clone())));
            }
            continue;
        };
        let none = BTreeMap::new();
        let versions = committed.cases.get(&id).unwrap_or(&none);
        if versions.contains_key(&blob.id) {
            continue;
        }
        let Some(case) = known.cases.get(&blob.id) else {
            // What cannot be read is kept until the user drops it.
            pending.is_lost = true;
            pending.others.push((path.clone(), Held::Blob(blob.id.clone())));
            continue;
        };
        let base = committed.base.get(&id).map(|(blob, _)| blob);
        let has: Vec<&Case> = versions.keys().filter_map(|blob| known.cases.get(blob)).collect();
        let text = |blob: &String| known.texts.get(blob).cloned();
        let (text, base_text) = (text(&blob.id).unwrap_or_default(), base.and_then(text));
        let texts: Vec<&str> =
            versions.keys().filter_map(|blob| known.texts.get(blob)).map(String::as_str).collect();
        let events = missing(case, &has);
        let comments = comments(&text, base_text.as_deref(), &texts);
        let before = base.and_then(|blob| known.cases.get(blob));
        if events.is_empty() && comments.is_empty() && intake_is_in(case, before, &has) {
            continue;
        }
        let there = there(ledger, places, &id);
        let (texts, there) = split(&there);
        let uncommitted = Case { history: events.clone(), ..case.clone() };
        let it = PendingCase { id, path: path.clone(), text, base: base_text, events, comments };
        pending.is_lost |= !missing(&uncommitted, &there).is_empty()
            || !intake_is_in(case, before, &there)
            || !has_comments(&texts, &it.comments);
        pending.cases.push(it);
    }
    if pending.cases.is_empty() && pending.others.is_empty() { None } else { Some(pending) }
}

/// Whether one of these files is different in the work tree.
fn others_differ(repository: &Repository, ledger: &Ledger, others: &[(PathBuf, Held)]) -> Result<bool> {
    let there: Vec<&(PathBuf, Held)> = others.iter().filter(|(path, _)| ledger.has(path)).collect();
    if there.is_empty() {
        return Ok(false);
    }
    let paths: Vec<&Path> = there.iter().map(|(path, _)| path.as_path()).collect();
    let ids = repository.ids_of(&paths)?;
    Ok(there.into_iter().zip(ids).any(|((_, kept), now)| *kept != Held::Blob(now)))
}

/// Where each case is in the work tree; looked up once.
type CasePlaces = HashMap<String, Vec<PathBuf>>;

fn places(ledger: &Ledger) -> CasePlaces {
    let mut places = CasePlaces::new();
    for path in ledger.case_files() {
        if let Some(name) = case_of(&path) {
            places.entry(name).or_default().push(path);
        }
    }
    places
}

/// The case in the work tree, at any path, with the text of its file.
fn there(ledger: &Ledger, places: &CasePlaces, name: &str) -> Vec<(String, Case)> {
    let files = places.get(name).into_iter().flatten();
    let texts = files.filter_map(|path| ledger.source(path).map(|text| (path, text)));
    texts
        .filter_map(|(path, text)| casefile::read(text.as_bytes(), path).ok().map(|case| (text, case)))
        .collect()
}

fn split(versions: &[(String, Case)]) -> (Vec<&str>, Vec<&Case>) {
    versions.iter().map(|(text, case)| (text.as_str(), case)).unzip()
}

/// The comments of a text that are not in the one before it, and in none of these versions.
fn comments(text: &str, before: Option<&str>, versions: &[&str]) -> Vec<String> {
    let known = before.into_iter().chain(versions.iter().copied()).flat_map(casefile::comments);
    let known: BTreeSet<&str> = known.collect();
    casefile::comments(text).filter(|comment| !known.contains(comment)).map(str::to_owned).collect()
}

/// Whether each of these comments is in at least one of these versions.
pub(crate) fn has_comments(versions: &[&str], comments: &[String]) -> bool {
    let there: BTreeSet<&str> = versions.iter().copied().flat_map(casefile::comments).collect();
    comments.iter().all(|comment| there.contains(comment.as_str()))
}

/// Whether the intake is as it was before the command, or as one of these versions has it.
fn intake_is_in(case: &Case, before: Option<&Case>, versions: &[&Case]) -> bool {
    versions.iter().copied().chain(before).any(|other| same_intake(case, other))
}

fn same_intake(one: &Case, other: &Case) -> bool {
    let history = Vec::new();
    Case { history: history.clone(), ..one.clone() } == Case { history, ..other.clone() }
}

/// Whether the work of one command contains all that waits of another's.
fn holds(one: &Pending, other: &Pending) -> bool {
    other.cases.iter().all(|case| holds_case(one, case))
        && other.others.iter().all(|file| one.others.contains(file))
}

fn holds_case(one: &Pending, case: &PendingCase) -> bool {
    let same_id: Vec<&PendingCase> = one.cases.iter().filter(|held| held.id == case.id).collect();
    if same_id.is_empty() {
        return false;
    }
    let Some(wanted) = read(&case.text, &case.path) else { return false };
    let uncommitted = Case { history: case.events.clone(), ..wanted.clone() };
    let before = case.base.as_ref().and_then(|base| read(base, &case.path));
    let mut held = same_id.iter().filter_map(|held| read(&held.text, &held.path));
    let has_events = held.any(|held| {
        missing(&uncommitted, &[&held]).is_empty() && intake_is_in(&wanted, before.as_ref(), &[&held])
    });
    let texts: Vec<&str> = same_id.iter().map(|held| held.text.as_str()).collect();
    has_events && has_comments(&texts, &case.comments)
}

fn read(text: &str, path: &Path) -> Option<Case> {
    casefile::read(text.as_bytes(), path).ok()
}
