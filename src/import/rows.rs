//! A sheet: headings and rows of words from any kind of file, and the place of each cell in the file.
//!
//! It does not know what the headings mean: the map says that.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::formula;
use super::say;
use crate::error::{Code, Finding, Place};

/// The rows of a file of comma-separated values or of JSON lines, or of a sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet<'t> {
    /// The file, for findings.
    pub path: PathBuf,
    /// The headings, in the order in which they first appear.
    pub columns: Vec<ColumnHeading>,
    /// The rows that could be read, in the order of the file.
    pub rows: Vec<SheetRow>,
    /// The rows that could not.
    pub bad: Vec<Reject>,
    /// The events in the rows' key `history`, one in each row, with the line of their case; JSON lines only.
    pub history: Option<Box<Sheet<'t>>>,
    pub(super) text: Cow<'t, str>,
    pub(super) head: Option<Range<usize>>,
    pub(super) form: SheetForm,
}

/// How a sheet is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SheetForm {
    /// Cells between delimiters.
    Csv(u8),
    /// One object in each line.
    Jsonl,
    /// Cells of a workbook, kept as comma-separated values; for each heading its column there, from 1, in order.
    Workbook(Vec<usize>),
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnHeading {
    /// Its words; of a key within a key: `customer.key`.
    pub name: String,
    /// The line in which it first appears, from 1.
    pub line: usize,
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The line of the file in which the row begins, from 1.
    pub line: usize,
    /// The cells that are not empty, with the index of their column.
    pub cells: Vec<(usize, String)>,
    /// Where the row is in the text, in bytes, without the line's end.
    pub(super) raw: Range<usize>,
}

/// A row that is not imported.
#[derive(Debug, Clone, PartialEq)]
pub struct Reject {
    /// The line of the file in which the row begins, from 1.
    pub line: usize,
    /// The row as it is in the file, without the line's end.
    pub raw: String,
    /// What is wrong with it. Empty for an event whose case is not imported either.
    pub findings: Vec<Finding>,
}

impl Sheet<'_> {
    /// The line of headings, if the form has one: it must be above rejected rows when they are written to a file.
    pub(crate) fn head(&self) -> Option<&str> {
        self.head.clone().map(|head| &self.text[head])
    }

    /// The row as it is in the file.
    pub(super) fn raw(&self, row: &SheetRow) -> Cow<'_, str> {
        match &self.form {
            SheetForm::Workbook(columns) => Cow::Owned(written(columns.len(), &row.cells)),
            SheetForm::Csv(_) | SheetForm::Jsonl => Cow::Borrowed(&self.text[row.raw.clone()]),
        }
    }

    /// The row as one that is not imported, with what is wrong with it.
    pub(super) fn reject(&self, row: &SheetRow, mut findings: Vec<Finding>) -> Reject {
        findings.sort_by(|one, other| one.place.cmp(&other.place));
        Reject { line: row.line, raw: self.raw(row).into_owned(), findings }
    }

    /// Where a cell is; without a column, where the row is.
    pub(super) fn place(&self, row: &SheetRow, column: Option<usize>) -> Place {
        if let SheetForm::Workbook(columns) = &self.form {
            return match column {
                Some(column) => Place::cell(&self.path, row.line, columns[column]),
                None => Place { line: Some(row.line), ..Place::file(&self.path) },
            };
        }
        let raw = self.raw(row);
        let (down, across, width) = match column {
            Some(column) => self.find(&raw, column),
            None => (0, 1, raw.lines().next().unwrap_or_default().chars().count()),
        };
        Place::at(&self.path, row.line + down, across, width)
    }

    /// Where each heading is.
    pub(super) fn headings(&self) -> Vec<Place> {
        let at = |line: usize, (down, across, width)| Place::at(&self.path, line + down, across, width);
        let lines = self.columns.iter().map(|heading| heading.line);
        match &self.form {
            SheetForm::Workbook(columns) => {
                lines.zip(columns).map(|(line, column)| Place::cell(&self.path, line, *column)).collect()
            }
            SheetForm::Csv(delimiter) => {
                let cells = cells(self.head().unwrap_or_default(), char::from(*delimiter));
                // If there are quotation marks inside a cell, the parser may find more cells than `cells`.
                let cells = cells.chain(std::iter::repeat((0, 1, 1)));
                lines.zip(cells).map(|(line, cell)| at(line, cell)).collect()
            }
            SheetForm::Jsonl => {
                let mut text = self.text.lines().enumerate();
                let mut line: (usize, Keys<'_>) = (0, Keys::of(""));
                let mut places = Vec::with_capacity(self.columns.len());
                for heading in &self.columns {
                    if line.0 != heading.line {
                        let here = text.by_ref().find(|(above, _)| above + 1 == heading.line);
                        line = (heading.line, Keys::of(here.map_or("", |(_, here)| here)));
                    }
                    places.push(at(heading.line, line.1.place(&heading.name)));
                }
                places
            }
        }
    }

    /// Where a cell is in the text of a row: how many lines below its first, at which character, and how many characters
    /// wide.
    fn find(&self, raw: &str, column: usize) -> (usize, usize, usize) {
        match &self.form {
            SheetForm::Csv(delimiter) => cells(raw, char::from(*delimiter)).nth(column).unwrap_or((0, 1, 1)),
            SheetForm::Jsonl => Keys::of(raw).place(&self.columns[column].name),
            // A place in a workbook has the name of the cell.
            SheetForm::Workbook(_) => (0, 1, 1),
        }
    }
}

