use clap::Args;

use crate::cli::help;
use crate::error::{Error, Exit, Result};
use crate::lang::{Lang, Text, common, list};
use crate::session::Setting;

mod say {
    crate::messages! {
        about() { "Explain a command or a topic; without either, list them all", "查看命令或专题的说明；不填则列出全部" }
        examples() { "fb help escalate\nfb help figures median", "fb help escalate\nfb help 指标 投诉处理率" }
        words() { "A command, such as `report monthly`, or a topic; after `figures` the name of a figure", "命令（如 `report monthly`）或专题；`指标` 后面可写指标名称" }
        asked() { "COMMAND|TOPIC", "命令或专题" }
        unknown(words) { "there is no command or topic `{words}`", "没有名为 `{words}` 的命令或专题" }
        topics(names) { "topics: {names}", "专题：{names}" }
        all() { "`fb help` lists all commands", "`fb help` 会列出所有命令" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(crate) struct HelpArgs {
    #[arg(value_name = say::asked().both(), help = say::words().both())]
    words: Vec<String>,
}

impl HelpArgs {
    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        let terminal = &setting.terminal;
        let page = help::asked(&self.words, terminal.lang).ok_or_else(|| self.unknown(terminal.lang))?;
        terminal.out(&help::drawn(&page, terminal, terminal.page))?;
        Ok(Exit::Done)
    }

    fn unknown(&self, lang: Lang) -> Error {
        let asked = self.words.join(" ");
        let known = help::names(lang);
        let near = common::nearest(&asked, known.iter().map(String::as_str)).map(common::did_you_mean);
        let topics: Vec<Text> = help::TOPICS.iter().map(|topic| Text::same(topic.name)).collect();
        let error = near.into_iter().fold(Error::refused(say::unknown(&asked)), Error::hint);
        error.hint(say::topics(list(&topics))).hint(say::all())
    }
}
