//! The tables that reports share.

use super::words;
use crate::case::{Kind, Money, Names, Stamp};
use crate::lang::{Text, brief, duration, moment, names};
use crate::policy::{Book, HANDOVER};
use crate::render::{Cell, Chart, Column, Section, Table, Tone, Unit};
use crate::report::{
    Age, By, Causes, ClockFigures, Compared, Dimension, Flow, Handling, Hits, Late, Monthly, Remedies,
    Repeat, Row, Satisfaction, Scores,
};

/// At most this many rows of a dimension; the rest is summed up in one.
pub(super) const MOST_ROWS: usize = 12;

pub(super) fn count(hits: &Hits<'_>) -> Cell {
    Cell::number(hits.n() as u64)
}

/// What cannot be said: a share of nothing.
pub(super) fn not_applicable() -> Cell {
    Cell { tone: Tone::Dim, ..Cell::from(words::na()) }.value(serde_json::Value::Null)
}

/// `94 %`, rounded down so that 100 % is said of all alone; `n/a` of nothing.
pub(super) fn percent(share: Option<f64>) -> Cell {
    match share {
        Some(share) => {
            Cell::from(words::percent((share * 100.0 + 1e-9).floor() as u64)).value(share).unit(Unit::Share)
        }
        None => not_applicable(),
    }
}

pub(super) fn seconds(seconds: Option<f64>) -> Cell {
    match seconds {
        Some(seconds) => Cell::from(brief(seconds as i64)).value(seconds).unit(Unit::Seconds),
        None => Cell::none(),
    }
}

/// An amount in the shop's currency.
fn money(amount: Money) -> Cell {
    Cell::word(amount.to_string()).value(amount.0 as f64 / 100.0)
}

pub(super) fn name(book: &Book, list: Names, word: Option<&str>) -> Cell {
    word.map_or_else(Cell::none, |word| Cell::from(book.shop.names.label(list, word)))
}

/// What came in and went out, beside the other periods.
pub(super) fn flow(this: &Flow<'_>, others: &[(Text, &Flow<'_>)], label: Text) -> Section {
    let mut columns = vec![Column::words("figure", words::flow()), Column::numbers("n", label)];
    columns.extend(others.iter().map(|(label, _)| Column::numbers("other", label.clone())));
    let mut table = Table::new(columns);
    type Pick = for<'f, 'a> fn(&'f Flow<'a>) -> &'f Hits<'a>;
    let rows: [(Text, Pick); 6] = [
        (words::opening(), |flow| &flow.opening),
        (words::received(), |flow| &flow.received),
        (words::reopened(), |flow| &flow.reopened),
        (words::closed(), |flow| &flow.closed),
        (words::rejected(), |flow| &flow.rejected),
        (words::closing(), |flow| &flow.closing),
    ];
    for (label, pick) in rows {
        let cells = others.iter().map(|(_, flow)| count(pick(flow)));
        table.row([Cell::from(label), count(pick(this))].into_iter().chain(cells));
    }
    Section::from(table)
}

/// How each limit was kept. A limit that had nothing to do is a line that says n/a; that of hand-overs, which no
/// policy has to ask for, is left out then.
pub(super) fn clocks(figures: &[ClockFigures<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("clock", words::limits()),
        Column::numbers("share", words::kept()),
        Column::numbers("decided", words::decided()),
        Column::numbers("missed", words::late()),
        Column::numbers("running", words::running()),
        Column::numbers("paused", words::paused()),
        Column::numbers("lapsed", words::lapsed()),
        Column::words("clause", words::clause()),
    ]);
    for figure in figures.iter().filter(|figure| figure.name != HANDOVER || figure.had_to_do()) {
        let missed = match figure.missed.n() {
            0 => count(&figure.missed),
            _ => count(&figure.missed).tone(Tone::Late),
        };
        table.row([
            Cell::from(figure.label.clone()),
            percent(figure.share()),
            Cell::number(figure.decided() as u64),
            missed,
            count(&figure.running),
            count(&figure.paused),
            count(&figure.lapsed),
            Cell::word(figure.clause.clone().unwrap_or_default()).tone(Tone::Dim),
        ]);
    }
    Section::from(table)
}

pub(super) fn satisfaction(figures: &Satisfaction<'_>) -> Section {
    let rows = [
        (words::asked(), count(&figures.made)),
        (words::reached(), count(&figures.reached)),
        (words::satisfied(), count(&figures.satisfied)),
        (words::share(), percent(figures.share())),
        (words::response(), percent(figures.response())),
        (words::mean_score(), mean_score(&figures.scores)),
    ];
    pairs(words::satisfaction(), rows)
}

