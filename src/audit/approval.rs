use std::collections::HashMap;

use super::stamped::{self, Stamped};
use super::{Hit, Question, say};
use crate::case::{EventName, Field};
use crate::error::Code;
use crate::ledger::Found;

/// Approvals by the one who proposed, and in a role that the approver did not hold by `fb.toml` as it stood then.
pub(super) fn find<'a>(question: &'a Question<'a>, found: &'a Found) -> Vec<Hit<'a>> {
    if !found.case.history.iter().any(|event| event.name == EventName::Approved) {
        return Vec::new();
    }
    let replay = question.book.whole(&found.case);
    let roles = question.book.rules(&found.case).approvers(found.case.kind);
    let places: HashMap<usize, usize> =
        replay.steps.iter().enumerate().map(|(at, step)| (step.index, at)).collect();
    let mut hits = Vec::new();
    for stamped in stamped::of(question, found) {
        let event = stamped.event;
        if event.name != EventName::Approved || !question.holds(event.at.instant()) {
            continue;
        }
        let Some(by) = event.by.as_deref() else { continue };
        let at = places.get(&stamped.index);
        let before = at.and_then(|at| at.checked_sub(1)).map(|before| &replay.steps[before].state);
        if before.is_some_and(|state| state.proposed_by == Some(by)) {
            hits.push(Hit::stamp(Code::SelfApproved, &stamped, "by", say::self_approved(by)));
        }
        hits.extend(in_role(question, &stamped, by, roles));
    }
    hits
}

/// Somebody whom `fb.toml` does not name has no role to hold against.
fn in_role<'a>(
    question: &'a Question<'a>,
    stamped: &Stamped<'a>,
    by: &str,
    roles: &[String],
) -> Option<Hit<'a>> {
    let commit = stamped.commit.said(&question.book.shop.zone);
    let Some(role) = stamped.event.text(Field::As) else {
        return (!roles.is_empty())
            .then(|| Hit::stamp(Code::NotInRole, stamped, "approved", say::no_role(by, commit)));
    };
    let person = question.shop(stamped.at).people.get(by)?;
    (person.role.as_deref() != Some(role))
        .then(|| Hit::stamp(Code::NotInRole, stamped, "as", say::not_in_role(by, role, commit)))
}
