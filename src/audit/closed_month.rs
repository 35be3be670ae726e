//! Commits that changed a month after it had ended.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use super::commit::Commit;
use super::finding::events;
use super::input::Stamped;
use super::provenance::EventProvenance;
use super::{AuditFinding, AuditInput};
use crate::case::Id;
use crate::error::{Code, Place};
use crate::report::{Period, Span};

mod say {
    crate::messages! {
        closed_month(month, added, changed, short, commit) {
            "after {month} had ended, its events in {short} were changed: {added} added, {changed} changed or removed ({commit})",
            "{month} 结束之后，{short} 在该月的记录又有变动：新增 {added}，改动或删除 {changed} 条（{commit}）"
        }
    }
}

/// What one commit did to one case in one month: events added, and events changed or removed.
#[derive(Default)]
struct MonthChange<'a> {
    path: Option<&'a Path>,
    added: usize,
    changed: usize,
}

/// The month of a stamp, if it had ended by more than the limit when this commit changed it.
fn late(input: &AuditInput<'_>, began: Timestamp, at: Timestamp, commit: &Commit) -> Option<Date> {
    let month = Period::holding(input.book.shop.day(at), Span::Month, &input.book.shop.zone);
    let late = commit.earliest().duration_since(month.end) > input.within;
    (late && !commit.cut_off && !commit.import && month.end > began && input.holds(at)).then_some(month.first)
}

/// Whether a stamp was added to a month that had ended.
pub(super) fn is_late(input: &AuditInput<'_>, stamped: &Stamped<'_>) -> bool {
    let began = input.provenance.first.map(|first| input.provenance.commits[first].earliest());
    began.is_some_and(|began| late(input, began, stamped.event.at.instant(), stamped.commit).is_some())
}

/// An event that was restored after it had been removed, and the commit that did it.
fn restored(entry: &EventProvenance) -> Option<(&EventProvenance, usize)> {
    Some((entry, entry.restored?))
}

/// Commits that changed a month that had ended by more than the limit. A month that had ended before the ledger's first
/// commit does not count: its figures cannot have been reported. Imports and bulks have a finding of their own.
pub(super) fn closed_month<'a>(input: &'a AuditInput<'a>, stamped: &[Stamped<'a>]) -> Vec<AuditFinding<'a>> {
    let provenance = input.provenance;
    let Some(began) = provenance.first.map(|first| provenance.commits[first].earliest()) else {
        return Vec::new();
    };
    let zone = &input.book.shop.zone;
    let closed = |at: Timestamp, commit: usize| late(input, began, at, &provenance.commits[commit]);
    let mut touched: BTreeMap<(usize, &str, Date), MonthChange<'a>> = BTreeMap::new();
    let reported_here = |stamped: &&Stamped<'a>| !stamped.changed && !stamped.commit.adds_records();
    for stamped in stamped.iter().filter(reported_here) {
        if let Some(month) = closed(stamped.event.at.instant(), stamped.at) {
            let one = touched.entry((stamped.at, stamped.found.case.id.as_str(), month)).or_default();
            one.path = Some(&stamped.found.path);
            one.added += 1;
        }
    }
    let cases = input.case_by_name();
    for (name, case) in &provenance.cases {
        let history = cases.get(name.as_str()).map_or(&[][..], |found| &found.case.history);
        for (entry, commit) in history.iter().filter_map(|event| restored(case.event(event)?)) {
            if let Some(month) = closed(entry.event.at.instant(), commit) {
                let one = touched.entry((commit, name, month)).or_default();
                one.path = Some(&case.path);
                one.added += 1;
            }
        }
        for (entry, commit, next) in case.lost(history) {
            let moments = [Some(entry), next].into_iter().flatten().map(|entry| entry.event.at.instant());
            let months: BTreeSet<Date> = moments.filter_map(|at| closed(at, commit)).collect();
            for month in months {
                let one = touched.entry((commit, name, month)).or_default();
                one.path = one.path.or(Some(&case.path));
                one.changed += 1;
            }
        }
    }
    let mut hits = Vec::new();
    for ((commit, name, month), one) in touched {
        let (Ok(id), Some(path)) = (Id::parse(name), one.path) else { continue };
        let commit = &provenance.commits[commit];
        let month = Period::holding(month, Span::Month, zone).label;
        let message = say::closed_month(month, events(one.added), one.changed, id.short(), commit.said(zone));
        hits.push(AuditFinding::file(Code::ClosedMonth, Place::file(path), Some(&id), commit, message));
    }
    hits
}
