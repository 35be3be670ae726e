//! What reports call their tables.

crate::messages! {
    na() { "n/a", "无" }
    not_named() { "not named", "未注明" }
    not_found() { "not found", "未查明" }
    nobody() { "(nobody)", "（无负责人）" }
    everybody() { "all", "合计" }
    other_parties() { "others", "其他" }

    flow() { "Flow", "流转" }
    handling() { "On the way", "办理过程" }
    satisfaction() { "Satisfaction", "满意度" }
    age() { "Age of what is open", "未结件受理天数" }
    times() { "Handling time", "处理时长" }
    diagnosed() { "Diagnosed", "查明原因" }
    handling_rate() { "Handling rate", "投诉处理率" }
    sample() { "Sample", "抽样" }
    follow_up_scores() { "Scores in follow-ups", "回访评分" }
    survey_scores() { "Scores in the survey", "调查评分" }
    was() { "was", "实际" }
    would() { "would be", "试算" }
    spread() { "How it is spread", "时长分布" }

    limits() { "Limits", "时限" }
    targets() { "Targets", "服务目标" }
    overdue() { "Overdue", "逾期未办" }
    next() { "Due next", "即将到期" }
    unknown() { "Due unknown", "期限未知" }
    stalled() { "Stalled", "停滞" }
    remedies() { "Remedies", "处理方式" }
    repeat() { "Customers who came more than once", "多次反馈的客户" }
    causes() { "Causes", "原因" }
    responsible() { "responsible party", "责任方" }
    recurring() { "Recurring causes", "反复出现的原因" }
    months() { "Month by month", "逐月" }
    columns() { "Period by period", "逐期" }
    departments() { "Departments", "各部门" }
    improvements() { "Improvements", "改进措施" }
    scores() { "Score by score", "各分值" }
    people() { "People", "员工" }
    rounds() { "Round by round", "逐轮" }
    statuses() { "Where the time goes", "时间花在哪里" }
    grounds() { "Verdict", "审核依据" }
    dissatisfied() { "Dissatisfied customers", "不满意的客户" }
    dissatisfied_causes() { "Causes of dissatisfaction", "不满意的原因" }
    survey_by_department() { "Survey by department", "分部门调查" }
    used() { "How much of each limit was used", "时限用时" }
    changed() { "Limits that would differ", "结果不同的时限" }

    resolved() { "Resolved", "办结" }
    each_time() { "Each handling time", "各项时长" }
    all_limits() { "Limits of all kinds together", "各项时限合计" }
    scores_given() { "Scores", "评分" }
    no_score() { "Follow-ups without a score", "未评分的回访" }
    complaint_rate() { "Complaint rate", "投诉率" }
    dimensions() { "Broken down", "按维度细分" }
    attitude() { "Complaints about attitude", "态度投诉" }
    trial() { "A period under another policy", "按另一制度试算" }

    days(bracket) { "{bracket} days", "{bracket} 天" }
    over_days() { "over 30 days", "30 天以上" }
    score(n) { "{n}", "{n} 分" }
    round(n) { "round {n}", "第 {n} 轮" }
    up_to_minutes(n) { "≤ {n} min", "≤{n}分钟" }
    up_to_hours(n) { "≤ {n} h", "≤{n}小时" }
    up_to_days(n) { "≤ {n} d", "≤{n}天" }
    longer() { "more", "更长" }

    elapsed() { "elapsed time", "自然时间" }
    working() { "working time", "工作时间" }
    first_contact() { "first contact", "首次联系" }
    resolution() { "resolution", "办结" }
    first_resolution() { "first resolution", "首次办结" }
    each_round() { "each round", "每轮" }
    closure() { "closure", "归档" }

    of_all(part, all) { "{part} of {all}", "{part}/{all}" }
    times_and_cases(times, cases) { "{times} ({cases})", "{times} 次（{cases}）" }
    of_received(n, received) { "{n} ({received} received)", "{n} 件（受理 {received} 件）" }
    out_of(score, n) { "{score} (n {n})", "{score}（{n} 份）" }
    rate_of(rate, complaints, orders) { "{rate} ({complaints} of {orders})", "{rate}（{complaints} 件/{orders} 单）" }

    kind() { "kind", "类型" }
    category() { "category", "类别" }
    channel() { "channel", "渠道" }
    urgency() { "urgency", "紧急程度" }
    department() { "department", "部门" }
    owner() { "owner", "负责人" }
    product() { "product", "产品" }

    rule_limits() { "limits kept", "按时率" }
    rule_overdue() { "overdue", "逾期" }
    rule_satisfaction() { "satisfied", "满意" }
    rule_returned() { "returned", "退回" }
    rule_recurring() { "recurring", "反复发生" }
}
