//! Messages of this room.

use super::key::Key;
use crate::lang::Text;

/// The display name of a key whose values the format fixes, as in "there is no …".
pub(super) fn name_of(key: Key) -> Text {
    match key {
        Key::Status => Text::of("status", "状态"),
        Key::Kind => Text::of("kind of feedback", "反馈类型"),
        Key::Outcome => Text::of("outcome", "回访结果"),
        other => Text::same(other.word()),
    }
}

crate::messages! {
    unknown_key(word) { "`{word}:` is not a key of a query", "查询条件里没有 `{word}:`" }
    unknown_value(list, value) { "there is no {list} `{value}`", "没有名为 `{value}` 的{list}" }
    bad_value(key, value) { "{key}: `{value}` is not understood", "{key}：看不懂 `{value}`" }
    no_value(key) { "{key}: there is no value after the colon", "{key}：冒号后面没有内容" }
    nobody(key) { "`{key}:-` finds the cases without one", "要找没有填写的，请写 `{key}:-`" }
    clock() { "clock", "时限" }
    moment_help() {
        "write a day, a month or another period: 2026-10-01, 2026-10, 2026-Q3, last-month, >=2026-10-01, 2026-10-01..2026-10-15",
        "可写日期、月份或其他期间：2026-10-01、2026-10、2026-Q3、last-month、>=2026-10-01、2026-10-01..2026-10-15"
    }
    length_help() { "write a bound with a unit, m, h, d or w: <4h, <2d, >1w", "请写界限和单位（m 分、h 时、d 天、w 周）：<4h、<2d、>1w" }
    number_help() { "write a whole number or a bound: 2, >1, <=3", "请写整数或界限：2、>1、<=3" }
}
