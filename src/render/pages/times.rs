use super::{Heading, behind, parts, say as shared};
use crate::lang::{Text, duration, names};
use crate::render::{Cell, Column, Document, Section, Table, Tone};
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
        up_to_minutes(n) { "≤ {n} min", "≤{n}分钟" }
        up_to_hours(n) { "≤ {n} h", "≤{n}小时" }
        up_to_days(n) { "≤ {n} d", "≤{n}天" }
        more() { "more", "更长" }
        targets_title() { "Targets", "服务目标" }
        limit() { "within", "时限" }
        within() { "kept it", "达标" }
        share() { "share", "达标率" }
        wanted() { "target", "目标" }
        reached() { "result", "结果" }
        yes() { "kept", "达到" }
        no() { "! not kept", "! 未达到" }
        at_least(percent) { "≥ {percent}", "≥{percent}" }
        spent_title() { "Where the time goes", "时间花在哪里" }
        spent_share() { "share", "占比" }
        rounds_title() { "Round by round", "逐轮" }
        round(n) { "round {n}", "第 {n} 轮" }
        by_title(time, dimension) { "{time}, by {dimension}", "{time}（按{dimension}）" }
        beyond(label) { "{label}: beyond it", "{label}：未达标" }
    }
}

/// How long it takes, as a page.
pub(crate) fn times(report: &TimesReport<'_>, heading: &Heading<'_>) -> Document {
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
        let rows = report.rounds.iter().map(|(number, measured)| (say::round(*number), measured));
        page = page.section(measured_table(say::rounds_title(), rows));
    }
    if heading.cases {
        page = page.section(behind(report));
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

/// What people call a handling time, by its word for programs.
fn label(word: &str) -> Text {
    match word {
        "contact" => shared::first_contact(),
        "resolution" => shared::resolution(),
        "first_resolution" => shared::first_resolution(),
        "round" => shared::each_round(),
        _ => shared::closure(),
    }
}

/// Handling times, elapsed; the median of the working time beside them.
pub(super) fn handling(times: &Times<'_>) -> Section {
    Section::from(measured_table(
        shared::times(),
        times.rows().map(|(word, measured)| (label(word), measured)),
    ))
}

fn measured_table<'m, 'a: 'm>(title: Text, rows: impl Iterator<Item = (Text, &'m Measured<'a>)>) -> Table {
    let table = Table::new([
        Column::words("time", title),
        Column::numbers("n", shared::n()),
        Column::numbers("median", shared::median()),
        Column::numbers("p90", shared::p90()),
        Column::numbers("mean", shared::mean()),
        Column::numbers("max", shared::longest()),
        Column::numbers("working_median", shared::working_median()),
    ]);
    let row = |(label, measured): (Text, &Measured<'_>)| {
        let working = match measured.working {
            Some(_) => parts::seconds(measured.working().map(|working| working.median)),
            None => parts::not_applicable(),
        };
        let n = Cell::number(measured.elapsed.len() as u64);
        [Cell::from(label), n].into_iter().chain(summary(measured.elapsed())).chain([working])
    };
    table.rows(rows.map(row))
}

/// Median, 90th percentile, mean and longest.
fn summary(summary: Option<Summary>) -> [Cell; 4] {
    let pick = |pick: fn(&Summary) -> f64| parts::seconds(summary.as_ref().map(pick));
    [pick(|s| s.median), pick(|s| s.p90), pick(|s| s.mean), pick(|s| s.max)]
}

fn distribution(times: &Times<'_>) -> Section {
    let mut columns = vec![Column::words("time", say::spread())];
    columns.extend(Distribution::BOUNDS.map(|bound| Column::numbers("n", up_to(bound))));
    columns.push(Column::numbers("n", say::more()));
    let row = |(word, measured): (&str, &Measured<'_>)| {
        let counts = Distribution::of(measured).brackets.map(|(_, hits)| parts::count(&hits));
        std::iter::once(Cell::from(label(word))).chain(counts)
    };
    Section::from(Table::new(columns).rows(times.rows().map(row)))
}

/// An upper bound in the largest unit that people use for it: hours up to three days.
fn up_to(seconds: u32) -> Text {
    match seconds {
        ..3_600 => say::up_to_minutes(seconds / 60),
        3_600..=259_200 => say::up_to_hours(seconds / 3_600),
        _ => say::up_to_days(seconds / 86_400),
    }
}

/// The shop's objectives and whether they were kept.
pub(super) fn targets(targets: &[TargetFigures<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("target", say::targets_title()),
        Column::numbers("limit", say::limit()),
        Column::numbers("n", shared::n()),
        Column::numbers("within", say::within()),
        Column::numbers("share", say::share()),
        Column::numbers("wanted", say::wanted()),
        Column::words("kept", say::reached()),
        Column::words("clause", shared::clause()),
    ]);
    for target in targets {
        let kept = match target.kept() {
            Some(true) => Cell::from(say::yes()).tone(Tone::Good),
            Some(false) => Cell::from(say::no()).tone(Tone::Late),
            None => parts::not_applicable(),
        };
        table.row([
            Cell::from(target.label.clone()),
            Cell::word(target.limit.to_string()),
            parts::count(&target.counted),
            parts::count(&target.within),
            parts::percent(target.share()),
            Cell::from(say::at_least(parts::percent(Some(target.wanted)).text)).value(target.wanted),
            kept,
            Cell::word(target.clause.unwrap_or_default()).tone(Tone::Dim),
        ]);
    }
    Section::from(table)
}

/// A table a handling time that was measured at all, a row a value.
fn by_dimension(by: &TimesBy<'_>, heading: &Heading<'_>) -> Vec<Section> {
    let places = by.rows.first().map_or(0, |(_, times)| times.rows().count());
    let table = |place: usize| {
        let rows: Vec<_> = by
            .rows
            .iter()
            .filter_map(|(key, times)| {
                let (_, measured) = times.rows().nth(place)?;
                let name = parts::value(heading.book, by.dimension, *key);
                (measured.counted.n() > 0).then_some((name, measured))
            })
            .collect();
        let (word, _) = by.rows.first()?.1.rows().nth(place)?;
        let name = parts::dimension(by.dimension);
        let table = || measured_table(name.clone(), rows.iter().cloned());
        (!rows.is_empty()).then(|| Section::new(say::by_title(label(word), &name), table()))
    };
    (0..places).filter_map(table).collect()
}

fn spent(spent: &[Spent<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("status", say::spent_title()),
        Column::numbers("n", shared::n()),
        Column::numbers("share", say::spent_share()),
        Column::numbers("median", shared::median()),
        Column::numbers("p90", shared::p90()),
        Column::numbers("mean", shared::mean()),
        Column::numbers("max", shared::longest()),
    ]);
    for one in spent {
        let name = Cell::from(names::status(one.status).text());
        let head = [name, parts::count(&one.cases), parts::percent(one.share)];
        table.row(head.into_iter().chain(summary(one.summary())));
    }
    Section::from(table)
}

fn behind(report: &TimesReport<'_>) -> Section {
    let times = report.all.rows().map(|(word, measured)| (label(word), &measured.counted));
    let targets = report.targets.iter().map(|target| (say::beyond(&target.label), &target.beyond));
    let statuses = report.spent.iter().map(|spent| (names::status(spent.status).text(), &spent.cases));
    let lines = times.chain(targets).chain(statuses);
    let lines = lines.filter_map(|(figure, hits)| behind::line(figure, hits));
    Section::new(shared::behind(), lines.collect::<Vec<_>>())
}
