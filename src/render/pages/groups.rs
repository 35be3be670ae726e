use super::columns::Columns;
use super::{parts, say};
use crate::policy::RuleBook;
use crate::render::{Column, Document, Section};
use crate::report::figure::Figures;
use crate::report::{Breakdown, Group};

/// The same page with the figures for each value of a dimension.
pub(crate) fn break_down(page: Document, breakdown: &Breakdown<'_>, book: &RuleBook) -> Document {
    page.section(groups(breakdown, book))
}

/// A group, its figures, and those of the answers of its customers.
type GroupRow<'r> = (&'r Group<'r>, Figures<'r>, Figures<'r>);

fn groups(breakdown: &Breakdown<'_>, book: &RuleBook) -> Section {
    let rows: Vec<Figures<'_>> = breakdown.table(book);
    let heads = rows.first().cloned().unwrap_or_default();
    let dimension = breakdown.dimension;
    let columns = Columns::<GroupRow<'_>>::new()
        .column(Column::words(dimension.word(), say::by(dimension.label())), |(_, row, _)| {
            row.label.clone().into()
        })
        .figures(&heads, &["received", "resolved", "closed", "closing"], |(_, row, _)| row)
        .column(Column::numbers("resolution_median", say::resolution_median()), |(group, ..)| {
            parts::median(&group.times.resolution)
        })
        .column(Column::numbers("share", say::limits_kept()), |(_, row, _)| parts::figure(row, "share"))
        .column(Column::numbers("decided", say::decided()), |(_, row, _)| parts::figure(row, "decided"))
        .column(Column::numbers("satisfied", say::satisfied()), |(.., asked)| parts::figure(asked, "share"))
        .column(Column::numbers("reached", say::decided()), |(.., asked)| parts::figure(asked, "reached"));
    let groups = breakdown.groups.iter().zip(rows);
    Section::from(columns.table(groups.map(|(group, row)| (group, row, group.satisfaction.table()))))
}
