//! What a report is asked about: a period, and which cases.

use clap::Args;

use crate::arguments::word::period;
use crate::arguments::{flag, value};
use crate::error::Result;
use crate::query::Key;
use crate::report::{Period, Span};
use crate::session::Session;

/// `2026-10 kind:complaint department:quality`.
#[derive(Debug, Clone, Args)]
pub(crate) struct PeriodAndQueryArgs {
    #[arg(value_name = value::PERIOD_AND_QUERY.both(), help = flag::PERIOD_AND_QUERY.both())]
    words: Vec<String>,
}

impl PeriodAndQueryArgs {
    /// The period that is named, else the last full one of a span.
    pub(super) fn period(&self, session: &Session, span: Span) -> Result<Period> {
        period(session, self.words.first().filter(|word| !is_term(word)).map(String::as_str), span)
    }

    /// The period that is named, if one is.
    pub(super) fn named(&self, session: &Session) -> Result<Option<Period>> {
        let word = self.words.first().filter(|word| !is_term(word));
        word.map(|word| period(session, Some(word), Span::Month)).transpose()
    }

    /// The terms after the period.
    pub(super) fn terms(&self) -> &[String] {
        match self.words.first() {
            Some(word) if !is_term(word) => &self.words[1..],
            _ => &self.words,
        }
    }
}

/// Whether the first word is not a period but a term of the query.
fn is_term(word: &str) -> bool {
    let word = word.trim_start_matches(['!', '-']);
    let key = word.split_once(':').map_or(word, |(key, _)| key);
    Key::ALL.iter().any(|known| known.word() == key && !key.is_empty()) || !word.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_told_from_a_period() {
        for term in ["kind:complaint", "!channel:hotline", "overdue", "茶杯", "received:2026-10"] {
            assert!(is_term(term), "{term}");
        }
        for period in ["2026-10", "last-month", "2026-13", "2026-10-01..2026-10-15", "oct"] {
            assert!(!is_term(period), "{period}");
        }
    }
}
