use crate::error::Code;
use std::collections::{HashMap, HashSet};

use super::subject::Whole;
use super::{Flaw, say};
use crate::case::Id;
use crate::lang::common;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// Cases that were imported from the same row, such as in two clones; not those of which one links to the other.
pub(super) fn find<'a>(whole: &Whole<'_, 'a>) -> Vec<Flaw<'a>> {
    let mut imported: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in whole.stock.cases {
        if let Some(external) = &found.case.external {
            imported.entry(external).or_default().push(found);
        }
    }
    imported
        .into_iter()
        .filter(|(_, cases)| cases.len() > 1)
        .flat_map(|(word, cases)| flaws(word, &cases))
        .collect()
}

/// A finding for each case of a cluster, which may be all of them: none of them holds the others one by one.
fn flaws<'a>(external: &str, cases: &[&'a Found]) -> Vec<Flaw<'a>> {
    let mut ids: Vec<&Id> = cases.iter().map(|found| &found.case.id).collect();
    ids.sort_by_key(|id| (id.short(), id.as_str()));
    ids.dedup();
    let there: HashSet<&str> = ids.iter().map(|id| id.as_str()).collect();
    // Who is one case, or of whom people said that they belong together.
    let mut belong: HashMap<&str, HashSet<&str>> =
        ids.iter().map(|id| (id.as_str(), HashSet::from([id.as_str()]))).collect();
    for found in cases {
        let own = found.case.id.as_str();
        for link in found.case.links.iter().filter_map(|link| there.get(link.as_str()).copied()) {
            belong.entry(own).or_default().insert(link);
            belong.entry(link).or_default().insert(own);
        }
    }
    let flaw = |found: &&'a Found| {
        let joined = belong.get(found.case.id.as_str())?;
        let others = ids.iter().filter(|id| !joined.contains(id.as_str())).map(|id| id.short());
        let count = ids.len() - joined.len();
        let message = say::same_external(external, common::first_of(others, count));
        let flaw = Code::SameExternal.of(found, Spot::IntakeValue("external"), message);
        (count > 0).then(|| flaw.note(say::imported_twice()).help(say::link_them()))
    };
    cases.iter().filter_map(flaw).collect()
}
