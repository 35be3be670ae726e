//! `fb.toml`: the shop, its people and its names.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::de::{DeTable, DeValue};

use super::names::Registry;
use super::source::{Item, Source};
use super::words;
use crate::case::Names;
use crate::error::Finding;
use crate::lang::{Lang, Text};

/// What `fb.toml` says.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The shop's name.
    pub name: String,
    /// The zone of every period and every working hour.
    pub zone: TimeZone,
    /// What people read.
    pub lang: Lang,
    /// Whether a command makes a commit.
    pub commit: bool,
    /// Staff by key.
    pub people: BTreeMap<String, Person>,
    /// The names that the ledger knows.
    pub names: Registry,
    /// The nature of a case (a category, or a prefix of it that ends in `/`) and the department for it.
    pub routing: Vec<(String, String)>,
    /// Orders by the first day of their month, for the complaint rate.
    pub volume: BTreeMap<Date, u64>,
}

/// A member of staff.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// As people write it.
    pub name: Option<String>,
    /// Found by git's `user.email`.
    pub email: Option<String>,
    /// In which function they decide.
    pub role: Option<String>,
    /// Where they work.
    pub department: Option<String>,
    /// It is their work to enter what others did.
    pub clerk: bool,
}

const TABLES: [&str; 12] = [
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
];

impl Shop {
    /// Reads `fb.toml`; every problem is told.
    ///
    /// # Errors
    /// The findings, each with its line, where anything is wrong.
    pub fn read(text: &str, path: &Path) -> Result<Shop, Vec<Finding>> {
        let mut source = Source::new(path, text);
        let shop = source.parse().map(|table| read(&mut source, &table));
        match (shop, source.finish()) {
            (Some(shop), findings) if findings.is_empty() => Ok(shop),
            (_, findings) => Err(findings),
        }
    }

    /// The key of the person with this mail address.
    pub(crate) fn person_with_email(&self, email: &str) -> Option<&str> {
        let has =
            |person: &Person| person.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(email));
        self.people.iter().find(|(_, person)| has(person)).map(|(key, _)| key.as_str())
    }

    /// Whom a mail address stands for: the person who has it, else what is before its `@`. Where that is the key of somebody
    /// with another address, it is not them, and the whole address stands.
    pub(crate) fn author<'s>(&'s self, email: &'s str) -> &'s str {
        let before_the_at = email.split('@').next().unwrap_or_default();
        let taken = self.people.get(before_the_at).is_some_and(|person| person.email.is_some());
        self.person_with_email(email).unwrap_or(if taken { email } else { before_the_at })
    }

    /// The one person who holds a role; `None` where nobody or several do.
    pub(crate) fn only_holder(&self, role: &str) -> Option<&str> {
        let mut holders = self.people.iter().filter(|(_, person)| person.role.as_deref() == Some(role));
        match (holders.next(), holders.next()) {
            (Some((key, _)), None) => Some(key),
            _ => None,
        }
    }

    /// The department for a category: the longest entry of `[routing]` that fits.
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

fn read(source: &mut Source<'_>, table: &DeTable<'_>) -> Shop {
    source.keys(table, &words::the_file(), &TABLES);
    let mut shop = Shop {
        name: String::new(),
        zone: TimeZone::UTC,
        lang: Lang::En,
        commit: true,
        people: BTreeMap::new(),
        names: Registry::shared(),
        routing: Vec::new(),
        volume: BTreeMap::new(),
    };
    match table.get("shop") {
        Some(item) => read_shop(source, item, &mut shop),
        None => source.missing(0..0, &words::the_file(), "[shop]"),
    }
    if let Some(git) = table.get("git").and_then(|item| source.table("git", item)) {
        source.keys(git, &words::in_table("git"), &["commit"]);
        if let Some(commit) = git.get("commit").and_then(|item| source.flag("commit", item)) {
            shop.commit = commit;
        }
    }
    for (key, list) in [
        ("channels", Names::Channels),
        ("categories", Names::Categories),
        ("urgencies", Names::Urgencies),
        ("complexities", Names::Complexities),
        ("roles", Names::Roles),
        ("remedies", Names::Remedies),
    ] {
        if let Some(names) = table.get(key).and_then(|item| source.table(key, item)) {
            read_names(source, names, list, &mut shop.names);
        }
    }
    if let Some(departments) = table.get("departments").and_then(|item| source.table("departments", item)) {
        read_departments(source, departments, &mut shop.names);
    }
    if let Some(people) = table.get("people").and_then(|item| source.table("people", item)) {
        read_people(source, people, &mut shop);
    }
    if let Some(routing) = table.get("routing").and_then(|item| source.table("routing", item)) {
        read_routing(source, routing, &mut shop);
    }
    if let Some(volume) = table.get("volume").and_then(|item| source.table("volume", item)) {
        read_volume(source, volume, &mut shop);
    }
    shop
}

