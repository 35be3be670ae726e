//! The command line: the global flags and the tree of commands.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use crate::commands::Command;
use crate::lang::Lang;

/// Customer feedback in git: one YAML file a case, a directory a status.
#[derive(Debug, Parser)]
#[command(name = "fb", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
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
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
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
