use super::{at_end, book, cases, period, shorts};
use crate::case::{Case, Status};
use crate::report::{Dimension, Distribution, Measured, Summary, TimesReport};

const RULES: &str = "title = 'rules'";
const HOUR: f64 = 3600.0;

/// Mondays to Wednesdays of October 2026, after the holiday.
const LEDGER: [&str; 4] = [
    // Contacted after 15 min, resolved after 4 h: 1 h new, 1 h triaged, 2 h assigned to quality.
    "aaaaaa complaint product=cup; received 10-12T09:00; contacted 10-12T09:15; triaged 10-12T10:00; \
     assigned 10-12T11:00 department=quality; resolved 10-12T13:00; closed 10-12T14:00",
    // Resolved after 24 h 1 s less: in service; again in round 2, 6 h after the reopening, in quality.
    "bbbbbb complaint; received 10-12T09:00; assigned 10-12T10:00 department=service; resolved 10-13T09:00; \
     closed 10-13T10:00; reopened 10-14T09:00 reason=again; assigned 10-14T10:00 department=quality; resolved 10-14T15:00",
    // Never resolved, rejected after 73 h
    "cccccc complaint; received 10-12T09:00; rejected 10-15T10:00 reason=no",
    // Still open
    "dddddd complaint; received 10-12T09:00; assigned 10-12T10:00 department=quality",
];

fn october<T>(lines: &[&str], by: Option<Dimension>, seen: impl FnOnce(&TimesReport<'_>) -> T) -> T {
    let (book, cases) = (book(RULES), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period("2026-10", &book);
    seen(&TimesReport::of(&at_end(&cases, &book, &period), &period, &by.into_iter().collect::<Vec<_>>()))
}

fn hours(measured: &Measured<'_>) -> Vec<f64> {
    measured.elapsed.iter().map(|seconds| seconds / HOUR).collect()
}

#[test]
fn each_handling_time() {
    october(&LEDGER, None, |report| {
        let all = &report.all;
        assert_eq!(hours(&all.contact), [0.25]);
        assert_eq!(hours(&all.resolution), [4.0, 54.0, 73.0]);
        assert_eq!(hours(&all.first_resolution), [4.0, 24.0, 73.0]);
        assert_eq!(hours(&all.round), [4.0, 24.0, 6.0]);
        // bbbbbb was closed once, whatever came later
        assert_eq!(hours(&all.closure), [5.0, 25.0, 73.0]);
        // From 12th 09:00 to 13:00 with the break 12:00-13:30: 3 h
        assert_eq!(all.resolution.working.as_ref().unwrap()[0], 3.0 * HOUR);
        let rounds: Vec<_> =
            report.rounds.iter().map(|(round, measured)| (*round, hours(measured))).collect();
        assert_eq!(rounds, [(1, vec![4.0, 24.0]), (2, vec![6.0])]);
    });
}

#[test]
fn a_time_at_the_bound_belongs_to_the_lower_bracket() {
    october(&LEDGER, None, |report| {
        let counts = |measured: &Measured<'_>| Distribution::of(measured).brackets.map(|(_, hits)| hits.n());
        assert_eq!(counts(&report.all.contact), [1, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(counts(&report.all.first_resolution), [0, 0, 1, 1, 0, 0, 1, 0]);
        // 4 h, 54 h, 73 h
        assert_eq!(counts(&report.all.resolution), [0, 0, 1, 0, 0, 1, 1, 0]);
    });
    let beyond = ["aaaaaa complaint; received 10-01T09:00; resolved 10-08T09:01"];
    october(&beyond, None, |report| {
        let spread = Distribution::of(&report.all.resolution);
        assert_eq!(spread.brackets[7].1.n(), 1);
        assert_eq!(spread.table().object(true)["cases"]["more"], serde_json::json!(["20261001-aaaaaa"]));
    });
}

#[test]
fn a_row_a_value_counts_under_what_the_case_was_when_the_time_ended() {
    october(&LEDGER, Some(Dimension::Department), |report| {
        let by = &report.by[0];
        let rows: Vec<_> = by
            .rows
            .iter()
            .map(|(key, times)| {
                (key.unwrap_or("-"), hours(&times.resolution), hours(&times.first_resolution))
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("quality", vec![4.0, 54.0], vec![4.0]),
                ("service", vec![], vec![24.0]),
                ("-", vec![73.0], vec![73.0]),
            ]
        );
    });
}

#[test]
fn where_the_time_went_adds_up_to_the_resolution_times() {
    october(&LEDGER, None, |report| {
        let rows: Vec<_> = report
            .spent
            .iter()
            .map(|spent| (spent.status, spent.seconds.iter().map(|s| s / HOUR).collect::<Vec<_>>()))
            .collect();
        // bbbbbb: new 1 h; assigned 23 h and, in the second round, 5 h; resolved 1 h; closed 23 h; investigating 1 h
        assert_eq!(
            rows,
            [
                (Status::New, vec![1.0, 1.0, 73.0]),
                (Status::Triaged, vec![1.0]),
                (Status::Assigned, vec![2.0, 28.0]),
                (Status::Investigating, vec![1.0]),
                (Status::Resolved, vec![1.0]),
                (Status::Closed, vec![23.0]),
            ]
        );
        let all: f64 = report.spent.iter().flat_map(|spent| &spent.seconds).sum();
        assert_eq!(all / HOUR, 4.0 + 54.0 + 73.0);
        assert_eq!(report.spent[0].share, Some(75.0 / 131.0));
        assert_eq!(shorts(&report.spent[2].cases), "aaaaaa bbbbbb");
    });
}

#[test]
fn what_is_done_at_once_took_no_time() {
    let lines = ["aaaaaa complaint; received 10-12T09:00; contacted 10-12T09:00; resolved 10-12T09:00"];
    october(&lines, None, |report| {
        assert_eq!((hours(&report.all.contact), hours(&report.all.resolution)), (vec![0.0], vec![0.0]));
        // All of it was spent as a new case, and nothing of none has no share.
        let [new] = &report.spent[..] else { panic!("{}", report.spent.len()) };
        assert_eq!((new.status, new.seconds.as_slice(), new.share), (Status::New, [0.0].as_slice(), None));
    });
}

#[test]
fn a_time_below_zero_is_counted_and_not_measured() {
    let lines = ["aaaaaa complaint; received 10-12T09:00; resolved 10-12T08:00"];
    october(&lines, None, |report| {
        assert_eq!((report.all.resolution.counted.n(), report.all.resolution.elapsed.len()), (1, 0));
        assert!(report.spent.is_empty());
        assert_eq!(
            Distribution::of(&report.all.resolution).brackets.iter().map(|(_, hits)| hits.n()).sum::<usize>(),
            0
        );
        assert_eq!(report.all.resolution.elapsed(), None::<Summary>);
    });
}
