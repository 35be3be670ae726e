//! What went wrong, as data: [`Finding`]s in files and one [`Error`] that ends a command.
//!
//! Both are made where the problem is found, with their text in both languages, and drawn in one place (`ui`).

mod code;

use std::cell::Cell;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use crate::case::Id;
use crate::lang::Text;
use crate::privacy::masked;

pub use code::Code;

/// The result of everything that can end a command.
pub type Result<T> = std::result::Result<T, Error>;

/// The exit status of a command; the same everywhere.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done, nothing found.
    Done = 0,
    /// `check` found something; a query that asked for one case found none.
    Found = 1,
    /// The command line or an answer is wrong; nothing was written.
    Refused = 2,
    /// The ledger could not be read completely, or a write or git failed; the old content is still there.
    Failed = 3,
}

/// Why a command ends before it is done.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The exit status for it.
    pub exit: Exit,
    /// What is wrong.
    pub message: Text,
    /// What to do next.
    pub hints: Vec<Text>,
    /// What is wrong in files; with their places.
    pub findings: Vec<Finding>,
}

impl Error {
    /// The command line or an answer is wrong.
    pub(crate) fn refused(message: Text) -> Error {
        Error { exit: Exit::Refused, message, hints: Vec::new(), findings: Vec::new() }
    }

    /// The ledger, a write or git failed.
    pub(crate) fn failed(message: Text) -> Error {
        Error { exit: Exit::Failed, ..Error::refused(message) }
    }

    /// There is no such case.
    pub(crate) fn none(message: Text) -> Error {
        Error { exit: Exit::Found, ..Error::refused(message) }
    }

    /// The same error with one more thing to do next.
    #[must_use]
    pub(crate) fn hint(mut self, hint: Text) -> Error {
        self.hints.push(hint);
        self
    }

    /// The same error with the places in files.
    #[must_use]
    pub(crate) fn because(mut self, findings: Vec<Finding>) -> Error {
        self.findings = findings;
        self
    }

    /// The same error with more places in files.
    #[must_use]
    pub(crate) fn because_also(mut self, findings: Vec<Finding>) -> Error {
        self.findings.extend(findings);
        self
    }

    /// The same error with every personal number masked.
    #[must_use]
    pub(crate) fn discreet(mut self) -> Error {
        self.message = self.message.map(masked);
        self.hints.iter_mut().for_each(|hint| *hint = hint.map(masked));
        self.findings = self.findings.into_iter().map(Finding::discreet).collect();
        self
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `check` exits with 1.
    Error,
    /// Printed; `check` exits with 0 unless warnings are denied.
    Warning,
}

/// A place in a file of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the ledger's root.
    pub path: PathBuf,
    /// From 1; `None`: the file as a whole.
    pub line: Option<usize>,
    /// From 1, in characters.
    pub column: Option<usize>,
    /// How many characters to mark.
    pub width: usize,
    /// Line and column are those of a cell in a workbook, such as `B12`.
    pub cell: bool,
}

impl Place {
    /// The file as a whole.
    pub(crate) fn file(path: impl Into<PathBuf>) -> Place {
        Place { path: path.into(), line: None, column: None, width: 1, cell: false }
    }

    /// A place in it; line and column from 1.
    pub(crate) fn at(path: impl Into<PathBuf>, line: usize, column: usize, width: usize) -> Place {
        Place { path: path.into(), line: Some(line), column: Some(column), width: width.max(1), cell: false }
    }

    /// A cell in a workbook; row and column from 1.
    pub(crate) fn cell(path: impl Into<PathBuf>, row: usize, column: usize) -> Place {
        Place { cell: true, ..Place::at(path, row, column, 1) }
    }
}

/// The places in a text, whose lines are looked up once for any number of places.
#[derive(Debug, Clone)]
pub(crate) struct Places<'t> {
    /// Without its byte order mark, which has this many bytes.
    text: &'t str,
    mark: usize,
    /// Where each line begins.
    lines: Vec<usize>,
    /// The last request: where its line begins, and how many characters are before it on the line. Of many places on
    /// one line, each is counted from the one before.
    last: Cell<(usize, usize)>,
}

