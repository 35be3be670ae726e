//! Limits in days: which days counted, and what the pauses added.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{AccountLine, DayEffect, Reason, push};
use crate::clock::{Limit, Pauses, Terms, Undue};

/// The day of the start, which does not count, and the calendar days after it.
pub(super) fn calendar_days(n: u32, today: Date) -> Vec<AccountLine> {
    if n == 0 {
        return vec![AccountLine::of_day(today, DayEffect::Day { n, kind: None })];
    }
    let after = |days: u32| today.checked_add(i64::from(days).days()).unwrap_or(Date::MAX);
    vec![
        AccountLine::of_day(today, DayEffect::Nothing(Reason::StartDay)),
        AccountLine { first: after(1), last: after(n), effect: DayEffect::Day { n, kind: None } },
    ]
}

/// The day of the start, and the days after it up to the `n`th working day; it ends at a pause that has not ended.
pub(super) fn working_days(
    n: u32,
    start: Timestamp,
    pause: Option<Timestamp>,
    terms: Terms<'_>,
) -> Result<Vec<AccountLine>, Undue> {
    let calendar = terms.working()?;
    let today = terms.date(start);
    let mut lines = Vec::new();
    if n == 0
        && let Some(end) = calendar.end_of_day(today)?
        && start < end
    {
        lines.push(AccountLine::of_day(today, DayEffect::Day { n, kind: Some(calendar.day(today)?.kind) }));
        return Ok(lines);
    }
    lines.push(AccountLine::of_day(today, DayEffect::Nothing(Reason::StartDay)));
    let (mut date, mut counted) = (today, 0);
    while counted < n.max(1) {
        let Ok(next) = date.tomorrow() else { break };
        date = next;
        if pause.is_some_and(|since| terms.date(since) < date) {
            break;
        }
        let kind = calendar.day(date)?.kind;
        if calendar.end_of_day(date)?.is_none() {
            push(&mut lines, AccountLine::of_day(date, DayEffect::Nothing(Reason::of(kind))));
            continue;
        }
        counted += 1;
        lines.push(AccountLine::of_day(date, DayEffect::Day { n: counted.min(n), kind: Some(kind) }));
    }
    Ok(lines)
}

/// The pauses that extended the due. While the due is not known, the pauses so far.
pub(super) fn pauses(limit: Limit, start: Timestamp, pauses: &Pauses, terms: Terms<'_>) -> Vec<AccountLine> {
    let moves = limit.moves(start, pauses, terms).map(|(_, moves)| moves).unwrap_or_default();
    let mut lines = Vec::new();
    for moved in moves {
        let (first, last) = (terms.date(moved.from), terms.date(moved.to));
        lines.push(AccountLine { first, last, effect: DayEffect::Moved(moved) });
    }
    lines
}
