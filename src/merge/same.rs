//! Whether two files with one id are of one case.

use std::collections::HashSet;

use super::Version;
use crate::case::Case;

/// Two files are of one case if they began with the same receipt and agree on what it was about, or if the whole intake
/// is the same and only the receipt was corrected.
pub(super) fn case(one: &Version<'_>, other: &Version<'_>) -> bool {
    let [first, second] = [one, other].map(|version| version.parts.events.first().map(|part| &part.meaning));
    if first == second { alike(&one.case, &other.case) } else { intake(one) == intake(other) }
}

/// The keys of the intake and their meanings, sorted.
fn intake<'v>(version: &'v Version<'_>) -> Vec<(&'v str, &'v str)> {
    let said = version.parts.intake.iter().filter(|part| !part.meaning.is_empty());
    let mut said: Vec<_> = said.map(|part| (part.key.as_str(), part.meaning.as_str())).collect();
    said.sort_unstable();
    said
}

/// Whether a version grew out of a base: both have an event, the receipt or a later one, or the intake in common.
pub(super) fn grown(base: &Version<'_>, version: &Version<'_>) -> bool {
    let meanings: HashSet<&str> = version.parts.events.iter().map(|event| event.meaning.as_str()).collect();
    base.parts.events.iter().any(|event| meanings.contains(event.meaning.as_str())) || case(base, version)
}

/// Whether something that distinguishes cases is the same in both: people correct one of these keys, not all.
fn alike(one: &Case, other: &Case) -> bool {
    one.title == other.title
        || same(&one.description, &other.description)
        || same(&one.customer.key, &other.customer.key)
        || same(&one.customer.name, &other.customer.name)
        || same(&one.customer.contact, &other.customer.contact)
        || same(&one.order, &other.order)
        || same(&one.external, &other.external)
}

fn same(one: &Option<String>, other: &Option<String>) -> bool {
    one.is_some() && one == other
}

/// Whether the first was received later; of equal ones by the text.
pub(super) fn received_later(one: &Version<'_>, other: &Version<'_>) -> bool {
    (one.case.received_at(), one.text) > (other.case.received_at(), other.text)
}
