use clap::Args;

use super::asked::Asked;
use super::{Beside, How, Source, print};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Monthly, Span};
use crate::session::Session;

/// The data report to management: volume, timeliness, satisfaction
#[derive(Debug, Clone, Args)]
pub(crate) struct MonthlyReport {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    pub(super) how: How,
}

impl MonthlyReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Month)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(Some(&period))?)?;
        let report = Monthly::of(&view, &period);
        let beside = Beside::of(&source, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let page = pages::monthly(&report, previous, year_before, &source.heading(&view));
        let mut figures = source.envelope("monthly", Some(&period), &view);
        figures.extend(report.json(&session.book.shop.zone, self.how.cases));
        figures.insert("compare".to_owned(), beside.json(self.how.cases));
        let (page, figures) = source.break_down(page, figures, &view, &period)?;
        print(&source, &self.how, page, figures.into(), view.horizon)
    }
}
