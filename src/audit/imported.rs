use std::collections::{BTreeMap, BTreeSet};

use super::stamped::Stamped;
use super::{FINDINGS, Hit, Question, closed_month, judge, say};
use crate::error::Code;
use crate::error::Place;

/// Commits that say that they are imports, and those that were made by hand and began many cases whose stamps do not
/// go together with them: told once, however many they are. That somebody looked at one is said in the baseline.
pub(super) fn find<'a>(question: &'a Question<'a>, stamped: &[Stamped<'a>]) -> Vec<Hit<'a>> {
    let mut of_commit: BTreeMap<usize, Vec<&Stamped<'a>>> = BTreeMap::new();
    let asked = |stamped: &&Stamped<'a>| {
        stamped.commit.brings_records()
            && !stamped.commit.cut_off
            && question.holds(stamped.event.at.instant())
    };
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_default().push(stamped);
    }
    let hit = |(commit, brought): (usize, Vec<&Stamped<'a>>)| {
        let first = brought.first()?;
        let fits = |stamped: &Stamped<'a>| {
            judge(FINDINGS, question, stamped).next().is_none() && !closed_month::is_late(question, stamped)
        };
        if !first.commit.import && brought.iter().all(|stamped| fits(stamped)) {
            return None;
        }
        let cases: BTreeSet<&str> = brought.iter().map(|stamped| stamped.found.case.id.as_str()).collect();
        let commit = &question.chronicle.commits[commit];
        let said = commit.said(&question.book.shop.zone);
        let (events, cases) = (say::events(brought.len()), say::cases(cases.len()));
        let message = match commit.import {
            true => say::imported(events, cases, said),
            false => say::bulk(events, cases, said),
        };
        Some(Hit::file(Code::Imported, Place::file(&first.found.path), None, commit, message))
    };
    of_commit.into_iter().filter_map(hit).collect()
}
