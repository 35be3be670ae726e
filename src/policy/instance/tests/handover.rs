//! The deadline that a hand-over names, worked out by hand. The 23rd of November 2026 is a Monday.

use super::at;

const PLAIN: &str = "";

/// Only the requested event ends it, and it warns late.
const OWN: &str = "[handover]\nstop = ['verified']\nwarn = 0.9\n[milestones]\nverified = 'verified'\n";

#[track_caller]
fn holds(policy: &str, history: &str, now: &str, told: &[&str]) {
    assert_eq!(at(policy, history, now), told, "{history}, at {now}");
}

/// Handed over on Monday at 10:00, wanted by Wednesday 10:00.
const HANDED: &str = "received 23 09:00; assigned 23 10:00 department=quality due=25_10:00";

fn handed(then: &str) -> String {
    format!("{HANDED}; {then}")
}

#[test]
fn it_runs_from_the_hand_over_and_warns_when_three_quarters_are_used_up() {
    holds(PLAIN, HANDED, "23 10:00", &["running from 23 10:00, due 25 10:00"]);
    // 36 of 48 hours are over on Tuesday at 22:00
    holds(PLAIN, HANDED, "24 21:59", &["running from 23 10:00, due 25 10:00"]);
    holds(PLAIN, HANDED, "24 22:00", &["warning from 23 10:00, due 25 10:00"]);
    holds(PLAIN, HANDED, "25 10:00", &["warning from 23 10:00, due 25 10:00"]);
    holds(PLAIN, HANDED, "25 10:01", &["overdue from 23 10:00, due 25 10:00, decided 25 10:00"]);
}

#[test]
fn without_a_deadline_there_is_nothing_to_keep() {
    holds(PLAIN, "received 23 09:00; assigned 23 10:00 department=quality", "30 00:00", &[]);
}

#[test]
fn what_was_asked_for_ends_it_at_the_deadline_itself_in_time() {
    for stop in ["diagnosed", "proposed", "resolved", "returned", "rejected", "closed"] {
        let met = "met from 23 10:00, due 25 10:00, decided 25 10:00";
        holds(PLAIN, &handed(&format!("{stop} 25 10:00")), "30 00:00", &[met]);
        let missed = "missed from 23 10:00, due 25 10:00, decided 25 10:00";
        holds(PLAIN, &handed(&format!("{stop} 25 10:01")), "30 00:00", &[missed]);
    }
}

#[test]
fn waiting_and_talking_do_not_move_it() {
    let history = handed("accepted 23 11:00; contacted 23 12:00; waiting 23 13:00; resumed 25 09:00");
    holds(PLAIN, &history, "25 10:01", &["overdue from 23 10:00, due 25 10:00, decided 25 10:00"]);
}

#[test]
fn handing_the_work_on_ends_it_and_starts_the_next() {
    let met = "met from 23 10:00, due 25 10:00, decided 24 10:00";
    let history = handed("assigned 24 10:00 department=service due=27_10:00");
    holds(PLAIN, &history, "24 11:00", &[met, "running from 24 10:00, due 27 10:00"]);
    holds(PLAIN, &handed("assigned 24 10:00 owner=li.na"), "30 00:00", &[met]);
    // Passed on too late: a miss stays one, and the next has its own deadline.
    let missed = "missed from 23 10:00, due 25 10:00, decided 25 10:00";
    let history = handed("assigned 26 10:00 department=service due=27_10:00; resolved 27 09:00");
    holds(PLAIN, &history, "30 00:00", &[missed, "met from 26 10:00, due 27 10:00, decided 27 09:00"]);
}

#[test]
fn a_case_that_ends_before_it_without_the_step_lapses() {
    let satisfied = handed("followed-up 24 10:00 outcome=satisfied");
    holds(PLAIN, &satisfied, "30 00:00", &["lapsed from 23 10:00, due 25 10:00"]);
    let late = handed("followed-up 26 10:00 outcome=satisfied");
    holds(PLAIN, &late, "30 00:00", &["missed from 23 10:00, due 25 10:00, decided 25 10:00"]);
}

#[test]
fn a_deadline_before_the_hand_over_is_missed_as_it_is_made() {
    let history = "received 23 09:00; assigned 23 10:00 department=quality due=23_09:30";
    holds(PLAIN, history, "23 10:00", &["overdue from 23 10:00, due 23 09:30, decided 23 10:00"]);
}

#[test]
fn a_policy_says_what_ends_it_and_when_it_warns() {
    let history = handed("resolved 23 12:00");
    // 90 % of 48 hours are 43 h 12 min
    holds(OWN, &history, "25 05:11", &["running from 23 10:00, due 25 10:00"]);
    holds(OWN, &history, "25 05:12", &["warning from 23 10:00, due 25 10:00"]);
    let met = "met from 23 10:00, due 25 10:00, decided 25 09:00";
    holds(OWN, &handed("marked 25 09:00 milestone=verified"), "30 00:00", &[met]);
    let met = "met from 23 10:00, due 25 10:00, decided 24 10:00";
    holds(OWN, &handed("assigned 24 10:00 owner=li.na"), "30 00:00", &[met]);
}

#[test]
fn it_comes_after_the_policy_s_own_clocks() {
    let policy = "[[clock]]\nname = 'contact'\nstart = ['received']\nstop = ['contacted']\nwithin = '48h'\n";
    let both = ["running from 23 09:00, due 25 09:00", "running from 23 10:00, due 25 10:00"];
    holds(policy, HANDED, "23 10:00", &both);
}
