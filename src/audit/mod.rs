//! Every stamp held against the commit that brought it in: one file a kind of finding, with its code and its sentence.
//!
//! Pure: a [`Chronicle`] of what each commit made of the cases, the cases as they stand and the rules come in, findings
//! come out. What a commit says of its times is all that there is to go by. It says two: when its author made it, and
//! when it was committed as it is; a rebase, an amendment and a cherry-pick set the second anew. A stamp is found fault
//! with only where neither bears it out, and that the two lie apart is told of the commit itself.
//!
//! Knows nothing of git: a [`Commit`] is what somebody says of one.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

mod accept;
mod approval;
mod author;
mod backdated;
mod baseline;
mod changed;
mod chronicle;
mod closed_month;
mod commit;
mod cut_off;
mod future;
mod hit;
mod imported;
mod life;
mod rewritten;
mod say;
mod shops;
mod stamped;
mod unread;

#[cfg(test)]
mod tests;

pub(crate) use accept::accept;
pub(crate) use baseline::BASELINE;
pub use baseline::Baseline;
pub(crate) use chronicle::{Change, Chronicle, Side};
pub(crate) use commit::{Commit, Undo};
pub(crate) use hit::Hit;
pub(crate) use life::Version;
pub(crate) use shops::Shops;

use crate::error::Code;
use crate::ledger::Found;
use crate::policy::{Book, Shop};
use crate::report::Period;
use AuditFinder::{Case, Commits, Stamp};
use stamped::Stamped;

/// A kind of finding: the codes that a function reports. Without a function: what the baseline itself is warned of.
struct AuditRow(&'static [Code], &'static [AuditFinder]);

/// What is looked at.
#[derive(Clone, Copy)]
enum AuditFinder {
    /// A stamp and its commit.
    Stamp(for<'a> fn(&'a Question<'a>, &Stamped<'a>) -> Option<Hit<'a>>),
    /// The events of a case.
    Case(for<'a> fn(&'a Question<'a>, &'a Found) -> Vec<Hit<'a>>),
    /// All that commits made of the cases, and all stamps.
    Commits(for<'a> fn(&'a Question<'a>, &[Stamped<'a>]) -> Vec<Hit<'a>>),
}

/// Every kind of finding, in the order of the documentation.
const FINDINGS: &[AuditRow] = &[
    AuditRow(&[Code::Backdated], &[Stamp(backdated::find)]),
    AuditRow(&[Code::Future], &[Stamp(future::find)]),
    AuditRow(&[Code::Changed], &[Commits(changed::find)]),
    AuditRow(&[Code::NotAuthor], &[Stamp(author::find)]),
    AuditRow(&[Code::SelfApproved, Code::NotInRole], &[Case(approval::find)]),
    AuditRow(&[Code::ClosedMonth], &[Commits(closed_month::find)]),
    AuditRow(&[Code::Imported], &[Commits(imported::find)]),
    AuditRow(&[Code::Rewritten], &[Commits(rewritten::find)]),
    AuditRow(&[Code::CutOff], &[Commits(cut_off::find)]),
    AuditRow(&[Code::UnreadablePast], &[Commits(unread::find)]),
    AuditRow(&[Code::Baseline], &[]),
];

/// Every code, in the order of the documentation.
pub fn codes() -> Vec<Code> {
    FINDINGS.iter().flat_map(|row| row.0).copied().collect()
}

/// What is audited.
pub(crate) struct Question<'a> {
    /// What each commit made of the cases.
    pub chronicle: &'a Chronicle,
    /// The cases as the last commit has them.
    pub cases: &'a [Found],
    /// The rules as the last commit has them.
    pub book: &'a Book,
    /// The shop as it stood at each commit of the chronicle.
    pub shops: &'a Shops,
    /// How much later than its stamp an event may be committed.
    pub within: SignedDuration,
    /// Only stamps in it; `None`: all.
    pub period: Option<&'a Period>,
}

impl<'a> Question<'a> {
    /// The cases as they stand, by the name of their file.
    fn standing(&self) -> HashMap<&'a str, &'a Found> {
        self.cases.iter().map(|found| (found.standing.name.as_str(), found)).collect()
    }

    /// Whether a stamp is asked about.
    fn holds(&self, at: Timestamp) -> bool {
        self.period.is_none_or(|period| period.holds(at))
    }

    /// The shop as it stood at a commit; before the first that can be read, as it stands now.
    fn shop(&self, commit: usize) -> &Shop {
        self.shops.at(commit).unwrap_or(&self.book.shop)
    }
}

/// What a stamp and its commit say that does not go together.
fn judge<'a>(
    rows: &[AuditRow],
    question: &'a Question<'a>,
    stamped: &Stamped<'a>,
) -> impl Iterator<Item = Hit<'a>> {
    finders(rows).filter_map(move |finder| match finder {
        Stamp(find) => find(question, stamped),
        Case(_) | Commits(_) => None,
    })
}

fn finders(rows: &[AuditRow]) -> impl Iterator<Item = AuditFinder> {
    rows.iter().flat_map(|row| row.1).copied()
}

/// Everything that is found, in no order.
pub(crate) fn audit<'a>(question: &'a Question<'a>) -> Vec<Hit<'a>> {
    run(FINDINGS, question)
}

fn run<'a>(rows: &[AuditRow], question: &'a Question<'a>) -> Vec<Hit<'a>> {
    let stamped: Vec<Stamped<'a>> =
        question.cases.iter().flat_map(|found| stamped::of(question, found)).collect();
    let mut hits: Vec<Hit<'a>> = stamped
        .par_iter()
        .filter(|stamped| stamped.is_judged() && question.holds(stamped.event.at.instant()))
        .flat_map_iter(|stamped| judge(rows, question, stamped))
        .collect();
    for finder in finders(rows) {
        match finder {
            Stamp(_) => {}
            Case(find) => {
                let found = question.cases.par_iter().flat_map_iter(|found| find(question, found));
                hits.extend(found.collect::<Vec<_>>());
            }
            Commits(find) => hits.extend(find(question, &stamped)),
        }
    }
    hits
}
