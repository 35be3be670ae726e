//! Findings about a commit as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::closed_month::is_late;
use super::finding::events;
use super::input::Stamped;
use super::{AuditFinding, AuditInput, FINDINGS, judge};
use crate::error::{Code, Place};
use crate::lang::{common, duration, moment};

mod say {
    crate::messages! {
        imported(events, cases, commit) {
            "an import added {events} of {cases}; their times come from the other records: {commit}",
            "导入了 {cases}的 {events}，其中的时间以原记录为准：{commit}"
        }
        bulk(events, cases, commit) {
            "{events} of {cases} were added by hand in one commit, not at the times that they say; their times come from other records: {commit}",
            "{cases}的 {events}由手工一次提交，提交时间与记录时间不符，其中的时间以原记录为准：{commit}"
        }
        rewritten(id, author, authored, committer, committed, length) {
            "commit {id}: written by {author} on {authored}, rewritten by {committer} on {committed}, {length} apart",
            "提交 {id}：{author} 写于 {authored}，{committer} 于 {committed} 重写，相隔 {length}"
        }
        cut_off(events, commit) {
            "the history begins here ({commit}): when {events} were added is unknown",
            "历史从这里开始（{commit}），其中 {events}何时提交无从得知"
        }
        unshallow() { "`git fetch --unshallow` gets the rest of the history", "`git fetch --unshallow` 可取回其余的历史" }
        unread(commit) { "this file cannot be read in the version of {commit}", "{commit}里的这个文件无法读取" }
    }
}

/// Commits that say that they are imports, and commits made by hand that added many new cases whose stamps do not fit:
/// one finding for each commit.
pub(super) fn imported<'a>(input: &'a AuditInput<'a>, stamped: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let mut of_commit: BTreeMap<usize, Vec<&Stamped<'a>>> = BTreeMap::new();
    let asked = |stamped: &&Stamped<'a>| {
        stamped.commit.adds_records() && !stamped.commit.cut_off && input.holds(stamped.event.at.instant())
    };
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_default().push(stamped);
    }
    let mut hits = Vec::new();
    for (commit, added) in of_commit {
        let Some(first) = added.first() else { continue };
        if !first.commit.import && added.iter().all(|stamped| fits(input, stamped)) {
            continue;
        }
        let cases: BTreeSet<&str> = added.iter().map(|stamped| stamped.found.case.id.as_str()).collect();
        let commit = &input.provenance.commits[commit];
        let said = commit.said(&input.book.shop.zone);
        let (events, cases) = (events(added.len()), common::count(cases.len(), "case", "cases", "件案卷"));
        let message =
            if commit.import { say::imported(events, cases, said) } else { say::bulk(events, cases, said) };
        hits.push(AuditFinding::file(Code::Imported, Place::file(&first.found.path), None, commit, message));
    }
    hits
}

/// Whether nothing would be found about a stamp by itself.
fn fits<'a>(input: &'a AuditInput<'a>, stamped: &Stamped<'a>) -> bool {
    judge(FINDINGS, input, stamped).next().is_none() && !is_late(input, stamped)
}

/// Commits whose two times are further apart than the limit.
pub(super) fn rewritten<'a>(input: &'a AuditInput<'a>, stamped: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let asked = |stamped: &&Stamped<'a>| {
        !stamped.commit.cut_off
            && stamped.commit.rewritten(input.within)
            && input.holds(stamped.event.at.instant())
    };
    let mut of_commit: BTreeMap<usize, &Stamped<'a>> = BTreeMap::new();
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_insert(stamped);
    }
    let zone = &input.book.shop.zone;
    let mut hits = Vec::new();
    for first in of_commit.into_values() {
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
        hits.push(AuditFinding::file(Code::Rewritten, Place::file(&first.found.path), None, commit, message));
    }
    hits
}

/// The first commits of a shallow clone: it is unknown when their stamps were added.
pub(super) fn cut_off<'a>(input: &'a AuditInput<'a>, stamped: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let mut of_commit: BTreeMap<usize, (&Stamped<'a>, usize)> = BTreeMap::new();
    let asked = |stamped: &&Stamped<'a>| stamped.commit.cut_off && input.holds(stamped.event.at.instant());
    for stamped in stamped.iter().filter(asked) {
        of_commit.entry(stamped.at).or_insert((stamped, 0)).1 += 1;
    }
    let mut hits = Vec::new();
    for (first, count) in of_commit.into_values() {
        let message = say::cut_off(events(count), first.commit.said(&input.book.shop.zone));
        let place = Place::file(&first.found.path);
        let hit = AuditFinding::file(Code::CutOff, place, None, first.commit, message);
        hits.push(hit.note(say::unshallow()));
    }
    hits
}

/// Versions that could not be read; the next one that can be is compared with what the case had before.
pub(super) fn unreadable<'a>(input: &'a AuditInput<'a>, _: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let zone = &input.book.shop.zone;
    let mut hits = Vec::new();
    for unread in &input.provenance.unread {
        let commit = &input.provenance.commits[unread.commit];
        let message = say::unread(commit.said(zone));
        hits.push(AuditFinding::file(Code::UnreadablePast, Place::file(&unread.path), None, commit, message));
    }
    hits
}
