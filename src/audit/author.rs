use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::case::EventName;
use crate::error::Code;

/// An event that somebody else committed than it says did it. A clerk (`clerk = true` in `fb.toml`, as it stood then) is
/// taken at their word where the commit says for whom they entered it; of an approval nobody is.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &Stamped<'a>) -> Option<Hit<'a>> {
    let by = stamped.event.by.as_deref()?;
    let commit = stamped.commit;
    let shop = question.shop(stamped.at);
    let author = shop.author(&commit.email);
    if by == author {
        return None;
    }
    let said = commit.is_entered_for(by);
    let clerk = shop.people.get(author).is_some_and(|person| person.clerk);
    let approval = stamped.event.name == EventName::Approved;
    (!said || !clerk || approval).then(|| {
        let message =
            say::not_author(stamped.event.name.word(), by, author, commit.said(&question.book.shop.zone));
        let note = if said { say::entered_for(by) } else { say::not_said(by) };
        let hit = Hit::stamp(Code::NotAuthor, stamped, "by", message).note(note);
        if said && !approval { hit.note(say::name_clerks(author)) } else { hit }
    })
}
