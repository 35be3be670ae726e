//! Whether two files with one id are of one case.

use super::Version;
use crate::case::Case;
use crate::casefile::Part;

/// Two files are of one case if they began with the same receipt and agree on what it was about, or if the whole intake
/// is the same and only the receipt was corrected.
pub(super) fn case(one: &Version<'_>, other: &Version<'_>) -> bool {
    let received = |version: &Version<'_>| version.parts.events.first().map(|part| part.meaning.clone());
    if received(one) == received(other) {
        return alike(&one.case, &other.case);
    }
    let brought = |version: &Version<'_>| {
        let said = version.parts.intake.iter().filter(|part| !part.meaning.is_empty());
        let mut said: Vec<_> = said.map(|part| (part.key.clone(), part.meaning.clone())).collect();
        said.sort();
        said
    };
    brought(one) == brought(other)
}

/// Whether a version grew out of a base: both have an event, the receipt or a later one, or the intake in common.
pub(super) fn grown(base: &Version<'_>, version: &Version<'_>) -> bool {
    let told = |event: &Part| version.parts.events.iter().any(|own| own.meaning == event.meaning);
    base.parts.events.iter().any(told) || case(base, version)
}

/// Whether something that tells cases apart is the same in both: people correct one of these keys, not all.
fn alike(one: &Case, other: &Case) -> bool {
    let same = |of: fn(&Case) -> Option<&String>| of(one).is_some() && of(one) == of(other);
    one.title == other.title
        || same(|case| case.description.as_ref())
        || same(|case| case.customer.key.as_ref())
        || same(|case| case.customer.name.as_ref())
        || same(|case| case.customer.contact.as_ref())
        || same(|case| case.order.as_ref())
        || same(|case| case.external.as_ref())
}

/// Whether the first was received later; of equal ones by the text.
pub(super) fn received_later(one: &Version<'_>, other: &Version<'_>) -> bool {
    (one.case.received_at(), one.text) > (other.case.received_at(), other.text)
}
