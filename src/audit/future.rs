use jiff::SignedDuration;

use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::error::Code;
use crate::lang::duration;

/// What two clocks may differ by.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// A stamp that is later than its commit, and not where it is because another's of the same case is.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &Stamped<'a>) -> Option<Hit<'a>> {
    let of_event = (stamped.event.name.word(), stamped.event.at);
    let of_entry = stamped.event.recorded.map(|recorded| ("recorded", recorded));
    let (key, said) =
        [Some(of_event), of_entry].into_iter().flatten().max_by_key(|(_, said)| said.instant())?;
    let ahead = said.instant().duration_since(stamped.commit.latest());
    let commit = stamped.commit.said(&question.book.shop.zone);
    let follows = stamped.behind.is_some_and(|behind| said.instant() <= behind);
    (ahead > SKEW && !follows).then(|| {
        Hit::stamp(Code::Future, stamped, key, say::future(key, said, duration(ahead.as_secs()), commit))
    })
}
