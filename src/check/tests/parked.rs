//! Whatever a case has come to under one of the five rule books, if it is left there `check` names it.
//!
//! A case of every kind goes the usual way step by step. At each step it is left, and beside it a copy to which one more
//! thing happened, and copies that then wait for the customer. Day by day it is asked whether `check` names the case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use super::super::{CHECKS, CheckRow, run};
use crate::case::{Case, Event, EventName, Id, Kind, Stamp, Status};
use crate::casefile::CasePath;
use crate::check::CheckInput;
use crate::error::Code;
use crate::ledger::Found;
use crate::policy::{PLAIN_CALENDAR, Preset, RuleBook, left_open, violations};

const BEGIN: &str = "2026-03-02T09:30:00+08:00";

/// Nothing may be seen by nobody for longer than this.
const DAYS: i64 = 60;

/// The usual way; what a rule book does not allow is left out. `TRIAGE` is one of [`TRIAGES`], `MARK` each milestone, and
/// `DUE` the day after the next.
const WAY: [&str; 14] = [
    "TRIAGE",
    "contacted",
    "MARK",
    "assigned department=service owner=li.na expects=look due=DUE",
    "accepted owner=li.na",
    "diagnosed cause=carton responsible=warehouse",
    "proposed remedy=refund cost=5",
    "MARK",
    "approved as=quality-lead by=qian.qi",
    "approved as=manager by=ma.li",
    "escalated reason=no",
    "resolved",
    "followed-up outcome=unreached note=nobody",
    "followed-up outcome=unreached note=nobody",
];

const TRIAGES: [&str; 3] = [
    "triaged category=other urgency=general justified=true complexity=simple",
    "triaged category=other urgency=urgent justified=true complexity=complex",
    "triaged category=other urgency=important justified=false complexity=complex",
];

/// What may happen beside the way.
const BESIDE: [&str; 9] = [
    "assigned department=service owner=li.na expects=look due=DUE",
    "assigned department=service owner=li.na",
    "accepted owner=li.na",
    "returned reason=no",
    "declined reason=no",
    "escalated reason=no",
    "escalated reason=no level=external",
    "proposed remedy=refund cost=5",
    "followed-up outcome=dissatisfied note=broken",
];

const WAITS: [&str; 2] = ["waiting reason=photo", "waiting reason=photo until=UNTIL"];

const PEOPLE: [(&str, &str); 3] = [("li.na", "agent"), ("qian.qi", "quality-lead"), ("ma.li", "manager")];

fn book(preset: &Preset) -> RuleBook {
    let mut shop = "[shop]\nname = \"x\"\ntimezone = \"Asia/Shanghai\"\ncalendar = \"office\"\n\n".to_owned();
    shop += preset.shop;
    for (name, role) in PEOPLE {
        shop += &format!("\n[people.\"{name}\"]\nrole = \"{role}\"\n");
    }
    let of = |(name, text): &(&str, &str)| (PathBuf::from(format!("calendar/{name}")), (*text).to_owned());
    let mut calendars = vec![of(&("office.toml", PLAIN_CALENDAR))];
    calendars.extend(preset.calendars.iter().map(of));
    let policy = ("policy/base.toml".into(), preset.undated());
    RuleBook::read(&("fb.toml".into(), shop), &calendars, &[policy]).unwrap()
}

fn later(at: Stamp, hours: i64) -> Timestamp {
    at.instant() + SignedDuration::from_hours(hours)
}

/// A stamp of Shanghai.
fn stamp(at: Timestamp) -> Stamp {
    Stamp::new(at, &jiff::tz::TimeZone::get("Asia/Shanghai").unwrap())
}

fn received(kind: Kind) -> Case {
    let at = Stamp::parse(BEGIN).unwrap();
    Case {
        id: Id::parse("20260302-7k3q9x").unwrap(),
        kind,
        title: "a cup".to_owned(),
        description: Some("It arrived broken.".to_owned()),
        order: Some("E1".to_owned()),
        customer: crate::case::Customer { key: Some("c-1".to_owned()), ..Default::default() },
        ..crate::case::example::complaint(vec![Event::new(EventName::Received, at).by("li.na")])
    }
}

