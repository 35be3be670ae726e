//! The whole ledger as the commands that look at it read it: as it stood at an instant, and told where it is not whole.

use crate::case::Case;
use crate::error::{Error, Exit, Result};
use crate::lang::common::count;
use crate::ledger::Scan;
use crate::report::{Horizon, View};
use crate::session::Session;

crate::messages! {
    not_whole(n) { "the ledger could not be read whole; {n} missing above", "台账没有读全：以上未含 {n}" }
}

/// Every case file, read.
pub(super) struct Reading {
    scan: Scan,
}

impl Reading {
    pub(super) fn of(session: &Session) -> Reading {
        Reading { scan: session.ledger.scan() }
    }

    /// The cases that could be read, by path.
    pub(super) fn cases(&self) -> Vec<&Case> {
        self.scan.cases.iter().map(|found| &found.case).collect()
    }

    /// How a command ends that has printed what there is: files that could not be read are never skipped in silence.
    pub(super) fn end(self) -> Result<Exit> {
        if self.scan.findings.is_empty() {
            return Ok(Exit::Done);
        }
        let missing = count(self.scan.unreadable.len(), "case file is", "case files are", "份案卷");
        let error = Error::failed(not_whole(missing));
        Err(error.because(self.scan.findings))
    }
}

/// The cases as they stood, with their clocks.
pub(super) fn view<'a>(session: &'a Session, cases: &'a [&'a Case], horizon: Horizon) -> Result<View<'a>> {
    View::of(cases, &session.book, horizon).map_err(|undue| Error::failed(undue.message()))
}
