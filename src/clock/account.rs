//! Explains a due: the days from the start of a clock to its due, what of each counted, and why the rest did not.
//!
//! An account explains [`Limit::due`] and never disagrees with it: the time that counted adds up to the limit, and the
//! last of it ends at the due. It has no wording; the rooms that show it have it.

mod days;
mod time;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::limit::{Due, Limit, Terms, Undue};
use super::pause::Pauses;
use crate::calendar::DayKind;

/// The explanation of a due, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The due that is explained.
    pub due: Due,
    /// The days in their order; consecutive days that did not count for the same reason are one line. Pauses that
    /// extended the due come after them.
    pub lines: Vec<AccountLine>,
}

/// A day, or consecutive days of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// The first local day.
    pub first: Date,
    /// The last; the same for a single day.
    pub last: Date,
    /// Its effect on the due.
    pub effect: DayEffect,
}

impl AccountLine {
    /// A single day.
    fn of_day(day: Date, effect: DayEffect) -> AccountLine {
        AccountLine { first: day, last: day, effect }
    }
}

/// The effect of a day on a due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayEffect {
    /// This part of it counted.
    Time(CountedTime),
    /// It counted as a day: the `n`th. `None` for a limit of no days, which ends with the day.
    Day {
        /// How many days have counted by its end.
        n: u32,
        /// The kind of working day; `None` for calendar days.
        kind: Option<DayKind>,
    },
    /// Nothing of it counted.
    Nothing(Reason),
    /// A pause extended the due.
    Moved(Extension),
    /// A pause began, and has not ended.
    Still(Timestamp),
}

/// The time of a day that counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedTime {
    /// From when until when, half open, in order.
    pub parts: Vec<(Timestamp, Timestamp)>,
    /// Their length.
    pub time: SignedDuration,
    /// Everything that has counted by then.
    pub sum: SignedDuration,
    /// Whether part of it was paused.
    pub paused: bool,
    /// The kind of working day; `None` for elapsed time.
    pub kind: Option<DayKind>,
    /// The length of the day: 23 or 25 hours if a clock changed.
    pub length: SignedDuration,
}

/// Why nothing of a day counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The day of the start is not counted.
    StartDay,
    /// A weekday on which nobody works.
    Weekend,
    /// A holiday.
    Holiday,
    /// A day off listed under its own date.
    DayOff,
    /// Its working time was over, or had not begun.
    OutsideHours,
    /// The clock was paused.
    Paused,
}

/// A pause that extended a due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// When it began.
    pub from: Timestamp,
    /// When it ended.
    pub to: Timestamp,
    /// Its length: elapsed time for `d`, working time for `wd`.
    pub by: SignedDuration,
    /// The due from then on.
    pub due: Timestamp,
}

impl Reason {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Reason::StartDay => "start-day",
            Reason::Weekend => "weekend",
            Reason::Holiday => "holiday",
            Reason::DayOff => "day-off",
            Reason::OutsideHours => "outside-hours",
            Reason::Paused => "pause",
        }
    }

    /// Why a day without working hours has none.
    fn of(kind: DayKind) -> Reason {
        match kind {
            DayKind::Weekend => Reason::Weekend,
            DayKind::Holiday => Reason::Holiday,
            DayKind::Special => Reason::DayOff,
            DayKind::Ordinary | DayKind::MakeUp => Reason::OutsideHours,
        }
    }
}

impl Limit {
    /// The explanation of its due.
    ///
    /// # Errors
    /// As [`Limit::due`].
    pub(crate) fn account(
        self,
        start: Timestamp,
        pauses: &Pauses,
        terms: Terms<'_>,
    ) -> Result<Account, Undue> {
        let due = self.due(start, pauses, terms)?;
        let lines = match self {
            Limit::Days(n) => {
                let mut lines = days::calendar_days(n, terms.date(start));
                lines.extend(days::pauses(self, start, pauses, terms));
                lines
            }
            Limit::WorkingDays(n) => {
                let until = pauses.open_since().filter(|_| due == Due::Unknown);
                let mut lines = days::working_days(n, start, until, terms)?;
                lines.extend(days::pauses(self, start, pauses, terms));
                lines
            }
            _ => time::lines(self.in_working_units(), start, due, pauses, terms)?,
        };
        let still = pauses.open_since().filter(|_| due == Due::Unknown);
        let still = still.map(|since| AccountLine::of_day(terms.date(since), DayEffect::Still(since)));
        Ok(Account { due, lines: lines.into_iter().chain(still).collect() })
    }
}

/// Adds a line, or extends the last one if it says the same of the day before.
fn push(lines: &mut Vec<AccountLine>, line: AccountLine) {
    let before = lines.last_mut().filter(|before| before.last.tomorrow().ok() == Some(line.first));
    match (before, line) {
        (Some(before), line)
            if before.effect == line.effect && matches!(line.effect, DayEffect::Nothing(_)) =>
        {
            before.last = line.last;
        }
        (
            Some(AccountLine { last, effect: DayEffect::Time(run), .. }),
            AccountLine { last: day, effect: DayEffect::Time(more), .. },
        ) if run.whole() && more.whole() => {
            *last = day;
            run.time += more.time;
            run.length += more.length;
            run.sum = more.sum;
            if let (Some(part), Some((_, end))) = (run.parts.last_mut(), more.parts.last()) {
                part.1 = *end;
            }
        }
        (_, line) => lines.push(line),
    }
}

impl CountedTime {
    /// Whether it is whole days of elapsed time, each of 24 hours.
    fn whole(&self) -> bool {
        self.kind.is_none() && self.time == self.length && self.length.as_secs() % (24 * 3600) == 0
    }
}
