//! What reports tell people.

crate::messages! {
    monthly_title(shop, period) { "{shop} · {period}", "{shop} · {period}月报" }
    quarterly_title(shop, period) { "{shop} · {period}", "{shop} · {period}报告" }
    period_title(shop, period) { "{shop} · {period}", "{shop} · {period}报告" }
    as_of(title, at, files, ledger) {
        "{title} · as of {at} · {files} cases read{ledger}",
        "{title} · 截至 {at} · 共读取 {files} 件{ledger}"
    }
    as_of_one(title, at, ledger) {
        "{title} · as of {at} · 1 case read{ledger}",
        "{title} · 截至 {at} · 共读取 1 件{ledger}"
    }
    only(line, query) { "{line} · only {query}", "{line} · 仅限 {query}" }
    ledger(commit) { ", ledger {commit}", "，台账 {commit}" }
    more_in(n, by, than) { "{n} came in, {by} more than in {than}.", "受理 {n} 件，较{than}多 {by} 件。" }
    fewer_in(n, by, than) { "{n} came in, {by} fewer than in {than}.", "受理 {n} 件，较{than}少 {by} 件。" }
    same_in(n, than) { "{n} came in, as many as in {than}.", "受理 {n} 件，与{than}持平。" }
    came_in(n) { "{n} came in.", "受理 {n} 件。" }
    faster(median, by) { "Half of them were resolved within {median}, {by} faster.", "办结时长中位数 {median}，缩短 {by}。" }
    slower(median, by) { "Half of them were resolved within {median}, {by} slower.", "办结时长中位数 {median}，延长 {by}。" }
    resolved_within(median) { "Half of them were resolved within {median}.", "办结时长中位数 {median}。" }
    nothing_missed() { "No limit was missed.", "期内没有超时。" }
    no_limits() { "The rules had no time limits.", "当时的制度不设时限。" }
    missed(n, which) { "Limits missed: {n} ({which}).", "期内超时 {n} 次（{which}）。" }
    missed_one(clock, n) { "{clock} {n}", "“{clock}”{n} 次" }
    nothing_overdue() { "Nothing is overdue.", "期末没有逾期未办的。" }
    overdue_cases(n) { "Overdue at the end: {n}.", "期末逾期未办 {n} 项。" }
    flow() { "Flow", "流转" }
    opening() { "open at start", "期初未结" }
    received() { "received", "受理" }
    reopened() { "reopened", "重新受理" }
    closed() { "closed", "办结归档" }
    voided() { "voided", "作废" }
    voided_after_end() { "voided after the end", "结束后作废" }
    rejected() { "rejected", "不成立" }
    closing() { "open at end", "期末未结" }
    resolved() { "resolved", "办结" }
    limits() { "Limits kept", "时限遵守" }
    kept() { "kept", "按时率" }
    decided() { "of", "已判定" }
    met() { "kept", "按时" }
    unjustified() { "complaints not justified", "投诉不成立" }
    late() { "missed", "超时" }
    running() { "running", "计时中" }
    paused() { "paused", "暂停" }
    lapsed() { "lapsed", "随案结束" }
    clause() { "clause", "条款" }
    times() { "Handling time", "处理时长" }
    n() { "n", "件数" }
    median() { "median", "中位数" }
    p90() { "p90", "90%分位" }
    mean() { "mean", "平均" }
    longest() { "max", "最长" }
    working_median() { "median, working", "工时中位数" }
    first_contact() { "first contact", "首次联系" }
    resolution() { "resolution", "办结" }
    first_resolution() { "first resolution", "首次办结" }
    each_round() { "each round", "每轮" }
    closure() { "closure", "归档" }
    working_missing() {
        "Working times are n/a: the calendar lacks a year that they need (`fb calendar add FILE` adds it).",
        "工作时间一栏无法计算：日历缺少所需年份（可用 `fb calendar add 文件` 添加）。"
    }
    satisfaction() { "Satisfaction", "满意度" }
    asked() { "asked", "回访" }
    reached() { "reached", "联系上" }
    satisfied() { "satisfied", "满意" }
    response() { "response", "应答率" }
    mean_score() { "mean score", "平均评分" }
    out_of(score, n) { "{score} (n {n})", "{score}（{n} 份）" }
    stalled_cases(n) { "Stalled at the end: {n}.", "期末停滞 {n} 件。" }
    stalled() { "Stalled at the end", "期末停滞" }
    status() { "status", "状态" }
    last_happened() { "last step", "最近进展" }
    quiet() { "nothing for", "未有进展" }
    overdue() { "Overdue at the end", "期末逾期未办" }
    limits_unknown(n) { "Time limits that cannot be computed, and are in no figure: {n}.", "无法计算、未计入的时限：{n} 项。" }
    overdue_unknown(n) { "Not known whether they are late: {n}.", "是否逾期无法判定：{n} 项。" }
    unknown_due() { "Due unknown", "期限未知" }
    reason() { "reason", "原因" }
    overdue_now() { "Overdue", "逾期未办" }
    next_due() { "Due next", "即将到期" }
    stalled_now() { "stalled", "停滞" }
    nothing_due() { "Nothing is late, and nothing is due.", "没有逾期，也没有即将到期的。" }
    clock() { "limit", "时限" }
    due() { "due", "期限" }
    by_how_much() { "late by", "超时" }
    left() { "left", "剩余" }
    owner() { "owner", "负责人" }
    department() { "department", "部门" }
    title() { "title", "标题" }
    age() { "Age of what is open", "未结件受理天数" }
    handling() { "On the way", "办理过程" }
    justified() { "complaints justified", "投诉成立" }
    escalations() { "escalated", "升级" }
    remedies() { "Remedies", "处理方式" }
    cost() { "cost", "费用" }
    all() { "all", "合计" }
    causes() { "Causes", "原因" }
    so_far() { "so far", "累计" }
    responsible() { "responsible", "责任方" }
    repeat() { "Customers who came more than once in 90 days", "90 天内多次反馈的客户" }
    by(dimension) { "By {dimension}", "按{dimension}" }
    kind() { "kind", "类型" }
    category() { "category", "类别" }
    channel() { "channel", "渠道" }
    urgency() { "urgency", "紧急程度" }
    product() { "product", "产品" }
    others(n) { "{n} others", "其余 {n} 项" }
    not_known() { "not named", "未注明" }
    behind() { "The cases behind the figures", "数字背后的案卷" }
    behind_line(figure, n, ids) { "{figure} ({n}): {ids}", "{figure}（{n}）：{ids}" }
    foot() {
        "--cases lists the cases behind each figure · --format html|xlsx|markdown|csv|json · definitions: fb help figures",
        "--cases 列出每个数字背后的案卷 · --format html|xlsx|markdown|csv|json · 指标定义见 fb help figures"
    }
    no_difference(was, is) { "No figure differs between {was} and {is}.", "{was} 与 {is} 之间没有数字不同。" }
    differences(n, was, is) { "Figures that differ between {was} and {is}: {n}.", "{was} 与 {is} 之间有 {n} 个数字不同。" }
    rules_differ(files) { "The rules differ, too: {files}.", "制度文件也有改动：{files}。" }
    figure() { "figure", "指标" }
    more_and_fewer() { "cases", "案卷" }
    why() { "What happened to the cases", "案卷的变化" }
    in_working_time() { "working time", "工作时间" }
    decided_all() { "decided", "已判定" }
    limits_kept() { "limits kept", "按时率" }
    departments() { "What they did", "各部门办理情况" }
    hub() { "(hub)", "（未派部门）" }
    resolution_median() { "median resolution", "办结中位数" }
    months() { "Month by month", "逐月对比" }
    missed_limits() { "limits missed", "超时" }
    improvements() { "Improvements", "改进措施" }
    linked() { "cases", "关联案卷" }
    carried_out() { "carried out", "落实日期" }
    confirmed() { "effect confirmed", "效果确认" }
    came_again() { "again", "再发" }
    not_yet() { "not yet", "尚未" }
    percent(n) { "{n} %", "{n}%" }
    na() { "n/a", "无" }
}
