use clap::Args;

use super::{How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Horizon, People, Span};
use crate::session::Session;

/// Staff appraisal: cases handled, handling rate, limits, satisfaction, praise, person by person
///
/// Of a year, or another period of several months, the months stand side by side as well.
#[derive(Debug, Clone, Args)]
pub struct PeopleReport {
    /// The month or year, such as 2026-10 or 2026, or any other period; else the last full month
    period: Option<String>,
    #[command(flatten)]
    how: How,
}

impl PeopleReport {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Month)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let whole = view(session, &cases, horizon)?;
        let mut months = period.months(&session.book.shop.zone);
        if months.len() < 2 {
            months.clear();
        }
        let begun = months.into_iter().filter(|month| month.start < horizon.at);
        let months = begun.map(|month| {
            let end = Horizon::of(&month, session.now);
            let earlier = if end.at < horizon.at { end } else { horizon };
            Ok((month, view(session, &cases, earlier)?))
        });
        let months = months.collect::<Result<Vec<_>>>()?;
        let report = People::of(&whole, &period, &months);
        let page = pages::people(&report, &source.heading(session, horizon.at, &self.how));
        let mut figures = source.envelope(session, "people", Some(&period), horizon.at);
        figures.extend(report.json(self.how.cases));
        source.print(session, &self.how, &page, figures.into())
    }
}
