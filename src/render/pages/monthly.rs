use super::{ReportHeading, parts, say, times};
use crate::lang::Text;
use crate::render::{Document, Tone};
use crate::report::{Compared, Flow, Monthly, Period, Span};

/// The data report to management as a page.
pub(crate) fn monthly(
    report: &Monthly<'_>,
    previous: Option<&Compared<'_>>,
    year_before: Option<&Compared<'_>>,
    heading: &ReportHeading<'_>,
) -> Document {
    let shop = heading.book.shop.name.as_str();
    let title = match report.period.span {
        Span::Month => say::monthly_title(shop, report.period.name()),
        _ => say::period_title(shop, report.period.name()),
    };
    let mut page = Document::new(heading.line(title));
    page.lead = parts::lead(report, previous);
    body(page, report, previous, year_before, heading)
}

/// Everything of the monthly report after its first lines.
pub(super) fn body(
    mut page: Document,
    report: &Monthly<'_>,
    previous: Option<&Compared<'_>>,
    year_before: Option<&Compared<'_>>,
    heading: &ReportHeading<'_>,
) -> Document {
    let book = heading.book;
    let others = [previous, year_before].into_iter().flatten();
    let others = others.map(|other| (short(&other.period), &other.flow));
    let flows: Vec<(Text, &Flow<'_>)> =
        std::iter::once((short(&report.period), &report.flow)).chain(others).collect();
    page = page.section(parts::flow(&flows)).section(parts::satisfaction(&report.satisfaction).beside());
    if let Some(limits) = parts::clocks(&report.clocks) {
        page = page.section(limits);
    }
    page = page.section(times::handling(&report.times));
    if !report.targets.is_empty() {
        page = page.section(times::targets(&report.targets));
    }
    if report.times.resolution.working.is_none() {
        page = page.section(vec![say::working_missing()]);
    }
    if !report.overdue.is_empty() {
        page =
            page.section(parts::late(say::overdue(), &report.overdue, book, say::by_how_much(), Tone::Late));
    }
    if !report.stalled.is_empty() {
        page = page.section(parts::stalled(&report.stalled, book));
    }
    page = page.section(parts::age(&report.age)).section(parts::handling(report).beside());
    if !report.remedies.rows.is_empty() {
        page = page.section(parts::remedies(&report.remedies, book));
    }
    if !report.causes.rows.is_empty() {
        page = page.section(parts::causes(&report.causes));
    }
    if !report.repeat.rows.is_empty() {
        page = page.section(parts::repeat(&report.repeat));
    }
    for by in report.by.iter().filter(|by| !by.rows.is_empty()) {
        page = page.section(parts::by(by, book));
    }
    page.foot(say::foot())
}

/// The label over a column; the year is always in it.
fn short(period: &Period) -> Text {
    Text::same(period.label.clone())
}
