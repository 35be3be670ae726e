use jiff::Timestamp;

use super::columns::Columns;
use super::{ReportHeading, parts, say as shared};
use crate::case::Names;
use crate::lang::{Text, names};
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Dissatisfied, Heard, Sample, Satisfaction, SatisfactionReport, Scores, share};

mod say {
    crate::messages! {
        page_title(shop, period) { "{shop} · satisfaction · {period}", "{shop} · {period}满意度报告" }
        satisfied(percent, satisfied, reached) {
            "Satisfied: {percent} of those reached ({satisfied} of {reached}).",
            "满意率 {percent}（{satisfied}/{reached}）。"
        }
        before(period, percent) { "In {period}: {percent}.", "{period}：{percent}。" }
        nobody_asked() { "No customer was asked in a follow-up.", "期内没有回访。" }
        nobody_reached(n) { "{n} customers were asked, none was reached.", "回访 {n} 次，均未联系上。" }
        surveyed(n, mean, percent) {
            "Survey: {n} answers, mean {mean}; {percent} gave 4 or 5.",
            "满意度调查 {n} 份，平均 {mean} 分；4 至 5 分占 {percent}。"
        }
        not_surveyed() { "The survey has no answers.", "期内没有满意度调查记录。" }
        not_satisfied(n) { "Not satisfied: {n}.", "不满意 {n} 次。" }
        not_satisfied_because(n, cause, times) {
            "Not satisfied: {n}; most often because of: {cause} ({times}).",
            "不满意 {n} 次，最多的原因：{cause}（{times} 次）。"
        }
        causes() { "Look at first: causes of dissatisfaction", "优先关注：不满意的原因" }
        cause() { "cause", "原因" }
        unknown_cause() { "not found", "原因未查明" }
        figures() { "Satisfaction", "满意度" }
        answers() { "survey: answers", "调查份数" }
        survey_mean() { "survey: mean score", "调查平均评分" }
        top_two() { "survey: 4 or 5", "调查 4 至 5 分占比" }
        number_of_answers() { "answers", "份数" }
        scores() { "Scores", "评分分布" }
        follow_ups() { "follow-ups", "回访" }
        survey() { "survey", "调查" }
        no_score() { "no score", "未评分" }
        months() { "Month by month", "逐月对比" }
        survey_by() { "Survey by department", "分部门调查" }
        four_or_five() { "4 or 5", "4 至 5 分" }
        sample(seed) { "Sample of ended cases, seed {seed}", "办结件抽样（种子 {seed}）" }
        drawn() { "drawn", "抽取" }
        population() { "out of", "总体" }
        answered() { "answered so far", "已答复" }
        list() { "Not satisfied, and what happened next", "不满意件及后续" }
        case() { "case", "编号" }
        date() { "said on", "日期" }
        score() { "score", "评分" }
        since() { "since", "后续" }
        in_the_end() { "satisfied", "已满意" }
        again() { "not satisfied again", "再次不满意" }
        foot() {
            "--cases lists the cases behind each figure · definitions: fb help figures",
            "--cases 列出每个数字背后的案卷 · 指标定义见 fb help figures"
        }
    }
}

/// At most so many customers who were not satisfied are listed; the other formats list all.
const MOST_ROWS: usize = 30;

