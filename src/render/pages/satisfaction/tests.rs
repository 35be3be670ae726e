use super::super::{ReportHeading, behind};
use super::*;
use crate::case::Case;
use crate::lang::Lang;
use crate::render::{Paper, text};
use crate::report::example::{asked, book, period, view};

fn page(lang: Lang, cases: bool) -> String {
    let (book, ledger) = (book(), asked());
    let ledger: Vec<&Case> = ledger.iter().collect();
    let half = period("2026-H2", &book);
    let view = view(&ledger, &book, &half);
    let report = SatisfactionReport::of(&view, &half);
    let sample = Sample::draw(&view, &half, &Sample::KINDS, 5, "S");
    let heading = ReportHeading { book: &book, as_of: half.end, files: 3, commit: None, query: &[] };
    let page = satisfaction(&report, Some((&sample, half.end)), &heading);
    let figures = report.table(&book);
    let page = if cases { page.section(behind(std::iter::once(&figures))) } else { page };
    text(&page, lang, Paper { width: 80, colour: false })
}

/// Each line with one space between its words.
fn squeezed(page: &str) -> Vec<String> {
    page.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The figures are those that were worked out by hand for `report::satisfaction`; two of the three cases ended, and
/// both customers were surveyed since.
#[test]
fn a_half_year_at_eighty_columns() {
    let drawn = page(Lang::En, false);
    let lines = squeezed(&drawn);
    for expected in [
        "Satisfied: 40 % of those reached (2 of 5).",
        "Survey: 2 answers, mean 3.50; 50 % gave 4 or 5.",
        "Not satisfied: 3; most often because of: glue (3).",
        "glue 3 100 %",
        "asked 6 5 0 1",
        "reached 5 4 1 0",
        "satisfied 2 3 0 0",
        "share 40 % 2 1 1",
        "response 83 % 1 1 0",
        "mean score 2.33 (n 3) no score 2 –",
        "survey: 4 or 5 50 %",
        "drawn 2",
        "out of 2",
        "answered so far 2",
        "2026-07 2 2 1 50 % 2.50 (n 2) –",
        "2026-08 4 3 1 33 % 2.00 (n 1) –",
        "2026-11 0 0 0 n/a – 3.50 (n 2)",
        "安妮 2 2 0 0 % 100 % 2.00 (n 1)",
        "not named 2 1 1 100 % 50 % –",
        "quality 1 5.00 (n 1) 100 %",
        "100000 2026-07-05 1 glue 李波 satisfied cup",
        "200000 2026-08-03 – glue 安妮 not satisfied again cup",
        "200000 2026-08-05 2 glue 安妮 investigating cup",
    ] {
        assert!(lines.iter().any(|line| line == expected), "`{expected}` is not in:\n{drawn}");
    }
    assert!(!drawn.contains('…'), "{drawn}");
}

#[test]
fn in_chinese_with_the_cases_behind_each_figure() {
    let drawn = page(Lang::Zh, true);
    let lines = squeezed(&drawn);
    for expected in [
        "满意率 40%（2/5）。",
        "满意度调查 2 份，平均 3.50 分；4 至 5 分占 50%。",
        "不满意 3 次，最多的原因：glue（3 次）。",
        "满意度 · 回访评分 · 各分值 · 2 分（1）：200000",
        "不满意的原因 · glue · 不满意（3）：100000 200000",
    ] {
        assert!(lines.iter().any(|line| line == expected), "`{expected}` is not in:\n{drawn}");
    }
    assert!(!drawn.contains('…'), "{drawn}");
}
