//! Events that were changed or removed after they had been committed.

use std::collections::HashMap;

use super::commit::{Commit, UndoKind};
use super::finding::events;
use super::input::Stamped;
use super::provenance::{CaseProvenance, EventProvenance};
use super::{AuditFinding, AuditInput};
use crate::case::{Event, Id};
use crate::casefile::Spot;
use crate::error::{Code, Place};
use crate::lang::Text;
use crate::ledger::Found;

mod say {
    crate::messages! {
        changed(event, at, commit) {
            "`{event}` of {at} was changed after it had been committed: {commit}",
            "{at} 的 `{event}` 在提交之后被改动：{commit}"
        }
        removed(event, at, commit) {
            "`{event}` of {at} was removed after it had been committed: {commit}",
            "{at} 的 `{event}` 在提交之后被删除：{commit}"
        }
        no_undo() {
            "the commit says that it undoes another one, but it does not restore what was there before",
            "提交自称撤销另一次提交，但并没有恢复到那次提交之前的样子"
        }
        it_was(event) { "it was: {event}", "原为：{event}" }
        it_is(event) { "it is:  {event}", "现为：{event}" }
        case_gone(short, events, commit) {
            "the case {short} was removed with {events}: {commit}",
            "案卷 {short} 连同 {events}被删除：{commit}"
        }
    }
}

/// Events that were in a committed file and are not there any more, except those of a command that was undone as a whole.
pub(super) fn changed<'a>(input: &'a AuditInput<'a>, _: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let cases = input.case_by_name();
    input
        .provenance
        .cases
        .iter()
        .flat_map(|(name, case)| match cases.get(name.as_str()) {
            Some(found) => lost_events(input, case, found),
            None => Id::parse(name).ok().and_then(|id| lost_case(input, case, &id)).into_iter().collect(),
        })
        .collect()
}

/// The events that a case lost.
fn lost_events<'a>(
    input: &'a AuditInput<'a>,
    case: &'a CaseProvenance,
    found: &'a Found,
) -> Vec<AuditFinding<'a>> {
    let mut places: HashMap<&Event, usize> = HashMap::with_capacity(found.case.history.len());
    for (at, event) in found.case.history.iter().enumerate() {
        places.entry(event).or_insert(at);
    }
    let asked = |entry: &EventProvenance| input.holds(entry.event.at.instant());
    lost(input, case, &found.case.history)
        .filter(|(entry, _, next)| asked(entry) || next.is_some_and(&asked))
        .map(|(entry, commit, next)| {
            let commit = &input.provenance.commits[commit];
            let said = commit.said(&input.book.shop.zone);
            let was = in_a_line(&entry.event);
            let index = next.and_then(|next| places.get(&next.event).copied());
            let message = match next {
                Some(_) => say::changed(entry.event.name.word(), entry.event.at, said),
                None => say::removed(entry.event.name.word(), entry.event.at, said),
            };
            let mut hit = AuditFinding::file(
                Code::Changed,
                Place::file(&found.path),
                Some(&found.case.id),
                commit,
                message,
            );
            hit.flaw.spot = index.map_or(Spot::File, Spot::Event);
            let hit = hit.on(&entry.event).note(say::it_was(was));
            let hit = claimed(hit, commit);
            next.map_or(hit.clone(), |next| hit.note(say::it_is(in_a_line(&next.event))))
        })
        .collect()
}

/// A case that was removed completely.
fn lost_case<'a>(input: &'a AuditInput<'a>, case: &'a CaseProvenance, id: &Id) -> Option<AuditFinding<'a>> {
    let lost: Vec<(&EventProvenance, usize)> =
        lost(input, case, &[]).map(|(entry, commit, _)| (entry, commit)).collect();
    let (_, commit) = lost.last()?;
    lost.iter().find(|(entry, _)| input.holds(entry.event.at.instant()))?;
    let commit = &input.provenance.commits[*commit];
    let said: Text = commit.said(&input.book.shop.zone);
    let message = say::case_gone(id.short(), events(lost.len()), said);
    Some(claimed(
        AuditFinding::file(Code::Changed, Place::file(&case.path), Some(id), commit, message),
        commit,
    ))
}

/// What a case lost, except by an undo that restored everything.
fn lost<'a>(
    input: &'a AuditInput<'a>,
    case: &'a CaseProvenance,
    history: &'a [Event],
) -> impl Iterator<Item = (&'a EventProvenance, usize, Option<&'a EventProvenance>)> {
    let undone = |commit: usize| input.provenance.commits[commit].undo == UndoKind::Whole;
    case.lost(history).filter(move |(_, commit, _)| !undone(*commit))
}

/// Notes that a commit claims to be an undo and is none.
fn claimed<'a>(hit: AuditFinding<'a>, commit: &Commit) -> AuditFinding<'a> {
    if commit.undo == UndoKind::Claimed { hit.note(say::no_undo()) } else { hit }
}

/// An event in a line, as its file has it.
fn in_a_line(event: &Event) -> Text {
    let mut words = format!("{}: {}", event.name, event.at);
    words.extend(event.by.iter().map(|by| format!(", by: {by}")));
    words.extend(event.recorded.iter().map(|at| format!(", recorded: {at}")));
    words.extend(event.payload.iter().map(|(field, value)| format!(", {field}: {value}")));
    words.extend(event.unknown.iter().map(|key| format!(", {key}: …")));
    Text::same(words)
}
