use super::{ReportHeading, parts, say as shared};
use crate::lang::{Lang, Text};
use crate::render::{Cell, Column, Document, Section, Table, Tone, width};
use crate::report::figure::Figures;
use crate::report::{Dimension, Period, Trend, TrendColumn};

mod say {
    crate::messages! {
        title(shop, period) { "{shop} · trend · {period}", "{shop} · {period}走势" }
        came(n, columns) { "{n} came in, in {columns} columns; each is as of its own end.", "共 {columns} 期，受理 {n} 件；各期数字均截至该期末。" }
        glance() { "At a glance", "走势一览" }
        lowest() { "lowest", "最低" }
        highest() { "highest", "最高" }
        last() { "last", "最近一期" }
        flow() { "Flow", "流转" }
        handling() { "Handling", "办理" }
        p90() { "p90 resolution", "办结90%分位" }
        satisfied() { "satisfied", "满意率" }
        rate() { "complaint rate", "每千单投诉" }
        kept() { "Limits kept", "时限遵守" }
        received_by(dimension) { "Received by {dimension}", "受理（按{dimension}）" }
        nothing() { "The period has not begun.", "该时段尚未开始。" }
    }
}

/// So many columns of a dimension fit side by side in a terminal of 80.
const ABREAST: usize = 6;
/// The room for the heads of the clocks' columns in a terminal of 80.
const ROOM: usize = 56;
/// At most so many values of a dimension are shown; the other formats have all.
const MOST_VALUES: usize = 12;

/// A figure of a column as a number, and as a cell.
type TrendFigure = (Option<f64>, Cell);

/// How the figures move, as a page: a row a month, since twelve columns do not fit a terminal.
pub(crate) fn trend(
    trend: &Trend<'_>,
    period: &Period,
    by: &[Dimension],
    heading: &ReportHeading<'_>,
) -> Document {
    let shop = heading.book.shop.name.as_str();
    let mut page = Document::new(heading.line(say::title(shop, period.name())));
    if trend.columns.is_empty() {
        return page.lead(say::nothing());
    }
    let received: usize = trend.columns.iter().map(|column| column.figures.flow.received.n()).sum();
    page = page.lead(say::came(received, trend.columns.len()));
    let columns: Vec<Figures<'_>> = trend.columns.iter().map(|column| column.table(heading.book)).collect();
    page = page.section(at_a_glance(&columns)).section(table(say::flow(), &flow(&columns), &columns));
    page = page.section(table(say::handling(), &HANDLING, &columns));
    for clocks in clocks(trend) {
        page = page.section(clocks);
    }
    for dimension in by {
        for block in 0..trend.columns.len().div_ceil(ABREAST) {
            page = page.section(received_in(trend, *dimension, block, heading));
        }
    }
    page.foot(shared::foot())
}

/// A figure of each column: in which table of the column's figures it is, and its key.
type Pick = (&'static str, &'static str);

const FLOW: [Pick; 8] = [
    ("flow", "opening"),
    ("flow", "received"),
    ("flow", "reopened"),
    ("flow", "closed"),
    ("flow", "rejected"),
    ("flow", "voided"),
    ("flow", "closing"),
    ("flow", "voided_after_end"),
];

/// The figures of the flow that the page has: most shops have no void case, and then no column says so.
fn flow(columns: &[Figures<'_>]) -> Vec<Pick> {
    let counts = |pick: &Pick| {
        columns.iter().any(|column| picked(column, *pick).is_some_and(|(_, (n, _))| n > Some(0.0)))
    };
    FLOW.into_iter().filter(|pick| !pick.1.starts_with("voided") || counts(pick)).collect()
}

const HANDLING: [Pick; 5] = [
    ("resolved", "n"),
    ("resolution", "median"),
    ("resolution", "p90"),
    ("satisfaction", "share"),
    ("complaint_rate", "per_1000"),
];

/// A figure of a column, with its head.
fn picked(column: &Figures<'_>, (table, key): Pick) -> Option<(Text, TrendFigure)> {
    let figure = column.within(table)?.get(key)?;
    let head = match (table, key) {
        ("resolution", "median") => shared::resolution_median(),
        ("resolution", _) => say::p90(),
        ("satisfaction", _) => say::satisfied(),
        ("complaint_rate", _) => say::rate(),
        _ => figure.label.clone(),
    };
    let cell = match (table, figure.value.as_f64()) {
        ("complaint_rate", Some(rate)) => Cell::word(format!("{rate:.2}")).value(rate),
        _ => parts::cell(figure),
    };
    Some((head, (figure.value.as_f64(), cell)))
}

/// Each figure in a line: its course, its lowest, its highest and its last value.
fn at_a_glance(columns: &[Figures<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("figure", say::glance()),
        Column::words("run", Text::default()),
        Column::numbers("lowest", say::lowest()),
        Column::numbers("highest", say::highest()),
        Column::numbers("last", say::last()),
    ]);
    let shown = [&[("flow", "received"), ("flow", "closing")], &HANDLING[..]].concat();
    for pick in shown {
        let figures: Vec<(Text, TrendFigure)> =
            columns.iter().filter_map(|column| picked(column, pick)).collect();
        let head = figures.first().map(|(head, _)| head.clone()).unwrap_or_default();
        let figures: Vec<TrendFigure> = figures.into_iter().map(|(_, figure)| figure).collect();
        let known = || figures.iter().filter_map(|(value, cell)| Some(((*value)?, cell)));
        let lowest = known().min_by(|one, other| one.0.total_cmp(&other.0));
        let highest = known().max_by(|one, other| one.0.total_cmp(&other.0));
        let cell = |found: Option<(f64, &Cell)>| found.map_or_else(Cell::none, |(_, cell)| cell.clone());
        let last = figures.last().map_or_else(Cell::none, |(_, cell)| cell.clone());
        let values: Vec<Option<f64>> = figures.iter().map(|(value, _)| *value).collect();
        table.row([Cell::from(head), Cell::word(sparkline(&values)), cell(lowest), cell(highest), last]);
    }
    Section::from(table)
}

