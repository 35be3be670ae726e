//! From a calendar's TOML to its rules; every problem is found in one reading.

mod say;
mod shifts;
mod week;
mod whole;
mod years;

#[cfg(test)]
mod gallery;

use std::path::Path;

use super::rules::CalendarRules;
use crate::error::Finding;
use crate::toml_file::{self, TomlKeys, TomlTable, TomlValue};
use week::Week;
use years::Years;

const FILE: TomlKeys = TomlKeys { needed: &["name"], optional: &["hours", "years", "any_year"] };

/// Reads a calendar: its name, and its rules.
pub(super) fn calendar(text: &str, path: &Path) -> Result<(String, CalendarRules), Vec<Finding>> {
    toml_file::read(text, path, read)
}

fn read(file: &TomlTable<'_>) -> Option<(String, CalendarRules)> {
    file.keys(&FILE);
    let name = file.get("name").and_then(|value| name(&value));
    let hours = file.get("hours");
    let week = hours.as_ref().map_or_else(|| Some(Week::default()), week::read);
    let (week, years) = (week, years(file));
    let (week, years) = (week?, years?);
    let rules = years.rules(week);
    whole::check(&hours.map_or_else(|| file.at.clone(), |hours| hours.key.at), &rules, &years);
    Some((name?, rules))
}

/// The calendar's name.
fn name(value: &TomlValue<'_>) -> Option<String> {
    let name = value.word()?;
    if name.word.trim().is_empty() {
        name.at.problem(say::empty_name(), say::add_name());
        return None;
    }
    Some(name.word.to_owned())
}

/// The years that the file lists; or all years, if it says so.
fn years<'f>(file: &TomlTable<'f>) -> Option<Years<'f>> {
    let any_year = match file.get("any_year") {
        Some(value) => value.flag()?,
        None => false,
    };
    match (any_year, file.get("years")) {
        (false, Some(value)) => years::read(&value),
        (true, None) => Some(Years::any()),
        (true, Some(value)) => {
            value.key.at.problem(say::both(), say::choose());
            None
        }
        (false, None) => {
            file.at.problem(say::no_years(), say::add_year());
            None
        }
    }
}
