//! A published year goes into a calendar's file; every byte that is there stays.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{chosen, file_of};
use crate::arguments::{flag, value};
use crate::calendar::{Calendar, DayKind};
use crate::disk;
use crate::error::{Error, Exit, Finding, Result};
use crate::holidays::{self, DayRange, PublishedDay, PublishedDays};
use crate::lang::{Text, common, one_line};
use crate::session::{RuleChange, Session};
use crate::toml_file::insert::{self, Insertion, NewValue};

mod say {
    pub(super) use crate::commands::say::*;

    crate::messages! {
        about() { "Add a published year of holidays and make-up working days", "添加公布的一年放假和调休安排" }
        more() {
            "FILE is a year in the JSON form in which Chinese calendars are published ({{\"year\": 2027, \"days\": [{{\"name\", \"date\", \"isOffDay\"}}]}}), or an iCalendar file (.ics) of whole days whose summary says that they are off (`holiday`, or the Chinese sign for it) or worked (`workday`, or the sign). Days in December that belong to a New Year's holiday go to the year before. What is not understood is an error; nothing is guessed.",
            "文件是公布放假安排常用的 JSON（{{\"year\": 2027, \"days\": [{{\"name\", \"date\", \"isOffDay\"}}]}}），或 iCalendar 文件（.ics）：全天事件，标题写明休、假期，或班、补班。元旦假期里属于上一年 12 月的日子，写入上一年。无法识别的内容会报错，不会猜测。"
        }
        examples() {
            "fb calendar add 2027.json\nfb calendar add holidays.ics --calendar office --dry-run",
            "fb calendar add 2027.json\nfb calendar add 放假安排.ics --calendar office --dry-run"
        }
        file() { "The published year, JSON or .ics; `-` reads standard input", "公布的年份，JSON 或 .ics；`-` 表示读取标准输入" }
        calendar() { "The calendar, if there are several", "日历，有多个时填写" }
        which_calendar() { "the ledger has several calendars", "台账里有几个日历" }

        added(path, years) { "added to {path}: {years}", "已添加到 {path}：{years}" }
        would_add(path) { "would add to {path}:", "将添加到 {path}：" }
        line(line) { "  {line}", "  {line}" }
        year(year, off, worked) { "{year} ({off}, {worked})", "{year} 年（{off}，{worked}）" }
        days(count, year) { "{count} of {year}", "{year} 年的 {count}" }
        nothing(path) { "{path} has all of it already; nothing was written", "{path} 里都已经有了；没有写入任何内容" }

        not_read(file, n) { "nothing was added from {file}: {n}", "没有从 {file} 添加任何内容：有 {n}" }
        too_large(file) { "{file} is too large for a calendar", "{file} 太大，不像是日历" }
        no_days(file) { "{file} has no days", "{file} 里没有日期" }
        no_days_of(file, year) { "{file} has no day of {year}", "{file} 里没有 {year} 年的日期" }
        not_published() { "the year is perhaps not published yet", "也许这一年的安排还没有公布" }
        any_year(calendar) { "the calendar `{calendar}` knows every year (`any_year = true`), and no holidays", "日历 `{calendar}` 写着 `any_year = true`：适用任何年份，没有节假日" }
        leave_any_year() { "put [years.…] in place of `any_year` first", "请先把 `any_year` 换成 [years.…]" }
        differs(path, year, dates) { "{path} has {year} already, and it is not the same: {dates}", "{path} 里已有 {year} 年，内容不同：{dates}" }
        correct_by_hand(year) { "correct [years.{year}] by hand, or remove it and add the year again", "请手工修改 [years.{year}]，或删掉它再添加" }
        is_off(date) { "{date} off", "{date} 放假" }
        is_worked(date) { "{date} worked", "{date} 上班" }
        not_in_file(date) { "{date} not in the file", "{date} 文件里没有" }
        lacks(date, calendar, year) { "{date} is a day of {year}, which the calendar `{calendar}` lacks", "{date} 属于 {year} 年，而日历 `{calendar}` 里没有 {year} 年" }
        add_first(year) { "add {year} first, or remove the day from the file", "请先添加 {year} 年，或从文件里删掉这一天" }
        other_kind(path, date) { "{path} has other hours for {date}", "{path} 里 {date} 另有安排" }
        correct_one() { "correct one of the two", "请改正其中一处" }
        no_place(path, year) { "[years.{year}] of {path} is written in a way to which nothing can be added", "{path} 里 [years.{year}] 的写法无法添加内容" }
        by_hand(year) { "write [years.{year}] by hand", "请手工写 [years.{year}]" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both(), after_help = say::examples().both())]
pub(super) struct CalendarAddArgs {
    #[arg(value_name = value::FILE.both(), help = say::file().both())]
    file: PathBuf,
    #[arg(long, value_name = value::NAME.both(), help = say::calendar().both())]
    calendar: Option<String>,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
}

/// A calendar's file as it grows.
struct GrowingFile<'c> {
    calendar: &'c Calendar,
    path: PathBuf,
    text: String,
    /// What was added, for people.
    shown: Vec<String>,
    /// In short.
    added: Vec<Text>,
    /// For the commit.
    years: Vec<String>,
}