/// The bytes of a file as text, without a byte order mark.
///
/// # Errors
/// A finding with the first line that is not UTF-8.
pub(super) fn text<'t>(bytes: &'t [u8], path: &Path) -> Result<&'t str, Vec<Finding>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let place = Place { line: Some(line), ..Place::file(path) };
        vec![Finding::error(Code::Unreadable, place, say::not_utf8()).help(say::save_as_utf8())]
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The place of each cell in a row of delimited cells, see [`Sheet::find`].
fn cells(raw: &str, delimiter: char) -> impl Iterator<Item = (usize, usize, usize)> {
    let (mut down, mut across, mut quoted, mut done) = (0, 1, false, false);
    let mut rest = raw.chars();
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let (line, column) = (down, across);
        let mut width = 0;
        loop {
            let Some(character) = rest.next().filter(|character| *character != '\n' || quoted) else {
                done = true;
                break;
            };
            if character == '"' {
                quoted = !quoted;
            }
            if character == '\n' {
                (down, across) = (down + 1, 1);
                continue;
            }
            across += 1;
            if character == delimiter && !quoted {
                break;
            }
            if down == line && character != '\r' {
                width += 1;
            }
        }
        Some((line, column, width.max(1)))
    })
}

/// Looks up keys in a line of JSON. Each is looked for after the one before it, and only then from the beginning.
struct Keys<'r> {
    raw: &'r str,
    /// Where the last one is, in bytes and in characters.
    last: (usize, usize),
}

/// How many bytes of a line are searched again from the beginning.
const LONG: usize = 64 << 10;

impl<'r> Keys<'r> {
    fn of(raw: &'r str) -> Keys<'r> {
        Keys { raw, last: (0, 0) }
    }

    fn place(&mut self, name: &str) -> (usize, usize, usize) {
        let key = name.rsplit('.').next().unwrap_or(name);
        let written = format!("\"{key}\"");
        let after_last = self.raw[self.last.0..].find(&written).map(|at| self.last.0 + at);
        let beginning = self.raw.get(..LONG.min(self.raw.len())).unwrap_or_default();
        let Some(before) = after_last.or_else(|| beginning.find(&written)) else { return (0, 1, 1) };
        let (from, characters) = if before >= self.last.0 { self.last } else { (0, 0) };
        self.last = (before, characters + self.raw[from..before].chars().count());
        (0, 1 + self.last.1, if before == 0 { 1 } else { written.chars().count() })
    }
}

/// A row of a workbook as comma-separated values, with this many columns.
pub(super) fn written(columns: usize, cells: &[(usize, String)]) -> String {
    let mut words = vec![""; columns];
    for (index, cell) in cells {
        words[*index] = cell;
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(words.into_iter().map(|words| formula::neutral(words).into_owned()));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned()
}
