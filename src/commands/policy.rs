//! The rules: which rule books there are, and one of them as a page.

use std::path::Path;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::arguments::value;
use crate::arguments::word::{day, no_preset};
use crate::error::{Error, Exit, Result};
use crate::lang::Text;
use crate::ledger::Ledger;
use crate::policy::{CHINA_CALENDAR, Preset, RuleBook, Rules};
use crate::render::{Cell, Column, Document, Section, Table};
use crate::session::{Session, Setting};
use crate::ui::Terminal;

mod begin;
mod explain;
mod page;
mod prove;

mod say {
    crate::messages! {
        about_list() { "List the rule books to start from, and the rules in force here", "列出可选用的制度和本台账执行的制度" }
        about_show() { "Print a rule book: limits, steps, approvals, levels, and what carries out each clause", "查看一套制度：时限、步骤、审批、级别，以及各条款怎样落实" }
        about() { "The rules in force, and the rule books to start from", "查看、试算制度：本台账执行的和可选用的" }
        name() { "A rule book to start from; without a name, the rules in force", "可选用制度的名称；不填则为本台账执行的制度" }
        on() { "The rules for cases received on this day; without it, today", "查看该日受理的案卷适用的制度；不填则为今天" }
        to_start_from() { "rule books to start from", "可选用的制度" }
        in_force() { "in force here", "本台账执行的制度" }
        from_the_beginning() { "from the beginning", "自始施行" }
        for_received_from(day) { "for cases received from {day}", "适用于 {day} 起受理的案卷" }
        how_to_show() { "`fb policy show NAME` shows one; `fb init --policy NAME` starts a ledger with it", "`fb policy show 名称` 查看全文；`fb init --policy 名称` 据此建账" }
        broken(name) { "the rule book {name} cannot be read", "无法读取制度 {name}" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb policy show\nfb policy try policy/2027-01-01.toml 2026-10")]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    what: PolicyCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum PolicyCommand {
    #[command(about = say::about_list().both(), after_help = "fb policy list")]
    List,
    #[command(about = say::about_show().both())]
    #[command(after_help = "fb policy show\nfb policy show handbook")]
    Show(PolicyShowArgs),
    Explain(explain::PolicyExplainArgs),
    Try(super::report::WhatIfArgs),
    Begin(begin::PolicyBeginArgs),
    Prove(prove::ProveArgs),
}

#[derive(Debug, Clone, Args)]
struct PolicyShowArgs {
    #[arg(value_name = value::NAME.both(), help = say::name().both())]
    name: Option<String>,
    #[arg(long, value_name = value::DATE.both(), conflicts_with = "name", help = say::on().both())]
    on: Option<String>,
}

impl PolicyArgs {
    /// The revision at which the ledger is looked at.
    pub(super) fn revision(&self) -> Option<&str> {
        match &self.what {
            PolicyCommand::Try(trial) => trial.revision(),
            PolicyCommand::List
            | PolicyCommand::Show(_)
            | PolicyCommand::Explain(_)
            | PolicyCommand::Begin(_)
            | PolicyCommand::Prove(_) => None,
        }
    }

    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        match self.what {
            PolicyCommand::List => list(setting),
            PolicyCommand::Show(show) => show.run(setting),
            PolicyCommand::Explain(explain) => explain.run(&Session::open(setting.clone())?),
            PolicyCommand::Try(trial) => trial.run(&Session::open(setting.clone())?),
            PolicyCommand::Begin(begin) => begin.run(&Session::open(setting.clone())?),
            PolicyCommand::Prove(prove) => prove.run(setting),
        }
    }
}

/// It also works without a ledger, so that people can choose a rule book.
fn list(setting: &Setting) -> Result<Exit> {
    let here = Ledger::above(&setting.directory).is_ok();
    let session = if here { Some(Session::open(setting.clone())?) } else { None };
    let mut presets = Table::new(["name", "code", "title"].map(|key| Column::words(key, Text::default())));
    for preset in Preset::ALL {
        let title = whole_book(preset).map(|book| rules(&book).title.clone());
        presets.row([
            Cell::word(preset.name),
            Cell::word(preset.code),
            Cell::from(title.unwrap_or_default()),
        ]);
    }
    let mut page = Document::default().section(Section::new(say::to_start_from(), presets));
    if let Some(session) = &session {
        let mut books = Table::new(["from", "file", "title"].map(|key| Column::words(key, Text::default())));
        for (day, rules) in session.book.all() {
            let file = Cell::word(rules.file().to_string_lossy());
            books.row([Cell::from(since(day)), file, Cell::from(rules.title.clone())]);
        }
        page = page.section(Section::new(say::in_force(), books));
    }
    let terminal = session.as_ref().map_or(&setting.terminal, |session| &session.terminal);
    terminal.page(&page.foot(say::how_to_show()))?;
    Ok(Exit::Done)
}

impl PolicyShowArgs {
    fn run(self, setting: &Setting) -> Result<Exit> {
        if let Some(name) = &self.name {
            let preset = Preset::of(name).ok_or_else(|| no_preset(name))?;
            let book = whole_book(preset).ok_or_else(|| Error::failed(say::broken(name)))?;
            setting.terminal.page(&page::page(rules(&book), &book, None, sheet(&setting.terminal)))?;
            return Ok(Exit::Done);
        }
        let session = Session::open(setting.clone())?;
        let book = &session.book;
        let day = match &self.on {
            Some(word) => day(word)?,
            None => book.shop.day(session.now),
        };
        let from = book.all().filter_map(|(from, _)| from).filter(|from| *from <= day).last();
        session.terminal.page(&page::page(
            book.on(day),
            book,
            Some(since(from)),
            sheet(&session.terminal),
        ))?;
        Ok(Exit::Done)
    }
}

fn sheet(terminal: &Terminal) -> page::PageStyle {
    page::PageStyle { lang: terminal.lang, paper: terminal.page }
}

fn since(day: Option<Date>) -> Text {
    day.map_or_else(say::from_the_beginning, say::for_received_from)
}

/// The rules of a book that has no amendments.
fn rules(book: &RuleBook) -> &Rules {
    book.on(Date::ZERO)
}

/// A preset as a shop has it that starts with it.
fn whole_book(preset: &Preset) -> Option<RuleBook> {
    let shop = format!(
        "[shop]\nname = \"{}\"\ntimezone = \"Asia/Shanghai\"\ncalendar = \"office\"\n\n{}",
        preset.name, preset.shop
    );
    let office = ("calendar/office.toml", CHINA_CALENDAR);
    let own = preset.calendars.iter().map(|(file, text)| (*file, *text));
    let calendars: Vec<_> = [office]
        .into_iter()
        .chain(own)
        .map(|(file, text)| (Path::new(file).to_owned(), text.to_owned()))
        .collect();
    RuleBook::read(&("fb.toml".into(), shop), &calendars, &[("policy/base.toml".into(), preset.undated())])
        .ok()
}
