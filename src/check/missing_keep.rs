use super::say;
use super::subject::Whole;
use crate::case::Status;
use crate::error::{Code, Finding, Place};
use crate::ledger::layout;

/// The directories that nothing keeps.
pub(super) fn find(whole: &Whole<'_, '_>) -> Vec<Finding> {
    let finding = |status: &Status| {
        let path = layout::directory(*status).join(layout::KEEP);
        Code::MissingKeep.at(Place::file(&path), say::missing_keep(status.word())).help(say::make_keep(&path))
    };
    whole.stock.unkept.iter().map(finding).collect()
}
