//! The plan that moves the work tree from one commit to another.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::casefile::{CasePath, layout};
use crate::error::Result;
use crate::git::{Blob, Content, FastForward, Listing, Repository, Upstream};
use crate::ledger::{Before, Plan, Removal, Then, Write};
use crate::session::Session;

/// Each case is moved in one step, so that readers see it in one place at any time. git writes everything else, also what
/// is not a plain file on one of the sides. The text of a case comes from the object store, not from a work tree.
///
/// # Errors
/// A case file cannot be read; git fails.
pub(super) fn plan(
    session: &Session,
    repository: &Repository,
    upstream: &Upstream,
    fast_forward: &FastForward,
) -> Result<Plan> {
    let listing = |commit: &str| repository.listing(commit, layout::CASES.as_ref());
    let (from, to) = (listing(&fast_forward.from)?, listing(&fast_forward.to)?);
    let differ = |path: &Path| from.get(path) != to.get(path) && is_plain(&from, path) && is_plain(&to, path);
    let gone = from.keys().filter(|path| differ(path) && !to.contains_key(*path));
    let come: Vec<(&str, &Path)> = to
        .iter()
        .filter(|(path, _)| differ(path) && name(path).is_some())
        .map(|(path, blob)| (blob.id.as_str(), path.as_path()))
        .collect();
    let contents = repository.smudged(&come, crate::disk::LARGEST)?;
    let mut plan = Plan {
        subject: format!("sync with {}", upstream.name()),
        then: Then::FastForward { from: fast_forward.from.clone(), to: fast_forward.to.clone() },
        ..Plan::default()
    };
    let mut leaving: HashMap<String, &PathBuf> = gone.filter_map(|path| Some((name(path)?, path))).collect();
    for ((_, new), content) in come.into_iter().zip(contents) {
        // git writes files that are not text.
        let Content::Bytes(bytes) = content else { continue };
        let (Some(id), Ok(text)) = (name(new), String::from_utf8(bytes)) else { continue };
        let old = if from.contains_key(new) { Some(new) } else { leaving.remove(&id).map(PathBuf::as_path) };
        let before = old.map(|old| session.ledger.disk().text_if_there(old)).transpose()?.flatten();
        plan.writes.push(Write { old: old.map(Path::to_owned), before, new: new.to_owned(), text });
    }
    for path in leaving.into_values() {
        if let Some(text) = session.ledger.disk().text_if_there(path).ok().flatten() {
            plan.removals.push(Removal { path: path.clone(), before: Before::Text(text) });
        }
    }
    Ok(plan)
}

/// The name of the case whose file is at a path.
fn name(path: &Path) -> Option<String> {
    CasePath::of(path).map(|case_path| case_path.name)
}

/// Whether a plain file, or nothing, is at a path.
fn is_plain(listing: &Listing, path: &Path) -> bool {
    listing.get(path).is_none_or(Blob::is_plain)
}
