//! JSON lines into a sheet: an object a line, its keys the headings, keys within keys joined by a dot.

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
    /// Reads JSON lines. Numbers and truth values become words, lists of words become words with commas
    /// between, `null` and `""` are no value. The objects under `history` become [`Sheet::history`].
    ///
    /// A line that is no object, or holds what no cell can hold, is among [`Sheet::bad`].
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
            let read = match written.len() {
                length if length > LONGEST => Err((1, say::too_long_line(LONGEST >> 20))),
                _ => read(written, &row, &mut cases, &mut events),
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
        let sheet = |table: SheetBuilder, history| Sheet {
            path: path.to_owned(),
            columns: table.columns,
            rows: table.rows,
            bad: Vec::new(),
            history,
            text: Cow::Borrowed(text),
            head: None,
            form: SheetForm::Jsonl,
        };
        let history = (!events.rows.is_empty()).then(|| Box::new(sheet(events, None)));
        let mut sheet = sheet(cases, history);
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
    /// Adds a row, and says how many cells of it have something in them.
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

/// Bytes of a line: a case file has half of it, and one read takes ten times as much.
const LONGEST: usize = 16 << 20;

/// Takes a line over as a row and the events within it, and says how many cells that is; the error is the character where it goes wrong, and why.
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
    // An event without a word takes room, too
    Ok(history.into_iter().fold(taken, |taken, event| taken + 1 + events.push(row.clone(), event)))
}

/// The object's keys with their words; the key whose value no cell can hold is the error.
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
                "a.jsonl:2:1 the line is no object in braces",
                "a.jsonl:3:7 the line is not JSON from here on",
                "a.jsonl:4:1 `a` holds what no cell can hold: a list of lists, or of objects",
                "a.jsonl:5:1 `a.b` holds what no cell can hold: a list of lists, or of objects",
            ]
        );
        assert_eq!(sheet.rows.len(), 2);
    }
}
