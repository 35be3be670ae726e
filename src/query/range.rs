//! Bounds of instants, lengths of time and numbers: `>=2026-10-01`, `<2d`, `>1`, `2026-10`.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::policy::read_date;
use crate::report::Period;

/// From a bound to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range<T> {
    from: Bound<T>,
    to: Bound<T>,
}

impl<T: PartialOrd> Range<T> {
    pub(super) fn holds(&self, value: &T) -> bool {
        (self.from.as_ref(), self.to.as_ref()).contains(value)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Less,
    Most,
    More,
    Least,
}

/// The sign before a bound, and the rest.
fn sign(word: &str) -> Option<(Sign, &str)> {
    [("<=", Sign::Most), (">=", Sign::Least), ("<", Sign::Less), (">", Sign::More)]
        .into_iter()
        .find_map(|(mark, sign)| Some((sign, word.strip_prefix(mark)?.trim())))
}

/// Whether the word is a bound, not a value. Several bounds can hold at once.
pub(super) fn is_bound(word: &str) -> bool {
    sign(word).is_some()
}

fn bounded<T>(sign: Sign, at: T) -> Range<T> {
    match sign {
        Sign::Less => Range { from: Bound::Unbounded, to: Bound::Excluded(at) },
        Sign::Most => Range { from: Bound::Unbounded, to: Bound::Included(at) },
        Sign::More => Range { from: Bound::Excluded(at), to: Bound::Unbounded },
        Sign::Least => Range { from: Bound::Included(at), to: Bound::Unbounded },
    }
}

/// Instants of local days: a period, a day, `a..b`, or a bound by any of them. After a day means after its end.
pub(super) fn moments(word: &str, today: jiff::civil::Date, zone: &TimeZone) -> Option<Range<Timestamp>> {
    match sign(word) {
        Some((sign, word)) => {
            let period = period(word, today, zone)?;
            Some(match sign {
                Sign::Less => bounded(Sign::Less, period.start),
                Sign::Most => bounded(Sign::Less, period.end),
                Sign::More => bounded(Sign::Least, period.end),
                Sign::Least => bounded(Sign::Least, period.start),
            })
        }
        None => {
            let (first, last) = match word.split_once("..") {
                Some((first, last)) => (period(first, today, zone)?, period(last, today, zone)?),
                None => (period(word, today, zone)?, period(word, today, zone)?),
            };
            let (from, to) = (Bound::Included(first.start), Bound::Excluded(last.end));
            (first.start < last.end).then_some(Range { from, to })
        }
    }
}

/// A period, or a single day.
fn period(word: &str, today: jiff::civil::Date, zone: &TimeZone) -> Option<Period> {
    let days = if read_date(word).is_some() { format!("{word}..{word}") } else { word.to_owned() };
    Period::parse(&days, today, zone).ok()
}

/// Seconds, from a length such as `<2d`, `>=4h`, `<30m`; always a bound.
pub(super) fn lengths(word: &str) -> Option<Range<i64>> {
    let (sign, length) = sign(word)?;
    Some(bounded(sign, seconds(length)?))
}

/// `30m`, `4h`, `2d`, `1w` in seconds.
fn seconds(word: &str) -> Option<i64> {
    let unit = match word.chars().last()? {
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        'w' => 7 * 24 * 60 * 60,
        _ => return None,
    };
    let number = i64::from(whole_number(&word[..word.len() - 1])?);
    if number <= 1_000_000 { Some(number * unit) } else { None }
}

/// A whole number, or a bound of one.
pub(super) fn numbers(word: &str) -> Option<Range<u32>> {
    match sign(word) {
        Some((sign, word)) => Some(bounded(sign, whole_number(word)?)),
        None => whole_number(word).map(|n| Range { from: Bound::Included(n), to: Bound::Included(n) }),
    }
}

/// Digits, and no sign.
fn whole_number(word: &str) -> Option<u32> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) { word.parse().ok() } else { None }
}
