//! Moments as people type them.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz};

use super::say;
use crate::case::Stamp;
use crate::error::{Error, Result};
use crate::policy::read_date;
use crate::session::Session;

/// Reads RFC 3339, or a local `2026-11-22 09:30`, `2026-11-22T09:30:15`, `09:30` (today), `2026-11-22` (its begin).
///
/// # Errors
/// It is none of these, or a clock change skipped it.
pub(crate) fn read(session: &Session, flag: &str, word: &str) -> Result<Timestamp> {
    read_in(&session.book.shop.zone, session.now, flag, word)
}

/// The same, for a time zone and a current time.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_in(zone: &tz::TimeZone, now: Timestamp, flag: &str, word: &str) -> Result<Timestamp> {
    if let Ok(stamp) = Stamp::parse(word) {
        return Ok(stamp.instant());
    }
    let bad = || Error::refused(say::bad_moment(flag, word)).hint(say::moment_help());
    let local = local(word, now.to_zoned(zone.clone()).date()).ok_or_else(bad)?;
    match zone.to_ambiguous_timestamp(local).offset() {
        tz::AmbiguousOffset::Gap { .. } => Err(bad()),
        _ => zone.to_timestamp(local).map_err(|_| bad()),
    }
}

fn local(word: &str, today: Date) -> Option<DateTime> {
    let word = word.trim();
    if let Some(date) = read_date(word) {
        return Some(date.to_datetime(Time::midnight()));
    }
    match word.split_once([' ', 'T']) {
        Some((date, time)) => Some(read_date(date)?.to_datetime(clock(time)?)),
        None => Some(today.to_datetime(clock(word)?)),
    }
}

/// `9:30`, `09:30`, `09:30:15`.
fn clock(word: &str) -> Option<Time> {
    let parts: Vec<i8> =
        word.split(':').map(|part| (part.len() <= 2).then(|| part.parse().ok())?).collect::<Option<_>>()?;
    match parts.as_slice() {
        [hour, minute] => Time::new(*hour, *minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(*hour, *minute, *second, 0).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn local_moments() {
        let today = date(2026, 11, 22);
        let read = |word| local(word, today).map(|local| local.to_string());
        assert_eq!(read("2026-11-20 9:05").as_deref(), Some("2026-11-20T09:05:00"));
        assert_eq!(read("2026-11-20T23:59:58").as_deref(), Some("2026-11-20T23:59:58"));
        assert_eq!(read("14:00").as_deref(), Some("2026-11-22T14:00:00"));
        assert_eq!(read("2026-11-20").as_deref(), Some("2026-11-20T00:00:00"));
        for word in ["", "14", "25:00", "2026-02-30 10:00", "yesterday", "10:00pm", "-1:00"] {
            assert_eq!(read(word), None, "{word}");
        }
    }
}
