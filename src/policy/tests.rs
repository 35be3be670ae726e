//! What is allowed, who is meant, and dues worked out by hand, as by an auditor with a pocket calendar: each row under
//! its calculation.

mod clock_changes;
mod nights;
mod office;
mod pauses;
mod permit;
mod reading;
mod rules;
mod shop;
mod when;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::calendar::example::{any_year, local, read, shanghai, zone};
use super::{Calendar, Due, Limit, Pauses, Terms};

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
