//! `fb.toml`: the shop, its people and its names.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::names::Registry;
use super::say;
use crate::case::Names;
use crate::error::{Finding, Place};
use crate::lang::{Lang, Text};
use crate::toml_file::{self, TomlKeys, TomlTable, TomlWord};

/// The content of `fb.toml`.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The name of the shop.
    pub name: String,
    /// The time zone of all periods and working hours.
    pub zone: TimeZone,
    /// The language of output.
    pub lang: Lang,
    /// The calendar of everything that needs one and names none; where `fb.toml` says so.
    pub(super) calendar: Option<(String, Place)>,
    /// Whether a command makes a commit.
    pub commit: bool,
    /// Staff by key.
    pub people: BTreeMap<String, Person>,
    /// The names that the ledger knows.
    pub names: Registry,
    /// The department for each category (or prefix of it that ends in `/`).
    pub routing: Vec<(String, String)>,
    /// Orders by the first day of their month, for the complaint rate.
    pub volume: BTreeMap<Date, u64>,
}

/// A member of staff.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The display name.
    pub name: Option<String>,
    /// Found by git's `user.email`.
    pub email: Option<String>,
    /// The role in which they decide.
    pub role: Option<String>,
    /// Their department.
    pub department: Option<String>,
    /// Whether it is their job to enter what others did.
    pub clerk: bool,
}

const FILE: TomlKeys = TomlKeys {
    needed: &[],
    optional: &[
        "shop",
        "git",
        "people",
        "departments",
        "channels",
        "categories",
        "urgencies",
        "complexities",
        "roles",
        "remedies",
        "routing",
        "volume",
    ],
};
const SHOP: TomlKeys = TomlKeys { needed: &["name", "timezone"], optional: &["language", "calendar"] };
const GIT: TomlKeys = TomlKeys { needed: &[], optional: &["commit"] };
const DEPARTMENT: TomlKeys = TomlKeys { needed: &[], optional: &["name", "duty", "clause"] };
const PERSON: TomlKeys =
    TomlKeys { needed: &[], optional: &["name", "email", "role", "department", "clerk"] };

impl Shop {
    /// Reads `fb.toml`; every problem is reported.
    ///
    /// # Errors
    /// The findings, each with its line, if anything is wrong.
    pub fn read(text: &str, path: &Path) -> Result<Shop, Vec<Finding>> {
        toml_file::read(text, path, |file| Some(read(file)))
    }

    /// The language in a file, even if something else in it is wrong.
    pub fn language(text: &str) -> Option<Lang> {
        toml_file::read(text, Path::new(""), |file| Lang::of(file.table("shop")?.text("language")?)).ok()
    }

    /// The key of the person with this mail address.
    pub(crate) fn person_with_email(&self, email: &str) -> Option<&str> {
        let mut people = self.people.iter();
        let (key, _) = people
            .find(|(_, person)| person.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(email)))?;
        Some(key)
    }

    /// The person for a mail address: the one who has it, else the part before its `@`. If that part is the key of a
    /// person with another address, the result is the whole address instead.
    pub(crate) fn author<'s>(&'s self, email: &'s str) -> &'s str {
        let before_the_at = email.split('@').next().unwrap_or_default();
        let taken = self.people.get(before_the_at).is_some_and(|person| person.email.is_some());
        self.person_with_email(email).unwrap_or(if taken { email } else { before_the_at })
    }

    /// Whether anybody has a role.
    pub(crate) fn has_holder(&self, role: &str) -> bool {
        self.people.values().any(|person| person.role.as_deref() == Some(role))
    }

    /// The only person with a role; `None` if nobody or several people have it.
    pub(crate) fn only_holder(&self, role: &str) -> Option<&str> {
        let mut holders = self.people.iter().filter(|(_, person)| person.role.as_deref() == Some(role));
        match (holders.next(), holders.next()) {
            (Some((key, _)), None) => Some(key),
            _ => None,
        }
    }

    /// The department for a category: the longest matching entry of `[routing]`.
    pub fn route(&self, category: &str) -> Option<&str> {
        self.routing
            .iter()
            .filter(|(nature, _)| super::category_fits(nature, category))
            .max_by_key(|(nature, _)| nature.len())
            .map(|(_, department)| department.as_str())
    }

    /// The local date of an instant.
    pub(crate) fn day(&self, at: jiff::Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }
}

