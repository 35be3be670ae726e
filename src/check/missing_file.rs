use crate::error::Code;
use std::collections::HashSet;
use std::path::PathBuf;

use super::subject::Whole;
use super::{Flaw, say};
use crate::case::Field;
use crate::ledger::text::Spot;
use crate::ledger::{Found, layout};

/// Events that attached a file which is lost: a hand or a merge took it out.
pub(super) fn find<'a>(whole: &Whole<'_, 'a>) -> Vec<Flaw<'a>> {
    whole.stock.cases.iter().flat_map(|found| of_case(found, whole.stock.lost)).collect()
}

fn of_case<'a>(found: &'a Found, lost: &HashSet<PathBuf>) -> Vec<Flaw<'a>> {
    let missing = |(index, event)| {
        let path = layout::attached(&found.case.id, event).filter(|path| lost.contains(path))?;
        let spot = Spot::EventValue(index, Field::File.word());
        Some(Code::MissingFile.of(found, spot, say::missing_file(&path)).help(say::find_file(&path)))
    };
    found.case.history.iter().enumerate().filter_map(missing).collect()
}
