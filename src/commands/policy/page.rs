//! A rule book as people read it.

use crate::case::{Kind, Names};
use crate::commands::{clock_words, said};
use crate::lang::{Lang, Text, list, names};
use crate::policy::{Book, Clock, Rules, Trigger, When};
use crate::render::{Document, Section};

crate::messages! {
    review(day) { "the rules are due for review on {day}", "制度应于 {day} 前评估" }
    limits() { "limits", "时限" }
    from_until(start, stop) { "    from {start} until {stop}", "    自{start}起，至{stop}止" }
    stands_still(statuses) { "    stands still while {statuses}", "    {statuses}时暂停计时" }
    any_case() { "every case", "所有案卷" }
    starting_with(words) { "product {words}…", "商品 {words}…" }
    steps() { "what must come first", "各步骤的前提" }
    before(kind, step, steps, clause) { "{kind}: before {step}, {steps}{clause}", "{kind}：{step}之前须先{steps}{clause}" }
    approvals() { "who approves a remedy", "方案由谁审批" }
    approve(kind, roles, clause) { "{kind}: {roles}{clause}", "{kind}：{roles}{clause}" }
    desks() { "desks", "升级层级" }
    urgent_goes(level) { "an urgent case goes to {level} as it is triaged", "紧急事项一经分类即升级至{level}" }
    milestones() { "milestones", "节点" }
    clauses() { "clauses, and what carries them out", "条款与落实" }
    saying(event, value) { "{event} ({value})", "{event}（{value}）" }
}

/// The rules with everything that they ask for.
pub(super) fn page(rules: &Rules, book: &Book, since: Option<Text>) -> Document {
    let mut page = Document::new(rules.title.clone());
    if let Some(since) = since {
        page = page.lead(said::joined(&[Text::same(rules.file().to_string_lossy()), since]));
    }
    page.lead.extend(rules.review.map(review));
    let sections = [
        (limits(), rules.clocks.iter().flat_map(|clock| limit(clock, rules, book)).collect()),
        (steps(), needs(rules)),
        (approvals(), approval(rules, book)),
        (desks(), escalation(rules, book)),
        (milestones(), rules.milestones.iter().map(milestone).collect()),
        (
            clauses(),
            rules
                .clauses
                .iter()
                .flat_map(|clause| {
                    [
                        spaced(&[Text::same(clause.code.as_str()), clause.text.clone()]),
                        Text::same(format!("    {}", clause.by.join(", "))),
                    ]
                })
                .collect(),
        ),
    ];
    let sections: [(Text, Vec<Text>); 6] = sections;
    for (title, lines) in sections {
        if !lines.is_empty() {
            page = page.section(Section::new(title, lines));
        }
    }
    page
}

fn limit(clock: &Clock, rules: &Rules, book: &Book) -> Vec<Text> {
    let clause = Text::same(clock.clause.as_deref().unwrap_or_default());
    let mut lines = vec![spaced(&[
        clock.label.clone(),
        clock_words::limit(clock.within),
        when(&clock.when, book),
        clause,
    ])];
    let triggers = |all: &[Trigger]| list(&all.iter().map(|one| trigger(one, rules)).collect::<Vec<_>>());
    lines.push(from_until(triggers(&clock.start), triggers(&clock.stop)));
    if !clock.pause.is_empty() {
        let statuses: Vec<Text> = clock.pause.iter().map(|status| names::status(*status).text()).collect();
        lines.push(stands_still(list(&statuses)));
    }
    lines
}

/// The cases that a rule is for.
fn when(when: &When, book: &Book) -> Text {
    let kinds: Vec<Text> = when.kind.iter().map(|kind| names::kind(*kind).text()).collect();
    let labels = |names: Names, words: &[String]| {
        list(&words.iter().map(|word| book.shop.names.label(names, word)).collect::<Vec<_>>())
    };
    let words = |words: &[String]| Text::same(words.join(", "));
    let parts = [
        list(&kinds),
        labels(Names::Urgencies, &when.urgency),
        labels(Names::Complexities, &when.complexity),
        when.justified.map_or_else(Text::default, said::justified),
        labels(Names::Channels, &when.channel),
        labels(Names::Categories, &when.category),
        words(&when.tier),
        if when.product.is_empty() { Text::default() } else { starting_with(words(&when.product)) },
    ];
    let said = said::joined(&parts);
    if said.to(Lang::En).is_empty() { any_case() } else { said }
}

fn trigger(trigger: &Trigger, rules: &Rules) -> Text {
    match trigger {
        Trigger::Event(name) => names::event(*name).text(),
        Trigger::Saying(name, value) => {
            saying(names::event(*name).text(), super::super::words::outcome(value))
        }
        Trigger::Milestone(name) => {
            rules.milestone(name).map_or_else(|| Text::same(name.as_str()), |known| known.label.clone())
        }
    }
}

fn needs(rules: &Rules) -> Vec<Text> {
    let line = |need: &crate::policy::Need| {
        let asked: Vec<Text> = need.steps.iter().map(|step| trigger(step, rules)).collect();
        before(kind(need.kind), trigger(&need.before, rules), list(&asked), clause(need.clause.as_deref()))
    };
    rules.needs.iter().map(line).collect()
}

fn approval(rules: &Rules, book: &Book) -> Vec<Text> {
    let line = |(of, approval): (&Kind, &crate::policy::Approval)| {
        let roles: Vec<Text> =
            approval.roles.iter().map(|role| book.shop.names.label(Names::Roles, role)).collect();
        approve(kind(*of), list(&roles), clause(approval.clause.as_deref()))
    };
    rules.approval.iter().map(line).collect()
}

fn escalation(rules: &Rules, book: &Book) -> Vec<Text> {
    let label = |level: &str| book.shop.names.label(Names::Roles, level);
    let levels: Vec<Text> = rules.escalation.levels.iter().map(|level| label(level)).collect();
    let way = |lang| levels.iter().map(|level| level.to(lang)).collect::<Vec<_>>().join(" → ");
    let mut lines = vec![Text::new(way(Lang::En), way(Lang::Zh))];
    lines.extend(rules.escalation.urgent.as_deref().map(|level| urgent_goes(label(level))));
    lines
}

fn milestone(milestone: &crate::policy::Milestone) -> Text {
    let clause = Text::same(milestone.clause.as_deref().unwrap_or_default());
    spaced(&[Text::same(milestone.name.as_str()), milestone.label.clone(), clause])
}

fn kind(kind: Kind) -> Text {
    names::kind(kind).text()
}

/// A clause behind a sentence: ` (S0.5.1)`.
fn clause(code: Option<&str>) -> Text {
    code.map_or_else(Text::default, |code| Text::new(format!(" ({code})"), format!("（{code}）")))
}

/// Parts of a line, two spaces apart.
fn spaced(parts: &[Text]) -> Text {
    let join = |lang| {
        let words = parts.iter().map(|part| part.to(lang)).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("  ")
    };
    Text::new(join(Lang::En), join(Lang::Zh))
}