/// One block a value, from nothing to the highest; `·` where there is no figure.
fn sparkline(values: &[Option<f64>]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = values.iter().flatten().copied().fold(0.0, f64::max);
    let block = |value: &Option<f64>| match value {
        Some(value) if highest > 0.0 => BLOCKS[((value / highest * 7.0).round() as usize).min(7)],
        Some(_) => BLOCKS[0],
        None => '·',
    };
    values.iter().map(block).collect()
}

/// A row a column of the trend.
fn table(title: Text, picks: &[Pick], columns: &[Figures<'_>]) -> Section {
    let mut heads = vec![Column::words("period", title)];
    if let Some(first) = columns.first() {
        let shown = picks.iter().filter_map(|pick| picked(first, *pick));
        heads.extend(shown.map(|(head, _)| Column::numbers("n", head)));
    }
    let mut table = Table::new(heads);
    for column in columns {
        let label = Cell::word(column.name().unwrap_or_default());
        let shown = picks.iter().filter_map(|pick| picked(column, *pick));
        table.row(std::iter::once(label).chain(shown.map(|(_, (_, cell))| cell)));
    }
    Section::from(table)
}

/// The share of each limit that was kept; as many limits abreast as fit.
fn clocks(trend: &Trend<'_>) -> Vec<Section> {
    let mut names: Vec<(&str, &Text)> = Vec::new();
    for clock in trend.columns.iter().flat_map(|column| &column.figures.clocks) {
        if clock.decided() > 0 && names.iter().all(|(name, _)| *name != clock.name) {
            names.push((clock.name, &clock.label));
        }
    }
    let mut blocks: Vec<Vec<(&str, &Text)>> = Vec::new();
    let mut room = 0;
    for (name, label) in names {
        let breadth =
            [Lang::En, Lang::Zh].map(|lang| width(label.to(lang))).into_iter().max().unwrap_or(0).max(5) + 2;
        match blocks.last_mut().filter(|_| room >= breadth) {
            Some(block) => block.push((name, label)),
            None => {
                blocks.push(vec![(name, label)]);
                room = ROOM;
            }
        }
        room = room.saturating_sub(breadth);
    }
    blocks.into_iter().map(|block| shares(&block, trend)).collect()
}

fn shares(clocks: &[(&str, &Text)], trend: &Trend<'_>) -> Section {
    let mut columns = vec![Column::words("period", say::kept())];
    columns.extend(clocks.iter().map(|(_, label)| Column::numbers("share", (*label).clone())));
    let mut table = Table::new(columns);
    for column in &trend.columns {
        let shares = clocks.iter().map(|(name, _)| share(column, name));
        table.row(std::iter::once(Cell::word(column.label())).chain(shares));
    }
    Section::from(table)
}

/// The share of a limit that was kept, with a colour if any was missed.
fn share(column: &TrendColumn<'_>, name: &str) -> Cell {
    let clock = column.figures.clocks.iter().find(|clock| clock.name == name);
    let cell = parts::percent(clock.and_then(|clock| clock.share()));
    if clock.is_some_and(|clock| clock.missed.n() > 0) { cell.tone(Tone::Late) } else { cell }
}

/// What was received under each value, in some of the columns.
fn received_in(
    trend: &Trend<'_>,
    dimension: Dimension,
    block: usize,
    heading: &ReportHeading<'_>,
) -> Section {
    let columns = &trend.columns[block * ABREAST..trend.columns.len().min((block + 1) * ABREAST)];
    let mut heads = vec![Column::words("key", say::received_by(dimension.label()))];
    heads.extend(columns.iter().map(|column| Column::numbers("n", Text::same(column.label()))));
    let mut table = Table::new(heads);
    for key in trend.values(dimension).into_iter().take(MOST_VALUES) {
        let counts = columns
            .iter()
            .map(|column| column.received(dimension, key).map_or_else(|| Cell::number(0), parts::count));
        table.row(std::iter::once(Cell::from(dimension.value(heading.book, key))).chain(counts));
    }
    Section::from(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_drawn_from_nothing_to_its_highest() {
        assert_eq!(sparkline(&[Some(0.0), Some(7.0), None, Some(14.0), Some(1.0)]), "▁▅·█▂");
        assert_eq!(sparkline(&[Some(0.0), Some(0.0)]), "▁▁");
        assert_eq!(sparkline(&[None]), "·");
    }
}
