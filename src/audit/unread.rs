use super::{Hit, Question, words};
use crate::check::Code;
use crate::error::Place;

pub(super) const CODE: Code = Code::warning(
    "unreadable",
    "a version of a case file in the history cannot be read",
    "历史中有一个版本的案卷无法读取",
);

/// Versions that could not be read: what they had is held against the next that could.
pub(super) fn find<'a>(question: &'a Question<'a>) -> Vec<Hit<'a>> {
    let zone = &question.book.shop.zone;
    let hit = |unread: &'a super::chronicle::Unread| {
        let commit = &question.chronicle.commits[unread.commit];
        Hit::file(&CODE, Place::file(&unread.path), None, commit, words::unread(commit.said(zone)))
    };
    question.chronicle.unread.iter().map(hit).collect()
}
