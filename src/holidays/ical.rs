//! iCalendar (RFC 5545), as far as calendars of holidays use it: events of whole days, whose summary says what they
//! are. Time zones, alarms and properties of other kinds are passed over.
//!
//! A reader of these few lines, since each crate for all of iCalendar brings a second library for dates.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::{Reading, say};
use crate::lang::Text;

/// A line after unfolding (RFC 5545, 3.1).
struct ContentLine {
    number: usize,
    /// In capitals.
    name: String,
    value: String,
}

/// What an event says so far, each part with its line.
#[derive(Default)]
struct HolidayEvent {
    line: usize,
    summary: Option<(usize, String)>,
    start: Option<(usize, String)>,
    end: Option<(usize, String)>,
    duration: Option<(usize, String)>,
    repeats: Option<(usize, String)>,
    is_cancelled: bool,
}

/// The longest event, in days.
const LONGEST: usize = 366;

/// Reads the file; every problem is noted.
pub(super) fn read(bytes: &[u8], file: &mut Reading<'_>) {
    let mut open: Vec<String> = Vec::new();
    let mut event = HolidayEvent::default();
    let mut last = 1;
    for line in unfolded(bytes) {
        let line = match line {
            Ok(line) => line,
            Err((number, message, help)) => {
                file.problem(number, message, help);
                continue;
            }
        };
        last = line.number;
        let part = line.value.to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" => {
                if part == "VEVENT" {
                    event = HolidayEvent { line: line.number, ..HolidayEvent::default() };
                }
                open.push(part);
            }
            "END" if open.last() != Some(&part) => {
                return file.problem(line.number, say::wrong_end(&part), say::fetch_again());
            }
            "END" => {
                open.pop();
                if part == "VEVENT" {
                    std::mem::take(&mut event).read(file);
                }
            }
            _ if open.last().is_some_and(|part| part == "VEVENT") => event.take(line),
            _ => {}
        }
    }
    if let Some(part) = open.first() {
        file.problem(last, say::cut_off(part), say::fetch_again());
    }
    file.found.years = years(file.found.days.keys());
}

/// The years that a file is about: all but one that has days in December only, before a year that it has, too.
fn years<'d>(days: impl Iterator<Item = &'d Date> + Clone) -> BTreeSet<i16> {
    let all: BTreeSet<i16> = days.clone().map(|date| date.year()).collect();
    let in_december =
        |year: i16| days.clone().filter(|date| date.year() == year).all(|date| date.month() == 12);
    all.iter().copied().filter(|year| !(in_december(*year) && all.contains(&(year + 1)))).collect()
}

