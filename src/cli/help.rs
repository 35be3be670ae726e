//! The pages of `fb help`, `--help` and `-h`: all commands, one command, or a topic.

use clap::{Arg, Command};

use super::localize::values;
use super::page::{HelpEntry, HelpPage, HelpPart};
use super::tree;
use crate::commands::groups;
use crate::lang::{Lang, Text, list};
use crate::render::Paper;
use crate::ui::Terminal;

mod topics;

pub(crate) use topics::TOPICS;

mod say {
    crate::messages! {
        usage_head() { "Usage:", "用法：" }
        commands() { "Commands:", "命令：" }
        examples() { "Examples:", "示例：" }
        arguments_head() { "Arguments:", "参数：" }
        options_head() { "Options:", "选项：" }
        global_head() { "Global options:", "通用选项：" }
        topics_head() { "Topics:", "专题：" }
        without() { "`fb` without a command gives an overview of the shop: what is late, and what is due next.", "只输入 `fb` 可看店铺概况：哪些已逾期，接下来该办什么。" }
        more(command) { "`fb help {command}` says more.", "`fb help {command}` 有更详细的说明。" }
        more_of_command() { "`fb help COMMAND` explains a command, `fb help TOPIC` explains a topic.", "`fb help 命令` 查看命令的用法，`fb help 专题` 查看专题说明。" }
        noted(words, notes) { "{words} ({notes})", "{words}（{notes}）" }
        and(one, other) { "{one}; {other}", "{one}；{other}" }
        default(word) { "default: {word}", "默认：{word}" }
        variable(name) { "environment: {name}", "环境变量：{name}" }
        values(words) { "one of: {words}", "可填：{words}" }
    }
}

/// The page that these words ask for: all commands, one of them, or a topic.
///
/// A command may also be named by the display name of its event, such as 派单, in any language.
pub(crate) fn asked(words: &[String], lang: Lang) -> Option<HelpPage> {
    let path: Vec<&str> = words.iter().map(String::as_str).collect();
    let topic = match path.as_slice() {
        [word] => TOPICS.iter().find(|topic| topic.is_called(word)),
        _ => None,
    };
    if let [word, name @ ..] = path.as_slice()
        && let Some(topic) = TOPICS.iter().find(|topic| topic.is_called(word))
        && !name.is_empty()
    {
        return topic.page_of(&name.join(" "));
    }
    if let Some(page) = command(&path, lang, true) {
        return Some(page);
    }
    match (topic, path.as_slice()) {
        (Some(topic), _) => Some(topic.page()),
        (None, [word]) => command(&[crate::commands::verb_called(word)?], lang, true),
        (None, _) => None,
    }
}

/// The page of a command, by the words after `fb`; without any, of all commands. `whole`: the long page.
pub(crate) fn command(path: &[&str], lang: Lang, whole: bool) -> Option<HelpPage> {
    let mut tree = tree(lang);
    tree.build();
    let found = path.iter().try_fold(&tree, |command, word| command.find_subcommand(word))?;
    Some(page(&mut found.clone(), path, lang, whole))
}

/// The names of all commands and topics, to find the nearest one to a mistyped name.
pub(crate) fn names(lang: Lang) -> Vec<String> {
    let tree = tree(lang);
    let commands = tree.get_subcommands().filter(|command| !command.is_hide_set());
    let commands = commands.flat_map(|command| {
        let name = command.get_name();
        let below = command.get_subcommands().map(move |below| format!("{name} {}", below.get_name()));
        std::iter::once(name.to_owned()).chain(below)
    });
    let topics = TOPICS.iter().flat_map(|topic| topic.aliases.iter().chain([&topic.name]));
    let within = TOPICS.iter().flat_map(|topic| topic.within());
    commands.chain(topics.map(|name| (*name).to_owned())).chain(within).collect()
}

/// The page on this terminal, or in a pipe.
pub(crate) fn drawn(page: &HelpPage, terminal: &Terminal, paper: Paper) -> String {
    page.draw(terminal.lang, Paper { width: terminal.prose, ..paper })
}

/// A usage line of clap's, in which one word is clap's own.
pub(super) fn usage(line: &str) -> Text {
    let line = line.trim_start_matches("Usage:").trim();
    Text::new(line, line.replace("[OPTIONS]", "[选项]"))
}

