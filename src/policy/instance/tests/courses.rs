//! Whole courses worked out by hand: rounds, milestones, rules that change on the way, warnings, decisions that stay.
//!
//! 23 November 2026 is a Monday; the office works 09:00-12:00 and 13:30-18:00.

use super::{at, book, case, stamp};
use crate::policy::{ClockState, explained, instances};

#[track_caller]
fn holds(clocks: &str, history: &str, now: &str, told: &[&str]) {
    assert_eq!(at(clocks, history, now), told, "{history}, at {now}");
}

/// A clock named `c` with these lines.
fn clock(lines: &str) -> String {
    format!("[[clock]]\nname = 'c'\n{lines}\n")
}

const ROUNDS: &str =
    "start = ['received', 'reopened', 'followed-up:dissatisfied']\nstop = ['resolved', 'rejected']";

/// Urgent cases have one day, important ones two; all others have no limit.
fn graded() -> String {
    let graded = |urgency, limit| {
        clock(&format!(
            "when = {{ urgency = '{urgency}' }}\nstart = ['received']\nstop = ['contacted']\nwithin = '{limit}'"
        ))
    };
    graded("urgent", "24h") + &graded("important", "48h")
}

#[test]
fn every_round_has_a_clock_of_its_own() {
    let rounds = clock(&format!("{ROUNDS}\nwithin = '72h'"));
    // 23 10:00 + 72 h is 26 10:00; 25 10:00 + 72 h is 28 10:00; 28 11:00 + 72 h is 31 11:00, that is 1 December.
    let history = "received 23 10:00; resolved 24 10:00; followed-up 25 10:00 outcome=dissatisfied; \
                   resolved 28 10:01; followed-up 28 10:30 outcome=satisfied; reopened 28 11:00";
    let first = "met from 23 10:00, due 26 10:00, decided 24 10:00";
    let second = "missed from 25 10:00, due 28 10:00, decided 28 10:00, round 2";
    let third = "running from 28 11:00, due 01 11:00, round 3";
    holds(&rounds, history, "25 09:59", &[first]);
    holds(&rounds, history, "25 10:00", &[first, "running from 25 10:00, due 28 10:00, round 2"]);
    holds(&rounds, history, "28 10:00", &[first, "warning from 25 10:00, due 28 10:00, round 2"]);
    holds(&rounds, history, "28 11:00", &[first, second, third]);
}

#[test]
fn an_unreached_customer_begins_no_round() {
    let rounds = clock(&format!("{ROUNDS}\nwithin = '72h'"));
    let history = "received 23 10:00; resolved 24 10:00; followed-up 25 10:00 outcome=unreached";
    holds(&rounds, history, "26 10:00", &["met from 23 10:00, due 26 10:00, decided 24 10:00"]);
}

#[test]
fn a_round_takes_no_pause_over_from_the_one_before() {
    let rounds = clock(&format!("{ROUNDS}\nwithin = '24h'\npause = ['waiting']"));
    // First: 2 h waited, due 24 12:00. Second: 25 10:00 to 26 10:00.
    let history = "received 23 10:00; waiting 23 12:00; resumed 23 14:00; resolved 24 11:00; \
                   followed-up 25 10:00 outcome=dissatisfied";
    let first = "met from 23 10:00, due 24 12:00, decided 24 11:00, pauses 2 h";
    holds(&rounds, history, "25 11:00", &[first, "running from 25 10:00, due 26 10:00, round 2"]);
}

#[test]
fn milestones_start_and_stop_it() {
    let policy = "[milestones]\nreported = 'Reported'\nverified = 'Verified'\n".to_owned()
        + &clock("start = ['reported']\nstop = ['verified']\nwithin = '1wd'");
    // The first working day after Mon 23 ends on Tue 24 at 18:00, which is in time.
    let history = "received 23 09:00; marked 23 17:00 milestone=reported; marked 24 18:00 milestone=verified";
    holds(&policy, history, "23 16:59", &[]);
    holds(&policy, history, "23 17:00", &["running from 23 17:00, due 24 18:00"]);
    holds(&policy, history, "30 00:00", &["met from 23 17:00, due 24 18:00, decided 24 18:00"]);
    // The same milestone again while it runs is not a start; after the stop it is the next one.
    let twice = "received 23 09:00; marked 23 10:00 milestone=reported; marked 23 11:00 milestone=reported; \
                 marked 23 12:00 milestone=verified; marked 25 10:00 milestone=reported";
    let both = ["met from 23 10:00, due 24 18:00, decided 23 12:00", "running from 25 10:00, due 26 18:00"];
    holds(&policy, twice, "25 10:00", &both);
}

