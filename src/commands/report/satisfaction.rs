use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::arguments::word::kinds;
use crate::arguments::{flag, value};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Sample, SatisfactionReport, Span};
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        about() { "Satisfaction over half a year: follow-ups, the survey, and why customers were dissatisfied", "半年满意度：回访、满意度调查，以及客户不满意的原因" }
        sample() { "Show how many of a sample of this size (`fb survey sample`) have answered, by --as-of or now", "抽取这么多件时（同 `fb survey sample`），到 --as-of 或现在已有多少答复" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb report satisfaction 2026-H1\nfb report satisfaction 2026-H1 --sample 50")]
pub(crate) struct SatisfactionArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[arg(long, value_name = value::NUMBER.both(), help = say::sample().both())]
    sample: Option<usize>,
    #[arg(long, value_name = value::SEED.both(), requires = "sample", help = flag::SEED.both())]
    seed: Option<String>,
    #[arg(long, value_name = value::KIND.both(), requires = "sample", value_delimiter = ',')]
    #[arg(help = flag::KINDS.both())]
    kind: Vec<String>,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl SatisfactionArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Half)?;
        let kinds = kinds(&self.kind)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let whole = source.view(&cases, horizon)?;
        let report = SatisfactionReport::of(&whole, &period);
        // Customers are called after the end of the period: their answers count up to now, unless a day is given.
        let said = self.how.as_of.said(&session.book.shop.zone, session.now)?;
        let until = said.map_or(session.now, |said| said.at);
        let ended = match self.sample {
            Some(size) => Some((size, source.view(&cases, Horizon::of(period.end, session.now))?)),
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
