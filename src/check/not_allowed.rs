//! Events that the status or a step of the policy forbade.

use std::collections::HashSet;

use super::Flaw;
use super::input::CaseContext;
use crate::case::Field;
use crate::casefile::Spot;
use crate::error::{Code, Severity};
use crate::policy::{Violation, breaches};

mod say {
    crate::messages! {
        at_that_time() { "when this was done", "办这一步的时候" }
        neither_knew() {
            "two clones worked on the case and neither knew of the other; look at the case, and go on from what is true",
            "两份克隆各自办理、互不知情；请看一下案卷，按实际情况继续办理"
        }
        was_allowed(edition) {
            "edition {edition} of the rules allowed it; new commands do not",
            "第 {edition} 版的规则写法当时允许，现在的命令不再允许"
        }
        stamp_what_was_done() {
            "if it was done at that time, record it with its own time: --at TIME",
            "如果当时其实做了，请用 --at 时间 补记"
        }
    }
}

/// Events that were not allowed after those before them. Nothing has to be filled in for a void case.
pub(super) fn find<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let found = breaches(context.book, context.rules, &context.history);
    let history = &context.found.case.history;
    // The events whose author, as a merge noted, could not know of those before them
    let merged: HashSet<&str> = history.iter().filter_map(|note| note.text(Field::Merged)).collect();
    let flaw = |(at, violation): (usize, Violation)| {
        flaw(context, at, violation, merged.contains(history[at].named().as_str()))
    };
    let void = context.history.state().voided;
    let asked = found.into_iter().filter(|(_, violation)| !(void && violation.code == Code::Incomplete));
    asked.map(flaw).collect()
}

fn flaw<'a>(context: &CaseContext<'a>, at: usize, violation: Violation, merged: bool) -> Flaw<'a> {
    let code = match violation.code {
        _ if merged => Code::Concurrent,
        code => code,
    };
    let mut flaw = code.of(context.found, Spot::Event(at), violation.message).label(say::at_that_time());
    if code == Code::Concurrent {
        return flaw.help(say::neither_knew());
    }
    if violation.since > context.rules.edition {
        flaw.finding.severity = Severity::Warning;
        flaw = flaw.note(say::was_allowed(context.rules.edition));
    }
    flaw = violation.help.into_iter().fold(flaw, Flaw::help);
    if code == Code::NotAllowed { flaw.help(say::stamp_what_was_done()) } else { flaw }
}
