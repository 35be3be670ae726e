use std::collections::{BTreeSet, HashMap};

use super::{Code, Flaw, words};
use crate::case::Case;
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(super) const CODE: Code = Code::warning(
    "same-external",
    "two cases have the same id of the system that they were imported from",
    "两件案卷来自外部系统的同一个编号",
);

/// Cases that were imported from the same row, such as in two clones; not those of which one links to the other.
pub(super) fn find(cases: &[Found]) -> Vec<Flaw<'_>> {
    let mut imported: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in cases {
        if let Some(external) = &found.case.external {
            imported.entry(external).or_default().push(found);
        }
    }
    let several = imported.into_iter().filter(|(_, cases)| cases.len() > 1);
    several
        .flat_map(|(external, cases)| {
            cases.iter().filter_map(|one| flaw(one, &cases, external)).collect::<Vec<_>>()
        })
        .collect()
}

fn flaw<'a>(one: &'a Found, cases: &[&'a Found], external: &str) -> Option<Flaw<'a>> {
    let others: BTreeSet<&str> = cases
        .iter()
        .filter(|other| !belong(&one.case, &other.case))
        .map(|other| other.case.id.short())
        .collect();
    if others.is_empty() {
        return None;
    }
    let others: Vec<&str> = others.into_iter().collect();
    let message = words::same_external(external, others.join(", "));
    let flaw = CODE.of(one, Spot::IntakeValue("external"), message);
    Some(flaw.note(words::imported_twice()).help(words::link_them()))
}

/// Whether they are one case, or people said that they belong together.
fn belong(one: &Case, other: &Case) -> bool {
    let links = |from: &Case, to: &Case| from.links.iter().any(|link| link == to.id.as_str());
    one.id == other.id || links(one, other) || links(other, one)
}
