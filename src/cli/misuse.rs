//! What is wrong with a command line, in both languages. clap says it in English only.

use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help;
use crate::error::Error;
use crate::lang::{Text, common, list};

mod say {
    crate::messages! {
        unknown_flag(word) { "there is no flag {word}", "没有 {word} 这个选项" }
        one_too_many(word) { "`{word}` is one argument too many", "多了一个参数 `{word}`" }
        no_command(word) { "there is no command {word}", "没有 {word} 这个命令" }
        no_value(flag) { "{flag} needs a value", "{flag} 后面要写上值" }
        bad_value(word, flag) { "{flag} does not take `{word}`", "{flag} 不能填 `{word}`" }
        too_many(flag, word) { "{flag}: `{word}` is one value too many", "{flag}：多了一个值 `{word}`" }
        whole_number() { "write a whole number", "请填整数" }
        missing(names) { "missing: {names}", "缺少：{names}" }
        which_command() { "which command?", "请写明要用哪个命令" }
        twice(flag) { "{flag} is given twice", "{flag} 写了两次" }
        conflict(flag, other) { "{flag} and {other} cannot be used together", "{flag} 和 {other} 不能同时使用" }
        not_text() { "an argument is not valid UTF-8", "有参数不是有效的 UTF-8 文字" }
        not_understood(kind) { "the command line was not understood ({kind})", "无法识别命令行（{kind}）" }
        possible(words) { "possible values: {words}", "可填：{words}" }
        known(words) { "commands: {words}", "命令：{words}" }
        behind_hyphens(word) { "to give `{word}` as a text, write `-- {word}`", "如果 `{word}` 是文字，请写成 `-- {word}`" }
        usage(line) { "usage: {line}", "用法：{line}" }
        read_help(command) { "`fb help {command}` says what it takes", "`fb help {command}` 列出该命令的全部参数" }
        all_commands() { "`fb help` lists all commands", "`fb help` 会列出所有命令" }
    }
}

