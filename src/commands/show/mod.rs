//! One case: read and replayed here, then drawn as a page for people or an object for programs.

use clap::Args;
use jiff::Timestamp;

use super::as_of::AsOf;
use super::explain::Scene;
use super::format::{PAGE_OR_OBJECT, one_of};
use crate::case::{Event, Replay};
use crate::error::{Error, Exit, Result};
use crate::ledger::Found;
use crate::policy::{Explained, explained};
use crate::privacy::Privacy;
use crate::render::Format;
use crate::report::Horizon;
use crate::session::Session;

mod object;
mod page;

pub(super) use object::event;
#[cfg(test)]
pub(super) use page::page;

mod say {
    crate::messages! {
        not_yet(short) { "{short} had not been received yet", "{short} 当时还没有受理" }
    }
}

/// One case: what the customer brought, where it stands, its limits, what was done
///
/// The customer's name and contact, and whatever looks like a telephone, identity or card number, are masked
/// unless --reveal is given.
#[derive(Debug, Clone, Args)]
pub(crate) struct Show {
    /// The case: any start of its id, or of its six random characters
    id: String,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    format: Format,
    /// Show the customer's name and contact, and numbers in words, in the clear
    #[arg(long)]
    reveal: bool,
    /// Explain every limit: its rule and why it fits, what changed it, its pauses, and each day up to the due
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// A case as it stands, with what is shown of the customer.
pub(super) struct Shown<'s> {
    pub(super) session: &'s Session,
    /// The instant at which it is shown.
    pub(super) now: Timestamp,
    pub(super) found: &'s Found,
    pub(super) replay: &'s Replay<'s>,
    /// What was done: all of it, or what was done by the instant that was asked for.
    pub(super) history: &'s Replay<'s>,
    pub(super) clocks: &'s [Explained<'s>],
    pub(super) privacy: Privacy,
    pub(super) explain: bool,
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let found = session.ledger.find(&self.id)?;
        let book = &session.book;
        let said = self.as_of.said(&session.book.shop.zone, session.now)?;
        let horizon = said.unwrap_or(Horizon::at(session.now));
        let replay = match book.replay(&found.case, horizon.last_instant()) {
            Some(replay) => replay,
            None if said.is_some() => return Err(Error::none(say::not_yet(found.case.id.short()))),
            // A case of the future is shown as well: the hand that wrote its stamp wants to see it.
            None => book.whole(&found.case),
        };
        let clocks = explained(&replay, book.rules(&found.case), book, horizon.at);
        let (clocks, undue) = match clocks {
            Ok(clocks) => (clocks, None),
            Err(undue) => (Vec::new(), Some(undue)),
        };
        let whole = book.whole(&found.case);
        let history = if said.is_some() { &replay } else { &whole };
        let (now, privacy) = (horizon.at, Privacy::of(self.reveal));
        let shown = Shown {
            session,
            now,
            history,
            found: &found,
            replay: &replay,
            clocks: &clocks,
            privacy,
            explain: self.explain,
        };
        if self.format == Format::Json {
            session.terminal.out(&crate::render::json(&object::object(&shown), privacy))?;
        } else {
            session.terminal.page(&page::page(&shown))?;
        }
        match undue {
            Some(undue) => Err(Error::failed(undue.message())),
            None => Ok(Exit::Done),
        }
    }
}

impl<'s> Shown<'s> {
    /// The events that are shown, in the order of the file.
    fn events(&self) -> impl Iterator<Item = &'s Event> {
        let mut shown: Vec<_> = self.history.steps.iter().map(|step| (step.index, step.event)).collect();
        shown.sort_by_key(|(index, _)| *index);
        shown.into_iter().map(|(_, event)| event)
    }

    /// What its limits are explained by.
    fn scene(&self) -> Scene<'s> {
        let rules = self.session.book.rules(&self.found.case);
        Scene { session: self.session, rules, replay: self.replay }
    }

    /// The customer's name and contact as they may be seen.
    fn customer(&self) -> (Option<String>, Option<String>) {
        let customer = &self.found.case.customer;
        (
            customer.name.as_deref().map(|name| self.privacy.name(name)),
            customer.contact.as_deref().map(|contact| self.privacy.contact(contact)),
        )
    }
}
