use super::super::example::{book, case, numbers, october, period, view};
use serde_json::{Value, json};

use super::*;
use crate::case::{Case, Kind};
use crate::report::{decided, met};

#[test]
fn every_event_counts_for_the_owner_of_its_time() {
    let (book, cases) = (book(), october());
    let cases: Vec<&Case> = cases.iter().collect();
    let october = period("2026-10", &book);
    let view = view(&cases, &book, &october);
    let report = People::of(&view, &october, &[]);
    let [("an", an), ("bo", bo)] = &report.rows[..] else { panic!("{:?}", report.rows.len()) };
    assert_eq!(report.idle, ["cy"]);
    assert_eq!((an.department, bo.department), (Some("service"), Some("quality")));

    assert_eq!((numbers(&an.handed), numbers(&bo.handed)), (vec![2, 3, 7], vec![1, 3, 4, 6]));
    // The suggestion was never resolved: its end counts. Case 7 was resolved at the midnight that begins November.
    assert_eq!((numbers(&an.main.handled), numbers(&bo.main.handled)), (vec![2], vec![1, 4, 6]));
    assert_eq!(numbers(&report.nobody.main.handled), [5, 9]);
    // 3 days; 13 days, 33 hours and 2 days.
    let median = |person: &Appraisal<'_>| person.times.resolution.elapsed().unwrap().median;
    assert_eq!((median(an), median(bo)), (259_200.0, 172_800.0));
    // Case 1 missed its 72 hours in September. Case 3 missed them on the 13th, with Anne; case 8 with nobody.
    let kept = |person: &Appraisal<'_>| (met(&person.clocks), decided(&person.clocks));
    assert_eq!((kept(an), kept(bo), kept(&report.nobody)), ((1, 2), (1, 1), (0, 1)));

    let said = |person: &Appraisal<'_>| {
        let said = &person.main.satisfaction;
        (said.made.n(), said.reached.n(), said.satisfied.n(), said.scores.mean())
    };
    assert_eq!((said(an), said(bo)), ((2, 1, 0, Some(2.0)), (1, 1, 1, Some(5.0))));
    assert_eq!((numbers(&an.escalated), numbers(&an.returned)), (vec![3], vec![3]));
    assert_eq!((numbers(&an.reopened), numbers(&bo.reopened)), (vec![], vec![4]));
    assert_eq!((numbers(&an.praise), numbers(&bo.praise), report.all.praise.n()), (vec![5], vec![5], 2));
    assert_eq!((numbers(&an.open), numbers(&bo.open)), (vec![2, 7], vec![3, 4, 6]));
    assert_eq!(numbers(&report.nobody.open), [8]);
    assert_eq!((report.all.handed.n(), report.all.main.handled.n()), (7, 6));
}

#[test]
fn the_handling_rate_is_of_the_complaints_that_stood_with_a_person() {
    let (book, cases) = (book(), october());
    let cases: Vec<&Case> = cases.iter().collect();
    let october = period("2026-10", &book);
    let view = view(&cases, &book, &october);
    let report = People::of(&view, &october, &[]);
    let rate = |person: &Appraisal<'_>| {
        let rate = &person.main.rate;
        (numbers(&rate.complaints), numbers(&rate.handled), rate.share())
    };
    // Case 1 was with Anne as October began, and Bo resolved it: it is handled for both.
    assert_eq!(rate(&report.rows[0].1), (vec![1, 2, 3, 7], vec![1, 2], Some(0.5)));
    assert_eq!(rate(&report.rows[1].1), (vec![1, 3, 6], vec![1, 6], Some(2.0 / 3.0)));
    assert_eq!(rate(&report.all), (vec![1, 2, 3, 6, 7, 8, 9], vec![1, 2, 6, 9], Some(4.0 / 7.0)));
    assert_eq!(rate(&report.nobody), (vec![], vec![], None));
}

#[test]
fn a_complaint_about_attitude_counts_for_whom_it_names() {
    let (book, cases) = (book(), october());
    let cases: Vec<&Case> = cases.iter().collect();
    let october = period("2026-10", &book);
    let view = view(&cases, &book, &october);
    let report = People::of(&view, &october, &[]);
    assert_eq!(numbers(&report.rows[0].1.attitude), [6]);
    assert_eq!(numbers(&report.rows[1].1.attitude), [0; 0]);
    assert_eq!(numbers(&report.attitude.departments["service"]), [8]);
    assert_eq!(numbers(&report.attitude.others), [9]);
    assert_eq!(numbers(&report.all.attitude), [6, 8, 9]);
}

#[test]
fn a_month_of_a_year_is_as_of_its_own_end() {
    let (book, cases) = (book(), october());
    let cases: Vec<&Case> = cases.iter().collect();
    let year = period("2026", &book);
    let months = ["2026-09", "2026-10"].map(|month| period(month, &book));
    let months: Vec<_> = months.map(|month| (month.clone(), view(&cases, &book, &month))).into();
    let whole = view(&cases, &book, &year);
    let report = People::of(&whole, &year, &months);
    let (_, september) = &report.months[0];
    assert_eq!(september.keys().copied().collect::<Vec<_>>(), ["an"]);
    assert_eq!(september["an"].rate.share(), Some(0.0));
    let (_, october) = &report.months[1];
    assert_eq!((october["an"].handled.n(), october["bo"].handled.n()), (1, 3));
    // In the year Anne handled 2 and 7, and of her complaints only the third is left.
    let main = &report.rows[0].1.main;
    assert_eq!((numbers(&main.handled), main.rate.share()), (vec![2, 7], Some(0.75)));
}

#[test]
fn programs_get_null_for_a_rate_of_nothing() {
    let book = book();
    let cases = [case(1, Kind::Praise, "received 10-07 09:00; forwarded 10-07 12:00 to=an")];
    let cases: Vec<&Case> = cases.iter().collect();
    let october = period("2026-10", &book);
    let view = view(&cases, &book, &october);
    let figures = People::of(&view, &october, &[]).table(&book).object(true);
    let an = &figures["people"][0];
    assert_eq!((&an["key"], &an["praise"], &an["department"]), (&json!("an"), &json!(1), &json!("service")));
    assert_eq!(an["cases"]["praise"], json!(["20260501-100000"]));
    assert_eq!((&an["handling_rate"]["share"], &an["share"]), (&Value::Null, &Value::Null));
    assert_eq!(an["satisfaction"]["mean_score"], Value::Null);
    assert_eq!(figures["idle"], json!(["bo", "cy"]));
}
