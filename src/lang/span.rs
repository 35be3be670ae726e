//! Lengths of time and instants as people write them.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::{Lang, Text};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time in its two largest units, rounded down: `2 d 6 h`, `2 天 6 小时`. The sign is not shown.
pub(crate) fn duration(seconds: i64) -> Text {
    let seconds = seconds.abs();
    match seconds {
        DAY.. => in_units(seconds, [DAY, HOUR], ["d", "h"], ["天", "小时"]),
        HOUR.. => in_units(seconds, [HOUR, MINUTE], ["h", "min"], ["小时", "分钟"]),
        MINUTE.. => in_units(seconds, [MINUTE, MINUTE], ["min", ""], ["分钟", ""]),
        _ => in_units(seconds, [1, 1], ["s", ""], ["秒", ""]),
    }
}

/// A length in a unit and a smaller one, which is left out if there is nothing of it.
fn in_units(seconds: i64, [unit, smaller]: [i64; 2], en: [&str; 2], zh: [&str; 2]) -> Text {
    let (whole, rest) = (seconds / unit, seconds % unit / smaller);
    match rest {
        0 => Text::new(format!("{whole} {}", en[0]), format!("{whole} {}", zh[0])),
        _ => Text::new(
            format!("{whole} {} {rest} {}", en[0], en[1]),
            format!("{whole} {} {rest} {}", zh[0], zh[1]),
        ),
    }
}

/// The same, in the short form for a column of figures: `2d 6h`, `2天6小时`.
pub(crate) fn brief(seconds: i64) -> Text {
    let said = duration(seconds);
    let en = said.to(Lang::En).split(' ').collect::<Vec<_>>();
    let en: Vec<String> = en.chunks(2).map(|part| part.concat().replace("min", "m")).collect();
    let zh = said.to(Lang::Zh).replace(' ', "");
    let zh = if zh.contains("小时") { zh.replace("分钟", "分") } else { zh };
    Text::new(en.join(" "), zh)
}

/// How far an instant is from now: `in 5 h`, `3 h ago`.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> Text {
    let seconds = at.as_second() - now.as_second();
    let length = duration(seconds);
    match seconds {
        0.. => Text::new(format!("in {}", length.to(Lang::En)), format!("{}后", length.to(Lang::Zh))),
        _ => Text::new(format!("{} ago", length.to(Lang::En)), format!("{}前", length.to(Lang::Zh))),
    }
}

/// A day of the week.
pub(crate) fn weekday(day: Weekday) -> Text {
    match day {
        Weekday::Monday => Text::of("Mon", "周一"),
        Weekday::Tuesday => Text::of("Tue", "周二"),
        Weekday::Wednesday => Text::of("Wed", "周三"),
        Weekday::Thursday => Text::of("Thu", "周四"),
        Weekday::Friday => Text::of("Fri", "周五"),
        Weekday::Saturday => Text::of("Sat", "周六"),
        Weekday::Sunday => Text::of("Sun", "周日"),
    }
}

/// An instant with its day of the week, to the minute: `Mon 2026-11-23 18:00`.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> Text {
    let local = at.to_zoned(zone.clone());
    let time = local.strftime("%Y-%m-%d %H:%M").to_string();
    let day = weekday(local.weekday());
    Text::new(format!("{} {time}", day.to(Lang::En)), format!("{time} {}", day.to(Lang::Zh)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_in_its_two_largest_units() {
        for (seconds, en, zh) in [
            (0, "0 s", "0 秒"),
            (59, "59 s", "59 秒"),
            (60, "1 min", "1 分钟"),
            (3_599, "59 min", "59 分钟"),
            (3_600, "1 h", "1 小时"),
            (4_800, "1 h 20 min", "1 小时 20 分钟"),
            (-194_400, "2 d 6 h", "2 天 6 小时"),
            (86_400, "1 d", "1 天"),
        ] {
            assert_eq!(duration(seconds).to(Lang::En), en);
            assert_eq!(duration(seconds).to(Lang::Zh), zh);
        }
    }

    #[test]
    fn a_column_of_lengths_is_narrow() {
        for (seconds, en, zh) in [
            (0, "0s", "0秒"),
            (3_599, "59m", "59分钟"),
            (4_800, "1h 20m", "1小时20分"),
            (194_400, "2d 6h", "2天6小时"),
        ] {
            assert_eq!(brief(seconds).to(Lang::En), en);
            assert_eq!(brief(seconds).to(Lang::Zh), zh);
        }
    }
}
