use super::overdue::{clocks, due, flaw, label, owner};
use super::subject::Subject;
use super::{Code, Flaw, words};
use crate::lang;
use crate::policy::ClockState;

pub(super) const CODE: Code = Code::warning("due-soon", "most of a time limit is used up", "时限快到了");

/// Clocks that have used up the share at which they warn.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    clocks(subject, ClockState::Warning)
        .filter_map(|clock| {
            let left = lang::duration(clock.remaining(subject.now)?);
            let message = words::due_soon(label(subject, clock), left, due(subject, clock)?, owner(subject));
            Some(flaw(&CODE, subject, clock, message))
        })
        .collect()
}