#[test]
fn only_the_outcome_or_the_level_that_is_named_stops_it() {
    let content = clock("start = ['resolved']\nstop = ['followed-up:satisfied']\nwithin = '48h'");
    let unreached = "received 23 10:00; resolved 23 12:00; followed-up 24 10:00 outcome=unreached";
    holds(&content, unreached, "24 11:00", &["running from 23 12:00, due 25 12:00"]);
    let satisfied = format!("{unreached}; followed-up 25 12:00 outcome=satisfied");
    holds(&content, &satisfied, "30 00:00", &["met from 23 12:00, due 25 12:00, decided 25 12:00"]);
    let manager = clock("start = ['received']\nstop = ['escalated:manager']\nwithin = '4h'");
    let levels = "received 23 10:00; escalated 23 11:00 level=supervisor; escalated 23 14:01 level=manager";
    holds(&manager, levels, "30 00:00", &["missed from 23 10:00, due 23 14:00, decided 23 14:00"]);
}

#[test]
fn one_event_can_stop_a_clock_and_start_the_next() {
    let desks = clock("start = ['received', 'escalated']\nstop = ['escalated']\nwithin = '24h'");
    let history = "received 23 10:00; escalated 24 10:00; escalated 25 11:00";
    let told = [
        "met from 23 10:00, due 24 10:00, decided 24 10:00",
        "missed from 24 10:00, due 25 10:00, decided 25 10:00",
        "running from 25 11:00, due 26 11:00",
    ];
    holds(&desks, history, "25 12:00", &told);
}

#[test]
fn lowering_the_urgency_lengthens_what_is_not_decided() {
    let graded = graded();
    // Urgent: due 24 10:00. Lowered before that, or exactly then: due 25 10:00.
    for lowered in ["24 09:00", "24 10:00"] {
        let history = format!("received 23 10:00 urgency=urgent; amended {lowered} urgency=important");
        holds(&graded, &history, "24 12:00", &["running from 23 10:00, due 25 10:00"]);
    }
    // A minute later it was decided, and this stays.
    let late = "received 23 10:00 urgency=urgent; amended 24 10:01 urgency=important; contacted 24 11:00";
    holds(&graded, late, "24 10:30", &["overdue from 23 10:00, due 24 10:00, decided 24 10:00"]);
    holds(&graded, late, "30 00:00", &["missed from 23 10:00, due 24 10:00, decided 24 10:00"]);
}

#[test]
fn raising_the_urgency_to_a_due_that_is_now_is_in_time() {
    let raised = "received 23 10:00 urgency=important; amended 24 10:00 urgency=urgent; contacted 24 10:00";
    holds(&graded(), raised, "30 00:00", &["met from 23 10:00, due 24 10:00, decided 24 10:00"]);
    // A minute later it was already late when it came into force: missed at that moment, not a minute earlier.
    let late = "received 23 10:00 urgency=important; amended 24 10:01 urgency=urgent; contacted 24 10:01";
    holds(&graded(), late, "30 00:00", &["missed from 23 10:00, due 24 10:00, decided 24 10:01"]);
}

#[test]
fn a_clock_that_was_withdrawn_comes_back_with_its_rule() {
    let graded = graded();
    // Without a limit between Mon 12:00 and 18:00; the time runs on from the receipt.
    let back =
        "received 23 10:00 urgency=urgent; amended 23 12:00 urgency=general; amended 23 18:00 urgency=urgent";
    holds(&graded, back, "23 17:59", &[]);
    holds(&graded, back, "23 18:00", &["running from 23 10:00, due 24 10:00"]);
    // The due passed while no rule applied: late at the moment at which one applies again.
    let later =
        "received 23 10:00 urgency=urgent; amended 23 12:00 urgency=general; amended 25 12:00 urgency=urgent";
    holds(&graded, later, "25 11:59", &[]);
    holds(&graded, later, "26 00:00", &["overdue from 23 10:00, due 24 10:00, decided 25 12:00"]);
    // Ended while no rule applied: nothing to report.
    let ended = "received 23 10:00 urgency=urgent; amended 23 12:00 urgency=general; contacted 23 13:00; \
                 amended 23 18:00 urgency=urgent";
    holds(&graded, ended, "26 00:00", &[]);
    // Missed before it could be withdrawn.
    let missed = "received 23 10:00 urgency=urgent; amended 24 12:00 urgency=general; contacted 24 13:00";
    holds(&graded, missed, "26 00:00", &["missed from 23 10:00, due 24 10:00, decided 24 10:00"]);
}

#[test]
fn the_category_picks_the_rule() {
    let policy =
        clock("when = { category = 'product/' }\nstart = ['received']\nstop = ['resolved']\nwithin = '3wd'")
            + &clock("start = ['received']\nstop = ['resolved']\nwithin = '1wd'");
    // Mon 23 + 1 working day: Tue 18:00. + 3: Thu 26 18:00.
    let history = "received 23 10:00; triaged 24 10:00 category=product/quality; amended 25 10:00 category=service/speed";
    holds(&policy, history, "23 10:00", &["running from 23 10:00, due 24 18:00"]);
    holds(&policy, history, "24 10:00", &["running from 23 10:00, due 26 18:00"]);
    // Back under the shorter one, whose due has passed.
    holds(&policy, history, "25 10:00", &["overdue from 23 10:00, due 24 18:00, decided 25 10:00"]);
}

