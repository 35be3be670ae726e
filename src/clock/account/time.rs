//! Limits with a length, elapsed or working: how much of each day counted.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{AccountLine, CountedTime, DayEffect, Reason, push};
use crate::calendar::{Calendar, DayKind};
use crate::clock::{Due, Pauses, Terms, Undue};

/// A part of time, half open.
type TimeRange = (Timestamp, Timestamp);

/// From the start to the due, or to the pause that has not ended.
pub(super) fn lines(
    working: bool,
    start: Timestamp,
    due: Due,
    pauses: &Pauses,
    terms: Terms<'_>,
) -> Result<Vec<AccountLine>, Undue> {
    let end = match due {
        Due::At(due) => due,
        Due::Unknown => pauses.open_since().unwrap_or(start).max(start),
    };
    let calendar = if working { Some(terms.working()?) } else { None };
    let (mut lines, mut sum) = (Vec::new(), SignedDuration::ZERO);
    let mut date = terms.date(start);
    loop {
        let day = (terms.midnight_before(date), terms.midnight_after(date, 0));
        if day.0 >= end {
            return Ok(lines);
        }
        // A zone that moved across the date line has skipped a day.
        if day.0 < day.1 {
            let ran = (start.max(day.0), end.min(day.1));
            let effect = of_day(calendar, date, day, ran, pauses, &mut sum)?;
            push(&mut lines, AccountLine { first: date, last: date, effect });
        }
        let Ok(next) = date.tomorrow() else { return Ok(lines) };
        date = next;
    }
}

/// How much of a day counted, of the part of it in which the clock ran.
fn of_day(
    calendar: Option<&Calendar>,
    date: Date,
    day: TimeRange,
    ran: TimeRange,
    pauses: &Pauses,
    sum: &mut SignedDuration,
) -> Result<DayEffect, Undue> {
    let (kind, open) = match calendar {
        Some(calendar) => (Some(calendar.day(date)?.kind), calendar.stretches(day.0, day.1)?),
        None => (None, vec![day]),
    };
    let in_time: Vec<TimeRange> = open.iter().filter_map(|part| both(*part, ran)).collect();
    let parts: Vec<TimeRange> = in_time.iter().flat_map(|part| without(*part, pauses)).collect();
    if parts.is_empty() {
        return Ok(DayEffect::Nothing(match kind {
            Some(kind) if open.is_empty() => Reason::of(kind),
            Some(_) if in_time.is_empty() => Reason::OutsideHours,
            _ => Reason::Paused,
        }));
    }
    let time = length(&parts);
    *sum += time;
    Ok(DayEffect::Time(CountedTime {
        paused: time < length(&in_time),
        parts,
        time,
        sum: *sum,
        kind: kind.filter(|kind| *kind != DayKind::Weekend),
        length: day.1.duration_since(day.0),
    }))
}

/// The length of all parts together.
fn length(parts: &[TimeRange]) -> SignedDuration {
    parts.iter().map(|(from, to)| to.duration_since(*from)).sum()
}

fn both(one: TimeRange, other: TimeRange) -> Option<TimeRange> {
    let (from, to) = (one.0.max(other.0), one.1.min(other.1));
    (from < to).then_some((from, to))
}

/// The parts of a span outside the pauses that have ended.
fn without(span: TimeRange, pauses: &Pauses) -> Vec<TimeRange> {
    let (mut parts, mut from) = (Vec::new(), span.0);
    for (begin, end) in pauses.within(span.0, span.1) {
        parts.extend((from < begin).then_some((from, begin)));
        from = end;
    }
    parts.extend((from < span.1).then_some((from, span.1)));
    parts
}
