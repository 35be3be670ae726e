//! Splits a case file: each key of the intake and each event with its lines and the comments that belong to it, so that
//! two versions of a case can be merged from the bytes of both.
//!
//! The *meaning* of a part is written so that two parts mean the same if it is equal: without comments, quotes and the
//! order of keys, but with every word as it is, also of unknown keys.

use super::decode::BOM;
use super::lines::{dash, end, ended, indentation, line_end, lines};
use super::tree::{self, Mark, Node, NodeContent};

/// A case file, in parts. One after the other they are the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Whether it begins with a byte order mark.
    bom: bool,
    /// The line break of the file; the parts use a line feed.
    line_end: &'static str,
    /// The keys of the intake, in the order of the file; those below `customer` follow it as `customer.…`.
    pub intake: Vec<Part>,
    /// The line `history:`, with the comments above it.
    pub heading: String,
    /// The events, in the order of the file.
    pub events: Vec<Part>,
    /// What follows the history.
    pub tail: String,
}

/// A key or an event of a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The key, such as `title` or `customer.name`; empty for an event.
    pub key: String,
    /// Its lines.
    pub text: String,
    /// Its meaning; empty if it has no value.
    pub meaning: String,
    /// The value of a key, as people read it.
    pub words: String,
    /// The indentation of an event's `-` in spaces.
    indent: usize,
    /// It is a key below the history, and stays there.
    below: bool,
}

impl Parts {
    /// Splits a text; `None` if its keys and events are not on lines of their own, or if it has references, which have
    /// no meaning elsewhere.
    pub fn of(text: &str) -> Option<Parts> {
        let body = text.strip_prefix(BOM).unwrap_or(text);
        let plain = ended(body).replace("\r\n", "\n").replace('\r', "\n");
        let tree = tree::parse(&plain).ok()?;
        let NodeContent::Map { entries, flow: false } = &tree.content else { return None };
        let lines: Vec<&str> = lines(&plain).collect();
        let mut cut = Cut { lines: &lines, done: 0, below: false };
        let mut parts = Parts {
            bom: body.len() < text.len(),
            line_end: line_end(body),
            intake: Vec::new(),
            heading: String::new(),
            events: Vec::new(),
            tail: String::new(),
        };
        for (key, value) in entries {
            match (key.word()?, &value.content) {
                _ if key.mark.column != 1 => return None,
                ("history", NodeContent::List { items, flow: false }) => cut.history(items, &mut parts)?,
                ("customer", NodeContent::Map { entries, flow: false }) => {
                    cut.customer(key.mark, entries, &mut parts.intake)?;
                }
                (name, _) => parts.intake.push(cut.key(name.to_owned(), key.mark, value, 0)?),
            }
        }
        parts.tail = cut.up_to(lines.len())?;
        Some(parts)
    }

    /// The file with these keys and events, and with this one's heading, tail and line breaks.
    pub fn assembled<'p>(
        &self,
        intake: impl IntoIterator<Item = &'p Part>,
        events: impl IntoIterator<Item = &'p Part>,
    ) -> String {
        let dash = self.events.first().map_or(0, |event| event.indent);
        let (below, above): (Vec<&Part>, Vec<&Part>) = intake.into_iter().partition(|part| part.below);
        let [above, below] =
            [above, below].map(|parts| parts.into_iter().map(|part| part.text.as_str()).collect::<String>());
        let events: String = events.into_iter().map(|part| part.indented(dash)).collect();
        let text = [&above, &self.heading, &events, &below, &self.tail].map(String::as_str).concat();
        let mark = if self.bom { BOM } else { "" };
        [mark, &text.replace('\n', self.line_end)].concat()
    }
}

impl Part {
    /// Its lines with the `-` indented by this many spaces.
    fn indented(&self, dash: usize) -> String {
        if dash == self.indent {
            return self.text.clone();
        }
        let mut text = String::with_capacity(self.text.len());
        for line in lines(&self.text) {
            if line.trim().is_empty() {
                text.push_str(line);
                continue;
            }
            let spaces = indentation(line);
            text.push_str(&" ".repeat((spaces + dash).saturating_sub(self.indent)));
            text.push_str(&line[spaces..]);
        }
        text
    }
}

/// The lines of a file, given to one part after the other.
struct Cut<'t> {
    lines: &'t [&'t str],
    done: usize,
    /// The history is done.
    below: bool,
}

