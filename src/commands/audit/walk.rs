//! The walk over the history: every commit once, every version of a case read once.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::audit::{CaseVersion, Commit, FileChange, FileState, LedgerProvenance, Shops, UndoKind};
use crate::case::Event;
use crate::casefile::{self, CasePath, layout};
use crate::disk;
use crate::error::Result;
use crate::git::{Altered, Content, Entry, Repository};
use crate::ledger::SHOP_FILE;
use crate::policy::Shop;
use crate::session::{COMMAND, ENTERED_FOR, UNDOES};

/// How many versions are read at once.
const AT_ONCE: usize = 1024;

/// The versions of the case files by object and id; `None` if a version cannot be read.
type Versions<'h> = HashMap<(&'h str, &'h str), Option<CaseVersion>>;

/// Walks the history: what happened to every event, and the shop's settings at each commit.
///
/// # Errors
/// git cannot be run, or fails.
pub(super) fn provenance(repository: &Repository) -> Result<(LedgerProvenance, Shops)> {
    let history = repository.history(&[layout::CASES, SHOP_FILE])?;
    let mut provenance = LedgerProvenance::default();
    let versions = versions(repository, &history, &mut provenance)?;
    let places: HashMap<&str, usize> =
        history.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect();
    for entry in &history {
        let steps = entry.altered.iter().map(|altered| {
            altered.iter().filter_map(|altered| change(altered, &versions)).collect::<Vec<_>>()
        });
        let undone = entry.trailer(UNDOES).map(|id| places.get(id).map(|at| &history[*at]));
        provenance.take(commit(entry, undo(entry, undone)), steps.collect::<Vec<_>>());
    }
    let shops = shops(repository, &history, &places)?;
    Ok((provenance, shops))
}

/// Reads every version of every case once.
fn versions<'h>(
    repository: &Repository,
    history: &'h [Entry],
    provenance: &mut LedgerProvenance,
) -> Result<Versions<'h>> {
    let mut met = HashSet::new();
    let mut wanted: Vec<(&str, &str, &Path)> = Vec::new();
    for altered in history.iter().flat_map(|entry| entry.altered.iter().flatten()) {
        let Some(name) = name(&altered.path) else { continue };
        for id in [&altered.old, &altered.new].into_iter().flatten() {
            if met.insert((id.as_str(), name)) {
                wanted.push((id, name, &altered.path));
            }
        }
    }
    let ids: Vec<&str> = wanted.iter().map(|(id, ..)| *id).collect();
    let mut blobs = repository.blobs(&ids, disk::LARGEST)?;
    let mut versions = HashMap::with_capacity(wanted.len());
    for some in wanted.chunks(AT_ONCE) {
        let contents = blobs.by_ref().take(some.len()).collect::<Result<Vec<Content>>>()?;
        let events: Vec<Option<Vec<Event>>> =
            contents.into_par_iter().zip(some).map(|(content, (.., path))| events(content, path)).collect();
        for ((id, name, _), events) in some.iter().zip(events) {
            let version = events.map(|events| provenance.version(name, &events));
            versions.insert((*id, *name), version);
        }
    }
    Ok(versions)
}

/// The events of a version; `None` if it cannot be read.
fn events(content: Content, path: &Path) -> Option<Vec<Event>> {
    let Content::Bytes(bytes) = content else { return None };
    casefile::read(&bytes, path).ok().map(|case| case.history)
}

/// The id in the path of a case file; `None` for another file.
fn name(path: &Path) -> Option<&str> {
    CasePath::of(path)?;
    path.file_stem()?.to_str()
}

fn change<'h>(altered: &'h Altered, versions: &'h Versions<'h>) -> Option<FileChange<'h>> {
    let name = name(&altered.path)?;
    let [old, new] = [&altered.old, &altered.new].map(|id| state(id.as_deref(), name, versions));
    Some(FileChange { name, path: &altered.path, old, new })
}

/// The file as this object; without an object there is none.
fn state<'h>(id: Option<&'h str>, name: &'h str, versions: &'h Versions<'h>) -> FileState<'h> {
    let Some(id) = id else { return FileState::Nothing };
    match versions.get(&(id, name)) {
        Some(Some(events)) => FileState::Events(events),
        _ => FileState::Unread,
    }
}

fn commit(entry: &Entry, undo: UndoKind) -> Commit {
    // Older versions did not mark the commits of commands; only an import's had no trailer.
    let unmarked = entry.subject.starts_with("import ") && entry.trailers.is_empty();
    let import = unmarked || entry.trailer(COMMAND) == Some("import");
    Commit {
        id: entry.id.clone(),
        author: entry.author.clone(),
        email: entry.email.clone(),
        authored: instant(entry.authored),
        committer: entry.committer.clone(),
        committed: instant(entry.committed),
        command: entry.trailer(COMMAND).is_some(),
        parents: entry.parents.len(),
        import,
        entered_for: entry.trailers(ENTERED_FOR).map(str::to_owned).collect(),
        cut_off: entry.cut_off,
        bulk: false,
        undo,
    }
}

fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN)
}

/// Whether a commit undoes another one that it names: it must have restored exactly the files that
/// the other one altered.
fn undo(entry: &Entry, undone: Option<Option<&Entry>>) -> UndoKind {
    let Some(undone) = undone else { return UndoKind::No };
    let (Some(undone), [altered]) = (undone, entry.altered.as_slice()) else { return UndoKind::Claimed };
    let [before] = undone.altered.as_slice() else { return UndoKind::Claimed };
    let reversed: HashSet<_> = before.iter().map(|file| (&file.path, &file.new, &file.old)).collect();
    let altered: HashSet<_> = altered.iter().map(|file| (&file.path, &file.old, &file.new)).collect();
    if reversed == altered { UndoKind::Whole } else { UndoKind::Claimed }
}

/// The shop's settings at each commit: those that the commit changed, or else those of its first parent. If they cannot be
/// read, those before are used.
fn shops(repository: &Repository, history: &[Entry], places: &HashMap<&str, usize>) -> Result<Shops> {
    let changes: Vec<Option<String>> = history.iter().map(changed_shop).collect();
    let ids: Vec<&str> =
        changes.iter().flatten().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    let mut shops = Shops::default();
    let mut read: HashMap<&str, usize> = HashMap::new();
    for (id, content) in ids.iter().zip(repository.blobs(&ids, disk::LARGEST)?) {
        let Content::Bytes(bytes) = content? else { continue };
        let shop =
            String::from_utf8(bytes).ok().and_then(|text| Shop::read(&text, Path::new(SHOP_FILE)).ok());
        if let Some(shop) = shop {
            read.insert(id, shops.all.len());
            shops.all.push(shop);
        }
    }
    for (entry, change) in history.iter().zip(&changes) {
        let own = change.as_deref().and_then(|id| read.get(id)).copied();
        let parent = entry.parents.first().and_then(|parent| places.get(parent.as_str()));
        let at = own.or_else(|| shops.at[*parent?]);
        shops.at.push(at);
    }
    Ok(shops)
}

/// The object that a commit made of the shop's settings, if it changed them.
fn changed_shop(entry: &Entry) -> Option<String> {
    let mut altered = entry.altered.iter().flatten();
    altered.find(|file| file.path == Path::new(SHOP_FILE))?.new.clone()
}
