//! What several commands have on the command line: flags with their help, the words for values, moments, formats, files.
//!
//! It promises that a flag means the same in every command. It reads what was typed and refuses what it cannot read; it
//! must not know what a command does, and it adds nothing to a ledger.

pub(crate) mod as_of;
pub(crate) mod flag;
pub(crate) mod format;
pub(crate) mod moment;
pub(crate) mod output;
pub(crate) mod rules;
pub(crate) mod say;
pub(crate) mod value;
pub(crate) mod word;
