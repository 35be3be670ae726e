//! Clocks in words.

use jiff::Timestamp;

use crate::lang::{Text, ago, duration, moment};
use crate::policy::{ClockState, Instance, Limit};
use crate::render::{Cell, Tone};
use crate::session::Session;

crate::messages! {
    minutes(n) { "{n} min", "{n} 分钟" }
    hours(n) { "{n} h", "{n} 小时" }
    days(n) { "{n} d", "{n} 天" }
    working_minutes(n) { "{n} working min", "{n} 个工作分钟" }
    working_hours(n) { "{n} working h", "{n} 个工作小时" }
    working_days(n) { "{n} working d", "{n} 个工作日" }
    took(length, limit) { "in {length} of {limit}", "用时 {length}，时限 {limit}" }
    due(at, ago) { "due {at}, {ago}", "{at}到期，{ago}" }
    since(at, length) { "since {at}, by {length}", "{at}到期，已超 {length}" }
    late_by(length, at) { "by {length}, was due {at}", "超时 {length}，应于 {at}前" }
    still(limit) { "stands still; limit {limit}", "暂停计时，时限 {limit}" }
    ended() { "the case ended before it was due", "到期前案件已了结" }
}

/// A limit as people say it.
pub(super) fn limit(limit: Limit) -> Text {
    match limit {
        Limit::Minutes(n) => minutes(n),
        Limit::Hours(n) => hours(n),
        Limit::Days(n) => days(n),
        Limit::WorkingMinutes(n) => working_minutes(n),
        Limit::WorkingHours(n) => working_hours(n),
        Limit::WorkingDays(n) => working_days(n),
    }
}

/// A clock's state with its mark and colour.
pub(super) fn state(state: ClockState) -> Cell {
    match state {
        ClockState::Overdue => Cell::from(Text::of("! overdue", "! 逾期")).tone(Tone::Late),
        ClockState::Warning => Cell::from(Text::of("~ due soon", "~ 将到期")).tone(Tone::Soon),
        ClockState::Running => Cell::from(Text::of("  running", "  计时中")),
        ClockState::Paused => Cell::from(Text::of("  paused", "  暂停")).tone(Tone::Dim),
        ClockState::Met => Cell::from(Text::of("  met", "  按时")).tone(Tone::Good),
        ClockState::Missed => Cell::from(Text::of("! missed", "! 超时")).tone(Tone::Late),
        ClockState::Lapsed => Cell::from(Text::of("  lapsed", "  终止")).tone(Tone::Dim),
    }
}

/// How an instance went, or goes at `now`.
pub(super) fn course(session: &Session, clock: &Instance<'_>, now: Timestamp) -> Text {
    let zone = &session.book.shop.zone;
    let between = |from: Timestamp, to: Timestamp| duration(to.as_second() - from.as_second());
    match (clock.state, clock.due, clock.stopped) {
        (ClockState::Met, _, Some(stopped)) => {
            took(between(clock.started, stopped), limit(clock.rule.within))
        }
        (ClockState::Missed, Some(at), Some(stopped)) => late_by(between(at, stopped), moment(at, zone)),
        (ClockState::Overdue, Some(at), _) => since(moment(at, zone), between(at, now)),
        (ClockState::Lapsed, ..) => ended(),
        (_, Some(at), _) => due(moment(at, zone), ago(at, now)),
        (_, None, _) => still(limit(clock.rule.within)),
    }
}
