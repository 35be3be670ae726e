use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::error::Code;
use crate::lang::duration;

/// A stamp that is earlier than its commit by more than the limit. A late entry that says so is none: then the moment
/// at which it says that it was typed in is held against the commit.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &Stamped<'a>) -> Option<Hit<'a>> {
    let (key, said) = match stamped.event.recorded {
        Some(recorded) => ("recorded", recorded),
        None => (stamped.event.name.word(), stamped.event.at),
    };
    let later = stamped.commit.earliest().duration_since(said.instant());
    let commit = stamped.commit.said(&question.book.shop.zone);
    (later > question.within).then(|| {
        Hit::stamp(
            Code::Backdated,
            stamped,
            key,
            say::backdated(key, said, duration(later.as_secs()), commit),
        )
        .note(say::say_recorded())
    })
}
