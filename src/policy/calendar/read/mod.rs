//! A calendar's TOML to its rules; whatever is wrong is found in one reading.

mod reader;
mod shifts;
mod week;
mod whole;
mod words;
mod years;

#[cfg(test)]
mod gallery;

use std::path::Path;

use toml::de::DeValue;

use super::rules::Rules;
use crate::error::Finding;
use reader::{Entry, Reader};
use week::Week;
use years::Years;

/// The keys of the file.
const KEYS: [&str; 4] = ["name", "hours", "years", "any_year"];

/// Reads a calendar: its name, and its rules.
pub(super) fn calendar(text: &str, path: &Path) -> Result<(String, Rules), Vec<Finding>> {
    let mut reader = Reader::new(text, path);
    let Some(file) = reader.parse() else { return Err(reader.findings()) };
    let entries = reader.known(&file, &KEYS);
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let name = name(&mut reader, find("name"));
    let week = find("hours").map_or_else(|| Some(Week::default()), |entry| week::read(&mut reader, entry));
    let years = years(&mut reader, find("years"), find("any_year"));
    let rules = week.zip(years).map(|(week, years)| {
        let rules = years.rules(week);
        whole::check(&mut reader, find("hours"), &rules, &years);
        rules
    });
    match (name, rules) {
        (Some(name), Some(rules)) if reader.is_content() => Ok((name, rules)),
        _ => Err(reader.findings()),
    }
}

/// The calendar's name.
fn name(reader: &mut Reader, entry: Option<&Entry>) -> Option<String> {
    match entry.map(|entry| (entry.value.get_ref(), entry.value.span())) {
        Some((DeValue::String(name), _)) if !name.trim().is_empty() => Some(name.to_string()),
        Some((_, span)) => reader.problem(span, words::bad_name(), words::add_name()),
        None => reader.missing(words::no_name(), words::add_name()),
    }
}

/// The years that the file lists; or any, if it says so.
fn years(reader: &mut Reader, years: Option<&Entry>, any: Option<&Entry>) -> Option<Years> {
    let any_year = match any.map(|entry| (entry.value.get_ref(), entry.value.span())) {
        None | Some((DeValue::Boolean(false), _)) => false,
        Some((DeValue::Boolean(true), _)) => true,
        Some((_, span)) => return reader.problem(span, words::bad_any_year(), words::use_any_year()),
    };
    match (any_year, years) {
        (false, Some(entry)) => years::read(reader, entry),
        (true, None) => Some(Years::any()),
        (true, Some(entry)) => reader.problem(entry.span.clone(), words::both(), words::choose()),
        (false, None) => reader.missing(words::no_years(), words::add_year()),
    }
}
