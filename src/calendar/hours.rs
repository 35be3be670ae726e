//! The working hours of one day.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The minutes of a day on the clock.
const DAY: u16 = 24 * 60;

/// One stretch of working time, half open: `09:00-12:00`.
///
/// An end that is not after the start is on the next day: a night shift belongs to the day on which it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shift {
    /// Minutes from the midnight that begins the day; less than a day.
    from: u16,
    /// Minutes from the same midnight; after `from`, at most a day later.
    to: u16,
}

impl Shift {
    /// Reads `HH:MM-HH:MM`; the end may be `24:00`.
    pub(super) fn parse(word: &str) -> Option<Shift> {
        let (from, to) = word.split_once('-')?;
        let (from, to) = (minutes(from)?, minutes(to)?);
        match from < DAY {
            true if to <= from => Some(Shift { from, to: to + DAY }),
            true => Some(Shift { from, to }),
            false => None,
        }
    }

    /// Whether it ends after the start of another one, which begins `days` later.
    pub(super) fn runs_into(self, later: Shift, days: u16) -> bool {
        self.to > later.from + days * DAY
    }

    /// The instants at which it begins and ends if it belongs to `date`.
    ///
    /// A local time that a clock change skips moves forward; of one that occurs twice, the first is used.
    /// `None` beyond the range of instants (the years -9999 to 9999).
    pub(super) fn on(self, date: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let instant = |minute| zone.to_timestamp(at(date, minute)?).ok();
        Some((instant(self.from)?, instant(self.to)?))
    }
}

/// Reads `HH:MM` up to `24:00` as minutes from midnight.
fn minutes(word: &str) -> Option<u16> {
    let (hour, minute) = word.split_once(':')?;
    let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

fn two_digits(word: &str) -> Option<u16> {
    let digits = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok() } else { None }
}

/// The local time on the clock this many minutes after the midnight that begins `date`.
fn at(date: Date, minute: u16) -> Option<DateTime> {
    date.to_datetime(Time::midnight()).checked_add(i64::from(minute).minutes()).ok()
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = if self.to > DAY { self.to - DAY } else { self.to };
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, to / 60, to % 60)
    }
}

/// The working hours of one day: shifts in their order, none overlapping another. Empty on a day off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hours(Vec<Shift>);

impl Hours {
    /// The hours of a day off.
    pub(super) const NONE: &'static Hours = &Hours(Vec::new());

    /// Shifts in any order that do not overlap.
    pub(super) fn new(mut shifts: Vec<Shift>) -> Hours {
        shifts.sort();
        Hours(shifts)
    }

    /// The shifts, in their order.
    pub(crate) fn shifts(&self) -> &[Shift] {
        &self.0
    }

    /// Whether there is no working time.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the last shift ends after the start of the next day's first one.
    pub(super) fn run_into(&self, next_day: &Hours) -> bool {
        match (self.0.last(), next_day.0.first()) {
            (Some(last), Some(first)) => last.runs_into(*first, 1),
            _ => false,
        }
    }
}

impl fmt::Display for Hours {
    /// `09:00-12:00, 13:30-18:00`; nothing on a day off.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, shift) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{shift}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_is_two_times_of_the_clock() {
        for (word, from, to) in [
            ("09:00-12:00", 540, 720),
            ("00:00-24:00", 0, 1440),
            ("13:30-24:00", 810, 1440),
            ("22:00-06:00", 1320, 1800),
            ("22:00-00:00", 1320, 1440),
            ("09:00-09:00", 540, 1980),
            ("23:59-00:01", 1439, 1441),
        ] {
            assert_eq!(Shift::parse(word), Some(Shift { from, to }), "{word}");
        }
    }

    #[test]
    fn anything_else_is_no_shift() {
        for word in [
            "",
            "-",
            "09:00",
            "09:00-",
            "9:00-12:00",
            "09:00-12:0",
            "09:00-12:60",
            "09:00-24:01",
            "24:00-06:00",
            "25:00-26:00",
            "09:00 - 12:00",
            "09.00-12.00",
            "+9:00-12:00",
            "09:00-12:00-13:00",
            "０９:00-12:00",
        ] {
            assert_eq!(Shift::parse(word), None, "{word}");
        }
    }

    #[test]
    fn a_shift_reads_as_it_was_written() {
        for word in ["09:00-12:00", "00:00-24:00", "22:00-06:00", "09:00-09:00"] {
            assert_eq!(Shift::parse(word).unwrap().to_string(), word);
        }
        let two = Hours::new(["13:30-18:00", "09:00-12:00"].map(|word| Shift::parse(word).unwrap()).to_vec());
        assert_eq!(two.to_string(), "09:00-12:00, 13:30-18:00");
        assert_eq!(Hours::NONE.to_string(), "");
    }
}
