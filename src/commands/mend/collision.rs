//! Cases in the ledger that drew the same id: the one received later gets another, and links follow it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::attached::Attached;
use super::{Repair, say};
use crate::case::{Case, Id};
use crate::error::{Error, Result};
use crate::ledger::{Found, Write};
use crate::merge;
use crate::session::{Session, place};
use crate::sync::{Merges, Renamed};

/// Two cases of one id, and which was received later.
pub(super) struct Collision<'f> {
    pub first: &'f Found,
    pub later: &'f Found,
}

/// Gives the later ones other, unused ids; an error says why one cannot get one. The links to them that their side of the
/// merge made are then in `links`, for each case that has them.
pub(super) fn part(
    session: &Session,
    merges: &Merges<'_>,
    collisions: &[Collision<'_>],
    links: &mut BTreeMap<Id, HashMap<Id, Id>>,
) -> (Vec<Repair>, Vec<Error>) {
    let mut taken: HashSet<Id> = match collisions {
        [] => return (Vec::new(), Vec::new()),
        _ => session.ledger.ids().collect(),
    };
    let (mut repairs, mut refusals) = (Vec::new(), Vec::new());
    // The id of each in the merge that would have renamed it, and its id here.
    let mut names: HashMap<Id, Id> = HashMap::new();
    let mut followers: Vec<(Id, Id, &[String])> = Vec::new();
    for one in collisions {
        let old = &one.later.case.id;
        let parted = match merges.parted(old) {
            Ok(parted) => parted.and_then(|parted| parted.iter().find(|renamed| renamed.old == *old)),
            Err(error) => {
                refusals.push(error);
                continue;
            }
        };
        let (new, repair) = match apart(session, &taken, one, parted) {
            Ok(repair) => repair,
            Err(error) => {
                refusals.push(error);
                continue;
            }
        };
        match parted {
            Some(renamed) => {
                names.insert(renamed.new.clone(), new.clone());
                followers.push((old.clone(), new.clone(), &renamed.followers));
            }
            None => session.terminal.note(&say::links_stay(old.short())),
        }
        taken.insert(new);
        repairs.push(repair);
    }
    for (old, new, followers) in followers {
        for follower in followers.iter().filter_map(|name| Id::parse(name).ok()) {
            let follower = names.get(&follower).cloned().unwrap_or(follower);
            links.entry(follower).or_default().insert(old.clone(), new.clone());
        }
    }
    (repairs, refusals)
}

/// Renames one: to the id that the merge would have given it, or to another.
fn apart(
    session: &Session,
    taken: &HashSet<Id>,
    Collision { first, later }: &Collision<'_>,
    parted: Option<&Renamed>,
) -> Result<(Id, Repair)> {
    let old = &later.case.id;
    let before = session.ledger.disk().text(&later.path)?;
    let new = match parted {
        Some(renamed) if !taken.contains(&renamed.new) => renamed.new.clone(),
        _ => free_id(taken, &before, &later.path)?,
    };
    let text = merge::renamed(&before, &later.path, &new)?;
    let place = place(&session.book, &Case { id: new.clone(), ..later.case.clone() });
    let repair = Repair {
        line: say::renamed_to(old.short(), new.short(), &place),
        attached: Attached::of(session, &first.case, &later.case, [old, &new])?,
        case: Some((new.clone(), Vec::new())),
        writes: vec![Write { old: Some(later.path.clone()), before: Some(before), new: place, text }],
    };
    Ok((new, repair))
}

fn free_id(taken: &HashSet<Id>, text: &str, path: &Path) -> Result<Id> {
    for again in 0..=u32::MAX {
        let id = merge::another_id(text, path, again)?;
        if !taken.contains(&id) {
            return Ok(id);
        }
    }
    Err(Error::failed(say::collision(path.display().to_string())))
}

/// Updates the links of these cases: in the texts that are about to be written, or else in their files.
pub(super) fn follow(
    session: &Session,
    links: &BTreeMap<Id, HashMap<Id, Id>>,
    cases: &[Found],
    repairs: &mut [Repair],
) -> Result<()> {
    let of: HashMap<Id, usize> = repairs
        .iter()
        .enumerate()
        .filter_map(|(at, repair)| Some((repair.case.as_ref()?.0.clone(), at)))
        .collect();
    let standing: HashMap<&Id, &Found> = cases.iter().map(|found| (&found.case.id, found)).collect();
    for (follower, new_ids) in links {
        if let Some(at) = of.get(follower) {
            let place = repairs[*at].writes[0].new.clone();
            for write in repairs[*at].writes.iter_mut().filter(|write| write.new == place) {
                write.text = merge::relinked(&write.text, &place, new_ids)?;
            }
            continue;
        }
        let Some(named) = new_ids.values().find_map(|new| of.get(new)) else { continue };
        match standing.get(follower) {
            Some(Found { path, .. }) => {
                let before = session.ledger.disk().text(path)?;
                let text = merge::relinked(&before, path, new_ids)?;
                if text != before {
                    let (old, new) = (Some(path.clone()), path.clone());
                    repairs[*named].writes.push(Write { old, before: Some(before), new, text });
                }
            }
            // Its id was also drawn twice, and it is not one of the cases that are being repaired.
            None => new_ids.keys().for_each(|old| session.terminal.note(&say::links_wait(old.short()))),
        }
    }
    Ok(())
}
