use serde_json::{Value, json};

use super::{A, B, C, D, march, march_of, satisfaction, summary, unasked};
use crate::report::{Department, People};
use crate::view::View;

fn contact(decided: usize, met: &[&str], missed: &[&str], share: f64) -> Value {
    json!({
        "name": "contact", "clause": "A.1", "decided": decided, "met": met.len(), "missed": missed.len(),
        "share": share, "running": 0, "paused": 0, "lapsed": 0,
        "cases": { "met": met, "missed": missed, "running": [], "paused": [], "lapsed": [] },
    })
}

/// Resolved once, after so many elapsed and working seconds.
fn once(elapsed: i64, working: i64, case: &str) -> Value {
    json!({ "elapsed": summary(1, [elapsed; 4]), "working": summary(1, [working; 4]), "cases": [case] })
}

/// A complaint handled in time and praise, both of Anne's. What she ended in February counts no more.
fn an() -> Value {
    json!({
        "key": "an", "department": null,
        "handed": 1, "handled": 1, "escalated": 0, "returned": 0, "reopened": 0, "praise": 1, "attitude": 0, "open": 0,
        "cases": {
            "handed": [A], "handled": [A], "escalated": [], "returned": [], "reopened": [], "praise": [C],
            "attitude": [], "open": [],
        },
        "handling_rate": { "complaints": 1, "handled": 1, "share": 1.0, "cases": { "complaints": [A], "handled": [A] } },
        "resolution": once(259_200, 81_000, A),
        "decided": 1, "met": 1, "share": 1.0, "clocks": [contact(1, &[A], &[], 1.0)],
        "satisfaction": satisfaction(),
    })
}

/// The cases without an owner: two complaints whose contact was late, and the praise.
fn nobody() -> Value {
    json!({
        "department": null,
        "handed": 0, "handled": 1, "escalated": 3, "returned": 1, "reopened": 0, "praise": 0, "attitude": 0, "open": 2,
        "cases": {
            "handed": [], "handled": [C], "escalated": [B, D], "returned": [B], "reopened": [], "praise": [],
            "attitude": [], "open": [B, D],
        },
        "handling_rate": { "complaints": 0, "handled": 0, "share": null, "cases": { "complaints": [], "handled": [] } },
        "resolution": once(3_600, 0, C),
        "decided": 2, "met": 0, "share": 0.0, "clocks": [contact(2, &[], &[B, D], 0.0)],
        "satisfaction": unasked(),
    })
}

/// March as the only month of its report.
fn again<'a>(view: &View<'a>) -> View<'a> {
    View { cases: view.cases.clone(), ..*view }
}

#[test]
fn a_person_is_told_figure_by_figure() {
    march(|view, period| {
        let months = [(period.clone(), again(view))];
        let told = People::of(view, period, &months).table(view.book).object(true);
        assert_eq!(told["people"], json!([an()]));
        assert_eq!(told["nobody"], nobody());
        assert_eq!(told["idle"], json!([]));
        let none = json!({ "n": 0, "cases": { "n": [] } });
        assert_eq!(told["attitude"], json!({ "all": none, "departments": [], "others": none }));
        let month = json!({
            "key": "an", "handled": { "n": 1, "cases": { "n": [A] } }, "handling_rate": an()["handling_rate"],
            "satisfaction": satisfaction(),
        });
        assert_eq!(told["months"], json!([{ "key": "2026-03", "people": [month] }]));
    });
}

#[test]
fn an_escalation_and_a_return_count_for_the_owner_of_the_moment_alone() {
    let lines = ["aaaaaa complaint; received 03-02T09:00 owner=an; assigned 03-03T09:00 owner=bo; \
         escalated 03-04T09:00 reason=x; returned 03-05T09:00 reason=x"];
    march_of(&lines, |view, period| {
        let people = People::of(view, period, &[]);
        let told: Vec<_> =
            people.rows.iter().map(|(key, it)| (*key, it.escalated.n(), it.returned.n())).collect();
        assert_eq!(told, [("an", 0, 0), ("bo", 1, 1)]);
    });
}

#[test]
fn attitude_counts_in_the_period_in_which_somebody_was_named() {
    // Named in February; what is put right in March names nobody.
    let lines = ["aaaaaa complaint; received 02-20T09:00 category=service/attitude; \
         diagnosed 02-21T09:00 cause=x responsible=an; amended 03-05T09:00 reason=x urgency=urgent"];
    march_of(&lines, |view, period| assert_eq!(People::of(view, period, &[]).attitude.all().n(), 0));
}

#[test]
fn who_had_nothing_to_do_in_a_month_is_not_in_it() {
    let lines = ["aaaaaa complaint; received 02-02T09:00 owner=an; resolved 02-03T09:00; closed 02-04T09:00"];
    march_of(&lines, |view, period| {
        let people = People::of(view, period, &[(period.clone(), again(view))]);
        assert!(people.months[0].1.is_empty() && people.rows.is_empty());
    });
}

#[test]
fn a_hand_over_counts_for_a_department_in_the_period_in_which_it_was_made() {
    let lines = ["aaaaaa complaint; received 02-02T09:00; assigned 02-03T09:00 department=quality; \
         returned 02-04T09:00 reason=x; assigned 03-02T09:00 department=service; returned 03-03T09:00 reason=x; \
         assigned 03-04T09:00 department=quality"];
    march_of(&lines, |view, period| {
        let told: Vec<_> = Department::all(view, period)
            .iter()
            .map(|it| (it.key(), it.assigned.n(), it.returned.n()))
            .collect();
        // The hub had the case as March began, and the contact that was missed in February is none of March's.
        assert_eq!(told, [(Some("quality"), 1, 0), (Some("service"), 1, 1)]);
    });
}
