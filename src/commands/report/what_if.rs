use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::arguments::{rules, value};
use crate::case::{Case, Id};
use crate::error::{Error, Exit, Result};
use crate::policy::RuleBook;
use crate::render::pages;
use crate::report::figure::Figures;
use crate::report::{LimitUsage, Span, WasAndWould, WhatIf};
use crate::session::Session;
use crate::view::{Horizon, View};

mod say {
    crate::messages! {
        about() { "A past period under other rules: limits, missed limits and overdue cases, compared with what they were", "用另一套制度试算过去的期间，与实际的时限和逾期情况对照" }
        policy() { "The other rules, as if they had always been in force: a file, or a rule book's name", "另一套制度，当作一直在施行：写文件，或可选用制度的名称" }
        not_by() { "a trial is not broken down", "试算不支持按维度细分" }
        by_query() { "a query picks some of the cases: fb policy try FILE 2026-10 department:quality", "可用查询只看部分案卷：fb policy try 文件 2026-10 department:quality" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(mut_arg("group_by", |flag| flag.hide(true)))]
#[command(about = say::about().both())]
#[command(
    after_help = "fb policy try policy/2027-01-01.toml 2026-10\nfb policy try citywide 2026-Q3 kind:complaint"
)]
pub(crate) struct WhatIfArgs {
    #[arg(value_name = value::FILE.both(), help = say::policy().both())]
    policy: PathBuf,
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

impl WhatIfArgs {
    /// The revision at which the ledger is looked at.
    pub(in crate::commands) fn revision(&self) -> Option<&str> {
        self.how.as_of.revision()
    }

    pub(in crate::commands) fn run(self, session: &Session) -> Result<Exit> {
        if !self.how.group_by.is_empty() {
            return Err(Error::refused(say::not_by()).hint(say::by_query()));
        }
        let period = self.asked.period(session, Span::Month)?;
        let name = self.policy.to_string_lossy().into_owned();
        let other = rules::other(session, &self.policy)?;
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let horizon = source.horizon(Some(&period))?;
        let was = source.view(&cases, horizon)?;
        let views = WasAndWould { would: same_cases(&was, &cases, &other, horizon), was };
        let trial = WhatIf::of(&views, &period);
        let used = LimitUsage::of(&views.was, &period);
        let page = pages::what_if(&trial, &used, &period, &name, &source.heading(&views.was));
        let figures = Figures::new()
            .word("policy", name.as_str())
            .and(trial.table(&session.book))
            .and(LimitUsage::all(&used));
        source.made("policy-try", Some(&period), &views.was, page, figures).print(&source, &self.how)
    }
}

/// The cases of a view under the other rules. The ledger's own rules decide which cases the query means: under the others,
/// the two sides would not have the same cases.
fn same_cases<'a>(was: &View<'a>, cases: &'a [&'a Case], other: &'a RuleBook, horizon: Horizon) -> View<'a> {
    let would = View::of(cases, other, horizon);
    if !was.part {
        return would;
    }
    let meant: BTreeSet<&Id> = was.cases.iter().map(|case| case.id()).collect();
    would.only(|case| meant.contains(case.id()))
}
