//! `map.toml`: what another system's columns and values mean in this one.
//!
//! Reading it reports every problem at once. [`Binding`](super::binding::Binding) applies it to a sheet.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::tz::TimeZone;

use super::column::{Intake, SheetColumn, Sort};
use super::{moment, say, typed};
use crate::case::{EventName, Kind, Shape};
use crate::error::Finding;
use crate::lang::names;
use crate::toml_file::{self, TomlKeys, TomlTable, TomlValue, TomlWord};

/// The key for all other values, or for all other dates.
const ALL_ELSE: &str = "*";
/// The value that leaves a row out.
const LEAVE_OUT: &str = "-";

/// What a `map.toml` says. The default is empty: then every heading has to be the name of one of our columns.
#[derive(Debug, Clone, Default)]
pub struct Map {
    pub(super) cases: HashMap<String, SheetColumn>,
    pub(super) events: HashMap<String, SheetColumn>,
    /// By the word of our column: theirs to ours.
    values: HashMap<&'static str, HashMap<String, String>>,
    dates: HashMap<String, String>,
    pub(super) defaults: Vec<(SheetColumn, String)>,
    pub(super) ignored: HashSet<String>,
}

/// What a value of the other system means here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning<'m> {
    /// These words.
    Words(&'m str),
    /// The row is left out.
    LeaveOut,
}

impl Map {
    /// Reads a `map.toml`.
    ///
    /// # Errors
    /// Everything that is wrong with it: what is not TOML, unknown keys, names of columns that do not exist, values and
    /// formats that cannot be read.
    pub fn read(text: &str, path: &Path) -> Result<Map, Vec<Finding>> {
        toml_file::read(text, path, |file| Some(read(file)))
    }

    /// What the words of a cell mean under one of our columns.
    pub(super) fn meaning<'m>(&'m self, column: SheetColumn, words: &'m str) -> Meaning<'m> {
        let values = self.values.get(column.word());
        match values.and_then(|values| values.get(words).or_else(|| values.get(ALL_ELSE))) {
            Some(ours) if ours == LEAVE_OUT => Meaning::LeaveOut,
            Some(ours) => Meaning::Words(ours),
            None => Meaning::Words(words),
        }
    }

    /// The format of a column's dates, if the map has one.
    pub(super) fn format(&self, column: SheetColumn) -> Option<&str> {
        self.dates.get(column.word()).or_else(|| self.dates.get(ALL_ELSE)).map(String::as_str)
    }
}

const FILE: TomlKeys =
    TomlKeys { needed: &[], optional: &["columns", "values", "dates", "defaults", "ignore"] };
const IGNORE: TomlKeys = TomlKeys { needed: &[], optional: &["columns"] };

fn read(file: &TomlTable<'_>) -> Map {
    file.keys(&FILE);
    let mut map = Map::default();
    if let Some(table) = file.table("columns") {
        read_columns(&table, &mut map);
    }
    if let Some(table) = file.table("values") {
        read_values(&table, &mut map);
    }
    if let Some(table) = file.table("dates") {
        read_dates(&table, &mut map);
    }
    if let Some(table) = file.table("defaults") {
        read_defaults(&table, &mut map);
    }
    let ignore = file.get("ignore").and_then(|value| value.table_of(&IGNORE)?.get("columns")?.list());
    map.ignored = ignore.iter().flatten().filter_map(|value| value.text()).map(str::to_owned).collect();
    map
}

fn read_columns(table: &TomlTable<'_>, map: &mut Map) {
    for value in table.values() {
        if value.key.word == "events" && value.is_table() {
            let events = value.table();
            map.events = events
                .iter()
                .flat_map(TomlTable::values)
                .filter_map(|it| renamed(&it, Sort::Events))
                .collect();
        } else {
            map.cases.extend(renamed(&value, Sort::Cases));
        }
    }
}

/// Their heading, and our column for it.
fn renamed(value: &TomlValue<'_>, sort: Sort) -> Option<(String, SheetColumn)> {
    Some((value.key.word.to_owned(), column(&value.word()?, &[sort])?))
}

fn read_values(table: &TomlTable<'_>, map: &mut Map) {
    for value in table.values() {
        let Some(column) = column(&value.key, &[Sort::Cases, Sort::Events]) else { continue };
        if column.dated() {
            value.key.at.problem(say::dates_have_formats(column.word()), None);
            continue;
        }
        for theirs in value.table().iter().flat_map(TomlTable::values) {
            let Some(ours) = theirs.word() else { continue };
            if ours.word != LEAVE_OUT && !ours.word.is_empty() {
                check_value(column, &ours);
            }
            let values = map.values.entry(column.word()).or_default();
            values.insert(theirs.key.word.to_owned(), ours.word.to_owned());
        }
    }
}

fn read_dates(table: &TomlTable<'_>, map: &mut Map) {
    for value in table.values() {
        let key = &value.key;
        if key.word != ALL_ELSE {
            let Some(column) = column(key, &[Sort::Cases, Sort::Events]) else { continue };
            if !column.dated() {
                key.at.problem(say::holds_no_dates(column.word()), None);
                continue;
            }
        }
        let Some(format) = value.text() else { continue };
        if !moment::readable(format) {
            value.at.problem(say::no_format(format), say::strftime());
        }
        map.dates.insert(key.word.to_owned(), format.to_owned());
    }
}

