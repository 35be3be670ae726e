//! The checks of a case on which figures rest, for whatever counts cases: a part of [`super::check`], without limits.

use jiff::Timestamp;

use super::{Flaw, future_stamp, out_of_order, repeated, wrong_directory, wrong_name};
use crate::ledger::Found;
use crate::policy::Book;

/// What is wrong with a case that was read, by itself. `present`: no stamp may lie beyond it.
pub(crate) fn integrity<'a>(found: &'a Found, book: &Book, present: Timestamp) -> Vec<Flaw<'a>> {
    let mut flaws: Vec<Flaw<'a>> = wrong_name::find(found);
    flaws.extend(out_of_order::find(found));
    flaws.extend(repeated::find(found));
    flaws.extend(future_stamp::of_case(found, present));
    flaws.extend(wrong_directory::of_case(found, &book.whole(&found.case), book));
    flaws
}
