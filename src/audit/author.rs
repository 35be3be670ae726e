use super::stamped::Stamped;
use super::{Hit, Question, words};
use crate::check::Code;

pub(super) const CODE: Code = Code::error(
    "not-author",
    "an event names somebody else than the author of its commit",
    "记录上的经办人不是提交人",
);

/// An event that somebody else committed than it says did it.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &Stamped<'a>) -> Option<Hit<'a>> {
    let by = stamped.event.by.as_deref()?;
    let email = &stamped.commit.email;
    let before_the_at = email.split('@').next().unwrap_or_default();
    let author = question.shop(stamped.at).person_with_email(email).unwrap_or(before_the_at);
    let commit = stamped.commit.said(&question.book.shop.zone);
    (by != author).then(|| {
        let message = words::not_author(stamped.event.name.word(), by, author, commit);
        Hit::stamp(&CODE, stamped, "by", message).note(words::entered_for())
    })
}
