//! A table for a spreadsheet: named by the columns' keys, the same in every language.
//!
//! A spreadsheet runs a cell that begins with `=` and similar signs; a customer's words must not. Such a text gets
//! an apostrophe in front, which a spreadsheet takes as "this is text". Numbers stay numbers.

use std::borrow::Cow;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::lang::{Lang, clean};
use crate::privacy::Privacy;

use super::document::{Cell, Table};
use super::redact;

mod say {
    crate::messages! {
        unwritten(why) { "the table cannot be written as csv: {why}", "表格无法写成 csv：{why}" }
    }
}

/// The table as csv, with a head of keys.
///
/// # Errors
/// Failed if the writer fails.
pub(crate) fn csv(table: &Table, privacy: Privacy) -> Result<String> {
    let table = redact::table(table, privacy);
    let head = table.columns.iter().map(|column| Cow::Borrowed(column.key)).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
    records(std::iter::once(head).chain(rows))
}

/// Rows of cells that are already harmless.
pub(super) fn records<'a>(rows: impl Iterator<Item = Vec<Cow<'a, str>>>) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| cell.as_bytes()))
            .map_err(|why| failed(&why.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|why| failed(&why.to_string()))?;
    String::from_utf8(bytes).map_err(|why| failed(&why.to_string()))
}

fn failed(why: &str) -> Error {
    Error::failed(say::unwritten(why))
}

fn cell(cell: &Cell) -> Cow<'_, str> {
    match &cell.value {
        Some(value) => field(value),
        None => harmless(cell.text.to(Lang::En)),
    }
}

/// A value as it is in a cell; `null` is empty.
pub(super) fn field(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => harmless(text),
        value => Cow::Owned(value.to_string()),
    }
}

/// A text that no spreadsheet runs.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let shown = clean(text);
    // Full-width signs are read as formulas where Chinese or Japanese is typed; a control is a space by now
    let runs = shown.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    match runs && !is_number(&shown) {
        true => Cow::Owned(format!("'{shown}")),
        false => shown,
    }
}

/// A sign, digits and at most one point.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|half| !half.is_empty() && half.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::document::Column;
    use super::*;
    use crate::lang::Text;

    #[test]
    fn no_text_is_run() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+CMD|'/C calc'!A0", "'+CMD|'/C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("\r=1", "' =1"),
            ("＝1+1", "'＝1+1"),
            ("–", "–"),
            ("-5", "-5"),
            ("+8613800000000", "+8613800000000"),
            ("-1.50", "-1.50"),
            ("-1.5.0", "'-1.5.0"),
            ("-", "'-"),
            ("茶杯=碎", "茶杯=碎"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn a_table_is_named_by_its_keys() {
        let columns = [
            Column::words("title", Text::of("Title", "标题")),
            Column::numbers("elapsed", Text::of("Took", "用时")),
        ];
        let table = Table::new(columns).rows([
            [Cell::word("茶杯, \"碎\"\n了"), Cell::from(Text::of("1 h", "1 小时")).value(3600)],
            [Cell::word("=HYPERLINK(\"http://x\")"), Cell::none()],
            [Cell::from(Text::of("complaint", "投诉")), Cell::number(-3)],
        ]);
        let expected = "title,elapsed\n\
            \"茶杯, \"\"碎\"\" 了\",3600\n\
            \"'=HYPERLINK(\"\"http://x\"\")\",\n\
            complaint,-3\n";
        assert_eq!(csv(&table, Privacy::Masked).unwrap(), expected);
    }
}
