use super::at;

/// The customer is contacted within 48 hours.
const CONTACT: &str = "
[[clock]]
name = 'contact'
start = ['received']
stop = ['contacted', 'rejected']
within = '48h'
pause = ['waiting']
";

/// Every round has 72 hours.
const ROUND: &str = "
[[clock]]
name = 'result'
start = ['received', 'reopened', 'followed-up:dissatisfied']
stop = ['resolved']
within = '72h'
";

/// Urgent cases have a day, all others three.
const URGENCY: &str = "
[[clock]]
name = 'respond'
when = { urgency = 'urgent' }
start = ['received']
stop = ['contacted']
within = '24h'

[[clock]]
name = 'respond'
start = ['received']
stop = ['contacted']
within = '72h'
";

/// Only urgent cases have a limit.
fn only_urgent() -> &'static str {
    URGENCY.split("\n\n").next().unwrap()
}

#[track_caller]
fn holds(clocks: &str, history: &str, now: &str, told: &[&str]) {
    assert_eq!(at(clocks, history, now), told, "{history}, at {now}");
}

#[test]
fn a_clock_runs_and_warns_when_three_quarters_are_used_up() {
    // 36 of 48 hours are over on the 24th at 22:00
    holds(CONTACT, "received 23 10:00", "23 10:00", &["running from 23 10:00, due 25 10:00"]);
    holds(CONTACT, "received 23 10:00", "24 21:59", &["running from 23 10:00, due 25 10:00"]);
    holds(CONTACT, "received 23 10:00", "24 22:00", &["warning from 23 10:00, due 25 10:00"]);
}

#[test]
fn the_due_itself_is_in_time() {
    holds(CONTACT, "received 23 10:00", "25 10:00", &["warning from 23 10:00, due 25 10:00"]);
    let overdue = "overdue from 23 10:00, due 25 10:00, decided 25 10:00";
    holds(CONTACT, "received 23 10:00", "25 10:01", &[overdue]);
    let met = "met from 23 10:00, due 25 10:00, decided 25 10:00";
    holds(CONTACT, "received 23 10:00; contacted 25 10:00", "30 00:00", &[met]);
    let missed = "missed from 23 10:00, due 25 10:00, decided 25 10:00";
    holds(CONTACT, "received 23 10:00; contacted 25 10:01", "30 00:00", &[missed]);
}

#[test]
fn the_first_stop_ends_it_whichever_it_is() {
    let met = "met from 23 10:00, due 25 10:00, decided 23 11:00";
    holds(CONTACT, "received 23 10:00; rejected 23 11:00", "30 00:00", &[met]);
    holds(CONTACT, "received 23 10:00; contacted 23 11:00; contacted 26 11:00", "30 00:00", &[met]);
}

#[test]
fn what_has_not_happened_yet_does_not_count() {
    let history = "received 23 10:00; contacted 24 10:00";
    holds(CONTACT, history, "24 09:59", &["running from 23 10:00, due 25 10:00"]);
}

#[test]
fn a_stop_that_is_stamped_before_the_receipt_counts_from_the_receipt() {
    let met = "met from 23 10:00, due 25 10:00, decided 23 10:00";
    holds(CONTACT, "received 23 10:00; contacted 22 10:00", "30 00:00", &[met]);
}

#[test]
fn a_case_that_ends_without_the_step_lapses_before_the_due_and_misses_after_it() {
    let lapsed = "lapsed from 23 10:00, due 25 10:00";
    holds(CONTACT, "received 23 10:00; closed 24 10:00", "30 00:00", &[lapsed]);
    holds(CONTACT, "received 23 10:00; closed 25 10:00", "30 00:00", &[lapsed]);
    let missed = "missed from 23 10:00, due 25 10:00, decided 25 10:00";
    holds(CONTACT, "received 23 10:00; closed 26 10:00", "30 00:00", &[missed]);
}

#[test]
fn the_end_of_the_case_can_be_the_step_itself() {
    let clock = CONTACT.replace("'contacted', 'rejected'", "'closed'");
    let met = "met from 23 10:00, due 25 10:00, decided 24 10:00";
    holds(&clock, "received 23 10:00; closed 24 10:00", "30 00:00", &[met]);
    holds(
        &clock,
        "received 23 10:00; followed-up 24 10:00 outcome=satisfied",
        "30 00:00",
        &["lapsed from 23 10:00, due 25 10:00"],
    );
}

