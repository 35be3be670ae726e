use std::collections::HashMap;

use super::commit::{Commit, Undo};
use super::life::{Life, Trace};
use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::case::{Event, Id};
use crate::error::Code;
use crate::error::Place;
use crate::lang::Text;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// Events that stood in a committed file and stand there no more; but for those that a command was given by mistake
/// and taken back, with everything that it did.
pub(super) fn find<'a>(question: &'a Question<'a>, _: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let standing = question.standing();
    question
        .chronicle
        .lives
        .iter()
        .flat_map(|(name, life)| match standing.get(name.as_str()) {
            Some(found) => events(question, life, found),
            None => Id::parse(name).ok().and_then(|id| case(question, life, &id)).into_iter().collect(),
        })
        .collect()
}

/// The events that a case lost.
fn events<'a>(question: &'a Question<'a>, life: &'a Life, found: &'a Found) -> Vec<Hit<'a>> {
    let mut places: HashMap<&Event, usize> = HashMap::with_capacity(found.case.history.len());
    for (at, event) in found.case.history.iter().enumerate() {
        places.entry(event).or_insert(at);
    }
    let asked = |trace: &Trace| question.holds(trace.event.at.instant());
    lost(question, life, &found.case.history)
        .filter(|(trace, _, next)| asked(trace) || next.is_some_and(&asked))
        .map(|(trace, commit, next)| {
            let commit = &question.chronicle.commits[commit];
            let said = commit.said(&question.book.shop.zone);
            let was = say::event(&trace.event);
            let index = next.and_then(|next| places.get(&next.event).copied());
            let message = match next {
                Some(_) => say::changed(trace.event.name.word(), trace.event.at, said),
                None => say::taken_out(trace.event.name.word(), trace.event.at, said),
            };
            let mut hit =
                Hit::file(Code::Changed, Place::file(&found.path), Some(&found.case.id), commit, message);
            hit.flaw.spot = index.map_or(Spot::File, Spot::Event);
            let hit = hit.on(&trace.event).note(say::it_was(was));
            let hit = claimed(hit, commit);
            next.map_or(hit.clone(), |next| hit.note(say::it_is(say::event(&next.event))))
        })
        .collect()
}

/// A case of which nothing is left.
fn case<'a>(question: &'a Question<'a>, life: &'a Life, id: &Id) -> Option<Hit<'a>> {
    let lost: Vec<(&Trace, usize)> =
        lost(question, life, &[]).map(|(trace, commit, _)| (trace, commit)).collect();
    let (_, commit) = lost.last()?;
    lost.iter().find(|(trace, _)| question.holds(trace.event.at.instant()))?;
    let commit = &question.chronicle.commits[*commit];
    let said: Text = commit.said(&question.book.shop.zone);
    let message = say::case_gone(id.short(), say::events(lost.len()), said);
    Some(claimed(Hit::file(Code::Changed, Place::file(&life.path), Some(id), commit, message), commit))
}

/// What a case lost, but by an undo that is one.
fn lost<'a>(
    question: &'a Question<'a>,
    life: &'a Life,
    standing: &'a [Event],
) -> impl Iterator<Item = (&'a Trace, usize, Option<&'a Trace>)> {
    let undone = |commit: usize| question.chronicle.commits[commit].undo == Undo::Whole;
    life.lost(standing).filter(move |(_, commit, _)| !undone(*commit))
}

/// That the commit says of itself what is not so.
fn claimed<'a>(hit: Hit<'a>, commit: &Commit) -> Hit<'a> {
    if commit.undo == Undo::Claimed { hit.note(say::no_undo()) } else { hit }
}
