//! A sheet: headings and rows of words, whatever file they came from, with the way back to each cell's place.
//!
//! Knows no column of ours: what the headings mean is the map's to say.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::messages;
use crate::error::{Finding, Place};

/// The rows of a file of comma-separated values or of JSON lines, or of a sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet<'t> {
    /// The file, for findings.
    pub path: PathBuf,
    /// The headings, in the order in which they first appear.
    pub columns: Vec<Heading>,
    /// The rows that could be read, in the order of the file.
    pub rows: Vec<Row>,
    /// The rows that could not.
    pub bad: Vec<Reject>,
    /// What stood in the rows' key `history`, an event a row, tied to its case by the line; JSON lines only.
    pub history: Option<Box<Sheet<'t>>>,
    pub(super) text: Cow<'t, str>,
    pub(super) head: Option<Range<usize>>,
    pub(super) form: Form,
}

/// How a sheet is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// Cells between delimiters.
    Csv(u8),
    /// An object a line.
    Jsonl,
    /// Cells of a workbook, kept as comma-separated values; for each heading its column there, from 1, rising.
    Workbook(Vec<usize>),
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its words; of a key within a key: `customer.key`.
    pub name: String,
    /// The line in which it first appears, from 1.
    pub line: usize,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file in which the row begins, from 1.
    pub line: usize,
    /// The cells that are not empty, with the index of their column.
    pub cells: Vec<(usize, String)>,
    /// Where the row stands in the text, in bytes, without the line's end.
    pub(super) raw: Range<usize>,
}

/// A row that is not imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Reject {
    /// The line of the file in which the row begins, from 1.
    pub line: usize,
    /// The row as it stands in the file, without the line's end.
    pub raw: String,
    /// What is wrong with it. Empty for an event whose case is not imported either.
    pub findings: Vec<Finding>,
}

impl Sheet<'_> {
    /// What has to stand above the rows that are written out again: the line of headings, if the form has one.
    pub fn head(&self) -> Option<&str> {
        self.head.clone().map(|head| &self.text[head])
    }

    /// The row as it stands in the file.
    pub(super) fn raw(&self, row: &Row) -> &str {
        &self.text[row.raw.clone()]
    }

    /// The row, given back with what is wrong with it.
    pub(super) fn reject(&self, row: &Row, mut findings: Vec<Finding>) -> Reject {
        findings.sort_by(|one, other| one.place.cmp(&other.place));
        Reject { line: row.line, raw: self.raw(row).to_owned(), findings }
    }

    /// Where a cell stands; `None`: the row as a whole.
    pub(super) fn place(&self, row: &Row, column: Option<usize>) -> Place {
        if let Form::Workbook(columns) = &self.form {
            return match column {
                Some(column) => Place::cell(&self.path, row.line, columns[column]),
                None => Place { line: Some(row.line), ..Place::file(&self.path) },
            };
        }
        let raw = self.raw(row);
        let (down, across, width) = match column {
            Some(column) => self.find(raw, column),
            None => (0, 1, raw.lines().next().unwrap_or_default().chars().count()),
        };
        Place::at(&self.path, row.line + down, across, width)
    }

    /// Where a heading stands.
    pub(super) fn heading(&self, column: usize) -> Place {
        let line = self.columns[column].line;
        if let Form::Workbook(columns) = &self.form {
            return Place::cell(&self.path, line, columns[column]);
        }
        let raw = self.head().or_else(|| self.text.lines().nth(line - 1)).unwrap_or_default();
        let (down, across, width) = self.find(raw, column);
        Place::at(&self.path, line + down, across, width)
    }

    /// How many lines down, at which character and how wide a cell of a written row stands.
    fn find(&self, raw: &str, column: usize) -> (usize, usize, usize) {
        match &self.form {
            Form::Csv(delimiter) => cell(raw, column, char::from(*delimiter)),
            Form::Workbook(_) => cell(raw, column, ','),
            Form::Jsonl => key(raw, &self.columns[column].name),
        }
    }
}

/// The bytes of a file as text, without the mark of the byte order.
///
/// # Errors
/// A finding with the first line that is not UTF-8.
pub(super) fn text<'t>(bytes: &'t [u8], path: &Path) -> Result<&'t str, Vec<Finding>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let place = Place { line: Some(line), ..Place::file(path) };
        vec![Finding::error("unreadable", place, messages::not_utf8()).help(messages::save_as_utf8())]
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The place of the cell `wanted` in a row of delimited cells, see [`Sheet::find`].
fn cell(raw: &str, wanted: usize, delimiter: char) -> (usize, usize, usize) {
    let (mut column, mut down, mut across, mut quoted) = (0, 0, 1, false);
    let mut found = (0, 1, 0);
    for character in raw.chars() {
        match character {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            _ if character == delimiter && !quoted => {
                column += 1;
                across += 1;
                if column > wanted {
                    break;
                }
                found = (down, across, 0);
                continue;
            }
            _ => {}
        }
        if character == '\n' {
            (down, across) = (down + 1, 1);
        } else {
            across += 1;
            if column == wanted && down == found.0 && character != '\r' {
                found.2 += 1;
            }
        }
    }
    (found.0, found.1, found.2.max(1))
}

/// The place of a key in a line of JSON.
fn key(raw: &str, name: &str) -> (usize, usize, usize) {
    let last = name.rsplit('.').next().unwrap_or(name);
    let written = format!("\"{last}\"");
    let before = raw.find(&written).unwrap_or(0);
    let width = if before == 0 { 1 } else { written.chars().count() };
    (0, 1 + raw[..before].chars().count(), width)
}
