//! The shop's working time: ordinary hours, holidays, make-up working days, by date and in the shop's zone.
//!
//! Pure: a calendar is read from a text. It never guesses: a question that needs a year which the file does not have is
//! answered with [`MissingYear`]. All intervals are half open; instants are exact to the nanosecond. A local time that
//! a clock change skips moves forward; of one that occurs twice, the first is used.

mod hours;
mod read;
mod rules;
mod timeline;

#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

pub(crate) use rules::{Day, DayKind};

use crate::error::Finding;
use crate::lang::Text;
use rules::CalendarRules;
use timeline::{Timeline, Timelines};

/// The working hours of a shop, in its zone.
#[derive(Debug, Clone)]
pub struct Calendar {
    name: String,
    file: PathBuf,
    zone: TimeZone,
    rules: CalendarRules,
    timelines: Timelines,
}

/// A year that was needed and that the calendar does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}", self.message())]
pub struct MissingYear {
    /// The calendar's name.
    pub calendar: String,
    /// The year.
    pub year: i16,
}

mod say {
    crate::messages! {
        missing_year(calendar, year) {
            "calendar `{calendar}` does not have the year {year}",
            "日历 `{calendar}` 里没有 {year} 年",
        }
        add_year(year) {
            "`fb calendar add FILE` adds {year} as it is published, in JSON or .ics",
            "公布的 {year} 年安排（JSON 或 .ics）可用 `fb calendar add 文件` 添加",
        }
    }
}

impl MissingYear {
    /// What is wrong, in the user's words.
    pub(crate) fn message(&self) -> Text {
        say::missing_year(&self.calendar, self.year)
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> Text {
        say::add_year(self.year)
    }
}

impl Calendar {
    /// Reads the text of a calendar file.
    ///
    /// # Errors
    /// Everything that is wrong in it, in the order of the file; `path` is used in the findings.
    pub fn read(text: &str, path: &Path, zone: &TimeZone) -> Result<Calendar, Vec<Finding>> {
        read::calendar(text, path).map(|(name, rules)| {
            let timelines = Timelines::of(&rules);
            Calendar { name, file: path.to_owned(), zone: zone.clone(), rules, timelines }
        })
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its file, from the ledger's root.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether it knows a year.
    pub(crate) fn has_year(&self, year: i16) -> bool {
        self.rules.has_year(year)
    }

    /// Whether it knows every year, because it has no holidays.
    pub(crate) fn knows_any_year(&self) -> bool {
        self.rules.years.is_none()
    }

    /// The kind of a date, and its hours.
    ///
    /// # Errors
    /// [`MissingYear`] if the calendar does not have the date's year.
    pub(crate) fn day(&self, date: Date) -> Result<Day<'_>, MissingYear> {
        match self.has_year(date.year()) {
            true => Ok(self.rules.day(date)),
            false => Err(self.missing(date.year())),
        }
    }

    /// The working time in `[from, to)`; zero if `to` is not after `from`.
    ///
    /// # Errors
    /// [`MissingYear`] if a part of `[from, to)` is in a year that the calendar does not have.
    pub(crate) fn working_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<SignedDuration, MissingYear> {
        if to <= from {
            return Ok(SignedDuration::ZERO);
        }
        let last = to.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(to);
        let mut sum = SignedDuration::ZERO;
        for year in self.date(from).year()..=self.date(last).year() {
            let timeline = self.timeline(year)?;
            sum += timeline.worked_by(to) - timeline.worked_by(from);
        }
        Ok(sum)
    }

    /// The earliest instant by which this much working time has passed since `from`; `from` itself for zero.
    ///
    /// # Errors
    /// [`MissingYear`] if the search reaches a year that the calendar does not have.
    pub(crate) fn add_working(
        &self,
        from: Timestamp,
        length: SignedDuration,
    ) -> Result<Timestamp, MissingYear> {
        if !length.is_positive() {
            return Ok(from);
        }
        let mut year = self.date(from).year();
        let mut worked = self.timeline(year)?.worked_by(from).saturating_add(length);
        loop {
            let timeline = self.timeline(year)?;
            match timeline.when_worked(worked) {
                Some(instant) => return Ok(instant),
                None => worked -= timeline.total(),
            }
            year += 1;
        }
    }

    /// The end of the working hours of the `n`th working day after the local day of `start`.
    ///
    /// For 0: of the same day if it is a working day that has not ended, else of the next working day. At the last
    /// instant of its hours a day has ended.
    ///
    /// # Errors
    /// [`MissingYear`] if the search reaches a year that the calendar does not have.
    pub(crate) fn end_of_working_day(&self, start: Timestamp, n: u32) -> Result<Timestamp, MissingYear> {
        let today = self.date(start);
        if n == 0
            && let Some(end) = self.timeline(today.year())?.end_of(today)
            && start < end
        {
            return Ok(end);
        }
        let tomorrow = today.tomorrow().map_err(|_| self.missing(today.year()))?;
        let mut year = tomorrow.year();
        let mut to_skip = usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX);
        loop {
            let days = self.timeline(year)?.days_from(tomorrow);
            match days.get(to_skip) {
                Some(day) => return Ok(day.end),
                None => to_skip -= days.len(),
            }
            year += 1;
        }
    }

    /// The stretches of working time in `[from, to)`, in order.
    ///
    /// # Errors
    /// [`MissingYear`] if a part of `[from, to)` is in a year that the calendar does not have.
    pub(crate) fn stretches(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(Timestamp, Timestamp)>, MissingYear> {
        let last = to.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(to);
        let mut stretches = Vec::new();
        for year in self.date(from).year()..=self.date(last).year() {
            stretches.extend(self.timeline(year)?.within(from, to));
        }
        Ok(stretches)
    }

    /// The end of a date's working hours, which may be on the next day; `None` on a day off.
    ///
    /// # Errors
    /// [`MissingYear`] if the calendar does not have the date's year.
    pub(crate) fn end_of_day(&self, date: Date) -> Result<Option<Timestamp>, MissingYear> {
        Ok(self.timeline(date.year())?.end_of(date))
    }

    /// The local date of an instant.
    fn date(&self, instant: Timestamp) -> Date {
        self.zone.to_datetime(instant).date()
    }

    /// A year as instants; computed when it is first needed.
    fn timeline(&self, year: i16) -> Result<&Timeline, MissingYear> {
        let cell = self.timelines.cell(year).filter(|_| self.has_year(year));
        let cell = cell.ok_or_else(|| self.missing(year))?;
        Ok(cell.get_or_init(|| Box::new(Timeline::of(year, &self.rules, &self.zone))))
    }

    fn missing(&self, year: i16) -> MissingYear {
        MissingYear { calendar: self.name.clone(), year }
    }
}
