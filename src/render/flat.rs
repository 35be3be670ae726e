//! A report's figures for a spreadsheet: one a line, `section,key,figure,value`, in the report's own order.
//!
//! The names on the way to a figure are joined with dots. An entry of a list is in `key`, named by its
//! `key`, `name` or `id`, else by its place from 1. `null` is empty; a list of words is one cell.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::error::Result;
use crate::privacy::Privacy;

use super::csv::{field, harmless, records};
use super::redact;

/// What names an entry of a list.
const NAMES: [&str; 3] = ["key", "name", "id"];

/// The report as csv.
///
/// # Errors
/// Failed if the writer fails.
pub(crate) fn flat(report: &Value, privacy: Privacy) -> Result<String> {
    let mut rows = vec![["section", "key", "figure", "value"].map(Cow::Borrowed).to_vec()];
    let report = redact::object(report, privacy);
    Way::default().walk(&report, &mut rows);
    records(rows.into_iter())
}

/// The names from the report's root to a value.
#[derive(Clone, Default)]
struct Way {
    section: Vec<String>,
    key: Vec<String>,
    figure: Vec<String>,
}

impl Way {
    fn walk<'v>(&self, value: &'v Value, rows: &mut Vec<Vec<Cow<'v, str>>>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| self.to(name).walk(value, rows)),
            Value::Array(list) if list.iter().any(Value::is_object) => {
                list.iter().enumerate().for_each(|(place, entry)| self.entry(place, entry, rows));
            }
            Value::Array(list) => {
                let words: Vec<_> = list.iter().map(|word| field(word).into_owned()).collect();
                rows.push(self.row(Cow::Owned(words.join(" "))));
            }
            value => rows.push(self.row(field(value))),
        }
    }

    fn entry<'v>(&self, place: usize, entry: &'v Value, rows: &mut Vec<Vec<Cow<'v, str>>>) {
        let Value::Object(map) = entry else { return self.walk(entry, rows) };
        let named = name(map);
        let way = Way {
            section: [&self.section[..], &self.figure[..]].concat(),
            key: [&self.key[..], &[named.map_or((place + 1).to_string(), |(_, word)| word.to_owned())]]
                .concat(),
            figure: Vec::new(),
        };
        for (field, value) in map.iter().filter(|(field, _)| named.is_none_or(|(name, _)| name != *field)) {
            way.to(field).walk(value, rows);
        }
    }

    fn to(&self, name: &str) -> Way {
        let mut way = self.clone();
        way.figure.push(name.to_owned());
        way
    }

    /// Outside any list, all names but the last are the section.
    fn row<'v>(&self, value: Cow<'v, str>) -> Vec<Cow<'v, str>> {
        let sections = if self.key.is_empty() { self.figure.len().saturating_sub(1) } else { 0 };
        let (more, figure) = self.figure.split_at(sections);
        let cell = |words: String| Cow::Owned(harmless(&words).into_owned());
        vec![
            cell([&self.section[..], more].concat().join(".")),
            cell(self.key.join("/")),
            cell(figure.join(".")),
            value,
        ]
    }
}

fn name(map: &Map<String, Value>) -> Option<(&'static str, &str)> {
    NAMES.iter().find_map(|name| Some((*name, map.get(*name)?.as_str()?)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_report_is_one_figure_a_line() {
        let report = json!({
            "version": 1,
            "flow": {"opening": 9, "received": 42},
            "times": {"contact": {"elapsed": {"n": 35, "median": null}}},
            "clocks": [
                {"name": "contact", "met": 33, "share": 0.9428571428571428},
                {"name": "resolve", "met": 0, "share": null},
            ],
            "by": {"kind": [{"key": "complaint", "received": 30, "cases": ["7k3q9x", "p0d4wz"]}], "owner": []},
            "months": [{"start": "2026-10", "clocks": [{"name": "contact", "met": 1}]}],
            "ok": true,
            "title": "=1+1",
        });
        let expected = "section,key,figure,value\n\
            ,,version,1\n\
            flow,,opening,9\n\
            flow,,received,42\n\
            times.contact.elapsed,,n,35\n\
            times.contact.elapsed,,median,\n\
            clocks,contact,met,33\n\
            clocks,contact,share,0.9428571428571428\n\
            clocks,resolve,met,0\n\
            clocks,resolve,share,\n\
            by.kind,complaint,received,30\n\
            by.kind,complaint,cases,7k3q9x p0d4wz\n\
            by,,owner,\n\
            months,1,start,2026-10\n\
            months.clocks,1/contact,met,1\n\
            ,,ok,true\n\
            ,,title,'=1+1\n";
        assert_eq!(flat(&report, Privacy::Masked).unwrap(), expected);
    }
}
