//! What is wrong in a ledger, or worth a look: one file a check; its code, severity and sentence are in [`Code`].
//!
//! Pure: cases, rules and the present come in, [`Flaw`]s and findings come out, all of them, in no order. Knows
//! `case`, `policy`, and of `ledger` what is pure: the layout and the parts of a case file, which are looked up
//! only for files in which something was found. A new check is a line in [`Code`] and in [`CODES`], a file here, and a line in [`check`].

use std::collections::HashSet;

use rayon::prelude::*;

mod code;
mod due_soon;
mod duplicate_id;
mod flaw;
mod future_stamp;
mod integrity;
mod missing_file;
mod missing_keep;
mod missing_year;
mod not_allowed;
mod out_of_order;
mod overdue;
mod pending;
mod personal_data;
mod repeated;
mod review_due;
mod same_external;
mod say;
mod subject;
mod unknown_key;
mod unknown_name;
mod unowned;
mod unportable_name;
mod wrong_directory;
mod wrong_name;

#[cfg(test)]
mod tests;

pub(crate) use flaw::Flaw;
pub(crate) use integrity::integrity;
pub(crate) use pending::{interrupted, stuck, unreadable_record, waiting};
pub(crate) use repeated::repeats;
pub(crate) use subject::Stock;

use crate::error::{Code, Finding};
use crate::ledger::Found;
use crate::policy::{MissingYear, Undue};
use subject::Subject;

/// Every code, in the order of the documentation.
pub const CODES: &[Code] = &[
    Code::Unreadable,
    Code::ConflictMarker,
    Code::UnknownKey,
    Code::BadValue,
    Code::WrongDirectory,
    Code::WrongName,
    Code::UnportableName,
    Code::DuplicateId,
    Code::SameExternal,
    Code::OutOfOrder,
    Code::Repeated,
    Code::FutureStamp,
    Code::NotAllowed,
    Code::SelfApproved,
    Code::Concurrent,
    Code::UnknownName,
    Code::MissingYear,
    Code::BadPolicy,
    Code::ReviewDue,
    Code::Overdue,
    Code::DueSoon,
    Code::Unowned,
    Code::PersonalData,
    Code::MissingKeep,
    Code::MissingFile,
    Code::Pending,
];

/// The codes that speak of time limits: what `--overdue` asks for.
pub(crate) fn late() -> [Code; 2] {
    [Code::Overdue, Code::DueSoon]
}

/// What the checks found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome<'a> {
    /// In case files; their places are still to be looked up.
    pub flaws: Vec<Flaw<'a>>,
    /// In the rules, the calendars and the directories.
    pub findings: Vec<Finding>,
}

/// Checks everything, in one pass over the cases.
pub(crate) fn check<'a>(stock: &Stock<'a>) -> Outcome<'a> {
    let ids = stock.ids();
    let cases: Vec<OfCase<'a>> = stock.cases.par_iter().map(|found| check_case(found, stock, &ids)).collect();
    let mut outcome = Outcome::default();
    let mut needed = Vec::new();
    for (found, case) in stock.cases.iter().zip(cases) {
        outcome.flaws.extend(case.flaws);
        needed.extend(case.missing_year.map(|missing| (&found.case.id, missing)));
    }
    outcome.flaws.extend(duplicate_id::find(stock.cases));
    outcome.flaws.extend(same_external::find(stock.cases));
    outcome.findings.extend(missing_keep::find(stock.unkept));
    outcome.findings.extend(unportable_name::find(stock.names));
    if let Some(book) = stock.book {
        outcome.findings.extend(missing_year::find(stock, book, &needed));
        outcome.findings.extend(review_due::find(book, stock.until));
    }
    outcome
}

/// What was found in one case.
struct OfCase<'a> {
    flaws: Vec<Flaw<'a>>,
    /// The year without which its clocks cannot be told.
    missing_year: Option<MissingYear>,
}

fn check_case<'a>(found: &'a Found, stock: &Stock<'a>, ids: &HashSet<&str>) -> OfCase<'a> {
    let mut flaws = unknown_key::find(found);
    flaws.extend(wrong_name::find(found));
    flaws.extend(out_of_order::find(found));
    flaws.extend(repeated::find(found));
    flaws.extend(future_stamp::find(found, stock.present));
    flaws.extend(unknown_name::find_links(found, ids));
    flaws.extend(personal_data::find(found));
    flaws.extend(missing_file::find(found, stock.lost));
    let Some(book) = stock.book else { return OfCase { flaws, missing_year: None } };
    let subject = &Subject::new(found, book, [stock.now, stock.until]);
    flaws.extend(wrong_directory::find(found, &subject.history, book));
    flaws.extend(not_allowed::find(subject));
    flaws.extend(unknown_name::find(subject));
    flaws.extend(overdue::find(subject));
    flaws.extend(due_soon::find(subject));
    flaws.extend(unowned::find(subject));
    let missing_year = match &subject.clocks {
        Err(Undue::MissingYear(missing)) => Some(missing.clone()),
        _ => None,
    };
    OfCase { flaws, missing_year }
}
