//! Rules and a calendar: read, or refused with places; what they decide stays decided.
//!
//! The input: a policy, and after a line `%` a calendar.

use std::sync::OnceLock;

use fb::case::Case;
use fb::policy::{
    ClockState, Instance, PLAIN_CALENDAR, RuleBook, explained, instances, shortest_limit, violations,
};
use jiff::{SignedDuration, Timestamp};

use super::{BETWEEN, case_of, said, told};

const SHOP: &str = "[shop]\nname = \"x\"\ntimezone = \"Asia/Shanghai\"\n[departments.quality]\n";
const POLICY: &str = "policy/base.toml";
const CALENDAR: &str = "calendar/office.toml";

/// A course with rounds, a wait, a hand-over, a reopening and stamps in disorder; and one that has just begun.
const CASES: [&str; 2] = [
    "id: 20261005-7k3q9x\nkind: complaint\ntitle: t\nchannel: hotline\nproduct: cup\ncustomer: {tier: gold}\nhistory:\n  - received: 2026-10-05T08:59:00+08:00\n  - triaged: 2026-10-05T10:00:00+08:00\n    category: product/quality\n    urgency: general\n    justified: true\n    complexity: simple\n  - assigned: 2026-10-05T11:00:00+08:00\n    department: quality\n    due: 2026-10-07T18:00:00+08:00\n  - accepted: 2026-10-05T10:30:00+08:00\n  - waiting: 2026-10-06T09:00:00+08:00\n    reason: r\n  - marked: 2026-10-07T09:00:00+08:00\n    milestone: reported\n  - resumed: 2026-10-08T09:00:00+08:00\n  - amended: 2026-10-09T09:00:00+08:00\n    reason: r\n    urgency: urgent\n  - contacted: 2026-10-09T09:00:00+08:00\n  - resolved: 2026-10-10T12:00:00+08:00\n  - followed-up: 2026-10-12T12:00:00+08:00\n    outcome: dissatisfied\n  - resolved: 2026-10-13T12:00:00+08:00\n  - closed: 2026-10-14T12:00:00+08:00\n  - reopened: 2026-10-20T12:00:00+08:00\n    reason: r\n",
    "id: 20261006-7k3q9x\nkind: praise\ntitle: t\nchannel: email\nhistory:\n  - received: 2026-10-06T23:59:59.5+08:00\n    urgency: urgent\n",
];

fn cases() -> &'static [Case] {
    static CASES_READ: OnceLock<Vec<Case>> = OnceLock::new();
    CASES_READ.get_or_init(|| CASES.map(case_of).to_vec())
}

pub fn holds(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let (policy, calendar) = input.split_once(BETWEEN).unwrap_or((input, PLAIN_CALENDAR));
    let files = [("fb.toml", SHOP), (CALENDAR, calendar), (POLICY, policy)];
    let [shop, calendars, policies] = files.map(|(path, text)| (path.into(), text.to_owned()));
    let book = match RuleBook::read(&shop, &[calendars], std::slice::from_ref(&policies)) {
        Ok(book) => book,
        Err(findings) => {
            for (path, text) in files {
                let here: Vec<_> =
                    findings.iter().filter(|it| it.place.path.as_os_str() == path).cloned().collect();
                if !here.is_empty() {
                    told(&here, path, text);
                }
            }
            return assert!(!findings.is_empty());
        }
    };
    let under = book.under(&policies, &[]).expect("what can be read once can be read again");
    for case in cases() {
        assert_eq!(said(under.rules(case)), said(book.rules(case)));
        course(case, &book);
    }
}

/// The case's clocks, a look every 7 hours and a bit and a last one years later.
fn course(case: &Case, book: &RuleBook) {
    let rules = book.rules(case);
    let received = case.received_at();
    let looks = (0..60).map(|look| received + SignedDuration::from_secs(look * 25_200 + look));
    let mut decided: Vec<(String, Timestamp, Timestamp, Option<bool>)> = Vec::new();
    for now in looks.chain(["2029-01-01T00:00:00Z".parse().unwrap()]) {
        let replay = book.replay(case, now).unwrap();
        let clocks = instances(&replay, rules, book, now);
        let told = explained(&replay, rules, book, now);
        assert_eq!(said(&told.iter().map(|told| &told.clock).collect::<Vec<_>>()), said(&clocks));
        clocks.iter().for_each(|clock| is_sound(clock, received, now));
        let stand: Vec<_> = clocks.iter().filter_map(decision).collect();
        for before in &decided {
            assert!(stand.contains(before), "{before:?} is no longer decided so at {now}: {stand:?}");
        }
        decided = stand;
        for step in replay.steps.iter().rev().take(1) {
            let _ = violations(book, rules, &replay, step.event);
        }
        if let Some(clock) = clocks.iter().find(|clock| clock.rule.within.is_some()) {
            let limit = clock.rule.within.unwrap();
            let _ = shortest_limit(clock, limit, &replay, book, now);
        }
    }
}

fn decision(clock: &Instance<'_>) -> Option<(String, Timestamp, Timestamp, Option<bool>)> {
    Some((clock.rule.name.clone(), clock.started, clock.decided?, clock.met()))
}

fn is_sound(clock: &Instance<'_>, received: Timestamp, now: Timestamp) {
    assert!(clock.started >= received && clock.started <= now, "{clock:?}");
    assert!(clock.stopped.is_none_or(|stopped| stopped >= clock.started && stopped <= now), "{clock:?}");
    assert!(clock.decided.is_none_or(|decided| decided >= clock.started && decided <= now), "{clock:?}");
    assert!(!clock.paused.is_negative(), "{clock:?}");
    assert_eq!(clock.met().is_some(), clock.decided.is_some(), "{clock:?}");
    let stopped = matches!(clock.state, ClockState::Met | ClockState::Missed | ClockState::Lapsed);
    assert!(stopped == clock.stopped.is_some() || clock.state == ClockState::Unknown, "{clock:?}");
    assert_eq!(clock.state == ClockState::Unknown, clock.undue.is_some(), "{clock:?}");
}
