//! Names in an import that the ledger does not know, and how they are added to `fb.toml`.

use std::collections::{BTreeMap, HashMap};

use super::cases::Imported;
use super::say;
use crate::case::{Event, Names};
use crate::error::{Error, Result};
use crate::lang::names;
use crate::policy::ShopEntry;

/// A name that the ledger does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The list that it belongs in.
    pub list: Names,
    /// The name.
    pub name: String,
    /// The first line that has it: of the cases' file, or of the events' for a case of the ledger.
    pub line: usize,
    /// How many times it is there.
    pub count: usize,
}

/// Every name of the import that is not `known`, list by list, in the order in which they first appear.
pub fn unknown_names(imported: &Imported, known: &dyn Fn(Names, &str) -> bool) -> Vec<UnknownName> {
    let mut names = NameCounts { known, found: Vec::new(), index: HashMap::new() };
    for (line, case) in &imported.cases {
        names.count(Names::Channels, &case.channel, *line);
        names.count_in(&case.history, *line);
    }
    for addition in &imported.additions {
        names.count_in(&addition.events, addition.line);
    }
    names.found.sort_by_key(|unknown| unknown.list);
    names.found
}

/// The unknown names so far.
struct NameCounts<'k> {
    known: &'k dyn Fn(Names, &str) -> bool,
    found: Vec<UnknownName>,
    /// The place of each name in `found`; `None` if it is known.
    index: HashMap<(Names, String), Option<usize>>,
}

impl NameCounts<'_> {
    fn count(&mut self, list: Names, name: &str, line: usize) {
        let key = (list, name.to_owned());
        let place = match self.index.get(&key) {
            Some(place) => *place,
            None if (self.known)(list, name) => {
                self.index.insert(key, None);
                return;
            }
            None => {
                self.found.push(UnknownName { list, name: name.to_owned(), line, count: 0 });
                let place = Some(self.found.len() - 1);
                self.index.insert(key, place);
                place
            }
        };
        if let Some(place) = place {
            self.found[place].count += 1;
        }
    }

    fn count_in(&mut self, events: &[Event], line: usize) {
        for event in events {
            if let Some(by) = &event.by {
                self.count(Names::People, by, line);
            }
            for (_, list, name) in event.names() {
                self.count(list, name, line);
            }
        }
    }
}

/// `fb.toml` with names added to its lists, each with itself as its label; every other byte stays as it is. A name that
/// it already has is not changed.
///
/// # Errors
/// The text is not TOML, a list's key is not a table, or a name belongs to the policy and not to `fb.toml`.
pub fn add_names(fb_toml: &str, names: &[(Names, String)]) -> Result<String> {
    let plain = fb_toml.trim_start_matches('\u{feff}');
    let there: toml::Table =
        plain.parse().map_err(|error: toml::de::Error| Error::failed(say::no_toml(error.message())))?;
    let mut lists: BTreeMap<Names, Vec<ShopEntry>> = BTreeMap::new();
    for (list, name) in names {
        let entry = ShopEntry::name(*list, name, name)
            .ok_or_else(|| Error::refused(say::not_addable(names::list(*list).text(), name)))?;
        let is_there = there.get(entry.table).is_some_and(|table| table.get(name).is_some());
        let entries = lists.entry(*list).or_default();
        if !is_there && !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let mut text = fb_toml.to_owned();
    for entries in lists.into_values() {
        let Some(first) = entries.first() else { continue };
        let insertion = ShopEntry::insert(&text, &entries);
        text = insertion.ok_or_else(|| Error::failed(say::no_table(first.table)))?.applied_to(&text);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_in_and_every_other_byte_stays() {
        let before = "# our shop\n[shop]\nname = \"青瓷小铺\"  # here\n\n[people.\"li.na\"]\nname = \"李娜\"\n\n[channels]\nhotline = \"客服热线\"\n";
        let added = add_names(
            before,
            &[
                (Names::People, "Org line A2/fr".into()),
                (Names::People, "li.na".into()),
                (Names::Channels, "在线".into()),
                (Names::Departments, "quality".into()),
                (Names::Categories, "product/cup".into()),
            ],
        )
        .unwrap();
        let mut rest: Vec<&str> = added.lines().collect();
        for line in before.lines() {
            let at = rest
                .iter()
                .position(|other| *other == line)
                .unwrap_or_else(|| panic!("{line} is gone:\n{added}"));
            rest.remove(at);
        }
        rest.retain(|line| !line.is_empty());
        rest.sort_unstable();
        assert_eq!(
            rest,
            [
                "\"product/cup\" = \"product/cup\"",
                "\"在线\" = \"在线\"",
                "[categories]",
                "[departments.quality]",
                "[people.\"Org line A2/fr\"]",
                "name = \"Org line A2/fr\"",
                "name = \"quality\""
            ]
        );
        let read: toml::Table = added.parse().unwrap();
        assert_eq!(read["people"]["Org line A2/fr"]["name"].as_str(), Some("Org line A2/fr"));
        assert_eq!(read["channels"]["在线"].as_str(), Some("在线"));
    }

    #[test]
    fn a_name_of_the_policy_is_not_added() {
        let error = add_names("", &[(Names::Milestones, "reported".into())]).unwrap_err();
        assert!(error.message.to_string().contains("`reported`"));
        assert!(add_names("people = 1\n", &[(Names::People, "a".into())]).is_err());
        assert!(add_names("[people\n", &[]).is_err());
    }
}
