//! Clocks in words.

use jiff::Timestamp;

use crate::clock::Limit;
use crate::lang::{Text, ago, duration, moment};
use crate::policy::{Clock, ClockState, Instance, WAITING};
use crate::render::{Cell, Tone};
use crate::session::Session;

mod say {
    crate::messages! {
        minutes(n) { "{n} min", "{n} 分钟" }
        hours(n) { "{n} h", "{n} 小时" }
        days(n) { "{n} d", "{n} 天" }
        working_minutes(n) { "{n} working min", "{n} 个工作分钟" }
        working_hours(n) { "{n} working h", "{n} 个工作小时" }
        working_days(n) { "{n} working d", "{n} 个工作日" }
        marked(mark, state) { "{mark} {state}", "{mark} {state}" }
        took(length, limit) { "in {length} of {limit}", "用时 {length}，时限 {limit}" }
        unless_stated(limit) { "{limit}, or as stated", "{limit}，另写日期的除外" }
        stated_wait() { "as the wait says", "以登记等候时写明的日期为准" }
        stated() { "as the hand-over says", "以派单时写明的期限为准" }
        before(length, at) { "in {length}, was due {at}", "用时 {length}，应于 {at}前" }
        due(at, ago) { "due {at}, {ago}", "{at}到期，{ago}" }
        since(at, length) { "since {at}, by {length}", "{at}到期，已超 {length}" }
        late_by(length, at) { "by {length}, was due {at}", "超时 {length}，应于 {at}前" }
        still(limit) { "paused; limit {limit}", "暂停计时，时限 {limit}" }
        ended() { "the case ended before it was due", "到期前案件已了结" }
    }
}

/// A rule's limit as people say it.
pub(crate) fn within(rule: &Clock) -> Text {
    match rule.within {
        Some(limit) if rule.stated => say::unless_stated(self::limit(limit)),
        Some(limit) => self::limit(limit),
        None => stated(rule),
    }
}

/// How long a clock may run, as people say it.
fn allowed(clock: &Instance<'_>) -> Text {
    clock.limit.map_or_else(|| stated(clock.rule), limit)
}

fn stated(rule: &Clock) -> Text {
    if rule.name == WAITING { say::stated_wait() } else { say::stated() }
}

/// A limit as people say it.
pub(crate) fn limit(limit: Limit) -> Text {
    match limit {
        Limit::Minutes(n) => say::minutes(n),
        Limit::Hours(n) => say::hours(n),
        Limit::Days(n) => say::days(n),
        Limit::WorkingMinutes(n) => say::working_minutes(n),
        Limit::WorkingHours(n) => say::working_hours(n),
        Limit::WorkingDays(n) => say::working_days(n),
    }
}

/// A clock's state.
pub(crate) fn state_word(state: ClockState) -> Text {
    match state {
        ClockState::Overdue => Text::of("overdue", "逾期"),
        ClockState::Warning => Text::of("due soon", "将到期"),
        ClockState::Running => Text::of("running", "计时中"),
        ClockState::Paused => Text::of("paused", "暂停"),
        ClockState::Met => Text::of("met", "按时"),
        ClockState::Missed => Text::of("missed", "超时"),
        ClockState::Lapsed => Text::of("lapsed", "终止"),
        ClockState::Unknown => Text::of("unknown", "未知"),
    }
}

/// A clock's state with its mark and colour.
pub(crate) fn state(state: ClockState) -> Cell {
    let (mark, tone) = match state {
        ClockState::Overdue | ClockState::Missed => ("!", Tone::Late),
        ClockState::Warning => ("~", Tone::Soon),
        ClockState::Unknown => ("?", Tone::Soon),
        ClockState::Running => (" ", Tone::Plain),
        ClockState::Paused | ClockState::Lapsed => (" ", Tone::Dim),
        ClockState::Met => (" ", Tone::Good),
    };
    Cell::from(say::marked(mark, state_word(state))).tone(tone)
}

fn between(from: Timestamp, to: Timestamp) -> Text {
    duration(to.as_second() - from.as_second())
}

/// How a clock ended, or its state at `now`.
pub(crate) fn course(session: &Session, clock: &Instance<'_>, now: Timestamp) -> Text {
    let zone = &session.book.shop.zone;
    if let Some(undue) = &clock.undue {
        return undue.message();
    }
    match (clock.state, clock.due, clock.stopped) {
        (ClockState::Met, due, Some(stopped)) => {
            let length = between(clock.started, stopped);
            match (clock.limit, due) {
                (None, Some(at)) => say::before(length, moment(at, zone)),
                _ => say::took(length, allowed(clock)),
            }
        }
        (ClockState::Missed, Some(at), Some(stopped)) => say::late_by(between(at, stopped), moment(at, zone)),
        (ClockState::Overdue, Some(at), _) => say::since(moment(at, zone), between(at, now)),
        (ClockState::Lapsed, ..) => say::ended(),
        (_, Some(at), _) => say::due(moment(at, zone), ago(at, now)),
        (_, None, _) => say::still(allowed(clock)),
    }
}
