use std::collections::HashMap;

use super::chronicle::{Life, Trace};
use super::{Hit, Question, words};
use crate::case::{Event, Id};
use crate::check::Code;
use crate::error::Place;
use crate::lang::Text;
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(super) const CODE: Code = Code::error(
    "changed",
    "an event that had been committed was changed or taken out later",
    "已经提交的记录后来被改动或删除",
);

/// Events that stood in a committed file and stand there no more.
pub(super) fn find<'a>(question: &'a Question<'a>) -> Vec<Hit<'a>> {
    let standing: HashMap<&str, &Found> =
        question.cases.iter().map(|found| (found.standing.name.as_str(), found)).collect();
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
    let asked = |trace: &Trace| question.holds(trace.event.at.instant());
    life.lost()
        .filter(|(trace, _, next)| asked(trace) || next.is_some_and(&asked))
        .map(|(trace, commit, next)| {
            let commit = &question.chronicle.commits[commit];
            let said = commit.said(&question.book.shop.zone);
            let was = words::event(&trace.event);
            let index = next.and_then(|next| place(found, &next.event));
            let message = match next {
                Some(_) => words::changed(trace.event.name.word(), trace.event.at, said),
                None => words::taken_out(trace.event.name.word(), trace.event.at, said),
            };
            let mut hit = Hit::file(&CODE, Place::file(&found.path), Some(&found.case.id), commit, message);
            hit.flaw.spot = index.map_or(Spot::File, Spot::Event);
            let hit = hit.on(&trace.event).note(words::it_was(was));
            next.map_or(hit.clone(), |next| hit.note(words::it_is(words::event(&next.event))))
        })
        .collect()
}

/// A case of which nothing is left.
fn case<'a>(question: &'a Question<'a>, life: &'a Life, id: &Id) -> Option<Hit<'a>> {
    let lost: Vec<(&Trace, usize)> = life.lost().map(|(trace, commit, _)| (trace, commit)).collect();
    let (_, commit) = lost.last()?;
    lost.iter().find(|(trace, _)| question.holds(trace.event.at.instant()))?;
    let commit = &question.chronicle.commits[*commit];
    let said: Text = commit.said(&question.book.shop.zone);
    let message = words::case_gone(id.short(), lost.len(), said);
    Some(Hit::file(&CODE, Place::file(&life.path), Some(id), commit, message))
}

fn place(found: &Found, event: &Event) -> Option<usize> {
    found.case.history.iter().position(|other| other == event)
}
