use serde_json::{Value, json};

use super::{A, B, C, D, contact, fast, march, satisfaction, scores, summary, times, unasked, unmeasured};
use crate::report::{
    Breakdown, Dimension, Heard, LimitUsage, OverdueReport, Sample, SatisfactionReport, TimesReport, Trend,
    TrendColumn,
};

/// One time of a case: elapsed and working seconds.
fn once(elapsed: i64, working: i64, case: &str) -> Value {
    json!({ "elapsed": summary(1, [elapsed; 4]), "working": summary(1, [working; 4]), "cases": [case] })
}

fn with_key(key: impl Into<Value>, mut object: Value) -> Value {
    object["key"] = key.into();
    object
}

/// The praise was passed on within its lunch hour.
fn times_of_praise() -> Value {
    json!({
        "contact": unmeasured(), "resolution": once(3_600, 0, C), "first_resolution": once(3_600, 0, C),
        "round": unmeasured(), "closure": once(3_600, 0, C),
    })
}

#[test]
fn handling_times_are_told_by_bracket_round_status_and_value() {
    let report = |by: &[Dimension]| {
        march(|view, period| TimesReport::of(view, period, by).table(view.book).object(true))
    };
    let told = report(&[Dimension::Kind]);
    assert_eq!(told["times"], times());
    let resolution = json!({
        "15m": 0, "1h": 1, "4h": 0, "24h": 0, "48h": 0, "72h": 1, "7d": 0, "more": 0,
        "cases": { "15m": [], "1h": [C], "4h": [], "24h": [], "48h": [], "72h": [A], "7d": [], "more": [] },
    });
    assert_eq!(told["distribution"]["resolution"], resolution);
    let rounds = [with_key("1", once(93_600, 34_200, A)), with_key("2", once(86_400, 27_000, A))];
    assert_eq!(told["rounds"], json!(rounds));
    // 72 hours and one: `aaaaaa` was new for 1 h, triaged for 25, resolved for 22, investigated for 24.
    let status = |key: &str, n: usize, each: i64, all: f64, cases: &[&str]| {
        let mut row = with_key(key, summary(n, [each; 4]));
        (row["share"], row["cases"]) = (json!(all / 73.0), json!(cases));
        row
    };
    let statuses = [
        status("new", 2, 3_600, 2.0, &[A, C]),
        status("triaged", 1, 90_000, 25.0, &[A]),
        status("investigating", 1, 86_400, 24.0, &[A]),
        status("resolved", 1, 79_200, 22.0, &[A]),
    ];
    assert_eq!(told["statuses"], json!(statuses));
    assert_eq!(told["targets"], json!([fast()]));
    assert_eq!(told["groups"]["kind"][1], with_key("praise", times_of_praise()));
    assert_eq!(told["groups"]["kind"][0]["closure"], once(345_600, 108_000, A));
    assert!(!report(&[]).contains_key("groups"));
}

#[test]
fn groups_are_told_where_anything_counts_for_them() {
    let told = |dimension| {
        march(|view, period| -> Value {
            let groups = Breakdown::of(view, period, dimension);
            groups.table(view.book).iter().map(|group| group.object(true)).collect()
        })
    };
    let praise = json!({
        "key": "praise", "received": 1, "resolved": 1, "closed": 1, "closing": 0, "times": times_of_praise(),
        "decided": 0, "met": 0, "share": null, "clocks": [], "satisfaction": unasked(),
        "cases": { "received": [C], "resolved": [C], "closed": [C], "closing": [] },
    });
    let kinds = told(Dimension::Kind);
    assert_eq!((kinds.as_array().unwrap().len(), &kinds[1]), (2, &praise));
    assert_eq!((&kinds[0]["clocks"], &kinds[0]["satisfaction"]), (&json!([contact()]), &satisfaction()));
    // In service there is only the note on a case that had ended.
    let departments = told(Dimension::Department);
    let keys: Vec<&Value> = departments.as_array().unwrap().iter().map(|row| &row["key"]).collect();
    assert_eq!(keys, [&Value::Null, &json!("quality")]);
}

