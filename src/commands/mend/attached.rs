//! What is attached to a case that gets another id: it goes along.

use std::fs;
use std::path::{Path, PathBuf};

use crate::case::{Case, EventName, Field, Id};
use crate::error::Result;
use crate::lang::Text;
use crate::ledger::{Before, Lock, Plan, Removal, layout};
use crate::session::Session;

crate::messages! {
    of_both(path) {
        "{path} is named by both cases and stays where it is; `git log -- {path}` has the other one",
        "两件案卷都登记了 {path}，文件留在原处；另一份可在 `git log -- {path}` 中找到"
    }
}

/// A file, from where it stands to where it belongs; paths from the ledger's root.
#[derive(Debug)]
struct Move {
    from: PathBuf,
    to: PathBuf,
    bytes: u64,
}

/// The files that go along with a case.
#[derive(Debug, Default)]
pub(super) struct Attached {
    moves: Vec<Move>,
    /// What people have to look at.
    pub told: Vec<Text>,
}

impl Attached {
    /// The files that `later` names and `first`, which keeps the id `old`, does not.
    pub(super) fn of(session: &Session, first: &Case, later: &Case, [old, new]: [&Id; 2]) -> Attached {
        let [from, to] = [old, new].map(layout::attachments);
        let others = names(first);
        let mut attached = Attached::default();
        for name in names(later) {
            let path = from.join(name);
            let stands = fs::symlink_metadata(session.ledger.root().join(&path));
            let Some(file) = stands.ok().filter(fs::Metadata::is_file) else { continue };
            match others.contains(&name) {
                true => attached.told.push(of_both(path)),
                false => {
                    attached.moves.push(Move { from: path, to: to.join(name), bytes: file.len() });
                }
            }
        }
        attached
    }

    /// Puts them into a plan; they are brought beside their new places, where the plan finds them.
    ///
    /// # Errors
    /// A file cannot be copied.
    pub(super) fn bring(&self, session: &Session, lock: &Lock, plan: &mut Plan) -> Result<()> {
        for Move { from, to, bytes } in &self.moves {
            session.bring(lock, &session.ledger.root().join(from), to)?;
            plan.also.push(to.clone());
            plan.removals.push(Removal { path: from.clone(), before: Before::Length(*bytes) });
        }
        Ok(())
    }
}

/// The names of the files that a case's history speaks of; a name with a directory in it is none of ours.
fn names(case: &Case) -> Vec<&str> {
    let attached = case.history.iter().filter(|event| event.name == EventName::Attached);
    let mut names: Vec<&str> = attached.filter_map(|event| event.text(Field::File)).collect();
    names.retain(|name| Path::new(name).file_name().is_some_and(|last| last == *name));
    names.sort_unstable();
    names.dedup();
    names
}
