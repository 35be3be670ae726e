//! Everything that is wrong with a case file's keys and values, gathered while it is read, each with its place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::lines::last;
use super::say;
use super::tree::{Mark, Node, NodeContent};
use crate::case::Id;
use crate::error::{Code, Finding, Place};
use crate::lang::Text;

/// The most findings that are reported: a malicious file could have a million.
const MOST: usize = 200;

/// A key and its value.
pub(super) struct KeyEntry<'a> {
    pub name: Cow<'a, str>,
    /// The place of the key.
    pub at: Mark,
    pub value: Node<'a>,
}

/// The findings so far; its readers return `None` for a value that is missing or wrong.
pub(super) struct Flaws<'a> {
    text: &'a str,
    path: &'a Path,
    found: Vec<Finding>,
}

impl<'a> Flaws<'a> {
    pub(crate) fn new(text: &'a str, path: &'a Path) -> Flaws<'a> {
        Flaws { text, path, found: Vec::new() }
    }

    /// Notes that the value here is wrong.
    pub(crate) fn bad(&mut self, at: Mark, message: Text, help: impl IntoIterator<Item = Text>) {
        self.note(Code::BadValue, at, message, help);
    }

    /// Notes that this is not a case at all.
    pub(crate) fn unreadable(&mut self, at: Mark, message: Text) {
        self.note(Code::Unreadable, at, message, None);
    }

    fn note(&mut self, code: Code, at: Mark, message: Text, help: impl IntoIterator<Item = Text>) {
        if self.found.len() < MOST {
            let place =
                Place::at(self.path, at.line, at.column, at.width(|line| self.text.lines().nth(line)));
            self.found.push(help.into_iter().fold(Finding::error(code, place, message), Finding::help));
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// All of them, in the order of the file.
    pub(crate) fn finish(mut self, id: Option<&Id>) -> Vec<Finding> {
        let (last, characters) = last(self.text);
        for finding in self.found.iter_mut().filter(|finding| finding.place.line > Some(last)) {
            finding.place = Place::at(self.path, last, characters + 1, 1);
        }
        self.found.sort_by(|a, b| a.place.cmp(&b.place));
        match id {
            Some(id) => self.found.into_iter().map(|finding| finding.of(id)).collect(),
            None => self.found,
        }
    }

    /// The entries of a map, each key once. `None`: it is not a map, which the caller has to report.
    pub(crate) fn entries(&mut self, node: Node<'a>) -> Option<Vec<KeyEntry<'a>>> {
        let NodeContent::Map { entries, .. } = node.content else { return None };
        let doubles = doubles(&entries);
        let mut found = Vec::with_capacity(entries.len());
        for (place, (Node { mark: at, content }, value)) in entries.into_iter().enumerate() {
            match content {
                NodeContent::Word { text: name, .. } if !name.is_empty() => {
                    if name == "<<" {
                        self.bad(at, say::reference(), [say::write_it_out()]);
                    } else if let Some(line) = doubles.get(&place) {
                        self.bad(at, say::duplicate(&*name, *line), [say::keep_one()]);
                    } else {
                        found.push(KeyEntry { name, at, value });
                    }
                }
                NodeContent::Reference => self.bad(at, say::reference(), [say::write_it_out()]),
                _ => self.bad(at, say::no_key(), None),
            }
        }
        Some(found)
    }

    /// The text of a key; `None` too if it is empty.
    pub(crate) fn word(&mut self, entry: KeyEntry<'a>) -> Option<String> {
        self.text(entry).map(Cow::into_owned)
    }

    /// The same, as it is in the file.
    pub(crate) fn text(&mut self, entry: KeyEntry<'a>) -> Option<Cow<'a, str>> {
        if entry.value.is_empty() {
            return None;
        }
        match entry.value.content {
            NodeContent::Word { text, .. } => Some(text),
            content => {
                let message = say::one_text(&*entry.name);
                self.misfit(entry.value.mark, &content, message, None);
                None
            }
        }
    }

    /// The text of a key that must not be empty.
    pub(crate) fn required(&mut self, entry: KeyEntry<'a>) -> Option<String> {
        if entry.value.is_empty() || entry.value.word().is_some_and(|word| word.trim().is_empty()) {
            self.bad(entry.at, say::empty(&*entry.name), None);
            return None;
        }
        self.word(entry)
    }

    /// The texts of a key, one or a list; whether it is a list. `None` too if it is empty.
    pub(crate) fn words(&mut self, entry: KeyEntry<'a>) -> Option<(Vec<String>, bool)> {
        if entry.value.is_empty() {
            return None;
        }
        match entry.value.content {
            NodeContent::Word { text, .. } => Some((vec![text.into_owned()], false)),
            NodeContent::List { items, .. } => {
                let before = self.count();
                let mut texts = Vec::with_capacity(items.len());
                for item in items.into_iter().filter(|item| !item.is_empty()) {
                    match item.content {
                        NodeContent::Word { text, .. } => texts.push(text.into_owned()),
                        content => self.misfit(item.mark, &content, say::texts(&*entry.name), None),
                    }
                }
                if self.count() == before && !texts.is_empty() { Some((texts, true)) } else { None }
            }
            content => {
                self.misfit(entry.value.mark, &content, say::texts(&*entry.name), None);
                None
            }
        }
    }

    /// Notes that something else is in the place of a text.
    pub(crate) fn misfit(
        &mut self,
        at: Mark,
        content: &NodeContent<'_>,
        message: Text,
        help: impl IntoIterator<Item = Text>,
    ) {
        match content {
            NodeContent::Reference => self.bad(at, say::reference(), [say::write_it_out()]),
            _ => self.bad(at, message, help),
        }
    }
}

/// The places of the keys that are in a map already, each with the line of the key before it.
fn doubles(entries: &[(Node<'_>, Node<'_>)]) -> BTreeMap<usize, usize> {
    let mut places: Vec<usize> = (0..entries.len()).collect();
    places.sort_by_key(|place| entries[*place].0.word());
    let pairs = places.windows(2).filter(|pair| {
        let [one, other] = [pair[0], pair[1]].map(|place| entries[place].0.word());
        one.is_some() && one == other
    });
    pairs.map(|pair| (pair[1], entries[pair[0]].0.mark.line)).collect()
}
