//! Reads comma-separated values (RFC 4180) into a sheet: quoted line breaks, CRLF, and the delimiter of the country.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use super::formula;
use super::room::Room;
use super::rows::{ColumnHeading, Reject, Sheet, SheetForm, SheetRow, text};
use super::say;
use crate::error::{Code, Finding, Place};

impl<'t> Sheet<'t> {
    /// Reads comma-separated values. If the line of headings has no comma, the delimiter is a semicolon or a tab.
    ///
    /// A row with too many or too few cells, or with a quotation mark that is not closed, is in [`Sheet::bad`]. Empty rows
    /// are skipped.
    ///
    /// # Errors
    /// The file as a whole cannot be read: it is not UTF-8, it has no headings, one of them appears twice, or it is larger
    /// than a table may be.
    pub fn csv(bytes: &'t [u8], path: &Path) -> Result<Sheet<'t>, Vec<Finding>> {
        let text = text(bytes, path)?;
        let delimiter = delimiter(text);
        let mut sheet = Sheet {
            path: path.to_owned(),
            columns: Vec::new(),
            rows: Vec::new(),
            bad: Vec::new(),
            history: None,
            text: Cow::Borrowed(text),
            head: None,
            form: SheetForm::Csv(delimiter),
        };
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let whole = |message| vec![Finding::error(Code::Unreadable, Place::file(path), message)];
        let mut record = StringRecord::new();
        let (mut line, mut counted, mut room) = (1, 0, Room::default());
        let broken = |error: csv::Error| whole(say::csv_broken(error.to_string()));
        while reader.read_record(&mut record).map_err(broken)? {
            let start = record.position().map_or(0, |at| at.byte() as usize);
            // The reader counts the line break before a record as part of it.
            let blank = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
            let (start, end) = (start + blank, reader.position().byte() as usize);
            line += text.as_bytes()[counted..start].iter().filter(|byte| **byte == b'\n').count();
            counted = start;
            let written = text[start..end.max(start)].trim_end_matches(['\r', '\n']).len();
            let row = SheetRow { line, cells: Vec::new(), raw: start..start + written };
            if sheet.head.is_none() {
                room.columns(record.len()).map_err(whole)?;
                sheet.head = Some(row.raw.clone());
                sheet.columns =
                    (record.iter().map(|name| ColumnHeading { name: name.trim().to_owned(), line }))
                        .collect();
                let twice = sheet.headings_twice();
                if !twice.is_empty() {
                    return Err(twice);
                }
            } else {
                let cells = sheet.take(&record, row);
                room.row(cells).map_err(whole)?;
            }
        }
        if sheet.head.is_none() {
            return Err(whole(say::no_headings()));
        }
        sheet.check_last_quote();
        Ok(sheet)
    }

    /// A finding for every heading that appears again.
    pub(super) fn headings_twice(&self) -> Vec<Finding> {
        let mut met = HashSet::with_capacity(self.columns.len());
        let names = self.columns.iter().map(|heading| heading.name.as_str()).enumerate();
        let twice: Vec<_> = names.filter(|(_, name)| !name.is_empty() && !met.insert(*name)).collect();
        if twice.is_empty() {
            return Vec::new();
        }
        let mut findings = Vec::new();
        let places = self.headings();
        for (column, name) in twice {
            let message = say::heading_twice(name);
            findings.push(Finding::error(Code::Unreadable, places[column].clone(), message));
        }
        findings
    }

    /// Adds a record. Returns how many cells of it are not empty; `None` if all are.
    fn take(&mut self, record: &StringRecord, mut row: SheetRow) -> Option<usize> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        if record.len() != self.columns.len() {
            let message = say::ragged(record.len(), self.columns.len());
            let finding = Finding::error(Code::BadValue, self.place(&row, None), message);
            self.bad.push(self.reject(&row, vec![finding.help(say::quote_commas())]));
            return Some(0);
        }
        for (column, cell) in record.iter().enumerate() {
            if !cell.trim().is_empty() {
                row.cells.push((column, formula::plain(cell).replace("\r\n", "\n")));
            }
        }
        let cells = row.cells.len();
        self.rows.push(row);
        Some(cells)
    }

    /// Rejects the last row if it has a quotation mark that is not closed. Only the last row can have one, since the rest
    /// of the file is then part of it.
    fn check_last_quote(&mut self) {
        if self.rows.last().is_some_and(|row| has_open_quote(&self.raw(row)))
            && let Some(row) = self.rows.pop()
        {
            let finding = Finding::error(Code::BadValue, self.place(&row, None), say::open_quote());
            let reject: Reject = self.reject(&row, vec![finding]);
            self.bad.push(reject);
        }
    }
}

