//! TOML with the place of everything, and what was found wrong so far.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::words;
use crate::error::{Finding, Place, Places};
use crate::lang::{Text, common};

/// Bytes of the text.
pub(super) type Span = Range<usize>;

/// A key with its value.
pub(super) struct Entry<'f> {
    pub key: &'f str,
    /// Where the key stands.
    pub span: Span,
    pub value: &'f Spanned<DeValue<'f>>,
}

/// Reads one file and gathers its problems.
pub(super) struct Reader<'t> {
    text: &'t str,
    places: Places<'t>,
    path: &'t Path,
    findings: Vec<Finding>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str, path: &'t Path) -> Reader<'t> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Reader { text, places: Places::of(text), path, findings: Vec::new() }
    }

    /// The file as TOML; `None` if it is not.
    pub(crate) fn parse(&mut self) -> Option<DeTable<'t>> {
        let (file, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let end = self.text.len();
            self.problem::<()>(
                error.span().unwrap_or(end..end),
                words::no_toml(error.message()),
                words::fix_toml(),
            );
        }
        errors.is_empty().then(|| file.into_inner())
    }

    /// Notes what is wrong there and what to do about it; nothing could be read.
    pub(crate) fn problem<T>(&mut self, span: Span, message: Text, help: Text) -> Option<T> {
        let place = self.places.of_bytes(self.path, span);
        self.findings.push(Finding::error("bad-policy", place, message).help(help));
        None
    }

    /// Notes that the file lacks something, and what to do about it; nothing could be read.
    pub(crate) fn missing<T>(&mut self, message: Text, help: Text) -> Option<T> {
        self.findings.push(Finding::error("bad-policy", Place::file(self.path), message).help(help));
        None
    }

    /// Whether nothing was found.
    pub(crate) fn is_content(&self) -> bool {
        self.findings.is_empty()
    }

    /// What was found, in the order of the file.
    pub(crate) fn findings(mut self) -> Vec<Finding> {
        self.findings.sort_by(|one, other| one.place.cmp(&other.place));
        self.findings
    }

    /// A table's entries in the order of the file.
    pub(crate) fn entries<'f>(&self, table: &'f DeTable<'f>) -> Vec<Entry<'f>> {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry { key: key.get_ref().as_ref(), span: key.span(), value })
            .collect();
        entries.sort_by_key(|entry| entry.span.start);
        entries
    }

    /// A table's entries in the order of the file; a key that is not among the known ones is noted.
    pub(crate) fn known<'f>(&mut self, table: &'f DeTable<'f>, known: &[&str]) -> Vec<Entry<'f>> {
        let entries = self.entries(table);
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key)) {
            let help = match common::nearest(entry.key, known.iter().copied()) {
                Some(name) => words::did_you_mean(name),
                None => words::keys_are(known.join(", ")),
            };
            self.problem::<()>(entry.span.clone(), words::unknown_key(entry.key), help);
        }
        entries
    }

    /// The table that stands behind a key; anything else is noted.
    pub(crate) fn table<'f>(&mut self, entry: &Entry<'f>) -> Option<&'f DeTable<'f>> {
        let table = entry.value.get_ref().as_table();
        table.or_else(|| self.problem(entry.value.span(), words::no_table(entry.key), words::use_table()))
    }

    /// A word as it was meant: a string without its quotes, anything else as it stands in the file.
    pub(crate) fn word<'f>(&self, value: &'f Spanned<DeValue<'f>>) -> &'f str
    where
        't: 'f,
    {
        match value.get_ref() {
            DeValue::String(word) => word.as_ref(),
            _ => self.text.get(value.span()).unwrap_or_default(),
        }
    }
}
