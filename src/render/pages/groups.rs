use super::{parts, say};
use crate::policy::RuleBook;
use crate::render::{Cell, Column, Document, Section, Table};
use crate::report::Breakdown;

/// The same page with the figures for each value of a dimension.
pub(crate) fn break_down(page: Document, breakdown: &Breakdown<'_>, book: &RuleBook) -> Document {
    page.section(groups(breakdown, book))
}

fn groups(breakdown: &Breakdown<'_>, book: &RuleBook) -> Section {
    const COUNTS: [&str; 4] = ["received", "resolved", "closed", "closing"];
    const LIMITS: [&str; 2] = ["share", "decided"];
    let mut columns = vec![Column::words(breakdown.dimension.word(), say::by(breakdown.dimension.label()))];
    let rows = breakdown.table(book);
    let heads = rows.first().cloned().unwrap_or_default();
    columns.extend(parts::heads(&heads, &COUNTS));
    columns.push(Column::numbers("resolution_median", say::resolution_median()));
    columns.push(Column::numbers("share", say::limits_kept()));
    columns.push(Column::numbers("decided", say::decided()));
    columns.push(Column::numbers("satisfied", say::satisfied()));
    columns.push(Column::numbers("reached", say::decided()));
    let mut table = Table::new(columns);
    for (group, row) in breakdown.groups.iter().zip(&rows) {
        let median = group.times.resolution.elapsed().map(|summary| summary.median);
        let satisfaction = group.satisfaction.table();
        table.row(
            std::iter::once(Cell::from(row.label.clone()))
                .chain(parts::cells(row, &COUNTS))
                .chain([parts::seconds(median)])
                .chain(parts::cells(row, &LIMITS))
                .chain(parts::cells(&satisfaction, &["share", "reached"])),
        );
    }
    Section::from(table)
}
