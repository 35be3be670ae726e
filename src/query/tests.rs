use jiff::Timestamp;

use super::{Query, QueryContext};
use crate::case::example::complaint;
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Stamp, Value};
use crate::error::{Error, Exit, Result};
use crate::policy::{RuleBook, example};
use crate::view::{Horizon, View};

const SHOP: &str = r#"
[shop]
name = "青瓷小铺"
timezone = "Asia/Shanghai"
[people."li.na"]
[people."zhang.wei"]
"#;

const POLICY: &str = r#"
title = "rules"
[[clock]]
name   = "contact"
when   = { kind = "complaint" }
start  = ["received"]
stop   = ["contacted"]
within = "48h"
[[clock]]
name   = "answer"
when   = { kind = "inquiry" }
start  = ["received"]
stop   = ["resolved"]
within = "24h"
pause  = ["waiting"]
"#;

/// Monday 2026-11-23 12:00 in Shanghai.
const NOW: &str = "2026-11-23T12:00:00+08:00";

fn at(word: &str) -> Stamp {
    Stamp::parse(word).unwrap()
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

fn case(id: &str, kind: Kind, title: &str, received: &str) -> Case {
    Case {
        id: Id::parse(id).unwrap(),
        kind,
        title: title.to_owned(),
        ..complaint(vec![Event::new(EventName::Received, at(received))])
    }
}

/// `cup`: a complaint that is late by its contact (due Sunday 09:00), in round 2 after a follow-up, of zhang.wei.
/// `cod`: a suggestion by chat, without an owner.
/// `box`: an inquiry that waits, so that its clock is paused.
/// `old`: a complaint closed in October.
/// `new`: a complaint of this morning, whose contact is due in 46 hours.
fn cases() -> Vec<Case> {
    let mut cup = case("20261120-cpcpcp", Kind::Complaint, "收到的茶杯碎了", "2026-11-20T09:00:00+08:00");
    cup.description = Some("A Tea Cup in two halves".to_owned());
    cup.customer =
        Customer { key: Some("c-8841".to_owned()), tier: Some("gold".to_owned()), ..Customer::default() };
    cup.order = Some("E20".to_owned());
    cup.product = Some("青瓷茶杯 蓝".to_owned());
    cup.tags = vec!["vip".to_owned()];
    cup.links = vec!["20261001-0d0d0d".to_owned()];
    cup.external = Some("T-1".to_owned());
    cup.history.extend([
        Event::new(EventName::Triaged, at("2026-11-20T10:00:00+08:00"))
            .with(Field::Category, text("product/packaging"))
            .with(Field::Urgency, text("urgent"))
            .with(Field::Complexity, text("complex"))
            .with(Field::Justified, Value::Flag(true)),
        Event::new(EventName::Assigned, at("2026-11-20T11:00:00+08:00"))
            .with(Field::Department, text("quality"))
            .with(Field::Owner, text("zhang.wei")),
        Event::new(EventName::Diagnosed, at("2026-11-20T12:00:00+08:00"))
            .with(Field::Cause, text("Thin cardboard"))
            .with(Field::Responsible, text("the carrier")),
        Event::new(EventName::Resolved, at("2026-11-21T09:00:00+08:00"))
            .with(Field::Remedy, text("exchange")),
        Event::new(EventName::FollowedUp, at("2026-11-21T12:00:00+08:00"))
            .with(Field::Outcome, text("dissatisfied"))
            .with(Field::Note, text("wants a refund")),
        Event::new(EventName::Escalated, at("2026-11-21T13:00:00+08:00"))
            .with(Field::Reason, text("third call"))
            .with(Field::Level, text("supervisor")),
    ]);
    let mut cod = case("20261121-c0d000", Kind::Suggestion, "Cash on delivery", "2026-11-21T00:00:00+08:00");
    cod.channel = "chat".to_owned();
    let mut waits = case("20261123-b0b0b0", Kind::Inquiry, "Which box", "2026-11-23T09:00:00+08:00");
    waits.history.push(
        Event::new(EventName::Waiting, at("2026-11-23T09:30:00+08:00")).with(Field::Reason, text("size")),
    );
    let mut old = case("20261001-0d0d0d", Kind::Complaint, "Old", "2026-10-01T09:00:00+08:00");
    old.history.extend([
        Event::new(EventName::Contacted, at("2026-10-01T10:00:00+08:00")),
        Event::new(EventName::Closed, at("2026-10-31T23:59:59+08:00")),
    ]);
    let new = case("20261123-nnnnnn", Kind::Complaint, "New", "2026-11-23T10:00:00+08:00");
    vec![cup, cod, waits, old, new]
}

fn book() -> RuleBook {
    example::book(SHOP, None, POLICY)
}

/// The short names of the matching cases, in the order of the gallery.
fn ask(query: &str) -> Result<Vec<&'static str>> {
    let (book, cases) = (book(), cases());
    let cases: Vec<&Case> = cases.iter().collect();
    let now: Timestamp = at(NOW).instant();
    let view = View::of(&cases, &book, Horizon::at(now));
    let me = || Ok("zhang.wei".to_owned());
    let terms: Vec<String> = query.split(' ').map(str::to_owned).collect();
    let query = Query::parse(&terms, &QueryContext { book: &book, cases: &cases, now, me: &me })?;
    let names = ["cup", "cod", "box", "old", "new"];
    Ok(view.cases.iter().zip(names).filter(|(case, _)| query.fits(case)).map(|(_, name)| name).collect())
}

