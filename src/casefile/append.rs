//! Appends one more event to a history, and leaves every other byte of the file alone.
//!
//! The old text is kept, and lines are inserted; then the result is parsed again and compared with the old text and the
//! new event. A layout that was misjudged can therefore lead to a refusal, never to a wrong file.

use std::path::Path;

use super::decode::BOM;
use super::lines::{dash, end, ended, line_end, lines};
use super::read::read_in_full;
use super::say;
use super::tree::{self, Node, NodeContent};
use super::write::event_lines;
use crate::case::{Case, Event};
use crate::error::Finding;
use crate::lang::Text;

/// Why an event was not added; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct CannotAppend {
    /// The obstacle.
    pub reason: Text,
    /// What to do about it.
    pub help: Text,
    /// The line of the obstacle, from 1.
    pub line: Option<usize>,
}

/// The text of a case file with one more event at the end of its history.
///
/// `before` is the case that was read from the text. Lines are only added: after the last line of the last event and
/// the comments that are indented like its keys. They end as the line before them does; if that line has no end, it
/// gets one.
///
/// # Errors
/// [`CannotAppend`] if the history is in brackets, or if the result would not be read as `before`
/// with exactly this event added.
pub fn append(text: &str, before: &Case, event: &Event) -> Result<String, CannotAppend> {
    append_all(text, before, std::slice::from_ref(event))
}

/// The same with several events, one after the other: the text is read as often as for one.
///
/// # Errors
/// As [`append`]; all of them are added, or none.
pub(crate) fn append_all(text: &str, before: &Case, events: &[Event]) -> Result<String, CannotAppend> {
    if events.is_empty() {
        return Ok(text.to_owned());
    }
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let body = ended(body);
    let old = tree::parse(&body).map_err(|_| CannotAppend {
        reason: say::unreadable_before(),
        help: say::check_first(),
        line: None,
    })?;
    let items = history(&old)?;
    let last = items.last().ok_or_else(would_change)?;
    let lines: Vec<&str> = lines(&body).collect();
    let (_, dash) = items.iter().rev().find_map(|item| dash(item, &lines)).ok_or_else(would_change)?;
    let place = end(last, &lines, dash);
    let (above, below) = (lines[..place].concat(), lines[place..].concat());
    let added: String = events.iter().map(|event| event_lines(event, dash)).collect();
    let added = added.replace('\n', line_end(&above));
    let new = [mark, &above, &added, &below].concat();
    verify(&old, &new, before, events)?;
    // Another parser needs as much memory again.
    drop(old);
    match counted_by_another(text) {
        Some(count) if counted_by_another(&new) != Some(count + events.len()) => Err(would_change()),
        _ => Ok(new),
    }
}

/// The error if the text with the event cannot be read.
fn unreadable_after(findings: Vec<Finding>) -> CannotAppend {
    let Some(finding) = findings.into_iter().next() else { return would_change() };
    let help = finding.help.into_iter().next().unwrap_or_else(say::lay_out);
    CannotAppend { reason: finding.message, help, line: None }
}

/// The events of the history, if they are on lines of their own.
fn history<'t, 'a>(root: &'t Node<'a>) -> Result<&'t [Node<'a>], CannotAppend> {
    match root.get("history") {
        Some(Node { content: NodeContent::List { items, flow: false }, .. }) => Ok(items),
        Some(Node { content: NodeContent::List { .. }, mark }) => Err(CannotAppend {
            reason: say::history_in_brackets(),
            help: say::history_as_lines(),
            line: Some(mark.line),
        }),
        _ => Err(would_change()),
    }
}

fn would_change() -> CannotAppend {
    CannotAppend { reason: say::would_change(), help: say::lay_out(), line: None }
}

/// Checks that the new text says the same as the old one, word by word and unknown keys too, and also these events.
fn verify(old: &Node<'_>, new: &str, before: &Case, events: &[Event]) -> Result<(), CannotAppend> {
    let mut case = read_in_full(new.as_bytes(), Path::new("")).map_err(unreadable_after)?;
    let body = new.strip_prefix(BOM).unwrap_or(new);
    let tree = tree::parse(body).map_err(|_| would_change())?;
    let there = case.history.len().checked_sub(events.len()).ok_or_else(would_change)?;
    let added = case.history.split_off(there);
    // As they print: stamps are equal if their instants are, with any offset.
    let meant = format!("{added:?}") == format!("{events:?}");
    if meant && case == *before && adds(events.len(), old, &tree) { Ok(()) } else { Err(would_change()) }
}

/// The number of events according to another parser. `None` if it cannot read the text at all, which was then so
/// before.
fn counted_by_another(text: &str) -> Option<usize> {
    #[derive(serde::Deserialize)]
    struct Outline {
        history: Vec<serde::de::IgnoredAny>,
    }
    let body = text.strip_prefix(BOM).unwrap_or(text);
    serde_yaml::from_str::<Outline>(body).ok().map(|outline| outline.history.len())
}

/// Whether two trees differ only in this many more items at the end of `history`.
fn adds(count: usize, old: &Node<'_>, new: &Node<'_>) -> bool {
    let (NodeContent::Map { entries: old, .. }, NodeContent::Map { entries: new, .. }) =
        (&old.content, &new.content)
    else {
        return false;
    };
    old.len() == new.len()
        && old.iter().zip(new).all(|((key, before), (same, after))| match (&before.content, &after.content) {
            (NodeContent::List { items: old, .. }, NodeContent::List { items: new, .. })
                if key.word() == Some("history") =>
            {
                key == same && new.len() == old.len() + count && new.starts_with(old)
            }
            _ => key == same && before == after,
        })
}
