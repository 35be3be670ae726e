use clap::Args;

use super::asked::Asked;
use super::{How, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Span, TimesReport};
use crate::session::Session;

/// How long it takes: each handling time, how it is spread, where the time goes, the shop's targets
#[derive(Debug, Clone, Args)]
pub(crate) struct TimesArgs {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    pub(super) how: How,
}

impl TimesArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Month)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(Some(&period))?)?;
        let report = TimesReport::of(&view, &period, &self.how.dimensions()?);
        let page = pages::times(&report, &source.heading(&view));
        let made = source.made("times", Some(&period), &view, page, report.table(&session.book));
        made.print(&source, &self.how)
    }
}