impl HolidayEvent {
    fn take(&mut self, line: ContentLine) {
        let said = (line.number, line.value);
        match line.name.as_str() {
            "SUMMARY" => self.summary = Some(said),
            "DTSTART" => self.start = Some(said),
            "DTEND" => self.end = Some(said),
            "DURATION" => self.duration = Some(said),
            "RRULE" | "RDATE" | "EXDATE" | "RECURRENCE-ID" => self.repeats = Some((said.0, line.name)),
            "STATUS" => self.is_cancelled = said.1.eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }

    /// Notes the days of the event.
    fn read(self, file: &mut Reading<'_>) {
        if self.is_cancelled {
            return;
        }
        if let Some((line, name)) = &self.repeats {
            file.problem(*line, say::repeats(name), say::write_out());
        }
        let summary = unescaped(self.summary.as_ref().map_or("", |(_, summary)| summary));
        let is_off = is_off(&summary);
        if is_off.is_none() {
            let line = self.summary.as_ref().map_or(self.line, |(line, _)| *line);
            file.problem(line, say::off_or_on(&summary), say::say_which());
        }
        let days = self.days(file);
        for date in days.into_iter().flatten() {
            if let Some(is_off) = is_off {
                file.day(self.line, date, name(&summary), is_off);
            }
        }
    }

    /// The days from DTSTART up to DTEND, which is the day after the last; without an end, one day (RFC 5545, 3.6.1).
    fn days(&self, file: &mut Reading<'_>) -> Option<Vec<Date>> {
        let Some((line, start)) = &self.start else {
            file.problem(self.line, say::no_start(), say::write_dates());
            return None;
        };
        let Some(first) = date(start) else {
            file.problem(*line, say::not_a_day(start), say::write_dates());
            return None;
        };
        let (line, end) = match (&self.end, &self.duration) {
            (Some((line, end)), _) => {
                let date = date(end);
                if date.is_none() {
                    file.problem(*line, say::not_a_day(end), say::write_dates());
                }
                (*line, date?)
            }
            (None, Some((line, length))) => {
                let end = duration(length).and_then(|length| first.checked_add(length).ok());
                if end.is_none() {
                    file.problem(*line, say::no_end(length), say::write_dates());
                }
                (*line, end?)
            }
            (None, None) => (*line, first.tomorrow().ok()?),
        };
        let days: Vec<Date> =
            first.series(1.day()).take_while(|date| *date < end).take(LONGEST + 1).collect();
        if days.is_empty() || days.len() > LONGEST {
            file.problem(line, say::not_after(), say::write_dates());
            return None;
        }
        Some(days)
    }
}

/// `20270101`.
fn date(value: &str) -> Option<Date> {
    let is_date = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_date.then(|| Date::strptime("%Y%m%d", value).ok()).flatten()
}

/// `P3D`, `P1W`.
fn duration(value: &str) -> Option<Span> {
    let length = value.trim_start_matches('+').strip_prefix('P')?;
    let days = match (length.strip_suffix('D'), length.strip_suffix('W')) {
        (Some(days), _) => days.parse::<u16>().ok()?,
        (None, Some(weeks)) => weeks.parse::<u16>().ok()?.checked_mul(7)?,
        (None, None) => return None,
    };
    Some(i64::from(days).days())
}

/// What a summary says of a day off and of a working day. 调休 alone may be either.
const OFF: [&str; 6] = ["休", "假期", "放假", "假日", "holiday", "day off"];
const WORKED: [&str; 5] = ["班", "工作日", "workday", "working day", "work day"];

/// Whether the day is off; `None`: the summary does not say it, or says both.
fn is_off(summary: &str) -> Option<bool> {
    let summary = summary.to_lowercase().replace("调休", "");
    let says = |words: &[&str]| words.iter().any(|word| summary.contains(word));
    match (says(&OFF), says(&WORKED)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// What ends the holiday's name in a summary.
const MARKS: [&str; 10] = ["（", "(", "[", "【", "假期", "放假", "补班", "调休", "上班", "休"];

/// The holiday's name: what the summary has before it says whether the day is off; else all of it.
fn name(summary: &str) -> &str {
    let end = MARKS.iter().filter_map(|mark| summary.find(mark)).min();
    match summary[..end.unwrap_or(summary.len())].trim() {
        "" => summary,
        name => name,
    }
}

/// `\,` `\;` `\\` and `\n` of a text.
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            letter => text.push(letter),
        }
    }
    text
}

/// A line that cannot be read: its number, what is wrong, and what to do.
type BadLine = (usize, Text, Text);

/// The lines, each with those that continue it. They are joined as bytes: a letter may be divided between two lines.
fn unfolded(bytes: &[u8]) -> Vec<Result<ContentLine, BadLine>> {
    let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match (line, lines.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some((_, before))) => before.extend_from_slice(rest),
            _ => lines.push((at + 1, line.to_vec())),
        }
    }
    lines.retain(|(_, line)| !line.trim_ascii().is_empty());
    lines.into_iter().map(|(number, line)| content(number, line)).collect()
}

fn content(number: usize, line: Vec<u8>) -> Result<ContentLine, BadLine> {
    let line = String::from_utf8(line).map_err(|_| (number, say::not_utf8(), say::save_as_utf8()))?;
    // A colon within quotation marks belongs to a parameter.
    let mut is_quoted = false;
    let colon = line.char_indices().find(|(_, letter)| {
        is_quoted ^= *letter == '"';
        *letter == ':' && !is_quoted
    });
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let parts = colon.and_then(|(at, _)| Some((line.get(..at)?.split(';').next()?, line.get(at + 1..)?)));
    match parts.filter(|(name, _)| is_name(name.trim())) {
        Some((name, value)) => {
            Ok(ContentLine { number, name: name.trim().to_ascii_uppercase(), value: value.trim().to_owned() })
        }
        None => Err((number, say::no_line(), say::write_line())),
    }
}
