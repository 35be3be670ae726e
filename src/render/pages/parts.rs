//! The tables that reports share.

use super::columns::Columns;
use super::say;
use crate::case::{Money, Names, Stamp};
use crate::lang::{Text, brief, duration, moment, names};
use crate::policy::{RuleBook, is_stated};
use crate::render::{Cell, Chart, Column, Section, Table, Tone, Unit};
use crate::report::figure::{Figure, FigureUnit, Figures};
use crate::report::{
    Age, By, Cause, Causes, ClockFigures, Compared, Counted, Flow, Given, Late, Measured, Monthly, Remedies,
    Repeat, Satisfaction, Scores, StalledCase, ValueCounts,
};

/// At most this many rows of a dimension; the rest is summed up in one.
pub(super) const MOST_ROWS: usize = 12;

/// A figure as people read it.
pub(super) fn cell(figure: &Figure<'_>) -> Cell {
    let number = figure.value.as_f64();
    let cell = match (figure.unit, number) {
        (FigureUnit::Seconds, seconds) => self::seconds(seconds),
        (FigureUnit::Share, share) => percent(share),
        (FigureUnit::Score, None) => Cell::none(),
        (_, None) => not_applicable(),
        (_, Some(_)) => Cell::word(figure.value.to_string()).value(figure.value.clone()),
    };
    match (&figure.words, figure.unit) {
        (Some(words), FigureUnit::Count | FigureUnit::PerThousand) => Cell::from(words.clone()),
        (Some(words), _) => Cell { text: words.clone(), ..cell },
        (None, _) => cell,
    }
}

/// The figure of this key; `–` where the table has none.
pub(super) fn figure(figures: &Figures<'_>, key: &str) -> Cell {
    figures.get(key).map_or_else(Cell::none, cell)
}

pub(super) fn count(hits: &Counted<'_>) -> Cell {
    Cell::number(hits.n() as u64)
}

/// For a figure without a value: a share of nothing.
pub(super) fn not_applicable() -> Cell {
    Cell { tone: Tone::Dim, ..Cell::from(say::na()) }.value(serde_json::Value::Null)
}

/// `94 %`, rounded down, so that 100 % means all of them; `n/a` of nothing.
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

/// The median of the times from one event to another.
pub(super) fn median(measured: &Measured<'_>) -> Cell {
    seconds(measured.elapsed().map(|summary| summary.median))
}

/// An amount in the shop's currency.
fn money(amount: Money) -> Cell {
    Cell::word(amount.to_string()).value(amount.0 as f64 / 100.0)
}

pub(super) fn name(book: &RuleBook, list: Names, word: Option<&str>) -> Cell {
    word.map_or_else(Cell::none, |word| Cell::from(book.shop.names.label(list, word)))
}

