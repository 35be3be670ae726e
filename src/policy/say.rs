//! Messages of this room.

crate::messages! {
    bad_zone(name) { "there is no time zone `{name}`", "没有 `{name}` 这个时区" }
    zone_example() { "a name of the IANA list, such as Asia/Shanghai", "请用 IANA 时区名，例如 Asia/Shanghai" }
    bad_month(word) { "`{word}` is not a month such as 2026-10", "`{word}` 不是月份，应如 2026-10" }
    bad_date(word) { "`{word}` is not a date such as 2026-10-01", "`{word}` 不是日期，应如 2026-10-01" }
    bad_limit(word) { "`{word}` is not a time limit", "`{word}` 不是时限" }
    limit_example() {
        "15m 48h 7d count elapsed time and calendar days; 90wm 8wh 3wd count working time and working days",
        "15m、48h、7d 按自然时间和自然日计；90wm、8wh、3wd 按工作时间和工作日计"
    }
    too_many_clocks(count, most) {
        "there are {count} clocks, and a policy has at most {most}",
        "共写了 {count} 个时限，一份办法最多 {most} 个"
    }
    duplicate_target(name) { "two targets are called `{name}`", "有两个目标都叫 `{name}`" }
    handover() { "hand-over", "派单期限" }
    reserved_clock(name) { "`{name}` is reserved for the deadlines of hand-overs", "`{name}` 专指派单时写明的期限" }
    waiting() { "customer's answer", "客户答复" }
    reserved_for_waits(name) { "`{name}` is reserved for how long a case waits for the customer", "`{name}` 专指等候客户的期限" }
    waiting_help() { "set its limit in [waiting]", "它的时限请写在 [waiting] 里" }
    handover_help() { "set its stop and its warning in [handover]", "它的止点和预警比例请写在 [handover] 里" }
    stalled_in_working_time() {
        "the time after which a case is stalled does not count working time",
        "判定案卷停滞的时长不能按工作时间计"
    }
    stalled_example() { "write calendar time, such as 14d or 72h", "请按自然时间填写，如 14d、72h" }
    trigger() { "event or milestone", "事件或节点" }
    no_value(event) { "`{event}` has no value, so nothing can follow a colon", "`{event}` 后面不能带冒号取值" }
    status() { "status", "状态" }
    kind() { "kind of feedback", "反馈类型" }
    language() { "language", "语言" }
    calendar() { "calendar", "日历" }
    which_calendar() {
        "this limit counts working time, and the ledger has no calendar",
        "这个时限按工作时间计，而台账里没有日历"
    }
    no_shop_calendar(known) {
        "there are several calendars ({known}), and `[shop] calendar` does not say which one counts working time where no other is named",
        "有多个日历（{known}），而 `[shop] calendar` 没有写明未另行指定时按哪一个计算工作时间"
    }
    name_shop_calendar(name) {
        "add a line to [shop] in fb.toml, such as calendar = \"{name}\"",
        "请在 fb.toml 的 [shop] 里加一行，如 calendar = \"{name}\""
    }
    unknown_shop_calendar(name) { "`{name}` is not a calendar of this ledger", "台账里没有叫 `{name}` 的日历" }
    milestone_is_event(word) { "`{word}` is the name of an event and cannot be a milestone", "`{word}` 是事件名，不能作节点名" }
    duplicate_calendar(name) { "two calendars are called `{name}`", "有两个日历都叫 `{name}`" }
    bad_policy_file(name) {
        "`{name}` is not the name of a policy: use base.toml, or the day from which it is in force, such as 2026-07-01.toml",
        "`{name}` 不是制度文件名：应为 base.toml，或生效日期，如 2026-07-01.toml"
    }
    no_base() { "policy/base.toml is missing: the rules from the beginning", "缺少 policy/base.toml：一开始就生效的规则" }
    ended(short, status) { "{short} has ended ({status})", "{short} 已结束（{status}）" }
    reopen_first(short) { "reopen it first: fb reopen {short} --reason …", "请先重新受理：fb reopen {short} --reason …" }
    is_void(short) { "{short} is void: it only gets remarks", "{short} 已作废，只能加备注" }
    void_of_itself(short) { "{short} cannot be a second entry of itself", "{short} 不能与自己重复" }
    void_of_another() { "name the case that stays with `--of`, or leave `--of` out", "`--of` 请写保留的那件案卷，没有则不写" }
    need_of_a_void() { "`voided` needs no step: a mistaken entry can always be voided", "`voided`（作废）不设前提：误登的案卷随时可以作废" }
    not_ended(short, status) { "{short} has not ended: it is {status}", "{short} 还没有结束，目前是“{status}”" }
    not_waiting(short, status) { "{short} is not waiting: it is {status}", "{short} 不在等客户，目前是“{status}”" }
    nothing_proposed(short, status) {
        "{short} has no remedy that waits for approval: it is {status}",
        "{short} 没有待审批的方案，目前是“{status}”"
    }
    already_received(short) { "{short} has already been received", "{short} 已经受理过" }
    step_missing(short, event, step) {
        "{short} cannot be {event} yet: the step `{step}` is missing",
        "{short} 还不能“{event}”：缺少“{step}”这一步"
    }
    limit_open(short, event, limit) {
        "{short} cannot be {event} yet: the limit `{limit}` has begun, and its step is missing",
        "{short} 还不能“{event}”：时限“{limit}”已经起算，尚未办理"
    }
    saying(step, value) { "{step}: {value}", "{step}：{value}" }
    so_many_times(step, n) { "{step} ({n} times)", "{step}（{n} 次）" }
    field_missing(short, event, field) {
        "{short} cannot be {event} without `{field}`",
        "{short} “{event}”须填写“{field}”"
    }
    field_missing_at_receipt(field) { "a case cannot be registered without `{field}`", "受理登记须填写“{field}”" }
    give_it(flag) { "give it with: {flag}", "请补填：{flag}" }
    nothing_approved(short) { "{short} has no approved remedy", "{short} 没有经批准的处理方案" }
    role_has_not_approved(short, role) { "the {role} has not approved the remedy of {short}", "{short} 的处理方案还没有经{role}批准" }
    another_remedy(short, approved, given) {
        "the remedy proposed for {short} is {approved}, not {given}",
        "{short} 拟定的处理方式是{approved}，不是{given}"
    }
    costs_more(short, most, cost) {
        "the remedy proposed for {short} may cost {most}, not {cost}",
        "{short} 拟定方案的费用不得超过 {most}，现为 {cost}"
    }
    proposal_amended(short) {
        "{short} has a proposed remedy; what others approve cannot be amended",
        "{short} 已有拟定的方案，提交审批的内容不能更正"
    }
    end_undone(short, status, step) {
        "{short} is {status}; amended so, it would lack the step `{step}`",
        "{short} 已是“{status}”，这样更正后就缺少“{step}”这一步"
    }
    about_another(short, event, at) {
        "{short} was {event} at {at}; that would be about something else after this",
        "{short} 已于 {at} “{event}”，补记这一步后，所指的就不是原来的方案了"
    }
    later_not_allowed(short, event, at) {
        "{short} was {event} at {at}; that would not have been allowed after this",
        "{short} 已于 {at} “{event}”，补记这一步后，那一步就不合规定了"
    }
    record_it_now() { "record it as of now, without --at", "请不填 --at，按现在的时间记录" }
    only_praise_is_forwarded(short) {
        "{short} is no praise; only praise is forwarded to the staff who are praised",
        "{short} 不是表扬，只有表扬才转达给受表扬的员工"
    }
    resolved_already(short, event) { "{short} is resolved and cannot be {event}", "{short} 已办结，不能“{event}”" }
    reopen_or_amend(short) {
        "the customer is not satisfied: fb follow-up {short} --outcome dissatisfied -m …; a mistake in it: fb amend {short} --remedy … --reason …",
        "客户不满意：fb follow-up {short} --outcome dissatisfied -m …；内容有误：fb amend {short} --remedy … --reason …"
    }
    would_go_back(short, event, status) {
        "{event} would take {short} back: it is {status}; `open: true` leaves it there",
        "“{event}”会使 {short} 退回原处：当前状态为{status}；写 open: true 则状态不变"
    }
    nobody_knows(person) { "{person} is not in [people] of fb.toml, and approves nothing", "fb.toml 的 [people] 里没有{person}，不能审批" }
    add_person(person, role) { "add the person: fb shop add person {person} --role {role}", "先登记人员：fb shop add person {person} --role {role}" }
    approved_before(person) { "{person} has approved it already; another person has to", "{person}已批准过，须由另一人批准" }
    need_asks_nothing() { "it asks for nothing", "没有写明要求什么" }
    need_example() { "such as steps = [\"contacted\"] or fields = [\"note\"]", "如 steps = [\"contacted\"] 或 fields = [\"note\"]" }
    bad_times(word, most) { "`{word}`: the number behind `*` must be from 1 to {most}", "`{word}`：`*` 后面须写 1 到 {most} 的整数" }
    limit() { "limit", "时限" }
    field() { "field", "项目" }
    subject_of_milestone() { "subject of a milestone", "节点对象" }
    unknown_edition(edition, newest) {
        "this fb reads rules up to edition {newest}, not {edition}",
        "本程序支持到第 {newest} 版的规则写法，不支持第 {edition} 版"
    }
    rule_asks(clause) { "the policy asks for it ({clause})", "制度要求如此（{clause}）" }
    self_approved(person) { "{person} proposed this remedy and cannot approve it", "{person} 是方案拟定人，不能批准自己的方案" }
    who_can_approve(roles) { "it must be approved by: {roles}", "应由以下职务批准：{roles}" }
    urgent_reason() { "urgent", "紧急" }
    role_needed() { "in which role is it approved?", "以什么职务批准？" }
    role_not_asked(role) { "the {role} does not have to approve this", "这个方案不需要{role}批准" }
    role_not_held(person, role) { "{person} does not have the role {role}", "{person} 的职务不是{role}" }
    role_twice(role) { "the {role} has already approved it", "{role}已经批准过" }
}
