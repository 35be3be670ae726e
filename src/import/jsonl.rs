//! Reads JSON lines into a sheet: one object in each line. Its keys are the headings; a key inside another one is written
//! with a dot.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::room::Room;
use super::rows::{ColumnHeading, Sheet, SheetForm, SheetRow, text};
use super::say;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

/// The key whose value is a list of events.
const HISTORY: &str = "history";

impl<'t> Sheet<'t> {
    /// Reads JSON lines. Numbers and booleans become words, lists of words become words with commas between them, `null`
    /// and `""` are no value. The objects under `history` become [`Sheet::history`].
    ///
    /// A line that is not an object, or has a value that does not fit in a cell, is in [`Sheet::bad`].
    ///
    /// # Errors
    /// The file is not UTF-8, or has more than a table may have.
    pub(crate) fn jsonl(bytes: &'t [u8], path: &Path) -> Result<Sheet<'t>, Vec<Finding>> {
        let text = text(bytes, path)?;
        let mut cases = SheetBuilder::default();
        let mut events = SheetBuilder::default();
        let mut bad = Vec::new();
        let mut start = 0;
        let whole_file = |message| vec![Finding::error(Code::Unreadable, Place::file(path), message)];
        let mut room = Room::default();
        for (index, whole) in text.split_inclusive('\n').enumerate() {
            let written = whole.trim_end();
            let row = SheetRow { line: index + 1, cells: Vec::new(), raw: start..start + written.len() };
            start += whole.len();
            if written.trim().is_empty() {
                continue;
            }
            let read = if written.len() > LONGEST {
                Err((1, say::too_long_line(LONGEST >> 20)))
            } else {
                read(written, &row, &mut cases, &mut events)
            };
            match read {
                Ok(taken) => room.row(Some(taken)).map_err(whole_file)?,
                Err((column, message)) => {
                    room.row(Some(0)).map_err(whole_file)?;
                    let place = Place::at(path, row.line, column, 1);
                    bad.push((row, Finding::error(Code::BadValue, place, message)));
                }
            }
            room.columns(cases.columns.len().max(events.columns.len())).map_err(whole_file)?;
        }
        let history = if events.rows.is_empty() { None } else { Some(events.sheet(text, path, None)) };
        let mut sheet = cases.sheet(text, path, history.map(Box::new));
        sheet.bad = bad.into_iter().map(|(row, finding)| sheet.reject(&row, vec![finding])).collect();
        Ok(sheet)
    }
}

/// Headings as they come, and rows under them.
#[derive(Default)]
struct SheetBuilder {
    columns: Vec<ColumnHeading>,
    index: HashMap<String, usize>,
    rows: Vec<SheetRow>,
}

impl SheetBuilder {
    /// The sheet, without rejected rows.
    fn sheet<'t>(self, text: &'t str, path: &Path, history: Option<Box<Sheet<'t>>>) -> Sheet<'t> {
        Sheet {
            path: path.to_owned(),
            columns: self.columns,
            rows: self.rows,
            bad: Vec::new(),
            history,
            text: Cow::Borrowed(text),
            head: None,
            form: SheetForm::Jsonl,
        }
    }