#[test]
fn a_start_that_comes_while_it_runs_is_ignored() {
    let history = "received 23 10:00; followed-up 23 12:00 outcome=dissatisfied; resolved 23 15:00";
    holds(ROUND, history, "30 00:00", &["met from 23 10:00, due 26 10:00, decided 23 15:00"]);
    // ... also while it is overdue
    let history = "received 23 10:00; followed-up 27 12:00 outcome=dissatisfied; resolved 27 15:00";
    holds(ROUND, history, "30 00:00", &["missed from 23 10:00, due 26 10:00, decided 26 10:00"]);
}

#[test]
fn every_round_has_a_clock_of_its_own() {
    let history = "received 23 10:00; resolved 23 15:00; followed-up 24 09:00 outcome=dissatisfied; \
                   resolved 27 09:01; followed-up 28 09:00 outcome=satisfied";
    holds(
        ROUND,
        history,
        "30 00:00",
        &[
            "met from 23 10:00, due 26 10:00, decided 23 15:00",
            "missed from 24 09:00, due 27 09:00, decided 27 09:00, round 2",
        ],
    );
    let unreached = "received 23 10:00; resolved 23 15:00; followed-up 24 09:00 outcome=unreached";
    holds(ROUND, unreached, "30 00:00", &["met from 23 10:00, due 26 10:00, decided 23 15:00"]);
}

#[test]
fn a_case_that_is_taken_up_again_starts_anew() {
    let history = "received 23 10:00; closed 23 12:00; reopened 25 09:00";
    holds(
        ROUND,
        history,
        "25 10:00",
        &["lapsed from 23 10:00, due 26 10:00", "running from 25 09:00, due 28 09:00, round 2"],
    );
}

#[test]
fn a_stop_before_the_start_is_none() {
    let plan = "[[clock]]\nname = 'plan'\nstart = ['triaged']\nstop = ['proposed']\nwithin = '7d'\n";
    // The seventh day after the 23rd is the 30th; it ends with the month.
    let history = "received 23 09:00; proposed 23 09:30; triaged 23 10:00";
    holds(plan, history, "23 12:00", &["running from 23 10:00, due 01 00:00"]);
    holds(plan, "received 23 09:00", "30 00:00", &[]);
}

#[test]
fn it_is_paused_while_the_customer_has_to_answer() {
    let waiting = "received 23 10:00; waiting 24 10:00";
    holds(CONTACT, waiting, "26 10:00", &["paused from 23 10:00, pauses 48 h"]);
    let moved = "running from 23 10:00, due 27 10:00, pauses 48 h";
    holds(CONTACT, &format!("{waiting}; resumed 26 10:00"), "26 10:00", &[moved]);
    let twice = "received 23 10:00; waiting 24 10:00; resumed 24 11:00; waiting 24 20:00; resumed 24 22:00";
    holds(CONTACT, twice, "24 22:00", &["running from 23 10:00, due 25 13:00, pauses 3 h"]);
}

#[test]
fn a_pause_that_begins_at_the_due_comes_too_late() {
    let late = "overdue from 23 10:00, due 25 10:00, decided 25 10:00, pauses 1 h";
    holds(CONTACT, "received 23 10:00; waiting 25 10:00", "25 11:00", &[late]);
    let still = "paused from 23 10:00, pauses 24 h";
    holds(CONTACT, "received 23 10:00; waiting 25 09:59", "26 09:59", &[still]);
}

#[test]
fn it_can_end_while_it_is_paused() {
    // 24 hours were left when it began to wait.
    let met = "met from 23 10:00, due 26 12:00, decided 25 12:00, pauses 26 h";
    holds(CONTACT, "received 23 10:00; waiting 24 10:00; contacted 25 12:00", "30 00:00", &[met]);
    let lapsed = "lapsed from 23 10:00, due 25 12:00, pauses 2 h";
    holds(CONTACT, "received 23 10:00; waiting 24 10:00; closed 24 12:00", "30 00:00", &[lapsed]);
}

