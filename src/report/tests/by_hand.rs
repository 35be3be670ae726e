//! Small ledgers whose figures are worked out by hand: rates, improvements, what is due next, what is compared.

use serde_json::{Value, json};

use crate::case::{Case, Kind, Names};
use crate::policy::{RuleBook, example};
use crate::report::example::{case, period, view};
use crate::report::{
    Age, Compared, Dimension, Improvement, Monthly, OverdueReport, Quarterly, Remedies, Summary,
};
use crate::view::{Horizon, View};

/// 400 orders in September, none in August, 1,600 in October.
const SHOP: &str = "[shop]\nname = 'shop'\ntimezone = 'Asia/Shanghai'\nlanguage = 'en'\n\
                    [volume]\n2026-08 = 0\n2026-09 = 400\n2026-10 = 1600\n";

const CLOCK: &str = "[[clock]]\nname = 'resolve'\nclause = 'A.1'\nstart = 'received'\nstop = 'resolved'\n\
                     within = '72h'\nwhen = { kind = 'complaint' }\n";

const MILESTONES: &str = "[milestones]\ncarried-out = 'Carried out'\neffect-confirmed = 'Effect confirmed'\n";

fn shop() -> RuleBook {
    example::book(SHOP, None, &format!("{MILESTONES}{CLOCK}"))
}