fn has_open_quote(raw: &str) -> bool {
    raw.contains('\n') && raw.matches('"').count() % 2 == 1
}

/// The comma, unless the line of headings has only semicolons or tabs, as spreadsheets of some countries write them.
fn delimiter(text: &str) -> u8 {
    let head = text.trim_start().lines().next().unwrap_or_default();
    [b',', b';', b'\t'].into_iter().find(|mark| head.contains(char::from(*mark))).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet<'_> {
        Sheet::csv(text.as_bytes(), Path::new("a.csv")).unwrap()
    }

    fn cells(row: &SheetRow) -> Vec<(usize, &str)> {
        row.cells.iter().map(|(column, words)| (*column, words.as_str())).collect()
    }

    #[test]
    fn a_row_knows_the_line_in_which_it_begins() {
        let sheet = sheet("\u{feff}id,title\r\n\r\n1,\"two\r\nlines\"\r\n2,\"a \"\"b\"\"\"\r\n,\r\n3,\r\n");
        let lines: Vec<usize> = sheet.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 5, 7]);
        assert_eq!(cells(&sheet.rows[0]), [(0, "1"), (1, "two\nlines")]);
        assert_eq!(cells(&sheet.rows[1]), [(0, "2"), (1, "a \"b\"")]);
        assert_eq!(cells(&sheet.rows[2]), [(0, "3")]);
        assert_eq!(sheet.raw(&sheet.rows[1]), "2,\"a \"\"b\"\"\"");
        assert_eq!(sheet.head(), Some("id,title"));
    }

    #[test]
    fn a_cell_is_found_again_in_the_file() {
        let sheet = sheet("id,title,kind\n茶杯,\"x,\ny\",praise\n");
        let place = |column| sheet.place(&sheet.rows[0], column).to_string();
        assert_eq!(place(Some(0)), "a.csv:2:1");
        assert_eq!(place(Some(1)), "a.csv:2:4");
        assert_eq!(place(Some(2)), "a.csv:3:4");
        assert_eq!(sheet.place(&sheet.rows[0], Some(2)).width, 6);
        assert_eq!(sheet.headings()[2].to_string(), "a.csv:1:10");
    }

    #[test]
    fn all_ragged_rows_are_told_and_the_others_kept() {
        let sheet = sheet("a,b\n1\n1,2\n1,2,3\n");
        let bad: Vec<_> = sheet.bad.iter().map(|reject| (reject.line, reject.raw.as_str())).collect();
        assert_eq!(bad, [(2, "1"), (4, "1,2,3")]);
        assert_eq!(sheet.bad[0].findings[0].message.to_string(), "cells in this row: 1, headings: 2");
        assert_eq!(sheet.rows.len(), 1);
    }

    #[test]
    fn a_quote_that_swallows_the_rest_is_told() {
        let sheet = sheet("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
        assert_eq!(sheet.rows.len(), 1);
        assert_eq!((sheet.bad[0].line, sheet.bad[0].findings.len()), (3, 1));
    }

    #[test]
    fn semicolons_and_tabs_divide_where_there_are_no_commas() {
        assert_eq!(cells(&sheet("a;b\n1,5;2\n").rows[0]), [(0, "1,5"), (1, "2")]);
        assert_eq!(cells(&sheet("a\tb\n1\t2\n").rows[0]), [(0, "1"), (1, "2")]);
    }

    #[test]
    fn what_makes_a_file_unreadable_is_told_with_its_line() {
        let refused = |bytes: &[u8]| {
            let findings = Sheet::csv(bytes, Path::new("a.csv")).unwrap_err();
            findings.iter().map(|finding| finding.place.to_string()).collect::<Vec<_>>()
        };
        // GBK for 茶
        assert_eq!(refused(b"a,b\n1,2\n3,\xb2\xe8\n"), ["a.csv:3"]);
        assert_eq!(refused(b""), ["a.csv"]);
        assert_eq!(refused(b"a,b,a,b\n"), ["a.csv:1:5", "a.csv:1:7"]);
    }

    #[test]
    fn the_apostrophe_before_a_formula_is_taken_off() {
        assert_eq!(cells(&sheet("a,b\n'+86 138,'tis\n").rows[0]), [(0, "+86 138"), (1, "'tis")]);
    }
}
