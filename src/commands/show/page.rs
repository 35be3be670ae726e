//! A case as people read it.

use super::ShownCase;
use crate::case::{Event, Names};
use crate::describe;
use crate::describe::clock_words;
use crate::lang::{Lang, Text, moment, names, weekday};
use crate::render::{Cell, Column, Document, Section, Table, Tone, width, wrap};

mod say {
    crate::messages! {
        asks_for(remedy) { "asks for {remedy}", "要求{remedy}" }
        order(number) { "order {number}", "订单 {number}" }
        status(status) { "status   {status}", "状态  {status}" }
        at_level(status, level) { "{status} to {level}", "{status}至{level}" }
        stalled(at) { "stalled  nothing since {at}, and no time limit runs", "停滞  {at}以来没有进展，也没有时限在计时" }
        round(n) { "round {n}", "第 {n} 轮" }
        cause(words) { "cause    {words}", "原因  {words}" }
        remedy(words) { "remedy   {words}", "处理  {words}" }
        links(words) { "links    {words}", "关联  {words}" }
        tags(words) { "tags     {words}", "标签  {words}" }
        external(word) { "external {word}", "外部编号  {word}" }
        cost(money) { "cost {money}", "费用 {money}" }
        clocks() { "clocks", "时限" }
        history() { "history", "经过" }
    }
}

/// No remark is wrapped to fewer columns than this.
const NARROWEST: usize = 16;

pub(in crate::commands) fn page(shown: &ShownCase<'_>) -> Document {
    let case = &shown.found.case;
    let mut brought = vec![Text::same(case.title.as_str())];
    brought.extend(Some(customer(shown)).filter(|words| !words.to(Lang::En).is_empty()));
    let mut page = Document::new(head(shown)).privacy(shown.privacy).section(brought);
    if let Some(description) = &case.description {
        page = page.section(description.lines().map(Text::same).collect::<Vec<_>>());
    }
    page = page.section(standing(shown));
    if !shown.clocks.is_empty() {
        page = page.section(Section::new(say::clocks(), clock_table(shown)));
    }
    if shown.explain {
        let scene = shown.scene();
        page = shown.clocks.iter().flat_map(|clock| scene.sections(clock)).fold(page, Document::section);
    }
    page.section(Section::new(say::history(), history_table(shown)))
        .foot(Text::same(shown.found.path.to_string_lossy()))
}

fn label(shown: &ShownCase<'_>, list: Names, word: Option<&str>) -> Text {
    word.map_or_else(Text::default, |word| shown.session.book.shop.names.label(list, word))
}

/// `20261122-7k3q9x  complaint · important · product/packaging · justified`
fn head(shown: &ShownCase<'_>) -> Text {
    let state = shown.replay.state();
    let words = describe::joined(&[
        names::kind(shown.found.case.kind).text(),
        label(shown, Names::Urgencies, state.urgency),
        label(shown, Names::Complexities, state.complexity),
        label(shown, Names::Categories, state.category),
        state.justified.map_or_else(Text::default, describe::justified),
    ]);
    let id = &shown.found.case.id;
    Text::new(format!("{id}  {}", words.to(Lang::En)), format!("{id}  {}", words.to(Lang::Zh)))
}

/// `王** 138****8000 (c-8841, gold) · order E2026112200017 · 青瓷茶杯 · asks for exchange`
fn customer(shown: &ShownCase<'_>) -> Text {
    let case = &shown.found.case;
    let (name, contact) = shown.customer();
    let person: Vec<String> = name.into_iter().chain(contact).collect();
    let known: Vec<&str> =
        case.customer.key.as_deref().into_iter().chain(case.customer.tier.as_deref()).collect();
    let known = if known.is_empty() { String::new() } else { format!("({})", known.join(", ")) };
    let who = format!("{} {known}", person.join(" "));
    let asked = case.demand.as_deref();
    describe::joined(&[
        Text::same(who.trim()),
        case.order.as_deref().map_or_else(Text::default, say::order),
        Text::same(case.product.as_deref().unwrap_or_default()),
        asked.map_or_else(Text::default, |word| say::asks_for(label(shown, Names::Remedies, Some(word)))),
    ])
}

