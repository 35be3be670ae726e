use std::collections::{BTreeMap, HashMap};

use crate::case::Names;
use crate::lang::{Text, common, names};

/// The names that a ledger knows, each with its display name.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    lists: BTreeMap<Names, NameList>,
}

#[derive(Debug, Clone, Default)]
struct NameList {
    names: Vec<(String, Text)>,
    /// The index of each.
    places: HashMap<String, usize>,
}

impl NameList {
    /// The names of a list that every ledger knows.
    fn shared(list: Names) -> NameList {
        let shared = names::shared(list).iter();
        NameList::of(shared.map(|(word, name)| ((*word).to_owned(), name.text())).collect())
    }

    fn of(names: Vec<(String, Text)>) -> NameList {
        let places = names.iter().enumerate().map(|(at, (word, _))| (word.clone(), at)).collect();
        NameList { names, places }
    }

    fn get(&self, word: &str) -> Option<&(String, Text)> {
        self.names.get(*self.places.get(word)?)
    }
}

impl Registry {
    /// The names that every ledger knows.
    pub(crate) fn shared() -> Registry {
        let lists = [
            Names::Departments,
            Names::Channels,
            Names::Categories,
            Names::Urgencies,
            Names::Complexities,
            Names::Roles,
            Names::Remedies,
        ];
        Registry { lists: lists.map(|list| (list, NameList::shared(list))).into() }
    }

    /// Adds a name, or gives a known one another display name.
    pub(crate) fn add(&mut self, list: Names, word: &str, label: Text) {
        let list = self.lists.entry(list).or_default();
        match list.places.get(word).and_then(|at| list.names.get_mut(*at)) {
            Some(known) => known.1 = label,
            None => {
                list.places.insert(word.to_owned(), list.names.len());
                list.names.push((word.to_owned(), label));
            }
        }
    }

    /// Removes a name.
    pub(crate) fn remove(&mut self, list: Names, word: &str) {
        let list = self.lists.entry(list).or_default();
        if list.places.contains_key(word) {
            list.names.retain(|(known, _)| known != word);
            *list = NameList::of(std::mem::take(&mut list.names));
        }
    }

    /// Whether a name may be in the list. If a list is empty, any name may.
    pub fn knows(&self, list: Names, word: &str) -> bool {
        self.lists.get(&list).is_none_or(|list| list.names.is_empty() || list.places.contains_key(word))
    }

    /// The names of a list, in the order of `fb.toml`.
    pub fn all(&self, list: Names) -> &[(String, Text)] {
        self.lists.get(&list).map_or(&[], |list| list.names.as_slice())
    }

    /// The display name of a name; the name itself if it is not known.
    pub(crate) fn label(&self, list: Names, word: &str) -> Text {
        let known = self.lists.get(&list).and_then(|list| list.get(word));
        known.map_or_else(|| Text::same(word), |(_, label)| label.clone())
    }

    /// The known name that a mistyped one probably means.
    pub(crate) fn nearest(&self, list: Names, word: &str) -> Option<&str> {
        common::nearest(word, self.all(list).iter().map(|(known, _)| known.as_str()))
    }
}
