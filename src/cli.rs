//! The command line: the global flags and the tree of commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::commands::Command;
use crate::lang::Lang;
use crate::query::Key;

pub(crate) mod misuse;

/// Customer feedback in git: one YAML file a case, a directory a status.
#[derive(Debug, Parser)]
#[command(name = "fb", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// Where the ledger is: this directory or one above it
    #[arg(short = 'C', value_name = "DIR", env = "FB_DIR", global = true, default_value = ".")]
    pub directory: PathBuf,
    /// The present, for tests and for looking ahead
    #[arg(long, value_name = "RFC3339", env = "FB_NOW", global = true)]
    pub now: Option<String>,
    /// The language of what people read; else the shop's
    #[arg(long, value_name = "LANG", env = "FB_LANG", global = true)]
    pub lang: Option<Lang>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: When,
    /// Write the files, but make no commit
    #[arg(long, global = true)]
    pub no_commit: bool,
    /// Say nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say also which ledger and rules were read, how many cases, and how long it took
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// What to do; without a command, the shop at a glance
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands whose words are a query.
const QUERYING: [&str; 2] = ["list", "report"];

/// The arguments with `-channel:hotline` as `!channel:hotline`: a term that is negated is no flag.
pub(crate) fn with_negations(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut querying = false;
    let arguments = arguments.into_iter().map(|argument| {
        let word = argument.to_str();
        querying |= word.is_some_and(|word| QUERYING.contains(&word));
        match word.and_then(|word| word.strip_prefix('-')).filter(|term| querying && is_term(term)) {
            Some(term) => OsString::from(format!("!{term}")),
            None => argument,
        }
    });
    arguments.collect()
}

/// Whether what stands behind a hyphen is a term of a query: it has a key, stands for itself, or is no flag's letter.
fn is_term(word: &str) -> bool {
    let key = word.split_once(':').map_or(word, |(key, _)| key);
    let known = Key::ALL.iter().any(|known| known.word() == key && !key.is_empty());
    known || word.starts_with(|letter: char| !letter.is_ascii())
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Lang] {
        &[Lang::En, Lang::Zh]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.word()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negated_term_is_no_flag() {
        let words = |line: &str| {
            let words = with_negations(line.split(' ').map(OsString::from));
            words.iter().map(|word| word.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            words("fb -C dir list -channel:hotline -overdue -茶杯 --limit 3"),
            "fb -C dir list !channel:hotline !overdue !茶杯 --limit 3"
        );
        assert_eq!(words("fb list -q -C dir -due"), "fb list -q -C dir !due");
        assert_eq!(words("fb note 7k3 -kind:x"), "fb note 7k3 -kind:x");
    }
}
