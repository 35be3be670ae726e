use super::{Flaw, say};
use crate::error::Code;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// A file that is not called after its case.
pub(super) fn find(found: &Found) -> Option<Flaw<'_>> {
    let (name, id) = (&found.standing.name, &found.case.id);
    if name == id.as_str() {
        return None;
    }
    let flaw = Code::WrongName.of(found, Spot::IntakeValue("id"), say::wrong_name(name, id));
    Some(flaw.help(say::rename(format!("{id}.yaml"))))
}
