//! One case: read and replayed here, then drawn as a page for people or an object for programs.

use clap::Args;
use jiff::Timestamp;

use crate::arguments::as_of::AsOf;
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::case::{Event, Replay};
use crate::describe::explain::Scene;
use crate::error::{Error, Exit, Result};
use crate::ledger::Found;
use crate::policy::{Explained, Unwatched, explained, unwatched};
use crate::privacy::Privacy;
use crate::render::Format;
use crate::session::Session;
use crate::view::Horizon;

mod object;
mod page;

#[cfg(test)]
pub(super) use page::page;

mod say {
    crate::messages! {
        about() { "One case: what the customer said, its time limits, what was done", "查看一件案卷的全貌：客户反馈、状态、时限和办理记录" }
        more() { "The customer's name and contact are masked, and so is anything that looks like a telephone, identity or card number. --reveal shows them.", "客户姓名、联系方式，以及像电话、证件或银行卡号的数字默认隐去，加 --reveal 才显示。" }
        explain() { "Explain each limit: its rule and why it applies, its pauses, and the count day by day until it is due", "说明每个时限：适用哪条规则及原因、何时暂停、怎样逐日算到期限" }
        not_yet(short) { "{short} had not been received yet", "{short} 当时还没有受理" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb show mgvstf\nfb show mgvstf --explain")]
pub(crate) struct ShowArgs {
    #[arg(value_name = value::ID.both(), help = flag::CASE.both())]
    id: String,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
    #[arg(long, help = flag::REVEAL_CUSTOMER.both())]
    reveal: bool,
    #[arg(long, help = say::explain().both())]
    explain: bool,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// A case, and how much of the customer's data is shown.
pub(super) struct ShownCase<'s> {
    pub(super) session: &'s Session,
    /// The instant at which it is shown.
    pub(super) now: Timestamp,
    pub(super) found: &'s Found,
    pub(super) replay: &'s Replay<'s>,
    /// The history: all of it, or up to the instant that is asked for.
    pub(super) history: &'s Replay<'s>,
    pub(super) clocks: &'s [Explained<'s>],
    /// Since when nothing has happened to it, if that is too long and no clock runs.
    pub(super) stalled: Option<Unwatched>,
    pub(super) privacy: Privacy,
    pub(super) explain: bool,
}

impl ShowArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let found = session.ledger.find(&self.id)?;
        let book = &session.book;
        let said = self.as_of.said(&session.book.shop.zone, session.now)?;
        let horizon = said.unwrap_or(Horizon::at(session.now));
        let replay = match book.replay(&found.case, horizon.last_instant()) {
            Some(replay) => replay,
            None if said.is_some() => return Err(Error::none(say::not_yet(found.case.id.short()))),
            // A case with a stamp in the future is also shown: the person who typed it wants to see it.
            None => book.whole(&found.case),
        };
        let clocks = explained(&replay, book.rules(&found.case), book, horizon.at);
        let running = clocks.iter().map(|explained| &explained.clock);
        let unwatched = unwatched(&replay, running, book.rules(&found.case), &book.shop.zone);
        let whole = book.whole(&found.case);
        let history = if said.is_some() { &replay } else { &whole };
        let (now, privacy) = (horizon.at, Privacy::of(self.reveal));
        let shown = ShownCase {
            session,
            now,
            history,
            found: &found,
            replay: &replay,
            clocks: &clocks,
            stalled: unwatched.filter(|unwatched| unwatched.is_stalled(horizon.at)),
            privacy,
            explain: self.explain,
        };
        if self.format == Format::Json {
            session.terminal.out(&crate::render::json(&object::object(&shown), privacy))?;
        } else {
            session.terminal.page(&page::page(&shown))?;
        }
        Ok(Exit::Done)
    }
}

impl<'s> ShownCase<'s> {
    /// The events that are shown, in the order of the file.
    fn events(&self) -> impl Iterator<Item = &'s Event> {
        let mut shown: Vec<_> = self.history.steps.iter().map(|step| (step.index, step.event)).collect();
        shown.sort_by_key(|(index, _)| *index);
        shown.into_iter().map(|(_, event)| event)
    }

    /// What is needed to explain its limits.
    fn scene(&self) -> Scene<'s> {
        let rules = self.session.book.rules(&self.found.case);
        Scene { session: self.session, rules, replay: self.replay }
    }

    /// The customer's name and contact, masked if necessary.
    fn customer(&self) -> (Option<String>, Option<String>) {
        let customer = &self.found.case.customer;
        (
            customer.name.as_deref().map(|name| self.privacy.name(name)),
            customer.contact.as_deref().map(|contact| self.privacy.contact(contact)),
        )
    }
}
