//! What a published file can have wrong, and what to do about it.

crate::messages! {
    neither() { "this is neither a year in JSON nor an iCalendar file", "这既不是 JSON 格式的年份，也不是 iCalendar 文件" }
    forms() {
        "it begins with {{\"year\": 2027, \"days\": […]}}, or with BEGIN:VCALENDAR",
        "文件应以 {{\"year\": 2027, \"days\": […]}} 或 BEGIN:VCALENDAR 开头"
    }
    both(date) { "{date} is both off and a working day", "{date} 既是放假，又是上班" }
    keep_one() { "keep one of the two", "只保留一处" }

    not_utf8() { "this is not UTF-8", "这里不是 UTF-8 编码" }
    save_as_utf8() { "save the file as UTF-8", "请把文件另存为 UTF-8" }
    no_json(detail) { "this is not JSON: {detail}", "JSON 写法有误：{detail}" }
    write_json() {
        "write {{\"year\": 2027, \"days\": [{{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}}]}}",
        "请写成 {{\"year\": 2027, \"days\": [{{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}}]}}"
    }
    no_year() { "`year` must be a year, such as 2027", "`year` 应是年份，如 2027" }
    no_days() { "`days` must be a list of days", "`days` 应是日期列表" }
    no_date() { "`date` must be a date that exists, such as \"2027-01-01\"", "`date` 应是存在的日期，如 \"2027-01-01\"" }
    no_flag() { "`isOffDay` must be true (off) or false (a make-up working day)", "`isOffDay` 应是 true（放假）或 false（调休上班）" }
    no_name() { "`name` must be text", "`name` 应是文字" }
    write_day() {
        "write {{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}}",
        "请写成 {{\"name\": \"元旦\", \"date\": \"2027-01-01\", \"isOffDay\": true}}"
    }

    no_line() { "this is not a line of iCalendar", "这不是 iCalendar 的写法" }
    write_line() { "a line is NAME:value; one that goes on begins with a space", "每行应是 名称:值；续行以空格开头" }
    cut_off(part) { "the file ends within {part}", "文件在 {part} 中间就结束了" }
    fetch_again() { "it is not complete; fetch it again", "文件不完整，请重新下载" }
    wrong_end(part) { "END:{part} ends nothing that is open", "END:{part} 没有对应的 BEGIN" }
    no_start() { "this event has no DTSTART", "这个事件没有 DTSTART" }
    not_a_day(value) { "`{value}` is not a whole day", "`{value}` 不是全天的日期" }
    write_dates() {
        "write DTSTART;VALUE=DATE:20270101, and as DTEND the day after the last",
        "请写 DTSTART;VALUE=DATE:20270101，DTEND 写最后一天的次日"
    }
    no_end(value) { "`{value}` does not say when the event ends", "从 `{value}` 看不出事件何时结束" }
    not_after() { "this event does not end after it begins, or lasts longer than a year", "这个事件的结束不晚于开始，或超过一年" }
    repeats(name) { "an event with {name} is not understood", "带 {name} 的事件无法识别" }
    write_out() { "write out each event with its own dates", "请逐个写明每个事件的日期" }
    off_or_on(summary) { "`{summary}` does not say whether the day is off or worked", "从 `{summary}` 看不出是放假还是上班" }
    say_which() {
        "write 休, 假期 or `holiday` for a day off, and 班 or `workday` for a make-up working day; or remove the event",
        "放假请写 休、假期 或 holiday，调休上班请写 班 或 workday；无关的事件请删掉"
    }
}