impl CalendarAddArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let published = self.published()?;
        let lock = session.lock()?;
        let book = session.rules_now(&lock)?;
        let calendar = chosen(&book, self.calendar.as_deref(), say::which_calendar())?;
        if calendar.knows_any_year() {
            return Err(Error::refused(say::any_year(calendar.name())).hint(say::leave_any_year()));
        }
        let path = file_of(session, &book, calendar.name())
            .ok_or_else(|| Error::failed(say::no_calendar(calendar.name())))?;
        let before = session.ledger.disk().text(&path)?;
        let mut file = GrowingFile {
            calendar,
            path,
            text: before.clone(),
            shown: Vec::new(),
            added: Vec::new(),
            years: Vec::new(),
        };
        file.days_of_other_years(&published)?;
        published.years.iter().try_for_each(|year| file.year(&published, *year))?;
        if file.added.is_empty() {
            session.terminal.line(&say::nothing(&file.path))?;
            return Ok(Exit::Done);
        }
        let subject = format!("calendar: add {} to {}", file.years.join(", "), one_line(calendar.name()));
        let GrowingFile { path, text: after, shown, added, .. } = file;
        let change = RuleChange::of(path.clone(), before, after, subject);
        if self.dry_run {
            session.rules_with(&lock, &change)?;
            session.terminal.line(&say::would_add(&path))?;
            shown.iter().try_for_each(|line| session.terminal.line(&say::line(line)))?;
            return Ok(Exit::Done);
        }
        let written = session.change_rules(&lock, change)?;
        session.terminal.line(&say::added(&path, crate::lang::list(&added)))?;
        Ok(written.exit)
    }

    fn published(&self) -> Result<PublishedDays> {
        let file = &self.file;
        let bytes = bytes(file)
            .map_err(|error| Error::refused(say::cannot_read(file, error.to_string())))?
            .ok_or_else(|| Error::refused(say::too_large(file)))?;
        let published = holidays::read(&bytes, file).map_err(|found: Vec<Finding>| {
            let problems = common::count(found.len(), "problem", "problems", "处错误");
            Error::refused(say::not_read(file, problems)).because(found)
        })?;
        if published.days.is_empty() {
            return Err(Error::refused(say::no_days(file)).hint(say::not_published()));
        }
        let has = |year: i16| published.days.keys().any(|date| date.year() == year);
        match published.years.iter().find(|year| !has(**year)) {
            Some(year) => Err(Error::refused(say::no_days_of(file, year)).hint(say::not_published())),
            None => Ok(published),
        }
    }
}

/// The bytes of a file or of standard input; `None`: they are too many.
fn bytes(file: &Path) -> std::io::Result<Option<Vec<u8>>> {
    if file != Path::new("-") {
        return disk::named::read_at_most(file, disk::LARGEST);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(disk::LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= disk::LARGEST))
}

