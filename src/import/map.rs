//! `map.toml`: what another system's columns and values mean in ours.
//!
//! Reading it tells every problem at once; what it says of a sheet is [`Binding`](super::binding::Binding)'s to ask.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::column::{Column, Intake, Sort};
use super::typed::Wrong;
use super::{messages, moment, typed};
use crate::error::{Finding, Places};
use crate::lang::common;

/// "All other values", "all other dates".
const ALL_ELSE: &str = "*";
/// The value that leaves a row out.
const LEAVE_OUT: &str = "-";

/// What a `map.toml` says; the default says nothing, so that every column has to have a name of ours.
#[derive(Debug, Clone, Default)]
pub struct Map {
    pub(super) cases: HashMap<String, Column>,
    pub(super) events: HashMap<String, Column>,
    /// By the word of our column: theirs to ours.
    values: HashMap<&'static str, HashMap<String, String>>,
    dates: HashMap<String, String>,
    pub(super) defaults: Vec<(Column, String)>,
    pub(super) ignored: HashSet<String>,
}

/// What a value of theirs is in ours.
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
    /// Everything that is wrong with it: what is not TOML, keys that it does not know, names that are none of
    /// our columns, values and formats that cannot be read.
    pub fn read(text: &str, path: &Path) -> Result<Map, Vec<Finding>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { places: Places::of(text), path, findings: Vec::new(), map: Map::default() };
        for error in errors {
            reader.note(
                "unreadable",
                error.span().unwrap_or(0..0),
                Wrong::new(messages::no_toml(error.message())),
            );
        }
        if reader.findings.is_empty() {
            reader.sections(table.get_ref());
        }
        reader.findings.sort_by(|a, b| a.place.cmp(&b.place));
        if reader.findings.is_empty() { Ok(reader.map) } else { Err(reader.findings) }
    }

    /// What the words of a cell mean under a column of ours.
    pub(super) fn meaning<'m>(&'m self, column: Column, words: &'m str) -> Meaning<'m> {
        let values = self.values.get(column.word());
        match values.and_then(|values| values.get(words).or_else(|| values.get(ALL_ELSE))) {
            Some(ours) if ours == LEAVE_OUT => Meaning::LeaveOut,
            Some(ours) => Meaning::Words(ours),
            None => Meaning::Words(words),
        }
    }

    /// How the dates of a column are written, if the map says so.
    pub(super) fn format(&self, column: Column) -> Option<&str> {
        self.dates.get(column.word()).or_else(|| self.dates.get(ALL_ELSE)).map(String::as_str)
    }
}

type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;
type Entry<'i> = Spanned<DeValue<'i>>;

struct Reader<'t> {
    places: Places<'t>,
    path: &'t Path,
    findings: Vec<Finding>,
    map: Map,
}

