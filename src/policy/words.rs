//! What this room tells people.

crate::messages! {
    toml_syntax(detail) { "this is not TOML: {detail}", "TOML 语法错误：{detail}" }
    unknown_key(key, table) { "`{key}` means nothing in {table}", "{table} 里没有 `{key}` 这一项" }
    missing_key(key, table) { "{table} needs `{key}`", "{table} 缺少 `{key}`" }
    the_file() { "this file", "本文件" }
    in_table(name) { "[{name}]", "[{name}]" }
    wants_string(key) { "`{key}` wants text in quotation marks", "`{key}` 要写成引号里的文字" }
    wants_strings(key) { "`{key}` wants text in quotation marks, or a list of it", "`{key}` 要写成引号里的文字，或它们的列表" }
    wants_flag(key) { "`{key}` wants true or false", "`{key}` 只能是 true 或 false" }
    wants_table(key) { "`{key}` wants a table", "`{key}` 要写成一个表" }
    wants_number(key) { "`{key}` wants a number", "`{key}` 要写成数字" }
    wants_label(key) {
        "`{key}` wants a name in quotation marks, or {{ en = \"…\", zh = \"…\" }}",
        "`{key}` 要写成引号里的名称，或 {{ en = \"…\", zh = \"…\" }}"
    }
    bad_zone(name) { "there is no time zone `{name}`", "没有 `{name}` 这个时区" }
    zone_example() { "a name of the IANA list, such as Asia/Shanghai", "请用 IANA 时区名，例如 Asia/Shanghai" }
    bad_language(word) { "`{word}` is no language of fb: zh or en", "不支持语言 `{word}`：只有 zh 和 en" }
    bad_month(word) { "`{word}` is not a month such as 2026-10", "`{word}` 不是月份，应如 2026-10" }
    bad_date(word) { "`{word}` is not a date such as 2026-10-01", "`{word}` 不是日期，应如 2026-10-01" }
    bad_limit(word) { "`{word}` is not a time limit", "`{word}` 不是时限" }
    limit_example() {
        "15m 48h 7d count elapsed time and calendar days; 90wm 8wh 3wd count working time and working days",
        "15m、48h、7d 按自然时间和自然日计；90wm、8wh、3wd 按工作时间和工作日计"
    }
    bad_warn() { "`warn` is a share between 0 and 1, such as 0.75", "`warn` 是 0 到 1 之间的比例，例如 0.75" }
    bad_share() { "`share` is a share between 0 and 1, such as 0.7", "`share` 是 0 到 1 之间的比例，例如 0.7" }
    too_many_clocks(count, most) {
        "there are {count} clocks, and a policy has at most {most}",
        "共写了 {count} 个时限，一份办法最多 {most} 个"
    }
    duplicate_target(name) { "two targets are called `{name}`", "有两个目标都叫 `{name}`" }
    handover() { "hand-over", "派单期限" }
    reserved_clock(name) { "`{name}` is the clock of the deadlines that hand-overs name", "`{name}` 专指派单时写明的期限" }
    handover_help() { "set what ends it, and when it warns, in [handover]", "它的止点和预警比例请写在 [handover] 里" }
    bad_trigger(word) { "`{word}` is neither an event nor a milestone of this policy", "`{word}` 既不是事件，也不是本制度的节点" }
    no_value(event) { "`{event}` has no value to name behind a colon", "`{event}` 后面不能带冒号取值" }
    bad_value_of(value, event) { "`{event}` never says `{value}`", "`{event}` 没有 `{value}` 这个取值" }
    bad_status(word) { "there is no status `{word}`", "没有 `{word}` 这个状态" }
    bad_kind(word) { "there is no kind of feedback `{word}`", "没有 `{word}` 这种反馈" }
    unknown_name(list, word) { "there is no {list} `{word}`", "没有名为 `{word}` 的{list}" }
    no_calendar(name) { "there is no calendar `{name}` in calendar/", "calendar/ 里没有名为 `{name}` 的日历" }
    which_calendar() {
        "this limit counts working time, and the ledger has not exactly one calendar: name one with `calendar`",
        "这个时限按工作时间计，而台账里的日历不是恰好一个：请用 `calendar` 指明"
    }
    milestone_is_event(word) { "`{word}` is the name of an event and cannot be a milestone", "`{word}` 是事件名，不能作节点名" }
    level_unknown(word) { "`{word}` is not one of the levels", "`{word}` 不在升级级别之内" }
    duplicate_calendar(name) { "two calendars are called `{name}`", "有两个日历都叫 `{name}`" }
    bad_policy_file(name) {
        "`{name}` is not the name of a policy: base.toml, or the day from which it holds, such as 2026-07-01.toml",
        "`{name}` 不是制度文件名：应为 base.toml，或生效日期，如 2026-07-01.toml"
    }
    no_base() { "policy/base.toml is missing: the rules from the beginning", "缺少 policy/base.toml：一开始就生效的规则" }
    ended(short, status) { "{short} has ended ({status})", "{short} 已结束（{status}）" }
    reopen_first(short) { "take it up again first: fb reopen {short} --reason …", "请先重新受理：fb reopen {short} --reason …" }
    not_ended(short, status) { "{short} has not ended: it is {status}", "{short} 还没有结束，目前是“{status}”" }
    not_waiting(short, status) { "{short} does not wait: it is {status}", "{short} 不在等客户，目前是“{status}”" }
    nothing_proposed(short, status) {
        "no remedy of {short} waits for approval: it is {status}",
        "{short} 没有待审批的方案，目前是“{status}”"
    }
    already_received(short) { "{short} is received already", "{short} 已经受理过" }
    step_missing(short, event, step) {
        "{short} cannot be {event} yet: the step `{step}` is missing",
        "{short} 还不能“{event}”：缺少“{step}”这一步"
    }
    saying(step, value) { "{step}: {value}", "{step}：{value}" }
    do_step(command) { "do it with: {command}", "补上这一步：{command}" }
    rule_asks(clause) { "the policy asks for it ({clause})", "制度要求如此（{clause}）" }
    self_approved(person) { "{person} proposed this remedy and cannot approve it", "{person} 是方案拟定人，不能批准自己的方案" }
    who_can_approve(roles) { "it is approved by: {roles}", "应由以下职务批准：{roles}" }
    role_needed() { "in which role is it approved?", "以什么职务批准？" }
    role_not_asked(role) { "nobody asks the {role} to approve this", "这个方案不需要{role}批准" }
    role_not_held(person, role) { "{person} is not {role}", "{person} 的职务不是{role}" }
    role_twice(role) { "the {role} has approved it already", "{role}已经批准过" }
}
