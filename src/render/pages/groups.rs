use super::{Heading, behind, parts, say};
use crate::lang::Text;
use crate::render::{Cell, Column, Document, Section, Table};
use crate::report::{Breakdown, share};

/// The same page with the figures for each value of a dimension, and the cases behind them for those who ask.
pub(crate) fn break_down(mut page: Document, breakdown: &Breakdown<'_>, heading: &Heading<'_>) -> Document {
    page = page.section(groups(breakdown, heading));
    if heading.cases { page.section(behind(breakdown, heading)) } else { page }
}

fn groups(breakdown: &Breakdown<'_>, heading: &Heading<'_>) -> Section {
    let dimension = parts::dimension(breakdown.dimension);
    let mut table = Table::new([
        Column::words(breakdown.dimension.word(), say::by(dimension)),
        Column::numbers("received", say::received()),
        Column::numbers("resolved", say::resolved()),
        Column::numbers("closed", say::closed()),
        Column::numbers("closing", say::closing()),
        Column::numbers("resolution_median", say::resolution_median()),
        Column::numbers("share", say::limits_kept()),
        Column::numbers("decided", say::decided()),
        Column::numbers("satisfied", say::satisfied()),
        Column::numbers("reached", say::decided()),
    ]);
    let book = heading.book;
    for group in &breakdown.groups {
        table.row([
            Cell::from(parts::value(book, breakdown.dimension, group.key)),
            parts::count(&group.row.received),
            parts::count(&group.row.resolved),
            parts::count(&group.row.closed),
            parts::count(&group.row.closing),
            parts::seconds(group.times.resolution.elapsed().map(|summary| summary.median)),
            parts::percent(share(group.met(), group.decided())),
            Cell::number(group.decided() as u64),
            parts::percent(group.satisfaction.share()),
            parts::count(&group.satisfaction.reached),
        ]);
    }
    Section::from(table)
}

fn behind(breakdown: &Breakdown<'_>, heading: &Heading<'_>) -> Vec<Text> {
    let mut lines = Vec::new();
    for group in &breakdown.groups {
        let name = parts::value(heading.book, breakdown.dimension, group.key);
        for (figure, hits) in [
            (say::received(), &group.row.received),
            (say::resolved(), &group.row.resolved),
            (say::closed(), &group.row.closed),
            (say::closing(), &group.row.closing),
        ] {
            lines.extend(behind::line(behind::joined(&name, &figure), hits));
        }
    }
    lines
}
