//! An Excel workbook into a sheet: numbers as they read, dates as dates of the shop's zone.
//!
//! A file from elsewhere is not trusted: what it unpacks to is measured before it is read, and cells are taken
//! one by one, so that neither an archive that swells nor a cell in the last corner fills the memory. What is
//! put aside is written as comma-separated values, so a row is kept as that, too.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::tz::TimeZone;

use super::formula;
use super::messages;
use super::moment::moment;
use super::rows::{Form, Heading, Row, Sheet};
use super::typed::Wrong;
use crate::error::{Finding, Place};
use crate::lang::{Text, common};

/// What a workbook may unpack to, and what its cells' words may come to, in bytes: beyond a million cells.
const LARGEST: u64 = 256 << 20;

/// From here on a number is read with its power of ten: nobody meant its noughts.
const LONG: f64 = 1e21;

type Findings = Vec<Finding>;

impl Sheet<'_> {
    /// Reads a sheet of an Excel workbook: the first, or the one of that name. Its first row with a word in it
    /// has the headings. Dates are local in `zone`; of a formula, its last result is read.
    ///
    /// A row with a cell that Excel itself calls an error, or with a date that does not exist, is among
    /// [`Sheet::bad`]. Rows without a word are passed over.
    ///
    /// # Errors
    /// What makes the file unreadable as a whole: it is no workbook, it is larger than 256 MiB unpacked, there is
    /// no such sheet, or it has no headings, or one of them twice.
    pub fn xlsx(
        bytes: &[u8],
        path: &Path,
        name: Option<&str>,
        zone: &TimeZone,
    ) -> Result<Sheet<'static>, Findings> {
        let whole = |message| vec![Finding::error("unreadable", Place::file(path), message)];
        measure(bytes, LARGEST).map_err(whole)?;
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|why| whole(broken(&why)))?;
        let name = choose(&book.sheet_names(), name)
            .map_err(|wrong| vec![Finding { code: "unreadable", ..wrong.at(Place::file(path)) }])?;
        let cells = cells(&mut book, &name, zone).map_err(whole)?;
        let mut rows = cells.chunk_by(|one, other| one.row == other.row);
        let Some(head) = rows.next() else { return Err(whole(messages::no_headings())) };
        let mut sheet = headed(path, head, &cells);
        let twice = sheet.headings_twice();
        if !twice.is_empty() {
            return Err(twice);
        }
        rows.for_each(|row| sheet.take_row(row));
        Ok(sheet)
    }

    fn take_row(&mut self, cells: &[Cell]) {
        let raw = self.write(cells);
        let line = cells.first().map_or(0, |cell| cell.row);
        let mut row = Row { line, cells: Vec::with_capacity(cells.len()), raw };
        let mut findings = Vec::new();
        for cell in cells {
            let place = Place::cell(&self.path, cell.row, cell.column);
            findings.extend(cell.wrong.clone().map(|wrong| wrong.at(place)));
            row.cells.extend(self.index(cell.column).map(|index| (index, cell.words.clone())));
        }
        if findings.is_empty() {
            self.rows.push(row);
        } else {
            self.bad.push(self.reject(&row, findings));
        }
    }

    /// Which of the headings stands over a column of the workbook.
    fn index(&self, column: usize) -> Option<usize> {
        let Form::Workbook(columns) = &self.form else { return None };
        columns.binary_search(&column).ok()
    }

    /// Adds a row to the text as comma-separated values, and says where it stands.
    fn write(&mut self, cells: &[Cell]) -> std::ops::Range<usize> {
        let mut words = vec![""; self.columns.len()];
        for cell in cells {
            if let Some(index) = self.index(cell.column) {
                words[index] = &cell.words;
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        let written =
            writer.write_record(words.into_iter().map(|words| formula::neutral(words).into_owned()));
        let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
        let text = self.text.to_mut();
        let start = text.len();
        text.push_str(&String::from_utf8_lossy(&bytes));
        start..text.trim_end_matches('\n').len().max(start)
    }
}

/// A cell that is not empty; row and column from 1.
struct Cell {
    row: usize,
    column: usize,
    words: String,
    wrong: Option<Wrong>,
}

/// A sheet with its headings: one for every column in which there is anything.
fn headed(path: &Path, head: &[Cell], cells: &[Cell]) -> Sheet<'static> {
    let mut columns: Vec<usize> = cells.iter().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let line = head.first().map_or(1, |cell| cell.row);
    let name = |column: &usize| head.iter().find(|cell| cell.column == *column).map(|cell| cell.words.trim());
    let headings =
        columns.iter().map(|column| Heading { name: name(column).unwrap_or_default().to_owned(), line });
    let mut sheet = Sheet {
        path: path.to_owned(),
        columns: headings.collect(),
        rows: Vec::new(),
        bad: Vec::new(),
        history: None,
        text: Cow::Owned(String::new()),
        head: None,
        form: Form::Workbook(columns),
    };
    sheet.head = Some(sheet.write(head));
    sheet
}

