use super::columns::Columns;
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
    let spent = report.spent.iter();
    let longest = spent.max_by(|one, other| one.share.unwrap_or(0.0).total_cmp(&other.share.unwrap_or(0.0)));
    if let Some(spent) = longest.filter(|spent| spent.share.is_some()) {
        lead.push(say::went(names::status(spent.status).text(), parts::percent(spent.share).text));
    }
    for target in &report.targets {
        let share = parts::percent(target.share()).text;
        let wanted = parts::percent(Some(target.wanted)).text;
        match target.kept() {
            Some(true) => lead.push(say::target_kept(&target.label, share, wanted)),
            Some(false) => lead.push(say::target_missed(&target.label, share, wanted)),
            None => {}
        }
    }
    lead
}

/// Handling times, elapsed; the median of the working time beside them.
pub(super) fn handling(times: &Times<'_>) -> Section {
    let all = times.table();
    Section::from(measured_table(all.label.clone(), all.tables()))
}

/// A row a handling time.
fn measured_table<'r, 'f: 'r>(title: Text, rows: impl Iterator<Item = &'r Figures<'f>>) -> Table {
    let columns = Columns::<(&Figures<'f>, Figures<'f>)>::new()
        .column(Column::words("time", title), |(time, _)| Cell::from(time.label.clone()))
        .figures(&Summary::table(0, None), &["n", "median", "p90", "mean", "max"], |(_, elapsed)| elapsed)
        .column(Column::numbers("working_median", shared::working_median()), |(time, _)| {
            working_median(time)
        });
    columns.table(rows.map(|time| (time, time.within("elapsed").cloned().unwrap_or_default())))
}

/// The median of the working time; `n/a` where the calendar lacks a year for it.
fn working_median(time: &Figures<'_>) -> Cell {
    let median = time.within("working").and_then(|working| working.get("median"));
    median.map_or_else(parts::not_applicable, parts::cell)
}

fn distribution(times: &Times<'_>) -> Section {
    let spread = Distribution::of(&Measured::default()).table();
    let keys: Vec<&str> = spread.figures().map(|figure| figure.key).collect();
    let rows = times.rows().map(|(key, measured)| Measured::named(Distribution::of(measured).table(), key));
    Section::from(parts::rows(Column::words("time", say::spread()), &spread, rows, &keys))
}

/// The shop's objectives and whether they were kept.
pub(super) fn targets(targets: &[TargetFigures<'_>]) -> Section {
    type Row<'r> = (&'r TargetFigures<'r>, Figures<'r>);
    let heads = targets.first().map(TargetFigures::table).unwrap_or_default();
    let columns = Columns::<Row<'_>>::new()
        .column(Column::words("target", say::targets_title()), |(target, _)| target.label.clone().into())
        .column(Column::numbers("limit", say::limit()), |(target, _)| Cell::word(target.limit.to_string()))
        .figures(&heads, &["n", "within", "share"], |(_, row)| row)
        .column(Column::numbers("wanted", say::wanted()), |(target, _)| wanted(target))
        .column(Column::words("kept", say::reached()), |(target, _)| kept(target))
        .column(Column::words("clause", shared::clause()), |(target, _)| parts::clause(target.clause));
    Section::from(columns.table(targets.iter().map(|target| (target, target.table()))))
}

fn wanted(target: &TargetFigures<'_>) -> Cell {
    Cell::from(say::at_least(parts::percent(Some(target.wanted)).text)).value(target.wanted)
}

fn kept(target: &TargetFigures<'_>) -> Cell {
    match target.kept() {
        Some(true) => Cell::from(say::yes()).tone(Tone::Good),
        Some(false) => Cell::from(say::no()).tone(Tone::Late),
        None => parts::not_applicable(),
    }
}

/// A table for each handling time that was measured, with a row for each value.
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
