//! A month of six complaints, worked out by hand under two policies.
//!
//! | case | received | triaged | contacted | 48 h from the receipt | 24 h from the triage |
//! | --- | --- | --- | --- | --- | --- |
//! | c | 29 Sep 12:00 | 29 Sep 13:00 | 1 Oct 11:00 | kept, after 47 h | missed on 30 Sep: before the month |
//! | a | 1 Oct 09:00 | 1 Oct 10:00 | 2 Oct 20:00 | kept, after 35 h | missed on 2 Oct 10:00 |
//! | b | 5 Oct 09:00 | 6 Oct 12:00 | 6 Oct 13:00 | kept, after 28 h | kept, after 1 h |
//! | f | 17 Oct 09:00 | 17 Oct 10:00 | 20 Oct 09:00 | missed, after 72 h | missed |
//! | e | 30 Oct 18:00 | 30 Oct 19:00 | – | due on 1 Nov: undecided | missed on 31 Oct 19:00, 5 h late at the end |
//! | d | 31 Oct 12:00 | 31 Oct 13:00 | – | undecided | due on 1 Nov: undecided |

use std::path::Path;

use jiff::tz::TimeZone;

use super::super::LimitUsage;
use super::*;
use crate::case::Case;
use crate::casefile;
use crate::clock::Limit;
use crate::policy::{RuleBook, example};
use crate::view::Horizon;

const CASES: [(&str, &str, &str, Option<&str>); 6] = [
    ("20260929-cccccc", "2026-09-29T12", "2026-09-29T13", Some("2026-10-01T11")),
    ("20261001-aaaaaa", "2026-10-01T09", "2026-10-01T10", Some("2026-10-02T20")),
    ("20261005-bbbbbb", "2026-10-05T09", "2026-10-06T12", Some("2026-10-06T13")),
    ("20261017-ffffff", "2026-10-17T09", "2026-10-17T10", Some("2026-10-20T09")),
    ("20261030-eeeeee", "2026-10-30T18", "2026-10-30T19", None),
    ("20261031-dddddd", "2026-10-31T12", "2026-10-31T13", None),
];

/// As it was: contacted within 48 hours, triaged within 24.
fn was() -> String {
    [clock("contact", "received", "contacted", "48h"), clock("register", "received", "triaged", "24h")]
        .concat()
}

/// As it would be: time for the contact from the triage on, and no clock for the triage.
fn would() -> String {
    [clock("slow", "received", "contacted", "200h"), clock("contact", "triaged", "contacted", "24h")].concat()
}

fn clock(name: &str, start: &str, stop: &str, within: &str) -> String {
    format!("[[clock]]\nname = '{name}'\nstart = ['{start}']\nstop = ['{stop}']\nwithin = '{within}'\n")
}

fn cases() -> Vec<Case> {
    let one = |(id, received, triaged, contacted): (&str, &str, &str, Option<&str>)| {
        let at = |hour: &str| format!("{hour}:00:00+08:00");
        let mut text = format!(
            "id: {id}\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n  - received: {}\n  \
             - triaged: {}\n    category: other\n    urgency: general\n",
            at(received),
            at(triaged)
        );
        text += &contacted.map(|hour| format!("  - contacted: {}\n", at(hour))).unwrap_or_default();
        casefile::read(text.as_bytes(), Path::new("x.yaml")).unwrap()
    };
    CASES.map(one).into()
}

fn book() -> RuleBook {
    example::book(example::SHOP, None, &was())
}

fn october() -> (Period, Horizon) {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let period = Period::parse("2026-10", jiff::civil::date(2026, 11, 20), &zone).unwrap();
    let horizon = Horizon::of(period.end, "2026-11-20T10:00:00+08:00".parse().unwrap());
    (period, horizon)
}

/// The clock, then met and missed as it was and as it would be; `-` for a side without the clock.
fn told(sides: &WasAndWould<Option<ClockFigures<'_>>>) -> String {
    let side = |side: &Option<ClockFigures<'_>>| {
        side.as_ref().map_or("-".to_owned(), |it| format!("{} kept {} missed", it.met.n(), it.missed.n()))
    };
    let name = sides.was.as_ref().or(sides.would.as_ref()).unwrap().name;
    format!("{name}: {} | {}", side(&sides.was), side(&sides.would))
}

#[test]
fn a_month_under_another_policy_is_set_beside_what_it_was() {
    let (cases, was) = (cases(), book());
    let would = was.under(&("other.toml".into(), self::would()), &[]).unwrap();
    let cases: Vec<&Case> = cases.iter().collect();
    let (period, horizon) = october();
    let view = |book| View::of(&cases, book, horizon);
    let views = WasAndWould { was: view(&was), would: view(&would) };
    let trial = WhatIf::of(&views, &period);
    let rows: Vec<String> = trial.clocks.iter().map(told).collect();
    let expected = [
        "contact: 3 kept 1 missed | 1 kept 3 missed",
        "register: 4 kept 1 missed | -",
        "waiting: 0 kept 0 missed | 0 kept 0 missed",
        "handover: 0 kept 0 missed | 0 kept 0 missed",
        "slow: - | 4 kept 0 missed",
    ];
    assert_eq!(rows, expected);
    assert_eq!(trial.totals(), WasAndWould { was: (2, 9), would: (3, 8) });
    let changed: Vec<_> = trial
        .changed
        .iter()
        .map(|pair| (&pair.id.short()[..1], pair.verdicts.was, pair.verdicts.would))
        .collect();
    let expected = [
        ("c", Judged::Kept, Judged::Earlier),
        ("a", Judged::Kept, Judged::Missed),
        ("e", Judged::Undecided, Judged::Missed),
    ];
    assert_eq!(changed, expected);
    assert_eq!(trial.overdue_counts(), WasAndWould { was: 0, would: 1 });
    assert_eq!(trial.overdue[0].id.short(), "eeeeee");
    let due = trial.overdue[0].runs.would.unwrap().due.unwrap();
    assert_eq!(horizon.at.duration_since(due).as_hours(), 5);
}

#[test]
fn a_policy_beside_itself_changes_nothing() {
    let (cases, was) = (cases(), book());
    let same = was.under(&("same.toml".into(), self::was()), &[]).unwrap();
    let cases: Vec<&Case> = cases.iter().collect();
    let (period, horizon) = october();
    let view = |book| View::of(&cases, book, horizon);
    let views = WasAndWould { was: view(&was), would: view(&same) };
    let trial = WhatIf::of(&views, &period);
    assert!(trial.changed.is_empty());
    assert_eq!(trial.totals().was, trial.totals().would);
}

#[test]
fn the_history_says_which_limit_would_have_been_kept() {
    let (cases, was) = (cases(), book());
    let cases: Vec<&Case> = cases.iter().collect();
    let (period, horizon) = october();
    let used = LimitUsage::of(&View::of(&cases, &was, horizon), &period);
    let told: Vec<_> = used
        .iter()
        .map(|row| (row.name, row.cases.n(), [0.5, 0.9, 1.0].map(|share| row.keeping(share))))
        .collect();
    let hours = |hours: [u32; 3]| hours.map(|n| Some(Limit::Hours(n)));
    // contact took 28, 35, 47 and 72 hours; register four times 1 hour and once 27.
    assert_eq!(told, [("contact", 4, hours([35, 72, 72])), ("register", 5, hours([1, 27, 27]))]);
}
