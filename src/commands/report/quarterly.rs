use clap::Args;

use super::{Beside, How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Department, Horizon, Quarterly, Span};
use crate::session::Session;

/// The audit of a quarter: department by department, months side by side, causes, improvements
#[derive(Debug, Clone, Args)]
pub struct QuarterlyReport {
    /// The quarter, such as 2026-Q3, or any other period; else the last full quarter
    period: Option<String>,
    #[command(flatten)]
    how: How,
}

impl QuarterlyReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Quarter)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let whole = view(session, &cases, horizon)?;
        let months = period.months(&session.book.shop.zone).into_iter().map(|month| {
            let end = Horizon::of(&month, session.now);
            let earlier = if end.at < horizon.at { end } else { horizon };
            Ok((month, view(session, &cases, earlier)?))
        });
        let months = months.collect::<Result<Vec<_>>>()?;
        let before = match period.previous(&session.book.shop.zone) {
            Some(before) => {
                let view = view(session, &cases, Horizon::of(&before, session.now))?;
                Department::all(&view, &before)
            }
            None => Vec::new(),
        };
        let report = Quarterly::of(&whole, &period, &months, &before);
        let beside = Beside::of(session, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::quarterly(&report, previous, year_before, &heading);
        let mut figures = source.envelope(session, "quarterly", Some(&period), horizon.at);
        figures.extend(report.json(&session.book.shop.zone, self.how.cases));
        figures.insert("compare".to_owned(), beside.json(self.how.cases));
        source.print(session, &self.how, &page, figures.into())
    }
}
