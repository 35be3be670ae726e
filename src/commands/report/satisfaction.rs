use clap::Args;

use super::asked::Asked;
use super::{How, Source};
use crate::commands::survey::kinds;
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Horizon, Sample, SatisfactionReport, Span};
use crate::session::Session;

/// Satisfaction of a half year: follow-ups, the survey, the causes behind those who were not content
#[derive(Debug, Clone, Args)]
pub(crate) struct Satisfaction {
    #[command(flatten)]
    asked: Asked,
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
    pub(super) how: How,
}

impl Satisfaction {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Half)?;
        let kinds = kinds(&self.kind)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let whole = source.view(&cases, horizon)?;
        let report = SatisfactionReport::of(&whole, &period);
        // Customers are called when the period is over: their answers count up to the present, unless a day is named.
        let said = self.how.as_of.said(&session.book.shop.zone, session.now)?;
        let until = said.map_or(session.now, |said| said.at);
        let ended = match self.sample {
            Some(size) => Some((size, source.view(&cases, Horizon::of(&period, session.now))?)),
            None => None,
        };
        let sample = ended.as_ref().map(|(size, view)| {
            Sample::draw(view, &period, &kinds, *size, self.seed.as_deref().unwrap_or(&period.label))
        });
        let answers = sample.as_ref().map(|sample| (sample, until));
        let page = pages::satisfaction(&report, answers, &source.heading(&whole));
        let counted = sample.as_ref().map(|sample| (sample, sample.drawn(), sample.answers(until)));
        let figures = report.table(&session.book);
        let figures = match &counted {
            Some((sample, drawn, answers)) => figures.table("sample", sample.table(drawn, answers)),
            None => figures,
        };
        let made = source.made("satisfaction", Some(&period), &whole, page, figures);
        let breakdowns = source.breakdowns(&whole, &period)?;
        source.broken_down(made, &breakdowns).print(&source, &self.how)
    }
}
