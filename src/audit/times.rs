//! Stamps that are earlier or later than the commit that added them.

use jiff::SignedDuration;

use super::input::Stamped;
use super::{AuditFinding, AuditInput};
use crate::error::Code;
use crate::lang::duration;

mod say {
    crate::messages! {
        backdated(key, said, length, commit) {
            "`{key}` says {said}, but was added {length} later by {commit}",
            "`{key}` 写的是 {said}，晚了 {length} 才由{commit}写入"
        }
        say_recorded() {
            "a late entry must say so with `recorded:`, which `--at` writes",
            "事后补记的，应当用 `recorded:` 注明补录时间（用 `--at` 时会自动写上）"
        }
        future(key, said, length, commit) {
            "`{key}` says {said}, which is {length} after {commit}",
            "`{key}` 写的是 {said}，比写入它的{commit}还晚 {length}"
        }
    }
}

/// A stamp that is earlier than its commit by more than the limit. If the event says when it was entered (`recorded`),
/// that time is compared with the commit instead.
pub(super) fn backdated<'a>(input: &'a AuditInput<'a>, stamped: &Stamped<'a>) -> Option<AuditFinding<'a>> {
    let (key, said) = match stamped.event.recorded {
        Some(recorded) => ("recorded", recorded),
        None => (stamped.event.name.word(), stamped.event.at),
    };
    let later = stamped.commit.earliest().duration_since(said.instant());
    if later <= input.within {
        return None;
    }
    let commit = stamped.commit.said(&input.book.shop.zone);
    let message = say::backdated(key, said, duration(later.as_secs()), commit);
    Some(AuditFinding::stamp(Code::Backdated, stamped, key, message).note(say::say_recorded()))
}

/// How much two clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// A stamp that is later than its commit. Not one that only follows a later stamp of the same case.
pub(super) fn future<'a>(input: &'a AuditInput<'a>, stamped: &Stamped<'a>) -> Option<AuditFinding<'a>> {
    let of_event = (stamped.event.name.word(), stamped.event.at);
    let of_entry = stamped.event.recorded.map(|recorded| ("recorded", recorded));
    let (key, said) =
        [Some(of_event), of_entry].into_iter().flatten().max_by_key(|(_, said)| said.instant())?;
    let ahead = said.instant().duration_since(stamped.commit.latest());
    let follows = stamped.behind.is_some_and(|behind| said.instant() <= behind);
    if ahead <= SKEW || follows {
        return None;
    }
    let commit = stamped.commit.said(&input.book.shop.zone);
    let message = say::future(key, said, duration(ahead.as_secs()), commit);
    Some(AuditFinding::stamp(Code::Future, stamped, key, message))
}