fn read_shop(source: &mut Source<'_>, item: &Item<'_>, shop: &mut Shop) {
    let Some(table) = source.table("shop", item) else { return };
    let name = words::in_table("shop");
    source.keys(table, &name, &["name", "timezone", "language"]);
    for key in ["name", "timezone"] {
        if !table.contains_key(key) {
            source.missing(item.span(), &name, key);
        }
    }
    if let Some(word) = table.get("name").and_then(|item| source.string("name", item)) {
        shop.name = word.to_owned();
    }
    if let Some(item) = table.get("timezone")
        && let Some(word) = source.string("timezone", item)
    {
        match TimeZone::get(word) {
            Ok(zone) => shop.zone = zone,
            Err(_) => source.problem(item.span(), words::bad_zone(word)).help.push(words::zone_example()),
        }
    }
    if let Some(item) = table.get("language")
        && let Some(word) = source.string("language", item)
    {
        match Lang::of(word) {
            Some(lang) => shop.lang = lang,
            None => {
                source.problem(item.span(), words::bad_language(word));
            }
        }
    }
}

/// `name = "what people read"`; `name = false` takes a shared name out.
fn read_names(source: &mut Source<'_>, table: &DeTable<'_>, list: Names, names: &mut Registry) {
    for (key, item) in table {
        let word: &str = key.get_ref();
        if let DeValue::Boolean(false) = item.get_ref() {
            names.remove(list, word);
        } else if let Some(label) = source.label(word, item, &["clause"]) {
            names.add(list, word, label);
        }
    }
}

fn read_departments(source: &mut Source<'_>, table: &DeTable<'_>, names: &mut Registry) {
    for (key, item) in table {
        let word: &str = key.get_ref();
        if let DeValue::Boolean(false) = item.get_ref() {
            names.remove(Names::Departments, word);
        } else if let Some(department) = source.table(word, item) {
            source.keys(
                department,
                &words::in_table(format!("departments.{word}")),
                &["name", "duty", "clause"],
            );
            let label = match department.get("name") {
                Some(item) => source.label("name", item, &["clause"]),
                None => Some(names.label(Names::Departments, word)),
            };
            names.add(Names::Departments, word, label.unwrap_or_else(|| Text::same(word)));
        }
    }
}

fn read_people(source: &mut Source<'_>, table: &DeTable<'_>, shop: &mut Shop) {
    for (key, item) in table {
        let word: &str = key.get_ref();
        let Some(entry) = source.table(word, item) else { continue };
        source.keys(
            entry,
            &words::in_table(format!("people.{word}")),
            &["name", "email", "role", "department", "clerk"],
        );
        let mut text =
            |key: &str| entry.get(key).and_then(|item| source.string(key, item)).map(str::to_owned);
        let person = Person {
            name: text("name"),
            email: text("email"),
            role: text("role"),
            department: text("department"),
            clerk: entry.get("clerk").and_then(|item| source.flag("clerk", item)).unwrap_or_default(),
        };
        for (list, key, word) in
            [(Names::Roles, "role", &person.role), (Names::Departments, "department", &person.department)]
        {
            if let Some(word) = word
                && !shop.names.knows(list, word)
                && let Some(item) = entry.get(key)
            {
                unknown_name(source, item, list, word, &shop.names);
            }
        }
        let label = person.name.clone().map_or_else(|| Text::same(word), Text::same);
        shop.names.add(Names::People, word, label);
        shop.people.insert(word.to_owned(), person);
    }
}

fn read_routing(source: &mut Source<'_>, table: &DeTable<'_>, shop: &mut Shop) {
    for (key, item) in table {
        let Some(department) = source.string(key.get_ref(), item) else { continue };
        if !shop.names.knows(Names::Departments, department) {
            unknown_name(source, item, Names::Departments, department, &shop.names);
        }
        shop.routing.push((key.get_ref().to_string(), department.to_owned()));
    }
}

fn read_volume(source: &mut Source<'_>, table: &DeTable<'_>, shop: &mut Shop) {
    for (key, item) in table {
        let month = super::read_date(&format!("{}-01", key.get_ref()));
        if month.is_none() {
            source.problem(key.span(), words::bad_month(key.get_ref().as_ref()));
        }
        let orders = source.number(key.get_ref(), item);
        if let (Some(month), Some(orders)) = (month, orders) {
            if orders < 0.0 || orders.fract() != 0.0 {
                source.problem(item.span(), words::wants_number(key.get_ref().as_ref()));
            }
            shop.volume.insert(month, orders as u64);
        }
    }
}

pub(super) fn unknown_name(
    source: &mut Source<'_>,
    item: &Item<'_>,
    list: Names,
    word: &str,
    names: &Registry,
) {
    let known = names.all(list).iter().map(|(word, _)| word.as_str());
    source.unknown(
        item.span(),
        words::unknown_name(crate::lang::names::list(list).text(), word),
        word,
        known,
    );
}