#[test]
fn raising_the_urgency_shortens_a_clock_that_runs() {
    let raised = "received 23 10:00 urgency=general; triaged 23 12:00 urgency=urgent";
    holds(URGENCY, raised, "23 11:59", &["running from 23 10:00, due 26 10:00"]);
    holds(URGENCY, raised, "23 12:00", &["running from 23 10:00, due 24 10:00"]);
    // After the shorter limit has passed, it is missed from the moment at which it came into force.
    let late = "received 23 10:00; triaged 25 12:00 urgency=urgent";
    let overdue = "overdue from 23 10:00, due 24 10:00, decided 25 12:00";
    holds(URGENCY, late, "25 11:59", &["running from 23 10:00, due 26 10:00"]);
    holds(URGENCY, late, "25 12:00", &[overdue]);
    holds(URGENCY, late, "25 12:01", &[overdue]);
}

#[test]
fn what_was_decided_stays() {
    let missed = "received 23 10:00 urgency=urgent; amended 25 10:00 urgency=general";
    let overdue = "overdue from 23 10:00, due 24 10:00, decided 24 10:00";
    holds(URGENCY, missed, "25 11:00", &[overdue]);
    holds(only_urgent(), missed, "25 11:00", &[overdue]);
    let met = "received 23 10:00; contacted 25 10:00; amended 25 11:00 urgency=urgent";
    holds(URGENCY, met, "30 00:00", &["met from 23 10:00, due 26 10:00, decided 25 10:00"]);
}

#[test]
fn without_a_rule_that_fits_it_is_withdrawn() {
    let calmed = "received 23 10:00 urgency=urgent; amended 23 12:00 urgency=general";
    holds(only_urgent(), calmed, "23 11:59", &["running from 23 10:00, due 24 10:00"]);
    holds(only_urgent(), calmed, "23 12:00", &[]);
    holds(only_urgent(), &format!("{calmed}; contacted 23 13:00"), "30 00:00", &[]);
}

#[test]
fn a_rule_that_fits_only_after_the_triage_counts_from_the_receipt() {
    let complex = "[[clock]]\nname = 'result'\nwhen = { complexity = 'complex' }\nstart = ['received']\n\
                   stop = ['resolved']\nwithin = '72h'\n";
    let history = "received 23 10:00; triaged 24 10:00 complexity=complex";
    holds(complex, history, "24 09:59", &[]);
    holds(complex, history, "24 10:00", &["running from 23 10:00, due 26 10:00"]);
    // Its end came before the rule did.
    holds(
        complex,
        "received 23 10:00; resolved 23 11:00; triaged 24 10:00 complexity=complex",
        "30 00:00",
        &[],
    );
}

#[test]
fn a_limit_of_nothing_is_due_at_once_or_at_midnight() {
    let at_once = CONTACT.replace("48h", "0h");
    let met = "met from 23 10:00, due 23 10:00, decided 23 10:00";
    holds(&at_once, "received 23 10:00; contacted 23 10:00", "30 00:00", &[met]);
    holds(&at_once, "received 23 10:00", "23 10:00", &["warning from 23 10:00, due 23 10:00"]);
    holds(
        &at_once,
        "received 23 10:00",
        "23 10:01",
        &["overdue from 23 10:00, due 23 10:00, decided 23 10:00"],
    );
    let same_day = CONTACT.replace("48h", "0d");
    holds(
        &same_day,
        "received 23 10:00; contacted 24 00:00",
        "30 00:00",
        &["met from 23 10:00, due 24 00:00, decided 24 00:00"],
    );
}

#[test]
fn working_time_does_not_count_what_was_waited() {
    // Monday 09:00-11:00 are two of the eight hours; Tuesday 14:00-18:00 four; Wednesday 09:00-11:00 two.
    let clock = CONTACT.replace("48h", "8wh");
    let history = "received 23 09:00; waiting 23 11:00; resumed 24 14:00";
    holds(&clock, history, "24 14:00", &["running from 23 09:00, due 25 11:00, pauses 27 h"]);
}

#[test]
fn clocks_with_two_names_run_side_by_side() {
    let both = format!("{CONTACT}{ROUND}");
    holds(
        &both,
        "received 23 10:00; contacted 23 11:00",
        "23 12:00",
        &["met from 23 10:00, due 25 10:00, decided 23 11:00", "running from 23 10:00, due 26 10:00"],
    );
}
