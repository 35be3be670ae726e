//! A rule book as people read it.

use crate::case::{EventName, Field, Kind, Names};
use crate::clock::Trigger;
use crate::describe;
use crate::describe::clock_words;
use crate::lang::{Lang, Text, list, names};
use crate::policy::{
    Approval, Clause, Clock, Milestone, Need, RuleBook, Rules, Target, When, field_label, step_label,
};
use crate::render::{Cell, Column, Document, Paper, Section, Table, width, wrap};

mod say {

    crate::messages! {
        review(day) { "the rules are due for review on {day}", "制度应于 {day} 前评估" }
        limits() { "limits", "时限" }
        from_until(start, stop) { "from {start} until {stop}", "自{start}起，至{stop}止" }
        while_it_is(status) { "while the case is {status}", "案卷处于“{status}”期间" }
        paused_while(statuses) { "paused while {statuses}", "{statuses}时暂停计时" }
        any_case() { "every case", "所有案卷" }
        starting_with(words) { "product {words}…", "商品 {words}…" }
        stalled() { "stalled", "停滞" }
        after(limit) { "{limit} without a step, while no limit runs", "没有时限计时，{limit}没有进展" }
        while_in(status, limit) { "{status}: {limit}", "{status}：{limit}" }
        targets() { "targets", "服务目标" }
        at_least(percent) { "at least {percent} %", "不低于 {percent}%" }
        steps() { "what must come first", "各步骤的前提" }
        before(step, steps) { "{steps} before {step}", "{step}之前须先{steps}" }
        step_of(limit) { "the step of the limit `{limit}`, once it has begun", "时限“{limit}”起算后须办理的步骤" }
        field(name) { "the field `{name}`", "填写“{name}”" }
        asked(name) { "the question for `{name}`", "询问“{name}”" }
        approvals() { "who approves a remedy", "方案由谁审批" }
        desks() { "levels", "升级层级" }
        urgent_goes(level) { "an urgent case goes to {level} as it is triaged", "紧急事项一经分类即升级至{level}" }
        milestones() { "milestones", "节点" }
        clauses() { "clauses", "条款" }
        carried_out(by) { "carried out by {by}", "由 {by} 落实" }
        saying(event, value) { "{event} ({value})", "{event}（{value}）" }
    }
}

/// No line is wrapped to fewer columns than this.
const NARROWEST: usize = 24;

/// A name, and its description.
type NamedLines = (Text, Vec<Text>);

/// Where a page is drawn: how wide, and in which language it is wrapped.
#[derive(Clone, Copy)]
pub(super) struct PageStyle {
    pub(super) lang: Lang,
    pub(super) paper: Paper,
}

/// The rules, with everything that they require.
pub(super) fn page(rules: &Rules, book: &RuleBook, since: Option<Text>, sheet: PageStyle) -> Document {
    let mut page = Document::new(rules.title.clone());
    if let Some(since) = since {
        page = page.lead(describe::joined(&[Text::same(rules.file().to_string_lossy()), since]));
    }
    page.lead.extend(rules.review.map(say::review));
    let reader = Reader { rules, book };
    let limits = rules.clocks.iter().map(|clock| reader.limit(clock));
    let sections: [(Text, Vec<NamedLines>); 7] = [
        (say::limits(), limits.chain([reader.stalled()]).collect()),
        (say::targets(), rules.targets.iter().map(|target| reader.target(target)).collect()),
        (say::steps(), rules.needs.iter().map(|need| reader.need(need)).collect()),
        (
            say::approvals(),
            rules.approval.iter().map(|(kind, approval)| reader.approval(*kind, approval)).collect(),
        ),
        (say::desks(), vec![reader.desks()]),
        (say::milestones(), rules.milestones.iter().map(milestone).collect()),
        (say::clauses(), rules.clauses.iter().map(clause).collect()),
    ];
    for (title, entries) in sections.into_iter().filter(|(_, entries)| !entries.is_empty()) {
        page = page.section(Section::new(title, table(entries, sheet)));
    }
    page
}

/// A row for each entry; a long description is wrapped next to its name.
fn table(entries: Vec<NamedLines>, sheet: PageStyle) -> Table {
    let named = entries.iter().map(|(name, _)| width(name.to(sheet.lang))).max().unwrap_or(0);
    // The indent, and the gap between the columns
    let room = sheet.paper.width.saturating_sub(named + 4).max(NARROWEST);
    let mut table = Table::new(["name", "says"].map(|key| Column::words(key, Text::default())));
    for (name, said) in entries {
        let mut name = Cell::from(name);
        for line in said.iter().flat_map(|line| wrap(line.to(sheet.lang), room)) {
            table.row([std::mem::take(&mut name), Cell::word(line)]);
        }
    }
    table
}

struct Reader<'r> {
    rules: &'r Rules,
    book: &'r RuleBook,
}

