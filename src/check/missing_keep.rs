use super::{Code, words};
use crate::case::Status;
use crate::error::{Finding, Place};
use crate::ledger::layout;

pub(super) const CODE: Code = Code::error(
    "missing-keep",
    "the directory of a status lacks its .gitkeep, and would be lost in a clone when it is empty",
    "状态目录缺少 .gitkeep，目录一空，克隆出去就没有了",
);

/// The directories that nothing keeps.
pub(super) fn find(unkept: &[Status]) -> Vec<Finding> {
    let finding = |status: &Status| {
        let path = layout::directory(*status).join(layout::KEEP);
        CODE.at(Place::file(&path), words::missing_keep(status.word())).help(words::make_keep(&path))
    };
    unkept.iter().map(finding).collect()
}
