//! What is wrong with a word that should be a stamp.

use jiff::civil::{Date, Time};

use super::say::{self, shown};
use crate::case::{BadStamp, Stamp};
use crate::lang::Text;

/// The stamp, or what is wrong with the word and what to write.
pub(super) fn stamp(word: &str) -> Result<Stamp, (Text, Text)> {
    Stamp::parse(word).map_err(|bad| match bad {
        BadStamp::NoOffset => (say::no_offset(shown(word)), say::add_offset(shown(&format!("{word}+08:00")))),
        BadStamp::Form => (wrong(word), say::stamp_form()),
    })
}

/// A date or time that does not exist is a different error from a word that is neither.
fn wrong(word: &str) -> Text {
    let Some((date, rest)) = word.split_at_checked(10).filter(|(date, _)| shaped(date, "0000-00-00")) else {
        return say::not_a_stamp(shown(word));
    };
    if date.parse::<Date>().is_err() {
        return say::no_such_date(date);
    }
    let time = rest.get(1..).unwrap_or_default();
    let time = time.get(..8).filter(|time| shaped(time, "00:00:00")).or(time.get(..5)).unwrap_or_default();
    if rest.is_empty() {
        say::no_time(word)
    } else if (shaped(time, "00:00:00") || shaped(time, "00:00")) && time.parse::<Time>().is_err() {
        say::no_such_time(time)
    } else {
        say::not_a_stamp(shown(word))
    }
}

/// Whether a word has digits where the form has zeros and is otherwise the same.
fn shaped(word: &str, form: &str) -> bool {
    word.len() == form.len()
        && word.bytes().zip(form.bytes()).all(|(a, b)| if b == b'0' { a.is_ascii_digit() } else { a == b })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_stamp_has_its_own_reason() {
        for (word, reason) in [
            ("2026-11-22T09:31:00", "`2026-11-22T09:31:00` has no offset from UTC"),
            ("2026-02-30T09:31:00+08:00", "there is no date `2026-02-30`"),
            ("2026-11-22T24:00:00+08:00", "there is no time `24:00:00`"),
            ("2026-11-22 25:00+08:00", "there is no time `25:00`"),
            ("2026-11-22", "`2026-11-22` is a date without a time"),
            ("yesterday", "`yesterday` is not a date and time"),
            ("2026-11-22T09:31:00+99:00", "`2026-11-22T09:31:00+99:00` is not a date and time"),
            ("昨天上午九点", "`昨天上午九点` is not a date and time"),
        ] {
            assert_eq!(stamp(word).map_err(|(reason, _)| reason.to_string()).err().as_deref(), Some(reason));
        }
    }
}
