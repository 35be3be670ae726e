use super::{ReportHeading, parts, say as shared};
use crate::lang::{Text, duration, names};
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Distribution, Measured, Spent, Summary, TargetFigures, Times, TimesBy, TimesReport};

mod say {
    crate::messages! {
        title(shop, period) { "{shop} · handling times · {period}", "{shop} · {period}处理时长" }
        half(n, median, p90) {
            "Half of the {n} resolved took no longer than {median}, nine in ten no longer than {p90}.",
            "办结 {n} 件，时长中位数 {median}，九成不超过 {p90}。"
        }
        nothing_resolved() { "No case was resolved.", "期内没有办结的案卷。" }
        went(status, percent) { "Most of that time they were {status}: {percent}.", "耗时最多的环节是“{status}”，占 {percent}。" }
        target_kept(label, share, wanted) { "Target kept: {label}, {share} of at least {wanted}.", "目标“{label}”达到：{share}，目标 {wanted}。" }
        target_missed(label, share, wanted) { "Target not kept: {label}, {share} of at least {wanted}.", "目标“{label}”未达到：{share}，目标 {wanted}。" }
        spread() { "How it is spread", "时长分布" }
        targets_title() { "Targets", "服务目标" }
        limit() { "within", "时限" }
        wanted() { "target", "目标" }
        reached() { "result", "结果" }
        yes() { "kept", "达到" }
        no() { "! not kept", "! 未达到" }
        at_least(percent) { "≥ {percent}", "≥{percent}" }
        spent_title() { "Where the time goes", "时间花在哪里" }
        rounds_title() { "Round by round", "逐轮" }
        by_title(time, dimension) { "{time}, by {dimension}", "{time}（按{dimension}）" }
    }
}

/// How long it takes, as a page.
pub(crate) fn times(report: &TimesReport<'_>, heading: &ReportHeading<'_>) -> Document {
    let shop = heading.book.shop.name.as_str();
    let mut page = Document::new(heading.line(say::title(shop, report.period.name())));
    page.lead = lead(report);
    page = page.section(handling(&report.all)).section(distribution(&report.all));
    if report.all.resolution.working.is_none() {
        page = page.section(vec![shared::working_missing()]);
    }
    if !report.targets.is_empty() {
        page = page.section(targets(&report.targets));
    }
    for by in &report.by {
        for section in by_dimension(by, heading) {
            page = page.section(section);
        }
    }
    if !report.spent.is_empty() {
        page = page.section(spent(&report.spent));
    }
    if !report.rounds.is_empty() {
        let rounds: Vec<Figures<'_>> = report.rounds().collect();
        page = page.section(measured_table(say::rounds_title(), rounds.iter()));
    }
    page.foot(shared::foot())
}

fn lead(report: &TimesReport<'_>) -> Vec<Text> {
    let resolution = &report.all.resolution;
    let mut lead = Vec::new();
    lead.push(match resolution.elapsed() {
        Some(all) => {
            say::half(resolution.elapsed.len(), duration(all.median as i64), duration(all.p90 as i64))
        }
        None => say::nothing_resolved(),
    });
    let longest = report
        .spent
        .iter()
        .max_by(|one, other| one.share.unwrap_or(0.0).total_cmp(&other.share.unwrap_or(0.0)));
    lead.extend(
        longest
            .filter(|spent| spent.share.is_some())
            .map(|spent| say::went(names::status(spent.status).text(), parts::percent(spent.share).text)),
    );
    lead.extend(report.targets.iter().filter_map(|target| {
        let share = parts::percent(target.share()).text;
        let wanted = parts::percent(Some(target.wanted)).text;
        Some(match target.kept()? {
            true => say::target_kept(&target.label, share, wanted),
            false => say::target_missed(&target.label, share, wanted),
        })
    }));
    lead
}

/// Handling times, elapsed; the median of the working time beside them.
pub(super) fn handling(times: &Times<'_>) -> Section {
    let all = times.table();
    Section::from(measured_table(all.label.clone(), all.tables()))
}

