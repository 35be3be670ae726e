//! Messages of this room.

crate::messages! {
    clock_behind(short, newest) {
        "this machine's clock is behind the last stamp of {short} ({newest}); stamped a second after that",
        "本机时钟早于 {short} 的最后一条记录（{newest}），已按其后一秒记录"
    }
    before_receipt(short, received) { "{short} was received only at {received}", "{short} 的受理时间是 {received}，不能更早" }
    in_future(at) { "{at} is in the future", "{at} 还没有到" }
    at_help() { "--at says when it happened, if not now", "--at 填写实际发生时间，不填即为现在" }
    bad_flag(flag, word) { "{flag}: `{word}` is not allowed", "{flag}：不能填 `{word}`" }
    wants_score() { "a whole number from 1 (worst) to 5 (best)", "请填 1（最差）到 5（最好）的整数" }
    wants_money() { "an amount such as 120 or 120.50", "请填金额，如 120 或 120.50" }
    wants_day() { "a day from today on, such as 2026-12-05, or a number of days such as 3d or 3wd", "请填不早于今天的日期，如 2026-12-05；或天数，如 3d、3wd" }
    day_is_over(flag, day) { "{flag}: {day} is over", "{flag}：{day} 已经过去" }
    wants_words() { "it must not be empty", "不能为空" }
    unknown_name(list, word) { "there is no {list} `{word}`", "没有名为 `{word}` 的{list}" }
    add_name(list, word) { "`fb shop add {list} {word}` adds it", "可用 `fb shop add {list} {word}` 添加" }
    of_a_void_case(short) { "{short} is void itself: name the case that stays", "{short} 本身已作废，请写保留的那件案卷" }
    nothing_amended() { "nothing to amend is given", "没有要更正的内容" }
    amend_help() { "give what is to be corrected, such as --category product/quality", "请指明要更正的项目，如 --category product/quality" }
    required(field) { "{field} (required)", "{field}（必填）" }
    optional(field) { "{field} (may be left empty)", "{field}（可不填）" }
    clause_requires(clause) { "the policy requires this ({clause})", "制度规定必须填写（{clause}）" }
    clause_asks(clause) { "the policy asks for this ({clause})", "制度要求询问（{clause}）" }
    cannot_start(clock) { "until this is said, the limit “{clock}” cannot start", "填了才开始计“{clock}”时限" }
    cannot_start_limit(clock, limit) {
        "until this is said, the limit “{clock}” ({limit}) cannot start",
        "填了才开始计“{clock}”时限（{limit}）"
    }
    moved(from, to) { "{from} → {to}", "{from} → {to}" }
    do_step(command) { "do it with: {command}", "补上这一步：{command}" }
    not_closed_yet(missing) { "not closed yet; missing: {missing}", "尚未归档，还缺：{missing}" }
    stayed(status, event) { "{status}, {event}", "{status}，{event}" }
    desk(role, person) { "{role}: {person}", "{role}：{person}" }
    late_by(clock, length) { "{clock} late by {length}", "“{clock}”已超时 {length}" }
    due_in(clock, length) { "{clock} due in {length}", "“{clock}”还剩 {length}" }
    due_unknown(clock, why) { "{clock} unknown: {why}", "“{clock}”期限未知：{why}" }
    paused(clock) { "{clock} is paused", "“{clock}”暂停计时" }
    no_random(why) { "the system gives no random numbers: {why}", "系统无法产生随机数：{why}" }
    cannot_stamp(path) { "{path}: no event can be added to this file", "{path}：无法在这个文件里追加记录" }
}
