use clap::Args;

use super::{How, Source, horizon, period, view};
use crate::commands::survey::kinds;
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Horizon, Sample, SatisfactionReport, Span};
use crate::session::Session;

/// Satisfaction of a half year: follow-ups, the survey, the causes behind those who were not content
#[derive(Debug, Clone, Args)]
pub struct Satisfaction {
    /// The half year, such as 2026-H1, or any other period; else the last full half year
    period: Option<String>,
    /// How many of the sample of `fb survey sample --n N` have answered, up to --as-of or now
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed of that sample; else the period's label
    #[arg(long, value_name = "SEED", requires = "sample")]
    seed: Option<String>,
    /// The kinds of that sample; else complaint, suggestion and inquiry
    #[arg(long, value_name = "KIND", requires = "sample", value_delimiter = ',')]
    kind: Vec<String>,
    #[command(flatten)]
    how: How,
}

impl Satisfaction {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Half)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let kinds = kinds(&self.kind)?;
        let source = Source::read(session);
        let cases = source.cases();
        let view_at = |horizon| view(session, &cases, horizon);
        let whole = view_at(horizon)?;
        let report = SatisfactionReport::of(&whole, &period);
        // Customers are called when the period is over: their answers count up to the present, unless a day is named.
        let until = if self.how.as_of.is_some() { horizon.at } else { session.now };
        let ended = match self.sample {
            Some(size) => Some((size, view_at(Horizon::of(&period, session.now))?)),
            None => None,
        };
        let sample = ended.as_ref().map(|(size, view)| {
            Sample::draw(view, &period, &kinds, *size, self.seed.as_deref().unwrap_or(&period.label))
        });
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::satisfaction(&report, sample.as_ref().map(|sample| (sample, until)), &heading);
        let mut figures = source.envelope(session, "satisfaction", Some(&period), horizon.at);
        figures.extend(report.json(&session.book.shop.zone, self.how.cases));
        if let Some(sample) = &sample {
            figures.insert("sample".to_owned(), sample.json(until, self.how.cases));
        }
        source.print(session, &self.how, &page, figures.into())
    }
}