/// The figures of several periods side by side, a row a figure.
pub(super) fn abreast(title: Text, periods: &[(Text, Figures<'_>)], keys: &[&str]) -> Table {
    let mut columns = vec![Column::words("figure", title)];
    columns.extend(periods.iter().map(|(label, _)| Column::numbers("n", label.clone())));
    let mut table = Table::new(columns);
    for key in keys {
        let label = periods.first().and_then(|(_, figures)| Some(figures.get(key)?.label.clone()));
        table.row(
            std::iter::once(Cell::from(label.unwrap_or_default()))
                .chain(periods.iter().map(|(_, of)| figure(of, key))),
        );
    }
    table
}

/// What came in and went out, beside the other periods.
pub(super) fn flow(periods: &[(Text, &Flow<'_>)]) -> Section {
    let periods: Vec<_> = periods.iter().map(|(label, flow)| (label.clone(), flow.table())).collect();
    // Most periods have no void case, and then no line says so.
    let rare = ["voided", "voided_after_end"];
    let said = |key: &&str| periods.iter().any(|(_, of)| of.get(key).is_some_and(|figure| figure.value != 0));
    let keys =
        ["opening", "received", "reopened", "closed", "rejected", "voided", "closing", "voided_after_end"];
    let keys: Vec<&str> = keys.into_iter().filter(|key| !rare.contains(key) || said(key)).collect();
    let title = periods.first().map_or_else(Text::default, |(_, flow)| flow.label.clone());
    Section::from(abreast(title, &periods, &keys))
}

/// The limits of a page. One without a case has a line with n/a, unless every policy has it. None: the rules had no limits.
fn limits<'f, 'a>(figures: &'f [ClockFigures<'a>]) -> impl Iterator<Item = &'f ClockFigures<'a>> {
    figures.iter().filter(|figure| is_shown(figure))
}

/// How each limit was kept; `None`: there are no limits.
pub(super) fn clocks(figures: &[ClockFigures<'_>]) -> Option<Section> {
    limits(figures).next()?;
    type Row<'r> = (&'r ClockFigures<'r>, Figures<'r>);
    let none = ClockFigures::default();
    let heads = none.table();
    let columns = Columns::<Row<'_>>::new()
        .column(Column::words("clock", say::limits()), |(_, row)| Cell::from(row.label.clone()))
        .figures(&heads, &["share", "decided"], |(_, row)| row)
        .column(Column::numbers("missed", say::late()), |(clock, _)| missed(clock))
        .figures(&heads, &["running", "paused", "lapsed"], |(_, row)| row)
        .column(Column::words("clause", say::clause()), |(clock, _)| clause(clock.clause.as_deref()));
    Some(Section::from(columns.table(limits(figures).map(|clock| (clock, clock.table())))))
}

/// Every policy has the limits of waits and of hand-overs; without a case they say nothing.
pub(super) fn is_shown(clock: &ClockFigures<'_>) -> bool {
    !is_stated(clock.name) || clock.had_to_do()
}

/// How often a limit was missed; with a colour where it was at all.
pub(super) fn missed(clock: &ClockFigures<'_>) -> Cell {
    let cell = count(&clock.missed);
    if clock.missed.n() > 0 { cell.tone(Tone::Late) } else { cell }
}

/// The clause that asks for something.
pub(super) fn clause(clause: Option<&str>) -> Cell {
    Cell::word(clause.unwrap_or_default()).tone(Tone::Dim)
}

pub(super) fn satisfaction(figures: &Satisfaction<'_>) -> Section {
    let keys = ["made", "reached", "satisfied", "share", "response", "mean_score"];
    named(&figures.table(), &keys)
}

/// `4.25 (n 12)`.
pub(super) fn mean_score(scores: &Scores<'_>) -> Cell {
    match scores.mean() {
        Some(mean) => Cell::from(say::out_of(format!("{mean:.2}"), scores.n())).value(mean),
        None => Cell::none(),
    }
}

/// A table with a name and a figure in each row.
pub(super) fn pairs(title: Text, rows: impl IntoIterator<Item = (Text, Cell)>) -> Section {
    let columns = [Column::words("figure", title), Column::numbers("n", Text::default())];
    Section::from(Table::new(columns).rows(rows.into_iter().map(|(label, cell)| [Cell::from(label), cell])))
}

/// These figures, each with its name.
pub(super) fn named(figures: &Figures<'_>, keys: &[&str]) -> Section {
    let rows = keys.iter().filter_map(|key| figures.get(key));
    pairs(figures.label.clone(), rows.map(|figure| (figure.label.clone(), cell(figure))))
}

/// A row of figures for each table, under the name of each.
pub(super) fn rows<'f>(
    first: Column,
    heads: &Figures<'_>,
    rows: impl IntoIterator<Item = Figures<'f>>,
    keys: &[&str],
) -> Table {
    Columns::<Figures<'f>>::new()
        .column(first, |row| Cell::from(row.label.clone()))
        .figures(heads, keys, |row| row)
        .table(rows)
}

/// Limits past their due, or due next.
pub(super) fn late(title: Text, rows: &[Late<'_>], book: &RuleBook, how_much: Text, tone: Tone) -> Section {
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

/// Cases on which no limit runs and to which nothing has happened for long.
pub(super) fn stalled(rows: &[StalledCase<'_>], book: &RuleBook) -> Section {
    let mut table = Table::new([
        Column::words("id", Text::default()),
        Column::words("status", say::status()),
        Column::numbers("last", say::last_happened()),
        Column::numbers("seconds", say::quiet()),
        Column::words("owner", say::owner()),
        Column::words("department", say::department()),
        Column::words("title", say::title()),
    ]);
    for case in rows {
        let last = Stamp::new(case.lying.since, &book.shop.zone).to_string();
        table.row([
            Cell::word(format!("! {}", case.id.short())).tone(Tone::Late).value(case.id.as_str()),
            Cell::from(names::standing(case.state).text()).value(case.state.status.word()),
            Cell::from(moment(case.lying.since, &book.shop.zone)).value(last).unit(Unit::Moment),
            Cell::from(duration(case.quiet)).value(case.quiet).unit(Unit::Seconds),
            name(book, Names::People, case.state.owner),
            name(book, Names::Departments, case.state.department),
            Cell::word(case.title),
        ]);
    }
    Section::new(say::stalled(), table)
}

pub(super) fn age(age: &Age<'_>) -> Section {
    let keys = age.brackets.each_ref().map(|(bracket, _)| *bracket);
    named(&age.table(), &keys).chart(Chart::Bars { column: "n" })
}

pub(super) fn handling(monthly: &Monthly<'_>) -> Section {
    let (handling, rate) = (monthly.handling.table(), monthly.rate.table());
    let shown = ["justified", "escalated", "returned", "rounds", "forwarded"].map(|key| handling.get(key));
    let shown = shown.into_iter().chain([rate.get("per_1000")]).flatten();
    pairs(handling.label.clone(), shown.map(|figure| (figure.label.clone(), cell(figure))))
}

pub(super) fn remedies(remedies: &Remedies<'_>, book: &RuleBook) -> Section {
    let first = Column::words("remedy", say::remedies());
    let heads = Given::default();
    let mut table = rows(first, &heads.table(Text::default()), remedies.table(book), &["n", "cost"]);
    let all: usize = remedies.rows.iter().map(|one| one.cases.n()).sum();
    if all > 0 {
        table.total([say::all().into(), Cell::number(all as u64), money(remedies.cost())]);
    }
    Section::from(table)
}

/// The parties responsible for a cause, one after the other.
pub(super) fn parties(cause: &Cause<'_>) -> Cell {
    let parties: Vec<Text> = cause.responsible.iter().map(|party| Text::same(*party)).collect();
    Cell::from(crate::lang::list(&parties))
}

pub(super) fn causes(causes: &Causes<'_>) -> Section {
    let rows = causes.table();
    let heads = rows.first().cloned().unwrap_or_default();
    let columns = Columns::<(&Cause<'_>, Figures<'_>)>::new()
        .column(Column::words("cause", say::causes()), |(cause, _)| Cell::word(cause.key))
        .figures(&heads, &["n", "cumulative_share"], |(_, row)| row)
        .column(Column::words("responsible", say::responsible()), |(cause, _)| parties(cause));
    let table = columns.table(causes.rows.iter().zip(rows));
    Section::from(table).chart(Chart::Pareto { count: "n", share: "cumulative_share" })
}

pub(super) fn repeat(repeat: &Repeat<'_>) -> Section {
    let customers = repeat.table();
    let heads = customers.first().cloned().unwrap_or_default();
    let shown = customers.into_iter().take(MOST_ROWS);
    Section::from(rows(Column::words("customer", say::repeat()), &heads, shown, &["n"]))
}

pub(super) fn by(by: &By<'_>, book: &RuleBook) -> Section {
    const KEYS: [&str; 4] = ["received", "resolved", "closed", "closing"];
    let mut all = by.table(book);
    let rest = all.split_off(all.len().min(MOST_ROWS));
    let first = Column::words("key", say::by(by.dimension.label()));
    let mut table = rows(first, &ValueCounts::default().table(), all, &KEYS);
    if !rest.is_empty() {
        let sums = KEYS.map(|key| sum(&rest, key));
        table.row([Cell::from(say::others(rest.len())).tone(Tone::Dim)].into_iter().chain(sums));
    }
    Section::from(table).chart(Chart::Bars { column: "received" })
}

fn sum(rows: &[Figures<'_>], key: &str) -> Cell {
    let counts = rows.iter().filter_map(|row| row.get(key)?.value.as_u64());
    Cell::number(counts.sum::<u64>())
}

fn what_was_missed(clocks: &[ClockFigures<'_>]) -> Text {
    let missed: Vec<&ClockFigures<'_>> = clocks.iter().filter(|clock| clock.missed.n() > 0).collect();
    let which: Vec<Text> =
        missed.iter().map(|clock| say::missed_one(&clock.label, clock.missed.n())).collect();
    match missed.iter().map(|clock| clock.missed.n()).sum::<usize>() {
        0 => say::nothing_missed(),
        n => say::missed(n, crate::lang::list(&which)),
    }
}

fn what_is_overdue(n: usize) -> Text {
    if n == 0 { say::nothing_overdue() } else { say::overdue_cases(n) }
}

/// The answer first: what came in, how long it took, what was missed, what is overdue.
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
    if limits(&monthly.clocks).next().is_some() {
        lead.extend([what_was_missed(&monthly.clocks), what_is_overdue(monthly.overdue.len())]);
    } else {
        lead.push(say::no_limits());
    }
    if !monthly.stalled.is_empty() {
        lead.push(say::stalled_cases(monthly.stalled.len()));
    }
    if monthly.unknown > 0 {
        lead.push(say::limits_unknown(monthly.unknown));
    }
    lead
}
