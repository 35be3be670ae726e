use std::collections::BTreeMap;

use super::stamped::Stamped;
use super::{Hit, Question, say};
use crate::error::Code;
use crate::error::Place;
use crate::lang::{duration, moment};

/// Commits whose two times lie further apart than the limit.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let asked = |stamped: &&Stamped<'a>| {
        !stamped.commit.cut_off
            && stamped.commit.rewritten(question.within)
            && question.holds(stamped.event.at.instant())
    };
    let mut of_commit: BTreeMap<usize, &Stamped<'a>> = BTreeMap::new();
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_insert(stamped);
    }
    let zone = &question.book.shop.zone;
    let hit = |first: &Stamped<'a>| {
        let commit = first.commit;
        let apart = commit.latest().duration_since(commit.earliest());
        let message = say::rewritten(
            commit.short(),
            &commit.author,
            moment(commit.authored, zone),
            &commit.committer,
            moment(commit.committed, zone),
            duration(apart.as_secs()),
        );
        Hit::file(Code::Rewritten, Place::file(&first.found.path), None, commit, message)
    };
    of_commit.into_values().map(hit).collect()
}
