//! How a due time is computed, in words and for programs.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::calendar::DayKind;
use crate::case::Stamp;
use crate::clock::{Account, AccountLine, CountedTime, DayEffect, Due, Reason};
use crate::lang::{Lang, Text, duration, list, moment, weekday};
use crate::render::{Cell, Column, Table, Tone};

mod say {
    crate::messages! {
        day() { "day", "日期" }
        counts() { "counts", "计入" }
        so_far() { "so far", "累计" }
        the_day(n) { "day {n}", "第 {n} 天" }
        ends_with_it() { "due at its end", "当日结束时到期" }
        start_day() { "the day of the start is not counted", "起算当日不计" }
        weekend() { "weekend", "休息日" }
        holiday() { "holiday", "节假日" }
        day_off() { "day off", "单位休息" }
        outside_hours() { "outside working hours", "不在工作时间内" }
        pause() { "pause", "暂停计时" }
        less_pause() { "less a pause", "扣除暂停" }
        make_up() { "make-up working day", "调休上班" }
        own_hours() { "special hours", "特殊工时" }
        long_day(length) { "clock change: a day of {length}", "时钟调整，当日 {length}" }
        moved(due) { "pause: due moves to {due}", "暂停：顺延至{due}到期" }
        still(since) { "paused since {since}", "自{since}起暂停计时" }
    }
}

const DAY: i64 = 24 * 3600;

/// The computation as a table, with a line for each day.
pub(crate) fn table(account: &Account, zone: &TimeZone) -> Table {
    let mut table = Table::new([
        Column::words("day", say::day()),
        Column::numbers("counts", say::counts()),
        Column::numbers("so_far", say::so_far()),
        Column::words("why", Text::default()),
    ]);
    for line in &account.lines {
        table.row(row(line, zone));
    }
    table
}

fn row(line: &AccountLine, zone: &TimeZone) -> [Cell; 4] {
    let days = Cell::from(days(line.first, line.last));
    let remark = |words: Text| [days.clone(), Cell::default(), Cell::default(), Cell::from(words)];
    match &line.effect {
        DayEffect::Time(counted) => [
            days,
            Cell::from(hours(counted.time.as_secs())).value(counted.time.as_secs()),
            Cell::from(hours(counted.sum.as_secs())).value(counted.sum.as_secs()),
            Cell::from(remarks(counted, line, zone)),
        ],
        DayEffect::Day { n: 0, kind } => {
            let words: Vec<Text> = kind.and_then(sort).into_iter().chain([say::ends_with_it()]).collect();
            remark(list(&words))
        }
        DayEffect::Day { n, kind } => {
            let length =
                u32::try_from(line.first.until(line.last).map_or(0, |span| span.get_days())).unwrap_or(0);
            let counted = Cell::number(u64::from(length) + 1);
            let sort = kind.and_then(sort).unwrap_or_default();
            [days, counted, Cell::from(say::the_day(*n)), Cell::from(sort)]
        }
        DayEffect::Nothing(reason) => {
            let none = || Cell::word("–").tone(Tone::Dim);
            [days, none(), Cell::default(), Cell::from(why(*reason)).tone(Tone::Dim)]
        }
        DayEffect::Moved(pause) => {
            let by = Cell::from(hours(pause.by.as_secs())).value(pause.by.as_secs());
            [days, by, Cell::default(), Cell::from(say::moved(moment(pause.due, zone)))]
        }
        DayEffect::Still(since) => remark(say::still(moment(*since, zone))),
    }
}

/// `Thu 2026-10-08`, `2026-10-01..10-07`.
fn days(first: Date, last: Date) -> Text {
    if first == last {
        let of_week = weekday(first.weekday());
        return Text::new(
            format!("{} {first}", of_week.to(Lang::En)),
            format!("{first} {}", of_week.to(Lang::Zh)),
        );
    }
    if first.year() == last.year() {
        return Text::same(format!("{first}..{}", last.strftime("%m-%d")));
    }
    Text::same(format!("{first}..{last}"))
}

