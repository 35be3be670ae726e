//! Finds what is wrong in a ledger, or should be looked at. The code of a check, its severity and its sentence are in
//! [`Code`].
//!
//! Pure: the input is cases, rules and the time, the output is all [`Flaw`]s and findings, in no order. Knows `case`,
//! `policy`, and of `ledger` what is pure: the layout and the parts of a case file, which are looked up only for files in
//! which something was found. A new check is a line in [`Code`] and a function here with its row in [`CHECKS`].

use std::collections::BTreeSet;

use jiff::Timestamp;
use rayon::prelude::*;

mod duplicates;
mod files;
mod flaw;
mod incomplete;
mod input;
mod limits;
mod not_allowed;
mod pending;
mod personal_data;
mod rules;
mod stalled;
mod stamps;
mod unapproved;
mod unknown;
mod unowned;
mod unportable_name;

#[cfg(test)]
mod tests;

pub(crate) use duplicates::repeats;
pub(crate) use flaw::Flaw;
pub(crate) use input::CheckInput;
pub(crate) use pending::{interrupted, stuck, unreadable_record, waiting};

use crate::calendar::MissingYear;
use crate::error::{Code, Finding};
use crate::ledger::Found;
use crate::policy::{Instance, RuleBook};
use CheckFinder::{Case, Cases, Ledger, Ruled};
use input::{CaseContext, LedgerContext};

/// A check: the codes that it reports, and the functions that find them. Without a function, they are found before the
/// checks run: where a case file is read (`ledger`), where the rules are (`policy`), and where a command looks for what is
/// not finished (`pending`).
struct CheckRow {
    codes: &'static [Code],
    finders: &'static [CheckFinder],
}

const fn row(codes: &'static [Code], finders: &'static [CheckFinder]) -> CheckRow {
    CheckRow { codes, finders }
}

/// What a check looks at.
#[derive(Clone, Copy)]
enum CheckFinder {
    /// A case by itself.
    Case(for<'a> fn(&'a Found) -> Vec<Flaw<'a>>),
    /// A case under its rules, if they can be used.
    Ruled(for<'a> fn(&CaseContext<'a>) -> Vec<Flaw<'a>>),
    /// All cases.
    Cases(for<'a> fn(&LedgerContext<'_, 'a>) -> Vec<Flaw<'a>>),
    /// The rules, the calendars and the directories.
    Ledger(fn(&LedgerContext<'_, '_>) -> Vec<Finding>),
}

/// Every check, in the order of the documentation.
const CHECKS: &[CheckRow] = &[
    row(&[Code::Unreadable, Code::ConflictMarker], &[]),
    row(&[Code::UnknownKey], &[Case(unknown::key)]),
    row(&[Code::BadValue], &[]),
    row(&[Code::WrongDirectory], &[Ruled(files::wrong_directory)]),
    row(&[Code::WrongName], &[Case(files::wrong_name)]),
    row(&[Code::UnportableName], &[Ledger(unportable_name::find)]),
    row(&[Code::DuplicateId], &[Cases(duplicates::duplicate_id)]),
    row(&[Code::SameExternal], &[Cases(duplicates::same_external)]),
    row(&[Code::Duplicate], &[Cases(duplicates::duplicate)]),
    row(&[Code::OutOfOrder], &[Case(stamps::out_of_order)]),
    row(&[Code::Repeated], &[Case(duplicates::repeated)]),
    row(&[Code::FutureStamp], &[Cases(stamps::future_stamp)]),
    row(
        &[Code::NotAllowed, Code::SelfApproved, Code::Unapproved, Code::Incomplete, Code::Concurrent],
        &[Ruled(not_allowed::find), Ruled(incomplete::find), Ruled(unapproved::find)],
    ),
    row(&[Code::RoleUnfilled], &[Ledger(rules::role_unfilled)]),
    row(&[Code::UnknownName], &[Ruled(unknown::name), Cases(unknown::link)]),
    row(&[Code::MissingYear], &[Ledger(rules::missing_year)]),
    row(&[Code::BadPolicy], &[]),
    row(&[Code::ReviewDue], &[Ledger(rules::review_due)]),
    row(&[Code::OldEdition], &[Ledger(rules::old_edition)]),
    row(&[Code::Overdue], &[Ruled(limits::overdue)]),
    row(&[Code::DueSoon], &[Ruled(limits::due_soon)]),
    row(&[Code::Stalled], &[Ruled(stalled::find)]),
    row(&[Code::Unowned], &[Ruled(unowned::find)]),
    row(&[Code::PersonalData], &[Case(personal_data::find)]),
    row(&[Code::MissingKeep], &[Ledger(files::missing_keep)]),
    row(&[Code::MissingFile], &[Cases(files::missing_file)]),
    row(&[Code::Pending], &[]),
];

