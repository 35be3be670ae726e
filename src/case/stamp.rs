use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::civil::Date;
use jiff::{
    Timestamp,
    fmt::temporal::DateTimeParser,
    tz::{Offset, TimeZone},
};

/// When something happened: an instant, and the offset that it was written with.
///
/// Compared by the instant alone; written with the offset, so that a clerk reads their own clock.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    instant: Timestamp,
    offset: Offset,
}

/// What is wrong with a word that should be a stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadStamp {
    /// Not of the form of RFC 3339, or a date or time that does not exist.
    #[error("not a date and time such as 2026-11-22T09:31:00+08:00")]
    Form,
    /// A date and time without an offset.
    #[error("a date and time without an offset such as +08:00")]
    NoOffset,
}

impl Stamp {
    /// A stamp that reads as the local time of `zone`, in whole minutes from UTC: so were all zones by 1972, and RFC 3339
    /// writes no others.
    pub fn new(instant: Timestamp, zone: &TimeZone) -> Stamp {
        let offset = zone.to_offset(instant);
        let seconds = offset.seconds() - offset.seconds() % 60;
        Stamp { instant, offset: Offset::from_seconds(seconds).unwrap_or(offset) }
    }

    /// Reads RFC 3339 with an offset; finer parts of a second are kept.
    ///
    /// # Errors
    /// [`BadStamp`] says which part is missing or wrong.
    pub fn parse(word: &str) -> Result<Stamp, BadStamp> {
        static PARSER: DateTimeParser = DateTimeParser::new();
        let pieces = PARSER.parse_pieces(word).map_err(|_| BadStamp::Form)?;
        if word.contains('[') {
            return Err(BadStamp::Form);
        }
        let time = pieces.time().ok_or(BadStamp::Form)?;
        let offset = match pieces.offset() {
            Some(jiff::fmt::temporal::PiecesOffset::Numeric(numeric)) => numeric.offset(),
            Some(_) => Offset::UTC,
            None => return Err(BadStamp::NoOffset),
        };
        if offset.seconds() % 60 != 0 {
            return Err(BadStamp::Form);
        }
        let instant = offset.to_timestamp(pieces.date().to_datetime(time)).map_err(|_| BadStamp::Form)?;
        Ok(Stamp { instant, offset })
    }

    /// The day, as it is written.
    pub(crate) fn day(self) -> Date {
        self.offset.to_datetime(self.instant).date()
    }

    /// The instant.
    pub fn instant(self) -> Timestamp {
        self.instant
    }
}

impl PartialEq for Stamp {
    fn eq(&self, other: &Stamp) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Stamp {}

impl Hash for Stamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.instant.display_with_offset(self.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_keeps_its_offset() {
        for word in ["2026-11-22T09:31:00+08:00", "2026-11-22T09:31:00-05:30", "2026-11-22T09:31:00.25+00:00"]
        {
            assert_eq!(Stamp::parse(word).unwrap().to_string(), word);
        }
    }

    #[test]
    fn a_zone_of_odd_seconds_is_written_in_whole_minutes() {
        // Shanghai kept the mean time of its place, 8:05:43 ahead, until 1901.
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let instant = "1900-06-01T00:00:00Z".parse().unwrap();
        let stamp = Stamp::new(instant, &zone);
        assert_eq!(stamp.to_string(), "1900-06-01T08:05:00+08:05");
        assert_eq!(Stamp::parse(&stamp.to_string()).unwrap().instant(), instant);
    }

    #[test]
    fn stamps_are_compared_by_their_instants() {
        let shanghai = Stamp::parse("2026-11-22T09:31:00+08:00").unwrap();
        assert_eq!(shanghai, Stamp::parse("2026-11-22T01:31:00Z").unwrap());
        assert_eq!(shanghai, Stamp::parse("2026-11-22 02:31:00+01:00").unwrap());
    }

    #[test]
    fn what_is_not_a_stamp_is_refused() {
        for word in [
            "",
            "yesterday",
            "2026-11-22",
            "2026-02-30T09:31:00+08:00",
            "2026-11-22T25:00:00+08:00",
            "2026-11-22T09:31:00+08:00[Asia/Shanghai]",
            "1",
            "2026-11-22T09:31:00+99:00",
            "2026-11-22T09:31:00+08:00:01",
        ] {
            assert_eq!(Stamp::parse(word), Err(BadStamp::Form), "{word}");
        }
        assert_eq!(Stamp::parse("2026-11-22T09:31:00"), Err(BadStamp::NoOffset));
    }
}
