//! A case file in the layout that `fb` writes, as a tree; much faster than [`tree::parse`](super::tree::parse).
//!
//! Promises: a text that it accepts has the same tree as with the full reader, but without places. It refuses what is not
//! exactly of the layout, and the full reader reads that: comments, another indentation, empty lines and tabs outside a
//! block, anchors, tags, brackets other than those of a list of words, single quotes, folded blocks, carriage returns.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3_iter};

use super::decode::BOM;
use super::lines::indentation;
use super::tree::{MAX_NODES, Mark, Node, NodeContent, Style};

/// The indentation of the keys below `customer`, and of the `-` of an event.
const BELOW: usize = 2;

/// How much further a block is indented than its key.
const BLOCK: usize = 2;

/// The longest text. It has fewer words than bytes, so it is within the limit of the full reader.
const MAX_BYTES: usize = MAX_NODES;

/// No key of the format is as long; the full reader takes longer ones.
const LONGEST_KEY: usize = 64;

/// Most maps have fewer keys.
const KEYS: usize = 8;

/// Reads a text; `None` if it is not in the layout.
pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    if text.len() > MAX_BYTES || !text.ends_with('\n') || has_foreign(text) {
        return None;
    }
    let mut lines = Lines { current: None, rest: text };
    lines.advance();
    let mut keys = Vec::with_capacity(2 * KEYS);
    while let Some(line) = lines.indented(0) {
        keys.push(lines.key_with_more(line)?);
    }
    lines.end_with(map(keys))
}

/// Whether there are characters that the layout has nowhere.
fn has_foreign(text: &str) -> bool {
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7f);
    // No early end: so it is many bytes at once.
    text.bytes().fold(false, |found, byte| found | is_control(byte)) || text.contains(BOM)
}

fn node(content: NodeContent<'_>) -> Node<'_> {
    Node { mark: Mark::default(), content }
}

fn map<'t>(entries: Vec<(Node<'t>, Node<'t>)>) -> Node<'t> {
    node(NodeContent::Map { entries, flow: false })
}

fn word<'t>(text: impl Into<Cow<'t, str>>, style: Style) -> Node<'t> {
    node(NodeContent::Word { text: text.into(), style })
}

/// The lines of a text, read from the first to the last.
struct Lines<'t> {
    /// Without its line feed.
    current: Option<&'t str>,
    /// After the current line.
    rest: &'t str,
}

impl<'t> Lines<'t> {
    /// Goes to the next line, if there is one.
    fn advance(&mut self) {
        self.current = memchr(b'\n', self.rest.as_bytes()).map(|end| {
            let (line, rest) = self.rest.split_at(end);
            self.rest = &rest[1..];
            line
        });
    }

    /// The tree, if every line was read.
    fn end_with(&self, tree: Node<'t>) -> Option<Node<'t>> {
        if self.current.is_none() { Some(tree) } else { None }
    }

    /// The current line after its indentation, if that is so many spaces.
    fn indented(&self, spaces: usize) -> Option<&'t str> {
        let line = self.current?;
        if indentation(line) == spaces { Some(&line[spaces..]) } else { None }
    }

    /// A key of the file, which may have keys or events below it.
    fn key_with_more(&mut self, line: &'t str) -> Option<(Node<'t>, Node<'t>)> {
        let (key, "") = split(line)? else { return self.key(line, 0) };
        self.advance();
        let below = self.indented(BELOW)?;
        let value = if below.starts_with("- ") { self.events()? } else { self.keys(BELOW, Vec::new())? };
        Some((word(key, Style::Plain), value))
    }