/// The report on satisfaction as a page; `sample` with the instant up to which its answers count.
pub(crate) fn satisfaction(
    report: &SatisfactionReport<'_>,
    sample: Option<(&Sample<'_>, Timestamp)>,
    heading: &ReportHeading<'_>,
) -> Document {
    let title = say::page_title(heading.book.shop.name.as_str(), report.whole.period.name());
    let mut page = Document::new(heading.line(title));
    page.lead = lead(report);
    if !report.causes.is_empty() {
        page = page.section(behind_them(report));
    }
    page = page.section(compared(report)).section(distribution(&report.whole).beside());
    if let Some((sample, until)) = sample {
        page = page.section(response(sample, until));
    }
    if report.months.len() > 1 {
        page = page.section(by_month(&report.months));
    }
    for (dimension, rows) in report.by.iter().filter(|(_, rows)| !rows.is_empty()) {
        let label = |key: Option<&str>| dimension.value(heading.book, key);
        page = page.section(by(shared::by(dimension.label()), rows, &label));
    }
    if !report.survey_by.is_empty() {
        page = page.section(survey_by_department(report, heading));
    }
    if !report.dissatisfied.is_empty() {
        page = page.section(dissatisfied(&report.dissatisfied, heading));
    }
    page.foot(say::foot())
}

fn percent(share: Option<f64>) -> Text {
    parts::percent(share).text
}

fn lead(report: &SatisfactionReport<'_>) -> Vec<Text> {
    let (satisfaction, survey) = (&report.whole.satisfaction, &report.whole.survey);
    let (satisfied, reached) = (satisfaction.satisfied.n(), satisfaction.reached.n());
    let mut lead = vec![match (satisfaction.made.n(), reached) {
        (0, _) => say::nobody_asked(),
        (made, 0) => say::nobody_reached(made),
        _ => say::satisfied(percent(satisfaction.share()), satisfied, reached),
    }];
    let earlier = report.previous.as_ref().filter(|earlier| earlier.satisfaction.reached.n() > 0);
    lead.extend(
        earlier.map(|earlier| say::before(earlier.period.name(), percent(earlier.satisfaction.share()))),
    );
    lead.push(match survey.mean() {
        Some(mean) => say::surveyed(survey.n(), format!("{mean:.2}"), percent(survey.content_share())),
        None => say::not_surveyed(),
    });
    let known = report.causes.iter().find_map(|(cause, hits)| Some(((*cause)?, hits.n())));
    let known = known.filter(|(_, times)| *times > 1);
    lead.push(match (report.dissatisfied.len(), known) {
        (n, Some((cause, times))) => say::not_satisfied_because(n, cause, times),
        (n, None) => say::not_satisfied(n),
    });
    lead
}

fn behind_them(report: &SatisfactionReport<'_>) -> Section {
    let mut table = Table::new([
        Column::words("cause", say::causes()),
        Column::numbers("n", shared::n()),
        Column::numbers("share", shared::so_far()),
    ]);
    let mut sum = 0;
    for (cause, hits) in &report.causes {
        sum += hits.n();
        let label = cause.map_or_else(say::unknown_cause, Text::same);
        let so_far = parts::percent(share(sum, report.dissatisfied.len()));
        table.row([Cell::from(label), parts::count(hits), so_far]);
    }
    Section::from(table)
}

/// The period beside the one before and the same one a year before.
fn compared(report: &SatisfactionReport<'_>) -> Section {
    let others = [&report.previous, &report.year_before].into_iter().flatten();
    let all = std::iter::once(&report.whole).chain(others.filter(|heard| !heard.is_empty()));
    let all: Vec<&Heard<'_>> = all.collect();
    let mut asked = Vec::new();
    for heard in &all {
        asked.push((Text::same(heard.period.label.clone()), heard.satisfaction.table()));
    }
    let mut table = parts::abreast(
        say::figures(),
        &asked,
        &["made", "reached", "satisfied", "share", "response", "mean_score"],
    );
    type Row = (Text, fn(&Heard<'_>) -> Cell);
    let survey: [Row; 3] = [
        (say::answers(), |heard| Cell::number(heard.survey.n() as u64)),
        (say::survey_mean(), |heard| parts::mean_score(&heard.survey)),
        (say::top_two(), |heard| parts::percent(heard.survey.content_share())),
    ];
    for (label, cell) in survey {
        table.row(std::iter::once(Cell::from(label)).chain(all.iter().map(|heard| cell(heard))));
    }
    Section::from(table)
}

fn distribution(heard: &Heard<'_>) -> Section {
    let mut table = Table::new([
        Column::numbers("score", say::scores()),
        Column::numbers("follow_ups", say::follow_ups()),
        Column::numbers("survey", say::survey()),
    ]);
    for ((score, asked), (_, surveyed)) in heard.satisfaction.scores.each().zip(heard.survey.each()).rev() {
        table.row([Cell::number(score), parts::count(asked), parts::count(surveyed)]);
    }
    table.row([Cell::from(say::no_score()), parts::count(&heard.satisfaction.unscored), Cell::none()]);
    Section::from(table)
}

fn response(sample_drawn: &Sample<'_>, until: Timestamp) -> Section {
    let (answered_by, scores) = sample_drawn.answers(until);
    let n = sample_drawn.members.len();
    parts::pairs(
        say::sample(sample_drawn.seed.as_str()),
        [
            (say::drawn(), Cell::number(n as u64)),
            (say::population(), Cell::number(sample_drawn.population as u64)),
            (say::answered(), parts::count(&answered_by)),
            (shared::response(), parts::percent(share(answered_by.n(), n))),
            (shared::mean_score(), parts::mean_score(&scores)),
            (say::four_or_five(), parts::percent(scores.content_share())),
        ],
    )
}

fn by_month(all: &[Heard<'_>]) -> Section {
    const KEYS: [&str; 5] = ["made", "reached", "satisfied", "share", "mean_score"];
    let columns = Columns::<(&Heard<'_>, Figures<'_>)>::new()
        .column(Column::words("month", say::months()), |(heard, _)| Cell::word(heard.period.label.clone()))
        .figures(&Satisfaction::default().table(), &KEYS, |(_, asked)| asked)
        .column(Column::numbers("survey", say::survey()), |(heard, _)| parts::mean_score(&heard.survey));
    Section::from(columns.table(all.iter().map(|heard| (heard, heard.satisfaction.table()))))
}

fn by(
    title: Text,
    rows: &[(Option<&str>, Satisfaction<'_>)],
    label: &dyn Fn(Option<&str>) -> Text,
) -> Section {
    let keys = ["made", "reached", "satisfied", "share", "response", "mean_score"];
    let none = Satisfaction::default();
    let rows = rows.iter().take(parts::MOST_ROWS).map(|(key, row)| row.table().called(label(*key)));
    Section::from(parts::rows(Column::words("key", title), &none.table(), rows, &keys))
}

fn survey_by_department(report: &SatisfactionReport<'_>, heading: &ReportHeading<'_>) -> Section {
    let mut table = Table::new([
        Column::words("department", say::survey_by()),
        Column::numbers("n", say::number_of_answers()),
        Column::numbers("mean", shared::mean_score()),
        Column::numbers("content", say::four_or_five()),
    ]);
    for (key, scores) in &report.survey_by {
        table.row(survey_row(crate::report::Dimension::Department.value(heading.book, *key), scores));
    }
    Section::from(table)
}

fn survey_row(label: Text, scores: &Scores<'_>) -> [Cell; 4] {
    [
        Cell::from(label),
        Cell::number(scores.n() as u64),
        parts::mean_score(scores),
        parts::percent(scores.content_share()),
    ]
}

fn dissatisfied(all: &[Dissatisfied<'_>], heading: &ReportHeading<'_>) -> Section {
    let book = heading.book;
    let mut table = Table::new([
        Column::numbers("id", say::case()),
        Column::numbers("at", say::date()),
        Column::numbers("score", say::score()),
        Column::words("cause", say::cause()),
        Column::words("owner", shared::owner()),
        Column::words("since", say::since()),
        Column::words("title", shared::title()),
    ]);
    for one in all.iter().take(MOST_ROWS) {
        let since = match one.next {
            Some(true) => Cell::from(say::in_the_end()).tone(Tone::Good),
            Some(false) => Cell::from(say::again()).tone(Tone::Late),
            None => Cell::from(names::status(one.status).text()),
        };
        table.row([
            Cell::word(one.id.short()).value(one.id.as_str()),
            Cell::word(book.shop.day(one.at).to_string()),
            Cell::from(one.score.map(Cell::number)),
            Cell::from(one.cause.map(Cell::word)),
            parts::name(book, Names::People, one.owner),
            since,
            Cell::word(one.title),
        ]);
    }
    Section::new(say::list(), table)
}

#[cfg(test)]
mod tests;
