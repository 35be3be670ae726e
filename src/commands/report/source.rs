//! The ledger as a report reads it, and the head and foot of its pages.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::cell::OnceCell;

use super::{MadeReport, ReportOutputArgs};
use crate::case::Case;
use crate::doubts::Warranty;
use crate::error::Result;
use crate::query::{Query, QueryContext};
use crate::render::Document;
use crate::render::pages::{self, ReportHeading};
use crate::report::figure::Figures;
use crate::report::{Breakdown, Period, missing_working_years};
use crate::session::Session;
use crate::view::{Horizon, View};
use crate::whole_ledger::{self, WholeLedger};

/// Every case file, read, and which of the cases are meant.
pub(super) struct Source<'s> {
    pub(super) session: &'s Session,
    pub(super) reading: WholeLedger,
    how: &'s ReportOutputArgs,
    /// The terms of the query that says which cases are meant.
    terms: &'s [String],
    /// The commit that the ledger is at, asked for once.
    head: OnceCell<Option<String>>,
}

impl<'s> Source<'s> {
    pub(super) fn read(session: &'s Session, how: &'s ReportOutputArgs, terms: &'s [String]) -> Source<'s> {
        let reading = WholeLedger::of(session);
        Source { session, reading, how, terms, head: OnceCell::new() }
    }

    pub(super) fn cases(&self) -> Vec<&Case> {
        self.reading.cases()
    }

    /// The cases that are meant, at the horizon: a case is meant if the query fits it then.
    ///
    /// # Errors
    /// A term that is not understood.
    pub(super) fn view<'a>(&'a self, cases: &'a [&'a Case], horizon: Horizon) -> Result<View<'a>> {
        let book = &self.session.book;
        let view = whole_ledger::view(self.session, cases, horizon);
        if self.terms.is_empty() {
            return Ok(view);
        }
        let me = || self.session.actor(None);
        let query = Query::parse(self.terms, &QueryContext { book, cases, now: horizon.at, me: &me })?;
        Ok(view.only(|case| query.holds(case)))
    }

    /// The months of a period that have begun by the horizon, each at its own end.
    ///
    /// # Errors
    /// As [`Source::view`].
    pub(super) fn months<'a>(
        &'a self,
        cases: &'a [&'a Case],
        period: &Period,
        horizon: Horizon,
    ) -> Result<Vec<(Period, View<'a>)>> {
        let months = period.months(&self.session.book.shop.zone).into_iter();
        let begun = months.filter(|month| month.start < horizon.at);
        let viewed = begun.map(|month| {
            let end = Horizon::of(month.end, self.session.now);
            let earlier = if end.at < horizon.at { end } else { horizon };
            Ok((month, self.view(cases, earlier)?))
        });
        viewed.collect()
    }

    /// Up to when histories are read: the instant that is asked for, else the horizon of the period, else now.
    ///
    /// # Errors
    /// What is asked for is not a moment.
    pub(super) fn horizon(&self, period: Option<&Period>) -> Result<Horizon> {
        let now = self.session.now;
        let usual = period.map_or(Horizon::at(now), |period| Horizon::of(period.end, now));
        Ok(self.how.as_of.said(&self.session.book.shop.zone, now)?.unwrap_or(usual))
    }

    /// The head of the page.
    pub(super) fn heading(&self, view: &View<'_>) -> ReportHeading<'_> {
        ReportHeading {
            book: &self.session.book,
            as_of: view.horizon.at,
            files: view.cases.len(),
            commit: self.commit(view.horizon),
            query: self.terms,
        }
    }

    /// The commit that the figures come from. Figures of a past instant do not name it: later commits do not change
    /// them, so the bytes of the report do not change either.
    fn commit(&self, horizon: Horizon) -> Option<String> {
        let present = horizon == Horizon::at(self.session.now);
        let head = || self.head.get_or_init(|| self.session.head()).clone();
        self.session.commit_seen.clone().or_else(|| if present { head() } else { None })
    }

    /// The keys around the figures, for programs.
    fn envelope(&self, report: &str, period: Option<&Period>, view: &View<'_>) -> Map<String, Value> {
        let stamp = |at: Timestamp| self.session.stamp(at).to_string();
        let mut object = Map::new();
        object.insert("version".to_owned(), json!(1));
        object.insert("report".to_owned(), json!(report));
        if let Some(period) = period {
            let bounds =
                json!({ "label": period.label, "start": stamp(period.start), "end": stamp(period.end) });
            object.insert("period".to_owned(), bounds);
        }
        object.insert("as_of".to_owned(), json!(stamp(view.horizon.at)));
        if !self.terms.is_empty() {
            object.insert("query".to_owned(), json!(self.terms));
        }
        let unreadable: Vec<_> =
            self.reading.doubts.unreadable().iter().map(|path| path.to_string_lossy()).collect();
        let commit = self.commit(view.horizon);
        let ledger = json!({ "commit": commit, "files": view.cases.len(), "unreadable": unreadable });
        object.insert("ledger".to_owned(), ledger);
        object
    }

    /// How far figures of a view can be trusted.
    pub(super) fn warranty(&self, period: Option<&Period>, view: &View<'_>) -> Warranty {
        let times = period.map_or_else(BTreeSet::new, |period| missing_working_years(view, period));
        self.reading.warranty(view.horizon).missing_years(view, &times)
    }

    /// A report that was made at a view.
    pub(super) fn made<'f>(
        &self,
        report: &str,
        period: Option<&Period>,
        view: &View<'_>,
        page: Document,
        figures: Figures<'f>,
    ) -> MadeReport<'f> {
        let envelope = self.envelope(report, period, view);
        let warranty = self.warranty(period, view);
        MadeReport { page, envelope, figures, compared: None, groups: None, horizon: view.horizon, warranty }
    }

    /// What `--group-by` asks for.
    ///
    /// # Errors
    /// This report cannot be broken down like that.
    pub(super) fn breakdowns<'a>(&self, view: &View<'a>, period: &Period) -> Result<Vec<Breakdown<'a>>> {
        let dimensions = self.how.dimensions()?.into_iter();
        Ok(dimensions.map(|dimension| Breakdown::of(view, period, dimension)).collect())
    }

    /// A report with what `--group-by` asks for.
    pub(super) fn broken_down<'f>(
        &self,
        made: MadeReport<'f>,
        breakdowns: &'f [Breakdown<'_>],
    ) -> MadeReport<'f> {
        let book = &self.session.book;
        let add = |table: Figures<'f>, by: &'f Breakdown<'_>| {
            table.rows(by.dimension.word(), by.dimension.label(), by.table(book))
        };
        let page = breakdowns.iter().fold(made.page, |page, by| pages::break_down(page, by, book));
        let groups = (!breakdowns.is_empty()).then(|| breakdowns.iter().fold(Figures::new(), add));
        MadeReport { page, groups, ..made }
    }
}