fn page(command: &mut Command, path: &[&str], lang: Lang, whole: bool) -> HelpPage {
    let mut lead = Vec::from_iter(written(command.get_about()).map(Text::same));
    if let Some(more) = written(command.get_long_about()).filter(|_| whole) {
        lead.extend(more.split("\n\n").map(Text::same));
    }
    let lines = command.render_usage().to_string();
    let mut parts = vec![HelpPart::commands(say::usage_head(), lines.lines().map(usage))];
    let examples = written(command.get_after_help()).unwrap_or_default();
    let shown = || command.get_arguments().filter(|arg| !arg.is_hide_set());
    let entries = |args: Vec<&Arg>| args.into_iter().map(|arg| entry(arg, lang, whole)).collect();
    let global = shown().filter(|arg| arg.is_global_set()).map(|arg| entry(arg, lang, false)).collect();
    let own = shown().filter(|arg| !arg.is_positional() && !arg.is_global_set());
    let positionals = shown().filter(|arg| arg.is_positional());
    parts.push(HelpPart::commands(say::examples(), examples.lines().map(Text::same)));
    parts.extend(commands(command, path));
    parts.extend([
        HelpPart { heading: say::arguments_head(), entries: entries(positionals.collect()) },
        HelpPart { heading: say::options_head(), entries: entries(own.collect()) },
        HelpPart { heading: say::global_head(), entries: global },
    ]);
    parts.retain(|part| !part.entries.is_empty());
    let foot = match path {
        [] => vec![say::without(), say::more_of_command()],
        _ if !whole => vec![say::more(path.join(" "))],
        _ => Vec::new(),
    };
    HelpPage { lead, parts, foot }
}

fn written(words: Option<&clap::builder::StyledStr>) -> Option<String> {
    words.map(ToString::to_string)
}

/// A command with what it is about.
fn name_and_about(command: &Command) -> (Text, Text) {
    let about = written(command.get_about()).unwrap_or_default();
    (Text::same(command.get_name()), Text::same(about))
}

/// The commands below one; all of them in groups, with the topics.
fn commands(command: &Command, path: &[&str]) -> Vec<HelpPart> {
    if !path.is_empty() {
        let below = command.get_subcommands().filter(|command| !command.is_hide_set());
        return vec![HelpPart::terms(say::commands(), below.map(name_and_about))];
    }
    let mut parts = Vec::new();
    for (heading, names) in groups() {
        let found = names.iter().filter_map(|name| command.find_subcommand(name));
        parts.push(HelpPart::terms(heading, found.map(name_and_about)));
    }
    let topics = TOPICS.iter().map(|topic| (Text::same(topic.name), (topic.title)()));
    parts.push(HelpPart::terms(say::topics_head(), topics));
    parts
}

/// A flag or a word after the command.
fn entry(arg: &Arg, lang: Lang, whole: bool) -> HelpEntry {
    let help = if whole { arg.get_long_help().or(arg.get_help()) } else { arg.get_help() };
    let mut words = Text::same(help.map(|words| words.to_string()).unwrap_or_default());
    let values = values(arg, lang);
    let explained = whole && values.iter().any(|value| value.get_help().is_some());
    let mut notes = Vec::new();
    if !values.is_empty() && !explained {
        let names: Vec<Text> = values.iter().map(|value| Text::same(value.get_name())).collect();
        notes.push(say::values(list(&names)));
    }
    if arg.get_action().takes_values() && !arg.get_default_values().is_empty() {
        let defaults = arg.get_default_values().iter().map(|value| value.to_string_lossy());
        notes.push(say::default(defaults.collect::<Vec<_>>().join(",")));
    }
    notes.extend(arg.get_env().map(|name| say::variable(name.to_string_lossy().into_owned())));
    if let Some(notes) = notes.into_iter().reduce(say::and) {
        words = say::noted(words, notes);
    }
    let below = values.iter().filter(|_| explained).map(|value| {
        let help = value.get_help().map(|words| words.to_string()).unwrap_or_default();
        HelpEntry::new(Text::same(value.get_name()), Text::same(help))
    });
    HelpEntry { below: below.collect(), ..HelpEntry::new(term(arg), words) }
}

/// `-n, --limit <N>`, `[QUERY]...`.
fn term(arg: &Arg) -> Text {
    if arg.is_positional() {
        return Text::same(arg.to_string());
    }
    let short = arg.get_short().map(|short| format!("-{short}"));
    let long = arg.get_long().map(|long| format!("--{long}"));
    let flag = match (short, long) {
        (Some(short), Some(long)) => format!("{short}, {long}"),
        (Some(short), None) => short,
        (None, long) => format!("    {}", long.unwrap_or_default()),
    };
    let names = arg.get_value_names().filter(|_| arg.get_action().takes_values()).unwrap_or_default();
    Text::same(names.iter().fold(flag, |flag, name| format!("{flag} <{name}>")))
}
