//! The commands that record one event each, made from the rows of the table of events.

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Error, FromArgMatches, Subcommand};

use crate::arguments::flag::both;
use crate::arguments::{flag, value};
use crate::case::{EventName, Field, Form, Key, Names, ROWS, Row, Shape};
use crate::error::{Exit, Result};
use crate::lang::Text;
use crate::recording::apply::{OnCasesArgs, Payload, apply};
use crate::session::Session;

mod say {
    crate::messages! {
        not_justified() { "The complaint is not justified", "投诉不成立" }
    }
}

#[cfg(test)]
mod tests;

/// The flag for `false`, next to the one for `true`.
const NOT: &str = "not-justified";

/// One event of some cases, as the command line has it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    name: EventName,
    on: OnCasesArgs,
    payload: Payload,
}

impl Record {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        apply(session, &self.on, self.name, self.payload)
    }
}

impl Subcommand for Record {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        rows().fold(command, |command, row| command.subcommand(command_of(row)))
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Record::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        rows().any(|row| row.verb == name)
    }
}

impl FromArgMatches for Record {
    fn from_arg_matches(found: &ArgMatches) -> std::result::Result<Record, Error> {
        let given = found.subcommand();
        let row = given.and_then(|(verb, found)| Some((rows().find(|row| row.verb == verb)?, found)));
        let Some((row, found)) = row else { return Err(Error::new(ErrorKind::InvalidSubcommand)) };
        let payload = keys(row).fold(Payload::new(), |payload, key| add(payload, key, found));
        Ok(Record { name: row.name, on: OnCasesArgs::from_arg_matches(found)?, payload })
    }

    fn update_from_arg_matches(&mut self, found: &ArgMatches) -> std::result::Result<(), Error> {
        *self = Record::from_arg_matches(found)?;
        Ok(())
    }
}

/// The rows whose command is made here.
fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(|row| row.command != Form::Own)
}

/// The keys that have a flag, without the remark, which every command has.
fn keys(row: &'static Row) -> impl Iterator<Item = &'static Key> {
    row.keys.iter().filter(|key| key.has_flag() && key.field != Field::Note)
}

/// The verb for the name of an event, in either language.
pub(super) fn verb_called(name: &str) -> Option<&'static str> {
    ROWS.iter().find(|row| row.called.contains(&name)).map(|row| row.verb)
}

fn command_of(row: &'static Row) -> clap::Command {
    let command = clap::Command::new(row.verb);
    let command = match (row.command, row.keys) {
        (Form::OneCase, [first, ..]) => one_case(command, first),
        _ => OnCasesArgs::augment_args(command.args(keys(row).flat_map(flags))),
    };
    command.about(both(row.help)).after_help(both(row.examples))
}

fn one_case(command: clap::Command, key: &Key) -> clap::Command {
    let one = |id: Arg| id.num_args(1).action(ArgAction::Set).help(flag::CASE.both());
    let command = OnCasesArgs::augment_args(command).mut_arg("ids", one);
    match key.field {
        Field::Note => command.mut_arg("note", |_| value_of(key)),
        _ => command.arg(value_of(key)),
    }
}

/// The value after the id.
fn value_of(key: &Key) -> Arg {
    let word = Arg::new(key.field.word()).value_name(value_name(key.field).both()).help(both(key.help));
    word.allow_hyphen_values(key.field.shape() == Shape::Text)
}

/// The flag of a key; two if the key is yes or no.
fn flags(key: &Key) -> Vec<Arg> {
    let word = key.field.word();
    let flag = Arg::new(word).long(word).help(both(key.help));
    match key.field.shape() {
        Shape::Flag => {
            let not = Arg::new(NOT).long(NOT).help(say::not_justified().both());
            vec![
                flag.action(ArgAction::SetTrue).conflicts_with(NOT),
                not.action(ArgAction::SetTrue).conflicts_with(word),
            ]
        }
        Shape::Names(_) => {
            vec![flag.value_name(value_name(key.field).both()).value_delimiter(',').action(ArgAction::Append)]
        }
        shape => {
            vec![flag.value_name(value_name(key.field).both()).allow_hyphen_values(shape == Shape::Text)]
        }
    }
}

fn value_name(field: Field) -> Text {
    match field.shape() {
        Shape::Name(Names::People) | Shape::Names(Names::People) => value::PERSON,
        Shape::Name(Names::Roles) => value::ROLE,
        Shape::Name(Names::Levels) => value::LEVEL,
        Shape::Name(Names::Milestones) => value::MILESTONE,
        Shape::Name(_) | Shape::Names(_) => value::NAME,
        Shape::Text => value::TEXT,
        Shape::Money => value::AMOUNT,
        Shape::Moment => value::TIME,
        Shape::Day => value::DATE,
        Shape::Flag => value::YES,
        Shape::Score => value::SCORE,
        Shape::Choice(_) => value::OUTCOME,
        Shape::Case => value::ID,
    }
}

/// Adds the command line's value of a key to the payload.
fn add(payload: Payload, key: &Key, found: &ArgMatches) -> Payload {
    let word = key.field.word();
    if key.field.shape() == Shape::Flag {
        let said = [(word, "true"), (NOT, "false")].into_iter().find(|(flag, _)| found.get_flag(flag));
        return payload.maybe(key.field, said.map(|(_, value)| value.to_owned()));
    }
    let words = found.get_many::<String>(word).into_iter().flatten().cloned();
    payload.list(key.field, words.collect())
}
