//! Accounts worked out by hand, and the law that they agree with the due.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::calendar::example::{any_year, at, local, office, shanghai, zone};
use crate::calendar::{Calendar, MissingYear};

/// `09-30 1:00 (1:00) 17:00-18:00`: the day, how much of it counted, the sum, and from when until when.
fn told(account: &Account, zone: &TimeZone) -> Vec<String> {
    let day = |date: Date| date.strftime("%m-%d").to_string();
    let hours = |length: SignedDuration| format!("{}:{:02}", length.as_hours(), length.as_mins() % 60);
    let time = |at: Timestamp| zone.to_datetime(at).strftime("%H:%M").to_string();
    let line = |line: &AccountLine| {
        let days = match line.first == line.last {
            true => day(line.first),
            false => format!("{}..{}", day(line.first), day(line.last)),
        };
        let said = match &line.effect {
            DayEffect::Time(counted) => {
                let part = |(from, to): &(Timestamp, Timestamp)| format!(" {}-{}", time(*from), time(*to));
                let parts: String = counted.parts.iter().map(part).collect();
                let paused = if counted.paused { " paused" } else { "" };
                let kind = counted.kind.filter(|kind| *kind != DayKind::Ordinary);
                let kind = kind.map(|kind| format!(" {kind:?}")).unwrap_or_default();
                format!("{} ({}){parts}{paused}{kind}", hours(counted.time), hours(counted.sum))
            }
            DayEffect::Day { n, .. } => format!("day {n}"),
            DayEffect::Nothing(reason) => reason.word().to_owned(),
            DayEffect::Moved(moved) => format!("moved by {}", hours(moved.by)),
            DayEffect::Still(since) => format!("still since {}", time(*since)),
        };
        format!("{days} {said}")
    };
    account.lines.iter().map(line).collect()
}

#[track_caller]
fn holds(start: &str, limit: &str, pauses: &[(&str, &str)], expected: &[&str]) {
    let (calendar, zone) = (office(), shanghai());
    let pauses = Pauses::new(pauses.iter().map(|(from, to)| (at(from), at(to))), None);
    let terms = Terms { zone: &zone, calendar: Some(&calendar) };
    let account = Limit::parse(limit).unwrap().account(at(start), &pauses, terms).unwrap();
    assert_eq!(told(&account, &zone), expected, "{start} {limit}");
}

#[test]
fn working_time_counts_by_the_hours_and_says_what_was_off() {
    let expected = ["09-30 1:00 (1:00) 17:00-18:00", "10-01..10-07 holiday", "10-08 1:00 (2:00) 09:00-10:00"];
    holds("2026-09-30 17:00", "2wh", &[], &expected);
    // The 10th is a Saturday with working time: Monday's hours
    let expected = [
        "10-09 outside-hours",
        "10-10 7:30 (7:30) 09:00-12:00 13:30-18:00 MakeUp",
        "10-11 weekend",
        "10-12 0:30 (8:00) 09:00-09:30",
    ];
    holds("2026-10-09 18:00", "8wh", &[], &expected);
    holds("2026-11-23 12:30", "30wm", &[], &["11-23 0:30 (0:30) 13:30-14:00"]);
    let expected = ["12-31 3:00 (3:00) 09:00-12:00 Special"];
    holds("2026-12-31 08:00", "3wh", &[], &expected);
}

#[test]
fn a_pause_takes_its_part_of_the_day() {
    // From the worked examples: waiting from Monday 11:00 to Tuesday 14:00, due on Wednesday at 11:00
    let expected = [
        "11-23 2:00 (2:00) 09:00-11:00 paused",
        "11-24 4:00 (6:00) 14:00-18:00 paused",
        "11-25 2:00 (8:00) 09:00-11:00",
    ];
    holds("2026-11-23 09:00", "8wh", &[("2026-11-23 11:00", "2026-11-24 14:00")], &expected);
    // All of Tuesday: a working day, and not outside of the hours
    let expected = [
        "11-23 2:00 (2:00) 09:00-11:00 paused",
        "11-24 pause",
        "11-25 4:00 (6:00) 14:00-18:00 paused",
        "11-26 2:00 (8:00) 09:00-11:00",
    ];
    holds("2026-11-23 09:00", "8wh", &[("2026-11-23 11:00", "2026-11-25 14:00")], &expected);
    // Waiting from Tuesday 10:00 to Thursday 10:00
    let expected = [
        "11-23 14:00 (14:00) 10:00-00:00",
        "11-24 10:00 (24:00) 00:00-10:00 paused",
        "11-25 pause",
        "11-26 14:00 (38:00) 10:00-00:00 paused",
        "11-27 10:00 (48:00) 00:00-10:00",
    ];
    holds("2026-11-23 10:00", "48h", &[("2026-11-24 10:00", "2026-11-26 10:00")], &expected);
}

