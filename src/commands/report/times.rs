use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{Span, TimesReport};
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "Handling times: how long cases take, how that is spread, where the time goes, targets", "处理时长：各项时长及其分布、各环节耗时、服务目标" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb report times 2026-10\nfb report times 2026-Q3 --group-by department")]
pub(crate) struct TimesArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
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
