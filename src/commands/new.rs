use std::collections::BTreeSet;

use clap::Args;

use super::draft;
use super::format::{PAGE_OR_OBJECT, one_of};
use super::handle::{new_id, summary, unknown_name};
use super::{moment, say};
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Names, Value};
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, common, names};
use crate::ledger::{Plan, Write, text};
use crate::privacy::Privacy;
use crate::render::Format;
use crate::session::{Session, place};
use crate::ui::prompt;

/// Register a case: what the customer brought
#[derive(Debug, Clone, Args)]
pub(crate) struct New {
    /// complaint, suggestion, praise, inquiry, violation or improvement
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// One line that says what it is about
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// How it reached the shop, such as hotline
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// The customer's words, at length; `-` reads them from standard input
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    description: Option<String>,
    /// The customer's key: the same customer has the same
    #[arg(long, value_name = "KEY")]
    customer: Option<String>,
    /// The customer's name
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    name: Option<String>,
    /// How the customer can be reached
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    contact: Option<String>,
    /// The shop's grade of the customer, such as gold
    #[arg(long, value_name = "NAME")]
    tier: Option<String>,
    /// The order it is about
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    order: Option<String>,
    /// The product it is about
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    product: Option<String>,
    /// The remedy that the customer asks for
    #[arg(long, value_name = "NAME")]
    demand: Option<String>,
    /// A word to find it by; may be given several times
    #[arg(long = "tag", value_name = "WORD", value_delimiter = ',')]
    tags: Vec<String>,
    /// A case that belongs to it; may be given several times
    #[arg(long = "link", value_name = "ID", value_delimiter = ',')]
    links: Vec<String>,
    /// Its id in another system
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    external: Option<String>,
    /// What it is about, if that is clear at once
    #[arg(long, value_name = "NAME")]
    category: Option<String>,
    /// How soon it must be handled, if that is clear at once
    #[arg(long, value_name = "NAME")]
    urgency: Option<String>,
    /// simple or complex, if that is clear at once
    #[arg(long, value_name = "NAME")]
    complexity: Option<String>,
    /// Who handles it, if that is clear at once
    #[arg(long, value_name = "NAME")]
    department: Option<String>,
    /// Who answers for it, if that is clear at once
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// When it was received, if not now
    #[arg(long = "at", alias = "received", value_name = "TIME")]
    received: Option<String>,
    /// A remark for the history
    #[arg(short = 'm', long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// Who registers it, if not you
    #[arg(long, value_name = "PERSON", env = "FB_BY")]
    by: Option<String>,
    /// How the answer is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    format: Format,
}