/// The case after one more event ten minutes later; `None` if the rules do not allow it.
fn after(book: &RuleBook, case: &Case, line: &str) -> Option<Case> {
    let last = case.history.last().unwrap().at;
    let at = stamp(last.instant() + SignedDuration::from_mins(10));
    let until = stamp(later(at, 48)).to_string()[..10].to_owned();
    let line = line.replace("UNTIL", &until);
    let mut words = line.split_whitespace();
    let name = words.next().unwrap();
    let mut event = crate::case::example::event(name, at, words, |_| stamp(later(at, 48)));
    if event.by.is_none() {
        event.by = Some("li.na".to_owned());
    }
    let (rules, history) = (book.rules(case), book.whole(case));
    event = left_open(book, &history, event);
    let allowed = violations(book, rules, &history, &event).is_empty();
    let mut case = case.clone();
    case.history.push(event);
    allowed.then_some(case)
}

/// Everything that a case of this kind may be left as.
fn left(book: &RuleBook, kind: Kind) -> Vec<Case> {
    let first = received(kind);
    let milestones = book.rules(&first).milestones.iter();
    let marks: Vec<String> =
        milestones.map(|milestone| format!("marked milestone={}", milestone.name)).collect();
    let mut cases = vec![first.clone()];
    for triage in TRIAGES {
        let mut case = first.clone();
        for step in WAY {
            let lines: Vec<&str> = match step {
                "TRIAGE" => vec![triage],
                "MARK" => marks.iter().map(String::as_str).collect(),
                step => vec![step],
            };
            let before = case.history.len();
            for line in lines {
                case = after(book, &case, line).unwrap_or(case);
            }
            if case.history.len() > before {
                cases.push(case.clone());
            }
        }
    }
    let beside: Vec<Case> =
        cases.iter().flat_map(|case| BESIDE.iter().filter_map(|line| after(book, case, line))).collect();
    cases.extend(beside);
    let waiting: Vec<Case> =
        cases.iter().flat_map(|case| WAITS.iter().filter_map(|line| after(book, case, line))).collect();
    cases.extend(waiting);
    cases
}

/// The first day on which `check` names a case to which nothing more happens, and with what.
type FirstNamed = Option<(i64, Code)>;

fn named(book: &RuleBook, case: Case, rows: &[CheckRow]) -> FirstNamed {
    let last = case.history.last().unwrap().at;
    let path = PathBuf::from(format!("cases/new/{}.yaml", case.id));
    let cases = [Found { case_path: CasePath::of(&path).unwrap(), path, case }];
    (1..=DAYS).find_map(|day| {
        let now = later(last, 24 * day);
        let input = CheckInput {
            cases: &cases,
            unreadable: &[],
            book: Some(book),
            calendars: &[],
            unkept: &[],
            names: &[],
            lost: &Default::default(),
            present: now,
            now,
            until: now,
        };
        run(rows, &input).flaws.first().map(|flaw| (day, flaw.finding.code))
    })
}

/// The events of every case that is left open, its status, and when it is first named.
fn outcomes(book: &RuleBook, kind: Kind) -> Vec<(String, Status, FirstNamed)> {
    let of = |row: &&CheckRow| row.codes == [Code::Overdue] || row.codes == [Code::Stalled];
    let rows: Vec<CheckRow> = CHECKS.iter().filter(of).map(|row| CheckRow { ..*row }).collect();
    let outcome = |case: Case| {
        let status = book.whole(&case).state().status;
        let steps: Vec<_> = case.history.iter().map(|event| event.name.word()).collect();
        (steps.join(" "), status, named(book, case, &rows))
    };
    let open = |case: &Case| !book.whole(case).state().status.terminal();
    left(book, kind).into_par_iter().filter(open).map(outcome).collect()
}

#[test]
fn nothing_lies_unseen_in_any_status() {
    let open: BTreeSet<Status> = Status::ALL.into_iter().filter(|status| !status.terminal()).collect();
    let mut unseen = Vec::new();
    let mut told = String::new();
    for preset in Preset::ALL {
        let book = book(preset);
        for kind in Kind::ALL {
            // The status, and the latest day on which a case left in it is first named
            let mut latest: BTreeMap<Status, (i64, Code)> = BTreeMap::new();
            let mut count = 0;
            for (steps, status, found) in outcomes(&book, kind) {
                count += 1;
                match found {
                    Some(found) => {
                        let known = latest.entry(status).or_insert(found);
                        *known = if known.0 < found.0 { found } else { *known };
                    }
                    None => unseen.push(format!("{} {kind} {status}: {steps}", preset.name)),
                }
            }
            let reached: BTreeSet<Status> = latest.keys().copied().collect();
            assert_eq!(reached, open, "{} {kind}", preset.name);
            let days = latest.iter().map(|(status, (day, code))| format!("{status} {day} {code}"));
            told += &format!("{} {kind} ({count}): {}\n", preset.name, days.collect::<Vec<_>>().join(", "));
        }
    }
    eprintln!("{told}");
    assert_eq!(unseen, Vec::<String>::new());
}
