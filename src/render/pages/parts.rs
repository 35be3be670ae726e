//! The tables that reports share.

use super::say;
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
    Cell { tone: Tone::Dim, ..Cell::from(say::na()) }.value(serde_json::Value::Null)
}

/// `94 %`, rounded down so that 100 % is said of all alone; `n/a` of nothing.
pub(super) fn percent(share: Option<f64>) -> Cell {
    match share {
        Some(share) => {
            Cell::from(say::percent((share * 100.0 + 1e-9).floor() as u64)).value(share).unit(Unit::Share)
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
    let mut columns = vec![Column::words("figure", say::flow()), Column::numbers("n", label)];
    columns.extend(others.iter().map(|(label, _)| Column::numbers("other", label.clone())));
    let mut table = Table::new(columns);
    type Pick = for<'f, 'a> fn(&'f Flow<'a>) -> &'f Hits<'a>;
    let rows: [(Text, Pick); 6] = [
        (say::opening(), |flow| &flow.opening),
        (say::received(), |flow| &flow.received),
        (say::reopened(), |flow| &flow.reopened),
        (say::closed(), |flow| &flow.closed),
        (say::rejected(), |flow| &flow.rejected),
        (say::closing(), |flow| &flow.closing),
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
        Column::words("clock", say::limits()),
        Column::numbers("share", say::kept()),
        Column::numbers("decided", say::decided()),
        Column::numbers("missed", say::late()),
        Column::numbers("running", say::running()),
        Column::numbers("paused", say::paused()),
        Column::numbers("lapsed", say::lapsed()),
        Column::words("clause", say::clause()),
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
        (say::asked(), count(&figures.made)),
        (say::reached(), count(&figures.reached)),
        (say::satisfied(), count(&figures.satisfied)),
        (say::share(), percent(figures.share())),
        (say::response(), percent(figures.response())),
        (say::mean_score(), mean_score(&figures.scores)),
    ];
    pairs(say::satisfaction(), rows)
}

/// `4.25 (n 12)`.
pub(super) fn mean_score(scores: &Scores<'_>) -> Cell {
    let words = |mean: f64| Cell::from(say::out_of(format!("{mean:.2}"), scores.n())).value(mean);
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
        Column::words("clock", say::clock()),
        Column::numbers("due", say::due()),
        Column::numbers("seconds", how_much),
        Column::words("owner", say::owner()),
        Column::words("department", say::department()),
        Column::words("title", say::title()),
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
    pairs(say::age(), brackets.map(|(bracket, hits)| (bracket_label(bracket), count(hits))))
        .chart(Chart::Bars { column: "n" })
}

pub(super) fn bracket_label(bracket: &str) -> Text {
    match bracket {
        "30+" => say::over_days(),
        other => say::days(other),
    }
}

pub(super) fn handling(monthly: &Monthly<'_>) -> Section {
    let figures: &Handling<'_> = &monthly.handling;
    let judged = figures.justified.n() + figures.unjustified.n();
    let justified = match judged {
        0 => not_applicable(),
        _ => Cell::from(say::justified_of(figures.justified.n(), judged)),
    };
    let events = |hits: &Hits<'_>| match hits.n() {
        0 => Cell::number(0),
        n => Cell::from(say::times_and_cases(n, hits.unique())),
    };
    let rate = monthly.rate.per_thousand().zip(monthly.rate.orders);
    let rate = rate.map(|(rate, orders)| say::rate_of(format!("{rate:.2}"), monthly.rate.complaints, orders));
    pairs(
        say::handling(),
        [
            (say::justified(), justified),
            (say::escalations(), events(&figures.escalated)),
            (say::returns(), events(&figures.returned)),
            (say::new_rounds(), events(&figures.rounds)),
            (say::passed_on(), Cell::from(say::of_received(figures.forwarded.n(), figures.praise.n()))),
            (say::rate(), rate.map_or_else(not_applicable, Cell::from)),
        ],
    )
}

pub(super) fn remedies(remedies: &Remedies<'_>, book: &Book) -> Section {
    let mut table = Table::new([
        Column::words("remedy", say::remedies()),
        Column::numbers("n", say::n()),
        Column::numbers("cost", say::cost()),
    ]);
    for (remedy, hits, cost) in &remedies.rows {
        let label =
            remedy.map_or_else(say::no_remedy, |remedy| book.shop.names.label(Names::Remedies, remedy));
        table.row([Cell::from(label), count(hits), money(*cost)]);
    }
    let all: usize = remedies.rows.iter().map(|(_, hits, _)| hits.n()).sum();
    if all > 0 {
        table.total([say::all().into(), Cell::number(all as u64), money(remedies.cost())]);
    }
    Section::from(table)
}

/// The responsible parties, one after the other.
pub(super) fn parties(parties: &[&str]) -> Text {
    crate::lang::list(&parties.iter().map(|party| Text::same(*party)).collect::<Vec<_>>())
}

pub(super) fn causes(causes: &Causes<'_>) -> Section {
    let mut table = Table::new([
        Column::words("cause", say::causes()),
        Column::numbers("n", say::n()),
        Column::numbers("cumulative", say::so_far()),
        Column::words("responsible", say::responsible()),
    ]);
    for (cause, so_far) in causes.rows.iter().zip(causes.cumulative()) {
        let parties = parties(&cause.responsible);
        table.row([Cell::word(cause.key), count(&cause.cases), percent(so_far), Cell::from(parties)]);
    }
    Section::from(table).chart(Chart::Pareto { count: "n", share: "cumulative" })
}

pub(super) fn repeat(repeat: &Repeat<'_>) -> Section {
    let mut table = Table::new([Column::words("customer", say::repeat()), Column::numbers("n", say::n())]);
    for (key, hits) in repeat.rows.iter().take(MOST_ROWS) {
        table.row([Cell::word(*key), count(hits)]);
    }
    Section::from(table)
}

pub(super) fn dimension(dimension: Dimension) -> Text {
    match dimension {
        Dimension::Kind => say::kind(),
        Dimension::Category => say::category(),
        Dimension::Channel => say::channel(),
        Dimension::Urgency => say::urgency(),
        Dimension::Department => say::department(),
        Dimension::Owner => say::owner(),
        Dimension::Product => say::product(),
    }
}

/// What people read for a value of a dimension.
pub(super) fn value(book: &Book, dimension: Dimension, key: Option<&str>) -> Text {
    let Some(key) = key else { return say::not_known() };
    match (dimension.names(), Kind::of(key)) {
        (Some(list), _) => book.shop.names.label(list, key),
        (None, Some(kind)) if dimension == Dimension::Kind => names::kind(kind).text(),
        (None, _) => Text::same(key),
    }
}

pub(super) fn by(by: &By<'_>, book: &Book) -> Section {
    let mut table = Table::new([
        Column::words("key", say::by(dimension(by.dimension))),
        Column::numbers("received", say::received()),
        Column::numbers("resolved", say::resolved()),
        Column::numbers("closed", say::closed()),
        Column::numbers("closing", say::closing()),
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
            Cell::from(say::others(rest.len())).tone(Tone::Dim),
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
        Some((before, than)) if n > before => say::more_in(n, n - before, than),
        Some((before, than)) if n < before => say::fewer_in(n, before - n, than),
        Some((_, than)) => say::same_in(n, than),
        None => say::came_in(n),
    });
    if let Some(now) = monthly.times.resolution.elapsed() {
        let median = duration(now.median as i64);
        let before = before.and_then(|before| before.times.resolution.elapsed());
        lead.push(match before.map(|before| (now.median - before.median) as i64) {
            Some(by) if by <= -60 => say::faster(median, duration(by)),
            Some(by) if by >= 60 => say::slower(median, duration(by)),
            _ => say::resolved_within(median),
        });
    }
    let missed: Vec<&ClockFigures<'_>> = monthly.clocks.iter().filter(|clock| clock.missed.n() > 0).collect();
    let which: Vec<Text> =
        missed.iter().map(|clock| say::missed_one(&clock.label, clock.missed.n())).collect();
    lead.push(match missed.iter().map(|clock| clock.missed.n()).sum::<usize>() {
        0 => say::nothing_missed(),
        n => say::missed(n, crate::lang::list(&which)),
    });
    lead.push(match monthly.overdue.len() {
        0 => say::nothing_overdue(),
        n => say::overdue_cases(n),
    });
    lead
}
