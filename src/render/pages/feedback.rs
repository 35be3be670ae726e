//! What the audit says to each department (S0.8.1): its verdict with the figures that led to it, and sentences that
//! can be sent as they are.

use super::causes::again_and_again;
use super::{ReportHeading, behind, parts, say as shared};
use crate::case::Names;
use crate::lang::{Lang, Text, moment};
use crate::render::{Cell, Column, Section, Table, Tone};
use crate::report::{Department, Grade, Ground, Rule, Verdict};

mod say {
    crate::messages! {
        title() { "Department", "分部门审核" }
        verdict() { "verdict", "结论" }
        grade_kept() { "  kept", "  达标" }
        grade_watch() { "~ watch", "~ 关注" }
        grade_missed() { "! missed", "! 未达标" }
        before() { "before", "上期" }
        overdue() { "overdue", "逾期" }
        returned() { "returned", "退回" }
        recurring() { "recurring", "反复" }
        feedback_to(department, verdict) { "To {department} ({verdict})", "致{department}（{verdict}）" }
        limits_kept(share, n) { "Limits kept: {share} of {n}.", "时限 {n} 项，按时 {share}。" }
        limits_kept_before(share, n, before) {
            "Limits kept: {share} of {n}; in the period before {before}.",
            "时限 {n} 项，按时 {share}；上期 {before}。"
        }
        clock_missed(clock, n, ids) { "{clock}: {n} missed ({ids}).", "“{clock}”超时 {n} 次：{ids}。" }
        is_overdue(id, clock, due) { "Overdue at the end: {id}, {clock}, due {due}.", "期末逾期：{id}，“{clock}”应于 {due}前完成。" }
        satisfied(share, n) { "Satisfied: {share} of the {n} reached.", "联系上 {n} 位客户，满意 {share}。" }
        satisfied_before(share, n, before) {
            "Satisfied: {share} of the {n} reached; in the period before {before}.",
            "联系上 {n} 位客户，满意 {share}；上期 {before}。"
        }
        not_satisfied(id) { "The customer of {id} was not satisfied", "{id} 的客户不满意" }
        scored(said, score) { "{said} (score {score})", "{said}（评分 {score}）" }
        with_note(said, note) { "{said}: {note}", "{said}：{note}" }
        ended(said) { "{said}.", "{said}。" }
        returned_to_hub(n, ids) { "Returned to the hub: {n} ({ids}).", "退回 {n} 次（{ids}）。" }
        nothing_to_correct() { "Nothing to correct.", "没有需要整改的事项。" }
    }
}

/// A department's name; without a department, the hub's.
pub(super) fn name(key: Option<&str>, heading: &ReportHeading<'_>) -> Cell {
    match key {
        Some(key) => Cell::from(heading.book.shop.names.label(Names::Departments, key)),
        None => Cell { tone: Tone::Dim, ..Cell::from(shared::hub()) },
    }
}

fn grade(grade: Option<Grade>) -> Cell {
    match grade {
        Some(Grade::Kept) => Cell::from(say::grade_kept()).tone(Tone::Good),
        Some(Grade::Watch) => Cell::from(say::grade_watch()).tone(Tone::Soon),
        Some(Grade::Missed) => Cell::from(say::grade_missed()).tone(Tone::Late),
        None => parts::not_applicable(),
    }
}

/// The verdict of each department, with the figures that led to it.
pub(super) fn verdicts(
    departments: &[(Department<'_>, Verdict<'_>)],
    heading: &ReportHeading<'_>,
) -> Section {
    let mut table = Table::new([
        Column::words("department", say::title()),
        Column::words("verdict", say::verdict()),
        Column::numbers("limits", shared::kept()),
        Column::numbers("limits_before", say::before()),
        Column::numbers("overdue", say::overdue()),
        Column::numbers("satisfaction", shared::satisfied()),
        Column::numbers("returned", say::returned()),
        Column::numbers("recurring", say::recurring()),
    ]);
    for (department, verdict) in departments {
        let share = |rule| parts::percent(verdict.ground(rule).and_then(|ground| ground.share));
        let before = |rule| parts::percent(verdict.ground(rule).and_then(|ground| ground.before));
        let count = |rule| Cell::number(verdict.ground(rule).map_or(0, |ground| ground.n) as u64);
        table.row([
            name(department.key(), heading),
            grade(verdict.grade),
            share(Rule::Limits),
            before(Rule::Limits),
            count(Rule::Overdue),
            share(Rule::Satisfaction),
            count(Rule::Returned),
            count(Rule::Recurring),
        ]);
    }
    Section::from(table)
}

/// The feedback: a section for each department that has a verdict.
pub(super) fn feedback(
    departments: &[(Department<'_>, Verdict<'_>)],
    heading: &ReportHeading<'_>,
) -> Vec<Section> {
    let mut sections = Vec::new();
    for (department, verdict) in departments.iter().filter(|(_, verdict)| verdict.grade.is_some()) {
        let grade = grade(verdict.grade).text;
        let bare = |lang| grade.to(lang).trim_start_matches(['!', '~', ' ']).to_owned();
        let grade = Text::new(bare(Lang::En), bare(Lang::Zh));
        let title = say::feedback_to(name(department.key(), heading).text, grade);
        sections.push(Section::new(title, sentences(department, verdict, heading)));
    }
    sections
}

fn sentences(department: &Department<'_>, verdict: &Verdict<'_>, heading: &ReportHeading<'_>) -> Vec<Text> {
    let mut said = Vec::new();
    if let Some(ground) = verdict.ground(Rule::Limits) {
        said.push(share(ground, say::limits_kept, say::limits_kept_before));
        for clock in department.group.clocks.iter().filter(|clock| clock.missed.n() > 0) {
            said.push(say::clock_missed(&clock.label, clock.missed.n(), behind::shorts(&clock.missed)));
        }
    }
    for late in &verdict.overdue {
        let due = moment(late.due, &heading.book.shop.zone);
        said.push(say::is_overdue(late.id.short(), &late.clock.rule.label, due));
    }
    if let Some(ground) = verdict.ground(Rule::Satisfaction) {
        said.push(share(ground, say::satisfied, say::satisfied_before));
    }
    for one in &verdict.dissatisfied {
        let mut sentence = say::not_satisfied(one.id.short());
        if let Some(score) = one.score {
            sentence = say::scored(sentence, score);
        }
        said.push(match one.note {
            Some(note) => say::with_note(sentence, note),
            None => say::ended(sentence),
        });
    }
    if let Some(ground) = verdict.ground(Rule::Returned) {
        said.push(say::returned_to_hub(ground.n, behind::shorts(&ground.cases)));
    }
    said.extend(verdict.recurring.iter().flat_map(again_and_again));
    if verdict.grade == Some(Grade::Kept) {
        said.push(say::nothing_to_correct());
    }
    said
}

/// A share of so many, with that of the period before if it is known.
fn share(ground: &Ground<'_>, alone: fn(Text, usize) -> Text, beside: fn(Text, usize, Text) -> Text) -> Text {
    let percent = |share| parts::percent(share).text;
    match ground.before {
        Some(before) => beside(percent(ground.share), ground.n, percent(Some(before))),
        None => alone(percent(ground.share), ground.n),
    }
}
