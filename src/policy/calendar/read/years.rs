//! `[years.2026]`: the dates on which a year differs from the ordinary week.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::super::rules::{Exception, Rules, YEARS};
use super::reader::{Entry, Reader, Span};
use super::week::Week;
use super::{shifts, words};

/// The keys of a year.
const KEYS: [&str; 3] = ["holidays", "workdays", "days"];

/// The years of a file and their exceptional dates, with their places.
#[derive(Default)]
pub(super) struct Years {
    known: Option<BTreeSet<i16>>,
    pub exceptions: BTreeMap<Date, Spanned<Exception>>,
}

impl Years {
    /// Any year, none with an exception.
    pub(crate) fn any() -> Years {
        Years::default()
    }

    /// The rules that they make with an ordinary week.
    pub(crate) fn rules(&self, week: Week) -> Rules {
        let exceptions = self.exceptions.iter().map(|(date, found)| (*date, found.get_ref().clone()));
        Rules { week, years: self.known.clone(), exceptions: exceptions.collect() }
    }

    /// Notes an exceptional date; one that differs from what is noted already is a problem.
    fn add(&mut self, reader: &mut Reader, date: Date, found: Spanned<Exception>) {
        match self.exceptions.get(&date) {
            Some(noted) if noted.get_ref() != found.get_ref() => {
                let (one, other) = (list(noted.get_ref()), list(found.get_ref()));
                reader.problem::<()>(found.span(), words::two_lists(date, one, other), words::keep_one());
            }
            _ => {
                self.exceptions.insert(date, found);
            }
        }
    }
}

/// The key under which a file lists such a date.
fn list(exception: &Exception) -> &'static str {
    match exception {
        Exception::Holiday => KEYS[0],
        Exception::MakeUp => KEYS[1],
        Exception::Own(_) => KEYS[2],
    }
}

/// Reads the years.
pub(super) fn read(reader: &mut Reader, entry: &Entry) -> Option<Years> {
    let table = reader.table(entry)?;
    let mut years = Years { known: Some(BTreeSet::new()), exceptions: BTreeMap::new() };
    for entry in reader.entries(table) {
        let Some(year) = year(entry.key) else {
            reader.problem::<()>(entry.span.clone(), words::bad_year(entry.key), words::write_year());
            continue;
        };
        years.known.get_or_insert_default().insert(year);
        let Some(table) = reader.table(&entry) else { continue };
        for entry in reader.known(table, &KEYS) {
            match entry.key {
                "holidays" => dates(reader, &mut years, year, &entry, &Exception::Holiday),
                "workdays" => dates(reader, &mut years, year, &entry, &Exception::MakeUp),
                "days" => days(reader, &mut years, year, &entry),
                _ => {}
            }
        }
    }
    match table.is_empty() {
        true => reader.problem(entry.span.clone(), words::no_years(), words::add_year()),
        false => Some(years),
    }
}

/// Reads a year of four digits.
fn year(key: &str) -> Option<i16> {
    let digits = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| key.parse().ok())?.filter(|year| YEARS.contains(year))
}

/// Reads a list of dates and ranges of dates, all of which are the same exception.
fn dates(reader: &mut Reader, years: &mut Years, year: i16, entry: &Entry, exception: &Exception) {
    let DeValue::Array(items) = entry.value.get_ref() else {
        reader.problem::<()>(entry.value.span(), words::no_dates(entry.key), words::write_dates());
        return;
    };
    for item in items.iter() {
        let word = reader.word(item);
        let mut read = |word| date(reader, year, word, item.span());
        let (first, last) = match word.split_once("..") {
            Some((first, last)) => (read(first), read(last)),
            None => {
                let day = read(word);
                (day, day)
            }
        };
        let (Some(first), Some(last)) = (first, last) else { continue };
        if last < first {
            reader.problem::<()>(item.span(), words::backwards(word), words::turn(last, first));
        }
        for date in first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last) {
            years.add(reader, date, Spanned::new(item.span(), exception.clone()));
        }
    }
}

/// Reads dates with hours of their own.
fn days(reader: &mut Reader, years: &mut Years, year: i16, entry: &Entry) {
    let Some(table) = reader.table(entry) else { return };
    for entry in reader.entries(table) {
        let date = date(reader, year, entry.key, entry.span.clone());
        let shifts = shifts::read(reader, &entry);
        if let (Some(date), Some(shifts)) = (date, shifts) {
            let hours = shifts::hours(&shifts);
            years.add(reader, date, Spanned::new(entry.span.clone(), Exception::Own(hours)));
        }
    }
}

/// Reads a date of a year, `2026-10-01`.
fn date(reader: &mut Reader, year: i16, word: &str, span: Span) -> Option<Date> {
    let date = word.parse::<Date>().ok().filter(|date| date.to_string() == word);
    match date {
        Some(date) if date.year() == year => Some(date),
        Some(date) => reader.problem(span, words::wrong_year(date, year), words::move_date(date.year())),
        None => reader.problem(span, words::bad_date(word), words::write_dates()),
    }
}