impl New {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        // Nobody is asked for what cannot be written.
        session.no_rebase()?;
        let format = self.format;
        let (mut case, received) = self.case(session)?;
        let lock = session.lock()?;
        let taken: BTreeSet<Id> = session.ledger.ids().collect();
        case.id = new_id(session, received, &taken)?;
        let path = place(&session.book, &case);
        let write = Write { old: None, before: None, new: path.clone(), text: text::compose(&case) };
        let entered_for = session.entered_for(case.receipt().by.as_deref().into_iter())?;
        let plan = Plan {
            writes: vec![write],
            subject: format!("new {} {}: {}", case.kind, case.id.short(), case.title),
            trailers: [("Case", case.id.as_str()), ("Event", EventName::Received.word())]
                .map(|(key, word)| (key.to_owned(), word.to_owned()))
                .into_iter()
                .chain(entered_for)
                .collect(),
            ..Plan::default()
        };
        let written = session.write(&lock, &plan)?;
        if format == Format::Json {
            let cases = [summary(session, &case, &path)];
            let answer = written.told(serde_json::json!({ "version": 1, "cases": cases }));
            session.terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
        } else {
            let line = say::created(case.id.short(), &path);
            let lang = session.terminal.lang;
            let due = super::handle::next_due(session, &case);
            let due = due.map(|due| format!("   {}", due.to(lang))).unwrap_or_default();
            session.terminal.line(&Text::same(format!("{}{due}", line.to(lang))))?;
        }
        Ok(written.exit)
    }

    /// The case that the flags and answers describe, with an id that is still to be drawn.
    fn case(self, session: &Session) -> Result<(Case, jiff::Timestamp)> {
        let kind = kind(session, self.kind)?;
        let title = match self.title {
            Some(title) => title,
            None => prompt::ask(&session.terminal, &say::title(), "--title", None)?,
        };
        if title.trim().is_empty() {
            return Err(Error::refused(say::bad_flag("--title", "")).hint(say::wants_words()));
        }
        let channel = name(session, self.channel, Names::Channels, Field::Channel)?;
        if let Some(demand) =
            self.demand.as_deref().filter(|word| !session.book.shop.names.knows(Names::Remedies, word))
        {
            return Err(unknown_name(session, Names::Remedies, demand));
        }
        let received = match &self.received {
            Some(word) => moment::read(session, "--at", word)?,
            None => session.now,
        };
        if received > session.now {
            return Err(Error::refused(say::in_future(session.stamp(received))).hint(say::at_help()));
        }
        let links: Result<Vec<String>> =
            self.links.iter().map(|part| Ok(session.ledger.find(part)?.case.id.to_string())).collect();
        let mut receipt =
            Event::new(EventName::Received, session.stamp(received)).by(session.actor(self.by.as_deref())?);
        if received < session.now {
            receipt.recorded = Some(session.stamp(session.now));
        }
        for (field, word) in [
            (Field::Category, self.category),
            (Field::Urgency, self.urgency),
            (Field::Complexity, self.complexity),
            (Field::Department, self.department),
            (Field::Owner, self.owner),
            (Field::Note, self.note),
        ] {
            if let Some(word) = word {
                draft::known(session, field, &Value::Text(word.clone()), None)?;
                receipt.payload.push((field, Value::Text(word)));
            }
        }
        let case = Case {
            id: Id::new(session.book.shop.day(received), 0),
            kind,
            title,
            description: self.description.map(read_description).transpose()?,
            channel,
            customer: Customer {
                key: self.customer,
                name: self.name,
                contact: self.contact,
                tier: self.tier,
            },
            order: self.order,
            product: self.product,
            demand: self.demand,
            tags: self.tags,
            links: links?,
            external: self.external,
            history: vec![receipt],
            unknown: Vec::new(),
        };
        Ok((case, received))
    }
}

fn kind(session: &Session, word: Option<String>) -> Result<Kind> {
    let Some(word) = word else {
        let items = Kind::ALL.map(|kind| (kind.word().to_owned(), names::kind(kind).text()));
        return Ok(Kind::ALL[prompt::choose(&session.terminal, &say::kind(), "--kind", &items)?]);
    };
    known_kind(&word)
}

/// The kind that a word names.
///
/// # Errors
/// The nearest that there is, or all, where it names none.
pub(super) fn known_kind(word: &str) -> Result<Kind> {
    Kind::of(word).ok_or_else(|| {
        let error = Error::refused(say::no_kind(word));
        match common::nearest(word, Kind::ALL.map(Kind::word)) {
            Some(near) => error.hint(common::did_you_mean(near)),
            None => error.hint(common::known_here(Kind::ALL.map(Kind::word).join(" "))),
        }
    })
}

fn name(session: &Session, word: Option<String>, list: Names, field: Field) -> Result<String> {
    let Some(word) = word else {
        let items = session.book.shop.names.all(list);
        let flag = format!("--{field}");
        return Ok(items[prompt::choose(&session.terminal, &names::field(field).text(), &flag, items)?]
            .0
            .clone());
    };
    if !session.book.shop.names.knows(list, &word) {
        return Err(unknown_name(session, list, &word));
    }
    Ok(word)
}

fn read_description(text: String) -> Result<String> {
    if text != "-" {
        return Ok(text);
    }
    std::io::read_to_string(std::io::stdin())
        .map_err(|error| Error::failed(say::cannot_read_input(error.to_string())))
}
