//! What `fb help TOPIC` explains, beside the commands. A new topic is a file with its parts, and a row here.

use super::{Page, Part};
use crate::lang::Text;

mod exit;
mod figures;
mod files;
mod periods;
mod query;
mod rules;

/// Something that more than one command is about.
#[derive(Debug)]
pub(crate) struct Topic {
    /// What people type.
    pub name: &'static str,
    /// What they may type as well: what it is called in Chinese.
    pub aliases: &'static [&'static str],
    /// What it is about, in a line.
    pub title: fn() -> Text,
    /// What it says.
    pub parts: fn() -> Vec<Part>,
}

/// All of them, in the order in which they are listed.
pub(crate) static TOPICS: [Topic; 6] = [
    Topic { name: "query", aliases: &["查询", "查询条件"], title: query::title, parts: query::parts },
    Topic {
        name: "periods", aliases: &["期间", "统计期间"], title: periods::title, parts: periods::parts
    },
    Topic { name: "figures", aliases: &["指标", "数字"], title: figures::title, parts: figures::parts },
    Topic { name: "rules", aliases: &["制度", "规则"], title: rules::title, parts: rules::parts },
    Topic { name: "files", aliases: &["文件", "台账"], title: files::title, parts: files::parts },
    Topic { name: "exit", aliases: &["退出状态", "退出码"], title: exit::title, parts: exit::parts },
];

impl Topic {
    /// Whether a word means it.
    pub(super) fn is_called(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    /// All that it says.
    pub(super) fn page(&self) -> Page {
        Page { lead: vec![(self.title)()], parts: (self.parts)(), foot: Vec::new() }
    }
}
