use std::path::{Path, PathBuf};

use clap::Args;

use super::{How, Source, horizon, period, view};
use crate::commands::init::no_preset;
use crate::error::{Error, Exit, Result};
use crate::ledger::files;
use crate::policy::{Book, File, Preset};
use crate::render::pages;
use crate::report::{Sides, Span, Trial, Used};
use crate::session::Session;

crate::messages! {
    unusable(name, n) { "the policy {name} cannot be tried as it is", "制度 {name} 有错，无法试算" }
    names_too() { "FILE is a policy file, or the name of a rule book to start from (`fb policy list`)", "请给出制度文件，或可选用制度的名称（见 `fb policy list`）" }
}

/// A past period under another policy: the limits, the misses and what was overdue, beside what they were, and
/// which limit the history would have kept
#[derive(Debug, Clone, Args)]
pub struct Try {
    /// The other policy, as if it had been in force from the beginning: a file, or a rule book's name
    #[arg(value_name = "FILE")]
    policy: PathBuf,
    /// The month, such as 2026-10, or any other period; else the last full month
    period: Option<String>,
    #[command(flatten)]
    how: How,
}

impl Try {
    pub(in crate::commands) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Month)?;
        let horizon = horizon(session, &self.how, Some(&period))?;
        let name = self.policy.to_string_lossy().into_owned();
        let other = other(session, &self.policy, &name)?;
        let source = Source::read(session);
        let cases = source.cases();
        let would = crate::report::View::of(&cases, &other, horizon);
        let would = would.map_err(|undue| Error::failed(undue.message()))?;
        let views = Sides { was: view(session, &cases, horizon)?, would };
        let trial = Trial::of(&views, &period);
        let used = Used::of(&views.was, &period).map_err(|undue| Error::failed(undue.message()))?;
        let heading = source.heading(session, horizon.at, &self.how);
        let page = pages::trial(&trial, &used, &period, &name, &heading);
        let mut figures = source.envelope(session, "policy-try", Some(&period), horizon.at);
        figures.insert("policy".to_owned(), name.into());
        if let serde_json::Value::Object(rows) = trial.json(&session.book.shop.zone, self.how.cases) {
            figures.extend(rows);
        }
        let used: Vec<_> = used.iter().map(|row| row.json(self.how.cases)).collect();
        figures.insert("used".to_owned(), used.into());
        source.print(session, &self.how, &page, figures.into())
    }
}

/// The shop under the other policy. A name that is a rule book's is never a file's.
fn other(session: &Session, path: &Path, name: &str) -> Result<Book> {
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
        .map_err(|findings| Error::refused(unusable(name, findings.len())).because(findings))
}

/// What is wrong with a file that the command line names is wrong with the command line.
fn text(path: &Path, name: &str) -> Result<String> {
    let has_ending = path.extension().is_some() || path.components().count() > 1;
    if !path.exists() && !has_ending {
        return Err(no_preset(name).hint(names_too()));
    }
    files::read_text(path).map_err(|error| Error { exit: Exit::Refused, ..error.hint(names_too()) })
}

/// Where a finding says that the file is: from the ledger's root where it lies in it.
fn place(session: &Session, path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.strip_prefix(session.ledger.root()).map_or(whole.clone(), Path::to_owned)
}
