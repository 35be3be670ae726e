//! Dates and times as other systems write them.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::say;
use super::typed::Wrong;
use crate::case::Stamp;

/// No case was received before: an earlier year is a year of two digits that was read as one of four.
const FIRST_YEAR: i16 = 1900;

/// Reads a date and time.
///
/// It may always be in RFC 3339. Otherwise it is in the `format` (strftime) if there is one, and else in ISO 8601, where
/// the `T` may be a space and the seconds, or the time of day, may be missing (then it is midnight). A time without an
/// offset is local in `zone`. In the hour that a clock change repeats, it is the earlier of the two instants.
///
/// # Errors
/// Words that are not a date, a date that does not exist, a local time that a clock change skips.
pub(super) fn moment(words: &str, zone: &TimeZone, format: Option<&str>) -> Result<Stamp, Wrong> {
    if let Ok(stamp) = Stamp::parse(words) {
        return match stamp.instant().to_zoned(TimeZone::UTC).year() {
            FIRST_YEAR.. => Ok(stamp),
            _ => Err(Wrong::new(say::no_date(words))),
        };
    }
    match format {
        Some(format) => formatted(words, zone, format),
        None => {
            let local =
                iso(words).ok_or_else(|| Wrong::new(say::no_date(words)).help(say::say_the_format()))?;
            in_zone(words, local, zone)
        }
    }
}

/// Whether dates can be read with a format: it must contain year, month and day.
pub(super) fn readable(format: &str) -> bool {
    let sample = jiff::civil::date(2026, 11, 22).at(13, 31, 5, 0).to_zoned(TimeZone::UTC);
    let Ok(sample) = sample else { return false };
    let Ok(written) = strtime::format(format, &sample) else { return false };
    let read = strtime::parse(format, written);
    read.is_ok_and(|read| read.timestamp().is_some() || read.to_datetime().is_ok())
}

fn formatted(words: &str, zone: &TimeZone, format: &str) -> Result<Stamp, Wrong> {
    let wrong = || Wrong::new(say::no_date_of(words, format));
    let read = strtime::parse(format, words).map_err(|_| wrong())?;
    if let Some(instant) = read.timestamp() {
        return Ok(Stamp::new(instant, zone));
    }
    let local = read.to_datetime().map_err(|_| wrong())?;
    match read.offset() {
        Some(offset) => {
            let instant = offset.to_timestamp(local).map_err(|_| wrong())?;
            Ok(Stamp::new(instant, &TimeZone::fixed(offset)))
        }
        None => in_zone(words, local, zone),
    }
}

fn iso(words: &str) -> Option<DateTime> {
    static PARSER: DateTimeParser = DateTimeParser::new();
    let pieces = PARSER.parse_pieces(words).ok()?;
    let bare = pieces.offset().is_none() && pieces.time_zone_annotation().is_none();
    if bare { Some(pieces.date().to_datetime(pieces.time().unwrap_or_default())) } else { None }
}

fn in_zone(words: &str, local: DateTime, zone: &TimeZone) -> Result<Stamp, Wrong> {
    if local.year() < FIRST_YEAR {
        return Err(Wrong::new(say::no_date(words)));
    }
    let reading = zone.to_ambiguous_timestamp(local);
    if matches!(reading.offset(), AmbiguousOffset::Gap { .. }) {
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        return Err(Wrong::new(say::left_out_by_clocks(words, name)));
    }
    let instant = reading.earlier().map_err(|_| Wrong::new(say::no_date(words)))?;
    Ok(Stamp::new(instant, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str, zone: &str, format: Option<&str>) -> Result<String, String> {
        let zone = TimeZone::get(zone).unwrap();
        moment(words, &zone, format).map(|stamp| stamp.to_string()).map_err(|wrong| wrong.message.to_string())
    }

    #[test]
    fn a_date_without_an_offset_is_local() {
        for (words, stamp) in [
            ("2026-11-22T09:31:00+01:00", "2026-11-22T09:31:00+01:00"),
            ("2026-11-22T09:31:00Z", "2026-11-22T09:31:00+00:00"),
            ("2026-11-22T09:31:00", "2026-11-22T09:31:00+08:00"),
            ("2026-11-22 09:31:05.5", "2026-11-22T09:31:05.5+08:00"),
            ("2026-11-22 09:31", "2026-11-22T09:31:00+08:00"),
            ("2026-11-22", "2026-11-22T00:00:00+08:00"),
        ] {
            assert_eq!(read(words, "Asia/Shanghai", None).unwrap(), stamp, "{words}");
        }
    }

    #[test]
    fn a_format_is_followed() {
        for (words, format, stamp) in [
            ("11/22/2026", "%m/%d/%Y", "2026-11-22T00:00:00+08:00"),
            ("2026/1/2 9:05", "%Y/%m/%d %H:%M", "2026-01-02T09:05:00+08:00"),
            ("2026年11月22日", "%Y年%m月%d日", "2026-11-22T00:00:00+08:00"),
            ("22.11.26 13:05 -0500", "%d.%m.%y %H:%M %z", "2026-11-22T13:05:00-05:00"),
            // ISO 8601 would read the third of April
            ("2026-03-04", "%Y-%d-%m", "2026-04-03T00:00:00+08:00"),
            ("2026-11-22T09:31:00+01:00", "%m/%d/%Y", "2026-11-22T09:31:00+01:00"),
        ] {
            assert!(readable(format));
            assert_eq!(read(words, "Asia/Shanghai", Some(format)).unwrap(), stamp, "{words}");
        }
        for format in ["", "%H:%M", "%Q!", "%", "received"] {
            assert!(!readable(format), "{format}");
        }
    }

    #[test]
    fn what_is_no_date_or_does_not_exist_is_told() {
        for words in
            ["yesterday", "1511122812", "1795339860", "2026-02-30", "11/22/2026", "0026-11-22", "46348.4"]
        {
            assert!(read(words, "Asia/Shanghai", None).is_err(), "{words}");
        }
        assert!(read("02/30/2026", "Asia/Shanghai", Some("%m/%d/%Y")).is_err());
        assert!(read("11/22/26", "Asia/Shanghai", Some("%m/%d/%Y")).is_err());
        // clocks go from 02:00 to 03:00 on 29 March 2026
        let gap = read("2026-03-29 02:30", "Europe/Stockholm", None).unwrap_err();
        assert_eq!(
            gap,
            "`2026-03-29 02:30` does not exist in Europe/Stockholm: the clocks went forward then"
        );
        // and from 03:00 to 02:00 on 25 October
        let fold = read("2026-10-25 02:30", "Europe/Stockholm", None).unwrap();
        assert_eq!(fold, "2026-10-25T02:30:00+02:00");
    }
}
