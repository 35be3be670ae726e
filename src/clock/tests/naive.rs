//! Compares the calendar and the limits with a clerk who walks from minute to minute with a list of every minute.
//!
//! The clerk shares no code with the product; only the zone's local time is jiff's in both.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use crate::calendar::Calendar;
use crate::calendar::example::{read, zone};
use crate::clock::{Due, Limit, Pauses, Terms};

/// Hours as minutes of the day, and how the file writes them. None overlaps its own next day.
const PATTERNS: [(&[(i32, i32)], &str); 6] = [
    (&[], "[]"),
    (&[(540, 720), (810, 1080)], r#"["09:00-12:00", "13:30-18:00"]"#),
    (&[(1320, 1800)], r#"["22:00-06:00"]"#),
    (&[(360, 1440)], r#"["06:00-24:00"]"#),
    (&[(600, 605), (1380, 1470)], r#"["10:00-10:05", "23:00-00:30"]"#),
    (&[(420, 900)], r#"["07:00-15:00"]"#),
];

/// A generated calendar; indices are of `PATTERNS`.
#[derive(Debug, Clone)]
struct Drawn {
    zone: &'static str,
    week: [usize; 7],
    with_2027: bool,
    /// Days after the window's first, and their kinds: 6 is a holiday, 7 a make-up day, less a pattern of hours.
    exceptions: BTreeMap<i64, usize>,
    /// The first day of the walk.
    begin: Date,
}

const DAYS: i64 = 24;

impl Drawn {
    fn exception(&self, day: Date) -> Option<usize> {
        let index = i64::from(self.begin.until(day).unwrap().get_days());
        self.exceptions.get(&index).copied().filter(|_| day.year() == 2026)
    }

    fn minutes(&self, day: Date) -> &'static [(i32, i32)] {
        let monday = self.week[0];
        let ordinary = self.week[day.weekday().to_monday_zero_offset() as usize];
        match self.exception(day) {
            Some(6) => &[],
            Some(7) => PATTERNS[monday].0,
            Some(own) => PATTERNS[own].0,
            None => PATTERNS[ordinary].0,
        }
    }

    fn knows(&self, year: i16) -> bool {
        year == 2026 || (year == 2027 && self.with_2027)
    }

    fn file(&self) -> String {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let mut text = "name = \"drawn\"\n[hours]\n".to_owned();
        for (name, pattern) in names.iter().zip(self.week) {
            text += &format!("{name} = {}\n", PATTERNS[pattern].1);
        }
        let (mut holidays, mut workdays, mut days) = (String::new(), String::new(), String::new());
        for (index, what) in &self.exceptions {
            let day = self.begin.checked_add(index.days()).unwrap();
            match what {
                _ if day.year() != 2026 => {}
                6 => holidays += &format!("\"{day}\", "),
                7 => workdays += &format!("\"{day}\", "),
                own => days += &format!("{day} = {}\n", PATTERNS[*own].1),
            }
        }
        text += &format!("[years.2026]\nholidays = [{holidays}]\nworkdays = [{workdays}]\n");
        text += &format!("[years.2026.days]\n{days}");
        if self.with_2027 { text + "[years.2027]\n" } else { text }
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let zones = prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/New_York"]);
    let begins = vec![date(2026, 10, 17), date(2026, 3, 1), date(2026, 3, 21), date(2026, 12, 19)];
    let week = prop::array::uniform7(0..PATTERNS.len()).prop_map(|mut week| {
        week[0] = week[0].max(1);
        week
    });
    let exceptions = prop::collection::btree_map(0..DAYS, 0..8_usize, 0..6);
    (zones, week, any::<bool>(), exceptions, prop::sample::select(begins)).prop_map(
        |(zone, week, with_2027, exceptions, begin)| Drawn { zone, week, with_2027, exceptions, begin },
    )
}

/// Every minute of the window.
struct Clerk {
    drawn: Drawn,
    zone: TimeZone,
    first: Timestamp,
    minutes: Vec<Minute>,
}

#[derive(Clone, Copy)]
struct Minute {
    year: i16,
    day: Date,
    /// The day whose hours it belongs to, if it is working time.
    of: Option<Date>,
}

/// Why the clerk cannot answer.
#[derive(Debug, PartialEq)]
enum Lost {
    /// A year that the file does not have.
    Missing,
    /// The list of minutes ends.
    EndOfList,
}

impl Clerk {
    fn new(drawn: &Drawn) -> Clerk {
        let zone = zone(drawn.zone);
        let first = zone.to_timestamp(drawn.begin.at(0, 0, 0, 0)).unwrap();
        // The answer for a day is kept for all its minutes.
        let hours = |day: Date| if drawn.knows(day.year()) { drawn.minutes(day) } else { &[] };
        let on = |day: Date| (day, hours(day), day.yesterday().unwrap(), hours(day.yesterday().unwrap()));
        let mut looked_up = on(drawn.begin);
        let minutes = (0..DAYS * 24 * 60).map(|minute| {
            let local = zone.to_datetime(first + SignedDuration::from_mins(minute));
            if local.date() != looked_up.0 {
                looked_up = on(local.date());
            }
            let (day, today, eve, last_night) = looked_up;
            let now = i32::from(local.hour()) * 60 + i32::from(local.minute());
            let in_one = |hours: &[(i32, i32)], now| hours.iter().any(|(from, to)| *from <= now && now < *to);
            let of = match in_one(today, now) {
                true => Some(day),
                false => in_one(last_night, now + 24 * 60).then_some(eve),
            };
            Minute { year: local.year(), day, of }
        });
        let minutes = minutes.collect();
        Clerk { drawn: drawn.clone(), zone, first, minutes }
    }

    fn at(&self, index: usize) -> Timestamp {
        self.first + SignedDuration::from_mins(index as i64)
    }

    /// The year of a minute, if it is on the list.
    fn year(&self, index: usize) -> Option<i16> {
        self.minutes.get(index).map(|minute| minute.year)
    }

    fn works(&self, index: usize) -> Result<bool, Lost> {
        let minute = self.minutes.get(index).ok_or(Lost::EndOfList)?;
        if self.drawn.knows(minute.year) { Ok(minute.of.is_some()) } else { Err(Lost::Missing) }
    }

    fn between(&self, from: usize, to: usize) -> Result<i64, Lost> {
        (from..to).try_fold(0, |sum, index| Ok(sum + i64::from(self.works(index)?)))
    }

    fn after(&self, from: usize, mut length: i64) -> Result<usize, Lost> {
        let mut index = from;
        while length > 0 {
            length -= i64::from(self.works(index)?);
            index += 1;
        }
        Ok(index)
    }

    /// The end of a day's hours, no matter where its last working minute is.
    fn end_of(&self, day: Date) -> Option<usize> {
        self.minutes.iter().rposition(|minute| minute.of == Some(day)).map(|last| last + 1)
    }

    fn end_of_working_day(&self, start: usize, n: u32) -> Result<usize, Lost> {
        let mut day = self.minutes[start].day;
        let mut left = n;
        if n == 0 {
            if !self.drawn.knows(day.year()) {
                return Err(Lost::Missing);
            }
            if let Some(end) = self.end_of(day).filter(|end| start < *end) {
                return Ok(end);
            }
            left = 1;
        }
        loop {
            day = day.tomorrow().unwrap();
            if day >= self.minutes[self.minutes.len() - 1].day.yesterday().unwrap() {
                return Err(Lost::EndOfList);
            }
            if !self.drawn.knows(day.year()) {
                return Err(Lost::Missing);
            }
            if let Some(end) = self.end_of(day) {
                left -= 1;
                if left == 0 {
                    return Ok(end);
                }
            }
        }
    }

    /// The midnight that ends the day this many days after that of `start`.
    fn midnight(&self, start: usize, days: i64) -> Result<usize, Lost> {
        let last = self.minutes[start].day.checked_add(days.days()).unwrap();
        self.minutes.iter().position(|minute| minute.day > last).ok_or(Lost::EndOfList)
    }

    /// The due of a limit: each paused minute that passes before the due extends it.
    fn due(&self, limit: Limit, start: usize, pauses: &[(usize, usize)]) -> Result<usize, Lost> {
        let paused = |index: usize| pauses.iter().any(|(from, to)| (*from..*to).contains(&index));
        let counted = |length: i64, counts: &dyn Fn(usize) -> Result<bool, Lost>| {
            let (mut index, mut left) = (start, length);
            while left > 0 {
                left -= i64::from(counts(index)? && !paused(index));
                index += 1;
            }
            Ok(index)
        };
        let moved = |mut due: usize, next: &dyn Fn(usize, usize) -> Result<usize, Lost>| {
            let mut index = start;
            while index < due || (index > start && paused(index) && paused(index - 1)) {
                if paused(index) {
                    due = next(index, due)?;
                }
                index += 1;
            }
            Ok(due)
        };
        match limit {
            Limit::Minutes(n) => counted(i64::from(n), &|_| Ok(true)),
            Limit::Hours(n) => counted(i64::from(n) * 60, &|_| Ok(true)),
            Limit::WorkingMinutes(n) => counted(i64::from(n), &|index| self.works(index)),
            Limit::WorkingHours(n) => counted(i64::from(n) * 60, &|index| self.works(index)),
            Limit::Days(n) => moved(self.midnight(start, i64::from(n))?, &|_, due| Ok(due + 1)),
            Limit::WorkingDays(n) => moved(self.end_of_working_day(start, n)?, &|index, due| {
                if self.works(index)? { self.after(due, 1) } else { Ok(due) }
            }),
        }
    }
}

/// Whether both say the same; dues beyond the clerk's list are not compared.
fn agree<E: std::fmt::Debug>(
    clerk: &Clerk,
    expected: Result<usize, Lost>,
    found: Result<Timestamp, E>,
) -> Result<(), TestCaseError> {
    match (expected, found) {
        (Err(Lost::EndOfList), _) | (Err(Lost::Missing), Err(_)) => Ok(()),
        (Ok(index), Ok(instant)) => {
            prop_assert_eq!(clerk.at(index), instant);
            Ok(())
        }
        (expected, found) => Err(TestCaseError::fail(format!("expected {expected:?}, found {found:?}"))),
    }
}

fn both(drawn: &Drawn) -> (Clerk, Calendar) {
    let clerk = Clerk::new(drawn);
    let calendar = read(&drawn.file(), &clerk.zone);
    (clerk, calendar)
}

/// A minute of the window, but not of its first day or its last two: their nights may be outside.
fn minute() -> impl Strategy<Value = usize> {
    (24 * 60)..((DAYS as usize - 2) * 24 * 60)
}

fn limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (0..4_000_u32).prop_map(Limit::Minutes),
        (0..80_u32).prop_map(Limit::Hours),
        (0..8_u32).prop_map(Limit::Days),
        (0..2_000_u32).prop_map(Limit::WorkingMinutes),
        (0..40_u32).prop_map(Limit::WorkingHours),
        (0..6_u32).prop_map(Limit::WorkingDays),
    ]
}

/// Pauses that do not touch, sorted, in minutes after the first possible minute.
fn pauses() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let gaps = prop::collection::vec((1..1_500_usize, 1..3_000_usize), 0..4);
    gaps.prop_map(|gaps| {
        let mut end = 0;
        let lay = |(gap, length): (usize, usize)| {
            let from = end + gap - 1 + usize::from(end > 0);
            end = from + length;
            (from, end)
        };
        gaps.into_iter().map(lay).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn working_time_is_what_a_walk_counts(drawn in drawn(), spans in prop::collection::vec((minute(), minute()), 8)) {
        let (clerk, calendar) = both(&drawn);
        for (from, to) in spans {
            let found = calendar.working_between(clerk.at(from), clerk.at(to));
            match clerk.between(from, to) {
                Ok(expected) => prop_assert_eq!(found, Ok(SignedDuration::from_mins(expected))),
                Err(_) => prop_assert!(found.is_err()),
            }
        }
    }

    #[test]
    fn working_time_ends_where_a_walk_ends(drawn in drawn(), tries in prop::collection::vec((minute(), 0..4_000_i64), 8)) {
        let (clerk, calendar) = both(&drawn);
        for (from, length) in tries {
            let found = calendar.add_working(clerk.at(from), SignedDuration::from_mins(length));
            agree(&clerk, clerk.after(from, length), found)?;
        }
    }

    #[test]
    fn a_working_day_ends_where_its_last_minute_does(drawn in drawn(), tries in prop::collection::vec((minute(), 0..6_u32), 8)) {
        let (clerk, calendar) = both(&drawn);
        for (start, n) in tries {
            let found = calendar.end_of_working_day(clerk.at(start), n);
            agree(&clerk, clerk.end_of_working_day(start, n), found)?;
        }
    }

    #[test]
    fn a_limit_is_due_where_a_walk_ends(
        drawn in drawn(),
        tries in prop::collection::vec((minute(), limit(), pauses(), 0..600_usize, any::<bool>()), 8),
    ) {
        let (clerk, calendar) = both(&drawn);
        let terms = Terms { zone: &clerk.zone, calendar: Some(&calendar) };
        for (start, limit, gaps, earlier, last_is_open) in tries {
            // The first may begin before the start, or end before it.
            let first = start - earlier;
            let mut gaps: Vec<_> = gaps.into_iter().map(|(from, to)| (first + from, first + to)).collect();
            let since = if last_is_open { gaps.pop().map(|(from, _)| from) } else { None };
            let expected = clerk.due(limit, start, &gaps);
            let ended = gaps.iter().map(|(from, to)| (clerk.at(*from), clerk.at(*to)));
            let pauses = Pauses::new(ended, since.map(|since| clerk.at(since)));
            let found = limit.due(clerk.at(start), &pauses, terms);
            match (&expected, since) {
                (Ok(due), Some(since)) if since.max(start) < *due => prop_assert_eq!(found, Ok(Due::Unknown)),
                (Err(Lost::EndOfList), _) => {}
                // A clock that is paused before it gets to the missing year; it cannot be before it has started.
                (Err(Lost::Missing), Some(since)) if clerk.year(since.max(start)).is_none_or(|year| year == 2026) => {
                    prop_assert!(matches!(found, Ok(Due::Unknown)) || since >= clerk.minutes.len());
                }
                _ => agree(&clerk, expected, found.map(|due| match due {
                    Due::At(due) => due,
                    Due::Unknown => Timestamp::MIN,
                }))?,
            }
        }
    }
}

#[test]
fn the_clerk_knows_the_first_worked_example() {
    let drawn = Drawn {
        zone: "Asia/Shanghai",
        week: [1, 1, 1, 1, 1, 0, 0],
        with_2027: false,
        exceptions: BTreeMap::new(),
        begin: date(2026, 11, 16),
    };
    let clerk = Clerk::new(&drawn);
    assert_eq!(drawn.begin.weekday(), Weekday::Monday);
    let monday = 7 * 24 * 60;
    assert_eq!(clerk.between(monday, monday + 24 * 60), Ok(450));
    // Monday 2026-11-23 12:30 and 30 working minutes: 14:00.
    assert_eq!(clerk.due(Limit::WorkingMinutes(30), monday + 750, &[]), Ok(monday + 840));
    assert_eq!(clerk.due(Limit::WorkingDays(0), monday + 1080, &[]), Ok(monday + 24 * 60 + 1080));
}