    fn events(&mut self) -> Option<Node<'t>> {
        let mut items = Vec::with_capacity(KEYS);
        while let Some(first) = self.indented(BELOW).and_then(|line| line.strip_prefix("- ")) {
            let mut entries = Vec::with_capacity(KEYS);
            entries.push(self.key(first, BELOW + 2)?);
            items.push(self.keys(BELOW + 2, entries)?);
        }
        Some(node(NodeContent::List { items, flow: false }))
    }

    /// A map of the entries and of the keys that follow with this indentation.
    fn keys(&mut self, indent: usize, mut entries: Vec<(Node<'t>, Node<'t>)>) -> Option<Node<'t>> {
        while let Some(line) = self.indented(indent) {
            entries.push(self.key(line, indent)?);
        }
        Some(map(entries))
    }

    /// A key with its word, block or list; `line` is the current one after what precedes the key.
    fn key(&mut self, line: &'t str, indent: usize) -> Option<(Node<'t>, Node<'t>)> {
        let (key, value) = split(line)?;
        let value = value.strip_prefix(' ')?;
        self.advance();
        let value = match value.as_bytes().first()? {
            b'|' => word(self.block(value, indent + BLOCK)?, Style::Block),
            b'[' if !value.contains('\t') => list(value)?,
            b'"' if !value.contains('\t') => match quoted(value)? {
                (text, "") => word(text, Style::Quoted),
                _ => return None,
            },
            _ if is_plain(value) => word(value, Style::Plain),
            _ => return None,
        };
        Some((word(key, Style::Plain), value))
    }

    /// The text of a block whose lines have this indentation, the first of them exactly.
    fn block(&mut self, header: &str, indent: usize) -> Option<String> {
        let first = self.indented(indent)?;
        let mut text = String::with_capacity(2 * first.len());
        while let Some(line) = self.current {
            let spaces = indentation(line);
            if !line.is_empty() {
                if spaces < indent {
                    break;
                }
                // Whether blanks alone are text depends on how many they are.
                if line.trim_ascii().is_empty() || line[indent..].starts_with('\t') {
                    return None;
                }
                text.push_str(&line[indent..]);
            }
            text.push('\n');
            self.advance();
        }
        // Empty lines at the end are of the block or not, by its header.
        if text.ends_with("\n\n") {
            return None;
        }
        match header {
            "|" => {}
            "|-" => drop(text.pop()),
            _ => return None,
        }
        Some(text)
    }
}

/// A key as the format has them, and what follows its colon.
fn split(line: &str) -> Option<(&str, &str)> {
    let colon = line.bytes().position(|byte| !byte.is_ascii_lowercase() && byte != b'-')?;
    let (key, rest) = line.split_at(colon);
    let fits = (1..=LONGEST_KEY).contains(&colon) && !key.starts_with('-');
    rest.strip_prefix(':').filter(|_| fits).map(|rest| (key, rest))
}

/// Whether a text without quotes is a word as it is.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    let begins = !matches!(
        first,
        b' ' | b'-'
            | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
    );
    begins
        && !matches!(last, b' ' | b':')
        && memchr3_iter(b':', b'#', b'\t', bytes).all(|at| match bytes[at] {
            b':' => bytes[at + 1] != b' ',
            b'#' => bytes[at - 1] != b' ',
            _ => false,
        })
}

/// A list of words in brackets.
fn list(text: &str) -> Option<Node<'_>> {
    let mut items = Vec::new();
    let mut rest = text.strip_prefix('[')?;
    loop {
        let (item, after) = item(rest)?;
        items.push(item);
        match after.strip_prefix(", ") {
            Some(more) => rest = more,
            None if after == "]" => return Some(node(NodeContent::List { items, flow: true })),
            None => return None,
        }
    }
}

/// The first word of a list, and what follows it.
fn item(text: &str) -> Option<(Node<'_>, &str)> {
    if text.starts_with('"') {
        let (said, rest) = quoted(text)?;
        return Some((word(said, Style::Quoted), rest));
    }
    let (plain, rest) = text.split_at(text.find([',', ']'])?);
    let means_something = plain.contains(['[', '{', '}', ':', '?', '#']);
    if is_plain(plain) && !means_something { Some((word(plain, Style::Plain), rest)) } else { None }
}

/// The text in double quotes at the beginning, and what follows it.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let text = text.strip_prefix('"')?;
    let (first, mut rest) = up_to_sign(text)?;
    if let Some(rest) = rest.strip_prefix('"') {
        return Some((first.into(), rest));
    }
    let mut said = first.to_owned();
    while let Some(escape) = rest.strip_prefix('\\') {
        let (meant, after) = escaped(escape)?;
        said.push(meant);
        let (more, after) = up_to_sign(after)?;
        said.push_str(more);
        rest = after;
    }
    Some((said.into(), rest.strip_prefix('"')?))
}

/// The text up to the next quote or escape, and what follows it.
fn up_to_sign(text: &str) -> Option<(&str, &str)> {
    memchr2(b'"', b'\\', text.as_bytes()).map(|at| text.split_at(at))
}

/// The character that an escape means, and what follows it.
fn escaped(escape: &str) -> Option<(char, &str)> {
    let digits = match escape.as_bytes().first()? {
        b'"' => return Some(('"', &escape[1..])),
        b'\\' => return Some(('\\', &escape[1..])),
        b'n' => return Some(('\n', &escape[1..])),
        b'r' => return Some(('\r', &escape[1..])),
        b't' => return Some(('\t', &escape[1..])),
        b'x' => 2,
        b'u' => 4,
        _ => return None,
    };
    let (code, rest) = escape[1..].split_at_checked(digits)?;
    let mut value = 0;
    for digit in code.chars() {
        value = value * 16 + digit.to_digit(16)?;
    }
    Some((char::from_u32(value)?, rest))
}
