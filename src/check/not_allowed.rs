use std::collections::HashSet;

use super::subject::Subject;
use super::{Code, Flaw, words};
use crate::case::Field;
use crate::ledger::text::Spot;
use crate::policy::{Violation, breaches};

pub(super) const CODE: Code = Code::error(
    "not-allowed",
    "an event that the status or a step of the policy forbade when it happened",
    "发生这件事时，当时的状态或制度要求的步骤不允许",
);
pub(super) const SELF_APPROVED: Code =
    Code::error("self-approved", "whoever proposed a remedy approved it", "拟定方案的人批准了自己的方案");

pub(super) const CONCURRENT: Code = Code::warning(
    "concurrent",
    "an event that a merge put after others which its author could not know of, and which forbid it",
    "合并之后排在了别的记录后面；操作人当时不知道那些记录，而它们不允许这一步",
);

/// Events that may not have happened on top of what came before them.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    let found = breaches(subject.book, subject.rules, &subject.history);
    let history = &subject.found.case.history;
    // The events of which a merge noted that their author could not know of what came before
    let merged: HashSet<&str> = history.iter().filter_map(|note| note.text(Field::Merged)).collect();
    let flaw = |(at, violation): (usize, Violation)| {
        flaw(subject, at, violation, merged.contains(history[at].named().as_str()))
    };
    found.into_iter().map(flaw).collect()
}

fn flaw<'a>(subject: &Subject<'a>, at: usize, violation: Violation, merged: bool) -> Flaw<'a> {
    let code = match violation.code {
        _ if merged => CONCURRENT,
        word if word == SELF_APPROVED.word => SELF_APPROVED,
        _ => CODE,
    };
    let flaw = code.of(subject.found, Spot::Event(at), violation.message).label(words::at_that_time());
    if code == CONCURRENT {
        return flaw.help(words::neither_knew());
    }
    let flaw = violation.help.into_iter().fold(flaw, Flaw::help);
    if code == CODE { flaw.help(words::stamp_what_was_done()) } else { flaw }
}
