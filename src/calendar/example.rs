//! The calendar of the worked examples, and short ways to write instants and lengths in tests.

use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Calendar;

/// Mainland China's 2026, shortened; on New Year's Eve the office closes at noon.
pub(crate) const OFFICE: &str = r#"
name = "office"
[hours]
mon-fri = ["09:00-12:00", "13:30-18:00"]
[years.2026]
holidays = ["2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-10-01..2026-10-07"]
workdays = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"]
[years.2026.days]
2026-12-31 = ["09:00-12:00"]
"#;

pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

pub(crate) fn shanghai() -> TimeZone {
    zone("Asia/Shanghai")
}

pub(crate) fn read(text: &str, zone: &TimeZone) -> Calendar {
    Calendar::read(text, Path::new("calendar/test.toml"), zone).unwrap()
}

/// The office in Shanghai.
pub(crate) fn office() -> Calendar {
    read(OFFICE, &shanghai())
}

/// Hours without holidays: lines of `[hours]`.
pub(crate) fn any_year(hours: &str, zone: &TimeZone) -> Calendar {
    read(&format!("name = \"plain\"\nany_year = true\n[hours]\n{hours}\n"), zone)
}

/// `2026-11-23 09:00` in a zone.
pub(crate) fn local(word: &str, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(word.parse::<DateTime>().unwrap()).unwrap()
}

/// `2026-11-23 09:00` in Shanghai.
pub(crate) fn at(word: &str) -> Timestamp {
    local(word, &shanghai())
}

pub(crate) fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}
