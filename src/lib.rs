//! Customer feedback in git: one YAML file a case, a directory a status, and figures that stand up to an audit.
//!
//! The rooms, in the order in which data passes through them:
//!
//! | room | what it knows |
//! | --- | --- |
//! | [`case`] | the domain: a case, its events, the fold of a history |
//! | [`toml_file`] | the TOML files that people write: places, every fault, and additions, pure |
//! | [`casefile`] | a case file: its text, and from status and id to its path and back, pure |
//! | [`calendar`] | the shop's working time, pure |
//! | [`clock`] | how long a clock may run, what pauses it, when it is due, pure |
//! | [`policy`] | the shop's rules: names, steps, approvals, the clocks of a case, pure |
//! | [`disk`] | the file system: whole files or none, beneath a root; the only room that opens one |
//! | [`ledger`] | the files of a ledger: how they are read, added and moved |
//! | [`git`] | commits of exactly the paths that a command touched |
//! | [`merge`] | two versions of a case merged, pure |
//! | [`reconcile`] | two versions of a case merged under the rules, pure |
//! | [`sync`] | two commits of a ledger merged, case by case |
//! | [`view`] | a ledger as of an instant, pure |
//! | [`report`] | figures of a period, pure |
//! | [`query`] | which cases are meant, pure |
//! | [`check`] | what is wrong in a ledger, pure |
//! | [`doubts`] | how far figures can be trusted, and each case counted once, pure |
//! | [`audit`] | every stamp compared with the commit that added it, pure |
//! | [`render`] | a table or a report as text, markdown, csv, json |
//! | [`prove`] | whether a rule book holds in every state that a case can get to, pure |
//! | [`import`] | cases from and to spreadsheets |
//! | [`holidays`] | holidays and make-up working days as they are published: JSON, iCalendar, pure |
//! | [`privacy`] | what belongs to a person, and how much of it is seen |
//! | [`lang`] | what people read, in English and Chinese |
//! | [`error`] | what went wrong, as data |
//! | [`session`] | what a command gets: the open ledger, now, who acts |
//! | [`whole_ledger`] | every case of a ledger, each once, with what makes figures doubtful |
//! | [`arguments`] | what several commands have on the command line |
//! | [`describe`] | a case in words and for programs |
//! | [`recording`] | the one path of every change to a case, from flags to a commit |
//! | [`ui`] | the terminal: the only room that writes to it |
//!
//! Dependencies run one way; `tests/suite/house.rs` holds them.

// Tests make their own places.
#![cfg_attr(test, allow(clippy::disallowed_methods, clippy::disallowed_types))]

mod arguments;
pub mod audit;
pub mod calendar;
pub mod case;
pub mod casefile;
pub mod check;
mod cli;
mod clock;
mod commands;
mod describe;
pub mod disk;
pub mod doubts;
pub mod error;
pub mod git;
mod holidays;
pub mod import;
pub mod lang;
pub mod ledger;
pub mod merge;
pub mod policy;
pub mod privacy;
mod prove;
pub mod query;
mod reconcile;
mod recording;
pub mod render;
pub mod report;
mod run;
pub mod session;
pub mod sync;
mod toml_file;
pub mod ui;
pub mod view;
mod whole_ledger;

pub use run::run;
