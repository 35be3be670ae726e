//! The lines of the parts of a tree in a text, comments included.

use std::borrow::Cow;

use super::decode::BOM;
use super::tree::{Node, NodeContent, Style};

/// The text, with a line break at its end.
pub(super) fn ended(text: &str) -> Cow<'_, str> {
    if text.ends_with(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned([text, line_end(text)].concat())
}

/// The line break of the last line that has one.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.rfind(['\n', '\r']) {
        Some(place) if text[place..].starts_with('\r') => "\r",
        Some(place) if text[..place].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The lines of a text, each with its line break; as in YAML, a carriage return alone is one.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.find(['\n', '\r']) {
            Some(place) if rest[place..].starts_with("\r\n") => place + 2,
            Some(place) => place + 1,
            None => rest.len(),
        };
        let (line, below) = rest.split_at(end);
        rest = below;
        Some(line).filter(|line| !line.is_empty())
    })
}

/// What may be a comment on the lines of a text, from the `#` on. Inside quotes or a block it is not one.
pub(crate) fn comments(text: &str) -> impl Iterator<Item = &str> {
    lines(text.strip_prefix(BOM).unwrap_or(text)).filter_map(comment)
}

fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with('#') {
        return Some(line);
    }
    let space = [" #", "\t#"].iter().filter_map(|begins| line.find(begins)).min()?;
    line.get(space + 1..)
}

/// The last line of a text, from 1, and its length in characters. The parser counts one more.
pub(super) fn last(text: &str) -> (usize, usize) {
    let line = lines(text).last().unwrap_or_default();
    (lines(text).count().max(1), line.trim_end_matches(['\r', '\n']).chars().count())
}

/// The line of the `-` of an event, from 0, which may be above that of its first key; and its indentation in spaces.
pub(super) fn dash(item: &Node<'_>, lines: &[&str]) -> Option<(usize, usize)> {
    for (at, line) in lines.get(..item.mark.line)?.iter().enumerate().rev() {
        let spaces = indentation(line);
        if line[spaces..].starts_with('-') && spaces < item.mark.column {
            return Some((at, spaces));
        }
    }
    None
}

pub(super) fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

/// Whether a line is empty. A line of spaces is not: it may be a block's text, and below an added block it would become
/// so.
fn empty(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n']).is_empty()
}

/// The number of lines to the end of a part: for an event whose `-` is indented by `dash` spaces, its last word, lines
/// of spaces, and everything that is indented further, like its keys: comments, and a bracket after a comma, where the
/// parser sees its end. A comment further left belongs to what follows, or to the file.
pub(super) fn end(last: &Node<'_>, lines: &[&str], dash: usize) -> usize {
    let word = last_word(last);
    let mut end = word.mark.end_line;
    if let NodeContent::Word { text, style: Style::Block } = &word.content {
        // The end of a block is the beginning of what follows. Empty lines are its text only if it keeps them.
        end -= 1;
        let keeps = text.ends_with("\n\n") || text == "\n";
        while !keeps && end > 0 && lines.get(end - 1).is_some_and(|line| empty(line)) {
            end -= 1;
        }
    }
    let mut end = end.min(lines.len());
    for (index, line) in lines.iter().enumerate().skip(end) {
        if !line.trim().is_empty() && indentation(line) <= dash {
            break;
        }
        if !empty(line) {
            end = index + 1;
        }
    }
    end
}

/// The last thing in a node that is on lines of its own.
fn last_word<'t, 'a>(node: &'t Node<'a>) -> &'t Node<'a> {
    let last = match &node.content {
        NodeContent::Map { entries, flow: false } => entries.last().map(|(_, value)| value),
        NodeContent::List { items, flow: false } => items.last(),
        _ => None,
    };
    last.map_or(node, last_word)
}