impl Reader<'_> {
    fn limit(&self, clock: &Clock) -> NamedLines {
        let code = Text::same(clock.clause.as_deref().unwrap_or_default());
        let mut lines = vec![
            describe::joined(&[clock_words::within(clock), self.when(&clock.when), code]),
            match clock.leaving {
                Some(status) => say::while_it_is(names::status(status).text()),
                None => say::from_until(self.triggers(&clock.start), self.triggers(&clock.stop)),
            },
        ];
        if !clock.pause.is_empty() {
            let statuses: Vec<Text> =
                clock.pause.iter().map(|status| names::status(*status).text()).collect();
            lines.push(say::paused_while(list(&statuses)));
        }
        (clock.label.clone(), lines)
    }

    /// After how long a case on which no limit runs is stalled.
    fn stalled(&self) -> NamedLines {
        let stalled = &self.rules.stalled;
        let code = Text::same(stalled.clause.as_deref().unwrap_or_default());
        let mut lines =
            vec![describe::joined(&[say::after(clock_words::limit(stalled.after)), say::any_case(), code])];
        let own = stalled
            .of
            .iter()
            .map(|(status, limit)| say::while_in(names::status(*status).text(), clock_words::limit(*limit)));
        lines.extend(own);
        (say::stalled(), lines)
    }

    fn target(&self, target: &Target) -> NamedLines {
        let code = Text::same(target.clause.as_deref().unwrap_or_default());
        let percent = (target.share * 1000.0).round() / 10.0;
        let lines = vec![
            describe::joined(&[
                say::at_least(percent.to_string()),
                clock_words::limit(target.within),
                self.when(&target.when),
                code,
            ]),
            say::from_until(self.trigger(&target.from), self.trigger(&target.to)),
        ];
        (target.label.clone(), lines)
    }

    /// The cases that a rule is for.
    fn when(&self, when: &When) -> Text {
        let kinds: Vec<Text> = when.kind.iter().map(|kind| names::kind(*kind).text()).collect();
        let words = |words: &[String]| Text::same(words.join(", "));
        let said = describe::joined(&[
            list(&kinds),
            self.labels(Names::Urgencies, &when.urgency),
            self.labels(Names::Complexities, &when.complexity),
            when.justified.map_or_else(Text::default, describe::justified),
            self.labels(Names::Channels, &when.channel),
            self.labels(Names::Categories, &when.category),
            words(&when.tier),
            if when.product.is_empty() { Text::default() } else { say::starting_with(words(&when.product)) },
        ]);
        if said.to(Lang::En).is_empty() { say::any_case() } else { said }
    }

    fn labels(&self, names: Names, words: &[String]) -> Text {
        list(&words.iter().map(|word| self.book.shop.names.label(names, word)).collect::<Vec<_>>())
    }

    fn triggers(&self, all: &[Trigger]) -> Text {
        list(&all.iter().map(|one| self.trigger(one)).collect::<Vec<_>>())
    }

    fn trigger(&self, trigger: &Trigger) -> Text {
        match trigger {
            Trigger::Event(name) => names::event(*name).text(),
            Trigger::Saying(name, value) => say::saying(names::event(*name).text(), self.value(*name, value)),
            Trigger::Milestone(name) => {
                let known = self.rules.milestone(name);
                known.map_or_else(|| Text::same(name.as_str()), |known| known.label.clone())
            }
        }
    }

    /// The payload that an event must have, as people read it.
    fn value(&self, name: EventName, value: &str) -> Text {
        match name.value() {
            Some(Field::Outcome) => names::outcome(value),
            Some(Field::Justified) => describe::justified(value == "justified"),
            Some(Field::Level | Field::As) => describe::level(self.book, value),
            Some(Field::Remedy) => self.book.shop.names.label(Names::Remedies, value),
            _ => Text::same(value),
        }
    }

    fn need(&self, need: &Need) -> NamedLines {
        let mut asked: Vec<Text> = need.steps.iter().map(|step| step_label(self.rules, step)).collect();
        asked.extend(need.limits.iter().map(|limit| say::step_of(self.rules.clock_label(limit))));
        asked.extend(need.fields.iter().map(|field| say::field(field_label(*field))));
        asked.extend(need.ask.iter().map(|field| say::asked(field_label(*field))));
        let asked = say::before(self.trigger(&need.before), list(&asked));
        let when = if need.when == When::default() { Text::default() } else { self.when(&need.when) };
        let code = Text::same(need.clause.as_deref().unwrap_or_default());
        (names::kind(need.kind).text(), vec![describe::joined(&[asked, when, code])])
    }

    fn approval(&self, kind: Kind, approval: &Approval) -> NamedLines {
        let code = Text::same(approval.clause.as_deref().unwrap_or_default());
        let roles = self.labels(Names::Roles, &approval.roles);
        (names::kind(kind).text(), vec![describe::joined(&[roles, code])])
    }

    fn desks(&self) -> NamedLines {
        let escalation = &self.rules.escalation;
        let levels: Vec<Text> =
            escalation.levels.iter().map(|level| describe::level(self.book, level)).collect();
        let way = |lang| levels.iter().map(|level| level.to(lang)).collect::<Vec<_>>().join(" → ");
        let code = Text::same(escalation.clause.as_deref().unwrap_or_default());
        let urgent =
            escalation.urgent.as_deref().map(|level| say::urgent_goes(describe::level(self.book, level)));
        let mut lines = vec![Text::new(way(Lang::En), way(Lang::Zh))];
        lines.extend(urgent.map(|urgent| describe::joined(&[urgent, code])));
        (Text::default(), lines)
    }
}

fn milestone(milestone: &Milestone) -> NamedLines {
    let code = Text::same(milestone.clause.as_deref().unwrap_or_default());
    (Text::same(milestone.name.as_str()), vec![describe::joined(&[milestone.label.clone(), code])])
}

/// What the clause says, and what carries it out.
fn clause(clause: &Clause) -> NamedLines {
    let mut lines = vec![clause.text.clone()];
    if !clause.by.is_empty() {
        lines.push(say::carried_out(clause.by.join(", ")));
    }
    (Text::same(clause.code.as_str()), lines)
}
