use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{MadeReport, ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::figure::Figures;
use crate::report::{CauseReport, Span};
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        about() { "Why cases happened: causes, categories, products, responsible parties, and what recurs", "原因分析：原因、类别、产品、责任方，以及反复出现的问题" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(
    after_help = "fb report causes 2026-Q3\nfb report causes 2026-Q3 kind:complaint --group-by department"
)]
pub(crate) struct CausesArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl CausesArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Quarter)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, source.horizon(Some(&period))?)?;
        let report = CauseReport::of(&view, &period);
        let earlier = match period.previous(&session.book.shop.zone) {
            Some(before) => Some((source.view(&cases, Horizon::of(before.end, session.now))?, before)),
            None => None,
        };
        let before = earlier.as_ref().map(|(view, period)| CauseReport::of(view, period));
        let page = pages::causes(&report, before.as_ref(), &source.heading(&view));
        let book = &session.book;
        let made = source.made("causes", Some(&period), &view, page, report.table(book));
        let breakdowns = source.breakdowns(&view, &period)?;
        let compared = Figures::new().maybe("previous", before.as_ref().map(|before| before.table(book)));
        let made = MadeReport { compared: Some(compared), ..source.broken_down(made, &breakdowns) };
        made.print(&source, &self.how)
    }
}
