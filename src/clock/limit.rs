//! Time limits: how long a clock may run, when it is due, and how much of it is used up.
//!
//! The due instant itself is in time. A limit knows nothing of cases and events: its clock passes it a start and the
//! pauses.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::account::Extension;
use super::pause::Pauses;
use crate::calendar::{Calendar, MissingYear};
use crate::error::Error;
use crate::lang::Text;

/// A length of time in the unit in which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// `15m`: elapsed time.
    Minutes(u32),
    /// `48h`: elapsed time.
    Hours(u32),
    /// `7d`: calendar days; the day of the start is not counted.
    Days(u32),
    /// `90wm`: working time of a calendar.
    WorkingMinutes(u32),
    /// `8wh`: working time of a calendar.
    WorkingHours(u32),
    /// `3wd`: working days of a calendar; the day of the start is not counted.
    WorkingDays(u32),
}

/// The longest limit in days: a hundred years.
const MOST_DAYS: u32 = 36_525;

/// Why a word is not a limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub(crate) enum BadLimit {
    /// Not a whole number and a unit.
    Form,
    /// A whole number and something else.
    Unit(String),
    /// Longer than a hundred years.
    TooLong,
}

mod say {
    crate::messages! {
        bad_form() {
            "a limit is a whole number and a unit: 15m, 48h, 7d, 90wm, 8wh, 3wd",
            "时限是一个整数加单位，如 15m、48h、7d、90wm、8wh、3wd",
        }
        bad_unit(unit) {
            "`{unit}` is not a unit of a limit: m, h, d, or in working time wm, wh, wd",
            "`{unit}` 不是时限的单位；可用 m、h、d，按工作时间计用 wm、wh、wd",
        }
        too_long() { "a limit is at most a hundred years", "时限最长一百年" }
        no_calendar() {
            "a limit in working time needs a calendar, and there is none",
            "按工作时间计的时限需要一份日历，但这里没有",
        }
    }
}

impl BadLimit {
    /// What is wrong, in the user's words.
    pub(crate) fn message(&self) -> Text {
        match self {
            BadLimit::Form => say::bad_form(),
            BadLimit::Unit(unit) => say::bad_unit(unit),
            BadLimit::TooLong => say::too_long(),
        }
    }
}

/// What is needed to compute a limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'t> {
    /// The zone whose midnights end a day.
    pub zone: &'t TimeZone,
    /// The calendar of limits in working units; a policy that passed its checks has one if it is needed.
    pub calendar: Option<&'t Calendar>,
}

/// When a clock is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// At this instant, which itself is in time.
    At(Timestamp),
    /// Not known yet: it is paused.
    Unknown,
}

/// Why a due instant cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum Undue {
    /// The calendar does not have a year that is needed.
    MissingYear(#[from] MissingYear),
    /// A limit in working units without a calendar.
    NoCalendar,
}

impl Undue {
    /// What is wrong, in the user's words.
    pub(crate) fn message(&self) -> Text {
        match self {
            Undue::MissingYear(missing) => missing.message(),
            Undue::NoCalendar => say::no_calendar(),
        }
    }

    /// The instant before which the due cannot be: the search for it reached the year that is missing.
    pub(crate) fn earliest_due(&self, zone: &TimeZone) -> Timestamp {
        let year = match self {
            Undue::MissingYear(missing) => missing.year,
            Undue::NoCalendar => return Timestamp::MIN,
        };
        let first = Date::new(year, 1, 1).ok().and_then(|day| zone.to_timestamp(day.at(0, 0, 0, 0)).ok());
        first.unwrap_or(Timestamp::MIN)
    }

    /// The error of a command that needs the due, with the command that adds a year.
    pub(crate) fn error(&self) -> Error {
        let error = Error::failed(self.message());
        match self {
            Undue::MissingYear(missing) => error.hint(missing.help()),
            Undue::NoCalendar => error,
        }
    }
}

