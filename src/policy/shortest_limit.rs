//! Which limit would have been long enough: how a shop chooses one from its history (S3.1.4).

use jiff::Timestamp;

use super::instance::Instance;
use super::rule_book::RuleBook;
use crate::case::Replay;
use crate::clock::{Due, Limit, Pauses, Terms, Undue};

/// The shortest limit, in the unit of another one, that would have been kept: the clock is not yet past its due when it
/// is stopped, or at `until` if nothing has stopped it.
///
/// # Errors
/// [`Undue`] if a calendar lacks a year in which the clock ran, or there is no calendar.
pub fn shortest_limit(
    instance: &Instance<'_>,
    unit: Limit,
    replay: &Replay<'_>,
    book: &RuleBook,
    until: Timestamp,
) -> Result<Limit, Undue> {
    let rule = instance.rule;
    let end = instance.stopped.unwrap_or(until);
    let pauses = pauses(instance, replay, end);
    let terms =
        Terms { zone: &book.shop.zone, calendar: rule.calendar.and_then(|at| book.calendars.get(at)) };
    let kept = |n: u32| in_time(unit.of(n), instance.started, end, &pauses, terms);
    let mut enough = 1;
    while !kept(enough)? {
        enough *= 2;
    }
    // Every longer limit is kept as well.
    let mut short = 0;
    while short < enough {
        let middle = short + (enough - short) / 2;
        if kept(middle)? {
            enough = middle;
        } else {
            short = middle + 1;
        }
    }
    Ok(unit.of(enough))
}

/// The times at which the clock was paused until `end`.
fn pauses(instance: &Instance<'_>, replay: &Replay<'_>, end: Timestamp) -> Pauses {
    let until = |at: usize| replay.steps.get(at + 1).map_or(end, |next| next.at.min(end));
    let steps = replay.steps.iter().enumerate();
    let still = steps.filter(|(_, step)| instance.rule.pause.contains(&step.state.status));
    Pauses::new(still.map(|(at, step)| (step.at, until(at))), None)
}