fn complaints() -> Vec<Case> {
    [
        (Kind::Complaint, "received 09-03 09:00; resolved 09-04 09:00 remedy=refund cost=59.90"),
        (Kind::Complaint, "received 09-30 23:59; assigned 10-01 09:00 department=quality owner=an"),
        (Kind::Praise, "received 09-05 09:00"),
        (
            Kind::Complaint,
            "received 10-29 09:00; resolved 10-29 10:00 remedy=refund cost=10.10; reopened 10-30 09:00",
        ),
        (Kind::Complaint, "received 10-30 12:00; assigned 10-30 13:00 department=quality owner=bo"),
        (Kind::Complaint, "received 10-30 09:00"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((kind, history), number)| case(number, kind, history))
    .collect()
}

#[test]
fn complaints_are_divided_by_the_orders_of_whole_months() {
    let (book, cases) = (shop(), complaints());
    let cases: Vec<_> = cases.iter().collect();
    for (label, complaints, orders, rate) in [
        // Two of September's three cases are complaints: 2 * 1000 / 400.
        ("2026-09", 2, Some(400), Some(5.0)),
        // 3 * 1000 / 1600.
        ("2026-10", 3, Some(1600), Some(1.875)),
        // 5 * 1000 / 2000.
        ("2026-09-01..2026-10-31", 5, Some(2000), Some(2.5)),
        // No orders are no divisor, and no month that is not known adds up.
        ("2026-08", 0, Some(0), None),
        ("2026-11", 0, None, None),
        ("2026-Q3", 2, None, None),
        // A part of a month has no orders of its own, at either end.
        ("2026-09-02..2026-10-31", 5, None, None),
        ("2026-09-01..2026-10-30", 5, None, None),
    ] {
        let period = period(label, &book);
        let view = view(&cases, &book, &period);
        let found = Monthly::of(&view, &period).rate;
        assert_eq!(
            (found.complaints, found.orders, found.per_thousand()),
            (complaints, orders, rate),
            "{label}"
        );
        assert_eq!(
            Value::from(found.table().object(false)),
            json!({ "complaints": complaints, "orders": orders, "per_1000": rate })
        );
    }
}

#[test]
fn improvements_are_told_until_their_period_is_over() {
    let book = shop();
    let made = |number, kind, history: &str| {
        let mut case = case(number, kind, history);
        case.links = vec!["20260501-000001".to_owned()];
        case
    };
    let cases = [
        made(
            1,
            Kind::Improvement,
            "received 08-01 09:00; resolved 08-20 09:00; marked 09-10 09:00 milestone=effect-confirmed",
        ),
        made(
            2,
            Kind::Improvement,
            "received 08-01 09:00; marked 08-20 09:00 milestone=carried-out; followed-up 09-01 00:00 outcome=satisfied",
        ),
        made(3, Kind::Improvement, "received 08-01 09:00; followed-up 08-02 09:00 outcome=dissatisfied"),
        // Ended before September, and no improvement.
        made(4, Kind::Improvement, "received 08-01 09:00; closed 08-31 23:59"),
        made(5, Kind::Complaint, "received 09-01 09:00"),
    ];
    let cases: Vec<_> = cases.iter().collect();
    let september = period("2026-09", &book);
    let view = view(&cases, &book, &september);
    let found: Vec<Value> = Improvement::all(&view, september.start)
        .iter()
        .map(|one| one.table(&book).object(false).into())
        .collect();
    let told = |number: u32, status: &str, carried_out: Option<&str>, confirmed: Option<&str>| {
        json!({
            "id": format!("20260501-{number}00000"), "title": "cup", "status": status, "links": ["20260501-000001"],
            "due": null, "carried_out": carried_out.is_some(), "carried_out_at": carried_out,
            "confirmed": confirmed.is_some(), "confirmed_at": confirmed, "recurred": null,
        })
    };
    let (first, second, third) =
        ("2026-08-20T09:00:00+08:00", "2026-09-10T09:00:00+08:00", "2026-09-01T00:00:00+08:00");
    let expected = [
        told(1, "resolved", Some(first), Some(second)),
        told(2, "closed", Some(first), Some(third)),
        told(3, "investigating", None, None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_late_and_what_is_due_next() {
    let (book, cases) = (shop(), complaints());
    let cases: Vec<_> = cases.iter().collect();
    // 30 September 23:59 + 72 h; 30 October 09:00 and 12:00 + 72 h.
    let now = "2026-10-31T04:00:00Z".parse().unwrap();
    let view = View::of(&cases, &book, Horizon::at(now));
    let found = Value::from(OverdueReport::of(&view).table(&book).object(false));
    let row = |number: u32, due: &str, seconds: i64, owner: Option<&str>| {
        json!({
            "id": format!("20260501-{number}00000"), "clock": "resolve", "due": due, "overdue_seconds": seconds,
            "owner": owner, "department": owner.map(|_| "quality"),
        })
    };
    // The first is resolved, and no limit follows; for the praise there is none. 14 days after the 4th the 18th has ended.
    let lying = |number: u32, status: &str, last: &str, since: &str, seconds: i64| {
        json!({
            "id": format!("20260501-{number}00000"), "status": status, "last": last, "stalled_since": since,
            "quiet_seconds": seconds, "owner": null, "department": null,
        })
    };
    // It is the 31st, 12:00: 27 days, 12 hours and a minute after the first; 45 and 48 hours before the others.
    let late = 27 * 86_400 + 12 * 3600 + 60;
    let expected = json!({
        "overdue": [row(2, "2026-10-03T23:59:00+08:00", late, Some("an"))],
        "next": [
            row(6, "2026-11-02T09:00:00+08:00", -45 * 3600, None),
            row(5, "2026-11-02T12:00:00+08:00", -48 * 3600, Some("bo")),
        ],
        "unknown": [],
        "stalled": [
            lying(1, "resolved", "2026-09-04T09:00:00+08:00", "2026-09-19T00:00:00+08:00", 57 * 86_400 + 3 * 3600),
            lying(3, "new", "2026-09-05T09:00:00+08:00", "2026-09-20T00:00:00+08:00", 56 * 86_400 + 3 * 3600),
        ],
    });
    assert_eq!(found, expected);
}

#[test]
fn remedies_and_ages_add_up() {
    let (book, cases) = (shop(), complaints());
    let cases: Vec<_> = cases.iter().collect();
    let both = period("2026-09-01..2026-10-31", &book);
    let view = view(&cases, &book, &both);
    // 59.90 and 10.10; the reopened one is open again, as are all but the first, which waits for its follow-up.
    assert_eq!(Remedies::of(&view, &both).cost().to_string(), "70");
    assert_eq!(Age::of(&view).brackets.iter().map(|(_, hits)| hits.n()).sum::<usize>(), 6);
}

#[test]
fn a_comparison_is_empty_where_nothing_came_and_nothing_was_left() {
    let (book, cases) = (shop(), complaints());
    let cases: Vec<_> = cases.iter().collect();
    let compared = |label: &str| {
        let period = period(label, &book);
        let view = view(&cases, &book, &period);
        let compared = Compared::of(&view, &period);
        (compared.is_empty(), Value::from(compared.table().object(false)))
    };
    assert!(compared("2026-08").0);
    assert!(!compared("2026-09").0);
    // Nothing was received in November, but much was left.
    assert!(!compared("2026-11").0);
    let (_, september) = compared("2026-09");
    assert_eq!(september["period"], "2026-09");
    assert_eq!(
        september["flow"],
        json!({ "opening": 0, "received": 3, "reopened": 0, "closed": 0, "rejected": 0, "voided": 0, "closing": 3, "voided_after_end": 0 })
    );
    assert_eq!(september["resolved"], json!({ "n": 1 }));
    assert_eq!(september["clocks"][0]["clause"], "A.1");
    assert_eq!(september["satisfaction"]["made"], 0);
}

#[test]
fn a_quarter_is_its_months_and_departments() {
    let (book, cases) = (shop(), complaints());
    let cases: Vec<_> = cases.iter().collect();
    let quarter = period("2026-Q3", &book);
    let whole = view(&cases, &book, &quarter);
    let months: Vec<_> = quarter
        .months(&book.shop.zone)
        .into_iter()
        .map(|month| (month.clone(), view(&cases, &book, &month)))
        .collect();
    let found = Quarterly::of(&whole, &quarter, &months, &[]).table(&book).object(false);
    let received: Vec<_> =
        found["months"].as_array().unwrap().iter().map(|month| &month["flow"]["received"]).collect();
    assert_eq!(received, [0, 0, 3]);
    assert_eq!(found["flow"]["received"], 3);
    // Nobody had been named by the quarter's end.
    assert_eq!(found["departments"].as_array().unwrap().len(), 1);
    assert_eq!(found["departments"][0]["key"], Value::Null);
    assert_eq!(found["improvements"], json!([]));
}

#[test]
fn seconds_have_a_fraction_only_where_there_is_one() {
    let said = Value::from(Summary::table(2, Summary::of(&[1.0, 2.5]).as_ref()).object(false)).to_string();
    assert_eq!(said, r#"{"n":2,"mean":1.75,"median":1.75,"p90":2.35,"max":2.5}"#);
    let whole = Value::from(Summary::table(1, Summary::of(&[3600.0]).as_ref()).object(false)).to_string();
    assert_eq!(whole, r#"{"n":1,"mean":3600,"median":3600,"p90":3600,"max":3600}"#);
}

#[test]
fn dimensions_are_named_as_the_shop_names_them() {
    let names = Dimension::ALL.map(Dimension::names);
    use Names::{Categories, Channels, Departments, People, Urgencies};
    let lists = [Categories, Channels, Urgencies, Departments, People].map(Some);
    assert_eq!(names[..1], [None]);
    assert_eq!(names[1..6], lists);
    assert_eq!(names[6..], [None]);
}
