use super::{Heading, monthly, parts, words};
use crate::case::Names;
use crate::lang::{Text, names};
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::{Compared, Department, Improvement, Quarterly, share};

/// The audit of a quarter as a page.
pub fn quarterly(
    report: &Quarterly<'_>,
    previous: Option<&Compared<'_>>,
    year_before: Option<&Compared<'_>>,
    heading: &Heading<'_>,
) -> Document {
    let title = words::quarterly_title(heading.book.shop.name.as_str(), report.whole.period.name());
    let mut page = Document::new(heading.line(title));
    page.lead = parts::lead(&report.whole, previous);
    page = page.section(departments(&report.departments, heading));
    if !report.months.is_empty() {
        page = page.section(months(&report.months));
    }
    if !report.improvements.is_empty() {
        page = page.section(improvements(&report.improvements));
    }
    monthly::body(page, &report.whole, previous, year_before, heading)
}

fn departments(departments: &[Department<'_>], heading: &Heading<'_>) -> Section {
    let mut table = Table::new([
        Column::words("department", words::departments()),
        Column::numbers("assigned", words::handed_over()),
        Column::numbers("returned", words::returned()),
        Column::numbers("resolved", words::resolved()),
        Column::numbers("closing", words::closing()),
        Column::numbers("resolution_median", words::resolution_median()),
        Column::numbers("share", words::limits_kept()),
        Column::numbers("missed", words::late()),
        Column::numbers("satisfied", words::satisfied()),
    ]);
    for department in departments {
        let name = match department.key {
            Some(key) => Cell::from(heading.book.shop.names.label(Names::Departments, key)),
            None => Cell { tone: Tone::Dim, ..Cell::from(words::hub()) },
        };
        let median = department.times.resolution.elapsed().map(|summary| summary.median);
        table.row([
            name,
            parts::count(&department.assigned),
            parts::count(&department.returned),
            parts::count(&department.row.resolved),
            parts::count(&department.row.closing),
            parts::seconds(median),
            parts::percent(share(department.met(), department.decided())),
            Cell::number((department.decided() - department.met()) as u64),
            parts::percent(department.satisfaction.share()),
        ]);
    }
    Section::from(table)
}

fn months(months: &[Compared<'_>]) -> Section {
    let mut columns = vec![Column::words("figure", words::months())];
    columns.extend(months.iter().map(|month| Column::numbers("n", Text::same(month.period.label.clone()))));
    let mut table = Table::new(columns);
    let mut row = |label: Text, cell: &dyn Fn(&Compared<'_>) -> Cell| {
        table.row(std::iter::once(Cell::from(label)).chain(months.iter().map(cell)));
    };
    row(words::received(), &|month| parts::count(&month.flow.received));
    row(words::resolved(), &|month| parts::count(&month.times.resolution.counted));
    row(words::closed(), &|month| parts::count(&month.flow.closed));
    row(words::closing(), &|month| parts::count(&month.flow.closing));
    row(words::resolution_median(), &|month| {
        parts::seconds(month.times.resolution.elapsed().map(|summary| summary.median))
    });
    row(words::missed_limits(), &|month| {
        Cell::number(month.clocks.iter().map(|clock| clock.missed.n() as u64).sum::<u64>())
    });
    row(words::satisfied(), &|month| parts::percent(month.satisfaction.share()));
    Section::from(table)
}

fn improvements(improvements: &[Improvement<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("id", words::improvements()),
        Column::words("status", words::status()),
        Column::numbers("links", words::linked()),
        Column::words("carried_out", words::carried_out()),
        Column::words("confirmed", words::confirmed()),
        Column::words("title", words::title()),
    ]);
    let whether = |done: bool| {
        if done { Cell::from(words::yes()) } else { Cell::from(words::not_yet()).tone(Tone::Soon) }
    };
    for improvement in improvements {
        table.row([
            Cell::word(improvement.id.short()),
            Cell::from(names::status(improvement.status).text()),
            Cell::number(improvement.links.len() as u64),
            whether(improvement.carried_out),
            whether(improvement.confirmed),
            Cell::word(improvement.title),
        ]);
    }
    Section::from(table)
}
