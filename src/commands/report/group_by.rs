//! `--group-by`: what a report is broken down by.

use crate::error::{Error, Result};
use crate::report::{Dimension, Span};

mod say {
    crate::messages! {
        no_division(word, known, spans) {
            "a report cannot be broken down by `{word}`; known: {known}; for `fb report trend` also {spans}",
            "不能按 `{word}` 细分；可用：{known}；`fb report trend` 还可用 {spans}"
        }
        by_time(word) {
            "only `fb report trend` has a column for each {word}",
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
    /// Spans of time.
    Every(Span),
}

/// The spans of time that can be a column.
const SPANS: [(&str, Span); 4] =
    [("month", Span::Month), ("quarter", Span::Quarter), ("half", Span::Half), ("year", Span::Year)];

impl GroupBy {
    /// Reads the word of the flag.
    ///
    /// # Errors
    /// The word is unknown; the error lists the known ones.
    pub(crate) fn parse(word: &str) -> Result<GroupBy> {
        if let Some(dimension) = Dimension::ALL.into_iter().find(|dimension| dimension.word() == word) {
            return Ok(GroupBy::By(dimension));
        }
        if let Some((_, span)) = SPANS.iter().find(|(name, _)| *name == word) {
            return Ok(GroupBy::Every(*span));
        }
        let spans = SPANS.map(|(name, _)| name).join(", ");
        Err(Error::refused(say::no_division(word, dimensions(), spans)))
    }
}

fn dimensions() -> String {
    Dimension::ALL.map(Dimension::word).join(", ")
}

/// The dimensions; a span of time is refused.
///
/// # Errors
/// There is a span of time.
pub(super) fn dimensions_of(divisions: &[GroupBy]) -> Result<Vec<Dimension>> {
    let mut found = Vec::with_capacity(divisions.len());
    for division in divisions {
        match division {
            GroupBy::By(dimension) => found.push(*dimension),
            GroupBy::Every(span) => {
                let word = SPANS.iter().find(|(_, known)| known == span).map_or("month", |(word, _)| *word);
                return Err(Error::refused(say::by_time(word)).hint(say::by_what(dimensions())));
            }
        }
    }
    Ok(found)
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
