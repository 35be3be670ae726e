use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{Comparison, MadeReport, ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Department, Quarterly, Span};
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        about() { "The quarterly audit: departments, months side by side, causes, improvements", "季度审核：分部门、逐月对比、原因、改进措施" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb report quarterly 2026-Q3\nfb report quarterly last-quarter -o q.xlsx")]
pub(crate) struct QuarterlyArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl QuarterlyArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Quarter)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let whole = source.view(&cases, horizon)?;
        let months = source.months(&cases, &period, horizon)?;
        let before = match period.previous(&session.book.shop.zone) {
            Some(before) => {
                let view = source.view(&cases, Horizon::of(before.end, session.now))?;
                Department::all(&view, &before)
            }
            None => Vec::new(),
        };
        let report = Quarterly::of(&whole, &period, &months, &before);
        let beside = Comparison::of(&source, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let page = pages::quarterly(&report, previous, year_before, &source.heading(&whole));
        let made = source.made("quarterly", Some(&period), &whole, page, report.table(&session.book));
        let breakdowns = source.breakdowns(&whole, &period)?;
        let made = MadeReport { compared: Some(beside.table()), ..source.broken_down(made, &breakdowns) };
        made.print(&source, &self.how)
    }
}
