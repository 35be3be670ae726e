//! Cases without an owner.

use super::Flaw;
use super::input::CaseContext;
use crate::case::{State, Status};
use crate::casefile::Spot;
use crate::error::Code;

mod say {
    crate::messages! {
        unowned(short, status) { "{short} is {status}, but has no owner", "{short} 目前是“{status}”，却没有负责人" }
        unowned_since() { "from here on", "自此无人负责" }
        name_owner(short) {
            "say who is responsible: `fb amend {short} --owner … --reason …`",
            "请写明负责人：`fb amend {short} --owner … --reason …`"
        }
        take_it(short) {
            "take it with `fb accept {short}`, or hand it over with `fb assign {short} --owner …`",
            "由谁负责就由谁接单：`fb accept {short}`；或派给他人：`fb assign {short} --owner …`"
        }
    }
}

/// An open case that should have an owner and has none (first-asked responsibility, 首问负责制).
pub(super) fn find<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    since(context).into_iter().collect()
}

/// The finding, at the event since which it has no owner.
fn since<'a>(context: &CaseContext<'a>) -> Option<Flaw<'a>> {
    let steps = &context.history.steps;
    let owned = steps.iter().rposition(|step| answered_for(&step.state));
    let since = steps.get(owned.map_or(0, |owned| owned + 1))?;
    let short = context.id().short();
    let message = say::unowned(short, context.history.state().status);
    let flaw = Code::Unowned.of(context.found, Spot::Event(since.index), message);
    // What is resolved is not handed over any more
    let is_resolved = context.history.state().going_on() == Status::Resolved;
    let help = if is_resolved { say::name_owner(short) } else { say::take_it(short) };
    Some(flaw.label(say::unowned_since()).help(help))
}

/// Whether the case has an owner or needs none: it is with the hub (new or triaged, also while the customer is asked
/// there), with a department that has not accepted it yet, with the person it was escalated to, or it has ended.
fn answered_for(state: &State<'_>) -> bool {
    let with_hub_or_desk = match state.going_on() {
        Status::New | Status::Triaged | Status::Escalated => true,
        Status::Assigned => state.department.is_some(),
        status => status.terminal(),
    };
    state.owner.is_some() || with_hub_or_desk
}