/// The error that clap found, as one of ours.
pub(crate) fn error(found: &clap::Error) -> Error {
    let word = |kind| found.get(kind).map(said).filter(|word| !word.to_string().is_empty());
    let or_nothing = |kind| word(kind).unwrap_or_default();
    let (arg, value) = (or_nothing(ContextKind::InvalidArg), or_nothing(ContextKind::InvalidValue));
    let command = or_nothing(ContextKind::InvalidSubcommand);
    let message = match found.kind() {
        ErrorKind::UnknownArgument if arg.to_string().starts_with('-') => say::unknown_flag(&arg),
        ErrorKind::UnknownArgument => say::one_too_many(&arg),
        ErrorKind::InvalidSubcommand => say::no_command(&command),
        ErrorKind::InvalidValue if value == Text::default() => say::no_value(&arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => say::bad_value(&value, &arg),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => say::no_value(&arg),
        ErrorKind::TooManyValues => say::too_many(&arg, &value),
        ErrorKind::MissingRequiredArgument => say::missing(&arg),
        ErrorKind::MissingSubcommand => say::which_command(),
        ErrorKind::ArgumentConflict => {
            let (one, other) =
                (word(ContextKind::InvalidArg).unwrap_or(command), or_nothing(ContextKind::PriorArg));
            if one == other { say::twice(one) } else { say::conflict(one, other) }
        }
        ErrorKind::InvalidUtf8 => say::not_text(),
        other => say::not_understood(other.to_string()),
    };
    let mut error = Error::refused(message);
    error.hints.extend(reason(found));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    error.hints.extend(near.into_iter().filter_map(word).map(common::did_you_mean));
    error.hints.extend(word(ContextKind::ValidValue).map(say::possible));
    error.hints.extend(word(ContextKind::ValidSubcommand).map(say::known));
    if found.kind() == ErrorKind::UnknownArgument && found.get(ContextKind::Suggested).is_some() {
        error.hints.push(say::behind_hyphens(&arg));
    }
    let usage = found.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    if usage.is_empty() {
        return error;
    }
    error.hints.push(say::usage(help::usage(&usage)));
    error.hint(of_command(&usage))
}

/// Where to read more about the command that a usage line names.
fn of_command(usage: &str) -> Text {
    let words = usage.trim_start_matches("Usage:").split_whitespace().skip(1);
    let path: Vec<&str> = words.take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    if path.is_empty() { say::all_commands() } else { say::read_help(path.join(" ")) }
}

/// Why the value was not taken.
fn reason(found: &clap::Error) -> Vec<Text> {
    let Some(source) = std::error::Error::source(found) else { return Vec::new() };
    if source.is::<ParseIntError>() {
        return vec![say::whole_number()];
    }
    let ours = source.downcast_ref::<Error>();
    ours.map_or_else(Vec::new, |ours| std::iter::once(&ours.message).chain(&ours.hints).cloned().collect())
}

/// A part of clap's error, as words.
fn said(value: &ContextValue) -> Text {
    match value {
        ContextValue::Strings(words) => list(&words.iter().map(Text::same).collect::<Vec<_>>()),
        other => Text::same(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::Cli;
    use crate::lang::Lang;

    fn told(line: &str, lang: Lang) -> (String, Vec<String>) {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let error = error(&Cli::read(&words, lang).unwrap_err());
        let hints = error.hints.iter().map(|hint| hint.to(lang).to_owned()).collect();
        (error.message.to(lang).to_owned(), hints)
    }

    #[test]
    fn a_wrong_command_line_is_told_in_both_languages() {
        for (line, en, zh) in [
            ("fb triage 7k3 --catgory x", "there is no flag --catgory", "没有 --catgory 这个选项"),
            ("fb show 7k3 x", "`x` is one argument too many", "多了一个参数 `x`"),
            ("fb triag 7k3", "there is no command triag", "没有 triag 这个命令"),
            ("fb triage", "missing: <ID>...", "缺少：<编号>..."),
            ("fb audit --accept", "--accept <CODES> needs a value", "--accept <代码> 后面要写上值"),
            (
                "fb list --format yaml",
                "--format <FORMAT> does not take `yaml`",
                "--format <格式> 不能填 `yaml`",
            ),
            ("fb list -n 茶", "--limit <N> does not take `茶`", "--limit <数量> 不能填 `茶`"),
            ("fb new --at 1 --received 2", "--at <TIME> is given twice", "--at <时间> 写了两次"),
            (
                "fb list -q -v",
                "--quiet and --verbose cannot be used together",
                "--quiet 和 --verbose 不能同时使用",
            ),
        ] {
            assert_eq!(told(line, Lang::En).0, en, "{line}");
            assert_eq!(told(line, Lang::Zh).0, zh, "{line}");
        }
    }

    #[test]
    fn what_is_wrong_comes_with_what_is_right() {
        for (line, lang, hints) in [
            (
                "fb triage 7k3 --catgory x",
                Lang::En,
                &[
                    "did you mean `--category`?",
                    "usage: fb triage --category <NAME> <ID>...",
                    "`fb help triage` says what it takes",
                ][..],
            ),
            ("fb triage", Lang::Zh, &["用法：fb triage <编号>...", "`fb help triage` 列出该命令的全部参数"]),
            ("fb triag", Lang::Zh, &["是不是想写 `triage`？", "`fb help` 会列出所有命令"]),
            ("fb log --format yaml", Lang::En, &["possible values: text, json, jsonl"]),
            ("fb log --format yaml", Lang::Zh, &["可填：text、json、jsonl"]),
            ("fb list -n 茶", Lang::Zh, &["请填整数"]),
            ("fb show 7k3 x", Lang::Zh, &["用法：fb show [选项] <编号>"]),
            ("fb note 7k3 x -y", Lang::En, &["to give `-y` as a text, write `-- -y`"]),
        ] {
            let told = told(line, lang).1;
            for hint in hints {
                assert!(told.iter().any(|told| told == hint), "{line}: {hint}: {told:?}");
            }
        }
        let hints = told("fb report monthly --group-by departmnt", Lang::Zh).1;
        assert!(hints[0].contains("不能按 `departmnt` 细分") && hints[0].contains("department"), "{hints:?}");
    }
}