#[test]
fn what_customers_said_is_told_whole_and_by_what_it_was_about() {
    let told = march(|view, period| SatisfactionReport::of(view, period).table(view.book).object(true));
    let mut heard = satisfaction();
    heard["unscored"] = json!({ "n": 0, "cases": { "n": [] } });
    heard["by_score"] = scores(&[(2, A), (5, A)]);
    let survey = scores(&[(4, A), (5, A)]);
    assert_eq!((&told["satisfaction"], &told["survey"]), (&heard, &survey));
    assert!(!told.contains_key("key"), "the period is the command's to tell");
    assert_eq!(told["months"], json!([{ "key": "2026-03", "satisfaction": heard, "survey": survey }]));
    let cause = json!({ "key": "glue", "n": 1, "cases": { "n": [A] } });
    assert_eq!(told["dissatisfied_causes"], json!([cause]));
    let dissatisfied = json!({
        "id": A, "title": "aaaaaa", "at": "2026-03-04T09:00:00+08:00", "score": 2, "cause": "glue",
        "department": "quality", "owner": "an", "round": 2, "next_satisfied": true, "status": "closed",
    });
    assert_eq!(told["dissatisfied"], json!([dissatisfied]));
    assert_eq!(told["by"]["owner"], json!([with_key("an", satisfaction())]));
    assert_eq!(told["survey_by_department"], json!([with_key("quality", survey)]));
    assert_eq!(told["compare"]["previous"]["satisfaction"]["made"], 0);
    march(|view, period| {
        let report = SatisfactionReport::of(view, period);
        assert!(!report.whole.is_empty() && report.previous.unwrap().is_empty());
        // After the 10th there is only the survey
        let rest = super::super::period("2026-03-10..2026-03-31", view.book);
        assert!(!Heard::of(view, &rest).is_empty());
    });
}

#[test]
fn what_is_late_is_told_by_what_it_is_about() {
    march(|view, _| {
        let report = OverdueReport::of(view);
        let told: Vec<Value> = report
            .by(Dimension::Channel)
            .iter()
            .map(|row| row.table(Dimension::Channel, view.book).object(true).into())
            .collect();
        let email = json!({
            "key": "email", "overdue": 1, "next": 0, "stalled": 0,
            "cases": { "overdue": [D], "next": [], "stalled": [] },
        });
        assert_eq!(told, [email]);
        assert_eq!(report.table(view.book).object(false)["overdue"][0]["due"], "2026-03-30T09:00:00+08:00");
    });
}

#[test]
fn a_sample_is_told_with_its_last_answers() {
    // The praise has nobody to be asked about; of the complaints only the first has ended in March.
    let told = march(|view, period| {
        let sample = Sample::draw(view, period, &Sample::KINDS, 5, "1");
        let (drawn, answers) = (sample.drawn(), sample.answers(view.horizon.at));
        Value::from(sample.table(&drawn, &answers).object(true))
    });
    let expected = json!({
        "seed": "1", "kinds": ["complaint", "suggestion", "inquiry"], "size": 5, "population": 1, "drawn": 1,
        "answered": 1, "response": 1.0, "scores": scores(&[(5, A)]), "cases": { "drawn": [A], "answered": [A] },
    });
    assert_eq!(told, expected);
}

#[test]
fn a_column_of_a_trend_is_told_with_its_bounds() {
    let told = march(|view, period| {
        let columns = vec![TrendColumn::of(view, period, &[Dimension::Channel])];
        Trend { columns }.table(&[Dimension::Channel], view.book).object(true)
    });
    let column = &told["columns"][0];
    for (key, value) in [
        ("key", json!("2026-03")),
        ("start", json!("2026-03-01T00:00:00+08:00")),
        ("end", json!("2026-04-01T00:00:00+08:00")),
        ("resolution", json!({ "median": 131_400.0, "p90": 233_640.0 })),
        ("satisfaction", satisfaction()),
        ("complaint_rate", json!({ "complaints": 3, "orders": null, "per_1000": null })),
        ("backlog", json!(2)),
    ] {
        assert_eq!(column[key], value, "{key}");
    }
    assert_eq!(column["clocks"][0], contact());
    let hotline = json!([{ "key": "2026-03", "received": 3, "cases": [A, B, C] }]);
    assert_eq!(told["by"]["channel"][0], json!({ "key": "hotline", "columns": hotline }));
}

#[test]
fn the_time_that_a_limit_would_have_needed_is_told_with_what_still_runs() {
    let told = march(|view, period| {
        let rows = LimitUsage::of(view, period);
        let used = LimitUsage::all(&rows).object(true);
        used["used"].as_array().unwrap().clone()
    });
    // 2 and 72 hours; and from the 28th at 09:00 to the end of the month 87, of which nobody knows the end.
    let contact = json!({
        "name": "contact", "limit": "48h", "n": 3, "running": 1, "p50": "72h", "p90": "87h", "max": "87h",
        "cases": [A, B, D],
    });
    assert_eq!(told, [contact]);
}
