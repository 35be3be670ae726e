//! Reading a TOML file by hand: every value with its place, every problem noted, none ends the reading.

use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::words;
use crate::error::{Finding, Place, Places};
use crate::lang::{Text, common};

/// A value with its place.
pub(super) type Item<'t> = Spanned<DeValue<'t>>;
/// Where a value stands, in bytes.
pub(super) type Span = Range<usize>;

/// A TOML file that is being read.
pub(super) struct Source<'t> {
    path: PathBuf,
    text: &'t str,
    places: Places<'t>,
    findings: Vec<Finding>,
}

impl<'t> Source<'t> {
    pub(super) fn new(path: &Path, text: &'t str) -> Source<'t> {
        Source { path: path.to_owned(), text, places: Places::of(text), findings: Vec::new() }
    }

    /// The whole file, or nothing but noted problems.
    pub(super) fn parse(&mut self) -> Option<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return Some(table.into_inner());
        }
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            self.problem(span, words::toml_syntax(error.message().trim()));
        }
        None
    }

    /// What was found wrong.
    pub(super) fn finish(self) -> Vec<Finding> {
        self.findings
    }

    pub(super) fn place(&self, span: &Span) -> Place {
        self.places.of_bytes(&self.path, span.clone())
    }

    /// Notes a problem; the finding can be given more words.
    pub(super) fn problem(&mut self, span: Span, message: Text) -> &mut Finding {
        let place = self.place(&span);
        self.findings.push(Finding::error("bad-policy", place, message));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Notes a name that is not known, with the known ones or the nearest of them.
    pub(super) fn unknown<'k>(
        &mut self,
        span: Span,
        message: Text,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = common::nearest(word, known.iter().copied())
            .map_or_else(|| common::known_words(known), common::did_you_mean);
        self.problem(span, message).help.push(help);
    }

    /// Notes every key of a table that is not known.
    pub(super) fn keys(&mut self, table: &DeTable<'_>, name: &Text, known: &[&str]) {
        for (key, _) in table {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                self.unknown(key.span(), words::unknown_key(word, name), word, known.iter().copied());
            }
        }
    }

    /// Notes that a table lacks a key.
    pub(super) fn missing(&mut self, span: Span, table: &Text, key: &str) {
        self.problem(span, words::missing_key(key, table));
    }

    pub(super) fn string<'v>(&mut self, key: &str, item: &'v Item<'_>) -> Option<&'v str> {
        let text = item.get_ref().as_str();
        if text.is_none() {
            self.problem(item.span(), words::wants_string(key));
        }
        text
    }

    /// A list of texts; a single text is a list of one.
    pub(super) fn strings<'v>(&mut self, key: &str, item: &'v Item<'_>) -> Vec<(&'v str, Span)> {
        if let Some(text) = item.get_ref().as_str() {
            return vec![(text, item.span())];
        }
        let Some(list) = item.get_ref().as_array() else {
            self.problem(item.span(), words::wants_strings(key));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in list {
            match entry.get_ref().as_str() {
                Some(text) => texts.push((text, entry.span())),
                None => {
                    self.problem(entry.span(), words::wants_strings(key));
                }
            }
        }
        texts
    }

    pub(super) fn flag(&mut self, key: &str, item: &Item<'_>) -> Option<bool> {
        let flag = item.get_ref().as_bool();
        if flag.is_none() {
            self.problem(item.span(), words::wants_flag(key));
        }
        flag
    }

    pub(super) fn number(&mut self, key: &str, item: &Item<'_>) -> Option<f64> {
        let number = match item.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.problem(item.span(), words::wants_number(key));
        }
        number
    }

    pub(super) fn date(&mut self, item: &Item<'_>) -> Option<Date> {
        let word = match item.get_ref() {
            DeValue::String(word) => word,
            _ => self.text.get(item.span()).unwrap_or_default(),
        };
        let date = super::read_date(word);
        if date.is_none() {
            self.problem(item.span(), words::bad_date(word));
        }
        date
    }

    pub(super) fn table<'v, 'i>(&mut self, key: &str, item: &'v Item<'i>) -> Option<&'v DeTable<'i>> {
        let table = item.get_ref().as_table();
        if table.is_none() {
            self.problem(item.span(), words::wants_table(key));
        }
        table
    }

    /// A name that people read: text, or a table with `en` and `zh`; `more` keys are allowed beside them.
    pub(super) fn label(&mut self, key: &str, item: &Item<'_>, more: &[&str]) -> Option<Text> {
        if let Some(text) = item.get_ref().as_str() {
            return Some(Text::same(text));
        }
        let Some(table) = item.get_ref().as_table() else {
            self.problem(item.span(), words::wants_label(key));
            return None;
        };
        let mut known = vec!["en", "zh"];
        known.extend(more);
        self.keys(table, &words::in_table(key), &known);
        let mut word =
            |lang: &str| table.get(lang).and_then(|item| self.string(lang, item)).map(str::to_owned);
        match (word("en"), word("zh")) {
            (Some(en), Some(zh)) => Some(Text::new(en, zh)),
            (Some(only), None) | (None, Some(only)) => Some(Text::same(only)),
            (None, None) => {
                self.problem(item.span(), words::wants_label(key));
                None
            }
        }
    }
}
