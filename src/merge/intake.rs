//! The intake, merged key by key.

use super::Version;
use crate::case::MERGE;
use crate::casefile::Part;

/// A key after three versions of it were compared.
pub(super) struct Choice<'p> {
    /// The chosen value; `None`: the key is absent.
    pub stands: Option<&'p Part>,
    /// The other side's value, if both changed it and no merge has noted it yet.
    pub aside: Option<Aside<'p>>,
}

/// The value that was not chosen; `None`: the key was removed.
pub(super) type Aside<'p> = Option<&'p Part>;

/// The keys of a case after a merge.
pub(super) struct MergedIntake<'p> {
    /// In their order.
    pub stands: Vec<&'p Part>,
    /// Keys that both sides changed, with the other side's value.
    pub aside: Vec<(&'p str, Aside<'p>)>,
}

/// What an earlier merge noted about a value that it did not choose.
pub(super) fn note(key: &str, aside: Aside<'_>) -> String {
    match aside {
        Some(part) if !part.meaning.is_empty() => format!("{MERGE}{key} was also: {}", part.words),
        _ => format!("{MERGE}{key} was also removed"),
    }
}

/// The change of one side, if only one changed the key; if both did, the value of `lead`.
pub(super) fn three_way<'p>(
    base: Option<&'p Part>,
    lead: Option<&'p Part>,
    other: Option<&'p Part>,
) -> Choice<'p> {
    fn says(part: Option<&Part>) -> Option<&str> {
        part.map(|part| part.meaning.as_str()).filter(|meaning| !meaning.is_empty())
    }
    let lines = |part: Option<&'p Part>| part.map(|part| part.text.as_str());
    let (stands, aside) = if says(lead) == says(other) {
        match lines(lead) == lines(base) {
            true => (other, None),
            false if lines(other) == lines(base) => (lead, None),
            false => (longer(lead, other), None),
        }
    } else if says(lead) == says(base) {
        (other, None)
    } else if says(other) == says(base) {
        (lead, None)
    } else {
        (lead, Some(other))
    };
    Choice { stands, aside }
}

/// The choice of an earlier merge, no matter which side is the later one now: its note is in the history of one.
pub(super) fn settled<'p>(
    key: &str,
    choice: Choice<'p>,
    [lead, other]: [(&Version<'_>, Option<&'p Part>); 2],
) -> Choice<'p> {
    let chose =
        |(version, _): (&Version<'_>, _), against: (_, Option<&Part>)| version.noted(&note(key, against.1));
    match choice.aside {
        Some(_) if chose(lead, other) => Choice { aside: None, ..choice },
        Some(_) if chose(other, lead) => Choice { stands: other.1, aside: None },
        _ => choice,
    }
}

/// The longer lines of two parts that mean the same: a comment is worth keeping.
pub(super) fn longer<'p>(one: Option<&'p Part>, other: Option<&'p Part>) -> Option<&'p Part> {
    let weight = |part: &&'p Part| (part.text.len(), part.text.as_str());
    one.into_iter().chain(other).max_by(|a, b| weight(a).cmp(&weight(b)))
}

/// Merges the keys of two versions.
pub(super) fn join<'p>(
    base: Option<&'p Version<'_>>,
    lead: &'p Version<'_>,
    other: &'p Version<'_>,
) -> MergedIntake<'p> {
    let mut joined = MergedIntake { stands: Vec::new(), aside: Vec::new() };
    for key in order(lead, other) {
        let sides = [lead, other].map(|version| (version, find(version, key)));
        let choice = three_way(base.and_then(|base| find(base, key)), sides[0].1, sides[1].1);
        let choice = settled(key, choice, sides);
        joined.stands.extend(choice.stands);
        joined.aside.extend(choice.aside.map(|part| (key, part)));
    }
    hold_customer(&mut joined.stands, lead, other);
    joined
}

/// Keys below `customer` need that line above them, though one side may have removed it.
fn hold_customer<'p>(stands: &mut Vec<&'p Part>, lead: &'p Version<'_>, other: &'p Version<'_>) {
    let below = stands.iter().position(|part| part.key.starts_with("customer."));
    if let Some(place) = below.filter(|_| stands.iter().all(|part| part.key != "customer")) {
        let heading = find(lead, "customer").or_else(|| find(other, "customer"));
        stands.splice(place..place, heading);
    }
}

fn find<'p>(version: &'p Version<'_>, key: &str) -> Option<&'p Part> {
    version.parts.intake.iter().find(|part| part.key == key)
}

/// The keys of both in the order of `lead`. A key that only the other has comes after the key that it follows there.
fn order<'p>(lead: &'p Version<'_>, other: &'p Version<'_>) -> Vec<&'p str> {
    let of = |version: &'p Version<'_>| version.parts.intake.iter().map(|part| part.key.as_str());
    let is_below = |key: &str| key.starts_with("customer.");
    let mut keys: Vec<&str> = of(lead).collect();
    let mut before = None;
    for key in of(other) {
        if !keys.contains(&key) {
            let behind = before.and_then(|before| keys.iter().position(|known| *known == before));
            let mut place = behind.map_or(0, |place| place + 1);
            while !is_below(key) && keys.get(place).is_some_and(|next| is_below(next)) {
                place += 1;
            }
            keys.insert(place, key);
        }
        before = Some(key);
    }
    keys
}
