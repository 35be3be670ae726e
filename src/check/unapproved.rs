//! Remedies that were changed after they were approved.

use super::Flaw;
use super::input::CaseContext;
use crate::case::{EventName, Status};
use crate::casefile::Spot;
use crate::clock::Trigger;
use crate::error::Code;
use crate::lang::Text;
use crate::policy::{exceeds_approval, towards};

mod say {
    crate::messages! {
        amended(short) {
            "the remedy of {short} was amended to more than was approved",
            "{short} 的处理方案经更正后超出了批准的内容"
        }
        approve_it(command) {
            "if the customer gets this, it has to be approved: `{command}`; if not, amend it again",
            "确实这样处理的，须经批准：`{command}`；不是的，请再次更正"
        }
        take_it_up(command) {
            "if the customer gets this, it has to be approved: `{command}`, then propose it; if not, amend it again",
            "确实这样处理的，须经批准：先 `{command}`，再拟定方案；不是的，请再次更正"
        }
    }
}

/// Amendments of a resolved case that say more than what was approved. What a resolution itself says is compared when it
/// happens.
pub(super) fn find<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let mut found = Vec::new();
    for step in &context.history.steps {
        let after_the_remedy = matches!(step.from, Status::Resolved | Status::Closed | Status::Waiting);
        let amends = step.event.name == EventName::Amended && step.event.changes_the_remedy();
        if amends && after_the_remedy && exceeds_approval(context.rules, &step.state) {
            let short = context.id().short();
            let flaw = Code::Unapproved.of(context.found, Spot::Event(step.index), say::amended(short));
            found.push(flaw.help(way_back(context)));
        }
    }
    found
}

/// What has to be done for the approval, from where the case is now.
fn way_back(context: &CaseContext<'_>) -> Text {
    let short = context.id().short();
    if context.history.state().status.terminal() {
        return say::take_it_up(format!("fb reopen {short} --reason …"));
    }
    match towards(context.book, &context.history, [&Trigger::Event(EventName::Proposed)]) {
        Some(command) => say::approve_it(command),
        // Nothing is proposed for what is resolved
        None => say::take_it_up(format!("fb escalate {short} --reason …")),
    }
}
