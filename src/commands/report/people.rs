use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::error::{Exit, Result};
use crate::render::pages;
use crate::report::{People, Span};
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "Staff appraisal, person by person: cases handled, handling rate, limits, satisfaction, praise", "员工考核，逐人列出：办结件数、处理率、时限、满意度、表扬" }
        more() { "For a year, or another period of several months, it also shows the months side by side.", "统计一年或其他跨月的期间时，另附逐月对比。" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb report people 2026-10\nfb report people 2026")]
pub(crate) struct PeopleArgs {
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl PeopleArgs {
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
