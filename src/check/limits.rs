//! Time limits that have passed, and those that soon will.

use super::Flaw;
use super::input::CaseContext;
use crate::case::Names;
use crate::casefile::Spot;
use crate::error::Code;
use crate::lang::{self, Text};
use crate::policy::{ClockState, Instance, WAITING, towards};

mod say {
    crate::messages! {
        late(clock, length, due, owner) { "{clock} is late by {length} (due {due}, {owner})", "“{clock}”已超时 {length}（应于 {due} 前完成，{owner}）" }
        due_soon(clock, length, due, owner) { "{clock} is due in {length} ({due}, {owner})", "“{clock}”还剩 {length}（{due} 到期，{owner}）" }
        owned_by(owner) { "owner {owner}", "负责人 {owner}" }
        no_owner() { "no owner yet", "还没有负责人" }
        runs_from_here(clock) { "{clock} runs from here", "“{clock}”从这里开始计时" }
        rule(sources) { "rule: {sources}", "依据：{sources}" }
        stated_wait() { "the day that the wait names", "登记等候时写明的日期" }
        stated_due() { "the deadline that the hand-over names", "派单时写明的期限" }
        do_it(command) { "do it, and record it: `{command}`", "办完后请登记：`{command}`" }
    }
}

/// Clocks that still run after their due.
pub(super) fn overdue<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    clocks(context, ClockState::Overdue)
        .filter_map(|clock| {
            let late = lang::duration(clock.remaining(context.now)?);
            let message = say::late(label(context, clock), late, due(context, clock)?, owner(context));
            Some(flaw(Code::Overdue, context, clock, message))
        })
        .collect()
}

/// Clocks that have used up the share at which they warn.
pub(super) fn due_soon<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    clocks(context, ClockState::Warning)
        .filter_map(|clock| {
            let left = lang::duration(clock.remaining(context.now)?);
            let message = say::due_soon(label(context, clock), left, due(context, clock)?, owner(context));
            Some(flaw(Code::DueSoon, context, clock, message))
        })
        .collect()
}

/// The clocks in this state.
fn clocks<'s, 'a>(context: &'s CaseContext<'a>, state: ClockState) -> impl Iterator<Item = &'s Instance<'a>> {
    context.clocks.iter().filter(move |clock| clock.state == state)
}

/// A finding about a clock, at the event that started it, with its rule and the command that stops it.
fn flaw<'a>(code: Code, context: &CaseContext<'a>, clock: &Instance<'a>, message: Text) -> Flaw<'a> {
    let rule = clock.rule;
    let start = context.history.steps.get(clock.started_by).map_or(0, |step| step.index);
    let flaw = code.of(context.found, Spot::Event(start), message);
    let limit = clock.limit.map_or_else(|| stated(&rule.name), |limit| Text::same(limit.to_string()));
    let place = rule.line.map(|line| format!("{}:{line}", context.rules.file().display()));
    let mut sources: Vec<Text> = place.into_iter().chain(rule.clause.clone()).map(Text::same).collect();
    sources.push(limit);
    let flaw = flaw.label(say::runs_from_here(label(context, clock)));
    let flaw = flaw.note(say::rule(lang::list(&sources)));
    match towards(context.book, &context.history, &rule.stop) {
        Some(command) => flaw.help(say::do_it(command)),
        None => flaw,
    }
}

/// What names a due that is no limit of the rules.
fn stated(clock: &str) -> Text {
    if clock == WAITING { say::stated_wait() } else { say::stated_due() }
}

fn label(context: &CaseContext<'_>, clock: &Instance<'_>) -> Text {
    context.clock_label(&clock.rule.name)
}

fn due(context: &CaseContext<'_>, clock: &Instance<'_>) -> Option<Text> {
    Some(lang::moment(clock.due?, &context.book.shop.zone))
}

/// The owner, in words.
fn owner(context: &CaseContext<'_>) -> Text {
    match context.owner() {
        Some(owner) => say::owned_by(context.book.shop.names.label(Names::People, owner)),
        None => say::no_owner(),
    }
}
