//! How long a case waits for the customer, worked out by hand. The 23rd of November 2026 is a Monday.

use super::at;

const PLAIN: &str = "";

/// A wait that names no day may take two days.
const TWO_DAYS: &str = "[waiting]\nwithin = '2d'\n";

#[track_caller]
fn holds(policy: &str, history: &str, now: &str, told: &[&str]) {
    assert_eq!(at(policy, &format!("received 23 09:00; {history}"), now), told, "{history}, at {now}");
}

#[test]
fn it_is_due_at_the_end_of_the_day_that_the_wait_names() {
    let wait = "waiting 23 12:00 reason=photo until=2026-11-25";
    // 60 hours in all; three quarters of them are 45 hours
    holds(PLAIN, wait, "25 08:59", &["running from 23 12:00, due 26 00:00"]);
    holds(PLAIN, wait, "25 09:00", &["warning from 23 12:00, due 26 00:00"]);
    holds(PLAIN, wait, "26 00:00", &["warning from 23 12:00, due 26 00:00"]);
    holds(PLAIN, wait, "26 00:01", &["overdue from 23 12:00, due 26 00:00, decided 26 00:00"]);
    // The day that the wait names comes before the limit of the rules
    holds(TWO_DAYS, wait, "25 08:00", &["running from 23 12:00, due 26 00:00"]);
    let later = "waiting 23 12:00 reason=photo until=2026-11-29";
    holds(TWO_DAYS, later, "26 12:00", &["running from 23 12:00, due 30 00:00"]);
}

#[test]
fn without_a_day_the_limit_of_the_rules_counts_and_without_that_nothing() {
    let wait = "waiting 23 12:00 reason=photo";
    holds(PLAIN, wait, "30 00:00", &[]);
    holds(TWO_DAYS, wait, "24 12:00", &["running from 23 12:00, due 26 00:00"]);
    holds(TWO_DAYS, wait, "27 12:00", &["overdue from 23 12:00, due 26 00:00, decided 26 00:00"]);
}

#[test]
fn whatever_takes_the_case_out_of_the_wait_ends_it() {
    let wait = "waiting 23 12:00 reason=photo until=2026-11-25";
    let met = "met from 23 12:00, due 26 00:00, decided 24 10:00";
    for then in [
        "resumed 24 10:00",
        "escalated 24 10:00 reason=x",
        "proposed 24 10:00 remedy=refund",
        "resolved 24 10:00",
        "rejected 24 10:00 reason=x",
        "closed 24 10:00",
    ] {
        holds(PLAIN, &format!("{wait}; {then}"), "30 00:00", &[met]);
    }
    let missed = "missed from 23 12:00, due 26 00:00, decided 26 00:00";
    holds(PLAIN, &format!("{wait}; resumed 26 10:00"), "30 00:00", &[missed]);
    // These leave it where it is; what is declared void is withdrawn
    let still = "running from 23 12:00, due 26 00:00";
    for then in ["contacted 24 08:00", "noted 24 08:00 note=x", "amended 24 08:00 reason=x owner=li.na"] {
        holds(PLAIN, &format!("{wait}; {then}"), "24 09:00", &[still]);
    }
    holds(PLAIN, &format!("{wait}; voided 24 08:00 reason=x"), "30 00:00", &[]);
}

#[test]
fn a_wait_that_goes_on_has_a_day_of_its_own() {
    let wait =
        "waiting 23 12:00 reason=photo until=2026-11-25; waiting 25 10:00 reason=bill until=2026-11-27";
    let met = "met from 23 12:00, due 26 00:00, decided 25 10:00";
    holds(PLAIN, wait, "25 11:00", &[met, "running from 25 10:00, due 28 00:00"]);
    let answered = format!("{wait}; resumed 27 23:00");
    holds(PLAIN, &answered, "30 00:00", &[met, "met from 25 10:00, due 28 00:00, decided 27 23:00"]);
}
