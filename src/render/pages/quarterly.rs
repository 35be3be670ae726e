use jiff::Timestamp;

use super::{ReportHeading, feedback, monthly, parts, say};
use crate::lang::Text;
use crate::render::{Cell, Chart, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Compared, Improvement, Quarterly};

/// The audit of a quarter as a page.
pub(crate) fn quarterly(
    report: &Quarterly<'_>,
    previous: Option<&Compared<'_>>,
    year_before: Option<&Compared<'_>>,
    heading: &ReportHeading<'_>,
) -> Document {
    let title = say::quarterly_title(heading.book.shop.name.as_str(), report.whole.period.name());
    let mut page = Document::new(heading.line(title));
    page.lead = parts::lead(&report.whole, previous);
    page = page.section(feedback::verdicts(&report.departments, heading)).section(work(report, heading));
    for section in feedback::feedback(&report.departments, heading) {
        page = page.section(section);
    }
    if !report.months.is_empty() {
        page = page.section(months(&report.months));
    }
    if !report.improvements.is_empty() {
        page = page.section(improvements(&report.improvements, heading));
    }
    monthly::body(page, &report.whole, previous, year_before, heading)
}

/// What each department had to do.
fn work(report: &Quarterly<'_>, heading: &ReportHeading<'_>) -> Section {
    const KEYS: [&str; 3] = ["assigned", "resolved", "closing"];
    let rows: Vec<Figures<'_>> =
        report.departments.iter().map(|(department, _)| department.table(heading.book)).collect();
    let heads = rows.first().cloned().unwrap_or_default();
    let mut columns = vec![Column::words("department", say::departments())];
    columns.extend(parts::heads(&heads, &KEYS));
    columns.push(Column::numbers("resolution_median", say::median()));
    columns.push(Column::numbers("missed", say::missed_limits()));
    let mut table = Table::new(columns);
    for ((department, _), row) in report.departments.iter().zip(&rows) {
        let median = department.group.times.resolution.elapsed().map(|summary| summary.median);
        let missed = Cell::number((department.group.decided() - department.group.met()) as u64);
        let name = std::iter::once(feedback::name(department.key(), heading));
        table.row(name.chain(parts::cells(row, &KEYS)).chain([parts::seconds(median), missed]));
    }
    Section::from(table)
}

fn months(months: &[Compared<'_>]) -> Section {
    let mut columns = vec![Column::words("figure", say::months())];
    columns.extend(months.iter().map(|month| Column::numbers("n", Text::same(month.period.label.clone()))));
    let mut table = Table::new(columns);
    let mut row = |label: Text, cell: &dyn Fn(&Compared<'_>) -> Cell| {
        table.row(std::iter::once(Cell::from(label)).chain(months.iter().map(cell)));
    };
    row(say::received(), &|month| parts::count(&month.flow.received));
    row(say::resolved(), &|month| parts::count(&month.times.resolution.counted));
    row(say::closed(), &|month| parts::count(&month.flow.closed));
    row(say::closing(), &|month| parts::count(&month.flow.closing));
    row(say::resolution_median(), &|month| {
        parts::seconds(month.times.resolution.elapsed().map(|summary| summary.median))
    });
    row(say::missed_limits(), &|month| {
        Cell::number(month.clocks.iter().map(|clock| clock.missed.n() as u64).sum::<u64>())
    });
    row(say::satisfied(), &|month| parts::percent(month.satisfaction.share()));
    Section::from(table).chart(Chart::Trend { row: 0 })
}

fn improvements(improvements: &[Improvement<'_>], heading: &ReportHeading<'_>) -> Section {
    let mut table = Table::new([
        Column::words("id", say::improvements()),
        Column::numbers("links", say::linked()),
        Column::words("due", say::due()),
        Column::words("carried_out", say::carried_out()),
        Column::words("confirmed", say::confirmed()),
        Column::numbers("recurred", say::came_again()),
        Column::words("title", say::title()),
    ]);
    let zone = &heading.book.shop.zone;
    let day = |at: Timestamp| Cell::word(at.to_zoned(zone.clone()).date().to_string());
    let when = |at: Option<Timestamp>| at.map_or_else(|| Cell::from(say::not_yet()).tone(Tone::Soon), day);
    for improvement in improvements {
        let again = match &improvement.recurred {
            Some(hits) if hits.n() > 0 => parts::count(hits).tone(Tone::Soon),
            Some(hits) => parts::count(hits),
            None => parts::not_applicable(),
        };
        table.row([
            Cell::word(improvement.id.short()),
            Cell::number(improvement.links.len() as u64),
            improvement.due.map_or_else(Cell::none, day),
            when(improvement.carried_out),
            when(improvement.confirmed),
            again,
            Cell::word(improvement.title),
        ]);
    }
    Section::from(table)
}
