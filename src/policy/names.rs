use std::collections::BTreeMap;

use crate::case::Names;
use crate::lang::{Text, common, names};

/// The names that a ledger knows, each with what people read.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    lists: BTreeMap<Names, Vec<(String, Text)>>,
}

impl Registry {
    /// The names that every ledger knows.
    pub fn shared() -> Registry {
        let lists = [
            Names::Departments,
            Names::Channels,
            Names::Categories,
            Names::Urgencies,
            Names::Complexities,
            Names::Roles,
            Names::Remedies,
        ];
        let list =
            |list| names::shared(list).iter().map(|(word, name)| ((*word).to_owned(), name.text())).collect();
        Registry { lists: lists.into_iter().map(|names| (names, list(names))).collect() }
    }

    /// Adds a name, or gives a known one other words for people.
    pub fn add(&mut self, list: Names, word: &str, label: Text) {
        let names = self.lists.entry(list).or_default();
        match names.iter_mut().find(|(known, _)| known == word) {
            Some(known) => known.1 = label,
            None => names.push((word.to_owned(), label)),
        }
    }

    /// Takes a name out.
    pub fn remove(&mut self, list: Names, word: &str) {
        self.lists.entry(list).or_default().retain(|(known, _)| known != word);
    }

    /// Whether a name may stand in the list. Where a list is empty, any name may.
    pub fn knows(&self, list: Names, word: &str) -> bool {
        let names = self.all(list);
        names.is_empty() || names.iter().any(|(known, _)| known == word)
    }

    /// The names of a list, in the order of `fb.toml`.
    pub fn all(&self, list: Names) -> &[(String, Text)] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// What people read for a name; the name itself where it is not known.
    pub fn label(&self, list: Names, word: &str) -> Text {
        let known = self.all(list).iter().find(|(known, _)| known == word);
        known.map_or_else(|| Text::same(word), |(_, label)| label.clone())
    }

    /// The known name that a mistyped one may mean.
    pub fn nearest(&self, list: Names, word: &str) -> Option<&str> {
        common::nearest(word, self.all(list).iter().map(|(known, _)| known.as_str()))
    }
}
