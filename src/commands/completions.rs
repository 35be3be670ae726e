use clap::Args;
use clap_complete::Shell;

use crate::arguments::value;
use crate::cli;
use crate::error::{Exit, Result};
use crate::session::Setting;

mod say {
    crate::messages! {
        about() { "Print a script that completes commands and flags in a shell", "输出 shell 的补全脚本，用于补全命令和选项" }
        examples() {
            "fb completions bash > ~/.local/share/bash-completion/completions/fb\nfb completions zsh --lang en",
            "fb completions bash > ~/.local/share/bash-completion/completions/fb\nfb completions zsh --lang zh"
        }
        shell() { "The shell", "用哪种 shell" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(crate) struct CompletionsArgs {
    #[arg(value_name = value::SHELL.both(), help = say::shell().both())]
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        let lang = setting.terminal.lang;
        let mut script = Vec::new();
        let mut tree = cli::with_values(cli::tree(lang), lang);
        clap_complete::generate(self.shell, &mut tree, "fb", &mut script);
        setting.terminal.bytes(&script)?;
        Ok(Exit::Done)
    }
}
