use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::error::{Exit, Result};
use crate::session::Setting;

/// A script that completes fb's commands and flags in a shell
#[derive(Debug, Clone, Args)]
pub(crate) struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "fb", &mut script);
        setting.terminal.bytes(&script)?;
        Ok(Exit::Done)
    }
}