#[test]
fn every_key_asks_what_it_says() {
    for (query, expected) in [
        ("", &["cup", "cod", "box", "new"][..]),
        ("all", &["cup", "cod", "box", "old", "new"]),
        ("status:new", &["cod", "new"]),
        ("status:closed", &["old"]),
        ("status:closed,escalated", &["cup", "old"]),
        ("kind:suggestion", &["cod"]),
        ("owner:me", &["cup"]),
        ("owner:zhang.wei", &["cup"]),
        ("owner:li.na", &[]),
        ("owner:-", &["cod", "box", "new"]),
        ("category:product/", &["cup"]),
        ("category:product/packaging", &["cup"]),
        ("category:service", &[]),
        ("urgency:urgent", &["cup"]),
        ("complexity:complex", &["cup"]),
        ("department:quality", &["cup"]),
        ("channel:chat", &["cod"]),
        ("customer:c-8841", &["cup"]),
        ("tag:vip", &["cup"]),
        ("order:E20", &["cup"]),
        ("product:青瓷", &["cup"]),
        ("tier:gold", &["cup"]),
        ("level:supervisor", &["cup"]),
        ("justified:yes", &["cup"]),
        ("justified:no", &[]),
        ("cause:cardboard", &["cup"]),
        ("responsible:CARRIER", &["cup"]),
        ("remedy:exchange", &["cup"]),
        ("external:T-1", &["cup"]),
        ("link:0d0", &["cup"]),
        ("id:cpc", &["cup"]),
        ("id:20261123", &["box", "new"]),
        ("clock:contact", &["cup", "new"]),
        ("clock:answer", &["box"]),
        ("outcome:dissatisfied", &["cup"]),
        ("outcome:satisfied", &[]),
        ("round:2", &["cup"]),
        ("round:>1", &["cup"]),
        ("round:<=1", &["cod", "box", "new"]),
        ("overdue", &["cup"]),
        ("warning", &[]),
        ("paused", &["box"]),
    ] {
        assert_eq!(ask(query).unwrap(), expected, "{query}");
    }
}

#[test]
fn moments_are_local_days() {
    for (query, expected) in [
        ("received:2026-11", &["cup", "cod", "box", "new"][..]),
        ("received:2026-10 all", &["old"]),
        // Midnight in Shanghai belongs to the day that begins with it
        ("received:2026-11-21", &["cod"]),
        ("received:<2026-11-21", &["cup"]),
        ("received:<=2026-11-21", &["cup", "cod"]),
        ("received:>2026-11-21", &["box", "new"]),
        ("received:>=2026-11-21", &["cod", "box", "new"]),
        ("received:2026-11-20..2026-11-21", &["cup", "cod"]),
        ("received:>=2026-11-21 received:<2026-11-23", &["cod"]),
        ("received:2026-11-20,2026-11-21", &["cup", "cod"]),
        ("received:2026-Q4 all", &["cup", "cod", "box", "old", "new"]),
        ("resolved:2026-11-21", &["cup"]),
        ("closed:2026-10", &["old"]),
        ("closed:2026-11", &[]),
        ("closed:>=2026-10-31", &["old"]),
    ] {
        assert_eq!(ask(query).unwrap(), expected, "{query}");
    }
}

