use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::arguments::value;
use crate::calendar::{Calendar, DayKind, MissingYear};
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, common, weekday};
use crate::policy::RuleBook;
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::{BadPeriod, Period, Span};
use crate::session::Session;

mod add;
mod due;

mod say {
    crate::messages! {
        about() { "The shop's working days, and when a time limit is due", "查看店铺的工作日，推算到期时间" }
        about_show() { "Draw a month of every calendar, or each month of a longer period", "显示各日历某个月的工作日；期间较长时逐月显示" }
        period() { "Such as 2026-10, 2026-Q4 or 2026; without it, this month", "如 2026-10、2026-Q4 或 2026；不填则为本月" }
        heading(calendar, month) { "{calendar} · {month}", "{calendar} · {month}" }
        legend() {
            "+ make-up working day · * holiday · - day off · ! hours of its own",
            "+ 调休上班 · * 节假日 · - 休息日 · ! 特殊工时"
        }
        worked(n, hours) { "{n} working days: {hours}", "{n} 个工作日：{hours}" }
        only_months(word) { "`{word}` has no whole month to draw", "`{word}` 里没有完整的月份" }
        no_calendars() { "the ledger has no calendar", "台账里没有日历" }
        no_calendar(word) { "there is no calendar `{word}`", "没有名为 `{word}` 的日历" }
        name_it(names) { "name one with --calendar: {names}", "请用 --calendar 指明：{names}" }
        missing_help(year) { "or write [years.{year}] in the calendar's file under calendar/", "也可在 calendar/ 下的日历文件里写 [years.{year}]" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb calendar show 2026-10\nfb calendar add 2027.json")]
pub(crate) struct CalendarArgs {
    #[command(subcommand)]
    what: CalendarCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum CalendarCommand {
    #[command(about = say::about_show().both(), after_help = "fb calendar show 2026-10")]
    Show {
        #[arg(value_name = value::PERIOD.both(), help = say::period().both())]
        period: Option<String>,
    },
    Due(due::CalendarDueArgs),
    Add(add::CalendarAddArgs),
}

impl CalendarArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = match self.what {
            CalendarCommand::Show { period } => period,
            CalendarCommand::Due(due) => return due.run(session),
            CalendarCommand::Add(add) => return add.run(session),
        };
        let shop = &session.book.shop;
        let today = shop.day(session.now);
        let period = match &period {
            Some(word) => Period::parse(word, today, &shop.zone)
                .map_err(|bad| Error::refused(bad.message()).hint(BadPeriod::help()))?,
            None => Period::holding(today, Span::Month, &shop.zone),
        };
        let months = period.months(&shop.zone);
        if months.is_empty() {
            return Err(Error::refused(say::only_months(&period.label)).hint(BadPeriod::help()));
        }
        if session.book.calendars.is_empty() {
            session.terminal.note(&say::no_calendars());
            return Ok(Exit::Done);
        }
        let mut page = Document::default();
        for calendar in &session.book.calendars {
            for (at, month) in months.iter().enumerate() {
                let drawn = draw(calendar, month)?;
                page = page.section(if at == 0 { drawn } else { drawn.beside() });
            }
            let hours = hours(calendar, &period)?;
            page = page.section(hours);
        }
        session.terminal.page(&page.foot(say::legend()))?;
        Ok(Exit::Done)
    }
}

/// A month, with a row for each week from Monday on.
fn draw(calendar: &Calendar, month: &Period) -> Result<Section> {
    let heads = Weekday::Monday.cycle_forward().take(7);
    let mut table = Table::new(heads.map(|day| Column::numbers("day", weekday(day))));
    let blank = usize::try_from(month.first.weekday().to_monday_zero_offset()).unwrap_or_default();
    let mut week = vec![Cell::default(); blank];
    for date in days(month) {
        week.push(cell(calendar, date)?);
        if week.len() == 7 {
            table.row(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        table.row(week);
    }
    Ok(Section::new(say::heading(calendar.name(), month.name()), table))
}

fn days(period: &Period) -> impl Iterator<Item = Date> {
    let next = period.next;
    std::iter::successors(Some(period.first), |day| day.checked_add(1.day()).ok())
        .take_while(move |day| *day < next)
}

fn cell(calendar: &Calendar, date: Date) -> Result<Cell> {
    let (mark, tone) = match calendar.day(date).map_err(lacking)?.kind {
        DayKind::Ordinary => (' ', Tone::Plain),
        DayKind::Weekend => ('-', Tone::Dim),
        DayKind::Holiday => ('*', Tone::Late),
        DayKind::MakeUp => ('+', Tone::Soon),
        DayKind::Special => ('!', Tone::Strong),
    };
    Ok(Cell::word(format!("{mark}{:>2}", date.day())).tone(tone))
}

/// How many working days there are, for each set of working hours.
fn hours(calendar: &Calendar, period: &Period) -> Result<Vec<Text>> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for date in days(period) {
        let day = calendar.day(date).map_err(lacking)?;
        if !day.hours.is_empty() {
            *found.entry(day.hours.to_string()).or_default() += 1;
        }
    }
    Ok(found.into_iter().map(|(hours, n)| say::worked(n, hours)).collect())
}

/// The error if the calendar lacks a year: it is never guessed.
fn lacking(missing: MissingYear) -> Error {
    Error::failed(missing.message()).hint(missing.help()).hint(say::missing_help(missing.year))
}

/// The calendar that was named, or the only one; `which` says why one has to be named.
fn chosen<'b>(book: &'b RuleBook, name: Option<&str>, which: Text) -> Result<&'b Calendar> {
    let all = &book.calendars;
    let known = || all.iter().map(Calendar::name);
    match (name, all.as_slice()) {
        (Some(name), _) => book.calendar(name).ok_or_else(|| {
            let hint = common::nearest(name, known()).map_or_else(
                || common::known_here(known().collect::<Vec<_>>().join(" ")),
                common::did_you_mean,
            );
            Error::refused(say::no_calendar(name)).hint(hint)
        }),
        (None, [only]) => Ok(only),
        (None, []) => Err(Error::refused(say::no_calendars())),
        (None, _) => Err(Error::refused(which).hint(say::name_it(known().collect::<Vec<_>>().join(" ")))),
    }
}

/// The file of a calendar, from the ledger's root.
fn file_of(session: &Session, book: &RuleBook, name: &str) -> Option<PathBuf> {
    let at = book.calendars.iter().position(|calendar| calendar.name() == name)?;
    Some(session.ledger.rule_files().ok()?.calendars.get(at)?.0.clone())
}
