//! The whole ledger, for commands that read it: each case once, as it was at an instant, with the doubts about it. The
//! only way from files to figures.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::case::Case;
use crate::doubts::{self, CountedCases, Doubts, Warranty};
use crate::error::{Error, Result};
use crate::git::Repository;
use crate::ledger::{Found, Ledger, Lock};
use crate::merge::Outcome;
use crate::reconcile::join_texts;
use crate::session::{self, Session};
use crate::sync::Merges;
use crate::ui::Terminal;
use crate::view::{Horizon, View};

pub(crate) mod say {
    crate::messages! {
        interrupted() {
            "a command was interrupted here; the next one that writes, such as `fb mend`, finishes it",
            "这里有一条命令中途中断；下一条写入的命令（例如 `fb mend`）会先把它补完"
        }
        cases_read(n) { "cases read: {n}", "读取案卷：{n} 件" }
        gone(path) { "{path} does not exist any more", "{path} 已不存在" }
    }
}

/// For how many cases git is asked what their files began from, which takes a moment each; the files of further cases are
/// merged without a base.
const MOST_ASKED: usize = 50;

/// Every case file, read; each case once.
pub(crate) struct WholeLedger {
    cases: Vec<Case>,
    pub(crate) doubts: Doubts,
}

impl WholeLedger {
    pub(crate) fn of(session: &Session) -> WholeLedger {
        let read = |join: &dyn Fn(&[&Found]) -> doubts::JoinedFiles| {
            doubts::count(session.ledger.scan(), &session.book, session.now, join)
        };
        let asked = Cell::new(0);
        let join = |files: &[&Found]| joined(session, files, &asked);
        // A running command may have changed a case and not moved it yet: files are merged only when that is known.
        let wait = |files: &[&Found]| Ok(files.iter().map(|found| found.case.clone()).collect());
        let mut counted = if session.commit_seen.is_some() { read(&join) } else { read(&wait) };
        if session.commit_seen.is_none() && counted.doubts.in_motion() {
            let _rest = at_rest(&session.ledger, &session.terminal);
            counted = read(&join);
        }
        let CountedCases { cases, doubts } = counted;
        session.terminal.detail(&say::cases_read(cases.len()));
        WholeLedger { cases, doubts }
    }

    /// The cases that could be read.
    pub(crate) fn cases(&self) -> Vec<&Case> {
        self.cases.iter().collect()
    }

    /// How far what is shown of a view can be trusted.
    pub(crate) fn warranty_of(&self, view: &View<'_>) -> Warranty {
        self.warranty(view.horizon).missing_years(view, &BTreeSet::new())
    }

    /// How far figures as of this horizon can be trusted.
    pub(crate) fn warranty(&self, horizon: Horizon) -> Warranty {
        self.doubts.at(horizon.last_instant())
    }
}

/// The cases at that instant, with their clocks.
pub(crate) fn view<'a>(session: &'a Session, cases: &'a [&'a Case], horizon: Horizon) -> View<'a> {
    View::of(cases, &session.book, horizon)
}

/// Reports the doubts with which a command succeeds, for an output that cannot contain them; the others end the command.
pub(crate) fn beside(session: &Session, warranty: &Warranty) {
    warranty.idle().iter().for_each(|line| session.terminal.note(line));
}

/// The cases in the files of one id, merged as `fb mend` would: one case, or those that drew the same id.
///
/// # Errors
/// They cannot be merged, or git cannot say what they began from.
fn joined(session: &Session, files: &[&Found], asked: &Cell<usize>) -> Result<Vec<Case>> {
    let source = |found: &&Found| {
        session.ledger.source(&found.path).ok_or_else(|| Error::failed(say::gone(&found.path)))
    };
    let texts: Vec<String> = files.iter().map(source).collect::<Result<_>>()?;
    let alike = texts.windows(2).all(|pair| pair[0] == pair[1]);
    let base = match files.first() {
        Some(first) if !alike && asked.replace(asked.get() + 1) < MOST_ASKED => {
            let paths: Vec<_> = files.iter().map(|found| found.path.as_path()).collect();
            Merges::of(session, &[(&first.case.id, paths)])?.base(&first.case.id)?
        }
        _ => None,
    };
    let mut cases: Vec<(String, Case)> = Vec::new();
    'files: for (found, text) in files.iter().zip(texts) {
        for (known, case) in &mut cases {
            let outcome = join_texts(Some(&session.book), base.as_deref(), known, &text, &found.path)?;
            if let Outcome::Merged(merged) = outcome {
                (*known, *case) = (merged.text, merged.case);
                continue 'files;
            }
        }
        cases.push((text, found.case.clone()));
    }
    Ok(cases.into_iter().map(|(_, case)| case).collect())
}

/// Waits for a command that is moving a case at the moment. If it was interrupted, a note says so.
pub(crate) fn at_rest(ledger: &Ledger, terminal: &Terminal) -> Option<Lock> {
    let repository = Repository::around(ledger.root()).ok()?;
    let private = session::private(ledger, repository.as_ref());
    let rest = ledger.rest(&private);
    match ledger.interrupted(&private) {
        Ok(false) => {}
        Ok(true) => terminal.note(&say::interrupted()),
        Err(error) => terminal.warn(&error.message),
    }
    rest
}
