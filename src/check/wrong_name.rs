use super::{Flaw, say};
use crate::error::Code;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// A file that is not called after its case.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let (name, id) = (&found.standing.name, &found.case.id);
    if name == id.as_str() {
        return Vec::new();
    }
    let flaw = Code::WrongName.of(found, Spot::IntakeValue("id"), say::wrong_name(name, id));
    vec![flaw.help(say::rename(format!("{id}.yaml")))]
}