    /// Adds a row. Returns how many cells of it are not empty.
    fn push(&mut self, mut row: SheetRow, cells: Vec<(String, String)>) -> usize {
        for (name, words) in cells {
            let next = self.columns.len();
            let column = *self.index.entry(name.clone()).or_insert(next);
            if column == next {
                self.columns.push(ColumnHeading { name, line: row.line });
            }
            if !words.trim().is_empty() {
                row.cells.push((column, words.replace("\r\n", "\n")));
            }
        }
        let taken = row.cells.len();
        self.rows.push(row);
        taken
    }
}

/// The longest line, in bytes: twice the longest case file. Parsing it takes ten times as much memory.
const LONGEST: usize = 16 << 20;

/// Adds a line as a row, and the events in it. Returns how many cells that is. The error is the character at which it
/// cannot be read, and why.
fn read(
    written: &str,
    row: &SheetRow,
    cases: &mut SheetBuilder,
    events: &mut SheetBuilder,
) -> Result<usize, (usize, Text)> {
    let value: Value = serde_json::from_str(written).map_err(|error| {
        let before = written.get(..error.column().saturating_sub(1)).unwrap_or_default();
        let why = match error.to_string() {
            why if why.starts_with("recursion limit") => say::deep_json(),
            _ if error.is_eof() => say::cut_json(),
            _ => say::no_json(),
        };
        (1 + before.chars().count(), why)
    })?;
    let Value::Object(mut object) = value else {
        return Err((1, say::no_object()));
    };
    let mut history = Vec::new();
    if object.get(HISTORY).is_some_and(|value| value.is_array())
        && let Some(Value::Array(list)) = object.remove(HISTORY)
    {
        for event in list {
            let Value::Object(event) = event else {
                return Err((1, say::no_cell(HISTORY)));
            };
            history.push(cells(event).map_err(|key| (1, say::no_cell(key)))?);
        }
    }
    let taken = cases.push(row.clone(), cells(object).map_err(|key| (1, say::no_cell(key)))?);
    let mut taken = taken;
    for event in history {
        // An empty event counts, too.
        taken += 1 + events.push(row.clone(), event);
    }
    Ok(taken)
}

/// The object's keys with their words. The error is the key whose value does not fit in a cell.
fn cells(object: Map<String, Value>) -> Result<Vec<(String, String)>, String> {
    let mut cells = Vec::new();
    for (key, value) in object {
        match value {
            Value::Object(inner) => {
                let inner = self::cells(inner).map_err(|within| format!("{key}.{within}"))?;
                cells.extend(inner.into_iter().map(|(within, words)| (format!("{key}.{within}"), words)));
            }
            Value::Array(list) => {
                let words: Option<Vec<String>> = list.into_iter().map(word).collect();
                match words {
                    Some(words) => cells.push((key, words.join(", "))),
                    None => return Err(key),
                }
            }
            value => cells.push((key, word(value).unwrap_or_default())),
        }
    }
    Ok(cells)
}

fn word(value: Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(words) => Some(words),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_becomes_a_row() {
        let text = concat!(
            "{\"id\": 7, \"vip\": true, \"customer\": {\"key\": \"c-1\"}, \"tags\": [\"a\", \"b\"]}\r\n",
            "\n",
            "{\"title\": \"茶杯\", \"id\": null, \"history\": [{\"event\": \"received\"}, {\"event\": \"closed\"}]}",
        );
        let sheet = Sheet::jsonl(text.as_bytes(), Path::new("a.jsonl")).unwrap();
        let names: Vec<_> = sheet.columns.iter().map(|heading| heading.name.as_str()).collect();
        assert_eq!(names, ["id", "vip", "customer.key", "tags", "title"]);
        let words =
            |row: &SheetRow| row.cells.iter().map(|(at, words)| format!("{at}={words}")).collect::<Vec<_>>();
        assert_eq!(words(&sheet.rows[0]), ["0=7", "1=true", "2=c-1", "3=a, b"]);
        assert_eq!(words(&sheet.rows[1]), ["4=茶杯"]);
        assert_eq!(sheet.rows[1].line, 3);
        assert_eq!(sheet.place(&sheet.rows[0], Some(2)).to_string(), "a.jsonl:1:37");
        assert_eq!(sheet.headings()[4].to_string(), "a.jsonl:3:2");
        let history = sheet.history.unwrap();
        assert_eq!(history.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 3]);
    }

    #[test]
    fn every_line_that_is_no_object_is_told() {
        let text = "{\"id\": 1}\n[1]\n{\"茶\": x}\n{\"a\": [[1]]}\n{\"a\": {\"b\": [{}]}}\n{\"id\": 2}\n";
        let sheet = Sheet::jsonl(text.as_bytes(), Path::new("a.jsonl")).unwrap();
        let told: Vec<_> = sheet
            .bad
            .iter()
            .map(|reject| format!("{} {}", reject.findings[0].place, reject.findings[0].message))
            .collect();
        assert_eq!(
            told,
            [
                "a.jsonl:2:1 the line is not an object in braces",
                "a.jsonl:3:7 the line is not JSON from here on",
                "a.jsonl:4:1 `a` has a value that does not fit in a cell: a list of lists, or of objects",
                "a.jsonl:5:1 `a.b` has a value that does not fit in a cell: a list of lists, or of objects",
            ]
        );
        assert_eq!(sheet.rows.len(), 2);
    }
}