impl Cut<'_> {
    /// The lines up to this one that no part has yet; `None` if another has them already.
    fn up_to(&mut self, end: usize) -> Option<String> {
        let text = self.lines.get(self.done..end)?.concat();
        self.done = end;
        Some(text)
    }

    fn key(&mut self, key: String, at: Mark, value: &Node<'_>, indent: usize) -> Option<Part> {
        let until = if value.is_empty() { at.line } else { end(value, self.lines, indent) };
        let text = self.up_to(until)?;
        let meaning = meaning(value)?;
        let words = value.word().map_or_else(|| meaning.clone(), str::to_owned);
        Some(Part { key, text, meaning, words, indent: 0, below: self.below })
    }

    fn customer(&mut self, at: Mark, below: &[(Node<'_>, Node<'_>)], parts: &mut Vec<Part>) -> Option<()> {
        let key = "customer".to_owned();
        let text = self.up_to(at.line)?;
        parts.push(Part {
            words: String::new(),
            meaning: key.clone(),
            key,
            text,
            indent: 0,
            below: self.below,
        });
        for (index, (key, value)) in below.iter().enumerate() {
            let last = index + 1 == below.len();
            let indent = if last { 0 } else { key.mark.column.checked_sub(1)? };
            parts.push(self.key(format!("customer.{}", key.word()?), key.mark, value, indent)?);
        }
        Some(())
    }

    fn history(&mut self, items: &[Node<'_>], parts: &mut Parts) -> Option<()> {
        let (first, indent) = dash(items.first()?, self.lines)?;
        parts.heading = self.up_to(first)?;
        for item in items {
            let text = self.up_to(end(item, self.lines, indent))?;
            let meaning = meaning(item)?;
            let words = meaning.clone();
            parts.events.push(Part { key: String::new(), words, text, meaning, indent, below: false });
        }
        self.below = true;
        Some(())
    }
}

/// The meaning of a value, in one form; `None` if it has references. Keys without a value are absent.
fn meaning(node: &Node<'_>) -> Option<String> {
    Some(match &node.content {
        _ if node.is_empty() => String::new(),
        NodeContent::Reference => return None,
        NodeContent::Word { text, .. } => format!("{text:?}"),
        NodeContent::List { items, .. } => {
            let items: Vec<String> = items.iter().map(meaning).collect::<Option<_>>()?;
            format!("[{}]", items.join(", "))
        }
        NodeContent::Map { entries, .. } => {
            let said = entries.iter().map(|(key, value)| Some((meaning(key)?, meaning(value)?)));
            let mut said: Vec<(String, String)> = said.collect::<Option<_>>()?;
            said.retain(|(_, value)| !value.is_empty());
            said.sort();
            let said: Vec<String> = said.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{{{}}}", said.join(", "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# one case
id: 20261122-7k3q9x
order:
# who
customer:
  # the name
  name: \"王\"   # as told
  tier: gold
    # deeper
history:
  # begins
  - received: 2026-11-22T09:31:00+08:00
    by: li.na
    # of the receipt
  # of the note
  - note: |
      two
      lines

    noted: 2026-11-22T10:00:00+08:00
# the end
";

    #[test]
    fn the_parts_are_the_file() {
        let below = TEXT.replace("# the end\n", "# last\nproduct: 茶杯\ncustomer2:\n  a: b\n# the end\n");
        for text in [TEXT.to_owned(), TEXT.replace('\n', "\r\n"), format!("\u{feff}{TEXT}"), below] {
            let parts = Parts::of(&text).unwrap();
            assert_eq!(parts.assembled(&parts.intake, &parts.events), text);
        }
    }

    #[test]
    fn a_part_has_its_comments() {
        let parts = Parts::of(TEXT).unwrap();
        let keys: Vec<(&str, &str)> =
            parts.intake.iter().map(|part| (part.key.as_str(), part.text.as_str())).collect();
        assert_eq!(
            keys,
            [
                ("id", "# one case\nid: 20261122-7k3q9x\n"),
                ("order", "order:\n"),
                ("customer", "# who\ncustomer:\n"),
                ("customer.name", "  # the name\n  name: \"王\"   # as told\n"),
                ("customer.tier", "  tier: gold\n    # deeper\n"),
            ]
        );
        assert_eq!(parts.heading, "history:\n  # begins\n");
        assert!(parts.events[0].text.ends_with("    # of the receipt\n"), "{}", parts.events[0].text);
        assert!(parts.events[1].text.starts_with("  # of the note\n"), "{}", parts.events[1].text);
        assert_eq!(parts.tail, "# the end\n");
    }

    #[test]
    fn what_a_part_means_has_no_form() {
        let same = "history:\n- by: 'li.na' # hers\n  note: ''\n  received: 2026-11-22T09:31:00+08:00\n";
        let (one, other) = (Parts::of(TEXT).unwrap(), Parts::of(same).unwrap());
        assert_eq!(one.events[0].meaning, other.events[0].meaning);
        assert_eq!(one.intake[1].meaning, "");
        let moved = other.assembled([], [&one.events[1]]);
        let noted = "# of the note\n- note: |\n    two\n    lines\n\n  noted: 2026-11-22T10:00:00+08:00\n";
        assert_eq!(moved, format!("history:\n{noted}"));
    }

    #[test]
    fn what_has_no_lines_of_its_own_is_not_taken_apart() {
        for text in ["{id: x, history: []}\n", "a: &b c\nd: *b\n", "- a\n", "  a: b\n  c: d\n"] {
            assert_eq!(Parts::of(text), None, "{text}");
        }
    }
}
