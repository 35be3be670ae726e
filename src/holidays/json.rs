//! `{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}`, with any other keys.

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Reading, say};
use crate::policy::read_date;

/// The file; other keys are the publisher's own.
#[derive(Deserialize)]
struct YearFile<'t> {
    year: Option<Value>,
    #[serde(borrow)]
    days: Option<&'t RawValue>,
}

/// Reads the file; every problem is noted.
pub(super) fn read(bytes: &[u8], file: &mut Reading<'_>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            return file.problem(lines(before) + 1, say::not_utf8(), say::save_as_utf8());
        }
    };
    let whole: YearFile<'_> = match serde_json::from_str(text) {
        Ok(whole) => whole,
        Err(error) => {
            let detail = error.to_string();
            let detail = detail.split(" at line ").next().unwrap_or_default();
            return file.problem(error.line().max(1), say::no_json(detail), say::write_json());
        }
    };
    let line = |part: &str| 1 + lines(&bytes[..part.as_ptr().addr() - text.as_ptr().addr()]);
    match whole.year.as_ref().and_then(Value::as_i64).filter(|year| (1..=9998).contains(year)) {
        Some(year) => file.found.years.extend(i16::try_from(year)),
        None => file.problem(1, say::no_year(), say::write_json()),
    }
    let days = whole.days.map(RawValue::get);
    match days.map(serde_json::from_str::<Vec<&RawValue>>) {
        Some(Ok(days)) => days.iter().for_each(|day| read_day(day.get(), line(day.get()), file)),
        _ => file.problem(days.map_or(1, line), say::no_days(), say::write_json()),
    }
}

fn read_day(text: &str, line: usize, file: &mut Reading<'_>) {
    let day: Value = serde_json::from_str(text).unwrap_or_default();
    let date: Option<Date> = day.get("date").and_then(Value::as_str).and_then(read_date);
    let is_off = day.get("isOffDay").and_then(Value::as_bool);
    let name = day.get("name").map_or(Some(""), Value::as_str);
    if date.is_none() {
        file.problem(line, say::no_date(), say::write_day());
    }
    if is_off.is_none() {
        file.problem(line, say::no_flag(), say::write_day());
    }
    if name.is_none() {
        file.problem(line, say::no_name(), say::write_day());
    }
    if let (Some(date), Some(is_off), Some(name)) = (date, is_off, name) {
        file.day(line, date, name, is_off);
    }
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}
