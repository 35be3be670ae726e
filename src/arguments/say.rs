//! Messages of this room.

crate::messages! {
    bad_moment(flag, word) { "{flag}: `{word}` is not a moment", "{flag}：`{word}` 不是时间" }
    moment_help() {
        "write 09:30, \"2026-11-22 09:30\" or 2026-11-22T09:30:00+08:00",
        "可写 09:30、\"2026-11-22 09:30\" 或 2026-11-22T09:30:00+08:00"
    }
    which_format(path) { "the ending of {path} is not that of a format", "从 {path} 的扩展名看不出格式" }
    name_format() {
        "name it .txt, .md, .csv, .json, .html or .xlsx, or say --format",
        "请用 .txt、.md、.csv、.json、.html 或 .xlsx，或用 --format 指明"
    }
    workbook_on_terminal() { "an Excel workbook cannot be read on a terminal", "Excel 工作簿无法在终端里显示" }
    name_a_file() { "name a file for it: -o report.xlsx", "请指定文件：-o 报告.xlsx" }
    no_date(word) { "`{word}` is not a date", "`{word}` 不是日期" }
    date_help() { "write it as 2026-10-01", "请写成 2026-10-01" }
    no_kind(word) { "there is no kind of feedback `{word}`", "没有 `{word}` 这种反馈" }
    no_preset(word) { "there is no rule book `{word}`", "没有名为 `{word}` 的制度" }
}
