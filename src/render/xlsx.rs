//! A page for a spreadsheet: a cover with the answer, then a sheet a table.
//!
//! What can be computed with is a number: a count, a share as a percentage, a length of time as one (`[h]:mm`,
//! whose exact seconds are the cell's value times 86,400), an instant as a date in the shop's zone. Everything
//! else is written as a string, so that no customer's words are run as a formula. The same page gives the same
//! bytes: the file is dated by the page's instant, not by the current time.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet,
    XlsxError,
};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::lang::{Lang, Text, visible};

use super::document::{Align, Body, Cell, Document, Section, Table, Tone, Unit};
use super::redact;
use super::width::{cut, width, wrap};

/// Of a cell's words, in columns; Excel takes 32,767 characters.
const LONGEST: usize = 32_000;
/// Of a sheet's name, as Excel has it.
const LONGEST_NAME: usize = 31;
/// Columns of the narrowest and the widest column.
const WIDTHS: (usize, usize) = (7, 60);
/// Columns of the cover, whose sentences are broken there.
const COVER: usize = 100;
/// The row of a sheet's heads; above it are its title and an empty one.
const HEADS: u32 = 2;
const DAY: f64 = 86_400.0;
/// A4, as Excel numbers papers.
const A4: u8 = 9;

mod say {
    crate::messages! {
        cover() { "Report", "报告" }
        sheet() { "Table", "表" }
        unwritten(why) { "the page cannot be written as xlsx: {why}", "页面无法写成 xlsx：{why}" }
    }
}

/// The page as an Excel workbook, dated `at`.
///
/// # Errors
/// Failed: a table has more rows than a sheet (1,048,576), or what else the writer refuses.
pub(crate) fn xlsx(document: &Document, lang: Lang, at: Timestamp) -> Result<Vec<u8>> {
    book(&redact::page(document), lang, at).map_err(|why| Error::failed(say::unwritten(why.to_string())))
}

fn book(document: &Document, lang: Lang, at: Timestamp) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = shown(&document.title, lang);
    let made = ExcelDateTime::from_timestamp(at.as_second())?;
    book.set_properties(&DocProperties::new().set_title(&*title).set_creation_datetime(&made));
    let mut names = SheetNames::default();
    let cover = (!title.is_empty()).then(|| names.of(say::cover().to(lang)));
    let tables: Vec<(String, Tabled<'_>)> = document
        .sections
        .iter()
        .filter_map(|section| Tabled::of(section, lang))
        .map(|tabled| (names.of(&tabled.title), tabled))
        .collect();
    if let Some(name) = cover {
        let sheet = book.add_worksheet().set_name(name)?;
        Cover { sheet, row: 0, lang }.write(document, &tables)?;
    }
    for (name, tabled) in &tables {
        tabled.write(book.add_worksheet().set_name(name)?, lang)?;
    }
    book.save_to_buffer()
}

fn shown(text: &Text, lang: Lang) -> String {
    visible(text.to(lang)).trim().to_owned()
}

/// The names of sheets: no two alike, none longer than Excel allows, none with a sign that it forbids.
#[derive(Default)]
struct SheetNames {
    taken: HashSet<String>,
}

impl SheetNames {
    /// A name like the title, that is not taken.
    fn of(&mut self, title: &str) -> String {
        let plain: String = title.chars().map(|c| if r"[]:*?/\'".contains(c) { ' ' } else { c }).collect();
        let numbered = (1..).map(|n| if n == 1 { String::new() } else { format!(" {n}") });
        let mut fitting = numbered.map(|number| fitting(plain.trim(), &number));
        // Excel keeps `History` for itself
        fitting
            .find(|name| !name.eq_ignore_ascii_case("history") && self.taken.insert(name.to_lowercase()))
            .unwrap_or_default()
    }
}

/// As much of a name as fits before its number.
fn fitting(plain: &str, number: &str) -> String {
    let mut name = String::new();
    for c in plain.chars() {
        if name.encode_utf16().count() + c.len_utf16() + number.len() > LONGEST_NAME {
            break;
        }
        name.push(c);
    }
    format!("{}{number}", name.trim_end())
}

/// The first sheet: the title, the answer, links to the tables, and the sections of lines.
struct Cover<'s> {
    sheet: &'s mut Worksheet,
    row: u32,
    lang: Lang,
}

impl Cover<'_> {
    fn write(
        mut self,
        document: &Document,
        tables: &[(String, Tabled<'_>)],
    ) -> std::result::Result<(), XlsxError> {
        self.sheet.set_column_width(0, COVER as f64)?;
        page_setup(self.sheet);
        self.lines([&document.title], &Format::new().set_bold().set_font_size(13))?;
        self.row += 1;
        self.lines(&document.lead, &Format::new())?;
        self.row += 1;
        for (name, tabled) in tables {
            let url = Url::new(format!("internal:'{name}'!A1"));
            self.sheet.write_url_with_text(self.row, 0, url, &*tabled.title)?;
            self.row += 1;
        }
        for section in &document.sections {
            if let Body::Lines(lines) = &section.body {
                self.row += 1;
                self.lines(&section.title, &Format::new().set_bold())?;
                self.lines(lines, &Format::new())?;
            }
        }
        self.row += 1;
        self.lines(&document.foot, &Format::new().set_font_color(GREY))
    }

    fn lines<'t>(
        &mut self,
        texts: impl IntoIterator<Item = &'t Text>,
        format: &Format,
    ) -> std::result::Result<(), XlsxError> {
        for words in texts.into_iter().flat_map(|text| wrap(&shown(text, self.lang), COVER)) {
            self.sheet.write_string_with_format(self.row, 0, words, format)?;
            self.row += 1;
        }
        Ok(())
    }
}