/// Every code, in the order of the documentation.
pub fn codes() -> Vec<Code> {
    CHECKS.iter().flat_map(|row| row.codes).copied().collect()
}

/// The codes of what is late: what `--overdue` asks for. A limit that cannot be computed may be late, too, and a case on
/// which none runs.
pub(crate) fn late() -> [Code; 4] {
    [Code::MissingYear, Code::Overdue, Code::DueSoon, Code::Stalled]
}

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub(crate) struct CheckOutcome<'a> {
    /// In case files; their lines and columns are not looked up yet.
    pub flaws: Vec<Flaw<'a>>,
    /// In the rules, the calendars and the directories.
    pub findings: Vec<Finding>,
}

/// Checks everything, in one pass over the cases.
pub(crate) fn check<'a>(input: &CheckInput<'a>) -> CheckOutcome<'a> {
    run(CHECKS, input)
}

fn run<'a>(checks: &[CheckRow], input: &CheckInput<'a>) -> CheckOutcome<'a> {
    let finders: Vec<CheckFinder> = checks.iter().flat_map(|row| row.finders).copied().collect();
    let cases: Vec<OfCase<'a>> =
        input.cases.par_iter().map(|found| check_case(&finders, found, input)).collect();
    let mut outcome = CheckOutcome::default();
    let mut context = LedgerContext { input, missing_years: Vec::new() };
    for (found, case) in input.cases.iter().zip(cases) {
        outcome.flaws.extend(case.flaws);
        context.missing_years.extend(case.missing_years.into_iter().map(|missing| (&found.case.id, missing)));
    }
    for finder in finders {
        match finder {
            Cases(find) => outcome.flaws.extend(find(&context)),
            Ledger(find) => outcome.findings.extend(find(&context)),
            Case(_) | Ruled(_) => {}
        }
    }
    outcome
}

/// What was found in one case.
struct OfCase<'a> {
    flaws: Vec<Flaw<'a>>,
    /// The years that its clocks need and that a calendar lacks.
    missing_years: BTreeSet<MissingYear>,
}

fn check_case<'a>(finders: &[CheckFinder], found: &'a Found, input: &CheckInput<'a>) -> OfCase<'a> {
    let context = input.book.map(|book| CaseContext::new(found, book, [input.now, input.until]));
    let mut flaws = Vec::new();
    for finder in finders {
        match (finder, &context) {
            (Case(find), _) => flaws.extend(find(found)),
            (Ruled(find), Some(context)) => flaws.extend(find(context)),
            _ => {}
        }
    }
    let clocks = context.iter().flat_map(|context| &context.clocks);
    let missing_years = clocks.filter_map(Instance::missing_year).cloned().collect();
    OfCase { flaws, missing_years }
}

/// What is wrong with a case by itself: the checks on which figures rest, without time limits. `present`: no stamp may be
/// later.
pub(crate) fn integrity<'a>(found: &'a Found, book: &RuleBook, present: Timestamp) -> Vec<Flaw<'a>> {
    let mut flaws: Vec<Flaw<'a>> = files::wrong_name(found);
    flaws.extend(stamps::out_of_order(found));
    flaws.extend(duplicates::repeated(found));
    flaws.extend(stamps::later_than(found, present));
    flaws.extend(files::misplaced(found, &book.whole(&found.case), book));
    flaws
}
