//! Clocks that need a year which the calendar lacks. China's calendar has 2026 only; 2026-12-30 is a Wednesday.

use super::{book, event, instances};
use crate::calendar::MissingYear;
use crate::case::{Case, Stamp, example::complaint};
use crate::policy::{ClockState, explained};

/// Three working days to contact the customer, and 48 hours to resolve.
const TWO: &str = "
[[clock]]
name = 'contact'
start = ['received']
stop = ['contacted']
within = '3wd'
pause = ['waiting']

[[clock]]
name = 'resolve'
start = ['received']
stop = ['resolved']
within = '48h'
";

/// An urgent case has 24 hours, any other three working days.
const GRADED: &str = "
[[clock]]
name = 'contact'
when = { urgency = 'urgent' }
start = ['received']
stop = ['contacted']
within = '24h'

[[clock]]
name = 'contact'
start = ['received']
stop = ['contacted']
within = '3wd'
";

fn stamp(at: &str) -> Stamp {
    Stamp::parse(&format!("{}:00+08:00", at.replace(' ', "T"))).unwrap()
}

/// Reads `received 2026-12-30 10:00 urgency=low; contacted 2026-12-31 09:00`.
fn case(history: &str) -> Case {
    let happened = |line: &str| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let at = format!("{} {}", words.next().unwrap(), words.next().unwrap());
        event(name, stamp(&at), words, stamp)
    };
    complaint(history.split(';').map(happened).collect())
}

/// The clocks at an instant: state, due, decision, and the year that is missing.
fn told(clocks: &str, history: &str, now: &str) -> Vec<String> {
    let (book, case, now) = (book(clocks), case(history), stamp(now).instant());
    let replay = book.replay(&case, now).unwrap();
    let at = |at: jiff::Timestamp| book.shop.zone.to_datetime(at).strftime("%m-%d %H:%M").to_string();
    let clocks = instances(&replay, book.rules(&case), &book, now);
    let told = |clock: &super::Instance<'_>| {
        let mut line = format!("{} {}", clock.rule.name, clock.state.word());
        for (word, instant) in [("due", clock.due), ("decided", clock.decided)] {
            line += &instant.map(|instant| format!(", {word} {}", at(instant))).unwrap_or_default();
        }
        line + &clock.missing_year().map(|it| format!(", {} {}", it.calendar, it.year)).unwrap_or_default()
    };
    clocks.iter().map(told).collect()
}

#[test]
fn a_due_in_a_missing_year_is_unknown_and_the_other_clocks_go_on() {
    let history = "received 2026-12-30 10:00";
    assert_eq!(
        told(TWO, history, "2026-12-31 12:00"),
        ["contact unknown, office 2027", "resolve running, due 01-01 10:00"]
    );
    assert_eq!(
        told(TWO, history, "2027-01-04 09:00"),
        ["contact unknown, office 2027", "resolve overdue, due 01-01 10:00, decided 01-01 10:00"]
    );
    assert_eq!(
        told(
            TWO,
            "received 2023-05-08 10:00; contacted 2023-05-08 11:00; resolved 2023-05-09 10:00",
            "2026-11-23 10:00"
        ),
        ["contact unknown, office 2023", "resolve met, due 05-10 10:00, decided 05-09 10:00"]
    );
}

/// The due is in the missing year or later, so whatever ended before that year ended in time.
#[test]
fn what_ended_before_the_missing_year_is_decided() {
    let first = |history: &str| told(TWO, history, "2027-02-01 10:00").swap_remove(0);
    for (end, expected) in [
        ("contacted 2026-12-31 17:00", "contact met, decided 12-31 17:00"),
        ("contacted 2027-01-01 00:00", "contact met, decided 01-01 00:00"),
        ("contacted 2027-01-01 00:01", "contact unknown, office 2027"),
        ("contacted 2027-01-20 10:00", "contact unknown, office 2027"),
        ("closed 2026-12-31 17:00", "contact lapsed"),
        ("closed 2027-01-04 17:00", "contact unknown, office 2027"),
        // Paused before the year begins, it never gets to its due
        ("waiting 2026-12-31 09:00 reason=order", "contact paused"),
    ] {
        assert_eq!(first(&format!("received 2026-12-30 10:00; {end}")), expected, "{end}");
    }
}

#[test]
fn a_rule_that_comes_into_force_before_the_missing_year_decides() {
    let first = |urgent| {
        let history = format!("received 2026-12-30 10:00 urgency=low; amended {urgent} urgency=urgent");
        told(GRADED, &history, "2027-02-01 10:00").swap_remove(0)
    };
    assert_eq!(first("2026-12-31 09:00"), "contact overdue, due 12-31 10:00, decided 12-31 10:00");
    // The three working days may have passed before it
    assert_eq!(first("2027-01-05 09:00"), "contact unknown, office 2027");
}

#[test]
fn an_unknown_clock_is_explained_without_an_account() {
    let (book, case, now) =
        (book(TWO), case("received 2026-12-30 10:00"), stamp("2027-01-04 10:00").instant());
    let found = explained(&book.replay(&case, now).unwrap(), book.rules(&case), &book, now);
    let contact = &found[0];
    assert_eq!((contact.clock.state, contact.clock.open()), (ClockState::Unknown, true));
    assert_eq!((contact.clock.met(), contact.clock.remaining(now)), (None, None));
    let missing = MissingYear { calendar: "office".to_owned(), year: 2027 };
    assert_eq!(contact.clock.missing_year(), Some(&missing));
    assert!(contact.account.is_none() && contact.rules.len() == 1);
}