/// Its status, and what is known so far.
fn standing(shown: &ShownCase<'_>) -> Vec<Text> {
    let case = &shown.found.case;
    let state = shown.replay.state();
    let status = names::standing(state).text();
    let status = match state.level.filter(|_| state.status == crate::case::Status::Escalated) {
        Some(level) => say::at_level(status, describe::level(&shown.session.book, level)),
        None => status,
    };
    let hands = [(Names::People, state.owner), (Names::Departments, state.department)];
    let hands: Vec<Text> =
        hands.into_iter().filter_map(|(list, word)| Some(label(shown, list, Some(word?)))).collect();
    let mut lines =
        vec![say::status(describe::joined(&[status, crate::lang::list(&hands), say::round(state.round)]))];
    let zone = &shown.session.book.shop.zone;
    lines.extend(shown.stalled.map(|stalled| say::stalled(moment(stalled.since, zone))));
    let found = [state.cause, state.responsible].map(|words| Text::same(words.unwrap_or_default()));
    let given =
        [label(shown, Names::Remedies, state.remedy), state.cost.map_or_else(Text::default, say::cost)];
    let said =
        [(describe::joined(&found), say::cause as fn(Text) -> Text), (describe::joined(&given), say::remedy)];
    lines.extend(
        said.into_iter().filter(|(words, _)| !words.to(Lang::En).is_empty()).map(|(words, line)| line(words)),
    );
    let lists = [(&case.tags, say::tags as fn(String) -> Text), (&case.links, say::links)];
    lines.extend(
        lists.into_iter().filter(|(words, _)| !words.is_empty()).map(|(words, line)| line(words.join(", "))),
    );
    lines.extend(case.external.as_deref().map(say::external));
    lines
}

fn clock_table(shown: &ShownCase<'_>) -> Table {
    let columns = ["clock", "state", "course", "clause"].map(|key| Column::words(key, Text::default()));
    Table::new(columns).rows(shown.clocks.iter().map(|explained| {
        let clock = &explained.clock;
        let name = match clock.round {
            1 => clock.rule.label.clone(),
            n => describe::joined(&[clock.rule.label.clone(), say::round(n)]),
        };
        let clause = Text::same(clock.rule.clause.as_deref().unwrap_or_default());
        [
            Cell::from(name),
            clock_words::state(clock.state),
            Cell::from(clock_words::course(shown.session, clock, shown.now)),
            Cell::from(clause).tone(Tone::Dim),
        ]
    }))
}

/// A row for each event, in the order of the stamps. The day is shown at its first event; a long remark is wrapped.
fn history_table(shown: &ShownCase<'_>) -> Table {
    let session = shown.session;
    let lang = session.terminal.lang;
    let whole = shown.history;
    let columns = ["day", "time", "event", "by", "says"].map(|key| Column::words(key, Text::default()));
    let mut table = Table::new(columns);
    let person = |event: &Event| match &event.by {
        Some(by) => session.book.shop.names.label(Names::People, by),
        None => Text::of("–", "–"),
    };
    let widest = |text: &dyn Fn(&Event) -> Text| {
        whole.steps.iter().map(|step| width(text(step.event).to(lang))).max().unwrap_or(0)
    };
    // The indent, the columns before the remarks, and the gaps between them.
    let days = if lang == Lang::En { "Sun 2026-11-22" } else { "2026-11-22 周日" };
    let beside = 2 + width(days) + "09:31".len() + widest(&describe::name) + widest(&person) + 4 * 2;
    let room = session.terminal.page.width.saturating_sub(beside).max(NARROWEST);
    let mut before = None;
    for step in &whole.steps {
        let local = step.event.at.instant().to_zoned(session.book.shop.zone.clone());
        let day = (before != Some(local.date())).then(|| {
            let of_week = weekday(local.weekday());
            Text::new(
                format!("{} {}", of_week.to(Lang::En), local.date()),
                format!("{} {}", local.date(), of_week.to(Lang::Zh)),
            )
        });
        before = Some(local.date());
        let words = describe::event(session, &shown.found.case, step.event);
        // A number must be masked before its words are wrapped.
        let words = shown.privacy.words(words.to(lang));
        let mut lines = words.lines().flat_map(|line| wrap(line, room)).map(Cell::word);
        table.row([
            Cell::from(day.unwrap_or_default()).tone(Tone::Dim),
            Cell::word(local.strftime("%H:%M").to_string()),
            Cell::from(describe::name(step.event)),
            Cell::from(person(step.event)),
            lines.next().unwrap_or_default(),
        ]);
        for line in lines {
            table.row([Cell::default(), Cell::default(), Cell::default(), Cell::default(), line]);
        }
    }
    table
}
