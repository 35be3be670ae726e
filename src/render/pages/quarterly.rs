use jiff::Timestamp;

use super::columns::Columns;
use super::{ReportHeading, feedback, monthly, parts, say};
use crate::lang::Text;
use crate::render::{Cell, Chart, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Compared, Department, Improvement, Quarterly};

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
    type Row<'r> = (&'r Department<'r>, Figures<'r>);
    let rows: Vec<Row<'_>> = report
        .departments
        .iter()
        .map(|(department, _)| (department, department.table(heading.book)))
        .collect();
    let heads = rows.first().map(|(_, row)| row.clone()).unwrap_or_default();
    let columns = Columns::<Row<'_>>::new()
        .column(Column::words("department", say::departments()), |(it, _)| feedback::name(it.key(), heading))
        .figures(&heads, &["assigned", "resolved", "closing"], |(_, row)| row)
        .column(Column::numbers("resolution_median", say::median()), |(it, _)| {
            parts::median(&it.group.times.resolution)
        })
        .column(Column::numbers("missed", say::missed_limits()), |(it, _)| {
            Cell::number(it.group.missed() as u64)
        });
    Section::from(columns.table(rows))
}

fn months(months: &[Compared<'_>]) -> Section {
    let mut columns = vec![Column::words("figure", say::months())];
    columns.extend(months.iter().map(|month| Column::numbers("n", Text::same(month.period.label.clone()))));
    type Row = (Text, fn(&Compared<'_>) -> Cell);
    let rows: [Row; 7] = [
        (say::received(), |month| parts::count(&month.flow.received)),
        (say::resolved(), |month| parts::count(&month.times.resolution.counted)),
        (say::closed(), |month| parts::count(&month.flow.closed)),
        (say::closing(), |month| parts::count(&month.flow.closing)),
        (say::resolution_median(), |month| parts::median(&month.times.resolution)),
        (say::missed_limits(), missed),
        (say::satisfied(), |month| parts::percent(month.satisfaction.share())),
    ];
    let mut table = Table::new(columns);
    for (label, cell) in rows {
        table.row(std::iter::once(Cell::from(label)).chain(months.iter().map(cell)));
    }
    Section::from(table).chart(Chart::Trend { row: 0 })
}

/// The limits missed in a month, of all kinds together.
fn missed(month: &Compared<'_>) -> Cell {
    Cell::number(month.clocks.iter().map(|clock| clock.missed.n() as u64).sum::<u64>())
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
    let when = |at: Option<Timestamp>| match at {
        Some(at) => day(at),
        None => Cell::from(say::not_yet()).tone(Tone::Soon),
    };
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
