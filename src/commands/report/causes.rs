use clap::Args;

use super::{How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{CauseReport, Horizon, Span};
use crate::session::Session;

/// Why it happened: causes, categories, products, responsible parties, and what comes again and again
#[derive(Debug, Clone, Args)]
pub struct CausesReport {
    /// The quarter, such as 2026-Q3, or any other period; else the last full quarter
    period: Option<String>,
    #[command(flatten)]
    how: How,
}

impl CausesReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let zone = &session.book.shop.zone;
        let period = period(session, self.period.as_deref(), Span::Quarter)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let view = view(session, &cases, horizon)?;
        let report = CauseReport::of(&view, &period);
        let before = match period.previous(zone) {
            Some(before) => {
                let view = super::view(session, &cases, Horizon::of(&before, session.now))?;
                Some(CauseReport::of(&view, &before))
            }
            None => None,
        };
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::causes(&report, before.as_ref(), &heading);
        let mut figures = source.envelope(session, "causes", Some(&period), horizon.at);
        figures.extend(report.json(self.how.cases));
        let before = before.map(|before| before.json(self.how.cases));
        figures.insert("compare".to_owned(), serde_json::json!({ "previous": before }));
        source.print(session, &self.how, &page, figures.into())
    }
}
