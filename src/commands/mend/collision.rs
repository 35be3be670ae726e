//! Two cases in the ledger that drew the same id: the one received later gets another.

use std::path::Path;

use super::attached::Attached;
use super::{Repair, collision, links_stay, renamed_to};
use crate::case::{Case, Id};
use crate::error::{Error, Result};
use crate::ledger::{Found, Write};
use crate::merge;
use crate::session::{Session, place};
use crate::sync;

/// Gives this case another id; the links to it that its side of the merge made follow.
pub(super) fn part(session: &Session, both: [&Found; 2], later: &Found) -> Result<Repair> {
    let paths = both.map(|one| one.path.as_path());
    let old = &later.case.id;
    let parted = sync::parted(session, &paths)?.into_iter().find(|renamed| renamed.old == *old);
    let text = |path: &Path| session.ledger.disk().text(path);
    let before = text(&later.path)?;
    let new = match &parted {
        Some(renamed) if !is_taken(session, &renamed.new) => renamed.new.clone(),
        _ => free_id(session, &before, &later.path)?,
    };
    let renamed = merge::renamed(&before, &later.path, &new)?;
    let place = place(&session.book, &Case { id: new.clone(), ..later.case.clone() });
    let mut writes = vec![Write {
        old: Some(later.path.clone()),
        before: Some(before),
        new: place.clone(),
        text: renamed,
    }];
    for follower in parted.iter().flat_map(|renamed| &renamed.followers) {
        let path = session.ledger.locate(follower)?.0;
        let before = text(&path)?;
        let relinked = merge::relinked(&before, &path, old, &new)?;
        if relinked != before {
            writes.push(Write { old: Some(path.clone()), before: Some(before), new: path, text: relinked });
        }
    }
    if parted.is_none() {
        session.terminal.note(&links_stay(old.short()));
    }
    let first = if later.path == both[0].path { both[1] } else { both[0] };
    let attached = Attached::of(session, &first.case, &later.case, [old, &new]);
    let line = renamed_to(old.short(), new.short(), &place);
    Ok(Repair { line, case: Some((new, Vec::new())), writes, attached })
}

fn is_taken(session: &Session, id: &Id) -> bool {
    session.ledger.ids().any(|known| known == *id)
}

fn free_id(session: &Session, text: &str, path: &Path) -> Result<Id> {
    for again in 0..=u32::MAX {
        let id = merge::another_id(text, path, again)?;
        if !is_taken(session, &id) {
            return Ok(id);
        }
    }
    Err(Error::failed(collision(path.display().to_string())))
}
