//! Reads an Excel workbook into a sheet: numbers as Excel shows them, dates in the shop's time zone.
//!
//! A file from elsewhere is not trusted. Its unpacked size is measured before it is read, and cells are read one by one,
//! so that neither a small archive with a huge content nor a cell in the last corner of the sheet fills the memory.
//! Rejected rows are kept as comma-separated values, because they are written to a file like that.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read, Write};
use std::path::Path;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::tz::TimeZone;
use quick_xml::events::Event;

use super::moment::moment;
use super::room::Room;
use super::rows::{ColumnHeading, Sheet, SheetForm, SheetRow, written};
use super::say;
use super::typed::Wrong;
use crate::error::{Code, Finding, Place};
use crate::lang::{Text, common};

/// How large a workbook may be when it is unpacked, and all words of its cells together, in bytes: more than a million
/// cells need.
const LARGEST: u64 = 256 << 20;

/// From here on a number is written with its power of ten instead of many zeros.
const LONG: f64 = 1e21;

type Findings = Vec<Finding>;

impl Sheet<'_> {
    /// Reads a sheet of an Excel workbook: the first, or the one of that name. Its first row that is not empty has the
    /// headings. Dates are local in `zone`. Of a formula, its last result is read.
    ///
    /// A row with an error value of Excel, or with a date that does not exist, is in [`Sheet::bad`]. Empty rows are
    /// skipped.
    ///
    /// # Errors
    /// The file as a whole cannot be read: it is not a workbook, it is larger than 256 MiB unpacked, there is no such
    /// sheet, it has no headings, or one of them appears twice.
    pub(crate) fn xlsx(
        bytes: &[u8],
        path: &Path,
        name: Option<&str>,
        zone: &TimeZone,
    ) -> Result<Sheet<'static>, Findings> {
        let whole = |message| vec![Finding::error(Code::Unreadable, Place::file(path), message)];
        measure(bytes, LARGEST).map_err(whole)?;
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|why| whole(broken(&why)))?;
        let name = choose(&book.sheet_names(), name)
            .map_err(|wrong| vec![Finding { code: Code::Unreadable, ..wrong.at(Place::file(path)) }])?;
        let cells = cells(&mut book, &name, zone).map_err(whole)?;
        let mut rows = cells.chunk_by(|one, other| one.row == other.row);
        let Some(head) = rows.next() else { return Err(whole(say::no_headings())) };
        let mut sheet = headed(path, head, &cells);
        let mut room = Room::default();
        room.columns(sheet.columns.len()).map_err(whole)?;
        let twice = sheet.headings_twice();
        if !twice.is_empty() {
            return Err(twice);
        }
        let mut left = LARGEST as usize;
        for row in rows {
            room.row(Some(row.len())).map_err(whole)?;
            let aside = sheet.take_row(row);
            // A rejected row has a comma for each column, even if it is nearly empty.
            left = left.checked_sub(aside).ok_or_else(|| whole(say::too_large_unpacked(LARGEST >> 20)))?;
        }
        Ok(sheet)
    }

    /// Adds a row. If it is rejected, returns how many bytes are kept for it.
    fn take_row(&mut self, cells: &[WorkbookCell]) -> usize {
        let line = cells.first().map_or(0, |cell| cell.row);
        let mut row = SheetRow { line, cells: Vec::with_capacity(cells.len()), raw: 0..0 };
        let mut findings = Vec::new();
        for cell in cells {
            let place = Place::cell(&self.path, cell.row, cell.column);
            findings.extend(cell.wrong.as_deref().map(|wrong| wrong.clone().at(place)));
            row.cells.extend(self.index(cell.column).map(|index| (index, cell.words.clone())));
        }
        if findings.is_empty() {
            self.rows.push(row);
            return 0;
        }
        let reject = self.reject(&row, findings);
        let aside = reject.raw.len();
        self.bad.push(reject);
        aside
    }

    /// The heading of a column of the workbook.
    fn index(&self, column: usize) -> Option<usize> {
        let SheetForm::Workbook(columns) = &self.form else { return None };
        columns.binary_search(&column).ok()
    }
}

/// A cell that is not empty; row and column from 1.
struct WorkbookCell {
    row: usize,
    column: usize,
    words: String,
    wrong: Option<Box<Wrong>>,
}

/// A sheet with its headings: one for every column in which there is anything.
fn headed(path: &Path, head: &[WorkbookCell], cells: &[WorkbookCell]) -> Sheet<'static> {
    let mut columns: Vec<usize> = cells.iter().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let line = head.first().map_or(1, |cell| cell.row);
    let mut headings = Vec::with_capacity(columns.len());
    let mut words = Vec::with_capacity(head.len());
    for (index, column) in columns.iter().enumerate() {
        let above = head.binary_search_by_key(column, |cell| cell.column).ok().map(|at| &head[at].words);
        let name = above.map(|words| words.trim().to_owned()).unwrap_or_default();
        headings.push(ColumnHeading { name, line });
        words.extend(above.map(|words| (index, words.clone())));
    }
    let text = written(columns.len(), &words);
    Sheet {
        path: path.to_owned(),
        columns: headings,
        rows: Vec::new(),
        bad: Vec::new(),
        history: None,
        head: Some(0..text.len()),
        text: Cow::Owned(text),
        form: SheetForm::Workbook(columns),
    }
}

