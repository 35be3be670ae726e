//! The people of events: whether the person is the commit's author, and the roles of approvers.

use std::collections::HashMap;

use super::input::{Stamped, stamped};
use super::{AuditFinding, AuditInput};
use crate::case::{EventName, Field};
use crate::error::Code;
use crate::ledger::Found;

mod say {
    crate::messages! {
        not_author(event, by, author, commit) {
            "`{event}` names {by}, but {author} added it: {commit}",
            "`{event}` 的经办人写的是 {by}，提交人却是 {author}：{commit}"
        }
        entered_for(by) { "the commit says that it was entered for {by} (--by, FB_BY)", "提交中已注明：代 {by} 登记（--by、FB_BY）" }
        not_said(by) {
            "the commit does not say that it was entered for {by}: it was written by hand, or by an older fb",
            "提交中没有注明是代 {by} 登记：可能是手工改写，或由旧版 fb 写入"
        }
        name_clerks(author) {
            "if this is their job, write `clerk = true` under [people.\"{author}\"] in fb.toml",
            "如果代人登记是其职责，可在 fb.toml 的 [people.\"{author}\"] 下写 `clerk = true`"
        }
        self_approved(by) { "{by} proposed the remedy and approved it", "{by} 拟定方案，又自己批准" }
        no_role(by, commit) { "{by} approved, but named no role ({commit})", "{by} 批准时没有写明职务（{commit}）" }
        not_in_role(by, role, commit) {
            "{by} approved as `{role}`, but fb.toml did not give them this role at that time ({commit})",
            "{by} 以 `{role}` 的身份批准，但当时的 fb.toml 并未授予这一职务（{commit}）"
        }
    }
}

/// An event whose person is not the author of the commit. A clerk (`clerk = true` in the `fb.toml` of that commit) may
/// enter events for others if the commit says for whom, but no approvals.
pub(super) fn author<'a>(input: &'a AuditInput<'a>, stamped: &Stamped<'a>) -> Option<AuditFinding<'a>> {
    let by = stamped.event.by.as_deref()?;
    let commit = stamped.commit;
    let shop = input.shop(stamped.at);
    let author = shop.author(&commit.email);
    if by == author {
        return None;
    }
    let said = commit.is_entered_for(by);
    let clerk = shop.people.get(author).is_some_and(|person| person.clerk);
    let approval = stamped.event.name == EventName::Approved;
    if said && clerk && !approval {
        return None;
    }
    let message = say::not_author(stamped.event.name.word(), by, author, commit.said(&input.book.shop.zone));
    let note = if said { say::entered_for(by) } else { say::not_said(by) };
    let hit = AuditFinding::stamp(Code::NotAuthor, stamped, "by", message).note(note);
    Some(if said && !approval { hit.note(say::name_clerks(author)) } else { hit })
}

/// Approvals by the person who proposed, and in a role that the approver did not have in the `fb.toml` of that commit.
pub(super) fn approval<'a>(input: &'a AuditInput<'a>, found: &'a Found) -> Vec<AuditFinding<'a>> {
    if !found.case.history.iter().any(|event| event.name == EventName::Approved) {
        return Vec::new();
    }
    let replay = input.book.whole(&found.case);
    let roles = input.book.rules(&found.case).approvers(found.case.kind);
    let places: HashMap<usize, usize> =
        replay.steps.iter().enumerate().map(|(at, step)| (step.index, at)).collect();
    let mut hits = Vec::new();
    for stamped in stamped(input, found) {
        let event = stamped.event;
        if event.name != EventName::Approved || !input.holds(event.at.instant()) {
            continue;
        }
        let Some(by) = event.by.as_deref() else { continue };
        let at = places.get(&stamped.index);
        let before = at.and_then(|at| at.checked_sub(1)).map(|before| &replay.steps[before].state);
        if before.is_some_and(|state| state.proposed_by == Some(by)) {
            hits.push(AuditFinding::stamp(Code::SelfApproved, &stamped, "by", say::self_approved(by)));
        }
        hits.extend(in_role(input, &stamped, by, roles));
    }
    hits
}

/// A finding if the approver did not have the role. An approver whom `fb.toml` does not name has no role to compare with.
fn in_role<'a>(
    input: &'a AuditInput<'a>,
    stamped: &Stamped<'a>,
    by: &str,
    roles: &[String],
) -> Option<AuditFinding<'a>> {
    let commit = stamped.commit.said(&input.book.shop.zone);
    let Some(role) = stamped.event.text(Field::As) else {
        if roles.is_empty() {
            return None;
        }
        return Some(AuditFinding::stamp(Code::NotInRole, stamped, "approved", say::no_role(by, commit)));
    };
    let person = input.shop(stamped.at).people.get(by)?;
    if person.role.as_deref() == Some(role) {
        return None;
    }
    Some(AuditFinding::stamp(Code::NotInRole, stamped, "as", say::not_in_role(by, role, commit)))
}
