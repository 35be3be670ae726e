//! Messages of this room.

crate::messages! {
    // The file
    not_utf8() { "the file is not UTF-8 from this line on", "文件从这一行起不是 UTF-8 编码" }
    save_as_utf8() {
        "save it again as UTF-8; a spreadsheet calls it \"CSV UTF-8\"",
        "请另存为 UTF-8 编码，在表格软件里选“CSV UTF-8”",
    }
    no_headings() { "the file is empty: it has no line of headings", "文件是空的，没有表头" }
    heading_twice(name) { "the heading `{name}` appears twice", "表头 `{name}` 出现了两次" }
    csv_broken(why) { "the file cannot be read as CSV: {why}", "无法按 CSV 读取文件：{why}" }
    ragged(cells, headings) {
        "cells in this row: {cells}, headings: {headings}",
        "这一行有 {cells} 格，表头有 {headings} 格",
    }
    quote_commas() {
        "put a cell that contains a comma or a line break in quotation marks",
        "格内有逗号或换行时，请用英文双引号把整格括起来",
    }
    open_quote() {
        "a quotation mark in this row is not closed, so the rest of the file is read as part of the row",
        "这一行有一个双引号没有收尾，后面的内容都被并进来了",
    }
    no_workbook() {
        "this is not a readable Excel workbook (.xlsx); save it again as .xlsx, or as csv",
        "这不是可读的 Excel 工作簿（.xlsx），请重新另存为 .xlsx 或 csv",
    }
    locked_workbook() { "the workbook is locked with a password; save it without one", "工作簿设有密码，请另存为不加密的文件" }
    too_large_unpacked(mebibytes) {
        "the workbook unpacks to more than {mebibytes} MiB; split it, or save the sheet as csv",
        "工作簿解压后超过 {mebibytes} MiB，请拆分，或把工作表另存为 csv",
    }
    no_sheet(name) { "the workbook has no sheet `{name}`", "工作簿里没有工作表 `{name}`" }
    sheets_are(all) { "its sheets are {all}", "其中的工作表有 {all}" }
    cell_error(error) { "the cell has Excel's error {error}", "这一格是 Excel 的错误值 {error}" }
    mend_cell() { "correct the formula, or type in its result", "请改正公式，或直接填入结果" }
    too_many_columns(columns, most) {
        "the table has {columns} columns; at most {most} are read",
        "表格有 {columns} 列，最多可读 {most} 列",
    }
    too_many_rows(most) {
        "the table has more than {most} rows; split it",
        "表格超过 {most} 行，请拆分",
    }
    too_many_cells(most) {
        "more than {most} cells of the table are not empty; split it",
        "表格中有内容的单元格超过 {most} 个，请拆分",
    }
    too_long_line(mebibytes) {
        "the line has more than {mebibytes} MiB; no case is that long",
        "这一行超过 {mebibytes} MiB，没有一件案卷会这么长",
    }
    false_count() {
        "the workbook claims to have more texts than fit in it; save it again, or save the sheet as csv",
        "工作簿声称的文本数量超过文件所能容纳，请重新保存，或把工作表另存为 csv",
    }
    too_many_styles() {
        "the workbook has more styles than a spreadsheet can have; save the sheet as csv",
        "工作簿的样式数量超出电子表格的上限，请把工作表另存为 csv",
    }
    no_json() { "the line is not JSON from here on", "这一行从此处起不是 JSON" }
    cut_json() { "the line ends before its object does", "这一行的对象没有写完" }
    deep_json() {
        "lists and objects are nested too deeply from here on",
        "从此处起列表或对象嵌套过深",
    }
    no_object() { "the line is not an object in braces", "这一行不是花括号里的对象" }
    no_cell(key) {
        "`{key}` has a value that does not fit in a cell: a list of lists, or of objects",
        "`{key}` 里是嵌套的列表或对象，无法当作一格来读",
    }

    // The map
    column() { "column of ours", "可对应的列" }
    kind() { "kind of feedback", "反馈类型" }
    event() { "event", "事件" }
    no_toml(why) { "this is not TOML: {why}", "这里不是 TOML：{why}" }
    dates_have_formats(name) {
        "`{name}` is a column of dates: write their format under [dates]",
        "`{name}` 是日期列，写法请放在 [dates] 下",
    }
    holds_no_dates(name) { "`{name}` is not a column of dates", "`{name}` 不是日期列" }
    no_format(format) { "`{format}` does not contain year, month and day", "按 `{format}` 读不出年月日" }
    strftime() {
        "use the codes of strftime, such as \"%m/%d/%Y\" or \"%Y-%m-%d %H:%M:%S\"",
        "请用 strftime 的写法，例如 \"%Y/%m/%d %H:%M\"",
    }
    no_default(name) { "`{name}` cannot have a default: it differs from row to row", "`{name}` 每行不同，不能设默认值" }

    // The headings
    same_meaning(one, other, ours) {
        "`{one}` and `{other}` both mean `{ours}`",
        "`{one}` 和 `{other}` 都对应 `{ours}`",
    }
    no_such_column(name) { "there is no column `{name}`", "缺少 `{name}` 列" }
    name_the_column(section, name) {
        "say in the map which column it is: `theirs = \"{name}\"` under {section}",
        "请在映射文件的 {section} 下写明是哪一列：`对方列名 = \"{name}\"`",
    }
    unknown_column(name) { "the column `{name}` is unknown", "不认识 `{name}` 这一列" }
    name_or_ignore(section, name) {
        "name our column for it under {section} in the map, or ignore it: [ignore] columns = [\"{name}\"]",
        "请在映射文件的 {section} 下对应到本系统的列；不需要就忽略：[ignore] columns = [\"{name}\"]",
    }

    // The cells
    did_you_mean(near) { "did you mean `{near}`?", "是不是想写 `{near}`？" }
    none_of(words, of) { "`{words}` is not a known `{of}`", "`{of}` 里没有 `{words}`" }
    one_of(of, all) {
        "`{of}` is one of {all}; translate other words under [values.{of}] in the map",
        "`{of}` 可以是 {all}；对方的叫法请在映射文件的 [values.{of}] 下对应",
    }
    map_the_values(of) { "translate such values under [values.{of}] in the map", "对方的写法请在映射文件的 [values.{of}] 下对应" }
    no_score(words) { "`{words}` is not a score from 1 to 5", "`{words}` 不是 1 到 5 的评分" }
    no_money(words) { "`{words}` is not an amount such as 120 or 120.50", "`{words}` 不是金额，应如 120 或 120.50" }
    no_words(of) { "`{of}` is empty", "`{of}` 是空的" }
    no_number(words) { "`{words}` is not a number", "`{words}` 不是数字" }
    no_id(words) { "`{words}` is not the id of a case, such as 20261122-7k3q9x", "`{words}` 不是案件编号，应如 20261122-7k3q9x" }
    map_id() {
        "an id of another system is `external`: id = \"external\" under [columns] in the map",
        "其他系统的编号应作 `external`：在映射文件的 [columns] 下写 id = \"external\"",
    }
    foreign_status(words) { "there is no status `{words}` in this system", "本系统没有 `{words}` 这个状态" }
    ignore_status() {
        "the status follows from the events' dates: [ignore] columns = [\"status\"] in the map",
        "状态由各步骤的时间得出，请在映射文件里忽略此列：[ignore] columns = [\"status\"]",
    }
    no_date(words) { "`{words}` is not an existing date and time", "`{words}` 不是存在的日期时间" }
    no_date_of(words, format) {
        "`{words}` is not an existing date in the format `{format}`",
        "`{words}` 按 `{format}` 读不出存在的日期",
    }
    say_the_format() {
        "write 2026-11-22T09:31:00+08:00 or 2026-11-22 09:31, or give the format under [dates] in the map",
        "请写成 2026-11-22 09:31 或 2026-11-22T09:31:00+08:00，或在映射文件的 [dates] 下写明格式",
    }
    left_out_by_clocks(words, zone) {
        "`{words}` does not exist in {zone}: the clocks went forward then",
        "{zone} 没有 `{words}` 这个时刻：当时拨快了时钟",
    }

    // The rows
    empty(name) { "the row has no `{name}`", "这一行没有 `{name}`" }
    fill_in(name) {
        "fill in the cell, or give all such rows one value: [defaults] {name} = \"...\" in the map",
        "请补上，或在映射文件里统一给定：[defaults] {name} = \"...\"",
    }
    fill_cell(name) { "fill in `{name}`", "请补上 `{name}`" }
    fill_in_either(one, other) { "fill in `{one}` or `{other}`", "请补上 `{one}` 或 `{other}`" }
    twice(column, value, line) {
        "`{column}` {value} already appears in line {line}",
        "`{column}` {value} 在第 {line} 行已经出现过",
    }
    lacks(event, field) { "`{event}` needs `{field}`", "`{event}` 需要 `{field}`" }
    nobody_assigned() {
        "`assigned` names neither a department nor an owner",
        "`assigned` 既没有部门也没有负责人",
    }
    nothing_amended() { "`amended` corrects nothing", "`amended` 没有更正任何内容" }
    does_not_take(event, field) { "`{event}` has no `{field}`", "`{event}` 没有 `{field}` 这一项" }
    empty_or_ignore(field) {
        "leave the cell empty in such rows, or ignore the column: [ignore] columns in the map",
        "这类行请留空 `{field}`，或在映射文件的 [ignore] columns 里忽略此列",
    }
    received_twice(first) {
        "the case was already received at {first}",
        "该案件已在 {first} 受理",
    }
    nobodys_event(external, path) {
        "the case `{external}` is neither in {path} nor in the ledger",
        "{path} 和台账里都没有案件 `{external}`",
    }

    // Written into cases
    not_recorded() { "not recorded (imported)", "导入时未注明" }
    imported() { "imported", "导入" }

    // Names
    not_addable(list, name) {
        "the {list} `{name}` cannot be added to fb.toml: it belongs to the policy",
        "无法把{list} `{name}` 加进 fb.toml：它由制度文件规定",
    }
    no_table(key) { "`{key}` in fb.toml is not a table", "fb.toml 里的 `{key}` 不是表" }
}
