use super::columns::Columns;
use super::{ReportHeading, parts, say};
use crate::lang::Text;
use crate::render::{Cell, Column, Document, Section, Tone};
use crate::report::figure::Figures;
use crate::report::{Dimension, OverdueReport};

/// How many that are due next are shown.
const NEXT: usize = 20;

/// What is late, by whom, and what is due next, as a page.
pub(crate) fn overdue(report: &OverdueReport<'_>, heading: &ReportHeading<'_>) -> Document {
    let book = heading.book;
    let mut page = Document::new(heading.line(Text::same(book.shop.name.clone())));
    page = match (report.overdue.len(), report.next.len()) {
        (0, 0) => page.lead(say::nothing_due()),
        (0, _) => page.lead(say::nothing_overdue()),
        (n, _) => page.lead(say::overdue_cases(n)),
    };
    if !report.overdue.is_empty() {
        let title = say::overdue_now();
        page = page.section(parts::late(title, &report.overdue, book, say::by_how_much(), Tone::Late));
    }
    if !report.next.is_empty() {
        let next = &report.next[..report.next.len().min(NEXT)];
        page = page.section(parts::late(say::next_due(), next, book, say::left(), Tone::Plain));
    }
    page
}

/// How many limits are late, and how many run, for each value of a dimension.
pub(crate) fn overdue_by(rows: &[Figures<'_>], dimension: Dimension) -> Section {
    let columns = Columns::<&Figures<'_>>::new()
        .column(Column::words(dimension.word(), say::by(dimension.label())), |row| {
            Cell::from(row.label.clone())
        })
        .column(Column::numbers("overdue", say::overdue_now()), |row| parts::figure(row, "overdue"))
        .column(Column::numbers("next", say::running()), |row| parts::figure(row, "next"));
    Section::from(columns.table(rows))
}
