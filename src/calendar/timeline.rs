//! A year of a calendar as instants, for hundreds of thousands of questions.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::OnceLock;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::rules::{CalendarRules, YEARS};

/// The working time of one year in a zone, from its first midnight to its last.
#[derive(Debug, Clone)]
pub(super) struct Timeline {
    /// Sorted, disjoint, none empty.
    stretches: Vec<WorkingStretch>,
    /// The working days, sorted.
    days: Vec<WorkingDay>,
}

/// Working time without a break, half open.
#[derive(Debug, Clone, Copy)]
struct WorkingStretch {
    from: Timestamp,
    to: Timestamp,
    /// The working time of the year before it.
    before: SignedDuration,
}

impl WorkingStretch {
    /// The working time of the year up to its end.
    fn after(&self) -> SignedDuration {
        self.before + self.to.duration_since(self.from)
    }
}

/// A date with working hours, and the end of the last of them, which may be on the next day or in the next year.
#[derive(Debug, Clone, Copy)]
pub(super) struct WorkingDay {
    date: Date,
    pub end: Timestamp,
}

impl Timeline {
    /// Computes a year. The night shift of the last day before it counts if that year is known too.
    pub(crate) fn of(year: i16, rules: &CalendarRules, zone: &TimeZone) -> Timeline {
        let mut timeline = Timeline { stretches: Vec::new(), days: Vec::new() };
        let (Ok(first), Ok(next)) = (Date::new(year, 1, 1), Date::new(year + 1, 1, 1)) else {
            return timeline;
        };
        let (Some(start), Some(end)) = (midnight(first, zone), midnight(next, zone)) else { return timeline };
        let eve = first.yesterday().ok().filter(|eve| rules.has_year(eve.year()));
        let dates = first.series(jiff::Span::new().days(1)).take_while(|date| *date < next);
        let mut shifts = Vec::new();
        for date in eve.into_iter().chain(dates).filter(|date| exists(*date, zone)) {
            let on_date = rules.day(date).hours.shifts().iter().filter_map(|shift| shift.on(date, zone));
            let before = shifts.len();
            shifts.extend(on_date.filter(|(from, to)| from < to));
            if let Some(end) = shifts[before..].iter().map(|(_, to)| *to).max().filter(|_| date >= first) {
                timeline.days.push(WorkingDay { date, end });
            }
        }
        shifts.sort_unstable();
        for (from, to) in shifts {
            timeline.push(from.max(start), to.min(end));
        }
        timeline
    }

    /// Adds working time that begins no earlier than all before. Overlapping time is not counted twice: a clock change
    /// can move one shift into the next.
    fn push(&mut self, from: Timestamp, to: Timestamp) {
        let from = self.stretches.last().map_or(from, |last| from.max(last.to));
        if from < to {
            self.stretches.push(WorkingStretch { from, to, before: self.total() });
        }
    }

    /// The working time of the year.
    pub(crate) fn total(&self) -> SignedDuration {
        self.stretches.last().map_or(SignedDuration::ZERO, WorkingStretch::after)
    }

    /// The working time of the year before an instant.
    pub(crate) fn worked_by(&self, instant: Timestamp) -> SignedDuration {
        let begun = self.stretches.partition_point(|stretch| stretch.from < instant);
        match begun.checked_sub(1).and_then(|last| self.stretches.get(last)) {
            Some(stretch) => stretch.before + instant.min(stretch.to).duration_since(stretch.from),
            None => SignedDuration::ZERO,
        }
    }

    /// The working time in `[from, to)`, stretch by stretch.
    pub(crate) fn within(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let first = self.stretches.partition_point(|stretch| stretch.to <= from);
        let stretches = self.stretches[first..].iter().take_while(move |stretch| stretch.from < to);
        stretches.map(move |stretch| (stretch.from.max(from), stretch.to.min(to)))
    }

    /// The earliest instant by which this much of the year's working time (more than zero) is over.
    pub(crate) fn when_worked(&self, worked: SignedDuration) -> Option<Timestamp> {
        let over = self.stretches.partition_point(|stretch| stretch.after() < worked);
        self.stretches.get(over).map(|stretch| stretch.from + (worked - stretch.before))
    }

    /// The working days from a date on.
    pub(crate) fn days_from(&self, date: Date) -> &[WorkingDay] {
        &self.days[self.days.partition_point(|day| day.date < date)..]
    }

    /// The end of a date's working hours, if it has any.
    pub(crate) fn end_of(&self, date: Date) -> Option<Timestamp> {
        self.days_from(date).first().filter(|day| day.date == date).map(|day| day.end)
    }
}

/// The years as instants, one slot each, filled on demand.
#[derive(Clone)]
pub(super) struct Timelines {
    first: i16,
    cells: Box<[OnceLock<Box<Timeline>>]>,
}

impl Timelines {
    pub(crate) fn of(rules: &CalendarRules) -> Timelines {
        let listed = rules.years.as_ref().and_then(first_and_last);
        let (first, last) = listed.unwrap_or(YEARS.into_inner());
        Timelines { first, cells: (first..=last).map(|_| OnceLock::new()).collect() }
    }

    /// The slot of a year, if it is between the first and the last of the calendar.
    pub(crate) fn cell(&self, year: i16) -> Option<&OnceLock<Box<Timeline>>> {
        let index = usize::try_from(i32::from(year) - i32::from(self.first)).ok()?;
        self.cells.get(index)
    }
}

impl fmt::Debug for Timelines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let laid_out = self.cells.iter().filter(|cell| cell.get().is_some()).count();
        write!(f, "Timelines({laid_out} laid out)")
    }
}

fn first_and_last(years: &BTreeSet<i16>) -> Option<(i16, i16)> {
    Some((*years.first()?, *years.last()?))
}

/// The instant at which a date begins.
fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(date.to_datetime(Time::midnight())).ok()
}

/// Whether a zone has the date: one that moved across the date line has skipped one (Apia, 2011-12-30).
fn exists(date: Date, zone: &TimeZone) -> bool {
    midnight(date, zone).is_some_and(|start| zone.to_datetime(start).date() == date)
}
