//! Cases without an owner.

use super::Flaw;
use super::input::CaseContext;
use crate::case::{EventName, Field, State, Status};
use crate::casefile::Spot;
use crate::clock::Trigger;
use crate::error::Code;
use crate::lang::Text;
use crate::policy::{to_say, towards};

mod say {
    crate::messages! {
        unowned(short, status) { "{short} is {status}, but has no owner", "{short} 目前是“{status}”，却没有负责人" }
        unowned_since() { "from here on", "自此无人负责" }
        name_owner(command) { "say who is responsible: `{command}`", "请写明负责人：`{command}`" }
        take_it(accept, command) {
            "take it with `{accept}`, or hand it over with `{command}`",
            "由谁负责就由谁接单：`{accept}`；或派给他人：`{command}`"
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
    let flaw = flaw.label(say::unowned_since());
    Some(help(context).into_iter().fold(flaw, Flaw::help))
}

/// How the case gets an owner: who takes it, or who is named.
fn help(context: &CaseContext<'_>) -> Option<Text> {
    let (book, history) = (context.book, &context.history);
    let command = to_say(book, history, Field::Owner)?;
    let accept = format!("fb accept {}", context.id().short());
    let accepting = towards(book, history, [&Trigger::Event(EventName::Accepted)]);
    let can_be_accepted = accepting.is_some_and(|first| first == accept);
    Some(if can_be_accepted { say::take_it(accept, command) } else { say::name_owner(command) })
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
