//! The parts of a policy file other than clocks and targets, and their errors.

use std::path::Path;

use crate::case::{EventName, Kind};
use crate::clock::Trigger;
use crate::lang::Text;
use crate::policy::NeedStep;
use crate::policy::RuleBook;
use crate::policy::example::{self, SHOP};

const POLICY: &str = "
title = { en = 'rules', zh = '规则' }
review = 2027-03-01

[milestones]
reported = { en = 'reported', zh = '已上报', clause = 'A.2' }

[[clause]]
code = 'A.1'
text = 'what is promised'
by = ['clock contact', 'event contacted']

[[clause]]
code = 'A.2'
text = 'what is told'

[escalation]
levels = ['lead', 'board']
urgent = 'board'
clause = 'A.3'

[needs.complaint]
resolved = 'contacted'
closed = { steps = ['followed-up:satisfied', 'reported', 'triaged:justified'], clause = 'A.4' }

[approval.complaint]
roles = ['manager']
clause = 'A.5'
";

/// `2:5 what is wrong`, for each error.
fn wrong(policy: &str) -> Vec<String> {
    let (shop, policy) =
        (("fb.toml".into(), SHOP.to_owned()), ("policy/base.toml".into(), policy.to_owned()));
    let found = RuleBook::read(&shop, &[], &[policy]).unwrap_err();
    let told = found.iter().map(|finding| {
        let place = &finding.place;
        format!("{}:{} {}", place.line.unwrap(), place.column.unwrap(), finding.message)
    });
    told.collect()
}

#[test]
fn what_a_policy_says_is_read_whole() {
    let book = example::book(SHOP, None, POLICY);
    let (_, rules) = book.all().next().unwrap();
    assert_eq!(rules.file(), Path::new("policy/base.toml"));
    assert_eq!(rules.title, Text::new("rules", "规则"));
    assert_eq!(
        (rules.review.map(|day| day.to_string()), rules.review_line),
        (Some("2027-03-01".to_owned()), 3)
    );
    let reported = rules.milestone("reported").unwrap();
    assert_eq!(
        (&reported.label, reported.clause.as_deref()),
        (&Text::new("reported", "已上报"), Some("A.2"))
    );
    let clauses: Vec<_> = rules.clauses.iter().map(|it| (it.code.as_str(), it.by.join(", "))).collect();
    assert_eq!(clauses, [("A.1", "clock contact, event contacted".to_owned()), ("A.2", String::new())]);
    let desks = &rules.escalation;
    assert_eq!((desks.levels.join(" "), desks.urgent.as_deref()), ("lead board".to_owned(), Some("board")));
    assert_eq!(desks.clause.as_deref(), Some("A.3"));
    assert_eq!(rules.approvers(Kind::Complaint), ["manager"]);
    assert!(rules.approvers(Kind::Inquiry).is_empty());
}

#[test]
fn steps_are_a_word_a_list_or_a_table_with_its_clause() {
    let book = example::book(SHOP, None, POLICY);
    let needs = &book.all().next().unwrap().1.needs;
    let told: Vec<_> = needs
        .iter()
        .map(|need| (need.before.word(), need.steps.iter().map(NeedStep::word).collect::<Vec<_>>().join(" ")))
        .collect();
    let expected = [
        ("resolved".to_owned(), "contacted".to_owned()),
        ("closed".to_owned(), "followed-up:satisfied reported triaged:justified".to_owned()),
    ];
    assert_eq!(told, expected);
    assert_eq!(needs.iter().map(|need| need.clause.as_deref()).collect::<Vec<_>>(), [None, Some("A.4")]);
    assert_eq!(needs[0].before, Trigger::Event(EventName::Resolved));
}

#[test]
fn needs_have_alternatives_numbers_fields_and_cases() {
    let policy = "
edition = 2
[milestones]
lesson-read = 'Lesson read'
confirmed = { en = 'Confirmed', of = 'proposal' }
[needs.complaint]
received = { fields = ['customer.key', 'order'], ask = 'description', clause = 'A.1' }
closed = [
    { steps = [['followed-up:satisfied', 'followed-up:unreached*3'], 'lesson', 'lesson-read'] },
    { when = { urgency = 'urgent' }, steps = 'escalated:external' },
]
[approval.complaint]
roles = ['manager']
tolerance = 0.05
distinct = false
";
    let book = example::book(SHOP, None, policy);
    let (_, rules) = book.all().next().unwrap();
    let told: Vec<_> = rules
        .needs
        .iter()
        .map(|need| {
            let fields: Vec<_> = need.fields.iter().map(|field| field.word()).collect();
            let ask: Vec<_> = need.ask.iter().map(|field| field.word()).collect();
            let steps: Vec<_> = need.steps.iter().map(NeedStep::word).collect();
            format!(
                "{}: {} / {} / {} / {}",
                need.before.word(),
                steps.join(", "),
                fields.join(" "),
                ask.join(" "),
                need.when.urgency.join(" ")
            )
        })
        .collect();
    let expected = [
        "received:  / customer.key order / description / ",
        "closed: followed-up:satisfied | followed-up:unreached*3, lesson-read / lesson /  / ",
        "closed: escalated:external /  /  / urgent",
    ];
    assert_eq!(told, expected);
    assert_eq!(rules.edition, 2);
    let of_proposal: Vec<_> = rules.milestones.iter().map(|milestone| milestone.of_proposal).collect();
    assert_eq!(of_proposal, [false, true]);
    let approval = &rules.approval[&Kind::Complaint];
    assert_eq!((approval.tolerance, approval.distinct), (0.05, false));
    // What says nothing of it: the first edition, nothing more than approved, another person for each role
    let book = example::book(SHOP, None, POLICY);
    let (_, rules) = book.all().next().unwrap();
    let approval = &rules.approval[&Kind::Complaint];
    assert_eq!((rules.edition, approval.tolerance, approval.distinct), (1, 0.0, true));
}

