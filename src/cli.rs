//! The command line: the global flags and the tree of commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, ValueEnum};

use crate::arguments::value;
use crate::commands::Command;
use crate::lang::Lang;
use crate::query::Key;

pub(crate) mod help;
mod localize;
pub(crate) mod misuse;
mod page;

pub(crate) use localize::with_values;

mod say {
    crate::messages! {
        about() { "Customer feedback in git: each case is a YAML file, each status a directory", "用 git 管理客户反馈：每件案卷一个 YAML 文件，每种状态一个目录" }
        directory() { "The ledger's directory, or one below it", "台账所在的目录，或其子目录" }
        now() { "Act as if it were this time now", "假定现在是这个时间" }
        lang() { "The language of the output; without it, the shop's language", "界面语言；不填则用店铺设定的语言" }
        color() { "When to use colour", "何时使用颜色" }
        auto() { "On a terminal, unless NO_COLOR is set", "在终端里使用，设置了 NO_COLOR 则不用" }
        always() { "Always", "总是使用" }
        never() { "Never", "不使用" }
        no_commit() { "Write the files, but make no commit", "只写文件，不提交" }
        quiet() { "Print only results and errors", "只输出结果和错误" }
        verbose() {
            "Also print which ledger and rules were read, how many cases, and how long it took",
            "同时显示读取的台账和制度、案卷件数和用时"
        }
        help() { "Print help: -h for a summary, --help in full", "查看帮助：-h 简要，--help 完整" }
        version() { "Print the version", "查看版本" }
    }
}

#[derive(Debug, Parser)]
#[command(name = "fb", version, propagate_version = true, about = say::about().both())]
#[command(disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(arg = help_flag(), arg = version_flag())]
pub(crate) struct Cli {
    #[arg(short = 'C', env = "FB_DIR", global = true, default_value = ".")]
    #[arg(value_name = value::DIRECTORY.both(), help = say::directory().both())]
    pub directory: PathBuf,
    #[arg(long, value_name = value::TIME.both(), env = "FB_NOW", global = true, help = say::now().both())]
    pub now: Option<String>,
    #[arg(long, value_name = value::LANGUAGE.both(), env = "FB_LANG", global = true, help = say::lang().both())]
    pub lang: Option<Lang>,
    #[arg(long, global = true, default_value = "auto")]
    #[arg(value_name = value::WHEN.both(), help = say::color().both())]
    pub color: ColourWhen,
    #[arg(long, global = true, help = say::no_commit().both())]
    pub no_commit: bool,
    #[arg(short, long, global = true, conflicts_with = "verbose", help = say::quiet().both())]
    pub quiet: bool,
    #[arg(short, long, global = true, help = say::verbose().both())]
    pub verbose: bool,
    /// Without a command, the shop at a glance.
    #[command(subcommand)]
    pub command: Option<Command>,
}

fn help_flag() -> Arg {
    let flag = Arg::new("help").short('h').long("help").global(true);
    flag.action(ArgAction::Help).help(say::help().both())
}

fn version_flag() -> Arg {
    let flag = Arg::new("version").short('V').long("version").global(true);
    flag.action(ArgAction::Version).help(say::version().both())
}

/// The tree of commands, with its words in one language.
pub(crate) fn tree(lang: Lang) -> clap::Command {
    localize::localized(Cli::command(), lang)
}

impl Cli {
    /// Reads the arguments. If they ask for help, the text of the error is the path of the command, without `fb`.
    ///
    /// # Errors
    /// What clap has to say, with the names of values in this language.
    pub(crate) fn read(arguments: &[OsString], lang: Lang) -> Result<Cli, clap::Error> {
        let mut command = for_reading(tree(lang), "");
        let mut found = command.try_get_matches_from_mut(arguments)?;
        Cli::from_arg_matches_mut(&mut found).map_err(|error| error.format(&mut command))
    }
}

/// The tree for clap to read the arguments with. The help of each command is only its path, because `fb` draws the pages
/// itself. An empty environment variable counts as not set.
fn for_reading(command: clap::Command, path: &str) -> clap::Command {
    let below = |command: clap::Command| {
        let path = format!("{path} {}", command.get_name());
        for_reading(command, path.trim())
    };
    command.override_help(path.to_owned()).mut_args(without_empty_variable).mut_subcommands(below)
}

fn without_empty_variable(arg: Arg) -> Arg {
    let value = arg.get_env().and_then(std::env::var_os);
    if value.is_some_and(|value| value.is_empty()) { arg.env(None::<&'static str>) } else { arg }
}

/// The commands whose words are a query.
const QUERYING: [&str; 2] = ["list", "report"];

/// The arguments with `-channel:hotline` as `!channel:hotline`, because a negated term is not a flag.
pub(crate) fn with_negations(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut querying = false;
    let mut written = Vec::new();
    for argument in arguments {
        let word = argument.to_str().unwrap_or_default();
        querying |= QUERYING.contains(&word);
        match word.strip_prefix('-') {
            Some(term) if querying && is_term(term) => written.push(OsString::from(format!("!{term}"))),
            _ => written.push(argument),
        }
    }
    written
}

/// The arguments of `fb amend`; `--justified true` and `--justified false` of earlier releases become `--justified` and
/// `--not-justified`.
pub(crate) fn with_plain_flags(arguments: Vec<OsString>) -> Vec<OsString> {
    let amends = arguments.iter().any(|argument| argument == "amend");
    let mut plain: Vec<OsString> = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let last = plain.last_mut().filter(|last| amends && *last == "--justified");
        match (last, argument.to_str()) {
            (Some(_), Some("true")) => {}
            (Some(last), Some("false")) => *last = "--not-justified".into(),
            (None, Some("--justified=true")) if amends => plain.push("--justified".into()),
            (None, Some("--justified=false")) if amends => plain.push("--not-justified".into()),
            _ => plain.push(argument),
        }
    }
    plain
}

/// Whether the word after a hyphen is a term of a query: it has a key, is a term by itself, or begins with a letter that
/// no flag has.
fn is_term(word: &str) -> bool {
    let key = word.split_once(':').map_or(word, |(key, _)| key);
    let known = Key::ALL.iter().any(|known| known.word() == key && !key.is_empty());
    known || word.starts_with(|letter: char| !letter.is_ascii())
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourWhen {
    #[value(help = say::auto().both())]
    Auto,
    #[value(help = say::always().both())]
    Always,
    #[value(help = say::never().both())]
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
pub(crate) mod tests;
