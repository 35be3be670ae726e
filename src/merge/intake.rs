//! The intake, merged key by key.

use super::Version;
use crate::case::MERGE;
use crate::casefile::Part;

/// A key after three versions of it were compared.
pub(super) struct Choice<'p> {
    /// The chosen value; `None`: the key is absent.
    pub chosen: Option<&'p Part>,
    /// The other side's value, if both changed it and no merge has noted it yet.
    pub aside: Option<Aside<'p>>,
}

/// The value that was not chosen; `None`: the key was removed.
pub(super) type Aside<'p> = Option<&'p Part>;

/// The keys of a case after a merge.
pub(super) struct MergedIntake<'p> {
    /// In their order.
    pub chosen: Vec<&'p Part>,
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
    let (chosen, aside) = if says(lead) == says(other) {
        if lines(lead) == lines(base) {
            (other, None)
        } else if lines(other) == lines(base) {
            (lead, None)
        } else {
            (longer(lead, other), None)
        }
    } else if says(lead) == says(base) {
        (other, None)
    } else if says(other) == says(base) {
        (lead, None)
    } else {
        (lead, Some(other))
    };
    Choice { chosen, aside }
}

fn says(part: Option<&Part>) -> Option<&str> {
    part.map(|part| part.meaning.as_str()).filter(|meaning| !meaning.is_empty())
}

fn lines(part: Option<&Part>) -> Option<&str> {
    part.map(|part| part.text.as_str())
}

/// The choice of an earlier merge, no matter which side is the later one now. Its note is in the history of one side.
pub(super) fn settled<'p>(
    key: &str,
    choice: Choice<'p>,
    [lead, other]: [(&Version<'_>, Option<&'p Part>); 2],
) -> Choice<'p> {
    if choice.aside.is_none() {
        return choice;
    }
    let ((lead, leads), (other, others)) = (lead, other);
    if lead.noted(&note(key, others)) {
        Choice { aside: None, ..choice }
    } else if other.noted(&note(key, leads)) {
        Choice { chosen: others, aside: None }
    } else {
        choice
    }
}

/// The longer lines of two parts that mean the same: a comment is worth keeping.
pub(super) fn longer<'p>(one: Option<&'p Part>, other: Option<&'p Part>) -> Option<&'p Part> {
    one.into_iter().chain(other).max_by(|a, b| a.text.len().cmp(&b.text.len()).then(a.text.cmp(&b.text)))
}

/// Merges the keys of two versions.
pub(super) fn join<'p>(
    base: Option<&'p Version<'_>>,
    lead: &'p Version<'_>,
    other: &'p Version<'_>,
) -> MergedIntake<'p> {
    let mut joined = MergedIntake { chosen: Vec::new(), aside: Vec::new() };
    for key in order(lead, other) {
        let sides = [lead, other].map(|version| (version, find(version, key)));
        let choice = three_way(base.and_then(|base| find(base, key)), sides[0].1, sides[1].1);
        let choice = settled(key, choice, sides);
        joined.chosen.extend(choice.chosen);
        joined.aside.extend(choice.aside.map(|part| (key, part)));
    }
    hold_customer(&mut joined.chosen, lead, other);
    joined
}

/// Adds the line `customer` above the keys below it, if it is missing: one side may have removed it.
fn hold_customer<'p>(chosen: &mut Vec<&'p Part>, lead: &'p Version<'_>, other: &'p Version<'_>) {
    let below = chosen.iter().position(|part| is_of_customer(&part.key));
    if let Some(place) = below.filter(|_| chosen.iter().all(|part| part.key != "customer")) {
        let heading = find(lead, "customer").or_else(|| find(other, "customer"));
        chosen.splice(place..place, heading);
    }
}

fn find<'p>(version: &'p Version<'_>, key: &str) -> Option<&'p Part> {
    version.parts.intake.iter().find(|part| part.key == key)
}

/// The keys of both in the order of `lead`. A key that only the other has comes after the key that it follows there.
fn order<'p>(lead: &'p Version<'_>, other: &'p Version<'_>) -> Vec<&'p str> {
    let mut keys: Vec<&str> = keys(lead).collect();
    let mut before = None;
    for key in self::keys(other) {
        if !keys.contains(&key) {
            let behind = before.and_then(|before| keys.iter().position(|known| *known == before));
            let mut place = behind.map_or(0, |place| place + 1);
            while !is_of_customer(key) && keys.get(place).is_some_and(|next| is_of_customer(next)) {
                place += 1;
            }
            keys.insert(place, key);
        }
        before = Some(key);
    }
    keys
}

fn keys<'p>(version: &'p Version<'_>) -> impl Iterator<Item = &'p str> {
    version.parts.intake.iter().map(|part| part.key.as_str())
}

fn is_of_customer(key: &str) -> bool {
    key.starts_with("customer.")
}
