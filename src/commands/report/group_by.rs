//! `--group-by`: what a report is broken down by.

use crate::error::{Error, Result};
use crate::report::{Dimension, Span};

mod say {
    crate::messages! {
        no_division(word, known, spans) {
            "`{word}` is nothing to break a report down by; known: {known}; for `fb report trend` also {spans}",
            "不能按 `{word}` 细分；可用：{known}；`fb report trend` 还可用 {spans}"
        }
        by_time(word) {
            "only `fb report trend` has a column a {word}",
            "只有 `fb report trend` 能按 {word} 分列"
        }
        by_what(known) { "--group-by takes {known}", "--group-by 可用 {known}" }
    }
}

/// What a report is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GroupBy {
    /// The values of an attribute.
    By(Dimension),
    /// Stretches of time.
    Every(Span),
}

/// The stretches of time that make a column.
const SPANS: [(&str, Span); 4] =
    [("month", Span::Month), ("quarter", Span::Quarter), ("half", Span::Half), ("year", Span::Year)];

impl GroupBy {
    /// Reads the word of the flag.
    ///
    /// # Errors
    /// What is known, where the word is not.
    pub(crate) fn parse(word: &str) -> Result<GroupBy> {
        let dimension = Dimension::ALL.into_iter().find(|dimension| dimension.word() == word);
        let span = || SPANS.iter().find(|(name, _)| *name == word).map(|(_, span)| *span);
        let found = dimension.map(GroupBy::By).or_else(|| span().map(GroupBy::Every));
        found.ok_or_else(|| {
            Error::refused(say::no_division(word, dimensions(), SPANS.map(|(name, _)| name).join(", ")))
        })
    }
}

fn dimensions() -> String {
    Dimension::ALL.map(Dimension::word).join(", ")
}

/// The dimensions among them; a stretch of time is refused.
///
/// # Errors
/// Where there is a stretch of time.
pub(super) fn dimensions_of(divisions: &[GroupBy]) -> Result<Vec<Dimension>> {
    let dimension = |division: &GroupBy| match division {
        GroupBy::By(dimension) => Ok(*dimension),
        GroupBy::Every(span) => {
            let word = SPANS.iter().find(|(_, known)| known == span).map_or("month", |(word, _)| *word);
            Err(Error::refused(say::by_time(word)).hint(say::by_what(dimensions())))
        }
    };
    divisions.iter().map(dimension).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_dimension_or_a_stretch_of_time() {
        assert_eq!(GroupBy::parse("department").unwrap(), GroupBy::By(Dimension::Department));
        assert_eq!(GroupBy::parse("quarter").unwrap(), GroupBy::Every(Span::Quarter));
        assert!(GroupBy::parse("departement").unwrap_err().to_string().contains("department"));
        assert!(dimensions_of(&[GroupBy::Every(Span::Month)]).is_err());
    }
}
