//! Dues worked out by hand, as by an auditor with a pocket calendar: each row under its calculation. And limits and
//! calendars compared with a clerk who walks from minute to minute.

mod clock_changes;
mod naive;
mod nights;
mod office;
mod pauses;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Due, Limit, Pauses, Terms};
use crate::calendar::Calendar;
use crate::calendar::example::{any_year, local, read, shanghai, zone};

/// A shop for calculating dues.
struct Desk {
    zone: TimeZone,
    calendar: Calendar,
}

/// Start, limit, pauses (`from to to; from to to`), due; in the shop's zone if no offset is written.
type Row<'r> = (&'r str, &'r str, &'r str, &'r str);

impl Desk {
    /// Hours of any year, without holidays.
    fn with_hours(zone: TimeZone, hours: &str) -> Desk {
        let calendar = any_year(hours, &zone);
        Desk { zone, calendar }
    }

    /// `2026-10-25 02:30`, or `2026-10-25T02:30+01:00` if the local time occurs twice.
    fn instant(&self, word: &str) -> Timestamp {
        if word.contains('T') { word.parse().unwrap() } else { local(word, &self.zone) }
    }

    #[track_caller]
    fn holds(&self, rows: &[Row]) {
        let terms = Terms { zone: &self.zone, calendar: Some(&self.calendar) };
        for (start, limit, pauses, due) in rows {
            let spans = pauses.split("; ").filter(|span| !span.is_empty()).map(|span| {
                let (from, to) = span.split_once(" to ").unwrap();
                (self.instant(from), self.instant(to))
            });
            let found =
                Limit::parse(limit).unwrap().due(self.instant(start), &Pauses::new(spans, None), terms);
            let told = format!("{start} {limit} {pauses}");
            assert_eq!(found, Ok(Due::At(self.instant(due))), "{told}");
        }
    }
}
