//! Messages about a TOML file.

crate::messages! {
    syntax(detail) { "this is not TOML: {detail}", "TOML 写法有误：{detail}" }
    syntax_help() {
        "put texts and times in quotation marks, and also keys that contain a comma or Chinese: \"mon,wed\" = [\"09:00-12:00\"]",
        "文字和时间要加英文引号；键里有逗号或汉字时也要加，如 \"mon,wed\" = [\"09:00-12:00\"]"
    }
    twice(key) { "`{key}` appears twice", "`{key}` 写了两次" }
    keep_one() { "keep one of the two", "只保留一处" }
    unknown_key(key, table) { "`{key}` is not a key of {table}", "{table} 里没有 `{key}` 这一项" }
    unknown_key_here(key) { "`{key}` is not a key of this file", "本文件里没有 `{key}` 这一项" }
    missing_key_here(key) { "this file needs `{key}`", "本文件缺少 `{key}`" }
    missing_key(key, table) { "{table} needs `{key}`", "{table} 缺少 `{key}`" }
    unknown_word(what, word) { "there is no {what} `{word}`", "没有名为 `{word}` 的{what}" }

    wrong_kind(key, wanted, found) { "{key} must be {wanted}, not {found}", "{key} 应是{wanted}，而不是{found}" }
    write(line) { "write it like this: {line}", "请这样写：{line}" }
    key(key) { "`{key}`", "`{key}`" }
    each_of(key) { "each entry of `{key}`", "`{key}` 的每一项" }
    text() { "text in quotation marks", "引号里的文字" }
    texts() { "text in quotation marks, or a list of it", "引号里的文字，或由它们组成的列表" }
    list() { "a list in square brackets", "方括号里的列表" }
    sections(key) { "one or more sections headed [[{key}]]", "以 [[{key}]] 开头的若干节" }
    flag() { "true or false", " true 或 false" }
    number() { "a number", "数字" }
    label() { "a name in quotation marks, or in two languages", "引号里的名称，或中英两种名称" }
    a_text() { "text", "文字" }
    a_date() { "a date", "日期" }
    a_list() { "a list", "列表" }
    a_table() { "a table", "表" }

    bad_share(key) { "`{key}` must be between 0 and 1, such as 0.75", "`{key}` 应在 0 与 1 之间，例如 0.75" }
    bad_count(key) { "`{key}` must be a whole number, 0 or more", "`{key}` 应是不小于 0 的整数" }
}
