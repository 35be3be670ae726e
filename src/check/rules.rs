//! What the rules and the calendars lack.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::input::LedgerContext;
use crate::case::{Id, Names};
use crate::clock::Limit;
use crate::error::{Code, Finding, Place, Severity};
use crate::lang::{self, common, names};
use crate::policy::RuleBook;

mod say {
    crate::messages! {
        year_needed(calendar, year, cases, shorts) {
            "the calendar `{calendar}` lacks {year}; the time limits of {cases} need it ({shorts})",
            "日历 `{calendar}` 里没有 {year} 年，有 {cases}的时限要用到（{shorts}）"
        }
        year_to_come(calendar, year) {
            "the calendar `{calendar}` lacks {year}; time limits will need it soon",
            "日历 `{calendar}` 里还没有 {year} 年，计算时限很快就要用到"
        }
        add_year(year) {
            "`fb calendar add FILE` adds {year} as it is published, or write [years.{year}] with its holidays and make-up working days; fb never guesses a year",
            "公布的 {year} 年安排可用 `fb calendar add 文件` 添加，也可手工写 [years.{year}]，列出放假和调休上班的日期；没有的年份不会去猜"
        }
        role_unfilled(role, kind) {
            "a {kind} needs the approval of the {role}, and nobody in fb.toml has this role",
            "{kind}须经{role}审批，但 fb.toml 里没有人担任"
        }
        fill_role(role) {
            "name the person: fb shop add person KEY --role {role}",
            "请登记人员：fb shop add person 代号 --role {role}"
        }
        old_edition() {
            "these rules are of edition 1; a case can still be ended around them",
            "这份制度按第 1 版写法，案卷仍可绕过规定结束"
        }
        ends_at_once(kinds, verb) {
            "{kinds}: `fb {verb}` asks for no step before",
            "{kinds}：`fb {verb}` 之前没有要求任何步骤"
        }
        rejection_ends(clocks) {
            "a rejection keeps these limits, although nobody was answered: {clocks}",
            "作不成立处理即算按时，其实没有答复客户：{clocks}"
        }
        outlives_the_proposal(steps) {
            "these steps are not asked for again after a new proposal: {steps}",
            "另拟方案后，这些步骤不再要求：{steps}"
        }
        upgrade(file) {
            "complete {file} after the present rule books (`fb help rules`), and write `edition = 2` at its top",
            "请参照现在的制度预设（`fb help rules`）补全 {file}，并在开头写 `edition = 2`"
        }
        review_due(day) { "these rules should have been reviewed by {day}", "这份制度应在 {day} 前复审" }
        set_review(file, day) {
            "review them (`fb policy try` shows a past month under changed rules), then set the day of the next review in {file}; or put the changed rules into policy/{day}.toml, for cases received from that day on",
            "请复审（可用 `fb policy try` 按修改后的规则试算往月），再在 {file} 中填写下次复审日期；规则有改动的，另存为 policy/{day}.toml，自该日起受理的事项适用"
        }
    }
}

/// From this month on, the calendars must have the next year.
const NOVEMBER: i8 = 11;
/// How many cases are named.
const NAMED: usize = 5;

/// Years that clocks need now, with their cases; then those that clocks will need soon.
pub(super) fn missing_year(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    let input = context.input;
    let Some(book) = input.book else { return Vec::new() };
    let mut missing: BTreeMap<(&str, i16), Vec<&Id>> = BTreeMap::new();
    for (id, year) in &context.missing_years {
        missing.entry((year.calendar.as_str(), year.year)).or_default().push(id);
    }
    let today = book.shop.day(input.until);
    let next = if today.month() >= NOVEMBER { Some(today.year() + 1) } else { None };
    let mut findings = Vec::new();
    for (at, calendar) in book.calendars.iter().enumerate() {
        let name = calendar.name();
        let place = || Place::file(input.calendars.get(at).cloned().unwrap_or_default());
        for ((_, year), cases) in missing.iter().filter(|((needed, _), _)| *needed == name) {
            let message = say::year_needed(
                name,
                *year,
                common::count(cases.len(), "case", "cases", "件案卷"),
                shorts(cases),
            );
            findings.push(Code::MissingYear.at(place(), message).help(say::add_year(*year)));
        }
        let soon = [Some(today.year()), next].into_iter().flatten();
        let soon = soon.filter(|_| counted(book, today, at));
        for year in soon.filter(|year| !calendar.has_year(*year) && !missing.contains_key(&(name, *year))) {
            let finding =
                Code::MissingYear.at(place(), say::year_to_come(name, year)).help(say::add_year(year));
            findings.push(Finding { severity: Severity::Warning, ..finding });
        }
    }
    findings
}

