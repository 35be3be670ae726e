use std::collections::{BTreeMap, BTreeSet};

use super::stamped::Stamped;
use super::{Hit, Question, words};
use crate::check::Code;
use crate::error::Place;

pub(super) const CODE: Code = Code::error(
    "imported",
    "a commit brought in the past of other records: git cannot bear its stamps out",
    "这次提交导入了以往的记录，git 无法佐证其中的时间",
);

/// Commits that say that they are imports. That somebody looked at one is said in the baseline.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let mut of_commit: BTreeMap<usize, Vec<&Stamped<'a>>> = BTreeMap::new();
    let asked = |stamped: &&Stamped<'a>| {
        stamped.commit.import && !stamped.commit.cut_off && question.holds(stamped.event.at.instant())
    };
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_default().push(stamped);
    }
    let hit = |(commit, brought): (usize, Vec<&Stamped<'a>>)| {
        let first = brought.first()?;
        let cases: BTreeSet<&str> = brought.iter().map(|stamped| stamped.found.case.id.as_str()).collect();
        let commit = &question.chronicle.commits[commit];
        let said = commit.said(&question.book.shop.zone);
        let message = words::imported(brought.len(), cases.len(), said);
        Some(Hit::file(&CODE, Place::file(&first.found.path), None, commit, message))
    };
    of_commit.into_iter().filter_map(hit).collect()
}
