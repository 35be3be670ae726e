use super::HelpPart;
use crate::lang::Text;
use crate::query::Key;

mod say {
    crate::messages! {
        title() {
            "How to choose cases, for `fb list` and the reports",
            "怎样写查询条件，用于 `fb list` 和各种报表"
        }
        terms() { "How to combine terms:", "怎样组合条件：" }
        all_hold() { "Every term has to hold: `owner:me kind:complaint`.", "各个条件要同时满足：`owner:me kind:complaint`。" }
        any_of() {
            "The same key twice, or several values with commas, means any of them: `status:new,triaged`.",
            "同一项写两次，或用逗号列出几个值，满足其一即可：`status:new,triaged`。"
        }
        bounds() {
            "Lower and upper bounds all have to hold: `received:>=2026-10-01 received:<2026-10-15`.",
            "起止界限则要同时满足：`received:>=2026-10-01 received:<2026-10-15`。"
        }
        negated() { "A hyphen before a term negates it: `-channel:hotline`, `-overdue`.", "条件前加 - 表示排除：`-channel:hotline`、`-overdue`。" }
        none() { "`owner:-` finds the cases that have no owner. Other keys that take a name work in the same way.", "`owner:-` 查没有负责人的案卷；其他填名称的项也可以这样写。" }
        words() {
            "A word without a key is looked for in the title, the description and the history: `茶杯`.",
            "只写一个词，就在标题、描述和办理记录里查找：`茶杯`。"
        }
        open_only() {
            "`fb list` shows open cases. `all` adds those that have ended, and so does a query for such a status or for the time they ended. A report counts both.",
            "`fb list` 只列未结的案卷。加上 `all`，或查询已结束的状态、结束的时间，也会列出已结束的。报表则两者都统计。"
        }
        alone() { "Terms without a value:", "可单独使用的条件：" }
        keys() { "Keys, each with a colon and a value:", "要写冒号和值的条件：" }
        ended_too() { "also cases that have ended", "包括已结束的案卷" }
    }
}

pub(super) use say::title;

pub(super) fn parts() -> Vec<HelpPart> {
    let keys = Key::ALL.iter().filter(|key| **key != Key::Words);
    let (alone, with_value): (Vec<&Key>, Vec<&Key>) = keys.partition(|key| key.alone());
    let alone = alone.into_iter().map(|key| meaning(*key)).chain([("all", say::ended_too())]);
    vec![
        HelpPart::lines(
            say::terms(),
            [
                say::all_hold(),
                say::any_of(),
                say::bounds(),
                say::negated(),
                say::none(),
                say::words(),
                say::open_only(),
            ],
        ),
        HelpPart::typed(say::alone(), alone),
        HelpPart::typed(say::keys(), with_value.into_iter().map(|key| meaning(*key))),
    ]
}

/// A term with the key, and what it asks.
fn meaning(key: Key) -> (&'static str, Text) {
    let (term, en, zh) = match key {
        Key::Status => ("status:assigned", "the status", "状态"),
        Key::Kind => (
            "kind:complaint",
            "complaint, suggestion, praise, inquiry, violation, improvement",
            "类型：complaint 投诉、suggestion 建议、praise 表扬、inquiry 咨询、violation 违法举报、improvement 改进",
        ),
        Key::Owner => ("owner:me", "who is responsible; `me` is you", "负责人；`me` 是您自己"),
        Key::Category => ("category:product/", "the category, with all below it", "类别，包括其下所有类别"),
        Key::Urgency => ("urgency:urgent", "how soon it must be handled", "紧急程度"),
        Key::Complexity => ("complexity:complex", "simple or complex", "复杂程度：simple 简单、complex 复杂"),
        Key::Department => ("department:quality", "who handles it", "办理部门"),
        Key::Channel => ("channel:hotline", "how it reached the shop", "反馈渠道"),
        Key::Customer => ("customer:c-8841", "the customer's key", "客户代号"),
        Key::Tag => ("tag:vip", "a tag", "标签"),
        Key::Order => ("order:E2026112200017", "the order", "订单号"),
        Key::Product => ("product:celadon", "the start of the product's name", "商品名称的开头"),
        Key::Tier => ("tier:gold", "the customer's tier", "客户等级"),
        Key::Level => ("level:supervisor", "the level of escalation", "升级级别"),
        Key::Justified => (
            "justified:yes",
            "whether the complaint is justified: yes or no",
            "投诉是否成立：yes 成立、no 不成立",
        ),
        Key::Cause => ("cause:carton", "a part of the cause", "原因里的词"),
        Key::Responsible => {
            ("responsible:warehouse", "a part of the responsible party's name", "责任方里的词")
        }
        Key::Remedy => ("remedy:refund", "what the customer was given", "处理方式"),
        Key::External => ("external:T-1001", "its id in another system", "外部系统里的编号"),
        Key::Link => ("link:mgvstf", "an id that it is linked to", "关联案卷的编号"),
        Key::Id => {
            ("id:mgv", "the start of the id, or of its six characters", "编号的开头，或六个字符的开头")
        }
        Key::Received => ("received:2026-10", "when it was received", "受理时间"),
        Key::Resolved => ("resolved:last-month", "when it was last resolved", "最近一次办结的时间"),
        Key::Closed => ("closed:>=2026-10-01", "when it ended", "结束的时间"),
        Key::Due => (
            "due:<2d",
            "how soon its next limit is due: m, h, d or w",
            "距下一个时限到期还有多久：m 分、h 小时、d 天、w 周",
        ),
        Key::Clock => {
            ("clock:contact", "the name of a limit that it still has to keep", "还没有完成的时限，写时限名称")
        }
        Key::Age => ("age:>7d", "how long ago it was received", "受理至今多久"),
        Key::Round => ("round:>1", "the round of handling", "办理轮次"),
        Key::Outcome => (
            "outcome:dissatisfied",
            "the last follow-up: satisfied, dissatisfied, unreached",
            "最近一次回访：satisfied 满意、dissatisfied 不满意、unreached 未联系上",
        ),
        Key::Overdue => ("overdue", "a limit has passed", "有时限已逾期"),
        Key::Warning => ("warning", "a limit is due soon", "有时限即将到期"),
        Key::Voided => ("voided", "it was declared void", "已作废"),
        Key::Paused => ("paused", "a clock is paused", "有时限暂停计时"),
        Key::Stalled => {
            ("stalled", "no limit runs, and nothing has happened for long", "没有时限计时，又长时间没有进展")
        }
        Key::Words => ("", "", ""),
    };
    (term, Text::of(en, zh))
}
