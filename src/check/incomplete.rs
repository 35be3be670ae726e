//! Answers that the rules ask for and that nobody gave.

use super::Flaw;
use super::input::CaseContext;
use crate::casefile::Spot;
use crate::error::Code;
use crate::lang::names;
use crate::policy::unanswered;

mod say {
    crate::messages! {
        unanswered(short, field) {
            "nobody has said for {short}: {field}; a time limit or a figure needs it",
            "{short} 没有填写“{field}”，相关的时限或统计无法计算"
        }
        say_it(how) { "say it with: {how}", "请补填：{how}" }
    }
}

/// Questions of an open case that were left empty.
pub(super) fn find<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let short = context.id().short();
    let mut found = Vec::new();
    for (at, question) in unanswered(context.rules, &context.history) {
        let message = say::unanswered(short, names::field(question.field).text());
        let flaw = Code::Incomplete.of(context.found, Spot::Event(at), message);
        found.push(flaw.help(say::say_it(question.command(short))));
    }
    found
}