impl<'t> Places<'t> {
    /// Of a whole text.
    pub(crate) fn of(text: &'t str) -> Places<'t> {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
        let begins = plain.match_indices('\n').map(|(end, _)| end + 1);
        let lines = std::iter::once(0).chain(begins).collect();
        Places { text: plain, mark: text.len() - plain.len(), lines, last: Cell::new((0, 0)) }
    }

    /// The place of these bytes of the text; if they cover several lines, the part on the first. A byte order mark has
    /// no column, and a line break has one, in either form.
    pub(crate) fn of_bytes(&self, path: impl Into<PathBuf>, bytes: Range<usize>) -> Place {
        let text = self.text;
        let bytes = bytes.start.saturating_sub(self.mark)..bytes.end.saturating_sub(self.mark);
        let start = if text.is_char_boundary(bytes.start) { bytes.start } else { text.len() };
        let line = self.lines.partition_point(|begin| *begin <= start);
        let begin = self.lines[line - 1];
        let ends = text[start..].starts_with('\n') && text[begin..start].ends_with('\r');
        let end = start - usize::from(ends);
        let (from, before) =
            Some(self.last.get()).filter(|(at, _)| (begin..=end).contains(at)).unwrap_or((begin, 0));
        let before = before + text[from..end].chars().count();
        self.last.set((end, before));
        let marked = text.get(bytes.start..bytes.end.min(text.len())).unwrap_or_default();
        let width = marked.lines().next().unwrap_or_default().chars().count();
        Place::at(path, line, before + 1, width)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match (self.line, self.column) {
            (Some(row), Some(column)) if self.cell => write!(f, ":{}{row}", letters(column)),
            (Some(line), Some(column)) => write!(f, ":{line}:{column}"),
            (Some(line), None) => write!(f, ":{line}"),
            _ => Ok(()),
        }
    }
}

/// A column's name in a workbook: A to Z, then AA.
fn letters(column: usize) -> String {
    let Some(column) = column.checked_sub(1) else { return String::new() };
    let last = char::from(b'A' + (column % 26) as u8);
    letters(column / 26) + &last.to_string()
}

/// An error, or something to look at, in a file of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its code, such as `wrong-directory`; stable, for `--only` and for programs.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// The case that it is about.
    pub id: Option<Id>,
    /// What is wrong, in the user's words.
    pub message: Text,
    /// Words under the mark in the excerpt.
    pub label: Option<Text>,
    /// Its possible cause, or the rule that it breaks.
    pub notes: Vec<Text>,
    /// What to do next.
    pub help: Vec<Text>,
}

impl Finding {
    /// An error.
    pub(crate) fn error(code: Code, place: Place, message: Text) -> Finding {
        Finding {
            code,
            severity: Severity::Error,
            place,
            id: None,
            message,
            label: None,
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning.
    pub(crate) fn warning(code: Code, place: Place, message: Text) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, place, message) }
    }

    /// The same finding, about a case.
    #[must_use]
    pub(crate) fn of(mut self, id: &Id) -> Finding {
        self.id = Some(id.clone());
        self
    }

    /// The same finding, with words under the mark.
    #[must_use]
    pub(crate) fn label(mut self, label: Text) -> Finding {
        self.label = Some(label);
        self
    }

    /// The same finding, with a note about its cause.
    #[must_use]
    pub(crate) fn note(mut self, note: Text) -> Finding {
        self.notes.push(note);
        self
    }

    /// The same finding, with what to do next.
    #[must_use]
    pub(crate) fn help(mut self, help: Text) -> Finding {
        self.help.push(help);
        self
    }

    /// The same finding with every personal number in its text masked: no output contains such a number, even in a
    /// quote from a file.
    #[must_use]
    pub(crate) fn discreet(mut self) -> Finding {
        let hide = |text: &mut Text| *text = text.map(masked);
        hide(&mut self.message);
        self.label.iter_mut().chain(&mut self.notes).chain(&mut self.help).for_each(hide);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_name_that_the_workbook_gives_it() {
        for (column, row, expected) in [
            (1, 1, "a.xlsx:A1"),
            (2, 12, "a.xlsx:B12"),
            (26, 3, "a.xlsx:Z3"),
            (27, 3, "a.xlsx:AA3"),
            (702, 3, "a.xlsx:ZZ3"),
            (703, 3, "a.xlsx:AAA3"),
            (16_384, 1_048_576, "a.xlsx:XFD1048576"),
        ] {
            assert_eq!(Place::cell("a.xlsx", row, column).to_string(), expected);
        }
        assert_eq!(Place::at("a.csv", 2, 3, 1).to_string(), "a.csv:2:3");
    }

    #[test]
    fn bytes_have_the_line_and_the_column_that_an_editor_shows() {
        for (text, bytes, expected) in [
            ("a = 1\nb = 茶", 10..13, (2, 5, 1)),
            ("a = 茶b", 7..8, (1, 6, 1)),
            // A mark at the beginning, and both ends of a line
            ("\u{feff}ab = 1", 4..5, (1, 2, 1)),
            ("\u{feff}ab", 0..4, (1, 1, 1)),
            ("a = \"\r\nb", 6..7, (1, 6, 1)),
            ("a = \"\nb", 5..6, (1, 6, 1)),
            ("a\r\nb\r\nc", 0..7, (1, 1, 1)),
            ("a", 5..9, (1, 2, 1)),
        ] {
            let place = Places::of(text).of_bytes("a.toml", bytes);
            assert_eq!((place.line.unwrap(), place.column.unwrap(), place.width), expected, "{text:?}");
        }
    }

    #[test]
    fn many_places_of_one_text_are_looked_up_in_one_pass() {
        const MANY: usize = 100_000;
        for (text, below) in [("茶=1\n".repeat(MANY), true), ("茶=1,".repeat(MANY), false)] {
            let places = Places::of(&text);
            for n in 0..MANY {
                let place = places.of_bytes("a.toml", 6 * n..6 * n + 3);
                let expected = if below { (n + 1, 1) } else { (1, 4 * n + 1) };
                assert_eq!((place.line.unwrap(), place.column.unwrap()), expected);
            }
        }
    }
}