#[test]
fn lengths_are_bounds() {
    for (query, expected) in [
        // The cup's contact was due a day and 3 hours ago, that of the new case is due in 46 hours
        ("due:<2d", &["cup", "new"][..]),
        ("due:<46h", &["cup"]),
        ("due:<=46h", &["cup", "new"]),
        ("due:>0m", &["new"]),
        ("age:>7d", &[]),
        ("age:>=3d", &["cup"]),
        ("age:<3h", &["new"]),
        ("age:>2h age:<1w", &["cup", "cod", "box"]),
    ] {
        assert_eq!(ask(query).unwrap(), expected, "{query}");
    }
}

#[test]
fn terms_are_anded_values_are_not() {
    for (query, expected) in [
        ("kind:complaint channel:hotline", &["cup", "new"][..]),
        ("kind:complaint channel:chat", &[]),
        ("kind:complaint kind:suggestion", &["cup", "cod", "new"]),
        ("kind:complaint,suggestion", &["cup", "cod", "new"]),
        ("-channel:hotline", &["cod"]),
        ("!channel:hotline", &["cod"]),
        ("-kind:complaint,suggestion", &["box"]),
        ("-kind:complaint -kind:suggestion", &["box"]),
        ("-overdue kind:complaint", &["new"]),
        ("-status:closed", &["cup", "cod", "box", "new"]),
        ("all -status:closed", &["cup", "cod", "box", "new"]),
        ("kind:complaint -kind:complaint", &[]),
    ] {
        assert_eq!(ask(query).unwrap(), expected, "{query}");
    }
}

#[test]
fn words_are_looked_for_everywhere() {
    for (query, expected) in [
        ("茶杯", &["cup"][..]),
        ("tea", &["cup"]),
        ("REFUND", &["cup"]),
        ("third", &["cup"]),
        ("tea refund", &["cup"]),
        ("tea cash", &[]),
        ("-tea", &["cod", "box", "new"]),
        ("14:30", &[]),
    ] {
        assert_eq!(ask(query).unwrap(), expected, "{query}");
    }
}

fn refused(query: &str) -> Error {
    ask(query).unwrap_err()
}

#[test]
fn what_is_not_understood_is_refused_with_what_may_be_meant() {
    for (query, message, hint) in [
        ("stauts:new", "`stauts:` is not a key of a query", "did you mean `status`?"),
        ("status:investigatin", "there is no status `investigatin`", "did you mean `investigating`?"),
        ("kind:complain", "there is no kind of feedback `complain`", "did you mean `complaint`?"),
        ("owner:zhang.wie", "there is no person `zhang.wie`", "did you mean `zhang.wei`?"),
        ("department:qualty", "there is no department `qualty`", "did you mean `quality`?"),
        ("clock:contct", "there is no clock `contct`", "did you mean `contact`?"),
        ("level:supervisr", "there is no level of escalation `supervisr`", "did you mean `supervisor`?"),
    ] {
        let error = refused(query);
        assert_eq!(error.exit, Exit::Refused);
        assert_eq!(error.message.to_string(), message);
        assert_eq!(error.hints[0].to_string(), hint);
    }
    for query in [
        "due:2d",
        "due:<2y",
        "due:<",
        "age:7",
        "round:two",
        "received:soon",
        "received:2026-13",
        "owner:",
        "justified:maybe",
    ] {
        assert_eq!(refused(query).exit, Exit::Refused, "{query}");
    }
}

#[test]
fn all_that_is_wrong_is_reported() {
    let error = refused("stauts:new kind:complain");
    assert_eq!(error.message.to_string(), "`stauts:` is not a key of a query");
    assert!(error.hints.iter().any(|hint| hint.to_string() == "there is no kind of feedback `complain`"));
}
