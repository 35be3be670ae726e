use super::overdue::{clocks, due, flaw, label, owner};
use super::subject::Subject;
use super::{Flaw, say};
use crate::error::Code;
use crate::lang;
use crate::policy::ClockState;

/// Clocks that have used up the share at which they warn.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    clocks(subject, ClockState::Warning)
        .filter_map(|clock| {
            let left = lang::duration(clock.remaining(subject.now)?);
            let message = say::due_soon(label(subject, clock), left, due(subject, clock)?, owner(subject));
            Some(flaw(Code::DueSoon, subject, clock, message))
        })
        .collect()
}
