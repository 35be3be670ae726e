use super::HelpPart;

mod say {
    crate::messages! {
        title() { "Steps, approvals and time limits, and where they are written", "制度文件：办理步骤、审批和时限写在哪里、怎样写" }
        files() { "Files:", "文件：" }
        base() { "the rules from the beginning", "最初施行的制度" }
        amended() {
            "the rules for cases received from that day on. A case keeps the rules of the day on which it was received, so published figures do not change.",
            "该日起受理的案卷适用的制度。案卷一直适用受理当日的制度，因此已公布的数字不会变。"
        }
        calendar() { "working hours and working days", "工作时间和工作日" }
        inside() { "In a rule file:", "制度文件里写什么：" }
        clock() {
            "a time limit: what it is for (`when`), the events that start and stop it, how long it may take (`within`), and the statuses in which it is paused (`pause`)",
            "时限：适用于哪些案卷（`when`）、由哪些事件起止、多长时间（`within`）、在哪些状态暂停（`pause`）"
        }
        target() {
            "a goal for many cases together, such as 70 % within 24 h; a single case that misses it breaks no rule",
            "多件案卷合计的服务目标，如 70% 在 24 小时内办结；单独一件没达到，不算违反制度"
        }
        needs() { "the steps that must come before another step, by kind of feedback", "做某一步之前必须先完成的步骤，按反馈类型写" }
        approval() { "the roles that approve a remedy; nobody may approve their own", "处理方案由哪些职务审批；不能审批自己拟定的方案" }
        handover() { "the event that ends the deadline set by `fb assign --due`", "`fb assign --due` 写明的期限，到哪一步为止" }
        escalation() { "the levels of `fb escalate`, from the lowest up", "`fb escalate` 从低到高有哪些级别" }
        milestones() { "steps of the shop's own, recorded with `fb mark`", "店铺自定的节点，用 `fb mark` 记录" }
        clause() { "the text of a clause, and what carries it out", "条款原文，以及怎样落实" }
        limits() { "How limits are written:", "时限的写法：" }
        elapsed() { "elapsed time: minutes, hours", "自然时间：分钟、小时" }
        days() { "calendar days; the first day does not count, and it is due at midnight at the end of the last", "自然日；首日不算，最后一天 24:00 到期" }
        working() { "working time of the calendar: minutes, hours", "日历里的工作时间：分钟、小时" }
        working_days() { "working days; the first day does not count, and it is due when the working hours of the last one end", "工作日；首日不算，最后一个工作日下班时到期" }
        commands() { "Commands:", "命令：" }
        list() { "the rule books to start from, and the rules in force", "列出可选用的制度和本台账执行的制度" }
        show() { "one rule book: limits, steps, approvals, clauses", "查看一套制度：时限、步骤、审批、条款" }
        explain() { "which rules apply to a case, and why", "某件案卷适用哪些规则，以及原因" }
        each_limit() { "how each limit of a case is counted, day by day", "某件案卷的每个时限怎样逐日计算" }
        attempt() { "what a past period would be under new rules, before they come into force", "新制度施行前，先用它试算过去的期间" }
        prove() { "whether the rules can be evaded, with the commands that do it", "检验制度能否被绕过，并列出怎样绕过" }
        begin() { "make the rules begin on a day; cases received before it have no limits", "让制度自某日起施行，之前受理的案卷不设时限" }
        add_year() { "add a year of holidays as it is published, in JSON or .ics", "添加公布的一年放假安排，JSON 或 .ics" }
        due() { "when a limit is due, and which days count", "时限何时到期，哪些天计入" }
        check() { "what is wrong in the rules", "检查制度文件有没有写错" }
    }
}

pub(super) use say::title;

pub(super) fn parts() -> Vec<HelpPart> {
    vec![
        HelpPart::typed(
            say::files(),
            [
                ("policy/base.toml", say::base()),
                ("policy/2027-01-01.toml", say::amended()),
                ("calendar/*.toml", say::calendar()),
            ],
        ),
        HelpPart::typed(
            say::inside(),
            [
                ("[[clock]]", say::clock()),
                ("[[target]]", say::target()),
                ("[needs.complaint]", say::needs()),
                ("[approval.complaint]", say::approval()),
                ("[handover]", say::handover()),
                ("[escalation]", say::escalation()),
                ("[milestones]", say::milestones()),
                ("[[clause]]", say::clause()),
            ],
        ),
        HelpPart::typed(
            say::limits(),
            [
                ("15m, 48h", say::elapsed()),
                ("7d", say::days()),
                ("90wm, 8wh", say::working()),
                ("3wd", say::working_days()),
            ],
        ),
        HelpPart::typed(
            say::commands(),
            [
                ("fb policy list", say::list()),
                ("fb policy show", say::show()),
                ("fb policy explain ID", say::explain()),
                ("fb show ID --explain", say::each_limit()),
                ("fb policy try FILE", say::attempt()),
                ("fb policy prove", say::prove()),
                ("fb policy begin DATE", say::begin()),
                ("fb calendar add FILE", say::add_year()),
                ("fb calendar due", say::due()),
                ("fb check", say::check()),
            ],
        ),
    ]
}
