use super::super::ReportHeading;
use super::*;
use crate::case::Case;
use crate::lang::Lang;
use crate::render::{Paper, text};
use crate::report::example::{book, october, period, view};

fn page(lang: Lang, word: &str, months: &[&str]) -> String {
    let (book, cases) = (book(), october());
    let cases: Vec<&Case> = cases.iter().collect();
    let whole = period(word, &book);
    let months: Vec<_> = months.iter().map(|word| period(word, &book)).collect();
    let months: Vec<_> = months.iter().map(|month| (month.clone(), view(&cases, &book, month))).collect();
    let view = view(&cases, &book, &whole);
    let report = People::of(&view, &whole, &months);
    let heading = ReportHeading { book: &book, as_of: whole.end, files: 9, commit: None, query: &[] };
    text(&people(&report, &heading), lang, Paper { width: 80, colour: false })
}

/// The figures are those that were worked out by hand for `report::people`.
#[test]
fn october_at_eighty_columns() {
    let expected = "\
shop · people · October 2026 · as of 2026-11-01 00:00 +08:00 · 9 cases read

  Cases handled: 6; people who handled any: 2.
  Of the complaints at hand, 57 % are handled (4 of 7).
  Limits kept: 50 % (2 of 4).
  Satisfied: 50 % (1 of 2 reached).

Handled
  who       department    handed  resolved  median  complaints  rate  open
  安妮      service desk       3         1      3d           4  50 %     2
  李波      quality            4         3      2d           3  66 %     3
  (nobody)                     0         2     14h           0   n/a     1
  all                          7         6  1d 16h           7  57 %     6

Limits and satisfaction
  who        kept  of  asked  reached  satisfied  share  mean score
  安妮       50 %   2      2        1          0    0 %  2.00 (n 1)
  李波      100 %   1      1        1          1  100 %  5.00 (n 1)
  (nobody)    0 %   1      0        0          0    n/a           –
  all        50 %   4      3        2          1   50 %  3.50 (n 2)

On the way
  who       escalated  returned  reopened  praise  about attitude
  安妮              1         1         0       1               1
  李波              0         0         1       1               0
  (nobody)          0         0         0       0               0
  all               1         1         1       2               3

Complaints about attitude that name no person: service desk 1, others 1.

Nothing to do in the period: cy.

rate: complaints handled of those that were with the person · definitions: fb
help figures
";
    let drawn = page(Lang::En, "2026-10", &[]);
    assert_eq!(drawn, expected, "{drawn}");
}

/// Anne's complaint of September is not handled at the end of it; in October one of two and two of three are.
#[test]
fn a_year_month_by_month() {
    let expected = "\
2026年逐月办结
  员工  9  10
  安妮  –   1
  李波  –   3

2026年逐月投诉处理率（%）
  员工  9  10
  安妮  0  50
  李波  –  66

2026年逐月满意率（%）
  员工  9   10
  安妮  –    0
  李波  –  100
";
    let drawn = page(Lang::Zh, "2026", &["2026-09", "2026-10"]);
    assert!(drawn.contains(expected) && !drawn.contains('…'), "{drawn}");
}

#[test]
fn twelve_months_fit_eighty_columns() {
    let months: Vec<String> = (1..=12).map(|month| format!("2026-{month:02}")).collect();
    let months: Vec<&str> = months.iter().map(String::as_str).collect();
    for lang in [Lang::En, Lang::Zh] {
        let drawn = page(lang, "2026", &months);
        assert!(drawn.contains("  7  8  ") && !drawn.contains('…'), "{drawn}");
    }
}
