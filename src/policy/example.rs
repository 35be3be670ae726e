//! A short way to write rule books in tests.

use std::path::PathBuf;

use super::RuleBook;

/// A shop in Shanghai without people.
pub(crate) const SHOP: &str = "[shop]\nname = \"shop\"\ntimezone = \"Asia/Shanghai\"\nlanguage = \"en\"\n";

/// The book of a shop with these rules and, if given, this calendar.
pub(crate) fn book(shop: &str, calendar: Option<&str>, rules: &str) -> RuleBook {
    let file = |path: &str, text: &str| (PathBuf::from(path), text.to_owned());
    let calendars: Vec<_> = calendar.map(|text| file("calendar/office.toml", text)).into_iter().collect();
    RuleBook::read(&file("fb.toml", shop), &calendars, &[file("policy/base.toml", rules)]).unwrap()
}
