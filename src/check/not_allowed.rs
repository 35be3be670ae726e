use super::subject::Subject;
use super::{Code, Flaw, words};
use crate::case::{Event, Field};
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
    found.into_iter().map(|(index, violation)| flaw(subject, index, violation)).collect()
}

fn flaw<'a>(subject: &Subject<'a>, at: usize, violation: Violation) -> Flaw<'a> {
    let history = &subject.found.case.history;
    let code = match violation.code {
        _ if was_merged(history, &history[at]) => CONCURRENT,
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

/// Whether a merge noted of this event that its author could not know of what came before.
fn was_merged(history: &[Event], event: &Event) -> bool {
    let named = event.named();
    history.iter().any(|note| note.text(Field::Merged) == Some(&named))
}
