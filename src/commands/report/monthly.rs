use clap::Args;

use super::{Beside, How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Monthly, Span};
use crate::session::Session;

/// The data report to management: volume, timeliness, satisfaction
#[derive(Debug, Clone, Args)]
pub struct MonthlyReport {
    /// The month, such as 2026-10, or any other period; else the last full month
    period: Option<String>,
    #[command(flatten)]
    how: How,
}

impl MonthlyReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Month)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let view = view(session, &cases, horizon)?;
        let report = Monthly::of(&view, &period);
        let beside = Beside::of(session, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::monthly(&report, previous, year_before, &heading);
        let mut figures = source.envelope(session, "monthly", Some(&period), horizon.at);
        figures.extend(report.json(&session.book.shop.zone, self.how.cases));
        figures.insert("compare".to_owned(), beside.json(self.how.cases));
        source.print(session, &self.how, &page, figures.into())
    }
}
