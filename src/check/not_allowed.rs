use super::subject::Subject;
use super::{Code, Flaw, words};
use crate::case::Replay;
use crate::ledger::text::Spot;
use crate::policy::{Violation, violations};

pub(super) const CODE: Code = Code::error(
    "not-allowed",
    "an event that the status or a step of the policy forbade when it happened",
    "发生这件事时，当时的状态或制度要求的步骤不允许",
);
pub(super) const SELF_APPROVED: Code =
    Code::error("self-approved", "whoever proposed a remedy approved it", "拟定方案的人批准了自己的方案");

/// Events that may not have happened on top of what came before them.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    let steps = &subject.history.steps;
    let mut past = Replay { case: subject.history.case, steps: Vec::with_capacity(steps.len()) };
    let mut flaws = Vec::new();
    for step in steps {
        if !past.steps.is_empty() {
            let violations = violations(subject.book, subject.rules, &past, step.event);
            flaws.extend(violations.into_iter().map(|violation| flaw(subject, step.index, violation)));
        }
        past.steps.push(step.clone());
    }
    flaws
}

fn flaw<'a>(subject: &Subject<'a>, event: usize, violation: Violation) -> Flaw<'a> {
    let code = if violation.code == SELF_APPROVED.word { SELF_APPROVED } else { CODE };
    let flaw = code.of(subject.found, Spot::Event(event), violation.message).label(words::at_that_time());
    let flaw = violation.help.into_iter().fold(flaw, Flaw::help);
    if code == CODE { flaw.help(words::stamp_what_was_done()) } else { flaw }
}
