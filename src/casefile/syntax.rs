//! Says why a text is not YAML, in words that a clerk understands.

use std::path::Path;

use super::lines::{last, lines};
use super::say;
use super::tree::{BrokenTree, MAX_DEPTH, MAX_NODES, Mark};
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

/// The finding for a text that could not be parsed.
pub(super) fn finding(broken: BrokenTree, text: &str, path: &Path) -> Finding {
    let place =
        |mark: Mark| Place::at(path, mark.line, mark.column, mark.width(|line| text.lines().nth(line)));
    match broken {
        BrokenTree::Empty => unreadable(Place::file(path), say::nothing()),
        BrokenTree::TooDeep(mark) => unreadable(place(mark), say::too_deep(MAX_DEPTH)),
        BrokenTree::TooMany(mark) => {
            unreadable(place(mark), say::too_many(MAX_NODES)).help(say::attach_instead())
        }
        BrokenTree::Several(mark) => unreadable(place(mark), say::several()).help(say::one_file_each()),
        BrokenTree::Syntax { line, column, says } => {
            if let Some(tab) = tab_near(text, line) {
                return unreadable(place(tab), say::tab()).help(say::spaces_instead());
            }
            let (line, column) = within(text, line, column);
            let place = Place::at(path, line, column, 1);
            match explained(&says) {
                Some((message, help)) => unreadable(place, message).help(help),
                None => unreadable(place, say::not_yaml()).note(say::parser_says(says)),
            }
        }
    }
}

fn unreadable(place: Place, message: Text) -> Finding {
    Finding::error(Code::Unreadable, place, message)
}

/// The tab in the indentation of the line where the parser stopped, or of the next: some of its errors about a tab are
/// at the end of the value before.
fn tab_near(text: &str, line: usize) -> Option<Mark> {
    for (index, line) in text.lines().enumerate().skip(line.saturating_sub(1)).take(2) {
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let content = line.trim_start();
        if let Some(tab) = indentation.find('\t')
            && !content.is_empty()
            && !content.starts_with('#')
        {
            return Some(Mark::point(index + 1, tab + 1));
        }
    }
    None
}

/// The place itself, or the end of its line, or that of the text if the parser expected more.
fn within(text: &str, line: usize, column: usize) -> (usize, usize) {
    let (last, characters) = last(text);
    if line > last {
        return (last, characters + 1);
    }
    let line_of = lines(text).nth(line.saturating_sub(1)).unwrap_or_default();
    (line, column.min(line_of.trim_end_matches(['\r', '\n']).chars().count() + 1))
}

/// The usual cause of the parser's error, and what to do.
fn explained(says: &str) -> Option<(Text, Text)> {
    const MISPLACED: &[&str] = &[
        "expected key",
        "expected '-'",
        "invalid indentation",
        "document start",
        "simple key",
        "block sequence entries",
        "wrongly indented",
    ];
    let any = |parts: &[&str]| parts.iter().any(|part| says.contains(part));
    Some(if any(&["unknown anchor"]) {
        (say::reference(), say::write_it_out())
    } else if any(&["mapping values are not allowed", "placement of ':'"]) {
        (say::second_colon(), say::quote_colon())
    } else if any(&["end of stream", "document indicator", "in quoted scalar"]) {
        (say::open_quote(), say::close_quote())
    } else if any(&["trailing content after"]) {
        (say::after_quote(), say::quote_whole())
    } else if any(&["unexpected character"]) {
        (say::first_character(), say::quote_whole())
    } else if any(&["',' or", "misplaced bracket", "in flow construct"]) {
        (say::bracket(), say::close_bracket())
    } else if any(&["escape", "hexadecimal"]) {
        (say::escape(), say::escape_escape())
    } else if any(&["byte order mark"]) {
        (say::stray_mark(), say::delete_it())
    } else if any(&["comment intercepting"]) {
        (say::comment(), say::quote_whole())
    } else if any(MISPLACED) {
        (say::misplaced(), say::align())
    } else {
        return None;
    })
}
