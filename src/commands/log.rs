use clap::Args;
use serde_json::{Value, json};

use crate::arguments::format::{missing, one_of};
use crate::arguments::{flag, value};
use crate::case::{Case, Event, Names};
use crate::describe;
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::lang::{Text, moment};
use crate::privacy::Privacy;
use crate::render::{Cell, Column, Document, Format, Table, jsonl};
use crate::session::Session;
use crate::view::Horizon;
use crate::whole_ledger::{WholeLedger, beside};

mod say {
    crate::messages! {
        about() { "What was done to one case or to all, latest first", "查看一件案卷或全部案卷的办理记录，最近的在前" }
        case() { "The case; without one, all cases", "案卷；不填则为全部" }
    }
}

const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Jsonl];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb log -n 20\nfb log mgvstf")]
pub(crate) struct LogArgs {
    #[arg(value_name = value::ID.both(), help = say::case().both())]
    id: Option<String>,
    #[arg(short = 'n', long, value_name = value::NUMBER.both(), help = flag::LIMIT.both())]
    limit: Option<usize>,
    #[arg(long, help = flag::REVEAL.both())]
    reveal: bool,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl LogArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        match &self.id {
            Some(id) => {
                let found = session.ledger.find(id)?;
                self.print(session, &[&found.case], None)?;
                Ok(Exit::Done)
            }
            None => {
                let reading = WholeLedger::of(session);
                let warranty = reading.warranty(Horizon::at(session.now));
                self.print(session, &reading.cases(), Some(&warranty))?;
                warranty.end()
            }
        }
    }

    fn print(&self, session: &Session, cases: &[&Case], warranty: Option<&Warranty>) -> Result<()> {
        let mut done: Vec<(&Case, &Event)> =
            cases.iter().flat_map(|case| case.history.iter().map(|event| (*case, event))).collect();
        // Events are taken from the end of each file: of two with the same stamp, the later one in the file comes first.
        done.reverse();
        done.sort_by_key(|(_, event)| std::cmp::Reverse(event.at.instant()));
        done.truncate(self.limit.unwrap_or(done.len()));
        let privacy = Privacy::of(self.reveal);
        match self.format {
            Format::Text => {
                let page = Document::default().privacy(privacy).section(table(session, &done));
                let foot = warranty.map(Warranty::foot).unwrap_or_default();
                session.terminal.page(&foot.into_iter().fold(page, Document::foot))
            }
            Format::Json => {
                let events: Vec<Value> = done.iter().map(|(case, event)| object(case, event)).collect();
                let object = json!({ "version": 1, "events": events });
                let object = match warranty {
                    Some(warranty) => warranty.object(object),
                    None => object,
                };
                session.terminal.out(&crate::render::json(&object, privacy))
            }
            Format::Jsonl => {
                warranty.into_iter().for_each(|warranty| beside(session, warranty));
                session.terminal.out(&jsonl(done.iter().map(|(case, event)| object(case, event)), privacy))
            }
            other => Err(missing(other)),
        }
    }
}

fn table(session: &Session, done: &[(&Case, &Event)]) -> Table {
    let columns = ["at", "case", "event", "by", "says"].map(|key| Column::words(key, Text::default()));
    Table::new(columns).rows(done.iter().map(|(case, event)| {
        let by = event.by.as_deref().map(|by| session.book.shop.names.label(Names::People, by));
        [
            Cell::from(moment(event.at.instant(), &session.book.shop.zone)),
            Cell::word(case.id.short()),
            Cell::from(describe::name(event)),
            Cell::from(by),
            Cell::from(describe::event(session, case, event)),
        ]
    }))
}

/// An event with the case that it belongs to.
fn object(case: &Case, event: &Event) -> Value {
    let mut object = describe::event_json(event);
    if let Value::Object(map) = &mut object {
        map.shift_insert(0, "id".to_owned(), json!(case.id.as_str()));
    }
    object
}
