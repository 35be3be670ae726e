//! Words of the command line that mean something of the shop: a kind, a period, a rule book.

use jiff::civil::Date;

use super::say;
use crate::case::Kind;
use crate::error::{Error, Result};
use crate::lang::common;
use crate::policy::{Preset, read_date};
use crate::report::{BadPeriod, Period, Sample, Span};
use crate::session::Session;

/// The period that a word names, else the last full one of a span.
///
/// # Errors
/// The word is not a period.
pub(crate) fn period(session: &Session, word: Option<&str>, span: Span) -> Result<Period> {
    let zone = &session.book.shop.zone;
    let today = session.book.shop.day(session.now);
    match word {
        Some(word) => Period::parse(word, today, zone)
            .map_err(|bad| Error::refused(bad.message()).hint(BadPeriod::help())),
        None => Ok(Period::last_full(today, span, zone)),
    }
}

/// The day that a word names.
///
/// # Errors
/// The word is not a date.
pub(crate) fn day(word: &str) -> Result<Date> {
    read_date(word).ok_or_else(|| Error::refused(say::no_date(word)).hint(say::date_help()))
}

/// The kind that a word names.
///
/// # Errors
/// There is no such kind; the error has the nearest one, or all.
pub(crate) fn known_kind(word: &str) -> Result<Kind> {
    Kind::of(word).ok_or_else(|| {
        let error = Error::refused(say::no_kind(word));
        match common::nearest(word, Kind::ALL.map(Kind::word)) {
            Some(near) => error.hint(common::did_you_mean(near)),
            None => error.hint(common::known_here(Kind::ALL.map(Kind::word).join(" "))),
        }
    })
}

/// The kinds that a sample is drawn from: those that are given, else all kinds for which customers are asked.
///
/// # Errors
/// A word is not a kind.
pub(crate) fn kinds(words: &[String]) -> Result<Vec<Kind>> {
    if words.is_empty() {
        return Ok(Sample::KINDS.to_vec());
    }
    words.iter().map(|word| known_kind(word)).collect()
}

/// There is no such rule book to start from.
pub(crate) fn no_preset(word: &str) -> Error {
    let known: Vec<&str> = Preset::ALL.iter().map(|preset| preset.name).collect();
    let error = Error::refused(say::no_preset(word));
    match common::nearest(word, known.iter().copied()) {
        Some(near) => error.hint(common::did_you_mean(near)),
        None => error.hint(common::known_here(known.join(" "))),
    }
}
