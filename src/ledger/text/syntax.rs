//! Why a text is no YAML, in a clerk's words.

use std::path::Path;

use super::lines::{last, lines};
use super::tree::{Broken, MAX_DEPTH, MAX_NODES, Mark};
use super::words;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

/// The finding for a text that could not be read as a tree.
pub(super) fn finding(broken: Broken, text: &str, path: &Path) -> Finding {
    let place =
        |mark: Mark| Place::at(path, mark.line, mark.column, mark.width(|line| text.lines().nth(line)));
    let error = |place, message| Finding::error(Code::Unreadable, place, message);
    match broken {
        Broken::Empty => error(Place::file(path), words::nothing()),
        Broken::TooDeep(mark) => error(place(mark), words::too_deep(MAX_DEPTH)),
        Broken::TooMany(mark) => error(place(mark), words::too_many(MAX_NODES)).help(words::attach_instead()),
        Broken::Several(mark) => error(place(mark), words::several()).help(words::one_file_each()),
        Broken::Syntax { line, column, says } => {
            if let Some(tab) = tab_near(text, line) {
                return error(place(tab), words::tab()).help(words::spaces_instead());
            }
            let (line, column) = within(text, line, column);
            let found = |message| error(Place::at(path, line, column, 1), message);
            match explained(&says) {
                Some((message, help)) => found(message).help(help),
                None => found(words::not_yaml()).note(words::parser_says(says)),
            }
        }
    }
}

/// The tab in the indentation of the line where the parser stopped, or of the next: some of its complaints about a
/// tab stand at the end of the value before.
fn tab_near(text: &str, line: usize) -> Option<Mark> {
    let lines = text.lines().enumerate().skip(line.saturating_sub(1)).take(2);
    lines
        .filter_map(|(index, line)| {
            let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            let content = line.trim_start().chars().next()?;
            let tab = indentation.find('\t').filter(|_| content != '#')?;
            Some(Mark::point(index + 1, tab + 1))
        })
        .next()
}

/// The place itself, or the end of its line, or that of the text where the parser waited for more.
fn within(text: &str, line: usize, column: usize) -> (usize, usize) {
    let (last, characters) = last(text);
    if line > last {
        return (last, characters + 1);
    }
    let line_of = lines(text).nth(line.saturating_sub(1)).unwrap_or_default();
    (line, column.min(line_of.trim_end_matches(['\r', '\n']).chars().count() + 1))
}

/// What the parser's complaint comes from, mostly, and what to do.
fn explained(says: &str) -> Option<(Text, Text)> {
    let any = |parts: &[&str]| parts.iter().any(|part| says.contains(part));
    Some(match () {
        () if any(&["unknown anchor"]) => (words::reference(), words::write_it_out()),
        () if any(&["mapping values are not allowed", "placement of ':'"]) => {
            (words::second_colon(), words::quote_colon())
        }
        () if any(&["end of stream", "document indicator", "in quoted scalar"]) => {
            (words::open_quote(), words::close_quote())
        }
        () if any(&["trailing content after"]) => (words::after_quote(), words::quote_whole()),
        () if any(&["unexpected character"]) => (words::first_character(), words::quote_whole()),
        () if any(&["',' or", "misplaced bracket", "in flow construct"]) => {
            (words::bracket(), words::close_bracket())
        }
        () if any(&["escape", "hexadecimal"]) => (words::escape(), words::escape_escape()),
        () if any(&["byte order mark"]) => (words::stray_mark(), words::delete_it()),
        () if any(&["comment intercepting"]) => (words::comment(), words::quote_whole()),
        () if any(&[
            "expected key",
            "expected '-'",
            "invalid indentation",
            "document start",
            "simple key",
            "block sequence entries",
            "wrongly indented",
        ]) =>
        {
            (words::misplaced(), words::align())
        }
        () => return None,
    })
}
