use serde_json::json;

use super::{at_end, book, cases, instant, period, shorts};
use crate::case::Case;
use crate::report::{Department, Grade, Improvement, Quarterly, Rule};

/// Contacted within a day.
const RULES: &str = "
[[clock]]
name   = 'contact'
when   = { kind = 'complaint' }
start  = ['received']
stop   = ['contacted']
within = '24h'
";

fn quarter<T>(lines: &[&str], seen: impl FnOnce(&Quarterly<'_>) -> T) -> T {
    let (book, cases) = (book(RULES), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let (this, last) = (period("2026-Q3", &book), period("2026-Q2", &book));
    let before = Department::all(&at_end(&cases, &book, &last), &last);
    seen(&Quarterly::of(&at_end(&cases, &book, &this), &this, &[], &before))
}

/// The verdict of a department: its grade, and the grade of each rule.
fn told(report: &Quarterly<'_>, key: Option<&str>) -> (Option<Grade>, Vec<(Rule, Grade, String)>) {
    let (_, verdict) = report.departments.iter().find(|(department, _)| department.key() == key).unwrap();
    let grounds = verdict.grounds.iter().map(|ground| (ground.rule, ground.grade, shorts(&ground.cases)));
    (verdict.grade, grounds.collect())
}

/// A case of quality, contacted in time or late.
fn contacted(id: &str, day: &str, late: bool) -> String {
    let (month, number) = day.split_once('-').unwrap();
    let number: u8 = number.parse().unwrap();
    let next = number + if late { 2 } else { 0 };
    format!(
        "{id} complaint; received {day}T09:00; assigned {day}T09:30 department=quality; contacted {month}-{next:02}T10:00; \
         resolved {month}-{next:02}T11:00; closed {month}-{next:02}T12:00"
    )
}

fn limits(before: &[bool], this: &[bool]) -> Option<Grade> {
    let short = |month: &str, at: usize| format!("{month}{month}{month}{month}a{}", at % 10);
    let rows = |month: &str, letter: &str, late: &[bool]| -> Vec<String> {
        let line = |(at, late): (usize, &bool)| {
            contacted(&short(letter, at), &format!("{month}-{:02}", at + 1), *late)
        };
        late.iter().enumerate().map(line).collect()
    };
    let lines = [rows("05", "b", before), rows("08", "c", this)].concat();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    quarter(&lines, |report| {
        let (_, grounds) = told(report, Some("quality"));
        grounds.iter().find(|(rule, ..)| *rule == Rule::Limits).map(|(_, grade, _)| *grade)
    })
}

#[test]
fn limits_are_judged_by_the_share_kept_and_by_the_period_before() {
    let (kept, late) = (false, true);
    assert_eq!(limits(&[], &[kept, kept]), Some(Grade::Kept));
    // 9 of 10, whatever was before
    let nine = [kept, kept, kept, kept, kept, kept, kept, kept, kept, late];
    assert_eq!(limits(&[kept], &nine), Some(Grade::Watch));
    // 1 of 2: missed, unless it was less before
    assert_eq!(limits(&[], &[kept, late]), Some(Grade::Missed));
    assert_eq!(limits(&[kept, late], &[late, kept]), Some(Grade::Missed));
    assert_eq!(limits(&[kept, late, late], &[late, kept]), Some(Grade::Watch));
}

#[test]
fn what_is_overdue_at_the_end_counts_for_the_department_that_has_it() {
    // Decided in service, at 09-02 09:00; it is with quality since.
    let lines = [
        "aaaaaa complaint; received 09-01T09:00; assigned 09-01T10:00 department=service; \
         assigned 09-03T10:00 department=quality",
        "bbbbbb complaint; received 09-30T09:00; assigned 09-30T10:00 department=product",
    ];
    quarter(&lines, |report| {
        let (grade, grounds) = told(report, Some("quality"));
        assert_eq!(grade, Some(Grade::Missed));
        assert_eq!(grounds, [(Rule::Overdue, Grade::Missed, "aaaaaa".to_owned())]);
        let (grade, grounds) = told(report, Some("service"));
        assert_eq!(grade, Some(Grade::Missed));
        assert_eq!(grounds, [(Rule::Limits, Grade::Missed, "aaaaaa".to_owned())]);
        // Nothing decided
        assert_eq!(told(report, Some("product")), (None, Vec::new()));
    });
}

#[test]
fn the_dissatisfied_the_returned_and_the_recurring_are_watched() {
    let recurring = |id: &str, day: &str| {
        format!(
            "{id} inquiry product=cup; received {day}T09:00; assigned {day}T10:00 department=quality; \
             diagnosed {day}T11:00 cause=thin; assigned {day}T12:00 department=product"
        )
    };
    let lines = [
        "aaaaaa inquiry; received 09-01T09:00; assigned 09-01T10:00 department=service; resolved 09-02T09:00; \
         followed-up 09-03T09:00 outcome=dissatisfied score=2 note=too_slow"
            .to_owned(),
        "bbbbbb inquiry; received 09-01T09:00; assigned 09-01T10:00 department=service; resolved 09-02T09:00; \
         followed-up 09-03T09:00 outcome=satisfied"
            .to_owned(),
        "eeeeee inquiry; received 09-01T09:00; assigned 09-01T10:00 department=finance; returned 09-01T11:00 reason=not_ours"
            .to_owned(),
        recurring("ffffff", "09-01"),
        recurring("gggggg", "09-02"),
        recurring("hhhhhh", "09-03"),
    ];
    let all: Vec<&str> = lines.iter().map(String::as_str).collect();
    quarter(&all, |report| {
        // 1 of 2, and nobody was asked before
        let (grade, grounds) = told(report, Some("service"));
        assert_eq!(grade, Some(Grade::Missed));
        assert_eq!(grounds, [(Rule::Satisfaction, Grade::Missed, "aaaaaa".to_owned())]);
        let (_, service) = report.departments.iter().find(|(one, _)| one.key() == Some("service")).unwrap();
        assert_eq!(service.ground(Rule::Satisfaction).map(|ground| ground.n), Some(2));
        assert!(service.ground(Rule::Limits).is_none());
        let said: Vec<_> =
            service.dissatisfied.iter().map(|one| (one.id.short(), one.score, one.note)).collect();
        assert_eq!(said, [("aaaaaa", Some(2), Some("too slow"))]);
        let returned = vec![(Rule::Returned, Grade::Watch, "eeeeee".to_owned())];
        assert_eq!(told(report, Some("finance")), (Some(Grade::Watch), returned));
        // Where it was found, not where the cases went
        assert_eq!(told(report, Some("product")), (None, Vec::new()));
        let recurring = vec![(Rule::Recurring, Grade::Watch, "ffffff gggggg hhhhhh".to_owned())];
        assert_eq!(told(report, Some("quality")), (Some(Grade::Watch), recurring));
        let json = serde_json::Value::Object(report.table(&book(RULES)).object(true));
        let told =
            |key: &str| json["departments"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap();
        let found = json!({
            "key": "recurring", "grade": "watch", "n": 1, "share": null, "before": null,
            "cases": ["20260901-ffffff", "20260902-gggggg", "20260903-hhhhhh"],
        });
        assert_eq!(
            (&told("quality")["verdict"], &told("quality")["grounds"]),
            (&json!("watch"), &json!([found]))
        );
        let said = json!({
            "key": "satisfaction", "grade": "missed", "n": 2, "share": 0.5, "before": null, "cases": ["20260901-aaaaaa"],
        });
        assert_eq!(told("service")["grounds"], json!([said]));
    });
    // An improvement that is linked takes the recurring cause off the list.
    let linked = "jjjjjj improvement links=20260902-gggggg; received 09-05T09:00";
    quarter(&[all.as_slice(), &[linked]].concat(), |report| {
        assert_eq!(told(report, Some("quality")), (None, Vec::new()));
    });
}

#[test]
fn an_improvement_says_by_when_and_whether_it_came_again() {
    let lines = [
        "aaaaaa complaint; received 07-01T09:00; diagnosed 07-02T09:00 cause=thin",
        "bbbbbb complaint; received 08-01T09:00; diagnosed 08-02T09:00 cause=thin",
        "cccccc complaint; received 09-01T09:00; diagnosed 09-02T09:00 cause=thin",
        "dddddd complaint; received 09-02T09:00; diagnosed 09-03T09:00 cause=late",
        "eeeeee improvement links=20260701-aaaaaa; received 07-10T09:00; \
         assigned 07-10T10:00 department=quality due=07-31T18:00; resolved 08-01T09:00; marked 09-10T09:00 milestone=effect-confirmed",
        "ffffff improvement links=20260701-aaaaaa; received 07-10T09:00",
        "gggggg improvement links=20260101-zzzzzz; received 07-10T09:00; resolved 08-01T09:00",
    ];
    let (book, cases) =
        (book(&format!("{RULES}\n[milestones]\neffect-confirmed = 'confirmed'\n")), cases(&lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period("2026-Q3", &book);
    let all = Improvement::all(&at_end(&cases, &book, &period), period.start);
    let done = &all[0];
    assert_eq!(done.due, Some(instant("07-31T18:00")));
    assert_eq!(
        (done.carried_out, done.confirmed),
        (Some(instant("08-01T09:00")), Some(instant("09-10T09:00")))
    );
    // bbbbbb came at that very instant: not since.
    assert_eq!(shorts(done.recurred.as_ref().unwrap()), "cccccc");
    assert_eq!((all[1].carried_out, all[1].recurred.is_none()), (None, true));
    assert!(all[2].recurred.is_none(), "no cause is known of what it is linked to");
}

#[test]
fn repeat_customers_are_those_of_the_90_days_before_half_open() {
    let lines = [
        // 90 days of 24 h before 10-01 00:00 begin at 07-03 00:00.
        "aaaaaa complaint customer=edge; received 07-03T00:00",
        "bbbbbb complaint customer=edge; received 09-30T23:59",
        "cccccc complaint customer=before; received 07-02T23:59",
        "dddddd complaint customer=before; received 09-01T00:00",
        "eeeeee complaint customer=after; received 09-01T00:00",
        "ffffff complaint customer=after; received 10-01T00:00",
    ];
    quarter(&lines, |report| {
        let rows: Vec<_> = report.whole.repeat.rows.iter().map(|(key, hits)| (*key, shorts(hits))).collect();
        assert_eq!(rows, [("edge", "aaaaaa bbbbbb".to_owned())]);
    });
}

#[test]
fn praise_passed_on_is_beside_the_praise_received() {
    let lines = [
        "aaaaaa praise; received 06-30T23:00; forwarded 07-01T09:00 to=x",
        "bbbbbb praise; received 09-01T09:00",
        "cccccc complaint; received 09-01T09:00; forwarded 09-02T09:00 to=x",
    ];
    quarter(&lines, |report| {
        let handling = &report.whole.handling;
        assert_eq!(
            (shorts(&handling.forwarded), shorts(&handling.praise)),
            ("aaaaaa".to_owned(), "bbbbbb".to_owned())
        );
    });
}

#[test]
fn remedies_are_those_that_the_resolved_of_the_period_stood_with() {
    let lines = [
        "aaaaaa complaint; received 09-01T09:00; proposed 09-02T09:00 remedy=refund cost=10; resolved 09-03T09:00 cost=8.50",
        "bbbbbb complaint; received 09-01T09:00; resolved 09-03T09:00 remedy=refund cost=1; closed 09-04T09:00; \
         reopened 09-30T09:00 reason=x; resolved 10-01T00:00 cost=70",
        "cccccc complaint; received 09-01T09:00; rejected 09-03T09:00 reason=x",
    ];
    quarter(&lines, |report| {
        let rows: Vec<_> = report
            .whole
            .remedies
            .rows
            .iter()
            .map(|one| (one.remedy, shorts(&one.cases), one.cost.0))
            .collect();
        // Up to the end of September bbbbbb was resolved once.
        assert_eq!(rows, [(Some("refund"), "aaaaaa bbbbbb".to_owned(), 950), (None, "cccccc".to_owned(), 0)]);
    });
}

/// Nothing of a later time may change what was said.
#[test]
fn what_happens_later_changes_no_verdict() {
    let lines = ["aaaaaa complaint; received 09-01T09:00; assigned 09-01T10:00 department=service"];
    let later = [
        "aaaaaa complaint; received 09-01T09:00; assigned 09-01T10:00 department=service; contacted 10-01T00:00",
    ];
    let json =
        |lines: &[&str]| quarter(lines, |report| format!("{:?}", report.table(&book(RULES)).object(true)));
    assert_eq!(json(&lines), json(&later));
}
