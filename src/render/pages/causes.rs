use super::columns::Columns;
use super::{ReportHeading, behind, parts, say as shared};
use crate::lang::Text;
use crate::render::{Cell, Column, Document, Section};
use crate::report::figure::Figures;
use crate::report::{Cause, CauseReport, Causes, Dimension, Pareto, Recurring};

mod say {
    crate::messages! {
        title(shop, period) { "{shop} · causes · {period}", "{shop} · {period}原因分析" }
        found(n, justified) {
            "{n} cases were diagnosed, {justified} of them justified.",
            "查明原因 {n} 件，其中成立 {justified} 件。"
        }
        nothing_found() { "No case was diagnosed.", "期内没有查明原因的案卷。" }
        most(few, all, percent) { "{few} of {all} causes make up {percent}.", "{all} 种原因中，前 {few} 种占 {percent}。" }
        recur(n, open) {
            "Recurring: {n}, {open} of them without an improvement.",
            "反复出现的原因 {n} 种，其中 {open} 种还没有改进措施。"
        }
        nothing_recurs() {
            "No cause came three times in 90 days with the same product.",
            "没有哪种原因在 90 天内因同一产品出现三次。"
        }
        by_category() { "By category", "按类别" }
        by_product() { "By product", "按产品" }
        by_party() { "By responsible party", "按责任方" }
        recurring() { "Recurring: the same cause and product, three times or more in 90 days", "反复出现：90 天内同一原因、同一产品三次及以上" }
        no_product() { "no product named", "未注明产品" }
        again(cause, product, n, ids) { "{cause} · {product}: {n} cases, {ids}.", "{cause} · {product}：{n} 件，{ids}。" }
        improved(ids) { "Improvement: {ids}.", "改进措施：{ids}。" }
        not_improved(ids) {
            "No improvement is linked to them. Open one: fb new --kind improvement --channel other --title … --link {ids}",
            "尚无关联的改进措施。可以这样登记：fb new --kind improvement --channel other --title … --link {ids}"
        }
    }
}

/// The causes named in the answer make up this share together.
const MOST: f64 = 0.8;

/// Why it happened, as a page; beside it the period before.
pub(crate) fn causes(
    report: &CauseReport<'_>,
    before: Option<&CauseReport<'_>>,
    heading: &ReportHeading<'_>,
) -> Document {
    let shop = heading.book.shop.name.as_str();
    let mut page = Document::new(heading.line(say::title(shop, report.period.name())));
    page.lead = lead(report);
    if !report.recurring.is_empty() {
        page = page.section(Section::new(
            say::recurring(),
            report.recurring.iter().flat_map(again_and_again).collect::<Vec<_>>(),
        ));
    }
    if report.causes.total() > 0 {
        page = page.section(by_cause(&report.causes, before));
        type Pick = for<'r, 'a> fn(&'r CauseReport<'a>) -> &'r Pareto<'a>;
        let rows: [(Text, Option<Dimension>, Pick); 3] = [
            (say::by_category(), Some(Dimension::Category), |report| &report.category),
            (say::by_product(), Some(Dimension::Product), |report| &report.product),
            (say::by_party(), None, |report| &report.responsible),
        ];
        for (title, dimension, pick) in rows {
            let earlier = before.map(|before| (before, pick(before)));
            page = page.section(pareto(title, dimension, pick(report), earlier, heading));
        }
    }
    page.foot(shared::foot())
}

/// How many causes were found, how few of them make up most cases, and what recurs.
fn lead(report: &CauseReport<'_>) -> Vec<Text> {
    let causes = &report.causes;
    let mut lead = Vec::new();
    if causes.total() == 0 {
        lead.push(say::nothing_found());
    } else {
        let justified: usize = causes.rows.iter().map(|cause| cause.justified.n()).sum();
        lead.push(say::found(causes.total(), justified));
        let cumulative = causes.cumulative();
        let few = cumulative.iter().position(|share| share.is_some_and(|share| share >= MOST - 1e-9));
        if let Some(few) = few.filter(|few| few + 1 < causes.rows.len()) {
            lead.push(say::most(few + 1, causes.rows.len(), parts::percent(cumulative[few]).text));
        }
    }
    lead.push(match report.recurring.len() {
        0 => say::nothing_recurs(),
        n => say::recur(n, report.recurring.iter().filter(|one| one.improvements.is_empty()).count()),
    });
    lead
}

/// A recurring cause with its cases, and what is being done about it.
pub(super) fn again_and_again(one: &Recurring<'_>) -> [Text; 2] {
    let product = one.product.map_or_else(say::no_product, Text::same);
    let ids = behind::shorts(&one.cases);
    let done = match one.improvements.as_slice() {
        [] => say::not_improved(ids.replace(' ', ",")),
        improvements => say::improved(improvements.iter().map(|id| id.short()).collect::<Vec<_>>().join(" ")),
    };
    [say::again(one.cause, product, one.cases.n(), ids), done]
}

/// What is shown of a row before the column of the period before.
const COUNTS: [&str; 3] = ["n", "share", "cumulative_share"];

/// The same columns, and how many there were in the period before, if it is shown.
fn with_earlier<'c, R>(
    columns: Columns<'c, R>,
    before: Option<&CauseReport<'_>>,
    n: impl Fn(&R) -> usize + 'c,
) -> Columns<'c, R> {
    match before {
        Some(before) => columns
            .column(Column::numbers("before", Text::same(before.period.label.clone())), move |row| {
                Cell::number(n(row) as u64)
            }),
        None => columns,
    }
}

fn by_cause(causes: &Causes<'_>, before: Option<&CauseReport<'_>>) -> Section {
    let rows = causes.table();
    let heads = rows.first().cloned().unwrap_or_default();
    let columns = Columns::<(&Cause<'_>, Figures<'_>)>::new()
        .column(Column::words("cause", shared::causes()), |(cause, _)| Cell::word(cause.key))
        .figures(&heads, &COUNTS, |(_, row)| row);
    let columns = with_earlier(columns, before, |(cause, _)| before.map_or(0, |it| it.causes.n(cause.key)))
        .figures(&heads, &["justified", "cost"], |(_, row)| row)
        .column(Column::words("responsible", shared::responsible()), |(cause, _)| parts::parties(cause));
    Section::from(columns.table(causes.rows.iter().zip(rows)))
}

fn pareto(
    title: Text,
    dimension: Option<Dimension>,
    figures: &Pareto<'_>,
    before: Option<(&CauseReport<'_>, &Pareto<'_>)>,
    heading: &ReportHeading<'_>,
) -> Section {
    let rows = figures.table(|key| match dimension {
        Some(dimension) => dimension.value(heading.book, key),
        None => key.map_or_else(shared::not_known, Text::same),
    });
    let heads = rows.first().cloned().unwrap_or_default();
    let columns = Columns::<(Option<&str>, Figures<'_>)>::new()
        .column(Column::words("key", title), |(_, row)| Cell::from(row.label.clone()))
        .figures(&heads, &COUNTS, |(_, row)| row);
    let columns = with_earlier(columns, before.map(|(report, _)| report), |(key, _)| {
        before.map_or(0, |(_, it)| it.n(*key))
    })
    .figures(&heads, &["justified"], |(_, row)| row);
    Section::from(columns.table(figures.rows.iter().map(|(key, ..)| *key).zip(rows)))
}
