//! The display names of what the format fixes, and of what the presets share.

use super::{Lang, Text};
use crate::case::{EventName, Field, Kind, Names, State, Status};

/// A fixed name in both languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name(pub &'static str, pub &'static str);

impl Name {
    /// The name in one language.
    pub(crate) fn pick(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.0,
            Lang::Zh => self.1,
        }
    }

    /// The name as a text.
    pub(crate) fn text(self) -> Text {
        Text::of(self.0, self.1)
    }
}

/// A status.
pub(crate) fn status(status: Status) -> Name {
    match status {
        Status::New => Name("new", "新受理"),
        Status::Triaged => Name("triaged", "已分类"),
        Status::Assigned => Name("assigned", "已派单"),
        Status::Investigating => Name("investigating", "调查中"),
        Status::Proposed => Name("proposed", "待审批"),
        Status::Approved => Name("approved", "执行中"),
        Status::Waiting => Name("waiting", "等客户"),
        Status::Escalated => Name("escalated", "已升级"),
        Status::Resolved => Name("resolved", "已办结"),
        Status::Closed => Name("closed", "已归档"),
        Status::Rejected => Name("rejected", "不成立"),
    }
}

/// The status of a case; one that was declared void is in the directory of those rejected, and called void.
pub(crate) fn standing(state: &State<'_>) -> Name {
    if state.voided { event(EventName::Voided) } else { status(state.status) }
}

/// A kind of feedback.
pub(crate) fn kind(kind: Kind) -> Name {
    match kind {
        Kind::Complaint => Name("complaint", "投诉"),
        Kind::Suggestion => Name("suggestion", "建议"),
        Kind::Praise => Name("praise", "表扬"),
        Kind::Inquiry => Name("inquiry", "咨询"),
        Kind::Violation => Name("violation", "违法举报"),
        Kind::Improvement => Name("improvement", "改进"),
    }
}

/// An event.
pub(crate) fn event(event: EventName) -> Name {
    let [en, zh] = event.row().called;
    Name(en, zh)
}

/// The command that makes an event.
pub(crate) fn verb(event: EventName) -> &'static str {
    event.row().verb
}

/// A key of an event's payload.
pub(crate) fn field(field: Field) -> Name {
    match field {
        Field::Category => Name("category", "类别"),
        Field::Urgency => Name("urgency", "紧急程度"),
        Field::Complexity => Name("complexity", "复杂程度"),
        Field::Department => Name("department", "部门"),
        Field::Owner => Name("owner", "负责人"),
        Field::Justified => Name("justified", "是否成立"),
        Field::Priority => Name("priority", "优先级"),
        Field::Note => Name("note", "备注"),
        Field::Expects => Name("expects", "要求"),
        Field::Due => Name("due", "期限"),
        Field::Until => Name("until", "等到"),
        Field::With => Name("with", "配合部门"),
        Field::Reason => Name("reason", "理由"),
        Field::Channel => Name("channel", "渠道"),
        Field::Cause => Name("cause", "原因"),
        Field::Responsible => Name("responsible", "责任方"),
        Field::Remedy => Name("remedy", "处理方式"),
        Field::Text => Name("text", "说明"),
        Field::Cost => Name("cost", "费用"),
        Field::As => Name("as", "以何职务"),
        Field::Level => Name("level", "级别"),
        Field::Outcome => Name("outcome", "回访结果"),
        Field::Score => Name("score", "评分"),
        Field::Lesson => Name("lesson", "教训"),
        Field::To => Name("to", "受表扬人"),
        Field::Milestone => Name("milestone", "节点"),
        Field::File => Name("file", "文件"),
        Field::Merged => Name("merged event", "合并的记录"),
        Field::Of => Name("of", "重复于"),
        Field::Open => Name("stays open", "状态不变"),
    }
}

/// One name of a list, as in "there is no … `x`".
pub(crate) fn list(names: Names) -> Name {
    match names {
        Names::People => Name("person", "人员"),
        Names::Departments => Name("department", "部门"),
        Names::Channels => Name("channel", "渠道"),
        Names::Categories => Name("category", "类别"),
        Names::Urgencies => Name("urgency", "紧急程度"),
        Names::Complexities => Name("complexity", "复杂程度"),
        Names::Roles => Name("role", "职务"),
        Names::Remedies => Name("remedy", "处理方式"),
        Names::Milestones => Name("milestone", "节点"),
        Names::Levels => Name("level of escalation", "升级级别"),
    }
}

