//! Holidays and make-up working days as they are published: a year in JSON, or an iCalendar file.
//!
//! Pure: bytes come in, days come out. Nothing is guessed. What is not understood is a finding with its line, and then
//! no day is returned. This room does not know a shop's calendar.

mod ical;
mod json;
mod say;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::error::{Code, Finding, Place};
use crate::lang::{Text, one_line};

/// The days that a file names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PublishedDays {
    /// The years that the file is about. A day outside them belongs to another year: a New Year's holiday may begin in
    /// December.
    pub years: BTreeSet<i16>,
    /// The days, by date.
    pub days: BTreeMap<Date, PublishedDay>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedDay {
    /// The holiday's name, on one line; empty: it has none.
    pub name: String,
    /// Off, or else a make-up working day.
    pub is_off: bool,
}

/// Days of the same sort, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DayRange {
    /// The first.
    pub first: Date,
    /// The last; it may be the first.
    pub last: Date,
    /// The names, each once.
    pub names: Vec<String>,
}

/// Reads a file: JSON if it begins with `{`, iCalendar if it begins with `BEGIN:VCALENDAR`.
///
/// # Errors
/// Everything in it that is not understood, in the order of the file.
pub(crate) fn read(bytes: &[u8], path: &Path) -> Result<PublishedDays, Vec<Finding>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut file = Reading { path, found: PublishedDays::default(), findings: Vec::new() };
    let begin = bytes.trim_ascii_start();
    if begin.first() == Some(&b'{') {
        json::read(bytes, &mut file);
    } else if begin.get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case(b"BEGIN:VCALENDAR")) {
        ical::read(bytes, &mut file);
    } else {
        file.problem(1, say::neither(), say::forms());
    }
    file.findings.sort_by(|one, other| one.place.cmp(&other.place));
    if file.findings.is_empty() { Ok(file.found) } else { Err(file.findings) }
}

impl PublishedDays {
    /// The days of a year that are off, or else those that are worked; days that follow each other are one range.
    pub(crate) fn ranges(&self, year: i16, is_off: bool) -> Vec<DayRange> {
        let days = self.days.iter().filter(|(date, day)| date.year() == year && day.is_off == is_off);
        let mut ranges: Vec<DayRange> = Vec::new();
        for (date, day) in days {
            let before = date.checked_sub(1.day()).ok();
            match ranges.last_mut().filter(|range| Some(range.last) == before) {
                Some(range) => range.last = *date,
                None => ranges.push(DayRange { first: *date, last: *date, names: Vec::new() }),
            }
            if let Some(range) = ranges.last_mut()
                && !day.name.is_empty()
                && !range.names.contains(&day.name)
            {
                range.names.push(day.name.clone());
            }
        }
        ranges
    }
}

impl DayRange {
    /// As a calendar's file has it: `2027-01-01`, or `2027-01-01..2027-01-03`.
    pub(crate) fn written(&self) -> String {
        match self.first == self.last {
            true => self.first.to_string(),
            false => format!("{}..{}", self.first, self.last),
        }
    }
}

/// A file that is being read.
struct Reading<'p> {
    path: &'p Path,
    found: PublishedDays,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    /// Notes what is wrong on a line, and what to do about it.
    fn problem(&mut self, line: usize, message: Text, help: Text) {
        let place = Place { line: Some(line), ..Place::file(self.path) };
        self.findings.push(Finding::error(Code::BadValue, place, message).help(help));
    }

    /// Notes a day; one that the file has twice must be the same both times.
    fn day(&mut self, line: usize, date: Date, name: &str, is_off: bool) {
        let name = one_line(name);
        match self.found.days.get_mut(&date) {
            Some(day) if day.is_off != is_off => self.problem(line, say::both(date), say::keep_one()),
            Some(day) if day.name != name && !name.is_empty() => {
                day.name = if day.name.is_empty() { name } else { format!("{}、{name}", day.name) };
            }
            Some(_) => {}
            None => {
                self.found.days.insert(date, PublishedDay { name, is_off });
            }
        }
    }
}
