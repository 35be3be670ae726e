use clap::Args;

use super::asked::Asked;
use super::{How, Source, print};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{CauseReport, Horizon, Span};
use crate::session::Session;

/// Why it happened: causes, categories, products, responsible parties, and what comes again and again
#[derive(Debug, Clone, Args)]
pub(crate) struct CausesReport {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    pub(super) how: How,
}

impl CausesReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Quarter)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(Some(&period))?)?;
        let report = CauseReport::of(&view, &period);
        let earlier = match period.previous(&session.book.shop.zone) {
            Some(before) => Some((source.view(&cases, Horizon::of(&before, session.now))?, before)),
            None => None,
        };
        let before = earlier.as_ref().map(|(view, period)| CauseReport::of(view, period));
        let page = pages::causes(&report, before.as_ref(), &source.heading(&view));
        let mut figures = source.envelope("causes", Some(&period), &view);
        figures.extend(report.json(self.how.cases));
        let before = before.map(|before| before.json(self.how.cases));
        figures.insert("compare".to_owned(), serde_json::json!({ "previous": before }));
        let (page, figures) = source.break_down(page, figures, &view, &period)?;
        print(&source, &self.how, page, figures.into(), view.horizon)
    }
}