#[test]
fn each_rule_has_the_pauses_and_stops_that_it_names() {
    let policy =
        clock("when = { urgency = 'urgent' }\nstart = ['received']\nstop = ['resolved']\nwithin = '24h'")
            + &clock("start = ['received']\nstop = ['resolved']\nwithin = '24h'\npause = ['waiting']");
    // 4 h waited: they count for an urgent case, and not for another.
    let history = "received 23 10:00; waiting 23 12:00; resumed 23 16:00; amended 23 18:00 urgency=urgent";
    holds(&policy, history, "23 17:00", &["running from 23 10:00, due 24 14:00, pauses 4 h"]);
    holds(&policy, history, "23 18:00", &["running from 23 10:00, due 24 10:00"]);
}

#[test]
fn several_pauses_are_summed_and_those_outside_the_hours_cost_nothing() {
    let policy =
        clock("start = ['received']\nstop = ['resolved']\nwithin = '8wh'\npause = ['waiting', 'escalated']");
    // Mon: 10:00-10:30 waiting, 11:30-14:00 escalated (1 h without the break): 6 h used. Tue 09:00-11:00.
    let history =
        "received 23 09:00; waiting 23 10:00; resumed 23 10:30; escalated 23 11:30; accepted 23 14:00";
    holds(&policy, history, "23 15:00", &["running from 23 09:00, due 24 11:00, pauses 3 h"]);
    // Waited from the evening to the morning.
    let night = "received 23 09:00; waiting 23 18:00; resumed 24 09:00";
    holds(&policy, night, "24 09:00", &["warning from 23 09:00, due 24 09:30, pauses 15 h"]);
}

#[test]
fn it_is_paused_from_the_start_if_the_case_starts_so() {
    let policy = clock("start = ['waiting']\nstop = ['resolved']\nwithin = '24h'\npause = ['waiting']");
    let history = "received 23 09:00; waiting 23 10:00; resumed 23 13:00";
    holds(&policy, history, "23 12:00", &["paused from 23 10:00, pauses 2 h"]);
    holds(&policy, history, "23 13:00", &["running from 23 10:00, due 24 13:00, pauses 3 h"]);
}

#[test]
fn it_lapses_with_the_case_and_only_before_its_due() {
    let policy = clock("start = ['triaged']\nstop = ['proposed']\nwithin = '0d'");
    let triaged = "received 23 09:00; triaged 23 10:00";
    // The midnight that ends Mon 23 is the due, and in time.
    let lapsed = "lapsed from 23 10:00, due 24 00:00";
    holds(&policy, &format!("{triaged}; closed 24 00:00"), "30 00:00", &[lapsed]);
    let missed = "missed from 23 10:00, due 24 00:00, decided 24 00:00";
    holds(&policy, &format!("{triaged}; closed 24 00:01"), "30 00:00", &[missed]);
    // Not closed by a clerk who forwards an inquiry or complaint: only praise ends like this.
    holds(
        &policy,
        &format!("{triaged}; forwarded 23 12:00"),
        "23 13:00",
        &["running from 23 10:00, due 24 00:00"],
    );
}

#[test]
fn it_warns_at_the_share_that_is_named() {
    let warns = |lines: &str| clock(&format!("start = ['received']\nstop = ['resolved']\n{lines}"));
    let received = "received 23 09:00";
    // Half of 8 wh: 09:00-12:00 and 13:30-14:30.
    let half = warns("within = '8wh'\nwarn = 0.5");
    holds(&half, received, "23 14:29", &["running from 23 09:00, due 24 09:30"]);
    holds(&half, received, "23 14:30", &["warning from 23 09:00, due 24 09:30"]);
    // 09:00 to the midnight that ends Tue is 39 h; two thirds are 26 h: Tue 11:00.
    let days = warns("within = '1d'\nwarn = 0.6666666");
    holds(&days, received, "24 10:59", &["running from 23 09:00, due 25 00:00"]);
    holds(&days, received, "24 11:00", &["warning from 23 09:00, due 25 00:00"]);
    // Everything used up: at the due, which is still in time.
    let last = warns("within = '24h'\nwarn = 1.0");
    holds(&last, received, "24 08:59", &["running from 23 09:00, due 24 09:00"]);
    holds(&last, received, "24 09:00", &["warning from 23 09:00, due 24 09:00"]);
    // Nothing used up: at once.
    holds(
        &warns("within = '24h'\nwarn = 0.0"),
        received,
        "23 09:00",
        &["warning from 23 09:00, due 24 09:00"],
    );
    // Waited time is not used up: 12 of 24 h have run on Tue 09:00.
    let waits = warns("within = '24h'\nwarn = 0.75\npause = ['waiting']");
    let history = "received 23 09:00; waiting 23 10:00; resumed 23 22:00";
    holds(&waits, history, "24 09:00", &["running from 23 09:00, due 24 21:00, pauses 12 h"]);
    holds(&waits, history, "24 15:00", &["warning from 23 09:00, due 24 21:00, pauses 12 h"]);
}

