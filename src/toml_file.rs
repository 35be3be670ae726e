//! The TOML files that people write: one reader, which knows the place of everything and notes everything that is
//! wrong; one way to add to them ([`insert`]), and one to take a part of them ([`only`]).
//!
//! Pure. It knows what TOML is and what a person can get wrong in it. It does not know what a file is for: the readers
//! of `fb.toml`, of a policy, of a calendar, of an import's map and of `audit.toml` each say which keys there are, ask
//! for their values, and note what only they can see. The same mistake is the same finding in every file: the code, the
//! sentence and the help are here.

pub(crate) mod insert;
mod only;
mod say;
mod value;

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, Error};

use crate::error::{Code, Finding, Place, Places};
use crate::lang::{Say, Text, common};
pub(crate) use only::only;
pub(crate) use value::{TomlKeys, TomlTable, TomlValue};

/// Reads a file. `make` takes what it needs from the top table.
///
/// # Errors
/// Everything that is wrong, in the order of the file. A TOML syntax error is reported alone: half a file would give
/// false findings.
pub(crate) fn read<T>(
    text: &str,
    path: &Path,
    make: impl FnOnce(&TomlTable<'_>) -> Option<T>,
) -> Result<T, Vec<Finding>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    let file = TomlFile { text, path, places: Places::of(text), findings: RefCell::default() };
    errors.iter().for_each(|error| file.syntax(error));
    let made = if errors.is_empty() { make(&TomlTable::top(&file, root.get_ref())) } else { None };
    let mut findings = file.findings.into_inner();
    findings.sort_by(|one, other| one.place.cmp(&other.place));
    match made {
        Some(made) if findings.is_empty() => Ok(made),
        _ => Err(findings),
    }
}

/// A file that is being read, and what was found wrong so far.
struct TomlFile<'t> {
    text: &'t str,
    path: &'t Path,
    places: Places<'t>,
    findings: RefCell<Vec<Finding>>,
}

impl TomlFile<'_> {
    /// What the parser found.
    fn syntax(&self, error: &Error) {
        let span = error.span().unwrap_or(self.text.len()..self.text.len());
        let at = TomlPlace { file: self, span: span.clone() };
        let key = self.text.get(span).unwrap_or_default().trim_matches(['"', '\'']);
        match error.message().trim() {
            "duplicate key" => at.problem(say::twice(key), say::keep_one()),
            detail => at.problem(say::syntax(detail), say::syntax_help()),
        }
    }
}

/// A place in a file that is being read.
#[derive(Clone)]
pub(crate) struct TomlPlace<'f> {
    file: &'f TomlFile<'f>,
    span: Range<usize>,
}

impl TomlPlace<'_> {
    /// Its line and column.
    pub(crate) fn place(&self) -> Place {
        self.file.places.of_bytes(self.file.path, self.span.clone())
    }

    /// Notes what is wrong here, and what to do about it.
    pub(crate) fn problem(&self, message: Text, help: impl Into<Option<Text>>) {
        let finding = Finding::error(Code::BadPolicy, self.place(), message);
        let help = help.into().into_iter().collect();
        self.file.findings.borrow_mut().push(Finding { help, ..finding });
    }
}

/// A word and its place: a key, or a text.
#[derive(Clone)]
pub(crate) struct TomlWord<'f> {
    pub(crate) word: &'f str,
    pub(crate) at: TomlPlace<'f>,
}

impl TomlWord<'_> {
    /// The one of `all` that the word names; notes it if there is none.
    pub(crate) fn one_of<T: Copy>(
        &self,
        what: Text,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|one| name(*one) == self.word);
        if found.is_none() {
            self.unknown(what, all.iter().map(|one| name(*one)));
        }
        found
    }

    /// Notes that the word is not one of the known words.
    pub(crate) fn unknown<'k>(&self, what: impl Say, known: impl IntoIterator<Item = &'k str>) {
        self.at.problem(say::unknown_word(what, self.word), self.nearest(known));
    }

    /// Notes that the word is not a key of a table, or of the file itself.
    fn unknown_key<'k>(&self, table: Option<String>, known: impl IntoIterator<Item = &'k str>) {
        let message = match table {
            Some(table) => say::unknown_key(self.word, table),
            None => say::unknown_key_here(self.word),
        };
        self.at.problem(message, self.nearest(known));
    }

    /// The known word that was probably meant, else the known words.
    fn nearest<'k>(&self, known: impl IntoIterator<Item = &'k str>) -> Text {
        let known: Vec<&str> = known.into_iter().collect();
        common::nearest(self.word, known.iter().copied())
            .map_or_else(|| common::known_words(known), common::did_you_mean)
    }
}
