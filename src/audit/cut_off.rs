use std::collections::BTreeMap;

use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::error::Code;
use crate::error::Place;

/// The stamps of which a shallow clone cannot say when they came in.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let mut of_commit: BTreeMap<usize, (&Stamped<'a>, usize)> = BTreeMap::new();
    let asked = |stamped: &&Stamped<'a>| stamped.commit.cut_off && question.holds(stamped.event.at.instant());
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_insert((stamped, 0)).1 += 1;
    }
    let hit = |(first, count): (&Stamped<'a>, usize)| {
        let message = say::cut_off(say::events(count), first.commit.said(&question.book.shop.zone));
        Hit::file(Code::CutOff, Place::file(&first.found.path), None, first.commit, message)
            .note(say::unshallow())
    };
    of_commit.into_values().map(hit).collect()
}
