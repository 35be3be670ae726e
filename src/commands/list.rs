use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::as_of::AsOf;
use super::format::{missing, one_of};
use super::output;
use super::reading::{Reading, beside, view};
use super::rows::{FOR_PROGRAMS, Row, Shown, table, usual};
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::lang::Text;
use crate::privacy::Privacy;
use crate::query::{Ground, Query};
use crate::render::{Document, Format, Paper, Section, csv, html, json as pretty, jsonl, markdown, text};
use crate::report::Horizon;
use crate::session::Session;

mod say {
    crate::messages! {
        headline(shop, at) { "{shop} · cases · as of {at}", "{shop} · 案卷清单 · 截至 {at}" }
        listed() { "Cases", "案卷" }
        none() { "no case fits", "没有符合条件的案卷" }
        one(late) { "1 case, {late} late", "共 1 件，逾期 {late} 件" }
        count(n, late) { "{n} cases, {late} late", "共 {n} 件，逾期 {late} 件" }
        some(shown, n) { "the first {shown} of {n} cases", "共 {n} 件，只列出前 {shown} 件" }
    }
}

const FORMATS: &[Format] =
    &[Format::Text, Format::Markdown, Format::Csv, Format::Json, Format::Jsonl, Format::Html, Format::Xlsx];

/// Cases that fit a query; without one, all that are open
///
/// Terms are anded; the same key twice, or a,b, means any of; - before a term negates it; words without a key are
/// looked for in the title, the description and the history:
///
///   status: kind: owner:me category:product/ urgency: complexity: department: channel: customer: tag: product:
///   order: tier: level: justified:yes cause: responsible: remedy: external: link: id: clock: outcome: round:>1
///   received:2026-10 resolved:>=2026-10-01 closed:2026-Q3 due:<2d age:>7d overdue warning paused
///
/// Cases that have ended are meant where the query names their status or the day they closed, or says `all`.
/// `owner:-` finds the cases that have none.
#[derive(Debug, Clone, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct List {
    /// Which cases
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// In which order; the most urgent first where none is named
    #[arg(long, value_name = "KEY", default_value = "due")]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    /// At most so many
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// What to show of each
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    columns: Vec<Shown>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", value_parser = one_of(FORMATS))]
    format: Option<Format>,
    /// Write it to a file; the ending picks the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show telephone, identity and card numbers in the clear
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// The orders of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Late first, then what is due next, then by receipt.
    Due,
    /// The oldest first.
    Received,
    /// By id.
    Id,
    /// In the order of a case's usual way.
    Status,
    /// By kind.
    Kind,
    /// By category.
    Category,
    /// By department.
    Department,
    /// By owner.
    Owner,
    /// By title.
    Title,
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let horizon = self.as_of.horizon(session)?;
        let reading = Reading::of(session);
        let warranty = reading.warranty(horizon);
        self.print(session, &reading, horizon, &warranty)?;
        warranty.end()
    }

    fn print(
        &self,
        session: &Session,
        reading: &Reading,
        horizon: Horizon,
        warranty: &Warranty,
    ) -> Result<()> {
        let now = horizon.at;
        let cases = reading.cases();
        let me = || session.actor(None);
        let ground = Ground { book: &session.book, cases: &cases, now, me: &me };
        let query = Query::parse(&self.query, &ground)?;
        let view = view(session, &cases, horizon)?;
        let mut rows: Vec<Row<'_>> = view.cases.iter().filter(|case| query.fits(case)).map(Row::of).collect();
        self.sort.apply(&mut rows);
        if self.reverse {
            rows.reverse();
        }
        let all = rows.len();
        rows.truncate(self.limit.unwrap_or(all));
        let columns = |usual: Vec<Shown>| if self.columns.is_empty() { usual } else { self.columns.clone() };
        let shown = |usual| table(&rows, &columns(usual), session, now);
        let objects = || rows.iter().map(|row| row.json(session)).collect::<Vec<_>>();
        let privacy = Privacy::of(self.reveal);
        let foot = |page: Document| warranty.foot().into_iter().fold(page, Document::foot).privacy(privacy);
        let page = || foot(Document::default().section(shown(usual(session))).foot(counted(&rows, all)));
        let headed = || {
            let at = crate::lang::moment(now, &session.book.shop.zone);
            let page = Document::new(say::headline(&session.book.shop.name, at)).foot(counted(&rows, all));
            foot(page.section(Section::new(say::listed(), shown(usual(session)))))
        };
        let (lang, file) = (session.terminal.lang, self.output.as_deref());
        let drawn = match output::format(self.format, file, FORMATS)? {
            Format::Text if rows.is_empty() => {
                session.terminal.note(&say::none());
                warranty.foot().iter().for_each(|line| session.terminal.note(line));
                return Ok(());
            }
            Format::Text if file.is_none() => return session.terminal.page(&page()),
            Format::Text => text(&page(), lang, Paper::PLAIN).into_bytes(),
            Format::Markdown => markdown(&page(), lang).into_bytes(),
            Format::Csv => {
                beside(session, warranty);
                csv(&shown(FOR_PROGRAMS.to_vec()), privacy)?.into_bytes()
            }
            Format::Json => {
                pretty(&warranty.object(json!({ "version": 1, "cases": objects() })), privacy).into_bytes()
            }
            Format::Jsonl => {
                beside(session, warranty);
                jsonl(objects(), privacy).into_bytes()
            }
            Format::Html => html(&headed(), lang)?.into_bytes(),
            Format::Xlsx => output::workbook(session, &headed(), now, file)?,
            other => return Err(missing(other)),
        };
        output::write(session, &drawn, file)
    }
}

/// How many there are, and how many of them are late.
fn counted(rows: &[Row<'_>], all: usize) -> Text {
    let late = rows.iter().filter(|row| row.overdue()).count();
    match (rows.len(), all) {
        (shown, all) if shown < all => say::some(shown, all),
        (1, _) => say::one(late),
        (_, all) => say::count(all, late),
    }
}

impl Sort {
    /// Puts the rows in order; what is equal, by urgency and then by id.
    fn apply(self, rows: &mut [Row<'_>]) {
        rows.sort_by(|a, b| (a.urgency(), &a.case.id).cmp(&(b.urgency(), &b.case.id)));
        match self {
            Sort::Due => {}
            Sort::Received => rows.sort_by_key(|row| row.case.received_at()),
            Sort::Id => rows.sort_by(|a, b| a.case.id.cmp(&b.case.id)),
            Sort::Status => rows.sort_by_key(|row| row.state.status),
            Sort::Kind => rows.sort_by_key(|row| row.case.kind),
            Sort::Category => {
                rows.sort_by_key(|row| row.state.category.map_or((true, ""), |word| (false, word)))
            }
            Sort::Department => {
                rows.sort_by_key(|row| row.state.department.map_or((true, ""), |word| (false, word)))
            }
            Sort::Owner => rows.sort_by_key(|row| row.state.owner.map_or((true, ""), |word| (false, word))),
            Sort::Title => rows.sort_by(|a, b| a.case.title.cmp(&b.case.title)),
        }
    }
}
