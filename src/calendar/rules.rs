//! The hours of each date, and why it has them. No instants here: see [`Timeline`](super::timeline::Timeline).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use super::hours::Hours;

/// The years in which every date and instant can be computed.
pub(super) const YEARS: RangeInclusive<i16> = 1..=9998;

/// The content of a calendar file.
#[derive(Debug, Clone)]
pub(super) struct CalendarRules {
    /// The ordinary hours, Monday first.
    pub week: [Hours; 7],
    /// The years that it knows; `None`: any year, because it knows no holidays.
    pub years: Option<BTreeSet<i16>>,
    /// The dates that are different from the ordinary week.
    pub exceptions: BTreeMap<Date, Exception>,
}

/// How a date is different from the ordinary week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Exception {
    Holiday,
    MakeUp,
    Own(Hours),
}

/// The kind of a date, and its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day<'c> {
    /// Why it has these hours.
    pub kind: DayKind,
    /// Its working hours; empty on a day off.
    pub hours: &'c Hours,
}

/// Why a date has the hours that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A weekday with its ordinary hours.
    Ordinary,
    /// A weekday without working time.
    Weekend,
    /// Listed in `holidays`.
    Holiday,
    /// Listed in `workdays`: a make-up working day (调休上班) with Monday's hours.
    MakeUp,
    /// Listed in `days` with its own hours, or off.
    Special,
}

impl CalendarRules {
    /// Whether the dates of a year are known.
    pub(crate) fn has_year(&self, year: i16) -> bool {
        YEARS.contains(&year) && self.years.as_ref().is_none_or(|years| years.contains(&year))
    }

    /// The ordinary hours of a weekday.
    pub(crate) fn ordinary(&self, weekday: Weekday) -> &Hours {
        let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
        &self.week[index]
    }

    /// A date of a known year.
    pub(crate) fn day(&self, date: Date) -> Day<'_> {
        let ordinary = self.ordinary(date.weekday());
        match self.exceptions.get(&date) {
            Some(Exception::Holiday) => Day { kind: DayKind::Holiday, hours: Hours::NONE },
            Some(Exception::MakeUp) => Day { kind: DayKind::MakeUp, hours: self.ordinary(Weekday::Monday) },
            Some(Exception::Own(hours)) => Day { kind: DayKind::Special, hours },
            None if ordinary.is_empty() => Day { kind: DayKind::Weekend, hours: ordinary },
            None => Day { kind: DayKind::Ordinary, hours: ordinary },
        }
    }
}
