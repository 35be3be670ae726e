//! Reduces the tree of commands to one language. It was built with both ([`Text::both`](crate::lang::Text::both)).

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Arg, Command};

use crate::arguments::value;
use crate::lang::{Lang, side};

/// The same tree, with its words in one language.
///
/// The values that an argument takes cannot be reached here, since its parser has them: [`values`] gives their words.
pub(crate) fn localized(mut command: Command, lang: Lang) -> Command {
    if let Some(words) = command.get_about().map(|words| of_styled(words, lang)) {
        command = command.about(words);
    }
    if let Some(words) = command.get_long_about().map(|words| of_styled(words, lang)) {
        command = command.long_about(words);
    }
    if let Some(words) = command.get_after_help().map(|words| of_styled(words, lang)) {
        command = command.after_help(words);
    }
    if command.has_subcommands() {
        command = command.subcommand_value_name(value::COMMAND.to(lang).to_owned());
    }
    command.mut_args(|arg| argument(arg, lang)).mut_subcommands(|command| localized(command, lang))
}

fn argument(mut arg: Arg, lang: Lang) -> Arg {
    if let Some(words) = arg.get_help().map(|words| of_styled(words, lang)) {
        arg = arg.help(words);
    }
    if let Some(words) = arg.get_long_help().map(|words| of_styled(words, lang)) {
        arg = arg.long_help(words);
    }
    let names = arg.get_value_names().map(|names| names.iter().map(|name| side(name, lang).to_owned()));
    if let Some(names) = names.map(Vec::from_iter) {
        arg = arg.value_names(names);
    }
    arg
}

/// The values that an argument takes, with what they mean in one language; hidden ones are not among them.
pub(crate) fn values(arg: &Arg, lang: Lang) -> Vec<PossibleValue> {
    if !arg.get_action().takes_values() {
        return Vec::new();
    }
    let shown = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
    shown.map(|value| possible_value(value, lang)).collect()
}

fn possible_value(value: PossibleValue, lang: Lang) -> PossibleValue {
    match value.get_help().map(|words| of_styled(words, lang)) {
        Some(words) => value.help(words),
        None => value,
    }
}

/// The same tree, also with the words of the values. It is only for completion scripts: it reads a value as a plain word.
pub(crate) fn with_values(command: Command, lang: Lang) -> Command {
    let command = command.mut_args(|arg| argument_with_values(arg, lang));
    command.mut_subcommands(|command| with_values(command, lang))
}

fn argument_with_values(arg: Arg, lang: Lang) -> Arg {
    match values(&arg, lang) {
        values if values.is_empty() => arg,
        values => arg.value_parser(PossibleValuesParser::new(values)),
    }
}

fn of_styled(words: &StyledStr, lang: Lang) -> String {
    side(&words.ansi().to_string(), lang).to_owned()
}