impl Limit {
    /// Reads `15m`, `48h`, `7d`, `90wm`, `8wh` or `3wd`.
    ///
    /// # Errors
    /// [`BadLimit`] says what is wrong.
    pub(crate) fn parse(word: &str) -> Result<Limit, BadLimit> {
        let end = word.find(|letter: char| !letter.is_ascii_digit()).ok_or(BadLimit::Form)?;
        let (number, unit) = word.split_at(end);
        if number.is_empty() || unit.starts_with(['.', ',']) {
            return Err(BadLimit::Form);
        }
        let (of, a_day): (fn(u32) -> Limit, u32) = match unit {
            "m" => (Limit::Minutes, 24 * 60),
            "h" => (Limit::Hours, 24),
            "d" => (Limit::Days, 1),
            "wm" => (Limit::WorkingMinutes, 24 * 60),
            "wh" => (Limit::WorkingHours, 24),
            "wd" => (Limit::WorkingDays, 1),
            _ => return Err(BadLimit::Unit(unit.to_owned())),
        };
        let number = number.parse().ok().filter(|number| *number <= MOST_DAYS * a_day);
        number.map(of).ok_or(BadLimit::TooLong)
    }

    /// This many of the same unit.
    pub(crate) fn of(self, number: u32) -> Limit {
        match self {
            Limit::Minutes(_) => Limit::Minutes(number),
            Limit::Hours(_) => Limit::Hours(number),
            Limit::Days(_) => Limit::Days(number),
            Limit::WorkingMinutes(_) => Limit::WorkingMinutes(number),
            Limit::WorkingHours(_) => Limit::WorkingHours(number),
            Limit::WorkingDays(_) => Limit::WorkingDays(number),
        }
    }

    /// How many of its unit.
    pub(crate) fn number(self) -> u32 {
        match self {
            Limit::Minutes(number)
            | Limit::Hours(number)
            | Limit::Days(number)
            | Limit::WorkingMinutes(number)
            | Limit::WorkingHours(number)
            | Limit::WorkingDays(number) => number,
        }
    }

    /// Whether it takes a calendar.
    pub(crate) fn in_working_units(self) -> bool {
        matches!(self, Limit::WorkingMinutes(_) | Limit::WorkingHours(_) | Limit::WorkingDays(_))
    }

    /// When a clock that started at `start` is due.
    ///
    /// A pause that began before the due extends it: by its elapsed time for `m`, `h` and `d`, by its working time for
    /// `wm`, `wh` and `wd`. A pause that began at or after it does not. A due after the year 9999 becomes the last
    /// possible instant.
    ///
    /// # Errors
    /// [`Undue`] if the calendar lacks a year that is needed, or there is no calendar.
    pub(crate) fn due(self, start: Timestamp, pauses: &Pauses, terms: Terms) -> Result<Due, Undue> {
        let open = pauses.open_since().map(|since| since.max(start));
        match (self.moved_due(start, pauses, terms), open) {
            (Ok(due), Some(since)) if since < due => Ok(Due::Unknown),
            (Ok(due), _) => Ok(Due::At(due)),
            // The due is in that year or later: it is paused before it gets there.
            (Err(Undue::MissingYear(missing)), Some(since)) if terms.date(since).year() < missing.year => {
                Ok(Due::Unknown)
            }
            (Err(undue), _) => Err(undue),
        }
    }

    /// The due as extended by the pauses that have ended.
    fn moved_due(self, start: Timestamp, pauses: &Pauses, terms: Terms) -> Result<Timestamp, Undue> {
        let (due, moves) = self.moves(start, pauses, terms)?;
        Ok(moves.last().map_or(due, |moved| moved.due))
    }

    /// The due without pauses, and each pause that has ended and extends it.
    pub(super) fn moves(
        self,
        start: Timestamp,
        pauses: &Pauses,
        terms: Terms,
    ) -> Result<(Timestamp, Vec<Extension>), Undue> {
        let first = self.due_without_pauses(start, terms)?;
        let (mut due, mut moves) = (first, Vec::new());
        for (from, to) in pauses.within(start, Timestamp::MAX) {
            if from >= due {
                break;
            }
            let by = match self.in_working_units() {
                true => terms.working()?.working_between(from, to)?,
                false => to.duration_since(from),
            };
            due = match self.in_working_units() {
                true => terms.working()?.add_working(due, by)?,
                false => later(due, by),
            };
            moves.push(Extension { from, to, by, due });
        }
        Ok((first, moves))
    }

