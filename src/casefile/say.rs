//! Messages about a case file that cannot be read or appended to.

use crate::lang::Text;

crate::messages! {
    // The file as a whole
    too_large(size, most) {
        "the file is {size} MiB long; a case file has at most {most} MiB",
        "文件有 {size} MiB，个案文件最多 {most} MiB",
    }
    attach_instead() {
        "attach long texts to the case with `fb attach`",
        "篇幅很长的内容请用 `fb attach` 作为附件保存",
    }
    utf16() { "the file is UTF-16, not UTF-8", "文件是 UTF-16 编码，应为 UTF-8" }
    not_utf8(byte) { "byte {byte} is not UTF-8", "字节 {byte} 不是 UTF-8 编码" }
    save_as_utf8() {
        "open it in an editor and save it as UTF-8 (GBK and UTF-16 are other encodings)",
        "请用编辑器打开，另存为 UTF-8 编码（不要用 GBK 或 UTF-16）",
    }
    nul() { "a NUL character, which is not allowed in a text", "这里有空字符（NUL），正常的文本里没有它" }
    delete_nul() {
        "delete it; if there are many, the file is damaged: `git log` has its earlier states",
        "请删掉它；如果有很多，说明文件已损坏，可从 `git log` 找回以前的内容",
    }
    conflict(marker) {
        "git's conflict marker `{marker}` was left behind",
        "git 合并冲突的标记 `{marker}` 还留在这里",
    }
    solve_conflict() {
        "keep the correct lines and delete the markers; of a history, keep both sides",
        "保留正确的行，删掉标记；history 两边的记录都要留",
    }

    // YAML
    nothing() { "the file is empty", "文件是空的" }
    not_keys() {
        "a case file consists of lines `key: value`",
        "个案文件应由 `键: 值` 这样的行组成",
    }
    too_deep(most) {
        "lists and maps are nested more than {most} deep",
        "列表和映射嵌套超过 {most} 层",
    }
    too_many(most) {
        "the file has more than {most} values; a case has at most a few thousand",
        "文件中的值超过 {most} 个；正常个案至多几千个",
    }
    several() {
        "a second document begins here; a file holds one case",
        "从这里开始是第二个文档；一个文件只放一件个案",
    }
    one_file_each() {
        "delete the line `---`, or give the other case a file of its own",
        "请删掉 `---` 这一行，或把另一件个案放到单独的文件里",
    }
    tab() { "a tab indents this line", "这一行用制表符（Tab）缩进" }
    spaces_instead() { "indent with spaces", "请改用空格缩进" }
    second_colon() { "a `: ` where a key is not allowed", "这里的 `: ` 前面不能是键" }
    quote_colon() {
        "put a value that contains `: ` in quotes, and indent a key like its neighbours",
        "值里如有 `: `，请整个加上引号；键要和同级的键对齐",
    }
    open_quote() { "the quotes that begin here do not end", "从这里开始的引号没有结束" }
    close_quote() {
        "add the closing quote; a quote inside is written `''` between `'` and `\\\"` between `\"`",
        "请补上结束的引号；引号里面再用引号时，单引号内写 `''`，双引号内写 `\\\"`",
    }
    after_quote() { "something follows the closing quote", "结束的引号后面还有内容" }
    quote_whole() { "put the whole value in quotes", "请把整个值放进引号里" }
    first_character() {
        "a value without quotes cannot begin with this character",
        "不加引号的值不能以这个字符开头",
    }
    misplaced() { "this line does not fit the lines above it", "这一行和上面的行接不上" }
    align() {
        "write `key: value`, indented like the keys around it; an event begins with `- `",
        "请写成 `键: 值`，并与同级的键对齐；每条记录以 `- ` 开头",
    }
    bracket() { "the brackets do not match", "括号不配对" }
    close_bracket() {
        "close each `[` with `]` and each `{{` with `}}`, or put a value that begins with one in quotes",
        "每个 `[` 要有 `]`，每个 `{{` 要有 `}}`；值以括号开头时请加引号",
    }
    escape() { "an unknown `\\` sequence in double quotes", "双引号里有不认识的 `\\` 写法" }
    escape_escape() {
        "write `\\\\` for a backslash, or use single quotes",
        "反斜杠请写成 `\\\\`，或改用单引号",
    }
    stray_mark() { "an invisible U+FEFF in the text", "文字中间有看不见的字符 U+FEFF" }
    delete_it() { "delete it", "请删掉它" }
    comment() { "` #` begins a comment in the middle of a value", "` #` 在值的中间变成了注释" }
    not_yaml() { "this is not YAML", "这里不符合 YAML 语法" }
    parser_says(says) { "the YAML parser says: {says}", "YAML 解析器的说明：{says}" }
    reference() {
        "a reference (`*name`, `<<`); in a case every value is written where it is used",
        "这里是引用（`*名字`、`<<`）；个案文件里每个值都要直接写出来",
    }
    write_it_out() { "write the value out", "请直接写出这个值" }

    // Keys and values
    no_key() { "a key is one word", "键应当是一个词" }
    duplicate(key, line) { "`{key}` appears twice; first in line {line}", "`{key}` 重复，第 {line} 行已经有了" }
    keep_one() { "keep one of the two", "请只保留一个" }
    missing(key) { "`{key}` is missing", "缺少 `{key}`" }
    add(line) { "add a line `{line}`", "请加上一行 `{line}`" }
    empty(key) { "`{key}` is empty", "`{key}` 是空的" }
    one_text(key) { "`{key}` takes one text", "`{key}` 应当是一段文字" }
    texts(key) { "`{key}` takes a text or a list of texts", "`{key}` 应当是一段文字，或由文字组成的列表" }
    keys_below(key) { "below `{key}` there must be lines `key: value`", "`{key}` 下面应是 `键: 值` 这样的行" }
    did_you_mean(word) { "did you mean `{word}`?", "是不是想写 `{word}`？" }
    one_of(words) { "one of {words}", "可选：{words}" }
    unknown_kind(word) { "there is no kind `{word}`", "没有 `{word}` 这种类型" }
    bad_id(word) { "`{word}` is not an id", "`{word}` 不是有效的编号" }
    id_form() {
        "an id is a date, a hyphen and six characters of 0-9 and a-z without i, l, o, u: `20261122-7k3q9x`",
        "编号由日期、连字符和六个字符组成（0-9、a-z，不含 i、l、o、u），如 `20261122-7k3q9x`",
    }
    not_a_choice(key, word) { "`{key}` cannot be `{word}`", "`{key}` 不能是 `{word}`" }
    not_a_flag(key, word) { "`{key}` is `true` or `false`, not `{word}`", "`{key}` 只能是 `true` 或 `false`，不能是 `{word}`" }
    not_a_score(key, word) { "`{key}` is a whole number from 1 to 5, not `{word}`", "`{key}` 应为 1 到 5 的整数，不能是 `{word}`" }
    not_a_day(key, word) { "`{key}` is a day such as `2026-12-05`, not `{word}`", "`{key}` 应为日期，如 `2026-12-05`，不能是 `{word}`" }
    not_money(key, word) { "`{key}` is an amount such as `120` or `120.50`, not `{word}`", "`{key}` 应为金额，如 `120` 或 `120.50`，不能是 `{word}`" }

    // Stamps
    no_offset(word) { "`{word}` has no offset from UTC", "`{word}` 没有写时区偏移" }
    add_offset(word) { "add the offset of the place: `{word}`", "请加上当地的时区偏移：`{word}`" }
    no_such_date(date) { "there is no date `{date}`", "没有 `{date}` 这一天" }
    no_such_time(time) { "there is no time `{time}`", "没有 `{time}` 这个时刻" }
    no_time(word) { "`{word}` is a date without a time", "`{word}` 只有日期，没有时刻" }
    not_a_stamp(word) { "`{word}` is not a date and time", "`{word}` 不是日期和时刻" }
    stamp_form() { "write it like `2026-11-22T09:31:00+08:00`", "请写成 `2026-11-22T09:31:00+08:00` 这样" }

    // History
    no_history() { "`history` has no events", "`history` 里没有记录" }
    not_events() { "`history` is a list of events", "`history` 应当是一列记录" }
    event_form() {
        "an event begins with `- received: 2026-11-22T09:31:00+08:00`; its other keys are below the name",
        "每条记录以 `- received: 2026-11-22T09:31:00+08:00` 开头，其余的键写在下面并与之对齐",
    }
    not_received(name) { "the history begins with `{name}`, not with `received`", "第一条记录是 `{name}`，应当是 `received`" }
    received_first() { "put the event `received` first", "请把 `received` 放在最前面" }
    no_name() { "this entry does not name an event", "这条记录没有写是什么事" }
    unknown_event(word) { "there is no event `{word}`", "没有 `{word}` 这种记录" }
    two_names(first, second) { "one entry names two events, `{first}` and `{second}`", "一条记录里有两件事：`{first}` 和 `{second}`" }
    split_event() { "begin the second one with its own `- `", "请给第二件事另起一条，以 `- ` 开头" }
    event_needs(event, key) { "`{event}` needs `{key}`", "`{event}` 需要写明 `{key}`" }
    nobody_assigned() { "`assigned` names neither a `department` nor an `owner`", "`assigned` 既没有 `department` 也没有 `owner`" }
    nothing_amended() { "`amended` corrects nothing", "`amended` 没有更正任何内容" }
    amend_something() {
        "add the key to correct, such as `category`, with its right value",
        "请加上要更正的键（如 `category`）和正确的值",
    }

    // Additions
    unreadable_before() { "the file cannot be read, so nothing is added to it", "文件读不出来，没有写入" }
    check_first() { "`fb check` says what is wrong with it", "请先用 `fb check` 查看问题所在" }
    history_in_brackets() {
        "`history` is in brackets (`[ … ]`), so nothing can be added without changing other lines",
        "`history` 写在方括号里（`[ … ]`），要加记录就得改动别的行",
    }
    history_as_lines() {
        "write each event on lines of its own that begin with `- `",
        "请把每条记录改成以 `- ` 开头的若干行",
    }
    would_change() {
        "the event cannot be added without changing what the file already says",
        "加上这条记录会改变文件原有的内容",
    }
    lay_out() {
        "format `history` as `fb new` does, at the end of the file, and try again",
        "请把 `history` 放到文件末尾，按 `fb new` 的格式排好，再试一次",
    }
}

/// A word of the file, short enough for a sentence.
pub(super) fn shown(word: &str) -> String {
    const MOST: usize = 60;
    let line: String = word.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).take(MOST).collect();
    if word.chars().nth(MOST).is_some() { line + "…" } else { line }
}

/// A list of words, each as code.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> Text {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    Text::new(words.join(", "), words.join("、"))
}
