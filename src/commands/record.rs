//! The commands that record one event each, made from the rows of the table of events.

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args, Error, FromArgMatches, Subcommand};

use super::handle::{On, Payload, apply};
use crate::case::{EventName, Field, Form, Key, Names, ROWS, Row, Shape};
use crate::error::{Exit, Result};
use crate::session::Session;

/// The flag that says that something is not so, beside the one that says that it is.
const NOT: &str = "not-justified";

/// One event of some cases, as the command line has it.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    name: EventName,
    on: On,
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
        let payload = keys(row).fold(Payload::new(), |payload, key| add(payload, row, key, found));
        Ok(Record { name: row.name, on: On::from_arg_matches(found)?, payload })
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

/// The keys that the command line has, but for the remark: that one is every command's.
fn keys(row: &'static Row) -> impl Iterator<Item = &'static Key> {
    row.keys.iter().filter(|key| !key.help.is_empty() && key.field != Field::Note)
}

fn command_of(row: &'static Row) -> clap::Command {
    let command = On::augment_args(clap::Command::new(row.verb).about(row.help));
    match (row.command, row.keys) {
        (Form::OneCase, [first, ..]) => {
            let command = command.mut_arg("ids", |id| id.num_args(1).action(ArgAction::Set).help("The case"));
            match first.field {
                Field::Note => command.mut_arg("note", |_| value_of(first)),
                _ => command.arg(value_of(first)),
            }
        }
        _ => command.args(keys(row).flat_map(|key| flags(row, key))),
    }
}

/// The value after the id.
fn value_of(key: &Key) -> Arg {
    let word = Arg::new(key.field.word()).value_name(value_name(key.field)).help(key.help);
    word.allow_hyphen_values(key.field.shape() == Shape::Text)
}

/// The flag of a key; two, where a classification says yes or no.
fn flags(row: &Row, key: &Key) -> Vec<Arg> {
    let word = key.field.word();
    let flag = Arg::new(word).long(word).help(key.help);
    match key.field.shape() {
        Shape::Flag if row.name == EventName::Triaged => {
            let not = Arg::new(NOT).long(NOT).help("The complaint is not justified (投诉不成立)");
            vec![
                flag.action(ArgAction::SetTrue).conflicts_with(NOT),
                not.action(ArgAction::SetTrue).conflicts_with(word),
            ]
        }
        Shape::Names(_) => {
            vec![flag.value_name(value_name(key.field)).value_delimiter(',').action(ArgAction::Append)]
        }
        shape => vec![flag.value_name(value_name(key.field)).allow_hyphen_values(shape == Shape::Text)],
    }
}

fn value_name(field: Field) -> &'static str {
    match field.shape() {
        Shape::Name(Names::People) | Shape::Names(Names::People) => "PERSON",
        Shape::Name(Names::Roles) => "ROLE",
        Shape::Name(Names::Levels) => "LEVEL",
        Shape::Name(Names::Milestones) => "MILESTONE",
        Shape::Name(_) | Shape::Names(_) => "NAME",
        Shape::Text => "TEXT",
        Shape::Money => "AMOUNT",
        Shape::Moment => "TIME",
        Shape::Flag => "YES",
        Shape::Score => "SCORE",
        Shape::Choice(_) => "OUTCOME",
    }
}

/// The payload with what the command line says of a key.
fn add(payload: Payload, row: &Row, key: &Key, found: &ArgMatches) -> Payload {
    let word = key.field.word();
    if key.field.shape() == Shape::Flag && row.name == EventName::Triaged {
        let said = [(word, "true"), (NOT, "false")].into_iter().find(|(flag, _)| found.get_flag(flag));
        return payload.maybe(key.field, said.map(|(_, value)| value.to_owned()));
    }
    let words = found.get_many::<String>(word).into_iter().flatten().cloned();
    payload.list(key.field, words.collect())
}
