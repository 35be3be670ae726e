use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source};
use crate::arguments::value;
use crate::arguments::word::no_preset;
use crate::case::{Case, Id};
use crate::disk;
use crate::error::{Error, Exit, Result};
use crate::policy::{File, Preset, RuleBook};
use crate::render::pages;
use crate::report::figure::Figures;
use crate::report::{LimitUsage, Span, WasAndWould, WhatIf};
use crate::session::Session;
use crate::view::{Horizon, View};

mod say {
    crate::messages! {
        about() { "A past period under other rules: limits, missed limits and overdue cases, compared with what they were", "用另一套制度试算过去的期间，与实际的时限和逾期情况对照" }
        policy() { "The other rules, as if they had always been in force: a file, or a rule book's name", "另一套制度，当作一直在施行：写文件，或可选用制度的名称" }
        unusable(name, n) { "the policy {name} has errors and cannot be tried", "制度 {name} 有错，无法试算" }
        not_by() { "a trial is not broken down", "试算不支持按维度细分" }
        by_query() { "a query picks some of the cases: fb policy try FILE 2026-10 department:quality", "可用查询只看部分案卷：fb policy try 文件 2026-10 department:quality" }
        names_too() { "FILE is a policy file, or the name of a rule book to start from (`fb policy list`)", "请给出制度文件，或可选用制度的名称（见 `fb policy list`）" }
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
        let other = other(session, &self.policy, &name)?;
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

/// The shop under the other policy. The name of a rule book is never read as a file.
fn other(session: &Session, path: &Path, name: &str) -> Result<RuleBook> {
    let (policy, calendars): (File, Vec<File>) = match Preset::of(name) {
        Some(preset) => {
            let calendars =
                preset.calendars.iter().map(|(file, text)| (PathBuf::from(file), (*text).to_owned()));
            ((path.to_owned(), preset.undated()), calendars.collect())
        }
        None => ((place(session, path), text(path, name)?), Vec::new()),
    };
    session
        .book
        .under(&policy, &calendars)
        .map_err(|findings| Error::refused(say::unusable(name, findings.len())).because(findings))
}

/// A file that is named on the command line and is wrong is an error of the command line.
fn text(path: &Path, name: &str) -> Result<String> {
    let has_ending = path.extension().is_some() || path.components().count() > 1;
    if !disk::named::is_there(path) && !has_ending {
        return Err(no_preset(name).hint(say::names_too()));
    }
    disk::named::read_text(path)
        .map_err(|error| Error { exit: Exit::Refused, ..error.hint(say::names_too()) })
}

/// The path of the file in findings: from the ledger's root if it is in the ledger.
fn place(session: &Session, path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.strip_prefix(session.ledger.root()).map_or(whole.clone(), Path::to_owned)
}
