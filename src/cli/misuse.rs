//! What is wrong with a command line, in Chinese. In English clap says it itself.

use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::error::Error;
use crate::lang::{Text, common};

mod say {
    crate::messages! {
        unknown_flag(word) { "there is no flag {word}", "没有 {word} 这个参数" }
        no_command(word) { "there is no command {word}", "没有 {word} 这个命令" }
        no_value(flag) { "{flag} needs a value", "{flag} 后面要写上值" }
        bad_value(word, flag) { "{flag} does not take `{word}`", "{flag} 不能填 `{word}`" }
        whole_number() { "write a whole number", "请填整数" }
        missing(flags) { "missing: {flags}", "缺少：{flags}" }
        which_command() { "which command?", "请写明要用哪个命令" }
        twice(flag) { "{flag} is given twice", "{flag} 写了两次" }
        conflict(flag, other) { "{flag} and {other} cannot stand together", "{flag} 和 {other} 不能同时使用" }
        not_understood(told) { "the command line was not understood: {told}", "命令行看不懂：{told}" }
        possible(words) { "possible: {words}", "可填：{words}" }
        usage(words) { "{words}", "用法：{words}" }
        read_help() { "`fb help COMMAND` says what a command takes", "`fb help 命令` 列出该命令的全部参数（英文）" }
    }
}

/// The error that clap found, as one of ours; `None` for what is none, such as `--help`.
pub(crate) fn told(found: &clap::Error) -> Option<Error> {
    let word = |kind| found.get(kind).map(said);
    let or_nothing = |kind| word(kind).unwrap_or_default();
    let message = match found.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::UnknownArgument => say::unknown_flag(or_nothing(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => say::no_command(or_nothing(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if or_nothing(ContextKind::InvalidValue).is_empty() => {
            say::no_value(or_nothing(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => {
            say::bad_value(or_nothing(ContextKind::InvalidValue), or_nothing(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => say::missing(or_nothing(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => say::which_command(),
        ErrorKind::ArgumentConflict => {
            match (or_nothing(ContextKind::InvalidArg), or_nothing(ContextKind::PriorArg)) {
                (flag, other) if flag == other => say::twice(flag),
                (flag, other) => say::conflict(flag, other),
            }
        }
        _ => say::not_understood(found.kind().to_string()),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let mut error = Error::refused(message);
    error.hints.extend(reason(found));
    error
        .hints
        .extend(near.into_iter().filter_map(word).filter(|near| !near.is_empty()).map(common::did_you_mean));
    error.hints.extend(word(ContextKind::ValidValue).filter(|words| !words.is_empty()).map(say::possible));
    let shown = word(ContextKind::Usage).map(|shown| shown.trim_start_matches("Usage:").trim().to_owned());
    error.hints.extend(shown.filter(|shown| !shown.is_empty()).map(say::usage));
    Some(error.hint(say::read_help()))
}

/// Why a reader of ours, or of whole numbers, did not take the value.
fn reason(found: &clap::Error) -> Option<Text> {
    let source = std::error::Error::source(found)?;
    let ours = source.downcast_ref::<Error>().map(|error| error.message.clone());
    ours.or_else(|| source.is::<ParseIntError>().then(say::whole_number))
}

/// What clap knows of an error, as words.
fn said(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(words) => words.join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::Cli;
    use crate::lang::Lang;

    fn in_chinese(line: &str) -> (String, Vec<String>) {
        let found = Cli::try_parse_from(line.split(' ')).unwrap_err();
        let error = told(&found).unwrap();
        let hints = error.hints.iter().map(|hint| hint.to(Lang::Zh).to_owned()).collect();
        (error.message.to(Lang::Zh).to_owned(), hints)
    }

    #[test]
    fn a_wrong_command_line_is_told_in_chinese() {
        let (message, hints) = in_chinese("fb triage 7k3 --catgory x");
        assert_eq!(message, "没有 --catgory 这个参数");
        assert_eq!(hints[0], "是不是想写 `--category`？");
        assert_eq!(in_chinese("fb triag 7k3").0, "没有 triag 这个命令");
        assert_eq!(in_chinese("fb triage").0, "缺少：<ID>...");
        assert_eq!(in_chinese("fb audit --accept").0, "--accept <CODES> 后面要写上值");
        let (message, hints) = in_chinese("fb list --format yaml");
        assert!(message.ends_with("不能填 `yaml`"), "{message}");
        assert!(hints.iter().any(|hint| hint.starts_with("可填：")), "{hints:?}");
        let hints = in_chinese("fb report monthly --group-by departmnt").1;
        assert!(hints[0].contains("不能按 `departmnt` 细分") && hints[0].contains("department"), "{hints:?}");
        assert_eq!(in_chinese("fb list -n 茶").1[0], "请填整数");
        assert_eq!(in_chinese("fb new --at 1 --received 2").0, "--at <TIME> 写了两次");
    }

    #[test]
    fn help_is_no_error() {
        assert!(told(&Cli::try_parse_from(["fb", "--help"]).unwrap_err()).is_none());
    }
}