impl GrowingFile<'_> {
    /// Adds a year that the file is about. If the calendar has the year, both must say the same.
    fn year(&mut self, published: &PublishedDays, year: i16) -> Result<()> {
        if self.calendar.has_year(year) {
            return self.same(published, year);
        }
        let lists = [("holidays", true), ("workdays", false)]
            .map(|(key, is_off)| (key, published.ranges(year, is_off)))
            .into_iter()
            .filter(|(_, ranges)| !ranges.is_empty())
            .map(|(key, ranges)| (key, lines(&ranges)));
        let name = format!("{year:04}");
        let value = NewValue::Table(lists.collect());
        let insertion = insert::insert(&self.text, &["years"], &[(name.as_str(), value)]);
        self.put(year, "", insertion)?;
        let days = |is_off| {
            let days = published.days.iter();
            days.filter(|(date, day)| date.year() == year && day.is_off == is_off).count()
        };
        let off = common::count(days(true), "day off", "days off", "天放假");
        let worked = common::count(days(false), "make-up working day", "make-up working days", "天调休上班");
        self.added.push(say::year(year, off, worked));
        self.years.push(name);
        Ok(())
    }

    /// Whether the calendar says of every day of the year what the file says; days with their own hours that the file
    /// does not name are the shop's.
    fn same(&self, published: &PublishedDays, year: i16) -> Result<()> {
        let first = Date::constant(1, 1, 1).with().year(year).build().ok();
        let dates = first.into_iter().flat_map(|first| first.series(1.day()));
        let dates = dates.take_while(|date| date.year() == year);
        let differing: Vec<Text> = dates
            .filter_map(|date| match published.days.get(&date) {
                Some(day) if self.has(date, day) => None,
                Some(PublishedDay { is_off: true, .. }) => Some(say::is_off(date)),
                Some(PublishedDay { is_off: false, .. }) => Some(say::is_worked(date)),
                None => self.lists(date).then(|| say::not_in_file(date)),
            })
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        let dates = named(&differing);
        Err(Error::refused(say::differs(&self.path, year, dates)).hint(say::correct_by_hand(year)))
    }

    /// Whether the calendar has a published day: off, or with Monday's hours.
    fn has(&self, date: Date, day: &PublishedDay) -> bool {
        let kind = self.kind(date);
        match day.is_off {
            true => matches!(kind, Some(DayKind::Holiday | DayKind::Weekend)),
            false => kind == Some(DayKind::MakeUp),
        }
    }

    fn lists(&self, date: Date) -> bool {
        matches!(self.kind(date), Some(DayKind::Holiday | DayKind::MakeUp))
    }

    fn kind(&self, date: Date) -> Option<DayKind> {
        self.calendar.day(date).ok().map(|day| day.kind)
    }

    /// Days of a year that the file is not about go to that year, if the calendar has it.
    fn days_of_other_years(&mut self, published: &PublishedDays) -> Result<()> {
        let mut missing = PublishedDays::default();
        let others = published.days.iter().filter(|(date, _)| !published.years.contains(&date.year()));
        for (date, day) in others.filter(|(date, day)| !self.has(**date, day)) {
            let year = date.year();
            if !self.calendar.has_year(year) {
                let name = self.calendar.name();
                return Err(Error::refused(say::lacks(date, name, year)).hint(say::add_first(year)));
            }
            if self.lists(*date) || self.kind(*date) == Some(DayKind::Special) {
                return Err(Error::refused(say::other_kind(&self.path, date)).hint(say::correct_one()));
            }
            missing.years.insert(year);
            missing.days.insert(*date, day.clone());
        }
        for year in &missing.years {
            for (key, is_off) in [("holidays", true), ("workdays", false)] {
                let ranges = missing.ranges(*year, is_off);
                if !ranges.is_empty() {
                    self.extend(*year, key, &ranges)?;
                }
            }
            let days = missing.days.keys().filter(|date| date.year() == *year).count();
            self.added.push(say::days(common::count(days, "day", "days", "天"), year));
            self.years.push(format!("days of {year}"));
        }
        Ok(())
    }

    /// Adds ranges to a list of a year; a year without the list gets it.
    fn extend(&mut self, year: i16, key: &'static str, ranges: &[DayRange]) -> Result<()> {
        let name = format!("{year:04}");
        let written: Vec<String> = ranges.iter().map(DayRange::written).collect();
        if let Some(insertion) = insert::extend(&self.text, &["years", &name, key], &written) {
            return self.put(year, &format!("[years.{name}] {key}: "), Some(insertion));
        }
        let list = [(key, lines(ranges))];
        let insertion = insert::insert(&self.text, &["years", &name], &list);
        self.put(year, &format!("[years.{name}] "), insertion)
    }

    /// Puts something into the file; what people see of it begins with `front`.
    fn put(&mut self, year: i16, front: &str, insertion: Option<Insertion>) -> Result<()> {
        let insertion = insertion
            .ok_or_else(|| Error::refused(say::no_place(&self.path, year)).hint(say::by_hand(year)))?;
        self.text = insertion.applied_to(&self.text);
        let fronts = std::iter::once(front).chain(std::iter::repeat(""));
        self.shown.extend(fronts.zip(insertion.shown()).map(|(front, line)| format!("{front}{line}")));
        Ok(())
    }
}

/// Ranges as a list of a calendar's file, with their names.
fn lines(ranges: &[DayRange]) -> NewValue {
    NewValue::Lines(ranges.iter().map(|range| (range.written(), range.names.join("、"))).collect())
}

/// The first of several, and how many more there are.
fn named(all: &[Text]) -> Text {
    const NAMED: usize = 5;
    let first = crate::lang::list(&all[..all.len().min(NAMED)]);
    match all.len().saturating_sub(NAMED) {
        0 => first,
        more => common::and_more(first, more),
    }
}