impl Reader<'_> {
    fn sections(&mut self, table: &DeTable<'_>) {
        for (key, entry) in table {
            let section: fn(&mut Self, &DeTable<'_>) = match key.get_ref().as_ref() {
                "columns" => Self::columns,
                "values" => Self::values,
                "dates" => Self::dates,
                "defaults" => Self::defaults,
                "ignore" => Self::ignore,
                other => {
                    let all = ["columns", "values", "dates", "defaults", "ignore"].into_iter();
                    self.wrong(key.span(), Wrong::none_of(other, "map.toml", all));
                    continue;
                }
            };
            if let Some(table) = self.table(entry) {
                section(self, table);
            }
        }
    }

    fn columns(&mut self, table: &DeTable<'_>) {
        for (theirs, entry) in table {
            match entry.get_ref().as_table() {
                Some(events) if theirs.get_ref() == "events" => {
                    for (theirs, entry) in events {
                        if let Some(column) = self.column(entry, Sort::Events) {
                            self.map.events.insert(theirs.get_ref().to_string(), column);
                        }
                    }
                }
                _ => {
                    if let Some(column) = self.column(entry, Sort::Cases) {
                        self.map.cases.insert(theirs.get_ref().to_string(), column);
                    }
                }
            }
        }
    }

    fn values(&mut self, table: &DeTable<'_>) {
        for (ours, entry) in table {
            let Some(column) = self.named(ours, &[Sort::Cases, Sort::Events]) else { continue };
            if column.dated() {
                self.wrong(ours.span(), Wrong::new(messages::dates_have_formats(column.word())));
                continue;
            }
            let Some(values) = self.table(entry) else { continue };
            for (theirs, entry) in values {
                let Some(words) = self.words(entry) else { continue };
                if words != LEAVE_OUT && !words.is_empty() {
                    self.check_value(column, &words, entry.span());
                }
                self.map.values.entry(column.word()).or_default().insert(theirs.get_ref().to_string(), words);
            }
        }
    }

    fn dates(&mut self, table: &DeTable<'_>) {
        for (ours, entry) in table {
            if ours.get_ref() != ALL_ELSE {
                let Some(column) = self.named(ours, &[Sort::Cases, Sort::Events]) else { continue };
                if !column.dated() {
                    self.wrong(ours.span(), Wrong::new(messages::holds_no_dates(column.word())));
                    continue;
                }
            }
            let Some(format) = self.words(entry) else { continue };
            if !moment::readable(&format) {
                self.wrong(entry.span(), Wrong::new(messages::no_format(&format)).help(messages::strftime()));
            }
            self.map.dates.insert(ours.get_ref().to_string(), format);
        }
    }

    fn defaults(&mut self, table: &DeTable<'_>) {
        for (ours, entry) in table {
            let Some(column) = self.named(ours, &[Sort::Cases]) else { continue };
            if !column.defaults() {
                self.wrong(ours.span(), Wrong::new(messages::no_default(column.word())));
                continue;
            }
            let Some(words) = self.words(entry) else { continue };
            self.check_value(column, &words, entry.span());
            self.map.defaults.push((column, words));
        }
    }

    fn ignore(&mut self, table: &DeTable<'_>) {
        for (key, entry) in table {
            if key.get_ref() != "columns" {
                self.wrong(key.span(), Wrong::none_of(key.get_ref(), "[ignore]", ["columns"].into_iter()));
                continue;
            }
            let Some(list) = entry.get_ref().as_array() else {
                self.wrong(entry.span(), Wrong::new(messages::wants_list()));
                continue;
            };
            for entry in list {
                if let Some(words) = self.words(entry) {
                    self.map.ignored.insert(words);
                }
            }
        }
    }

    /// The column that the entry's words name.
    fn column(&mut self, entry: &Entry<'_>, sort: Sort) -> Option<Column> {
        let words = self.words(entry)?;
        self.lookup(&words, entry.span(), &[sort])
    }

    /// The column that the key names.
    fn named(&mut self, key: &Key<'_>, sorts: &[Sort]) -> Option<Column> {
        self.lookup(key.get_ref(), key.span(), sorts)
    }

    fn lookup(&mut self, words: &str, span: Range<usize>, sorts: &[Sort]) -> Option<Column> {
        let found = sorts.iter().find_map(|sort| Column::of(words, *sort));
        if found.is_none() {
            let all: Vec<&str> = sorts.iter().flat_map(|sort| Column::all(*sort)).map(Column::word).collect();
            let wrong = Wrong::new(messages::no_column_of_ours(words));
            self.wrong(
                span,
                match common::nearest(words, all.iter().copied()) {
                    Some(near) => wrong.help(messages::did_you_mean(near)),
                    None => wrong.help(messages::columns_are(all.join(", "))),
                },
            );
        }
        found
    }

    fn check_value(&mut self, column: Column, words: &str, span: Range<usize>) {
        let read = match column {
            Column::Intake(Intake::Kind) => typed::kind(words).map(|_| ()),
            Column::Event => typed::event(words).map(|_| ()),
            Column::Attribute(field) => typed::attribute(field, words, &TimeZone::UTC, None).map(|_| ()),
            _ => Ok(()),
        };
        if let Err(wrong) = read {
            self.wrong(span, wrong);
        }
    }

    fn table<'v, 'i>(&mut self, entry: &'v Entry<'i>) -> Option<&'v DeTable<'i>> {
        let table = entry.get_ref().as_table();
        if table.is_none() {
            self.wrong(entry.span(), Wrong::new(messages::wants_table()));
        }
        table
    }

    fn words(&mut self, entry: &Entry<'_>) -> Option<String> {
        let words = entry.get_ref().as_str();
        if words.is_none() {
            self.wrong(entry.span(), Wrong::new(messages::wants_words()));
        }
        words.map(str::to_owned)
    }

    fn wrong(&mut self, span: Range<usize>, wrong: Wrong) {
        self.note("bad-value", span, wrong);
    }

    fn note(&mut self, code: &'static str, span: Range<usize>, wrong: Wrong) {
        let place = self.places.of_bytes(self.path, span);
        self.findings.push(Finding { code, ..wrong.at(place) });
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
        assert_eq!(map.cases["received_at"], Column::Stamp(EventName::Received));
        assert_eq!(map.events["action"], Column::Event);
        let kind = Column::Intake(Intake::Kind);
        assert_eq!(map.meaning(kind, "service type 1"), Meaning::Words("complaint"));
        assert_eq!(map.meaning(kind, "anything"), Meaning::Words("inquiry"));
        assert_eq!(map.meaning(Column::Event, "queued"), Meaning::LeaveOut);
        assert_eq!(map.meaning(Column::Event, "closed"), Meaning::Words("closed"));
        assert_eq!(map.format(Column::Stamp(EventName::Received)), Some("%m/%d/%Y"));
        assert_eq!(map.format(Column::Stamp(EventName::Closed)), None);
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
        assert_eq!(told[0], "map.toml:3:5 `recieved` is no column of ours | did you mean `received`?");
        assert!(told[1].starts_with("map.toml:4:5 "), "{}", told[1]);
        assert_eq!(told[2], "map.toml:6:7 `complaintt` is no `kind` | did you mean `complaint`?");
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
