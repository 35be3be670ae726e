//! `--format`: each command allows only its own formats.

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

/// Allows these formats.
pub(crate) fn one_of(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    parser(formats.iter().map(|format| (*format, value(*format))).collect())
}

/// The same for findings. Their text format was called `human` before: that word still works, but is not shown.
pub(crate) fn of_findings(formats: &[Format]) -> impl TypedValueParser<Value = Format> + use<> {
    let mut named = Vec::new();
    for format in formats {
        let value = value(*format);
        named.push((*format, if *format == Format::Text { value.alias("human") } else { value }));
    }
    parser(named)
}

/// The error for a format that the command line does not allow.
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
