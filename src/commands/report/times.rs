use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use super::{How, Source, horizon, period, view};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Dimension, Span, TimesReport};
use crate::session::Session;

/// How long it takes: each handling time, how it is spread, where the time goes, the shop's targets
#[derive(Debug, Clone, Args)]
pub struct TimesArgs {
    /// The month, such as 2026-10, or any other period; else the last full month
    period: Option<String>,
    /// A row a kind, category, channel, urgency, department, owner or product
    #[arg(long, value_name = "DIMENSION", value_parser = dimension())]
    by: Option<Dimension>,
    #[command(flatten)]
    how: How,
}

/// Takes the name of a dimension.
fn dimension() -> impl TypedValueParser<Value = Dimension> {
    let known = PossibleValuesParser::new(Dimension::ALL.map(Dimension::word));
    known.try_map(|word| Dimension::of_word(&word).ok_or_else(|| std::io::Error::other(word)))
}

impl TimesArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Month)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let source = Source::read(session);
        let cases = source.cases();
        let view = view(session, &cases, horizon)?;
        let report = TimesReport::of(&view, &period, self.by);
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::times(&report, &heading);
        let mut figures = source.envelope(session, "times", Some(&period), horizon.at);
        figures.extend(report.json(self.how.cases));
        source.print(session, &self.how, &page, figures.into())
    }
}
