//! The files that are attached to a case that gets another id: they move with it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::case::{Case, Id};
use crate::casefile::layout;
use crate::error::Result;
use crate::lang::Text;
use crate::ledger::{Before, Lock, Plan, Removal};
use crate::session::Session;

mod say {
    crate::messages! {
        of_both(path) {
            "{path} is named by both cases and stays where it is; `git log -- {path}` has the other one",
            "两件案卷都登记了 {path}，文件留在原处；另一份可在 `git log -- {path}` 中找到"
        }
    }
}

/// A file, from where it is to where it belongs; paths from the ledger's root.
#[derive(Debug)]
struct AttachmentMove {
    from: PathBuf,
    to: PathBuf,
    bytes: u64,
}

/// The attached files that move with a case.
#[derive(Debug, Default)]
pub(super) struct Attached {
    moves: Vec<AttachmentMove>,
    /// What people have to check.
    pub told: Vec<Text>,
}

impl Attached {
    /// The files that `later` names and `first`, which keeps the id `old`, does not.
    ///
    /// # Errors
    /// It cannot be determined whether a file is there: without it, the case would lose its attachment.
    pub(super) fn of(
        session: &Session,
        first: &Case,
        later: &Case,
        [old, new]: [&Id; 2],
    ) -> Result<Attached> {
        let (others, to) = (files(first, old), layout::attachments(new));
        let mut attached = Attached::default();
        for path in files(later, old) {
            let Some(bytes) = session.ledger.disk().size(&path)? else { continue };
            match path.file_name() {
                _ if others.contains(&path) => attached.told.push(say::of_both(path)),
                Some(name) => {
                    let to = to.join(name);
                    attached.moves.push(AttachmentMove { from: path, to, bytes });
                }
                None => {}
            }
        }
        Ok(attached)
    }

    /// Adds them to a plan: they are copied to the waiting place from which the plan moves them.
    ///
    /// # Errors
    /// A file cannot be copied.
    pub(super) fn bring(&self, session: &Session, lock: &Lock, plan: &mut Plan) -> Result<()> {
        for AttachmentMove { from, to, bytes } in &self.moves {
            let (mut file, _) = session.ledger.disk().file(from)?;
            session.bring(lock, &mut file, to)?;
            plan.also.push(to.clone());
            plan.removals.push(Removal { path: from.clone(), before: Before::Length(*bytes) });
        }
        Ok(())
    }
}

/// The files that a case's history names, in the directory of an id.
fn files(case: &Case, id: &Id) -> BTreeSet<PathBuf> {
    case.history.iter().filter_map(|event| layout::attached(id, event)).collect()
}