/// Unpacks everything once without keeping it, `most` bytes at most: the size that an archive claims to have may be
/// wrong.
fn measure(bytes: &[u8], most: u64) -> Result<(), Text> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| say::no_workbook())?;
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| say::no_workbook())?;
        let name = entry.name().map_err(|_| say::no_workbook())?.to_lowercase();
        // One byte more than is allowed shows that it is too much.
        let mut entry = entry.take(left + 1);
        let mut unpacked = Tags::default();
        std::io::copy(&mut entry, &mut unpacked).map_err(|_| say::no_workbook())?;
        drop(entry);
        left = left.checked_sub(unpacked.bytes).ok_or_else(|| say::too_large_unpacked(most >> 20))?;
        if name.ends_with("sharedstrings.xml") {
            let entry = archive.by_index(index).map_err(|_| say::no_workbook())?;
            if texts_claimed(entry).is_some_and(|claimed| claimed > unpacked.bytes / SHORTEST_TEXT) {
                return Err(say::false_count());
            }
        }
        if name.ends_with("styles.xml") && unpacked.tags > MOST_STYLES {
            return Err(say::too_many_styles());
        }
    }
    Ok(())
}

/// The length of the shortest entry in the table of shared texts, in bytes: `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// How many tags the table of styles may have. A spreadsheet can have 65,490 formats, and each needs a few tags.
const MOST_STYLES: u64 = 1_000_000;

/// Counts what is unpacked, and the tags in it.
#[derive(Default)]
struct Tags {
    bytes: u64,
    tags: u64,
}

impl Write for Tags {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.bytes += bytes.len() as u64;
        self.tags += bytes.iter().filter(|byte| **byte == b'<').count() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How many texts a table of shared texts claims to have: the reader allocates memory for them before it has read one.
/// This looks for the number in the same way as the reader.
fn texts_claimed(table: impl Read) -> Option<u64> {
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(table));
    let config = xml.config_mut();
    (config.check_end_names, config.expand_empty_elements) = (false, true);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sst" => {
                let said = tag.attributes_raw();
                let claims = said.match_indices(CLAIM);
                return claims.filter_map(|(at, _)| first_number(&said[at + CLAIM.len()..])).max();
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The attribute with that number.
const CLAIM: &str = "uniqueCount";

/// The first number in a text; the largest one if it is too large.
fn first_number(text: &str) -> Option<u64> {
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    if end == 0 { None } else { Some(number[..end].parse().unwrap_or(u64::MAX)) }
}

fn choose(names: &[String], wanted: Option<&str>) -> Result<String, Wrong> {
    let found = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted),
        None => names.first(),
    };
    found.cloned().ok_or_else(|| {
        let wrong = Wrong::new(say::no_sheet(wanted.unwrap_or_default()));
        match common::nearest(wanted.unwrap_or_default(), names.iter().map(String::as_str)) {
            Some(near) => wrong.help(say::did_you_mean(near)),
            None => wrong.help(say::sheets_are(names.join(", "))),
        }
    })
}

fn broken(why: &XlsxError) -> Text {
    match why {
        XlsxError::Password => say::locked_workbook(),
        _ => say::no_workbook(),
    }
}

/// The cells that are not empty, row by row and from left to right.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, zone: &TimeZone) -> Result<Vec<WorkbookCell>, Text> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|why| broken(&why))?;
    let (mut cells, mut left, mut room) = (Vec::new(), LARGEST as usize, Room::default());
    while let Some(cell) = reader.next_cell().map_err(|why| broken(&why))? {
        let (row, column) = cell.get_position();
        let (words, wrong) = read(cell.get_value(), zone);
        if words.trim().is_empty() {
            continue;
        }
        // Many cells may share one long text.
        left = left.checked_sub(words.len()).ok_or_else(|| say::too_large_unpacked(LARGEST >> 20))?;
        room.cells(1)?;
        cells.push(WorkbookCell {
            row: row as usize + 1,
            column: column as usize + 1,
            words,
            wrong: wrong.map(Box::new),
        });
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    Ok(cells)
}

/// The words of a cell, as people would write them, and what is wrong with them.
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
            let wrong = Wrong::new(say::cell_error(error.to_string())).help(say::mend_cell());
            return (error.to_string(), Some(wrong));
        }
    };
    (words, None)
}

fn plain(words: &str) -> String {
    words.replace("\r\n", "\n")
}

/// A number with the 15 digits that Excel shows: 0.1 + 0.2 is 0.3.
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
mod tests;