fn read_defaults(table: &TomlTable<'_>, map: &mut Map) {
    for value in table.values() {
        let Some(column) = column(&value.key, &[Sort::Cases]) else { continue };
        if !column.defaults() {
            value.key.at.problem(say::no_default(column.word()), None);
            continue;
        }
        let Some(words) = value.word() else { continue };
        check_value(column, &words);
        map.defaults.push((column, words.word.to_owned()));
    }
}

/// The column that a word names.
fn column(word: &TomlWord<'_>, sorts: &[Sort]) -> Option<SheetColumn> {
    let all: Vec<SheetColumn> = sorts.iter().flat_map(|sort| SheetColumn::all(*sort)).collect();
    word.one_of(say::column(), &all, SheetColumn::word)
}

/// Reports a value that the column cannot have.
fn check_value(column: SheetColumn, words: &TomlWord<'_>) {
    match column {
        SheetColumn::Intake(Intake::Kind) => {
            words.one_of(say::kind(), &Kind::ALL, Kind::word);
        }
        SheetColumn::Event => {
            words.one_of(say::event(), EventName::ALL, EventName::word);
        }
        SheetColumn::Attribute(field) => match field.shape() {
            Shape::Choice(all) => {
                words.one_of(names::field(field).text(), all, |word| word);
            }
            Shape::Flag => {
                words.one_of(names::field(field).text(), &["true", "false"], |word| word);
            }
            _ => {
                if let Err(wrong) = typed::attribute(field, words.word, &TimeZone::UTC, None) {
                    words.at.problem(wrong.message, wrong.help);
                }
            }
        },
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::EventName;

    const WHOLE: &str = r#"
[columns]
received_at = "received"
id = "external"
customer = "customer.key"
[values.kind]
"service type 1" = "complaint"
"*" = "inquiry"
[dates]
received = "%m/%d/%Y"
[defaults]
channel = "other"
[columns.events]
action = "event"
[values.event]
working = "accepted"
queued = "-"
[ignore]
columns = ["activity"]
"#;

    #[test]
    fn a_map_says_what_columns_and_values_mean() {
        let map = Map::read(WHOLE, Path::new("map.toml")).unwrap();
        assert_eq!(map.cases["received_at"], SheetColumn::Stamp(EventName::Received));
        assert_eq!(map.events["action"], SheetColumn::Event);
        let kind = SheetColumn::Intake(Intake::Kind);
        assert_eq!(map.meaning(kind, "service type 1"), Meaning::Words("complaint"));
        assert_eq!(map.meaning(kind, "anything"), Meaning::Words("inquiry"));
        assert_eq!(map.meaning(SheetColumn::Event, "queued"), Meaning::LeaveOut);
        assert_eq!(map.meaning(SheetColumn::Event, "closed"), Meaning::Words("closed"));
        assert_eq!(map.format(SheetColumn::Stamp(EventName::Received)), Some("%m/%d/%Y"));
        assert_eq!(map.format(SheetColumn::Stamp(EventName::Closed)), None);
        assert!(map.ignored.contains("activity"));
    }

    fn told(text: &str) -> Vec<String> {
        let findings = Map::read(text, Path::new("map.toml")).unwrap_err();
        findings
            .iter()
            .map(|finding| {
                let help = finding.help.first().map(|help| format!(" | {help}")).unwrap_or_default();
                format!("{} {}{help}", finding.place, finding.message)
            })
            .collect()
    }

    #[test]
    fn all_problems_are_told_at_once_with_their_places() {
        let text = r#"
[columns]
a = "recieved"
b = 7
[values.kind]
"*" = "complaintt"
[values.closed]
x = "y"
[dates]
title = "%Y"
received = "%H"
[defaults]
external = "1"
score = "9"
[column]
x = "y"
[ignore]
columns = "a"
"#;
        let told = told(text);
        assert_eq!(told.len(), 10, "{told:#?}");
        assert_eq!(told[0], "map.toml:3:5 there is no column of ours `recieved` | did you mean `received`?");
        assert!(told[1].starts_with("map.toml:4:5 "), "{}", told[1]);
        assert_eq!(
            told[2],
            "map.toml:6:7 there is no kind of feedback `complaintt` | did you mean `complaint`?"
        );
        let places: Vec<_> = told.iter().map(|line| line.split_once(' ').unwrap().0).collect();
        assert_eq!(
            places[3..],
            [
                "map.toml:7:9",
                "map.toml:10:1",
                "map.toml:11:12",
                "map.toml:13:1",
                "map.toml:14:9",
                "map.toml:15:2",
                "map.toml:18:11"
            ]
        );
        assert!(told[8].ends_with("did you mean `columns`?"), "{}", told[8]);
    }

    #[test]
    fn what_is_not_toml_is_told_with_its_line() {
        let told = told("[columns]\na = \n");
        assert!(told[0].starts_with("map.toml:2:"), "{told:?}");
    }
}
