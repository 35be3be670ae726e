//! A case that is handed over: whose it is, and by when something was asked for.

use super::{HEAD, RECEIVED, checked, lines};
use crate::error::Finding;

const TRIAGED: &str = "  - triaged: 2026-11-22T09:35:00+08:00\n    category: other\n    urgency: general\n";
const CONTACTED: &str = "  - contacted: 2026-11-22T09:34:00+08:00\n";
const TO_DESK: &str = "  - assigned: 2026-11-22T09:40:00+08:00\n    department: service\n";

/// On the morning after.
fn found(directory: &str, history: &[&str]) -> Vec<Finding> {
    let text = format!("{HEAD}{RECEIVED}{}", history.concat());
    let path = format!("cases/{directory}/20261122-7k3q9x.yaml");
    checked(&[(&path, &text)], "2026-11-23T10:00:00+08:00")
}

#[test]
fn the_hub_and_a_desk_that_has_yet_to_accept_answer_for_a_case() {
    let none = Vec::<String>::new();
    assert_eq!(lines(&found("new", &[CONTACTED])), none);
    assert_eq!(lines(&found("triaged", &[CONTACTED, TRIAGED])), none);
    let asked = "  - waiting: 2026-11-22T09:41:00+08:00\n    reason: photo\n";
    assert_eq!(lines(&found("waiting", &[CONTACTED, TRIAGED, asked])), none);
    assert_eq!(lines(&found("assigned", &[CONTACTED, TRIAGED, TO_DESK])), none);
    assert_eq!(lines(&found("waiting", &[CONTACTED, TRIAGED, TO_DESK, asked])), none);
    let returned = "  - returned: 2026-11-22T09:45:00+08:00\n    reason: not ours\n";
    assert_eq!(lines(&found("triaged", &[CONTACTED, TRIAGED, TO_DESK, returned])), none);
    let closed = "  - closed: 2026-11-22T09:45:00+08:00\n";
    assert_eq!(lines(&found("closed/2026-11", &[CONTACTED, TRIAGED, TO_DESK, closed])), none);
    let accepted = "  - accepted: 2026-11-22T09:45:00+08:00\n    owner: li.na\n";
    assert_eq!(lines(&found("investigating", &[CONTACTED, TRIAGED, TO_DESK, accepted])), none);
}

#[test]
fn a_case_that_nobody_answers_for_is_named_at_the_event_that_lost_it() {
    // The receipt is on line 6 with `by` on 7, contacted on 8, triaged on 9, assigned on 12, accepted on 14
    let accepted = "  - accepted: 2026-11-22T09:45:00+08:00\n";
    let noted = "  - noted: 2026-11-22T09:50:00+08:00\n    note: soon\n";
    let unowned = found("investigating", &[CONTACTED, TRIAGED, TO_DESK, accepted, noted]);
    assert_eq!(lines(&unowned), ["warning unowned 20261122-7k3q9x.yaml:14:5"]);
    assert_eq!(unowned[0].message.to_string(), "7k3q9x is investigating, but has no owner");
    assert!(unowned[0].help[0].to_string().contains("`fb accept 7k3q9x`"));
    let asked = "  - waiting: 2026-11-22T09:51:00+08:00\n    reason: photo\n";
    let unowned = found("waiting", &[CONTACTED, TRIAGED, TO_DESK, accepted, asked]);
    assert_eq!(lines(&unowned), ["warning unowned 20261122-7k3q9x.yaml:14:5"]);
    let escalated = "  - escalated: 2026-11-22T09:45:00+08:00\n    level: manager\n    reason: urgent\n";
    // It lies on the manager's desk.
    assert_eq!(lines(&found("escalated", &[CONTACTED, TRIAGED, escalated])), Vec::<String>::new());
}

#[test]
fn the_deadline_of_a_hand_over_is_found_at_the_hand_over() {
    let due = |day| format!("{TO_DESK}    due: 2026-11-{day}T12:00:00+08:00\n");
    let none = Vec::<String>::new();
    assert_eq!(lines(&found("assigned", &[CONTACTED, TRIAGED, &due(24)])), none);
    // From the 22nd 09:40 to the 23rd 12:00 are 26 h 20 min; of them 24 h 20 min are over, 92 %
    let soon = found("assigned", &[CONTACTED, TRIAGED, &due(23)]);
    assert_eq!(lines(&soon), ["warning due-soon 20261122-7k3q9x.yaml:12:5"]);
    let late = found("assigned", &[CONTACTED, TRIAGED, &due(22)]);
    assert_eq!(lines(&late), ["error overdue 20261122-7k3q9x.yaml:12:5"]);
    let expected = "hand-over is late by 22 h (due Sun 2026-11-22 12:00, no owner yet)";
    assert_eq!(late[0].message.to_string(), expected);
    assert_eq!(late[0].notes[0].to_string(), "rule: the deadline that the hand-over names");
    assert_eq!(late[0].help[0].to_string(), "do it, and record it: `fb diagnose 7k3q9x --cause …`");
}

#[test]
fn the_last_day_of_a_wait_is_found_at_the_wait() {
    let asked = "  - waiting: 2026-11-22T09:41:00+08:00\n    reason: photo\n    until: 2026-11-22\n";
    let late = found("waiting", &[CONTACTED, TRIAGED, asked]);
    assert_eq!(lines(&late), ["error overdue 20261122-7k3q9x.yaml:12:5"]);
    // Since midnight
    let expected = "customer's answer is late by 10 h (due Mon 2026-11-23 00:00, no owner yet)";
    assert_eq!(late[0].message.to_string(), expected);
    assert_eq!(late[0].notes[0].to_string(), "rule: the day that the wait names");
    assert_eq!(late[0].help[0].to_string(), "do it, and record it: `fb resume 7k3q9x`");
    let soon = asked.replace("until: 2026-11-22", "until: soon");
    let wrong = found("waiting", &[CONTACTED, TRIAGED, &soon]);
    assert_eq!(lines(&wrong), ["error bad-value 20261122-7k3q9x.yaml:14:12"]);
    assert_eq!(wrong[0].message.to_string(), "`until` is a day such as `2026-12-05`, not `soon`");
}
