//! The one path of every change to a case: from flags and answers to events, from events to a commit.
//!
//! It promises that nothing is written which the rules forbid, and that what belongs together is one commit. It must not
//! know which command asked.

pub(crate) mod apply;
pub(crate) mod event_args;
pub(crate) mod questions;
pub(crate) mod say;
mod subject;
