//! One file a command: its flags, its help (the doc comment), what it does. Knows every room; no room knows it.

use clap::Subcommand;

mod account;
mod as_of;
mod attach;
mod audit;
mod calendar;
mod check;
mod clock_words;
mod completions;
mod draft;
mod edit;
mod explain;
mod export;
mod format;
mod handle;
mod import;
mod init;
mod list;
mod log;
mod mend;
mod merge_driver;
mod moment;
mod new;
mod next;
mod output;
mod policy;
mod reading;
mod record;
mod recover;
mod report;
mod rows;
mod said;
mod say;
mod show;
mod subject;
mod survey;
mod sync;
mod undo;

use crate::error::{Exit, Result};
use crate::session::{Session, Setting};

/// What `fb` can do.
#[derive(Debug, Clone, Subcommand)]
#[allow(missing_docs)]
pub(crate) enum Command {
    Init(init::Init),
    New(Box<new::New>),
    Edit(edit::Edit),
    #[command(flatten)]
    Record(record::Record),
    Attach(attach::Attach),
    Survey(survey::Survey),
    List(list::List),
    Show(show::Show),
    Next(next::Next),
    Log(log::Log),
    Report(report::Report),
    Import(import::Import),
    Export(export::Export),
    Check(check::Check),
    Audit(audit::Audit),
    Mend(mend::Mend),
    Undo(undo::Undo),
    Recover(recover::Recover),
    Sync(sync::Sync),
    #[command(hide = true)]
    MergeDriver(merge_driver::MergeDriver),
    Policy(policy::Policy),
    Calendar(calendar::Calendar),
    Completions(completions::Completions),
}

impl Command {
    /// Does it. Where the rules cannot be used, or there is no ledger yet, a command that can do without is given the
    /// setting; all others work in an open ledger.
    ///
    /// # Errors
    /// Whatever ends it early, with the exit status that it leads to.
    pub(crate) fn run(self, setting: Setting) -> Result<Exit> {
        let setting = Setting { revision: self.revision().map(str::to_owned), ..setting };
        let open = || Session::open(setting.clone());
        match self {
            Command::Init(command) => command.run(&setting),
            Command::New(command) => command.run(&open()?),
            Command::Edit(command) => command.run(&open()?),
            Command::Record(command) => command.run(&open()?),
            Command::Attach(command) => command.run(&open()?),
            Command::Survey(command) => command.run(&open()?),
            Command::List(command) => command.run(&open()?),
            Command::Show(command) => command.run(&open()?),
            Command::Next(command) => command.run(&open()?),
            Command::Log(command) => command.run(&open()?),
            Command::Report(command) => command.run(&open()?),
            Command::Import(command) => command.run(&open()?),
            Command::Export(command) => command.run(&open()?),
            Command::Check(command) => command.run(setting),
            Command::Audit(command) => command.run(setting),
            Command::Mend(command) => command.run(&open()?),
            Command::Undo(command) => command.run(&open()?),
            Command::Recover(command) => command.run(&open()?),
            Command::Sync(command) => command.run(&open()?),
            Command::MergeDriver(command) => command.run(setting),
            Command::Policy(command) => command.run(&setting),
            Command::Calendar(command) => command.run(&open()?),
            Command::Completions(command) => command.run(&setting),
        }
    }

    /// The git revision at which the ledger is looked at, by the commands that only look.
    pub(crate) fn revision(&self) -> Option<&str> {
        match self {
            Command::List(list) => list.as_of.revision(),
            Command::Show(show) => show.as_of.revision(),
            Command::Report(report) => report.revision(),
            Command::Policy(policy) => policy.revision(),
            Command::Check(check) => check.as_of.revision(),
            _ => None,
        }
    }

    /// What plain `fb` shows: the shop at a glance.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub(crate) fn overview(setting: Setting) -> Result<Exit> {
        next::overview(&Session::open(setting)?)
    }
}
