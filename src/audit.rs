//! Compares every stamp with the commit that added it. The code of a finding, its severity and its sentence are in
//! [`Code`].
//!
//! Pure: the input is a [`LedgerProvenance`] (what each commit changed in the cases), the cases of the last commit and
//! the rules; the output is findings. The only evidence is the times of a commit. There are two: the author's time, and the
//! committer's, which a rebase, an amendment and a cherry-pick renew. A stamp is a finding only if it fits neither. If the
//! two are far apart, that is a finding about the commit.
//!
//! Knows nothing of git: a [`Commit`] is data.

use rayon::prelude::*;

mod baseline;
mod changed;
mod closed_month;
mod commit;
mod commits;
mod finding;
mod input;
mod people;
mod provenance;
mod times;

#[cfg(test)]
mod tests;

pub use baseline::Baseline;
pub(crate) use baseline::{BASELINE, accept};
pub(crate) use commit::{Commit, UndoKind};
pub(crate) use finding::AuditFinding;
pub(crate) use input::{AuditInput, Shops};
pub(crate) use provenance::{CaseVersion, FileChange, FileState, LedgerProvenance};

use crate::error::Code;
use crate::ledger::Found;
use AuditFinder::{Case, Commits, Stamp};
use input::{Stamped, stamped};

/// A kind of finding: the codes that a function reports. Without a function: the warnings about the baseline itself.
struct AuditRow {
    codes: &'static [Code],
    finders: &'static [AuditFinder],
}

const fn row(codes: &'static [Code], finders: &'static [AuditFinder]) -> AuditRow {
    AuditRow { codes, finders }
}

/// What a function looks at.
#[derive(Clone, Copy)]
enum AuditFinder {
    /// A stamp and its commit.
    Stamp(for<'a> fn(&'a AuditInput<'a>, &Stamped<'a>) -> Option<AuditFinding<'a>>),
    /// The events of a case.
    Case(for<'a> fn(&'a AuditInput<'a>, &'a Found) -> Vec<AuditFinding<'a>>),
    /// All that commits changed in the cases, and all stamps.
    Commits(for<'a> fn(&'a AuditInput<'a>, &[Stamped<'a>]) -> Vec<AuditFinding<'a>>),
}

/// Every kind of finding, in the order of the documentation.
const FINDINGS: &[AuditRow] = &[
    row(&[Code::Backdated], &[Stamp(times::backdated)]),
    row(&[Code::Future], &[Stamp(times::future)]),
    row(&[Code::Changed], &[Commits(changed::changed)]),
    row(&[Code::NotAuthor], &[Stamp(people::author)]),
    row(&[Code::SelfApproved, Code::NotInRole], &[Case(people::approval)]),
    row(&[Code::ClosedMonth], &[Commits(closed_month::closed_month)]),
    row(&[Code::Imported], &[Commits(commits::imported)]),
    row(&[Code::Rewritten], &[Commits(commits::rewritten)]),
    row(&[Code::CutOff], &[Commits(commits::cut_off)]),
    row(&[Code::UnreadablePast], &[Commits(commits::unreadable)]),
    row(&[Code::Baseline], &[]),
];

/// Every code, in the order of the documentation.
pub fn codes() -> Vec<Code> {
    FINDINGS.iter().flat_map(|row| row.codes).copied().collect()
}

/// The findings about one stamp and its commit.
fn judge<'a>(
    rows: &[AuditRow],
    input: &'a AuditInput<'a>,
    stamped: &Stamped<'a>,
) -> impl Iterator<Item = AuditFinding<'a>> {
    finders(rows).filter_map(move |finder| match finder {
        Stamp(find) => find(input, stamped),
        Case(_) | Commits(_) => None,
    })
}

fn finders(rows: &[AuditRow]) -> impl Iterator<Item = AuditFinder> {
    rows.iter().flat_map(|row| row.finders).copied()
}

/// Everything that is found, in no order.
pub(crate) fn audit<'a>(input: &'a AuditInput<'a>) -> Vec<AuditFinding<'a>> {
    run(FINDINGS, input)
}

fn run<'a>(rows: &[AuditRow], input: &'a AuditInput<'a>) -> Vec<AuditFinding<'a>> {
    let stamped: Vec<Stamped<'a>> = input.cases.iter().flat_map(|found| stamped(input, found)).collect();
    let mut hits: Vec<AuditFinding<'a>> = stamped
        .par_iter()
        .filter(|stamped| stamped.is_judged() && input.holds(stamped.event.at.instant()))
        .flat_map_iter(|stamped| judge(rows, input, stamped))
        .collect();
    for finder in finders(rows) {
        match finder {
            Stamp(_) => {}
            Case(find) => {
                let found = input.cases.par_iter().flat_map_iter(|found| find(input, found));
                hits.extend(found.collect::<Vec<_>>());
            }
            Commits(find) => hits.extend(find(input, &stamped)),
        }
    }
    hits
}
