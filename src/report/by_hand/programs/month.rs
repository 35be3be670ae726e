use serde_json::{Map, Value, json};

use super::{A, B, C, D, contact, fast, march, march_of, satisfaction, times};
use crate::report::{Compared, Monthly, clock_figures};

/// March without the cases behind it is the same without the keys that name them.
fn bare(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            object.remove("cases");
            object.values_mut().for_each(|inner| *inner = bare(inner.take()));
        }
        Value::Array(rows) => rows.iter_mut().for_each(|row| *row = bare(row.take())),
        _ => {}
    }
    value
}

fn month(cases: bool) -> Map<String, Value> {
    march(|view, period| Monthly::of(view, period).table(view.book).object(cases))
}

/// That of the rules, and those of waits and hand-overs, of which there was none.
fn clocks() -> Value {
    json!([contact(), unused("waiting"), unused("handover")])
}

fn unused(name: &str) -> Value {
    json!({
        "name": name, "clause": null, "decided": 0, "met": 0, "missed": 0, "share": null,
        "running": 0, "paused": 0, "lapsed": 0,
        "cases": { "met": [], "missed": [], "running": [], "paused": [], "lapsed": [] },
    })
}

fn flow() -> Value {
    json!({
        "opening": 0, "received": 4, "reopened": 0, "closed": 2, "rejected": 0, "voided": 0, "closing": 2,
        "voided_after_end": 0,
        "cases": {
            "opening": [], "received": [A, B, D, C], "reopened": [], "closed": [A, C], "rejected": [],
            "voided": [], "closing": [B, D], "voided_after_end": [],
        },
    })
}

fn resolved() -> Value {
    json!({ "n": 2, "cases": { "n": [A, C] } })
}

fn expected() -> Vec<(&'static str, Value)> {
    vec![
        ("flow", flow()),
        ("resolved", resolved()),
        ("times", times()),
        ("clocks", clocks()),
        ("targets", json!([fast()])),
        (
            "overdue",
            // From the 30th at 09:00 to the end of the 31st: 39 hours.
            json!([{
                "id": D, "clock": "contact", "due": "2026-03-30T09:00:00+08:00", "overdue_seconds": 140_400,
                "owner": null, "department": null,
            }]),
        ),
        ("stalled", json!([])),
        (
            "age",
            // `dddddd` is 3 days and 15 hours old, `bbbbbb` 11 days and 15 hours.
            json!({
                "0-1": 0, "1-3": 0, "3-7": 1, "7-30": 1, "30+": 0,
                "cases": { "0-1": [], "1-3": [], "3-7": [D], "7-30": [B], "30+": [] },
            }),
        ),
        ("satisfaction", satisfaction()),
        (
            "handling",
            json!({
                "justified": 1, "unjustified": 1, "escalated": 3, "returned": 1, "rounds": 1, "forwarded": 1,
                "praise": 1, "justified_share": 0.5, "escalated_cases": 2, "returned_cases": 1,
                "cases": {
                    "justified": [A], "unjustified": [B], "escalated": [B, D], "returned": [B], "rounds": [A],
                    "forwarded": [C], "praise": [C],
                },
            }),
        ),
        (
            "remedies",
            json!([
                { "key": "refund", "n": 1, "cost": 20.0, "cases": [A] },
                { "key": null, "n": 1, "cost": 0.0, "cases": [C] },
            ]),
        ),
        ("repeat_customers", json!([{ "key": "k1", "n": 2, "cases": [A, B] }])),
        ("complaint_rate", json!({ "complaints": 3, "orders": null, "per_1000": null })),
        (
            "causes",
            json!([{
                "key": "glue", "responsible": ["kiln"], "n": 1, "share": 1.0, "cumulative_share": 1.0,
                "justified": 1, "resolved": 1, "cost": 20.0, "cases": [A],
            }]),
        ),
    ]
}

#[test]
fn a_month_is_told_figure_by_figure_with_the_cases_behind_each() {
    let (with, without) = (month(true), month(false));
    for (key, value) in expected() {
        assert_eq!(with[key], value, "{key}");
        assert_eq!(without[key], bare(value), "{key}");
    }
    assert_eq!(with.len(), expected().len() + 1, "and what is counted by dimension");
}

#[test]
fn a_dimension_counts_its_values_the_most_received_first() {
    let by = |key: &str| month(true)["by"][key].clone();
    let row = |key: Option<&str>, [received, resolved, closed, closing]: [usize; 4], cases: &[&str]| json!({ "key": key, "received": received, "resolved": resolved, "closed": closed, "closing": closing, "cases": cases });
    let categories = [
        row(None, [2, 1, 1, 1], &[D, C]),
        row(Some("product/quality"), [1, 1, 1, 0], &[A]),
        row(Some("service/speed"), [1, 0, 0, 1], &[B]),
    ];
    assert_eq!(by("category"), json!(categories));
    let channels = [row(Some("hotline"), [3, 2, 2, 1], &[A, B, C]), row(Some("email"), [1, 0, 0, 1], &[D])];
    assert_eq!(by("channel"), json!(channels));
}

#[test]
fn what_another_period_stands_beside_is_told_likewise() {
    let told = march(|view, period| Value::from(Compared::of(view, period).table().object(true)));
    let expected = json!({
        "period": "2026-03", "flow": flow(), "resolved": resolved(), "times": times(),
        "clocks": clocks(), "satisfaction": satisfaction(),
    });
    assert_eq!(told, expected);
}

#[test]
fn a_clock_that_ended_with_its_case_lapsed_in_that_month() {
    // Each was closed within its 48 hours, and nobody was called; the second in February.
    let lines = [
        "aaaaaa complaint; received 03-02T09:00; closed 03-03T09:00",
        "bbbbbb complaint; received 02-02T09:00; closed 02-03T09:00",
    ];
    let contact = march_of(&lines, |view, period| clock_figures(view, period)[0].table().object(true));
    assert_eq!((&contact["lapsed"], &contact["decided"]), (&json!(1), &json!(0)));
    assert_eq!(contact["cases"]["lapsed"], json!([A]));
}

#[test]
fn objectives_are_only_told_where_there_are_any() {
    let book = super::super::book("title = 'rules'");
    let period = super::period("2026-03", &book);
    let told = Monthly::of(&super::at_end(&[], &book, &period), &period).table(&book).object(false);
    assert_eq!((told.contains_key("targets"), told.contains_key("flow")), (false, true));
}
