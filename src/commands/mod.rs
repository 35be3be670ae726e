//! One file a command: its flags, its help (the doc comment), what it does. Knows every room; no room knows it.

use clap::Subcommand;

mod accept;
mod account;
mod amend;
mod approve;
mod as_of;
mod assign;
mod attach;
mod audit;
mod calendar;
mod check;
mod clock_words;
mod close;
mod completions;
mod contact;
mod decline;
mod diagnose;
mod draft;
mod edit;
mod escalate;
mod explain;
mod export;
mod follow_up;
mod forward;
mod hand_back;
mod handle;
mod import;
mod init;
mod list;
mod log;
mod mark;
mod mend;
mod merge_driver;
mod moment;
mod new;
mod next;
mod note;
mod output;
mod policy;
mod propose;
mod reading;
mod recover;
mod reject;
mod reopen;
mod report;
mod resolve;
mod resume;
mod rows;
mod said;
mod show;
mod subject;
mod survey;
mod sync;
mod triage;
mod undo;
mod wait;
mod words;

use crate::error::{Exit, Result};
use crate::session::{Session, Setting};

/// What `fb` can do.
#[derive(Debug, Clone, Subcommand)]
#[allow(missing_docs)]
pub enum Command {
    Init(init::Init),
    New(new::New),
    Edit(edit::Edit),
    Note(note::Note),
    Amend(amend::Amend),
    Triage(triage::Triage),
    Assign(assign::Assign),
    Accept(accept::Accept),
    Return(hand_back::Return),
    Contact(contact::Contact),
    Diagnose(diagnose::Diagnose),
    Propose(propose::Propose),
    Approve(approve::Approve),
    Decline(decline::Decline),
    Wait(wait::Wait),
    Resume(resume::Resume),
    Escalate(escalate::Escalate),
    Resolve(resolve::Resolve),
    FollowUp(follow_up::FollowUp),
    Close(close::Close),
    Reject(reject::Reject),
    Reopen(reopen::Reopen),
    Forward(forward::Forward),
    Mark(mark::Mark),
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
    /// Does it.
    ///
    /// # Errors
    /// Whatever ends it early, with the exit status that it leads to.
    pub fn run(self, setting: Setting) -> Result<Exit> {
        let setting = Setting { revision: self.revision().map(str::to_owned), ..setting };
        match self {
            Command::Init(command) => command.run(&setting),
            Command::Check(command) => command.run(setting),
            Command::Audit(command) => command.run(setting),
            Command::MergeDriver(command) => command.run(setting),
            Command::Policy(command) => command.run(&setting),
            Command::Completions(command) => command.run(&setting),
            command => command.run_in(&Session::open(setting)?),
        }
    }

    /// The git revision at which the ledger is looked at, by the commands that only look.
    pub fn revision(&self) -> Option<&str> {
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
    pub fn overview(setting: Setting) -> Result<Exit> {
        next::overview(&Session::open(setting)?)
    }

    /// Does what needs an open ledger.
    fn run_in(self, session: &Session) -> Result<Exit> {
        match self {
            Command::Init(_)
            | Command::Check(_)
            | Command::Audit(_)
            | Command::MergeDriver(_)
            | Command::Policy(_)
            | Command::Completions(_) => Ok(Exit::Done),
            Command::New(command) => command.run(session),
            Command::Edit(command) => command.run(session),
            Command::Note(command) => command.run(session),
            Command::Amend(command) => command.run(session),
            Command::Triage(command) => command.run(session),
            Command::Assign(command) => command.run(session),
            Command::Accept(command) => command.run(session),
            Command::Return(command) => command.run(session),
            Command::Contact(command) => command.run(session),
            Command::Diagnose(command) => command.run(session),
            Command::Propose(command) => command.run(session),
            Command::Approve(command) => command.run(session),
            Command::Decline(command) => command.run(session),
            Command::Wait(command) => command.run(session),
            Command::Resume(command) => command.run(session),
            Command::Escalate(command) => command.run(session),
            Command::Resolve(command) => command.run(session),
            Command::FollowUp(command) => command.run(session),
            Command::Close(command) => command.run(session),
            Command::Reject(command) => command.run(session),
            Command::Reopen(command) => command.run(session),
            Command::Forward(command) => command.run(session),
            Command::Mark(command) => command.run(session),
            Command::Attach(command) => command.run(session),
            Command::Survey(command) => command.run(session),
            Command::List(command) => command.run(session),
            Command::Show(command) => command.run(session),
            Command::Next(command) => command.run(session),
            Command::Log(command) => command.run(session),
            Command::Report(command) => command.run(session),
            Command::Import(command) => command.run(session),
            Command::Export(command) => command.run(session),
            Command::Mend(command) => command.run(session),
            Command::Undo(command) => command.run(session),
            Command::Recover(command) => command.run(session),
            Command::Sync(command) => command.run(session),
            Command::Calendar(command) => command.run(session),
        }
    }
}
