//! Names that an import brings and the ledger does not know, and how they come into `fb.toml`.

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
    let mut found: Vec<UnknownName> = Vec::new();
    let mut index: HashMap<(Names, String), Option<usize>> = HashMap::new();
    let mut meet = |list: Names, name: &str, line: usize| {
        let place = *index.entry((list, name.to_owned())).or_insert_with(|| {
            (!known(list, name)).then(|| {
                found.push(UnknownName { list, name: name.to_owned(), line, count: 0 });
                found.len() - 1
            })
        });
        if let Some(unknown) = place.and_then(|place| found.get_mut(place)) {
            unknown.count += 1;
        }
    };
    let events = |events: &[Event], line: usize, meet: &mut dyn FnMut(Names, &str, usize)| {
        for event in events {
            if let Some(by) = &event.by {
                meet(Names::People, by, line);
            }
            event.names().for_each(|(_, list, name)| meet(list, name, line));
        }
    };
    for (line, case) in &imported.cases {
        meet(Names::Channels, &case.channel, *line);
        events(&case.history, *line, &mut meet);
    }
    for addition in &imported.additions {
        events(&addition.events, addition.line, &mut meet);
    }
    found.sort_by_key(|unknown| unknown.list);
    found
}

/// `fb.toml` with names added to its lists, each labelled with itself; every other byte stays as it is.
/// A name that is there already is left alone.
///
/// # Errors
/// The text is not TOML, a list's key holds no table, or a name belongs to the policy and not to `fb.toml`.
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
