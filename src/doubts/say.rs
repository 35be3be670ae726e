//! Messages about doubts.

use crate::lang::Text;

/// Some paths, and how many more there are.
pub(super) fn others(paths: String, more: usize) -> Text {
    if more == 0 { Text::same(paths) } else { and_so_many(paths, more) }
}

crate::messages! {
    and(what, how) { "{what}; {how}", "{what}；{how}" }
    in_several(short, others, how) {
        "the case {short} is in another file too: {others}; {how}",
        "案卷 {short} 还出现在另一个文件：{others}；{how}"
    }
    and_so_many(paths, n) { "{paths} and {n} more", "{paths} 等，另有 {n} 个" }
    joined() { "counted once, as `fb mend` merges them", "按 `fb mend` 合并后的内容只计一次" }
    some_joined(n) {
        "counted once, merged from the {n} that can be read",
        "由其中可读的 {n} 个合并，只计一次"
    }
    not_joined(path) {
        "they cannot be merged, so only the one with the longest history is counted: {path}",
        "无法合并，只计入记录最多的一个：{path}"
    }
    two_cases(n) {
        "these are {n} cases with the same id, each is counted; `fb mend` gives a new id",
        "其实是用了同一编号的 {n} 件案卷，分别计入；`fb mend` 会另给编号"
    }
    one_read(path) { "only {path} can be read and is counted", "只有 {path} 可读，只计入这一个" }
    none_read() { "none of them can be read, so it is not counted", "都读不出来，没有计入" }
    not_counted() { "not counted", "没有计入" }
    counted_once() { "counted once", "只计一次" }
    not_before() { "not counted before that time", "到那时才计入" }
    by_stamps() { "counted by its stamp", "按其时间计入" }
    by_history() { "counted as the history says", "按记录计入" }
    by_its_id() { "counted under the id in the file", "按文件里的编号计入" }

    missing_year(what, unknown, year) {
        "{what}: {unknown}; `fb calendar add FILE` adds {year}",
        "{what}：{unknown}；公布的 {year} 年安排可用 `fb calendar add 文件` 添加"
    }
    unknown_clocks(n) { "{n} unknown and in no figure", "{n}未知，不计入任何数字" }
    no_working_times() { "the working times that need it are n/a", "要用到该年的工时无法计算" }

    none(looked) { "no doubts; {looked}", "没有疑点；{looked}" }
    some(doubts, looked) { "{doubts}; {looked}", "{doubts}；{looked}" }
    looked_at(files) { "looked at {files}", "已查看 {files}" }
    line(path, message, moves) { "{path}: {message} (affects {moves})", "{path}：{message}（影响：{moves}）" }
    idle(path, message) { "{path}: {message} (affects no figure here)", "{path}：{message}（不影响这里的数字）" }
    more(n) { "and {n} more: `fb check`", "另有 {n} 处，见 `fb check`" }
    not_whole(missing) {
        "the ledger could not be read completely: {missing} not in the figures",
        "台账没有读全：{missing}没有计入"
    }
    not_seen() {
        "the ledger could not be read completely: the figures do not include the places named here",
        "台账没有读全：这里列出的位置，其内容没有计入"
    }
    in_doubt(n) { "the figures are in doubt: {n}", "数字存疑：{n}" }
    mend() { "`fb check` says more, and `fb mend` merges the files of a case", "`fb check` 有详细说明，`fb mend` 可合并同一案卷的文件" }
}
