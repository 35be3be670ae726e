//! `--format`: a command takes those formats that it has, and no other.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::error::Error;
use crate::render::Format;

mod say {
    crate::messages! {
        lacks(format) { "this command has no format `{format}`", "这条命令没有 `{format}` 格式" }
    }
}

/// What most commands print: a page for people, or an object for programs.
pub(crate) const PAGE_OR_OBJECT: &[Format] = &[Format::Text, Format::Json];

/// Takes one of these.
pub(crate) fn one_of(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    parser(formats.iter().map(|format| (*format, value(*format))).collect())
}

/// The same for findings, whose text was called `human` before: that word goes on working, but is not shown.
pub(crate) fn of_findings(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let named = |format: &Format| match format {
        Format::Text => (Format::Text, value(Format::Text).alias("human")),
        format => (*format, value(*format)),
    };
    parser(formats.iter().map(named).collect())
}

/// For the arm of a format that the command line does not take.
pub(crate) fn missing(format: Format) -> Error {
    Error::refused(say::lacks(format.word()))
}

fn value(format: Format) -> PossibleValue {
    PossibleValue::new(format.word()).help(format.purpose().both())
}

fn parser(known: Vec<(Format, PossibleValue)>) -> impl TypedValueParser<Value = Format> {
    let words: Vec<PossibleValue> = known.iter().map(|(_, value)| value.clone()).collect();
    PossibleValuesParser::new(words).try_map(move |word| {
        let found = known.iter().find(|(_, value)| value.matches(&word, false));
        found.map(|(format, _)| *format).ok_or(word)
    })
}