/// A row a handling time.
fn measured_table<'r, 'f: 'r>(title: Text, rows: impl Iterator<Item = &'r Figures<'f>>) -> Table {
    let heads = Summary::table(0, None);
    let mut columns = vec![Column::words("time", title)];
    columns.extend(parts::heads(&heads, &MEASURED));
    columns.push(Column::numbers("working_median", shared::working_median()));
    let row = |row: &Figures<'_>| {
        let elapsed = row.within("elapsed").cloned().unwrap_or_default();
        let median = row.within("working").and_then(|working| working.get("median"));
        let working = median.map_or_else(parts::not_applicable, parts::cell);
        let name = Cell::from(row.label.clone());
        std::iter::once(name).chain(parts::cells(&elapsed, &MEASURED)).chain([working]).collect::<Vec<_>>()
    };
    Table::new(columns).rows(rows.map(row))
}

/// What is shown of a set of times.
const MEASURED: [&str; 5] = ["n", "median", "p90", "mean", "max"];

fn distribution(times: &Times<'_>) -> Section {
    let spread = Distribution::of(&Measured::default()).table();
    let keys: Vec<&str> = spread.figures().map(|figure| figure.key).collect();
    let rows = times.rows().map(|(key, measured)| Measured::named(Distribution::of(measured).table(), key));
    Section::from(parts::rows(Column::words("time", say::spread()), &spread, rows, &keys))
}

/// The shop's objectives and whether they were kept.
pub(super) fn targets(targets: &[TargetFigures<'_>]) -> Section {
    const KEYS: [&str; 3] = ["n", "within", "share"];
    let rows: Vec<Figures<'_>> = targets.iter().map(TargetFigures::table).collect();
    let heads = rows.first().cloned().unwrap_or_default();
    let mut columns =
        vec![Column::words("target", say::targets_title()), Column::numbers("limit", say::limit())];
    columns.extend(parts::heads(&heads, &KEYS));
    columns.push(Column::numbers("wanted", say::wanted()));
    columns.push(Column::words("kept", say::reached()));
    columns.push(Column::words("clause", shared::clause()));
    let mut table = Table::new(columns);
    for (target, row) in targets.iter().zip(&rows) {
        let kept = match target.kept() {
            Some(true) => Cell::from(say::yes()).tone(Tone::Good),
            Some(false) => Cell::from(say::no()).tone(Tone::Late),
            None => parts::not_applicable(),
        };
        let wanted = Cell::from(say::at_least(parts::percent(Some(target.wanted)).text)).value(target.wanted);
        let clause = Cell::word(target.clause.unwrap_or_default()).tone(Tone::Dim);
        let head = [Cell::from(target.label.clone()), Cell::word(target.limit.to_string())];
        table.row(head.into_iter().chain(parts::cells(row, &KEYS)).chain([wanted, kept, clause]));
    }
    Section::from(table)
}

/// A table a handling time that was measured at all, a row a value.
fn by_dimension(by: &TimesBy<'_>, heading: &ReportHeading<'_>) -> Vec<Section> {
    let values = by.table(heading.book);
    let keys = values.first().map(|value| value.tables().map(|time| time.label.clone()).collect::<Vec<_>>());
    let section = |(place, time): (usize, Text)| {
        let rows: Vec<Figures<'_>> = values
            .iter()
            .filter_map(|value| Some(value.tables().nth(place)?.clone().called(value.label.clone())))
            .filter(|row| row.own_cases().is_some_and(|hits| hits.n() > 0))
            .collect();
        let name = by.dimension.label();
        let title = say::by_title(time, &name);
        (!rows.is_empty()).then(|| Section::new(title, measured_table(name, rows.iter())))
    };
    keys.unwrap_or_default().into_iter().enumerate().filter_map(section).collect()
}

fn spent(spent: &[Spent<'_>]) -> Section {
    let first = Column::words("status", say::spent_title());
    let rows: Vec<Figures<'_>> = spent.iter().map(Spent::table).collect();
    let heads = rows.first().cloned().unwrap_or_default();
    Section::from(parts::rows(first, &heads, rows, &["n", "share", "median", "p90", "mean", "max"]))
}
