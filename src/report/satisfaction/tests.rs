use super::super::example::{asked, book, numbers, period, view};
use super::*;
use crate::case::Case;

fn said(row: &Satisfaction<'_>) -> (usize, usize, usize) {
    (row.made.n(), row.reached.n(), row.satisfied.n())
}

#[test]
fn what_customers_said_in_a_half_year() {
    let (book, cases) = (book(), asked());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H2", &book);
    let view = view(&cases, &book, &half);
    let report = SatisfactionReport::of(&view, &half);
    let whole = &report.whole.satisfaction;
    assert_eq!((said(whole), whole.share(), whole.response()), ((6, 5, 2), Some(0.4), Some(5.0 / 6.0)));
    // 1 + 4 + 2 of three scores; two who were reached gave none.
    assert_eq!((whole.scores.mean(), whole.unscored.n()), (Some(7.0 / 3.0), 2));
    let survey = &report.whole.survey;
    assert_eq!((survey.n(), survey.mean(), survey.content_share()), (2, Some(3.5), Some(0.5)));
    let months: Vec<_> = report.months.iter().map(|month| said(&month.satisfaction)).collect();
    assert_eq!(months, [(2, 2, 1), (4, 3, 1), (0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]);
    assert!(report.previous.unwrap().is_empty() && report.year_before.unwrap().is_empty());
}

#[test]
fn follow_ups_count_under_what_the_case_was_then() {
    let (book, cases) = (book(), asked());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H2", &book);
    let view = view(&cases, &book, &half);
    let report = SatisfactionReport::of(&view, &half);
    let by = |wanted: Dimension| {
        let (_, rows) = report.by.iter().find(|(dimension, _)| *dimension == wanted).unwrap();
        rows.iter().map(|(key, row)| (*key, said(row))).collect::<Vec<_>>()
    };
    assert_eq!(by(Dimension::Owner), [(Some("an"), (2, 2, 0)), (Some("bo"), (2, 2, 1)), (None, (2, 1, 1))]);
    assert_eq!(by(Dimension::Kind), [(Some("complaint"), (4, 4, 1)), (Some("inquiry"), (2, 1, 1))]);
    let survey: Vec<_> = report.survey_by.iter().map(|(key, scores)| (*key, scores.mean())).collect();
    assert_eq!(survey, [(Some("quality"), Some(5.0)), (None, Some(2.0))]);
}

#[test]
fn what_came_of_those_who_were_not_content() {
    let (book, cases) = (book(), asked());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H2", &book);
    let view = view(&cases, &book, &half);
    let report = SatisfactionReport::of(&view, &half);
    let all: Vec<_> =
        report.dissatisfied.iter().map(|one| (one.score, one.round, one.next, one.status)).collect();
    let expected = [
        (Some(1), 2, Some(true), Status::Closed),
        (None, 2, Some(false), Status::Investigating),
        (Some(2), 3, None, Status::Investigating),
    ];
    assert_eq!(all, expected);
    let [(Some("glue"), hits)] = &report.causes[..] else { panic!() };
    assert_eq!((hits.n(), numbers(hits)), (3, vec![1, 2]));
}

#[test]
fn months_that_have_not_begun_say_nothing() {
    let (book, cases) = (book(), asked());
    let cases: Vec<&Case> = cases.iter().collect();
    let half = period("2026-H2", &book);
    let august = period("2026-08", &book);
    let report = SatisfactionReport::of(&view(&cases, &book, &august), &half);
    assert_eq!(report.months.len(), 2);
    assert_eq!(report.whole.survey.table().get("mean").unwrap().value, serde_json::Value::Null);
}
