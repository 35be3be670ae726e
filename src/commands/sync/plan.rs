//! What is written to get from one commit to the other.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::casefile::{CasePath, layout};
use crate::error::Result;
use crate::git::{Blob, Content, FastForward, Listing, Repository, Upstream};
use crate::ledger::{Before, Plan, Removal, Then, Write};
use crate::session::Session;

/// Each case is moved at once, so that a reader meanwhile sees it in one place; all else is git's to bring, also what
/// is no plain file on either side. What a case is to say comes from the object store, and from no work tree.
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
    let name = |path: &Path| CasePath::of(path).map(|standing| standing.name);
    let plain = |listing: &Listing, path: &Path| listing.get(path).is_none_or(Blob::is_plain);
    let differ = |path: &Path| from.get(path) != to.get(path) && plain(&from, path) && plain(&to, path);
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
        // What is no text git brings.
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
