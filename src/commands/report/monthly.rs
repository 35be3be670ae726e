use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{Comparison, MadeReport, ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Monthly, Span};
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "The monthly report: volume, timeliness, satisfaction", "月报：数量、时效、满意度" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb report monthly 2026-10\nfb report monthly last-month --group-by category --cases")]
pub(crate) struct MonthlyArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl MonthlyArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Month)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(Some(&period))?)?;
        let report = Monthly::of(&view, &period);
        let beside = Comparison::of(&source, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let page = pages::monthly(&report, previous, year_before, &source.heading(&view));
        let made = source.made("monthly", Some(&period), &view, page, report.table(&session.book));
        let breakdowns = source.breakdowns(&view, &period)?;
        let made = MadeReport { compared: Some(beside.table()), ..source.broken_down(made, &breakdowns) };
        made.print(&source, &self.how)
    }
}