/// Whether a clock of the rules in force counts working time in the calendar, the `at`th of the book.
fn counted(book: &RuleBook, today: Date, at: usize) -> bool {
    book.on(today)
        .clocks
        .iter()
        .any(|clock| clock.within.is_some_and(Limit::in_working_units) && clock.calendar == Some(at))
}

fn shorts(cases: &[&Id]) -> String {
    let mut shorts: Vec<&str> = cases.iter().take(NAMED).map(|id| id.short()).collect();
    if cases.len() > NAMED {
        shorts.push("…");
    }
    shorts.join(" ")
}

/// The roles that approve under the rules in force today, and that nobody has.
pub(super) fn role_unfilled(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    let Some(book) = context.input.book else { return Vec::new() };
    let rules = book.on(book.shop.day(context.input.until));
    let mut findings = Vec::new();
    for (kind, approval) in &rules.approval {
        for role in approval.roles.iter().filter(|role| !book.shop.has_holder(role)) {
            let label = book.shop.names.label(Names::Roles, role);
            let message = say::role_unfilled(label, names::kind(*kind).text());
            findings.push(Code::RoleUnfilled.at(Place::file("fb.toml"), message).help(say::fill_role(role)));
        }
    }
    findings
}

/// The rules in force today, if they are of an edition that leaves ways around them open; of rules that ask for nothing
/// there is no way around.
pub(super) fn old_edition(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    let Some(book) = context.input.book else { return Vec::new() };
    let rules = book.on(book.shop.day(context.input.until));
    if rules.edition > 1 || rules.is_without_limits() {
        return Vec::new();
    }
    let place = Place { line: Some(1), ..Place::file(rules.file()) };
    let mut finding = Code::OldEdition.at(place, say::old_edition());
    for (ending, kinds) in rules.ends_at_once() {
        let kinds: Vec<_> = kinds.into_iter().map(|kind| names::kind(kind).text()).collect();
        finding = finding.note(say::ends_at_once(lang::list(&kinds), names::verb(ending)));
    }
    let clocks: Vec<_> = rules.clocks_ended_by_rejection().map(|clock| clock.label.clone()).collect();
    if !clocks.is_empty() {
        finding = finding.note(say::rejection_ends(lang::list(&clocks)));
    }
    let steps: Vec<_> = rules.steps_that_outlive_a_proposal().map(|step| step.label.clone()).collect();
    if !steps.is_empty() {
        finding = finding.note(say::outlives_the_proposal(lang::list(&steps)));
    }
    vec![finding.help(say::upgrade(rules.file().display().to_string()))]
}

/// The rules in force today, if the day of their review has come.
pub(super) fn review_due(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    context.input.book.and_then(|book| review(book, context.input.until)).into_iter().collect()
}

fn review(book: &RuleBook, now: Timestamp) -> Option<Finding> {
    let today = book.shop.day(now);
    let rules = book.on(today);
    let review = rules.review.filter(|review| *review <= today)?;
    let place = Place::at(rules.file(), rules.review_line, 1, "review".len());
    Some(
        Code::ReviewDue
            .at(place, say::review_due(review))
            .help(say::set_review(rules.file().display().to_string(), today)),
    )
}
