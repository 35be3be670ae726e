//! What `fb help TOPIC` explains, beside the commands. A new topic is a file with its parts, and a row here.

use super::{HelpPage, HelpPart};
use crate::lang::Text;

mod exit;
mod figures;
mod files;
mod periods;
mod query;
mod rules;

/// A subject of several commands.
#[derive(Debug)]
pub(crate) struct Topic {
    /// What people type.
    pub name: &'static str,
    /// Its Chinese names, which people can type as well.
    pub aliases: &'static [&'static str],
    /// What it is about, in a line.
    pub title: fn() -> Text,
    /// What it says.
    pub parts: fn() -> Vec<HelpPart>,
    /// What it says about one thing in it; empty if there is no such thing.
    pub of: Option<fn(&str) -> Vec<HelpPart>>,
}

/// All of them, in the order in which they are listed.
pub(crate) static TOPICS: [Topic; 6] = [
    Topic::new("query", &["查询", "查询条件"], query::title, query::parts),
    Topic::new("periods", &["期间", "统计期间"], periods::title, periods::parts),
    Topic {
        of: Some(figures::of),
        ..Topic::new("figures", &["指标", "数字"], figures::title, figures::parts)
    },
    Topic::new("rules", &["制度", "规则"], rules::title, rules::parts),
    Topic::new("files", &["文件", "台账"], files::title, files::parts),
    Topic::new("exit", &["退出码", "退出状态"], exit::title, exit::parts),
];

impl Topic {
    const fn new(
        name: &'static str,
        aliases: &'static [&'static str],
        title: fn() -> Text,
        parts: fn() -> Vec<HelpPart>,
    ) -> Topic {
        Topic { name, aliases, title, parts, of: None }
    }

    /// Whether a word means it.
    pub(super) fn is_called(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    /// The page about one thing in it.
    pub(super) fn page_of(&self, word: &str) -> Option<HelpPage> {
        let parts = (self.of?)(word);
        if parts.is_empty() {
            return None;
        }
        Some(HelpPage { lead: vec![(self.title)()], parts, foot: Vec::new() })
    }

    /// What is named in it, each as it is asked for: `figures median`.
    pub(super) fn within(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.of.is_some() {
            for name in figures::names() {
                let topics = self.aliases.iter().chain([&self.name]);
                found.extend(topics.map(|topic| format!("{topic} {name}")));
            }
        }
        found
    }

    /// The whole page.
    pub(super) fn page(&self) -> HelpPage {
        HelpPage { lead: vec![(self.title)()], parts: (self.parts)(), foot: Vec::new() }
    }
}
