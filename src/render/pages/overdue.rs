use super::columns::Columns;
use super::{ReportHeading, parts, say};
use crate::case::Names;
use crate::lang::Text;
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Dimension, OverdueReport};

/// How many that are due next are shown.
const NEXT: usize = 20;

/// What is late, by whom, and what is due next, as a page.
pub(crate) fn overdue(report: &OverdueReport<'_>, heading: &ReportHeading<'_>) -> Document {
    let book = heading.book;
    let mut page = Document::new(heading.line(Text::same(book.shop.name.clone())));
    page = match (report.overdue.len(), report.next.len(), report.unknown.len()) {
        (0, 0, 0) if report.stalled.is_empty() => page.lead(say::nothing_due()),
        (0, _, 0) => page.lead(say::nothing_overdue()),
        (n, _, 0) => page.lead(say::overdue_cases(n)),
        (n, _, unknown) => page.lead(say::overdue_cases(n)).lead(say::overdue_unknown(unknown)),
    };
    if !report.stalled.is_empty() {
        page = page.lead(say::stalled_cases(report.stalled.len()));
    }
    if !report.overdue.is_empty() {
        let title = say::overdue_now();
        page = page.section(parts::late(title, &report.overdue, book, say::by_how_much(), Tone::Late));
    }
    if !report.stalled.is_empty() {
        page = page.section(parts::stalled(&report.stalled, book));
    }
    if !report.next.is_empty() {
        let next = &report.next[..report.next.len().min(NEXT)];
        page = page.section(parts::late(say::next_due(), next, book, say::left(), Tone::Plain));
    }
    if !report.unknown.is_empty() {
        page = page.section(unknown(report, heading));
    }
    page
}

/// The limits whose due cannot be computed, with the reason.
fn unknown(report: &OverdueReport<'_>, heading: &ReportHeading<'_>) -> Section {
    let book = heading.book;
    let mut table = Table::new([
        Column::words("id", Text::default()),
        Column::words("clock", say::clock()),
        Column::words("reason", say::reason()),
        Column::words("owner", say::owner()),
        Column::words("department", say::department()),
        Column::words("title", say::title()),
    ]);
    for one in &report.unknown {
        table.row([
            Cell::word(format!("? {}", one.id.short())).tone(Tone::Soon).value(one.id.as_str()),
            Cell::from(one.clock.rule.label.clone()),
            Cell::from(one.undue.message()),
            parts::name(book, Names::People, one.owner),
            parts::name(book, Names::Departments, one.department),
            Cell::word(one.title),
        ]);
    }
    Section::new(say::unknown_due(), table)
}

/// How many limits are late, and how many run, for each value of a dimension.
pub(crate) fn overdue_by(rows: &[Figures<'_>], dimension: Dimension) -> Section {
    let columns = Columns::<&Figures<'_>>::new()
        .column(Column::words(dimension.word(), say::by(dimension.label())), |row| {
            Cell::from(row.label.clone())
        })
        .column(Column::numbers("overdue", say::overdue_now()), |row| parts::figure(row, "overdue"))
        .column(Column::numbers("next", say::running()), |row| parts::figure(row, "next"))
        .column(Column::numbers("stalled", say::stalled_now()), |row| parts::figure(row, "stalled"));
    Section::from(columns.table(rows))
}
