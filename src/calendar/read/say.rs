//! Messages about a calendar file: what is wrong, and how to correct it.

crate::messages! {
    empty_name() { "a calendar's name must not be empty", "日历名称不能为空" }
    add_name() { "write, for example, name = \"office\"", "例如写上 name = \"office\"" }

    both() { "`years` and `any_year = true` exclude each other", "`years` 与 `any_year = true` 不能同时写" }
    choose() {
        "leave `any_year` out; without it only the years listed here are known",
        "删去 `any_year`，日历就只认这里列出的年份",
    }
    no_years() { "the calendar lists no years", "日历没有列出任何年份" }
    add_year() {
        "add [years.2026] with its holidays, or `any_year = true` if holidays do not matter",
        "加上 [years.2026] 并列出节假日；不管节假日的话，写 `any_year = true`",
    }
    bad_year(key) { "`{key}` is not a year", "`{key}` 不是年份" }
    write_year() { "write four digits: [years.2026]", "写四位数字：[years.2026]" }

    weekday() { "weekday", "星期写法" }
    weekday_twice(name) { "`{name}` already has its hours", "`{name}` 的工作时间前面已经写过" }
    name_once() { "name each weekday once", "每个星期几只写一次" }

    bad_shift(word) { "`{word}` is not a period of working time", "`{word}` 不是工作时段的写法" }
    write_shift() {
        "write two times: \"09:00-12:00\"; \"22:00-06:00\" ends on the next day",
        "写起止两个时刻，如 \"09:00-12:00\"；\"22:00-06:00\" 到次日结束",
    }
    overlap(shift, earlier) { "{shift} overlaps {earlier}", "{shift} 与 {earlier} 重叠" }
    runs_on(shift, day, first, next) {
        "{shift} on {day} runs into {first} on {next}",
        "{day}的 {shift} 与{next}的 {first} 重叠",
    }
    part_shifts() {
        "each must end before the next begins, or at the same time",
        "前一段要在后一段开始之前（或同时）结束",
    }
    no_hours() { "the calendar has no working hours at all", "日历里没有任何工作时间" }
    add_hours() {
        "add [hours] with, for example, mon-fri = [\"09:00-18:00\"]",
        "加上 [hours]，例如 mon-fri = [\"09:00-18:00\"]",
    }

    bad_date(word) { "`{word}` is not a date that exists", "`{word}` 不是存在的日期" }
    write_dates() {
        "write dates such as \"2026-10-01\", and ranges as \"2026-10-01..2026-10-07\"",
        "日期写作 \"2026-10-01\"，连续几天写作 \"2026-10-01..2026-10-07\"",
    }
    wrong_year(date, year) { "{date} is not in {year}", "{date} 不在 {year} 年" }
    move_date(year) {
        "move it to [years.{year}]; a range over the new year is written once in each year",
        "移到 [years.{year}]；跨年的一段，两年各写一次",
    }
    backwards(range) { "`{range}` ends before it begins", "`{range}` 的结束早于开始" }
    turn(first, last) { "write \"{first}..{last}\"", "写成 \"{first}..{last}\"" }
    two_lists(date, one, other) {
        "{date} is both in `{one}` and in `{other}`",
        "{date} 既在 `{one}` 里，又在 `{other}` 里",
    }
    keep_one() { "keep it in one of the two", "只保留一处" }
    no_monday() {
        "a make-up working day has Monday's hours, but Monday has none",
        "调休上班日用周一的工作时间，但周一没有工作时间",
    }
    own_hours(date, year) {
        "give the day its own hours, under [years.{year}.days]: {date} = [\"09:00-12:00\"]",
        "在 [years.{year}.days] 里单独写当天的时间，如 {date} = [\"09:00-12:00\"]",
    }
    days_overlap(one, hours, next, first) {
        "the hours of {one} ({hours}) run into those of {next} ({first})",
        "{one} 的工作时间（{hours}）与 {next} 的（{first}）重叠",
    }
}