/// A section that is a table, with the title that people read over it.
struct Tabled<'d> {
    title: String,
    table: &'d Table,
}

impl<'d> Tabled<'d> {
    fn of(section: &'d Section, lang: Lang) -> Option<Tabled<'d>> {
        let Body::Table(table) = &section.body else { return None };
        let first = table.columns.first().map(|column| &column.title);
        let title = section.title.as_ref().or(first).map(|title| shown(title, lang)).unwrap_or_default();
        let title = if title.is_empty() { say::sheet().to(lang).to_owned() } else { title };
        Some(Tabled { title, table })
    }

    fn write(&self, sheet: &mut Worksheet, lang: Lang) -> std::result::Result<(), XlsxError> {
        page_setup(sheet);
        sheet.set_freeze_panes(HEADS + 1, 0)?;
        sheet.write_string_with_format(0, 0, &*self.title, &Format::new().set_bold().set_font_size(13))?;
        for (at, column) in (0..).zip(&self.table.columns) {
            let head = shown(&column.title, lang);
            let head = if at == 0 && head.is_empty() { self.title.clone() } else { head };
            let mut widest = width(&head);
            sheet.write_string_with_format(HEADS, at, cut(&head, LONGEST), &head_format(column.align))?;
            for (row, cells) in (HEADS + 1..).zip(&self.table.rows) {
                let written = SheetValue::of(&cells[usize::from(at)], lang);
                widest = widest.max(written.width());
                written.write(sheet, (row, at), &cells[usize::from(at)], column.align)?;
            }
            sheet.set_column_width(at, (widest.clamp(WIDTHS.0, WIDTHS.1) + 2) as f64)?;
        }
        Ok(())
    }
}

fn page_setup(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
}

/// The content of a cell of a sheet.
enum SheetValue {
    Words(String),
    /// A number and how it is shown.
    Number(f64, &'static str),
}

impl SheetValue {
    fn of(cell: &Cell, lang: Lang) -> SheetValue {
        let words = || SheetValue::Words(shown(&cell.text, lang));
        let number = cell.value.as_ref().and_then(Value::as_f64);
        match (cell.unit, number, &cell.value) {
            (Unit::Plain, Some(number), _) => SheetValue::Number(number, "General"),
            // Two places, so that a share is not rounded up to all
            (Unit::Share, Some(share), _) => SheetValue::Number(share, "0.00%"),
            // Excel shows no time below zero
            (Unit::Seconds, Some(seconds), _) if seconds >= 0.0 => {
                SheetValue::Number(seconds / DAY, "[h]:mm")
            }
            (Unit::Moment, _, Some(Value::String(stamp))) => {
                serial(stamp).map_or_else(words, |days| SheetValue::Number(days, "yyyy-mm-dd hh:mm"))
            }
            _ => words(),
        }
    }

    fn width(&self) -> usize {
        match self {
            SheetValue::Words(words) => width(words),
            SheetValue::Number(days, "[h]:mm") => format!("{:.0}:00", days * 24.0).len(),
            SheetValue::Number(_, "General") => 0,
            SheetValue::Number(_, shown) => shown.len(),
        }
    }

    fn write(
        self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Cell,
        align: Align,
    ) -> std::result::Result<(), XlsxError> {
        let format = toned(cell.tone);
        match self {
            SheetValue::Number(number, shown) => {
                sheet.write_number_with_format(row, column, number, &format.set_num_format(shown))?
            }
            SheetValue::Words(words) if words.is_empty() => return Ok(()),
            SheetValue::Words(words) => {
                let format = match align {
                    Align::Left => format,
                    Align::Right => format.set_align(FormatAlign::Right),
                };
                sheet.write_string_with_format(row, column, cut(&words, LONGEST), &format)?
            }
        };
        Ok(())
    }
}

/// Days since the day that Excel counts from (as it counts since March 1900), of the local time of a stamp.
fn serial(stamp: &str) -> Option<f64> {
    let local: DateTime = stamp.parse().ok()?;
    let since = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    Some(local.duration_since(since).as_secs_f64() / DAY)
}

const RED: Color = Color::RGB(0x00B4_2318);
const AMBER: Color = Color::RGB(0x008A_5A00);
const GREEN: Color = Color::RGB(0x001A_7F37);
const GREY: Color = Color::RGB(0x005C_646D);
const SHADE: Color = Color::RGB(0x00F0_F3F6);

fn toned(tone: Tone) -> Format {
    match tone {
        Tone::Plain => Format::new(),
        Tone::Late => Format::new().set_font_color(RED).set_bold(),
        Tone::Soon => Format::new().set_font_color(AMBER).set_bold(),
        Tone::Good => Format::new().set_font_color(GREEN),
        Tone::Dim => Format::new().set_font_color(GREY),
        Tone::Strong => Format::new().set_bold(),
    }
}

fn head_format(align: Align) -> Format {
    let side = if align == Align::Right { FormatAlign::Right } else { FormatAlign::Left };
    let format = Format::new().set_bold().set_background_color(SHADE).set_border_bottom(FormatBorder::Thin);
    format.set_align(side)
}

#[cfg(test)]
mod tests;
