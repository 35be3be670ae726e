//! `fb calendar due`: when a time limit is due, and how that is computed.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::{chosen, file_of};
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, moment, value};
use crate::calendar::Calendar;
use crate::clock::{BadLimit, Due, Limit, Pauses, Terms, Undue};
use crate::describe::{clock_words, due_breakdown};
use crate::error::{Error, Exit, Result};
use crate::privacy::Privacy;
use crate::render::{Document, Format, Section};
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "When a time limit is due, and which days count for it", "推算时限何时到期，列出计入的日子" }
        start() { "From when: 2026-09-30T17:00, RFC 3339, or 17:00 (today)", "从何时起算：2026-09-30T17:00、RFC 3339 或 17:00（今天）" }
        limit() { "15m, 48h, 7d: elapsed time and calendar days; 90wm, 8wh, 3wd: working time and days", "15m、48h、7d 为自然时间和自然日；90wm、8wh、3wd 为工作时间和工作日" }
        calendar() { "The calendar of working time, if there are several", "按哪个日历计算工作时间；有多个日历时填写" }
        pause() { "A time during which the clock is paused; may be given several times", "暂停计时的一段时间；可写多次" }
        answer(due, limit, start) { "due {due}: {limit} after {start}", "{due}到期：自{start}起 {limit}" }
        of_calendar(name) { "calendar {name}", "日历 {name}" }
        bad_limit(word, why) { "`{word}` is not a time limit: {why}", "`{word}` 不是时限：{why}" }
        bad_pause(word) { "--pause: `{word}` is not a span of time", "--pause：`{word}` 不是一段暂停" }
        pause_help() {
            "write FROM..TO, the earlier first: 2026-11-23T11:00..2026-11-24T14:00",
            "请写成 起..止，先早后晚，如 2026-11-23T11:00..2026-11-24T14:00"
        }
        which_calendar() {
            "the limit counts working time, and the ledger has not exactly one calendar",
            "这个时限按工作时间计，而台账里的日历不是恰好一个"
        }
        missing_in(file, year) { "or write [years.{year}] in {file}", "也可在 {file} 里写 [years.{year}]" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
#[command(after_help = "fb calendar due 2026-09-30T17:00 2wh\nfb calendar due 09:00 3wd --calendar office")]
pub(super) struct CalendarDueArgs {
    #[arg(value_name = value::TIME.both(), help = say::start().both())]
    start: String,
    #[arg(value_name = value::LIMIT.both(), help = say::limit().both())]
    limit: String,
    #[arg(long, value_name = value::NAME.both(), help = say::calendar().both())]
    calendar: Option<String>,
    #[arg(long = "pause", value_name = value::SPAN.both(), help = say::pause().both())]
    pauses: Vec<String>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl CalendarDueArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let start = moment::read(session, "START", &self.start)?;
        let limit = Limit::parse(&self.limit).map_err(|bad| not_a_limit(&self.limit, &bad))?;
        let pauses: Result<Vec<_>> = self.pauses.iter().map(|word| pause(session, word)).collect();
        let pauses = Pauses::new(pauses?, None);
        let calendar = if limit.in_working_units() {
            let named = self.calendar.as_deref().or(session.book.shop_calendar().map(Calendar::name));
            Some(chosen(&session.book, named, say::which_calendar())?)
        } else {
            None
        };
        let zone = &session.book.shop.zone;
        let account = limit
            .account(start, &pauses, Terms { zone, calendar })
            .map_err(|undue| lacking(session, &undue))?;
        if self.format == Format::Json {
            let answer = json!({
                "version": 1,
                "start": session.stamp(start).to_string(),
                "limit": limit.to_string(),
                "calendar": calendar.map(Calendar::name),
                "due": due_breakdown::due(&account, zone),
                "account": due_breakdown::json(&account, zone),
            });
            session.terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
            return Ok(Exit::Done);
        }
        // No pause is open here, so there is always a due.
        let due = if let Due::At(due) = account.due { due } else { start };
        let at = |at| crate::lang::moment(at, zone);
        let mut page = Document::new(say::answer(at(due), clock_words::limit(limit), at(start)));
        page.lead.extend(calendar.map(|calendar| say::of_calendar(calendar.name())));
        if !account.lines.is_empty() {
            page = page.section(Section::from(due_breakdown::table(&account, zone)));
        }
        session.terminal.page(&page)?;
        Ok(Exit::Done)
    }
}

fn not_a_limit(word: &str, bad: &BadLimit) -> Error {
    Error::refused(say::bad_limit(word, bad.message()))
}

fn pause(session: &Session, word: &str) -> Result<(Timestamp, Timestamp)> {
    let bad = || Error::refused(say::bad_pause(word)).hint(say::pause_help());
    let (from, to) = word.split_once("..").ok_or_else(bad)?;
    let read = |part| moment::read(session, "--pause", part);
    let (from, to) = (read(from)?, read(to)?);
    if from < to { Ok((from, to)) } else { Err(bad()) }
}

/// The error if the calendar lacks a year: which one, and the file to which it must be added.
fn lacking(session: &Session, undue: &Undue) -> Error {
    let error = undue.error();
    let Undue::MissingYear(missing) = undue else { return error };
    match file_of(session, &session.book, &missing.calendar) {
        Some(file) => error.hint(say::missing_in(file, missing.year)),
        None => error.hint(super::say::missing_help(missing.year)),
    }
}
