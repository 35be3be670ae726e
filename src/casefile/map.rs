//! The places of the parts of a case in its file: for findings of other rooms, made only when there is one.

use super::decode::BOM;
use super::tree::{self, Mark, Node, NodeContent};

/// A part of a case file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    /// The beginning of the file.
    File,
    /// A key of the intake, such as `title` or `customer.tier`.
    Intake(&'a str),
    /// Its value.
    IntakeValue(&'a str),
    /// The first key of an event, counted from 0.
    Event(usize),
    /// A key of an event, such as its name.
    EventKey(usize, &'a str),
    /// Its value.
    EventValue(usize, &'a str),
}

impl Spot<'_> {
    /// The event that it belongs to, counted from 0.
    pub(crate) fn event(&self) -> Option<usize> {
        match self {
            Spot::Event(at) | Spot::EventKey(at, _) | Spot::EventValue(at, _) => Some(*at),
            Spot::File | Spot::Intake(_) | Spot::IntakeValue(_) => None,
        }
    }

    /// Whether it is the stamp at which an event was typed in.
    pub(crate) fn is_recorded(&self) -> bool {
        matches!(self, Spot::EventValue(_, "recorded"))
    }
}

/// The places of a case file's keys and values.
#[derive(Debug, Clone)]
pub struct SourceMap {
    intake: Entries,
    events: Vec<(Position, Entries)>,
}

/// Line and column from 1, and how many characters to mark.
type Position = (usize, usize, usize);

#[derive(Debug, Clone)]
struct KeyPlace {
    key: String,
    at: Position,
    value: Position,
}

/// The keys of a map by name; of a duplicate key the first.
#[derive(Debug, Clone)]
struct Entries(Vec<KeyPlace>);

impl SourceMap {
    /// The places in a text; `None` if it is not a YAML mapping.
    pub fn of(text: &str) -> Option<SourceMap> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        let root = tree::parse(text).ok()?;
        let lines: Vec<&str> = text.lines().collect();
        let mut intake = entries(&root, "", &lines)?;
        if let Some(customer) = root.get("customer") {
            intake.extend(entries(customer, "customer.", &lines).unwrap_or_default());
        }
        let events = match root.get("history").map(|history| &history.content) {
            Some(NodeContent::List { items, .. }) => items.iter().map(|item| event(item, &lines)).collect(),
            _ => Vec::new(),
        };
        Some(SourceMap { intake: Entries::of(intake), events })
    }

    /// Line and column (from 1, in characters) of a part and how many characters to mark.
    ///
    /// A missing part has the place of its parent: the event, or the beginning of the file; an empty value has the
    /// place of its key.
    pub fn position(&self, spot: Spot<'_>) -> (usize, usize, usize) {
        let found = match spot {
            Spot::File => None,
            Spot::Intake(key) => self.intake.find(key).map(|entry| entry.at),
            Spot::IntakeValue(key) => self.intake.find(key).map(|entry| entry.value),
            Spot::Event(index) => self.events.get(index).map(|(first, _)| *first),
            Spot::EventKey(index, key) => self.in_event(index, key, |entry| entry.at),
            Spot::EventValue(index, key) => self.in_event(index, key, |entry| entry.value),
        };
        found.unwrap_or((1, 1, 1))
    }

    fn in_event(&self, index: usize, key: &str, place: fn(&KeyPlace) -> Position) -> Option<Position> {
        self.events.get(index).map(|(first, entries)| entries.find(key).map_or(*first, place))
    }
}

impl Entries {
    fn of(mut entries: Vec<KeyPlace>) -> Entries {
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        Entries(entries)
    }

    /// The first of this name.
    fn find(&self, key: &str) -> Option<&KeyPlace> {
        let place = self.0.partition_point(|entry| entry.key.as_str() < key);
        self.0.get(place).filter(|entry| entry.key == key)
    }
}

fn event(item: &Node<'_>, lines: &[&str]) -> (Position, Entries) {
    let entries = entries(item, "", lines).unwrap_or_default();
    let first = entries.first().map_or_else(|| position(item.mark, lines), |entry| entry.at);
    (first, Entries::of(entries))
}

fn entries(node: &Node<'_>, prefix: &str, lines: &[&str]) -> Option<Vec<KeyPlace>> {
    let NodeContent::Map { entries, .. } = &node.content else { return None };
    let mut places = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let Some(word) = key.word() else { continue };
        let at = position(key.mark, lines);
        let value = if value.is_empty() { at } else { position(value.mark, lines) };
        places.push(KeyPlace { key: format!("{prefix}{word}"), at, value });
    }
    Some(places)
}

fn position(mark: Mark, lines: &[&str]) -> Position {
    (mark.line, mark.column, mark.width(|line| lines.get(line).copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# 一件个案
id: 20261122-7k3q9x
order:
customer:
  tier: gold
  名: 王
history:
  - received: 2026-11-22T09:31:00+08:00
    by: li.na
  -
    note: |
      两行
      文字
    noted: 2026-11-22T10:00:00+08:00
";

    #[test]
    fn every_part_has_its_place() {
        let map = SourceMap::of(TEXT).unwrap();
        for (spot, position) in [
            (Spot::File, (1, 1, 1)),
            (Spot::Intake("id"), (2, 1, 2)),
            (Spot::IntakeValue("id"), (2, 5, 15)),
            (Spot::IntakeValue("order"), (3, 1, 5)),
            (Spot::Intake("customer.tier"), (5, 3, 4)),
            (Spot::IntakeValue("customer.tier"), (5, 9, 4)),
            (Spot::Intake("customer.名"), (6, 3, 1)),
            (Spot::Intake("title"), (1, 1, 1)),
            (Spot::Intake("history"), (7, 1, 7)),
            (Spot::Event(0), (8, 5, 8)),
            (Spot::EventKey(0, "received"), (8, 5, 8)),
            (Spot::EventValue(0, "by"), (9, 9, 5)),
            (Spot::EventKey(0, "note"), (8, 5, 8)),
            (Spot::Event(1), (11, 5, 4)),
            (Spot::EventValue(1, "note"), (12, 7, 2)),
            (Spot::EventKey(1, "noted"), (14, 5, 5)),
            (Spot::Event(2), (1, 1, 1)),
        ] {
            assert_eq!(map.position(spot), position, "{spot:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_moves_nothing() {
        let map = SourceMap::of("\u{feff}id: x\r\ntitle: 茶\r\n").unwrap();
        assert_eq!(map.position(Spot::IntakeValue("id")), (1, 5, 1));
        assert_eq!(map.position(Spot::IntakeValue("title")), (2, 8, 1));
        assert!(SourceMap::of("- a\n").is_none());
        assert!(SourceMap::of("a: [\n").is_none());
    }

    #[test]
    fn many_places_are_looked_up_in_one_pass() {
        const MANY: usize = 40_000;
        let keys: String = (0..MANY).map(|n| format!("k{n}: x\n")).collect();
        let notes =
            "  - noted: 2026-11-22T10:00:00+08:00\n    note: |\n      two\n      lines\n".repeat(MANY);
        let map = SourceMap::of(&format!("{keys}history:\n{notes}")).unwrap();
        for n in 0..MANY {
            assert_eq!(map.position(Spot::IntakeValue(&format!("k{n}"))).0, n + 1);
            assert_eq!(map.position(Spot::EventValue(n, "note")), (MANY + 4 * n + 4, 7, 3));
        }
    }
}
