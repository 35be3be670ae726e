//! What the rooms cannot be asked alone: the built `fb`, run as people run it, in ledgers that are made for it.
//!
//! Every test makes its own ledger in a temporary directory and clears the environment, so that neither the
//! machine's git settings nor its language, zone or clock have a say. Helpers may unwrap: they are tests too.

#![allow(clippy::disallowed_methods, clippy::disallowed_types)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod advice;
mod append;
mod as_of;
mod audit;
mod audit_put_back;
mod audit_sound;
mod bad_flags;
mod bad_input;
mod begin;
mod calendar_add;
mod clocks;
mod clones;
mod conduct;
mod conflicts;
mod crowd;
#[cfg(target_os = "linux")]
mod disk;
mod docs;
#[cfg(unix)]
mod door;
mod doubts;
mod edit;
mod eight;
mod evasion;
mod flags;
mod formats;
mod git;
mod git_door;
mod help;
mod hostile;
mod house;
mod import;
mod interrupted;
mod kept;
mod kept_comments;
#[cfg(unix)]
mod kept_walks;
#[cfg(target_os = "linux")]
mod killed;
#[cfg(target_os = "linux")]
mod killed_sync;
mod laws;
mod ledger;
mod made_ledger;
mod mend;
mod names;
mod outputs;
mod pages;
mod people;
#[cfg(target_os = "linux")]
mod power;
mod privacy;
mod prove;
mod refusals;
mod reports;
mod review;
mod rule_books;
mod schedules;
mod seeds;
mod shop_add;
mod shops;
#[cfg(target_os = "linux")]
mod stop;
mod sync;
#[cfg(unix)]
mod sync_foreign;
mod sync_hurdles;
#[cfg(unix)]
mod sync_remote;
mod third_version;
mod toml_files;
mod transcripts;
mod trial;
mod undo;
mod unfinished;
mod unknown_clocks;
mod unknown_keys;
mod verbs;
mod voids;
mod walk;
mod walks;
mod written_out;
