use crate::error::Code;
use std::collections::HashMap;

use super::subject::Whole;
use super::{Flaw, say};
use crate::case::Id;
use crate::lang::common;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// Cases that stand in more than one file; each of the files is named.
pub(super) fn find<'a>(whole: &Whole<'_, 'a>) -> Vec<Flaw<'a>> {
    let cases = whole.stock.cases;
    let mut files: HashMap<&Id, Vec<&Found>> = HashMap::with_capacity(cases.len());
    for found in cases {
        files.entry(&found.case.id).or_default().push(found);
    }
    let several = files.into_values().filter(|files| files.len() > 1);
    several.flat_map(|files| files.iter().map(|one| flaw(one, &files)).collect::<Vec<_>>()).collect()
}

fn flaw<'a>(one: &'a Found, files: &[&'a Found]) -> Flaw<'a> {
    let others = files.iter().filter(|other| other.path != one.path);
    let others = common::first_of(others.map(|other| other.path.display().to_string()), files.len() - 1);
    let message = say::duplicate(one.case.id.short(), others);
    Code::DuplicateId
        .of(one, Spot::IntakeValue("id"), message)
        .note(say::after_a_merge())
        .help(say::mend_joins(one.case.id.short()))
}
