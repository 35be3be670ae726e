//! What the checks look at.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::calendar::MissingYear;
use crate::case::{Id, Replay, Status};
use crate::lang::Text;
use crate::ledger::Found;
use crate::policy::{Instance, RuleBook, Rules, Unwatched, instances, unwatched};

/// The ledger as it was read: all that the checks look at.
pub(crate) struct CheckInput<'a> {
    /// The cases that could be read.
    pub cases: &'a [Found],
    /// The files that could not; their cases exist, too.
    pub unreadable: &'a [PathBuf],
    /// The rules; without them names, steps and clocks cannot be checked.
    pub book: Option<&'a RuleBook>,
    /// The files of the book's calendars, in its order.
    pub calendars: &'a [PathBuf],
    /// The statuses whose directory has no `.gitkeep`.
    pub unkept: &'a [Status],
    /// The attached files that are missing.
    pub lost: &'a HashSet<PathBuf>,
    /// The names of all that is in the ledger's directories, sorted.
    pub names: &'a [PathBuf],
    /// The current time: no stamp may be later.
    pub present: Timestamp,
    /// The instant at which time limits are checked: the current time, unless another one is asked for.
    pub now: Timestamp,
    /// The last instant whose events count for them: `now`, or just before it if that is the end of a day.
    pub until: Timestamp,
}

impl<'a> CheckInput<'a> {
    /// The ids of all cases, read or not.
    pub(super) fn ids(&self) -> HashSet<&'a str> {
        let read = self.cases.iter().map(|found| found.case.id.as_str());
        let unread = self.unreadable.iter().filter_map(|path| Path::file_stem(path)?.to_str());
        read.chain(unread).collect()
    }
}

/// The ledger as a whole, after each case was looked at.
pub(super) struct LedgerContext<'s, 'a> {
    pub input: &'s CheckInput<'a>,
    /// The years that the clocks of cases need and that a calendar lacks.
    pub missing_years: Vec<(&'a Id, MissingYear)>,
}

/// A case under its rules.
pub(super) struct CaseContext<'a> {
    pub found: &'a Found,
    pub book: &'a RuleBook,
    pub rules: &'a Rules,
    /// Its whole history, also the events with a stamp in the future.
    pub history: Replay<'a>,
    /// Its clocks at `now`; empty if it was received later.
    pub clocks: Vec<Instance<'a>>,
    /// When it is stalled, if it is open at `now` and none of its clocks runs.
    pub unwatched: Option<Unwatched>,
    pub now: Timestamp,
    until: Timestamp,
    /// What people read for the rules' clocks; looked up only if one of them is late.
    labels: OnceCell<HashMap<&'a str, &'a Text>>,
}

impl<'a> CaseContext<'a> {
    pub(crate) fn new(found: &'a Found, book: &'a RuleBook, [now, until]: [Timestamp; 2]) -> CaseContext<'a> {
        let rules = book.rules(&found.case);
        let history = book.whole(&found.case);
        let (clocks, unwatched) = match present(&history, until) {
            Some(replay) => {
                let clocks = instances(&replay, rules, book, now);
                let unwatched = unwatched(&replay, clocks.iter(), rules, &book.shop.zone);
                (clocks, unwatched)
            }
            None => (Vec::new(), None),
        };
        CaseContext { found, book, rules, history, clocks, unwatched, now, until, labels: OnceCell::new() }
    }

    /// The owner at `now`: not the one that a stamp from the future names.
    pub(crate) fn owner(&self) -> Option<&'a str> {
        self.history.steps.iter().rev().find(|step| step.at <= self.until)?.state.owner
    }

    /// What people read for a clock of its rules.
    pub(crate) fn clock_label(&self, name: &str) -> Text {
        let labels = self.labels.get_or_init(|| self.rules.clock_labels());
        labels.get(name).map_or_else(|| Text::same(name), |label| (*label).clone())
    }

    pub(crate) fn id(&self) -> &'a Id {
        &self.found.case.id
    }
}

/// The history up to an instant; nearly always the whole of it.
fn present<'r, 'a>(history: &'r Replay<'a>, until: Timestamp) -> Option<Cow<'r, Replay<'a>>> {
    match history.steps.partition_point(|step| step.at <= until) {
        0 => None,
        all if all == history.steps.len() => Some(Cow::Borrowed(history)),
        past => Some(Cow::Owned(Replay { case: history.case, steps: history.steps[..past].to_vec() })),
    }
}
