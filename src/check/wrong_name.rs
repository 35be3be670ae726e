use super::{Code, Flaw, words};
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(crate) const CODE: Code =
    Code::error("wrong-name", "the file's name is not the case's id", "文件名与案卷编号不一致");

/// A file that is not called after its case.
pub(super) fn find(found: &Found) -> Option<Flaw<'_>> {
    let (name, id) = (&found.standing.name, &found.case.id);
    if name == id.as_str() {
        return None;
    }
    let flaw = CODE.of(found, Spot::IntakeValue("id"), words::wrong_name(name, id));
    Some(flaw.help(words::rename(format!("{id}.yaml"))))
}