fn read(file: &TomlTable<'_>) -> Shop {
    file.keys(&FILE);
    let mut shop = Shop {
        name: String::new(),
        zone: TimeZone::UTC,
        lang: Lang::En,
        calendar: None,
        commit: true,
        people: BTreeMap::new(),
        names: Registry::shared(),
        routing: Vec::new(),
        volume: BTreeMap::new(),
    };
    if let Some(table) = file.section("shop").and_then(|value| value.table_of(&SHOP)) {
        read_shop(&table, &mut shop);
    }
    if let Some(git) = file.get("git").and_then(|value| value.table_of(&GIT)) {
        shop.commit = git.flag("commit").unwrap_or(true);
    }
    for (key, list) in [
        ("channels", Names::Channels),
        ("categories", Names::Categories),
        ("urgencies", Names::Urgencies),
        ("complexities", Names::Complexities),
        ("roles", Names::Roles),
        ("remedies", Names::Remedies),
    ] {
        file.table(key).iter().for_each(|table| read_names(table, list, &mut shop.names));
    }
    file.table("departments").iter().for_each(|table| read_departments(table, &mut shop.names));
    file.table("people").iter().for_each(|table| read_people(table, &mut shop));
    file.table("routing").iter().for_each(|table| read_routing(table, &mut shop));
    file.table("volume").iter().for_each(|table| read_volume(table, &mut shop));
    shop
}

fn read_shop(table: &TomlTable<'_>, shop: &mut Shop) {
    shop.name = table.text("name").unwrap_or_default().to_owned();
    if let Some(word) = table.get("timezone").and_then(|value| value.word()) {
        match TimeZone::get(word.word) {
            Ok(zone) => shop.zone = zone,
            Err(_) => word.at.problem(say::bad_zone(word.word), say::zone_example()),
        }
    }
    if let Some(word) = table.get("calendar").and_then(|value| value.word()) {
        shop.calendar = Some((word.word.to_owned(), word.at.place()));
    }
    if let Some(word) = table.get("language").and_then(|value| value.word()) {
        match Lang::of(word.word) {
            Some(lang) => shop.lang = lang,
            None => word.unknown(say::language(), [Lang::Zh, Lang::En].map(Lang::word)),
        }
    }
}

/// `name = "display name"`; `name = false` removes a shared name.
fn read_names(table: &TomlTable<'_>, list: Names, names: &mut Registry) {
    for value in table.values() {
        if value.is_false() {
            names.remove(list, value.key.word);
        } else if let Some(label) = value.label(&["clause"]) {
            names.add(list, value.key.word, label);
        }
    }
}

fn read_departments(table: &TomlTable<'_>, names: &mut Registry) {
    for value in table.values() {
        let word = value.key.word;
        if value.is_false() {
            names.remove(Names::Departments, word);
        } else if let Some(department) = value.table_of(&DEPARTMENT) {
            let label = match department.has("name") {
                true => department.label("name", &["clause"]).unwrap_or_else(|| Text::same(word)),
                false => names.label(Names::Departments, word),
            };
            names.add(Names::Departments, word, label);
        }
    }
}

fn read_people(table: &TomlTable<'_>, shop: &mut Shop) {
    for value in table.values() {
        let Some(entry) = value.table_of(&PERSON) else { continue };
        let person = Person {
            name: entry.text("name").map(str::to_owned),
            email: entry.text("email").map(str::to_owned),
            role: name_of(&entry, "role", Names::Roles, &shop.names),
            department: name_of(&entry, "department", Names::Departments, &shop.names),
            clerk: entry.flag("clerk").unwrap_or_default(),
        };
        let key = value.key.word;
        shop.names.add(Names::People, key, Text::same(person.name.as_deref().unwrap_or(key)));
        shop.people.insert(key.to_owned(), person);
    }
}

/// A name of a person's entry, which the shop should know.
fn name_of(entry: &TomlTable<'_>, key: &str, list: Names, names: &Registry) -> Option<String> {
    let word = entry.get(key)?.word()?;
    known_name(&word, list, names);
    Some(word.word.to_owned())
}

fn read_routing(table: &TomlTable<'_>, shop: &mut Shop) {
    for value in table.values() {
        let Some(department) = value.word() else { continue };
        known_name(&department, Names::Departments, &shop.names);
        shop.routing.push((value.key.word.to_owned(), department.word.to_owned()));
    }
}

fn read_volume(table: &TomlTable<'_>, shop: &mut Shop) {
    for value in table.values() {
        let key = &value.key;
        let month = super::read_date(&format!("{}-01", key.word));
        if month.is_none() {
            key.at.problem(say::bad_month(key.word), None);
        }
        if let (Some(month), Some(orders)) = (month, value.count()) {
            shop.volume.insert(month, orders);
        }
    }
}

/// Whether the shop knows the name; reports it if not.
pub(super) fn known_name(word: &TomlWord<'_>, list: Names, names: &Registry) -> bool {
    let known = names.knows(list, word.word);
    if !known {
        let all = names.all(list).iter().map(|(name, _)| name.as_str());
        word.unknown(crate::lang::names::list(list).text(), all);
    }
    known
}
