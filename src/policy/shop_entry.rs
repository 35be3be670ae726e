//! What can be added to `fb.toml`: in which table, under which key, and what it says.

use super::shop::Person;
use crate::case::Names;
use crate::toml_file::insert::{self, Insertion, NewValue};

/// A new entry of `fb.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShopEntry {
    /// The table.
    pub table: &'static str,
    /// The key in it.
    pub key: String,
    value: NewValue,
}

/// The table of a list of names; `None`: the names are the policy's.
fn section(list: Names) -> Option<&'static str> {
    match list {
        Names::People => Some("people"),
        Names::Departments => Some("departments"),
        Names::Channels => Some("channels"),
        Names::Categories => Some("categories"),
        Names::Urgencies => Some("urgencies"),
        Names::Complexities => Some("complexities"),
        Names::Roles => Some("roles"),
        Names::Remedies => Some("remedies"),
        Names::Milestones | Names::Levels => None,
    }
}

impl ShopEntry {
    /// A name of a list, with what people read for it; `None` if the list is the policy's.
    pub(crate) fn name(list: Names, key: &str, shown: &str) -> Option<ShopEntry> {
        let shown = NewValue::Text(shown.to_owned());
        let value = match list {
            Names::People | Names::Departments => NewValue::Table(vec![("name", shown)]),
            _ => shown,
        };
        Some(ShopEntry { table: section(list)?, key: key.to_owned(), value })
    }

    /// A member of staff.
    pub(crate) fn person(key: &str, person: &Person) -> ShopEntry {
        let texts = [
            ("name", &person.name),
            ("email", &person.email),
            ("role", &person.role),
            ("department", &person.department),
        ];
        let text = |(key, text): (&'static str, &Option<String>)| Some((key, NewValue::Text(text.clone()?)));
        let mut entries: Vec<(&str, NewValue)> = texts.into_iter().filter_map(text).collect();
        entries.extend(person.clerk.then_some(("clerk", NewValue::Flag(true))));
        ShopEntry { table: "people", key: key.to_owned(), value: NewValue::Table(entries) }
    }

    /// The department for a category, or for all below it.
    pub(crate) fn route(category: &str, department: &str) -> ShopEntry {
        let value = NewValue::Text(department.to_owned());
        ShopEntry { table: "routing", key: category.to_owned(), value }
    }

    /// The orders of a month, such as `2026-10`.
    pub(crate) fn volume(month: &str, orders: u32) -> ShopEntry {
        ShopEntry { table: "volume", key: month.to_owned(), value: NewValue::Number(orders.into()) }
    }

    /// Adds entries of one table to `fb.toml`; `None`: the file has one of them, or no place for them.
    pub(crate) fn insert(fb_toml: &str, entries: &[ShopEntry]) -> Option<Insertion> {
        let table = entries.first()?.table;
        let entries: Vec<(&str, NewValue)> =
            entries.iter().map(|entry| (entry.key.as_str(), entry.value.clone())).collect();
        insert::insert(fb_toml, &[table], &entries)
    }

    /// As a person would write it.
    pub(crate) fn written(&self) -> String {
        let alone = ShopEntry::insert("", std::slice::from_ref(self));
        alone.iter().flat_map(Insertion::shown).collect::<Vec<_>>().join("\n")
    }
}