#[test]
fn days_count_whole_and_pauses_move_them_on() {
    holds("2026-11-23 10:00", "7d", &[], &["11-23 start-day", "11-24..11-30 day 7"]);
    holds("2026-11-23 10:00", "0d", &[], &["11-23 day 0"]);
    holds("2026-09-30 17:00", "1wd", &[], &["09-30 start-day", "10-01..10-07 holiday", "10-08 day 1"]);
    holds("2026-10-03 10:00", "0wd", &[], &["10-03 start-day", "10-04..10-07 holiday", "10-08 day 0"]);
    holds("2026-11-23 10:00", "0wd", &[], &["11-23 day 0"]);
    // At the last instant of its hours a day has ended
    holds("2026-11-23 18:00", "0wd", &[], &["11-23 start-day", "11-24 day 0"]);
    let expected = ["11-20 start-day", "11-21..11-22 weekend", "11-23 day 1", "11-20..11-23 moved by 4:00"];
    holds("2026-11-20 10:00", "1wd", &[("2026-11-20 15:00", "2026-11-23 10:00")], &expected);
}

#[test]
fn whole_days_are_one_line_and_a_clock_change_its_own() {
    holds(
        "2026-11-23 10:00",
        "96h",
        &[],
        &[
            "11-23 14:00 (14:00) 10:00-00:00",
            "11-24..11-26 72:00 (86:00) 00:00-00:00",
            "11-27 10:00 (96:00) 00:00-10:00",
        ],
    );
    // In Berlin the clocks go back on the 25th of October 2026: 25 hours
    let berlin = zone("Europe/Berlin");
    let terms = Terms { zone: &berlin, calendar: None };
    let start = local("2026-10-24 00:00", &berlin);
    let account = Limit::Hours(72).account(start, &Pauses::none(), terms).unwrap();
    let expected = [
        "10-24 24:00 (24:00) 00:00-00:00",
        "10-25 25:00 (49:00) 00:00-00:00",
        "10-26 23:00 (72:00) 00:00-23:00",
    ];
    assert_eq!(told(&account, &berlin), expected);
    let DayEffect::Time(counted) = &account.lines[1].effect else { panic!("{account:?}") };
    assert_eq!(counted.length, SignedDuration::from_hours(25));
    // In Samoa, the 31st of December 2011 followed the 29th
    let apia = zone("Pacific/Apia");
    let terms = Terms { zone: &apia, calendar: None };
    let account = Limit::Hours(48).account(local("2011-12-29 00:00", &apia), &Pauses::none(), terms).unwrap();
    let expected = ["12-29 24:00 (24:00) 00:00-00:00", "12-31 24:00 (48:00) 00:00-00:00"];
    assert_eq!(told(&account, &apia), expected);
}

#[test]
fn an_open_pause_ends_the_account_and_a_missing_year_is_never_guessed() {
    let (calendar, zone) = (office(), shanghai());
    let terms = Terms { zone: &zone, calendar: Some(&calendar) };
    let open = Pauses::new([], Some(at("2026-11-23 11:00")));
    let account = Limit::WorkingHours(8).account(at("2026-11-23 09:00"), &open, terms).unwrap();
    assert_eq!(account.due, Due::Unknown);
    assert_eq!(told(&account, &zone), ["11-23 2:00 (2:00) 09:00-11:00", "11-23 still since 11:00"]);
    // Of working days: those up to the day on which it is paused
    let open = Pauses::new([], Some(at("2026-11-24 11:00")));
    let account = Limit::WorkingDays(3).account(at("2026-11-23 09:00"), &open, terms).unwrap();
    assert_eq!(told(&account, &zone), ["11-23 start-day", "11-24 day 1", "11-24 still since 11:00"]);
    let missing = Limit::WorkingDays(3).account(at("2026-12-30 09:00"), &Pauses::none(), terms);
    assert_eq!(missing, Err(Undue::MissingYear(MissingYear { calendar: "office".to_owned(), year: 2027 })));
}

