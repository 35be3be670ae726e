//! `[years.2026]`: the dates on which a year is different from the ordinary week.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::super::rules::{CalendarRules, Exception, YEARS};
use super::week::Week;
use super::{say, shifts};
use crate::toml_file::{TomlKeys, TomlPlace, TomlValue, TomlWord};

const YEAR: TomlKeys = TomlKeys { needed: &[], optional: &["holidays", "workdays", "days"] };

/// The years of a file and their exceptional dates, with their places.
#[derive(Default)]
pub(super) struct Years<'f> {
    known: Option<BTreeSet<i16>>,
    pub exceptions: BTreeMap<Date, (Exception, TomlPlace<'f>)>,
}

impl<'f> Years<'f> {
    /// Any year, without exceptions.
    pub(crate) fn any() -> Years<'f> {
        Years::default()
    }

    /// The rules of an ordinary week with these exceptions.
    pub(crate) fn rules(&self, week: Week) -> CalendarRules {
        let exceptions = self.exceptions.iter().map(|(date, (found, _))| (*date, found.clone()));
        CalendarRules { week, years: self.known.clone(), exceptions: exceptions.collect() }
    }

    /// Notes an exceptional date; a second, different entry for it is a problem.
    fn add(&mut self, date: Date, found: Exception, at: TomlPlace<'f>) {
        match self.exceptions.get(&date) {
            Some((noted, _)) if *noted != found => {
                at.problem(say::two_lists(date, list(noted), list(&found)), say::keep_one());
            }
            _ => {
                self.exceptions.insert(date, (found, at));
            }
        }
    }
}

/// The key under which a file lists such a date.
fn list(exception: &Exception) -> &'static str {
    match exception {
        Exception::Holiday => "holidays",
        Exception::MakeUp => "workdays",
        Exception::Own(_) => "days",
    }
}

/// Reads the years.
pub(super) fn read<'f>(value: &TomlValue<'f>) -> Option<Years<'f>> {
    let table = value.table()?;
    if table.is_empty() {
        value.key.at.problem(say::no_years(), say::add_year());
        return None;
    }
    let mut years = Years { known: Some(BTreeSet::new()), exceptions: BTreeMap::new() };
    for value in table.values() {
        let Some(year) = year(value.key.word) else {
            value.key.at.problem(say::bad_year(value.key.word), say::write_year());
            continue;
        };
        years.known.get_or_insert_default().insert(year);
        for value in value.table_of(&YEAR).iter().flat_map(|year| year.values()) {
            match value.key.word {
                "holidays" => dates(&mut years, year, &value, &Exception::Holiday),
                "workdays" => dates(&mut years, year, &value, &Exception::MakeUp),
                "days" => days(&mut years, year, &value),
                _ => {}
            }
        }
    }
    Some(years)
}

/// Reads a year of four digits.
fn year(key: &str) -> Option<i16> {
    let digits = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| key.parse().ok())?.filter(|year| YEARS.contains(year))
}

/// Reads a list of dates and ranges of dates, all with the same exception.
fn dates<'f>(years: &mut Years<'f>, year: i16, value: &TomlValue<'f>, exception: &Exception) {
    for entry in value.list().unwrap_or_default() {
        let TomlWord { word, at } = entry.written();
        let read = |word| date(year, &TomlWord { word, at: at.clone() });
        let (first, last) = match word.split_once("..") {
            Some((first, last)) => (read(first), read(last)),
            None => {
                let day = read(word);
                (day, day)
            }
        };
        let (Some(first), Some(last)) = (first, last) else { continue };
        if last < first {
            at.problem(say::backwards(word), say::turn(last, first));
        }
        for date in first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last) {
            years.add(date, exception.clone(), at.clone());
        }
    }
}

/// Reads dates with their own hours.
fn days<'f>(years: &mut Years<'f>, year: i16, value: &TomlValue<'f>) {
    for value in value.table().iter().flat_map(|days| days.values()) {
        let (date, shifts) = (date(year, &value.key), shifts::read(&value));
        if let (Some(date), Some(shifts)) = (date, shifts) {
            years.add(date, Exception::Own(shifts::hours(&shifts)), value.key.at);
        }
    }
}

/// Reads a date of a year, `2026-10-01`.
fn date(year: i16, word: &TomlWord<'_>) -> Option<Date> {
    let date = word.word.parse::<Date>().ok().filter(|date| date.to_string() == word.word);
    match date {
        Some(date) if date.year() == year => return Some(date),
        Some(date) => word.at.problem(say::wrong_year(date, year), say::move_date(date.year())),
        None => word.at.problem(say::bad_date(word.word), say::write_dates()),
    }
    None
}