/// A length in hours and minutes, never in days, so that people can add it up.
fn hours(seconds: i64) -> Text {
    match (seconds / 3600, seconds % 3600) {
        (0, _) => duration(seconds),
        (whole, 0) => Text::new(format!("{whole} h"), format!("{whole} 小时")),
        (whole, rest) => {
            let rest = duration(rest);
            Text::new(
                format!("{whole} h {}", rest.to(Lang::En)),
                format!("{whole} 小时 {}", rest.to(Lang::Zh)),
            )
        }
    }
}

/// The hours that count, and what is special about the day.
fn remarks(counted: &CountedTime, line: &AccountLine, zone: &TimeZone) -> Text {
    let whole = counted.kind.is_none() && line.first != line.last;
    let mut words: Vec<Text> = Vec::new();
    if !whole {
        words.extend(counted.parts.iter().map(|part| Text::same(span(*part, zone))));
    }
    words.extend(counted.kind.and_then(sort));
    words.extend(counted.paused.then(say::less_pause));
    let length = counted.length.as_secs();
    words.extend((length % DAY != 0).then(|| say::long_day(hours(length))));
    list(&words)
}

/// `13:30-18:00`; midnight at the end of the day is 24:00.
fn span((from, to): (Timestamp, Timestamp), zone: &TimeZone) -> String {
    let at = |at| zone.to_datetime(at).strftime("%H:%M").to_string();
    let end = if zone.to_datetime(from).date() == zone.to_datetime(to).date() {
        at(to)
    } else {
        "24:00".to_owned()
    };
    format!("{}-{end}", at(from))
}

fn sort(kind: DayKind) -> Option<Text> {
    match kind {
        DayKind::MakeUp => Some(say::make_up()),
        DayKind::Special => Some(say::own_hours()),
        DayKind::Ordinary | DayKind::Weekend | DayKind::Holiday => None,
    }
}

fn why(reason: Reason) -> Text {
    match reason {
        Reason::StartDay => say::start_day(),
        Reason::Weekend => say::weekend(),
        Reason::Holiday => say::holiday(),
        Reason::DayOff => say::day_off(),
        Reason::OutsideHours => say::outside_hours(),
        Reason::Paused => say::pause(),
    }
}

/// The due time for programs; null while the clock is paused.
pub(crate) fn due(account: &Account, zone: &TimeZone) -> Value {
    match account.due {
        Due::At(due) => json!(stamp(due, zone)),
        Due::Unknown => Value::Null,
    }
}

/// The computation for programs: an object for each line, lengths in seconds.
pub(crate) fn json(account: &Account, zone: &TimeZone) -> Value {
    Value::Array(account.lines.iter().map(|line| object(line, zone)).collect())
}

fn object(line: &AccountLine, zone: &TimeZone) -> Value {
    let at = |at| stamp(at, zone);
    let mut object = json!({ "first": line.first.to_string(), "last": line.last.to_string() });
    let (says, more) = match &line.effect {
        DayEffect::Time(counted) => {
            let parts = counted.parts.iter().map(|(from, to)| json!({ "from": at(*from), "to": at(*to) }));
            let more = json!({
                "seconds": counted.time.as_secs(),
                "sum_seconds": counted.sum.as_secs(),
                "parts": parts.collect::<Vec<_>>(),
                "day": counted.kind.map(day_word),
                "day_seconds": counted.length.as_secs(),
            });
            ("time", more)
        }
        DayEffect::Day { n, kind } => ("day", json!({ "number": n, "day": kind.map(day_word) })),
        DayEffect::Nothing(reason) => ("nothing", json!({ "why": reason.word() })),
        DayEffect::Moved(pause) => {
            let more = json!({
                "from": at(pause.from), "to": at(pause.to), "seconds": pause.by.as_secs(), "due": at(pause.due),
            });
            ("moved", more)
        }
        DayEffect::Still(since) => ("still", json!({ "from": at(*since) })),
    };
    object["counts"] = json!(says);
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
    object
}

fn stamp(at: Timestamp, zone: &TimeZone) -> String {
    Stamp::new(at, zone).to_string()
}

fn day_word(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Ordinary => "ordinary",
        DayKind::Weekend => "weekend",
        DayKind::Holiday => "holiday",
        DayKind::MakeUp => "make-up",
        DayKind::Special => "special",
    }
}