/// The last instance at an instant: met or not, seconds left, and the urgency under which it is counted.
fn counted(clocks: &str, history: &str, now: (&str, &str)) -> (Option<bool>, Option<i64>, String) {
    let (book, case, now) = (book(clocks), case(history), stamp(now.0, now.1).instant());
    let replay = book.replay(&case, now).unwrap();
    let found = instances(&replay, book.rules(&case), &book, now);
    let last = found.last().unwrap();
    let urgency = replay.steps[last.step].state.urgency.unwrap_or("-");
    (last.met(), last.remaining(now), urgency.to_owned())
}

#[test]
fn it_is_counted_under_the_attributes_of_the_decision() {
    let until = |stop: &str| clock(&format!("start = ['received']\nstop = ['{stop}']\nwithin = '48h'"));
    let history = "received 23 10:00 urgency=general; triaged 24 10:00 urgency=urgent; closed 26 10:00";
    let counted = |clocks: &str, day: &str| counted(clocks, history, (day, "10:00"));
    let said = |met, left, urgency: &str| (met, left, urgency.to_owned());
    // Met by the triage, which sets the urgency to urgent.
    assert_eq!(counted(&until("triaged"), "30"), said(Some(true), None, "urgent"));
    // Running: 48 h, 24 h later 24 h, at its due none are left.
    assert_eq!(counted(&until("resolved"), "23"), said(None, Some(48 * 3600), "general"));
    assert_eq!(counted(&until("resolved"), "24"), said(None, Some(24 * 3600), "urgent"));
    assert_eq!(counted(&until("resolved"), "25"), said(None, Some(0), "urgent"));
    // Late since 25 10:00: at midnight it is 14 h over; once ended, there is nothing left.
    let late = self::counted(&until("resolved"), history, ("26", "00:00"));
    assert_eq!(late, said(Some(false), Some(-14 * 3600), "urgent"));
    assert_eq!(counted(&until("resolved"), "30"), said(Some(false), None, "urgent"));
}

#[test]
fn what_lapses_is_counted_under_what_was_known_before_the_end() {
    let proposed = clock("start = ['received']\nstop = ['proposed']\nwithin = '48h'");
    let history = "received 23 10:00 urgency=general; closed 24 10:00 urgency=urgent";
    assert_eq!(counted(&proposed, history, ("30", "00:00")), (None, None, "general".to_owned()));
}

#[test]
fn what_is_late_because_of_its_last_event_is_counted_under_what_that_says() {
    // 25 h after the receipt it becomes urgent, which allows 24 h, and that is the stop, too.
    let history = "received 23 10:00 urgency=low; triaged 24 11:00 urgency=urgent";
    let policy = graded().replace("contacted", "triaged");
    assert_eq!(counted(&policy, history, ("30", "00:00")), (Some(false), None, "urgent".to_owned()));
}

#[test]
fn every_state_has_a_word() {
    for (state, word) in [
        (ClockState::Overdue, "overdue"),
        (ClockState::Warning, "warning"),
        (ClockState::Running, "running"),
        (ClockState::Paused, "paused"),
        (ClockState::Met, "met"),
        (ClockState::Missed, "missed"),
        (ClockState::Lapsed, "lapsed"),
        (ClockState::Unknown, "unknown"),
    ] {
        assert_eq!(state.word(), word);
    }
}

#[test]
fn it_tells_which_rule_held_from_when_on() {
    let graded = graded();
    let (book, case, now) = (
        book(&graded),
        case(
            "received 23 10:00 urgency=important; amended 23 12:00 urgency=urgent; contacted 23 13:00; \
              amended 23 14:00 urgency=general; waiting 23 15:00",
        ),
        stamp("30", "00:00").instant(),
    );
    let replay = book.replay(&case, now).unwrap();
    let found = explained(&replay, book.rules(&case), &book, now);
    let clock = found.iter().find(|one| one.clock.rule.name == "c").unwrap();
    let rules: Vec<_> =
        clock.rules.iter().map(|(at, rule)| (*at, rule.unwrap().within.unwrap().to_string())).collect();
    // From the receipt 48 h, from the first event after it 24 h; it ended before the last two.
    assert_eq!(rules, [(0, "48h".to_owned()), (1, "24h".to_owned())]);
}