/// Night shifts, breaks, and zones with a clock change in the generated weeks.
fn calendars() -> impl Strategy<Value = (TimeZone, Calendar)> {
    let zones = prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York"]);
    let hours = prop::sample::select(vec![
        "mon-fri = ['09:00-12:00', '13:30-18:00']",
        "mon-sun = ['22:00-06:00']",
        "mon = ['00:00-24:00']\nsat = ['10:00-10:01']",
    ]);
    (zones, hours).prop_map(|(name, hours)| {
        let zone = zone(name);
        let calendar = any_year(hours, &zone);
        (zone, calendar)
    })
}

fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (0..9000_u32).prop_map(Limit::Minutes),
        (0..200_u32).prop_map(Limit::Hours),
        (0..12_u32).prop_map(Limit::Days),
        (0..3000_u32).prop_map(Limit::WorkingMinutes),
        (0..50_u32).prop_map(Limit::WorkingHours),
        (0..8_u32).prop_map(Limit::WorkingDays),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_counted_adds_up_to_the_limit_and_ends_at_the_due(
        (zone, calendar) in calendars(),
        limit in limits(),
        day in 0..30_i64,
        minute in 0..1440_i64,
        drawn in prop::collection::vec((0..9000_i64, 0..3000_i64), 0..4),
        open in prop::option::weighted(0.2, 0..9000_i64),
    ) {
        let begin = local(&format!("{}T00:00", date(2026, 10, 10)), &zone);
        let start = begin + SignedDuration::from_mins(day * 1440 + minute);
        let after = |minutes: i64| start + SignedDuration::from_mins(minutes - 60);
        let ended = drawn.iter().map(|(from, length)| (after(*from), after(from + length)));
        let pauses = Pauses::new(ended, open.map(after));
        let terms = Terms { zone: &zone, calendar: Some(&calendar) };
        let account = limit.account(start, &pauses, terms).unwrap();
        prop_assert_eq!(account.due, limit.due(start, &pauses, terms).unwrap());
        let mut parts = account.lines.iter().filter_map(|line| match &line.effect {
            DayEffect::Time(counted) => Some(counted),
            _ => None,
        });
        let length: SignedDuration = parts.clone().map(|counted| counted.time).sum();
        let asked = match limit {
            Limit::Minutes(n) | Limit::WorkingMinutes(n) => Some(SignedDuration::from_mins(n.into())),
            Limit::Hours(n) | Limit::WorkingHours(n) => Some(SignedDuration::from_hours(n.into())),
            Limit::Days(_) | Limit::WorkingDays(_) => None,
        };
        match (account.due, asked) {
            (Due::At(due), Some(asked)) => {
                prop_assert_eq!(length, asked);
                prop_assert_eq!(parts.next_back().map_or(start, |last| last.parts.last().unwrap().1), due);
            }
            (Due::Unknown, Some(asked)) => prop_assert!(length < asked),
            (Due::At(due), None) => {
                let days = match limit {
                    Limit::Days(n) | Limit::WorkingDays(n) => n,
                    _ => 0,
                };
                let mut counted = account.lines.iter().filter_map(|line| match line.effect {
                    DayEffect::Day { n, .. } => Some((n, line.last)),
                    _ => None,
                });
                let (n, last) = counted.next_back().unwrap();
                prop_assert_eq!(n, days);
                let mut moved = account.lines.iter().filter_map(|line| match line.effect {
                    DayEffect::Moved(moved) => Some(moved.due),
                    _ => None,
                });
                let without = match limit {
                    Limit::Days(_) => terms.midnight_after(last, 0),
                    _ => calendar.end_of_day(last).unwrap().unwrap(),
                };
                prop_assert_eq!(moved.next_back().unwrap_or(without), due);
            }
            (Due::Unknown, None) => {}
        }
        // Every day appears once, in order.
        let days = account.lines.iter().filter(|line| !matches!(line.effect, DayEffect::Moved(_) | DayEffect::Still(_)));
        let days: Vec<_> = days.collect();
        prop_assert!(days.windows(2).all(|pair| pair[0].last.tomorrow().unwrap() == pair[1].first));
    }
}
