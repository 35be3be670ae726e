//! Cases that lie: no time limit runs, and nothing has happened for long.

use super::Flaw;
use super::input::CaseContext;
use crate::casefile::Spot;
use crate::error::Code;
use crate::lang::{self, Text};
use crate::policy::towards_the_end;

mod say {
    crate::messages! {
        stalled(short, status, length) {
            "{short} is {status}: nothing has happened for {length}, and no time limit runs",
            "{short} 目前是“{status}”：已有 {length}没有进展，也没有时限在计时"
        }
        last_of_all() { "nothing has happened since", "此后没有进展" }
        rule(sources) { "rule: {sources}", "依据：{sources}" }
        by_default(limit) { "{limit}, because the rules say nothing of it", "{limit}（制度未作规定）" }
        go_on(command) { "take the next step, such as `{command}`", "请办理下一步，例如 `{command}`" }
    }
}

/// An open case that no clock watches and that nobody has touched for too long.
pub(super) fn find<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let Some(lying) = context.unwatched.filter(|unwatched| unwatched.is_stalled(context.now)) else {
        return Vec::new();
    };
    let last = &context.history.steps[lying.last];
    let status = last.state.status;
    let quiet = lang::duration(lying.quiet(context.now));
    let message = say::stalled(context.id().short(), status, quiet);
    let flaw = Code::Stalled.of(context.found, Spot::Event(last.index), message);
    let flaw = flaw.label(say::last_of_all()).note(say::rule(rule(context, status)));
    match towards_the_end(context.book, &context.history) {
        Some(command) => vec![flaw.help(say::go_on(command))],
        None => vec![flaw],
    }
}

/// Where the limit is written, its clause, and the limit.
fn rule(context: &CaseContext<'_>, status: crate::case::Status) -> Text {
    let rules = &context.rules.stalled;
    let limit = rules.limit(status);
    let Some(line) = rules.line else { return say::by_default(limit.to_string()) };
    let place = Some(format!("{}:{line}", context.rules.file().display()));
    let sources = place.into_iter().chain(rules.clause.clone()).chain([limit.to_string()]);
    lang::list(&sources.map(Text::same).collect::<Vec<_>>())
}
