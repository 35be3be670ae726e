use clap::Args;

use super::asked::Asked;
use super::{Beside, How, Made, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Department, Horizon, Quarterly, Span};
use crate::session::Session;

/// The audit of a quarter: department by department, months side by side, causes, improvements
#[derive(Debug, Clone, Args)]
pub(crate) struct QuarterlyReport {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    pub(super) how: How,
}

impl QuarterlyReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Quarter)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let whole = source.view(&cases, horizon)?;
        let months = source.months(&cases, &period, horizon)?;
        let before = match period.previous(&session.book.shop.zone) {
            Some(before) => {
                let view = source.view(&cases, Horizon::of(&before, session.now))?;
                Department::all(&view, &before)
            }
            None => Vec::new(),
        };
        let report = Quarterly::of(&whole, &period, &months, &before);
        let beside = Beside::of(&source, &cases, &period)?;
        let (previous, year_before) = beside.shown();
        let page = pages::quarterly(&report, previous, year_before, &source.heading(&whole));
        let made = source.made("quarterly", Some(&period), &whole, page, report.table(&session.book));
        let breakdowns = source.breakdowns(&whole, &period)?;
        let made = Made { compared: Some(beside.table()), ..source.broken_down(made, &breakdowns) };
        made.print(&source, &self.how)
    }
}