/// Whether a clock with this limit would have been stopped in time.
fn in_time(
    limit: Limit,
    start: Timestamp,
    end: Timestamp,
    pauses: &Pauses,
    terms: Terms<'_>,
) -> Result<bool, Undue> {
    match limit.due(start, pauses, terms) {
        Ok(Due::At(due)) => Ok(end <= due),
        Ok(Due::Unknown) => Ok(true),
        // The due is in a year after the end: the limit is more than long enough.
        Err(Undue::MissingYear(missing)) if missing.year > terms.zone.to_datetime(end).year() => Ok(true),
        Err(undue) => Err(undue),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::super::{CHINA_CALENDAR, example, instances};
    use super::*;
    use crate::calendar::MissingYear;
    use crate::calendar::example::{at, office, shanghai};
    use crate::case::Stamp;
    use crate::casefile;

    /// The least limit of a clock from the receipt to the contact, after a history of November 2026 in Shanghai, of
    /// which the 23rd is a Monday; working hours are 09:00-12:00 and 13:30-18:00.
    fn needed(within: &str, history: &[(&str, &str)], until: &str) -> String {
        let clock = format!(
            "[[clock]]\nname = \"contact\"\nstart = [\"received\"]\nstop = [\"contacted\"]\n\
             within = \"{within}\"\npause = [\"waiting\"]\n"
        );
        let book = example::book(example::SHOP, Some(CHINA_CALENDAR), &clock);
        let stamp = |at: &str| format!("2026-{}{at}:00+08:00", if at.contains('-') { "" } else { "11-" });
        let more = |name: &str| if name == "waiting" { "    reason: the order number\n" } else { "" };
        let events: String =
            history.iter().map(|(name, at)| format!("  - {name}: {}\n{}", stamp(at), more(name))).collect();
        let head = "id: 20261123-7k3q9x\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n";
        let case = casefile::read(format!("{head}{events}").as_bytes(), Path::new("x.yaml")).unwrap();
        let until = Stamp::parse(&stamp(until)).unwrap().instant();
        let replay = book.replay(&case, until).unwrap();
        let clocks = instances(&replay, book.rules(&case), &book, until);
        shortest_limit(&clocks[0], clocks[0].rule.within.unwrap(), &replay, &book, until).unwrap().to_string()
    }

    #[test]
    fn the_least_limit_is_the_first_whose_due_is_not_before_the_stop() {
        let history = |stop| [("received", "23T10:00"), ("contacted", stop)];
        for (within, stop, least) in [
            // 26 h 1 min after the start: 26 h are over.
            ("48h", "24T12:01", "27h"),
            ("48h", "24T12:00", "26h"),
            ("1h", "23T10:00", "0h"),
            ("15m", "23T10:07", "7m"),
            // Midnight ends the day: it is the last instant of `1d`, and any later one needs another day.
            ("7d", "25T00:00", "1d"),
            ("7d", "25T00:01", "2d"),
            ("7d", "23T23:00", "0d"),
            // Two hours on Monday morning, the break, four and a half until 18:00: 6.5; Tuesday 09:30 is 7.
            ("8wh", "23T18:00", "7wh"),
            ("8wh", "24T09:30", "7wh"),
            ("8wh", "24T09:31", "8wh"),
            ("90wm", "23T13:31", "121wm"),
            // Friday 18:00 ends the fourth working day after Monday; Sunday belongs to the fifth.
            ("3wd", "27T18:00", "4wd"),
            ("3wd", "29T10:00", "5wd"),
        ] {
            assert_eq!(needed(within, &history(stop), "30T00:00"), least, "{within} {stop}");
        }
    }

    #[test]
    fn paused_time_is_not_used() {
        // 72 hours to the stop, 48 of them waiting. With 24h the due would have been when the waiting began.
        let waited = [
            ("received", "23T10:00"),
            ("waiting", "24T10:00"),
            ("resumed", "26T10:00"),
            ("contacted", "26T10:00"),
        ];
        assert_eq!(needed("48h", &waited, "30T00:00"), "25h");
        assert_eq!(needed("1d", &waited, "30T00:00"), "1d");
    }

    #[test]
    fn what_still_runs_is_counted_up_to_the_instant() {
        assert_eq!(needed("1h", &[("received", "23T10:00")], "24T09:00"), "23h");
        // 4 days left of its week, four weeks of 5, and 4 days to the end of the year, after which the calendar has no
        // data: a limit beyond it is long enough.
        assert_eq!(needed("1wd", &[("received", "23T10:00")], "12-31T18:00"), "28wd");
    }

    #[test]
    fn a_year_that_the_calendar_lacks_is_needed_if_the_clock_ran_in_it() {
        let (calendar, zone) = (office(), shanghai());
        let terms = Terms { zone: &zone, calendar: Some(&calendar) };
        let five =
            |end| in_time(Limit::WorkingDays(5), at("2026-12-30 10:00"), at(end), &Pauses::none(), terms);
        assert_eq!(five("2026-12-31 23:59"), Ok(true));
        let missing = MissingYear { calendar: "office".to_owned(), year: 2027 };
        assert_eq!(five("2027-01-01 00:00"), Err(Undue::MissingYear(missing)));
    }

    proptest! {
        /// Hours are elapsed hours rounded up; days are those whose midnights are in between, without a midnight that
        /// is the stop itself.
        #[test]
        fn hours_and_days_agree_with_a_count(start in 0i64..20 * 1440, length in 0i64..9 * 1440) {
            // Shanghai's minutes since 2026-11-01 00:00.
            let word = |minute: i64| {
                let (day, rest) = (minute / 1440 + 1, minute % 1440);
                format!("{day:02}T{:02}:{:02}", rest / 60, rest % 60)
            };
            let (from, to) = (word(start), word(start + length));
            let history = [("received", from.as_str()), ("contacted", to.as_str())];
            let needed = |within: &str| needed(within, &history, "30T23:59");
            prop_assert_eq!(needed("5h"), format!("{}h", (length + 59) / 60));
            let midnights = (start + 1..start + length).filter(|minute| minute % 1440 == 0).count();
            prop_assert_eq!(needed("2d"), format!("{midnights}d"));
        }
    }
}
