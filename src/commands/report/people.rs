use clap::Args;

use super::asked::Asked;
use super::{How, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{People, Span};
use crate::session::Session;

/// Staff appraisal: cases handled, handling rate, limits, satisfaction, praise, person by person
///
/// Of a year, or another period of several months, the months stand side by side as well.
#[derive(Debug, Clone, Args)]
pub(crate) struct PeopleReport {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    pub(super) how: How,
}

impl PeopleReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Month)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let whole = source.view(&cases, horizon)?;
        let months = source.months(&cases, &period, horizon)?;
        let months = if months.len() < 2 { Vec::new() } else { months };
        let report = People::of(&whole, &period, &months);
        let page = pages::people(&report, &source.heading(&whole));
        let made = source.made("people", Some(&period), &whole, page, report.table(&session.book));
        let breakdowns = source.breakdowns(&whole, &period)?;
        source.broken_down(made, &breakdowns).print(&source, &self.how)
    }
}