/// The names of a list that every ledger knows, with their display names.
pub(crate) fn shared(names: Names) -> &'static [(&'static str, Name)] {
    match names {
        Names::People | Names::Milestones | Names::Levels => &[],
        Names::Channels => &[
            ("hotline", Name("hotline", "客服热线")),
            ("phone", Name("phone", "电话")),
            ("chat", Name("chat", "在线客服")),
            ("email", Name("email", "邮件")),
            ("form", Name("web or app form", "网页或应用内表单")),
            ("social", Name("social media", "社交媒体")),
            ("review", Name("online review", "在线评价")),
            ("survey", Name("questionnaire", "问卷调查")),
            ("store", Name("in the store", "门店")),
            ("letter", Name("letter", "书面来信")),
            ("partner", Name("partner", "合作伙伴")),
            ("other", Name("other", "其他")),
        ],
        Names::Categories => &[
            ("product/function", Name("product: function", "产品·功能")),
            ("product/performance", Name("product: performance", "产品·性能")),
            ("product/quality", Name("product: quality", "产品·质量")),
            ("product/design", Name("product: design", "产品·设计")),
            ("product/packaging", Name("product: packaging", "产品·包装")),
            ("product/instructions", Name("product: instructions", "产品·说明书")),
            ("service/presale", Name("service: before the sale", "服务·售前")),
            ("service/sale", Name("service: during the sale", "服务·售中")),
            ("service/aftersale", Name("service: after the sale", "服务·售后")),
            ("service/attitude", Name("service: attitude", "服务·态度")),
            ("service/speed", Name("service: speed", "服务·时效")),
            ("price/pricing", Name("price: pricing", "价格·定价")),
            ("price/promotion", Name("price: promotion", "价格·促销")),
            ("price/value", Name("price: value", "价格·性价比")),
            ("suggestion", Name("suggestion", "建议")),
            ("praise", Name("praise", "表扬")),
            ("other", Name("other", "其他")),
        ],
        Names::Urgencies => &[
            ("urgent", Name("urgent", "紧急")),
            ("important", Name("important", "重要")),
            ("general", Name("general", "一般")),
        ],
        Names::Complexities => &[("simple", Name("simple", "简单")), ("complex", Name("complex", "复杂"))],
        Names::Departments => &[
            ("service", Name("service desk", "客服部")),
            ("quality", Name("quality", "质控部")),
            ("product", Name("product", "产品部")),
            ("rnd", Name("research and development", "研发部")),
            ("technical", Name("technical", "技术部")),
            ("marketing", Name("marketing", "市场部")),
            ("finance", Name("finance", "财务部")),
            ("general-affairs", Name("general affairs", "综合部")),
            ("coordination", Name("coordination", "协调组")),
            ("management", Name("management", "总经办")),
        ],
        Names::Roles => &[
            ("agent", Name("agent", "客服专员")),
            ("supervisor", Name("supervisor", "客服主管")),
            ("manager", Name("manager", "客服经理")),
            ("quality-lead", Name("quality lead", "质量负责人")),
            ("general-manager", Name("general manager", "总经理")),
        ],
        Names::Remedies => &[
            ("refund", Name("refund", "退款")),
            ("exchange", Name("exchange", "换货")),
            ("repair", Name("repair", "维修")),
            ("replacement", Name("replacement", "补发")),
            ("support", Name("technical support", "技术支持")),
            ("information", Name("information", "解释说明")),
            ("referral", Name("referral", "转介")),
            ("financial-help", Name("financial help", "经济援助")),
            ("compensation", Name("compensation", "赔偿")),
            ("apology", Name("apology", "道歉")),
            ("gift", Name("gift", "赠品")),
            ("none", Name("none", "无")),
        ],
    }
}

/// What people read for the outcome of a follow-up.
pub(crate) fn outcome(word: &str) -> Text {
    match word {
        "satisfied" => Text::of("satisfied", "满意"),
        "dissatisfied" => Text::of("dissatisfied", "不满意"),
        "unreached" => Text::of("not reached", "未联系上"),
        other => Text::same(other),
    }
}