/// `4.25 (n 12)`.
pub(super) fn mean_score(scores: &Scores<'_>) -> Cell {
    let words = |mean: f64| Cell::from(words::out_of(format!("{mean:.2}"), scores.n())).value(mean);
    Cell::from(scores.mean().map(words))
}

/// A table of a word and a figure a row.
pub(super) fn pairs(title: Text, rows: impl IntoIterator<Item = (Text, Cell)>) -> Section {
    let columns = [Column::words("figure", title), Column::numbers("n", Text::default())];
    Section::from(Table::new(columns).rows(rows.into_iter().map(|(label, cell)| [Cell::from(label), cell])))
}

/// Limits past their due, or due next.
pub(super) fn late(title: Text, rows: &[Late<'_>], book: &Book, how_much: Text, tone: Tone) -> Section {
    let mut table = Table::new([
        Column::words("id", Text::default()),
        Column::words("clock", words::clock()),
        Column::numbers("due", words::due()),
        Column::numbers("seconds", how_much),
        Column::words("owner", words::owner()),
        Column::words("department", words::department()),
        Column::words("title", words::title()),
    ]);
    let mark = if tone == Tone::Late { "! " } else { "" };
    for late in rows {
        let due = Stamp::new(late.due, &book.shop.zone).to_string();
        table.row([
            Cell::word(format!("{mark}{}", late.id.short())).tone(tone).value(late.id.as_str()),
            Cell::from(late.clock.rule.label.clone()),
            Cell::from(moment(late.due, &book.shop.zone)).value(due).unit(Unit::Moment),
            Cell::from(duration(late.by)).value(late.by).unit(Unit::Seconds),
            name(book, Names::People, late.owner),
            name(book, Names::Departments, late.department),
            Cell::word(late.title),
        ]);
    }
    Section::new(title, table)
}

pub(super) fn age(age: &Age<'_>) -> Section {
    let brackets = age.brackets.iter();
    pairs(words::age(), brackets.map(|(bracket, hits)| (bracket_label(bracket), count(hits))))
        .chart(Chart::Bars { column: "n" })
}

pub(super) fn bracket_label(bracket: &str) -> Text {
    match bracket {
        "30+" => words::over_days(),
        other => words::days(other),
    }
}

pub(super) fn handling(monthly: &Monthly<'_>) -> Section {
    let figures: &Handling<'_> = &monthly.handling;
    let judged = figures.justified.n() + figures.unjustified.n();
    let justified = match judged {
        0 => not_applicable(),
        _ => Cell::from(words::justified_of(figures.justified.n(), judged)),
    };
    let events = |hits: &Hits<'_>| match hits.n() {
        0 => Cell::number(0),
        n => Cell::from(words::times_and_cases(n, hits.unique())),
    };
    let rate = monthly.rate.per_thousand().zip(monthly.rate.orders);
    let rate =
        rate.map(|(rate, orders)| words::rate_of(format!("{rate:.2}"), monthly.rate.complaints, orders));
    pairs(
        words::handling(),
        [
            (words::justified(), justified),
            (words::escalations(), events(&figures.escalated)),
            (words::returns(), events(&figures.returned)),
            (words::new_rounds(), events(&figures.rounds)),
            (words::passed_on(), Cell::from(words::of_received(figures.forwarded.n(), figures.praise.n()))),
            (words::rate(), rate.map_or_else(not_applicable, Cell::from)),
        ],
    )
}

pub(super) fn remedies(remedies: &Remedies<'_>, book: &Book) -> Section {
    let mut table = Table::new([
        Column::words("remedy", words::remedies()),
        Column::numbers("n", words::n()),
        Column::numbers("cost", words::cost()),
    ]);
    for (remedy, hits, cost) in &remedies.rows {
        let label =
            remedy.map_or_else(words::no_remedy, |remedy| book.shop.names.label(Names::Remedies, remedy));
        table.row([Cell::from(label), count(hits), money(*cost)]);
    }
    let all: usize = remedies.rows.iter().map(|(_, hits, _)| hits.n()).sum();
    if all > 0 {
        table.total([words::all().into(), Cell::number(all as u64), money(remedies.cost())]);
    }
    Section::from(table)
}

/// The responsible parties, one after the other.
pub(super) fn parties(parties: &[&str]) -> Text {
    crate::lang::list(&parties.iter().map(|party| Text::same(*party)).collect::<Vec<_>>())
}

