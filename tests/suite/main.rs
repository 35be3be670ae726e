//! What the rooms cannot be asked alone: the built `fb`, run as people run it, in ledgers that are made for it.
//!
//! Every test makes its own ledger in a temporary directory and clears the environment, so that neither the
//! machine's git settings nor its language, zone or clock have a say. Helpers may unwrap: they are tests too.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod append;
mod as_of;
mod audit;
mod bad_flags;
mod bad_input;
mod clocks;
mod docs;
mod edit;
mod formats;
mod git;
mod hostile;
mod house;
mod import;
mod interrupted;
mod laws;
mod ledger;
mod mend;
mod outputs;
mod people;
mod privacy;
mod readme;
mod refusals;
mod reports;
mod review;
mod rule_books;
mod seeds;
mod shops;
mod trial;
mod unknown_keys;
mod verbs;
mod walk;
mod walks;