    fn due_without_pauses(self, start: Timestamp, terms: Terms) -> Result<Timestamp, Undue> {
        Ok(match self {
            Limit::Minutes(_) | Limit::Hours(_) => later(start, self.length()),
            Limit::WorkingMinutes(_) | Limit::WorkingHours(_) => {
                terms.working()?.add_working(start, self.length())?
            }
            Limit::Days(days) => terms.midnight_after(terms.date(start), days),
            Limit::WorkingDays(days) => terms.working()?.end_of_working_day(start, days)?,
        })
    }

    /// The share of the limit that is used up at `now`: 0 at the start, 1 at the due, more after it.
    ///
    /// For elapsed and working units it is the time used, divided by the limit. For days, which have no fixed length,
    /// it is the elapsed time without pauses since the start, divided by that from the start to the due. A pause that
    /// has not ended is treated as if it ended now. A limit of zero is used up from the start.
    ///
    /// # Errors
    /// As [`Limit::due`].
    pub(crate) fn used(
        self,
        start: Timestamp,
        now: Timestamp,
        pauses: &Pauses,
        terms: Terms,
    ) -> Result<f64, Undue> {
        let pauses = pauses.ended_by(now);
        let (used, limit) = match self {
            Limit::Minutes(_) | Limit::Hours(_) => (running(start, now, &pauses), self.length()),
            Limit::WorkingMinutes(_) | Limit::WorkingHours(_) => {
                (working(start, now, &pauses, terms.working()?)?, self.length())
            }
            Limit::Days(_) | Limit::WorkingDays(_) => {
                let due = self.moved_due(start, &pauses, terms)?;
                (running(start, now, &pauses), running(start, due, &pauses))
            }
        };
        Ok(if limit.is_positive() { used.div_duration_f64(limit) } else { 1.0 })
    }

    /// How long it is, if its unit has a length.
    fn length(self) -> SignedDuration {
        match self {
            Limit::Minutes(number) | Limit::WorkingMinutes(number) => {
                SignedDuration::from_mins(number.into())
            }
            Limit::Hours(number) | Limit::WorkingHours(number) => SignedDuration::from_hours(number.into()),
            Limit::Days(_) | Limit::WorkingDays(_) => SignedDuration::ZERO,
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Minutes(number) => write!(f, "{number}m"),
            Limit::Hours(number) => write!(f, "{number}h"),
            Limit::Days(number) => write!(f, "{number}d"),
            Limit::WorkingMinutes(number) => write!(f, "{number}wm"),
            Limit::WorkingHours(number) => write!(f, "{number}wh"),
            Limit::WorkingDays(number) => write!(f, "{number}wd"),
        }
    }
}

impl<'t> Terms<'t> {
    pub(super) fn working(self) -> Result<&'t Calendar, Undue> {
        self.calendar.ok_or(Undue::NoCalendar)
    }

    /// The local date of an instant.
    pub(super) fn date(self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// The local midnight that begins the day.
    pub(super) fn midnight_before(self, date: Date) -> Timestamp {
        self.zone.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
    }

    /// The local midnight that ends the day this many days after `date`.
    pub(crate) fn midnight_after(self, date: Date, days: u32) -> Timestamp {
        let next = date.checked_add((i64::from(days) + 1).days()).ok();
        let midnight = next.and_then(|next| self.zone.to_timestamp(next.at(0, 0, 0, 0)).ok());
        midnight.unwrap_or(Timestamp::MAX)
    }
}

/// An instant this much later, or the last possible one.
fn later(instant: Timestamp, length: SignedDuration) -> Timestamp {
    instant.checked_add(length).unwrap_or(Timestamp::MAX)
}

/// The elapsed time in `[start, end)` without the pauses.
fn running(start: Timestamp, end: Timestamp, pauses: &Pauses) -> SignedDuration {
    let paused = pauses.within(start, end).map(|(from, to)| to.duration_since(from)).sum();
    end.max(start).duration_since(start) - paused
}

/// The working time in `[start, end)` without the pauses.
fn working(
    start: Timestamp,
    end: Timestamp,
    pauses: &Pauses,
    calendar: &Calendar,
) -> Result<SignedDuration, MissingYear> {
    pauses.within(start, end).try_fold(calendar.working_between(start, end)?, |sum, (from, to)| {
        Ok(sum - calendar.working_between(from, to)?)
    })
}

#[cfg(test)]
mod tests;
