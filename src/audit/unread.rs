use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::error::Code;
use crate::error::Place;

/// Versions that could not be read: what they had is held against the next that could.
pub(super) fn find<'a>(question: &'a Question<'a>, _: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let zone = &question.book.shop.zone;
    let hit = |unread: &'a super::chronicle::Unread| {
        let commit = &question.chronicle.commits[unread.commit];
        Hit::file(
            Code::UnreadablePast,
            Place::file(&unread.path),
            None,
            commit,
            say::unread(commit.said(zone)),
        )
    };
    question.chronicle.unread.iter().map(hit).collect()
}