/// Unpacks everything once without keeping it, since what an archive says of its size need not be true; `most`
/// bytes at most.
fn measure(bytes: &[u8], most: u64) -> Result<(), Text> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| messages::no_workbook())?;
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| messages::no_workbook())?;
        // One byte more than is left tells that it is too much
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| messages::no_workbook())?;
        left = left.checked_sub(unpacked).ok_or_else(|| messages::too_large_unpacked(most >> 20))?;
    }
    Ok(())
}

fn choose(names: &[String], wanted: Option<&str>) -> Result<String, Wrong> {
    let found = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.first(),
    };
    found.cloned().ok_or_else(|| {
        let wrong = Wrong::new(messages::no_sheet(wanted.unwrap_or_default()));
        match common::nearest(wanted.unwrap_or_default(), names.iter().map(String::as_str)) {
            Some(near) => wrong.help(messages::did_you_mean(near)),
            None => wrong.help(messages::sheets_are(names.join(", "))),
        }
    })
}

fn broken(why: &XlsxError) -> Text {
    match why {
        XlsxError::Password => messages::locked_workbook(),
        _ => messages::no_workbook(),
    }
}

/// The cells that are not empty, row by row and from left to right.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, zone: &TimeZone) -> Result<Vec<Cell>, Text> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|why| broken(&why))?;
    let (mut cells, mut left) = (Vec::new(), LARGEST as usize);
    while let Some(cell) = reader.next_cell().map_err(|why| broken(&why))? {
        let (row, column) = cell.get_position();
        let (words, wrong) = read(cell.get_value(), zone);
        if words.trim().is_empty() {
            continue;
        }
        // Many cells may share one long text
        left = left.checked_sub(words.len()).ok_or_else(|| messages::too_large_unpacked(LARGEST >> 20))?;
        cells.push(Cell { row: row as usize + 1, column: column as usize + 1, words, wrong });
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    Ok(cells)
}

/// What a cell says, as people would write it.
fn read(value: &DataRef<'_>, zone: &TimeZone) -> (String, Option<Wrong>) {
    let words = match value {
        DataRef::Empty => String::new(),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => plain(words),
        DataRef::SharedString(words) => plain(words),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => self::number(*number),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::DateTime(at) if at.is_duration() => self::number(at.as_f64()),
        DataRef::DateTime(at) => return date(at, zone),
        DataRef::Error(error) => {
            let wrong = Wrong::new(messages::cell_error(error.to_string())).help(messages::mend_cell());
            return (error.to_string(), Some(wrong));
        }
    };
    (words, None)
}

fn plain(words: &str) -> String {
    words.replace("\r\n", "\n")
}

/// Excel keeps 15 digits of a number and shows no more: 0.1 + 0.2 reads as 0.3.
fn number(number: f64) -> String {
    let kept = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if kept.abs() < LONG { kept.to_string() } else { format!("{kept:e}") }
}

fn date(at: &ExcelDateTime, zone: &TimeZone) -> (String, Option<Wrong>) {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let part = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    let local = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{part}");
    match moment(&local, zone, None) {
        Ok(stamp) => (stamp.to_string(), None),
        Err(wrong) => (local, Some(wrong)),
    }
}

#[cfg(test)]
#[path = "xlsx_tests.rs"]
mod tests;
