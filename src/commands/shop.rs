//! The shop in `fb.toml`: what can be added to it without opening the file.

use clap::{Args, Subcommand};

use crate::error::{Exit, Result};
use crate::session::Session;

mod add;

mod say {
    crate::messages! {
        about() { "The shop in fb.toml: its people and names", "fb.toml 里的店铺：人员和各种名称" }
        examples() {
            "fb shop add person li.na --name \"Li Na\" --email li.na@example.cn --role agent\nfb shop add volume 2026-10 4210",
            "fb shop add person li.na --name 李娜 --email li.na@example.cn --role agent\nfb shop add volume 2026-10 4210"
        }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(crate) struct ShopArgs {
    #[command(subcommand)]
    what: ShopCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum ShopCommand {
    Add(add::ShopAddArgs),
}

impl ShopArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        match self.what {
            ShopCommand::Add(add) => add.run(session),
        }
    }
}
