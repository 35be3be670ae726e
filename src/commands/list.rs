use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::arguments::as_of::AsOf;
use crate::arguments::format::{missing, one_of};
use crate::arguments::{flag, output, value};
use crate::case::Case;
use crate::describe::case_table::{CaseColumn, CaseRow, FOR_PROGRAMS, table, usual};
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::lang::Text;
use crate::privacy::Privacy;
use crate::query::{Query, QueryContext};
use crate::render::{Document, Format, Paper, Section, csv, html, json as pretty, jsonl, markdown, text};
use crate::session::Session;
use crate::view::View;
use crate::whole_ledger::{WholeLedger, beside, view};

mod say {
    crate::messages! {
        about() { "List the cases that fit a query; without one, all open cases", "列出符合条件的案卷；不写条件则列出所有未结案卷" }
        more() { "`fb help query` explains all terms of a query.", "查询条件的写法见 `fb help query`。" }
        query() { "Which cases: `owner:me`, `kind:complaint`, `overdue`, `-channel:hotline`, a word in the text, and so on", "如 `owner:me`、`kind:complaint`、`overdue`、`-channel:hotline`，或要查找的词" }
        sort() { "The order", "排列顺序" }
        reverse() { "In reverse order", "倒序" }
        sort_due() { "Overdue first, then what is due next", "逾期的在前，然后按到期先后" }
        sort_received() { "Oldest first", "最早受理的在前" }
        sort_id() { "By id", "按编号" }
        sort_status() { "In the usual order of handling", "按办理的先后" }
        sort_kind() { "By kind", "按类型" }
        sort_category() { "By category", "按类别" }
        sort_department() { "By department", "按部门" }
        sort_owner() { "By owner", "按负责人" }
        sort_title() { "By title", "按标题" }
        columns() { "The columns to show", "显示哪些列" }
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

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb list overdue owner:me\nfb list kind:complaint received:2026-10 all --format csv")]
pub(crate) struct ListArgs {
    #[arg(value_name = value::QUERY.both(), help = say::query().both())]
    query: Vec<String>,
    #[arg(long, value_name = value::KEY.both(), default_value = "due", help = say::sort().both())]
    sort: ListSort,
    #[arg(long, help = say::reverse().both())]
    reverse: bool,
    #[arg(short = 'n', long, value_name = value::NUMBER.both(), help = flag::LIMIT.both())]
    limit: Option<usize>,
    #[arg(long, value_name = value::COLUMNS.both(), value_delimiter = ',', help = say::columns().both())]
    columns: Vec<CaseColumn>,
    #[arg(long, value_name = value::FORMAT.both(), value_parser = one_of(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Option<Format>,
    #[arg(short, long, value_name = value::FILE.both(), help = flag::OUTPUT.both())]
    output: Option<PathBuf>,
    #[arg(long, help = flag::REVEAL.both())]
    reveal: bool,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// The orders of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListSort {
    #[value(help = say::sort_due().both())]
    Due,
    #[value(help = say::sort_received().both())]
    Received,
    #[value(help = say::sort_id().both())]
    Id,
    #[value(help = say::sort_status().both())]
    Status,
    #[value(help = say::sort_kind().both())]
    Kind,
    #[value(help = say::sort_category().both())]
    Category,
    #[value(help = say::sort_department().both())]
    Department,
    #[value(help = say::sort_owner().both())]
    Owner,
    #[value(help = say::sort_title().both())]
    Title,
}

impl ListArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let horizon = self.as_of.horizon(session)?;
        let reading = WholeLedger::of(session);
        let cases = reading.cases();
        let view = view(session, &cases, horizon);
        let warranty = reading.warranty_of(&view);
        self.print(session, &cases, &view, &warranty)?;
        warranty.end()
    }

    fn print(&self, session: &Session, cases: &[&Case], view: &View<'_>, warranty: &Warranty) -> Result<()> {
        let now = view.horizon.at;
        let me = || session.actor(None);
        let ground = QueryContext { book: &session.book, cases, now, me: &me };
        let query = Query::parse(&self.query, &ground)?;
        let mut rows: Vec<CaseRow<'_>> =
            view.cases.iter().filter(|case| query.fits(case)).map(|case| CaseRow::of(case, now)).collect();
        self.sort.apply(&mut rows);
        if self.reverse {
            rows.reverse();
        }
        let all = rows.len();
        rows.truncate(self.limit.unwrap_or(all));
        let shown = |usual: Vec<CaseColumn>| {
            let columns = if self.columns.is_empty() { &usual } else { &self.columns };
            table(&rows, columns, session, now)
        };
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
fn counted(rows: &[CaseRow<'_>], all: usize) -> Text {
    let late = rows.iter().filter(|row| row.overdue()).count();
    match (rows.len(), all) {
        (shown, all) if shown < all => say::some(shown, all),
        (1, _) => say::one(late),
        (_, all) => say::count(all, late),
    }
}

impl ListSort {
    /// Sorts the rows; equal ones by urgency and then by id.
    fn apply(self, rows: &mut [CaseRow<'_>]) {
        rows.sort_by(|a, b| (a.urgency(), &a.case.id).cmp(&(b.urgency(), &b.case.id)));
        match self {
            ListSort::Due => {}
            ListSort::Received => rows.sort_by_key(|row| row.case.received_at()),
            ListSort::Id => rows.sort_by(|a, b| a.case.id.cmp(&b.case.id)),
            ListSort::Status => rows.sort_by_key(|row| row.state.status),
            ListSort::Kind => rows.sort_by_key(|row| row.case.kind),
            ListSort::Category => {
                rows.sort_by_key(|row| row.state.category.map_or((true, ""), |word| (false, word)))
            }
            ListSort::Department => {
                rows.sort_by_key(|row| row.state.department.map_or((true, ""), |word| (false, word)))
            }
            ListSort::Owner => {
                rows.sort_by_key(|row| row.state.owner.map_or((true, ""), |word| (false, word)))
            }
            ListSort::Title => rows.sort_by(|a, b| a.case.title.cmp(&b.case.title)),
        }
    }
}