#[test]
fn everything_that_is_wrong_is_reported_at_its_place() {
    for (policy, told) in [
        ("review = 2027-03-01T09:00:00", "1:10 `2027-03-01T09:00:00` is not a date such as 2026-10-01"),
        ("review = 'soon'", "1:10 `soon` is not a date such as 2026-10-01"),
        ("review = 3", "1:10 `3` is not a date such as 2026-10-01"),
        ("clause = 3", "1:10 `clause` must be one or more sections headed [[clause]], not a number"),
        ("[[clause]]\ntext = 'x'", "1:1 [[clause]] needs `code`"),
        ("[[clause]]\ncode = 'x'", "1:1 [[clause]] needs `text`"),
        ("[[clause]]\ncode = 3\ntext = 'x'", "2:8 `code` must be text in quotation marks, not a number"),
        (
            "[[clause]]\ncode = 'x'\ntext = 'x'\nby = [3]",
            "4:7 each entry of `by` must be text in quotation marks, not a number",
        ),
        ("[milestones]\nresolved = 'x'", "2:1 `resolved` is the name of an event and cannot be a milestone"),
        ("[escalation]\nurgent = 'board'", "2:10 there is no level of escalation `board`"),
        ("[needs.complaint]\nresolvd = 'contacted'", "2:1 there is no event or milestone `resolvd`"),
        ("[needs.complaint]\nresolved = 'called'", "2:12 there is no event or milestone `called`"),
        (
            "[needs.complaint]\nresolved = 'noted:x'",
            "2:12 `noted` has no value, so nothing can follow a colon",
        ),
        (
            "[needs.complaint]\nclosed = 'followed-up:happy'",
            "2:10 there is no event or milestone `followed-up:happy`",
        ),
        ("[needs.complaint]\nclosed = 'triaged:true'", "2:10 there is no event or milestone `triaged:true`"),
        ("edition = 3", "1:11 this fb reads rules up to edition 2, not 3"),
        ("edition = 0", "1:11 this fb reads rules up to edition 2, not 0"),
        ("edition = 'new'", "1:11 `edition` must be a number, not text"),
        (
            "[milestones]\nread = { en = 'read', of = 'proposals' }",
            "2:28 there is no subject of a milestone `proposals`",
        ),
        ("[needs.complaint]\nclosed = { clause = 'A' }", "2:10 it asks for nothing"),
        (
            "[needs.complaint]\nclosed = [['contacted', 'cleaned']]",
            "2:25 there is no event or milestone `cleaned`",
        ),
        ("[needs.complaint]\nclosed = [[]]", "2:11 it asks for nothing"),
        (
            "[needs.complaint]\nclosed = ['contacted*0']",
            "2:11 `contacted*0`: the number behind `*` must be from 1 to 99",
        ),
        (
            "[needs.complaint]\nclosed = ['contacted*many']",
            "2:11 `contacted*many`: the number behind `*` must be from 1 to 99",
        ),
        ("[needs.complaint]\nreceived = { fields = ['customer'] }", "2:24 there is no field `customer`"),
        (
            "[approval.complaint]\nroles = ['manager']\ntolerance = 2",
            "3:13 `tolerance` must be between 0 and 1, such as 0.75",
        ),
        (
            "[needs.complaint]\nclosed = { step = 'x', steps = ['contacted'] }",
            "2:12 `step` is not a key of [needs.complaint.closed]",
        ),
        ("[needs.complain]\nclosed = 'contacted'", "1:8 there is no kind of feedback `complain`"),
        ("[approval.complaint]\nclause = 'A'", "1:1 [approval.complaint] needs `roles`"),
        ("[approval.complaint]\nroles = ['potter']", "2:10 there is no role `potter`"),
    ] {
        assert_eq!(wrong(policy), [told], "{policy}");
    }
    assert_eq!(wrong("title = 3\nreview = 3\nmilestones = 3").len(), 3, "all at once");
}