pub(super) fn causes(causes: &Causes<'_>) -> Section {
    let mut table = Table::new([
        Column::words("cause", words::causes()),
        Column::numbers("n", words::n()),
        Column::numbers("cumulative", words::so_far()),
        Column::words("responsible", words::responsible()),
    ]);
    for (cause, so_far) in causes.rows.iter().zip(causes.cumulative()) {
        let parties = parties(&cause.responsible);
        table.row([Cell::word(cause.key), count(&cause.cases), percent(so_far), Cell::from(parties)]);
    }
    Section::from(table).chart(Chart::Pareto { count: "n", share: "cumulative" })
}

pub(super) fn repeat(repeat: &Repeat<'_>) -> Section {
    let mut table =
        Table::new([Column::words("customer", words::repeat()), Column::numbers("n", words::n())]);
    for (key, hits) in repeat.rows.iter().take(MOST_ROWS) {
        table.row([Cell::word(*key), count(hits)]);
    }
    Section::from(table)
}

pub(super) fn dimension(dimension: Dimension) -> Text {
    match dimension {
        Dimension::Kind => words::kind(),
        Dimension::Category => words::category(),
        Dimension::Channel => words::channel(),
        Dimension::Urgency => words::urgency(),
        Dimension::Department => words::department(),
        Dimension::Owner => words::owner(),
        Dimension::Product => words::product(),
    }
}

/// What people read for a value of a dimension.
pub(super) fn value(book: &Book, dimension: Dimension, key: Option<&str>) -> Text {
    let Some(key) = key else { return words::not_known() };
    match (dimension.names(), Kind::of(key)) {
        (Some(list), _) => book.shop.names.label(list, key),
        (None, Some(kind)) if dimension == Dimension::Kind => names::kind(kind).text(),
        (None, _) => Text::same(key),
    }
}

pub(super) fn by(by: &By<'_>, book: &Book) -> Section {
    let mut table = Table::new([
        Column::words("key", words::by(dimension(by.dimension))),
        Column::numbers("received", words::received()),
        Column::numbers("resolved", words::resolved()),
        Column::numbers("closed", words::closed()),
        Column::numbers("closing", words::closing()),
    ]);
    let (shown, rest) = by.rows.split_at(by.rows.len().min(MOST_ROWS));
    for (key, row) in shown {
        let counts = [&row.received, &row.resolved, &row.closed, &row.closing].map(count);
        table.row([Cell::from(value(book, by.dimension, *key))].into_iter().chain(counts));
    }
    if !rest.is_empty() {
        let sum = |pick: fn(&Row<'_>) -> usize| {
            Cell::number(rest.iter().map(|(_, row)| pick(row) as u64).sum::<u64>())
        };
        table.row([
            Cell::from(words::others(rest.len())).tone(Tone::Dim),
            sum(|row| row.received.n()),
            sum(|row| row.resolved.n()),
            sum(|row| row.closed.n()),
            sum(|row| row.closing.n()),
        ]);
    }
    Section::from(table).chart(Chart::Bars { column: "received" })
}

/// The answer first: what came in, how fast it went, what was missed, what is overdue.
pub(super) fn lead(monthly: &Monthly<'_>, previous: Option<&Compared<'_>>) -> Vec<Text> {
    let n = monthly.flow.received.n();
    let mut lead = Vec::new();
    let before = previous.filter(|previous| !previous.is_empty());
    lead.push(match before.map(|before| (before.flow.received.n(), before.period.name())) {
        Some((before, than)) if n > before => words::more_in(n, n - before, than),
        Some((before, than)) if n < before => words::fewer_in(n, before - n, than),
        Some((_, than)) => words::same_in(n, than),
        None => words::came_in(n),
    });
    if let Some(now) = monthly.times.resolution.elapsed() {
        let median = duration(now.median as i64);
        let before = before.and_then(|before| before.times.resolution.elapsed());
        lead.push(match before.map(|before| (now.median - before.median) as i64) {
            Some(by) if by <= -60 => words::faster(median, duration(by)),
            Some(by) if by >= 60 => words::slower(median, duration(by)),
            _ => words::resolved_within(median),
        });
    }
    let missed: Vec<&ClockFigures<'_>> = monthly.clocks.iter().filter(|clock| clock.missed.n() > 0).collect();
    let which: Vec<Text> =
        missed.iter().map(|clock| words::missed_one(&clock.label, clock.missed.n())).collect();
    lead.push(match missed.iter().map(|clock| clock.missed.n()).sum::<usize>() {
        0 => words::nothing_missed(),
        n => words::missed(n, crate::lang::list(&which)),
    });
    lead.push(match monthly.overdue.len() {
        0 => words::nothing_overdue(),
        n => words::overdue_cases(n),
    });
    lead
}
