//! One file a command: its flags, its help in both languages (`mod say`), what it does. Knows every room; no room but the
//! command line's knows it. What several commands share is in `arguments`, `describe`, `recording` and `whole_ledger`, so
//! that no command knows another.

use clap::Subcommand;

mod attach;
mod audit;
mod calendar;
mod check;
mod completions;
mod edit;
mod export;
mod help;
mod import;
mod init;
mod list;
mod log;
mod mend;
mod merge_driver;
mod new;
mod next;
mod policy;
mod record;
mod recover;
mod report;
mod say;
mod shop;
mod show;
#[cfg(test)]
mod snapshots;
mod survey;
mod sync;
mod undo;

use crate::case::ROWS;
use crate::error::{Exit, Result};
use crate::lang::Text;
use crate::session::{Session, Setting};

/// The commands as `fb help` groups them. The group without names has all other verbs of the table of events.
const GROUPS: [(Text, &[&str]); 6] = [
    (Text::of("View:", "查看："), &["next", "list", "show", "log", "report"]),
    (Text::of("Register and correct:", "登记与更正："), &["new", "edit", "amend", "note", "attach", "mark"]),
    (Text::of("Handle:", "办理："), &[]),
    (Text::of("Rules and checks:", "制度与检查："), &["policy", "calendar", "check", "audit"]),
    (Text::of("Work together and undo:", "协作与撤销："), &["sync", "mend", "undo", "recover"]),
    (
        Text::of("Set up, import, export:", "建账与数据："),
        &["init", "shop", "import", "export", "completions", "help"],
    ),
];

/// The commands in groups, each with its heading.
pub(crate) fn groups() -> Vec<(Text, Vec<&'static str>)> {
    let named = |verb: &str| GROUPS.iter().any(|(_, names)| names.contains(&verb));
    let others = || ROWS.iter().map(|row| row.verb).filter(|verb| !named(verb)).collect();
    let group = |(heading, names): (Text, &[&'static str])| match names {
        [] => (heading, others()),
        names => (heading, names.to_vec()),
    };
    GROUPS.into_iter().map(group).collect()
}

/// The command whose event people call so, in either language: `派单` is `assign`.
pub(crate) fn verb_called(name: &str) -> Option<&'static str> {
    record::verb_called(name)
}

/// What `fb` can do.
#[derive(Debug, Clone, Subcommand)]
#[allow(missing_docs)]
pub(crate) enum Command {
    Init(init::InitArgs),
    New(Box<new::NewArgs>),
    Edit(edit::EditArgs),
    #[command(flatten)]
    Record(record::Record),
    Attach(attach::AttachArgs),
    Survey(survey::SurveyArgs),
    List(list::ListArgs),
    Show(show::ShowArgs),
    Next(next::NextArgs),
    Log(log::LogArgs),
    Report(report::ReportArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Check(check::CheckArgs),
    Audit(audit::AuditArgs),
    Mend(mend::MendArgs),
    Undo(undo::UndoArgs),
    Recover(recover::RecoverArgs),
    Sync(sync::SyncArgs),
    #[command(hide = true)]
    MergeDriver(merge_driver::MergeDriverArgs),
    Policy(policy::PolicyArgs),
    Calendar(calendar::CalendarArgs),
    Shop(shop::ShopArgs),
    Completions(completions::CompletionsArgs),
    Help(help::HelpArgs),
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
            Command::Shop(command) => command.run(&open()?),
            Command::Completions(command) => command.run(&setting),
            Command::Help(command) => command.run(&setting),
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
