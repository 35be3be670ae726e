//! What people read about a calendar file: what is wrong, and what to do about it.

crate::messages! {
    no_toml(problem) {
        "this is not TOML: {problem}",
        "TOML 写法有误：{problem}",
    }
    fix_toml() {
        "texts and times stand in quotes; a key with a comma too: \"mon,wed\" = [\"09:00-12:00\"]",
        "文字和时间要加英文引号；带逗号的键也要加，如 \"mon,wed\" = [\"09:00-12:00\"]",
    }
    unknown_key(key) { "a calendar has no key `{key}`", "日历文件里没有 `{key}` 这一项" }
    did_you_mean(name) { "did you mean `{name}`?", "是不是想写 `{name}`？" }
    keys_are(names) { "the keys here are: {names}", "这里可以写：{names}" }
    no_table(key) { "`{key}` has to be a table", "`{key}` 应是一个表" }
    use_table() { "write it as a heading, such as [hours] or [years.2026]", "用方括号写成一节，如 [hours] 或 [years.2026]" }

    no_name() { "the calendar has no name", "日历没有名称" }
    bad_name() { "a calendar's name is a text, and not empty", "日历名称应是非空的文字" }
    add_name() { "write, for example, name = \"office\"", "例如写上 name = \"office\"" }

    bad_any_year() { "`any_year` is true or false", "`any_year` 只能是 true 或 false" }
    use_any_year() {
        "`any_year = true`, in place of [years], is for a calendar that knows no holidays",
        "不管节假日的日历才写 `any_year = true`，并且不再写 [years]",
    }
    both() { "`years` and `any_year = true` exclude each other", "`years` 与 `any_year = true` 不能同时写" }
    choose() {
        "leave `any_year` out; without it only the years listed here are known",
        "删去 `any_year`，日历就只认这里列出的年份",
    }
    no_years() { "the calendar lists no years", "日历没有列出任何年份" }
    add_year() {
        "add [years.2026] with its holidays, or `any_year = true` if there are none to mind",
        "加上 [years.2026] 并列出节假日；不管节假日的话，写 `any_year = true`",
    }
    bad_year(key) { "`{key}` is not a year", "`{key}` 不是年份" }
    write_year() { "write four digits: [years.2026]", "写四位数字：[years.2026]" }

    bad_weekday(name) { "`{name}` is not a weekday", "`{name}` 不是星期几的写法" }
    weekdays_are() {
        "weekdays are mon, tue, wed, thu, fri, sat, sun; several are mon-fri or \"mon,wed\"",
        "星期写作 mon、tue、wed、thu、fri、sat、sun；多天写作 mon-fri 或 \"mon,wed\"",
    }
    weekday_twice(name) { "`{name}` has its hours already", "`{name}` 的工作时间前面已经写过" }
    name_once() { "name each weekday once", "每个星期几只写一次" }

    no_shifts(key) { "the hours of `{key}` have to be a list", "`{key}` 的工作时间应是一个列表" }
    write_shifts() {
        "write [\"09:00-12:00\", \"13:30-18:00\"], or [] for a day off",
        "写成 [\"09:00-12:00\", \"13:30-18:00\"]；休息日写 []",
    }
    bad_shift(word) { "`{word}` is not a span of working time", "`{word}` 不是工作时段的写法" }
    write_shift() {
        "write two times of the clock: \"09:00-12:00\"; \"22:00-06:00\" ends on the next day",
        "写起止两个时刻，如 \"09:00-12:00\"；\"22:00-06:00\" 到次日结束",
    }
    overlap(shift, earlier) { "{shift} overlaps {earlier}", "{shift} 与 {earlier} 重叠" }
    runs_on(shift, day, first, next) {
        "{shift} on {day} runs into {first} on {next}",
        "{day}的 {shift} 与{next}的 {first} 重叠",
    }
    part_shifts() {
        "each has to end before the next begins, or as it begins",
        "前一段要在后一段开始之前（或同时）结束",
    }
    no_hours() { "the calendar has no working hours at all", "日历里没有任何工作时间" }
    add_hours() {
        "add [hours] with, for example, mon-fri = [\"09:00-18:00\"]",
        "加上 [hours]，例如 mon-fri = [\"09:00-18:00\"]",
    }

    no_dates(key) { "`{key}` has to be a list of dates", "`{key}` 应是日期列表" }
    bad_date(word) { "`{word}` is not a date that exists", "`{word}` 不是存在的日期" }
    write_dates() {
        "write dates such as \"2026-10-01\", and ranges as \"2026-10-01..2026-10-07\"",
        "日期写作 \"2026-10-01\"，连续几天写作 \"2026-10-01..2026-10-07\"",
    }
    wrong_year(date, year) { "{date} does not lie in {year}", "{date} 不在 {year} 年" }
    move_date(year) {
        "move it to [years.{year}]; a range over the new year is written once in each year",
        "移到 [years.{year}]；跨年的一段，两年各写一次",
    }
    backwards(range) { "`{range}` ends before it begins", "`{range}` 的结束早于开始" }
    turn(first, last) { "write \"{first}..{last}\"", "写成 \"{first}..{last}\"" }
    two_lists(date, one, other) {
        "{date} stands both in `{one}` and in `{other}`",
        "{date} 既在 `{one}` 里，又在 `{other}` 里",
    }
    keep_one() { "keep it in one of the two", "只保留一处" }
    no_monday() {
        "a make-up working day has Monday's hours, but Monday has none",
        "调休上班日用周一的工作时间，但周一没有工作时间",
    }
    own_hours(date, year) {
        "give the day hours of its own, under [years.{year}.days]: {date} = [\"09:00-12:00\"]",
        "在 [years.{year}.days] 里单独写当天的时间，如 {date} = [\"09:00-12:00\"]",
    }
    days_overlap(one, hours, next, first) {
        "the hours of {one} ({hours}) run into those of {next} ({first})",
        "{one} 的工作时间（{hours}）与 {next} 的（{first}）重叠",
    }
}
