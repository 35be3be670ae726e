//! The table of events: a row an event, with all that is known of it but its part in the fold of a history.
//!
//! A new event is a row here, which begins with its name; also an arm in the fold (`state.rs`), if it does more than lead
//! to a status. Sources: the format's table of events; ISO 10002 for the steps of handling.

use std::fmt;

use super::schema::{Field, From, words};
use super::status::Status;

/// The form of the command that records an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The verb and the cases; a flag a key.
    Cases,
    /// The verb, one case, and the value of the first key.
    OneCase,
    /// A form of its own, in code.
    Own,
}

/// Where an event leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// The status stays.
    Same,
    /// To this status, always.
    Always(Status),
    /// The fold finds it (`state.rs`); here in words for docs/files.md.
    Fold(&'static str),
}

/// A key of an event's payload.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub field: Field,
    /// Whether the event needs it.
    pub needed: bool,
    /// What its flag is for, in English and in Chinese; empty: it has none.
    pub help: [&'static str; 2],
}

impl Key {
    /// Whether the command has a flag for it, or an argument.
    pub fn has_flag(&self) -> bool {
        self.help != NONE
    }
}

/// Of a command that has its words elsewhere.
const NONE: [&str; 2] = ["", ""];

/// What is known of an event.
#[derive(Debug)]
pub struct Row {
    /// Its name in files.
    pub name: EventName,
    /// The command that records it.
    pub verb: &'static str,
    /// What people call it, in English and in Chinese.
    pub called: [&'static str; 2],
    /// The statuses in which it can happen.
    pub from: From,
    /// The status that it leads to.
    pub to: To,
    /// How the command is given.
    pub command: Form,
    /// What the command is for, as its help says it, in English and in Chinese.
    pub help: [&'static str; 2],
    /// Command lines that show how it is used, one a line.
    pub examples: [&'static str; 2],
    /// Its payload, in the order in which it is written; every event can have a `note` as well.
    /// The fold takes over what is an attribute of a case: a `department` moves the case to it. If a key means something
    /// else in an event, its arm in the fold says so.
    pub keys: &'static [Key],
    /// The key whose value a policy can name behind a colon, as in `followed-up:dissatisfied`.
    pub value: Option<Field>,
    /// Whether it belongs to one round of handling, so a later round needs it again.
    pub of_a_round: bool,
    /// In an import, the attributes of a row that it takes; if several events can take one, the lowest number does.
    pub imported: &'static [(Field, u8)],
    /// Whether the time of the first one is a column of an export.
    pub exported: bool,
    /// What the first line of its commit says of it.
    pub summary: &'static [Field],
}

const fn needs(field: Field, en: &'static str, zh: &'static str) -> Key {
    Key { field, needed: true, help: [en, zh] }
}

const fn may(field: Field, en: &'static str, zh: &'static str) -> Key {
    Key { field, needed: false, help: [en, zh] }
}

/// Words that are the same in both languages, such as a command line without a text.
const fn same(words: &'static str) -> [&'static str; 2] {
    [words, words]
}

/// A key that it needs, and that the plain command has no flag for.
const fn requires(field: Field) -> Key {
    Key { field, needed: true, help: NONE }
}

/// A key that it may have, and that the plain command has no flag for.
const fn carries(field: Field) -> Key {
    Key { field, needed: false, help: NONE }
}

/// From the rows to [`EventName`], whose words are in the order of the table, and to [`ROWS`].
macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $word:literal { $($row:tt)* }),* $(,)?) => {
        words! {
            /// The name of an event.
            EventName { $($(#[$doc])* $event = $word),* }
        }

        /// A row for each of [`EventName::ALL`], in its order.
        pub static ROWS: [Row; EventName::ALL.len()] = [$(Row { name: EventName::$event, $($row)* }),*];
    };
}

events! {
    /// The case was registered.
    Received = "received" {
        verb: "new",
        called: ["received", "受理"],
        from: From::Nothing,
        to: To::Fold("`new`"),
        command: Form::Own,
        help: ["Register a case: what the customer said", "受理登记：录入客户反馈的内容"],
        examples: NONE,
        keys: &[
            carries(Field::Category),
            carries(Field::Urgency),
            carries(Field::Complexity),
            carries(Field::Department),
            carries(Field::Owner),
        ],
        value: None,
        of_a_round: false,
        imported: &[
            (Field::Category, 1),
            (Field::Urgency, 1),
            (Field::Complexity, 1),
            (Field::Department, 1),
            (Field::Owner, 1),
        ],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Classified.
    Triaged = "triaged" {
        verb: "triage",
        called: ["triaged", "分类"],
        from: From::Open,
        to: To::Always(Status::Triaged),
        command: Form::Cases,
        help: ["Classify a case: its category and its urgency", "给案卷分类：确定类别和紧急程度"],
        examples: same(
            "fb triage mgvstf --category product/packaging --urgency important --justified\nfb triage mgvstf 7k3q9x --category service/attitude --urgency urgent",
        ),
        keys: &[
            needs(Field::Category, "The category, such as product/packaging", "类别，如 product/packaging"),
            needs(
                Field::Urgency,
                "How soon it must be handled: urgent, important or general",
                "紧急程度：urgent 紧急、important 重要、general 一般",
            ),
            may(Field::Justified, "The complaint is justified", "投诉成立"),
            may(Field::Complexity, "simple or complex", "复杂程度：simple 简单、complex 复杂"),
            may(Field::Priority, "A priority of the shop's own", "店铺自定的优先级"),
            carries(Field::Open),
        ],
        value: Some(Field::Justified),
        of_a_round: false,
        imported: &[(Field::Justified, 1), (Field::Priority, 1)],
        exported: true,
        summary: &[Field::Category, Field::Urgency],
    },
    /// Handed over.
    Assigned = "assigned" {
        verb: "assign",
        called: ["assigned", "派单"],
        from: From::AtWork,
        to: To::Always(Status::Assigned),
        command: Form::Cases,
        help: ["Hand a case over to a department or a person", "把案卷分派给部门或个人"],
        examples: [
            "fb assign mgvstf --department product --owner zhang.wei\nfb assign mgvstf --department quality --expects \"find where it breaks\" --due 2d",
            "fb assign mgvstf --department product --owner zhang.wei\nfb assign mgvstf --department quality --expects \"查明破损环节\" --due 2d",
        ],
        keys: &[
            may(
                Field::Department,
                "The department that handles it; [routing] in fb.toml suggests one",
                "办理部门；fb.toml 的 [routing] 会给出建议",
            ),
            may(Field::Owner, "The person who is responsible for it", "负责人"),
            may(Field::Expects, "What they are asked to do", "要求对方做什么"),
            may(
                Field::Due,
                "By when: a moment, or a time limit from now such as 2d or 4wh",
                "办理期限：写时间，或从现在算起的时限，如 2d（2 天）、4wh（4 个工作小时）",
            ),
            may(Field::With, "A department that helps; may be given several times", "配合部门；可写多次"),
            carries(Field::Open),
        ],
        value: None,
        of_a_round: false,
        imported: &[(Field::Expects, 1), (Field::Due, 1), (Field::With, 1)],
        exported: true,
        summary: &[Field::Expects],
    },
    /// The department or person takes it.
    Accepted = "accepted" {
        verb: "accept",
        called: ["accepted", "接单"],
        from: From::AtWork,
        to: To::Always(Status::Investigating),
        command: Form::Cases,
        help: [
            "Accept a case handed over to you; with no owner, it becomes yours",
            "接单；没有负责人的案卷由您负责",
        ],
        examples: same("fb accept mgvstf\nfb accept mgvstf --owner zhang.wei"),
        keys: &[
            may(Field::Owner, "The person who is responsible from now on", "从现在起的负责人"),
            carries(Field::Open),
        ],
        value: None,
        of_a_round: false,
        imported: &[],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Not theirs: back at the hub.
    Returned = "returned" {
        verb: "return",
        called: ["returned", "退回"],
        from: From::AtWork,
        to: To::Always(Status::Triaged),
        command: Form::Cases,
        help: ["Give back a case that is not yours to handle", "退回不归自己办理的案卷"],
        examples: [
            "fb return mgvstf --reason \"the warehouse packed it\"",
            "fb return mgvstf --reason \"是仓储部打包的\"",
        ],
        keys: &[needs(Field::Reason, "Why it is not yours to handle", "为什么不归自己办理")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 5)],
        exported: false,
        summary: &[Field::Reason],
    },
    /// A person reached the customer.
    Contacted = "contacted" {
        verb: "contact",
        called: ["contacted", "联系客户"],
        from: From::Any,
        to: To::Same,
        command: Form::Cases,
        help: [
            "Record contact with the customer; an automatic reply does not count",
            "记录已联系上客户；自动回复不算",
        ],
        examples: [
            "fb contact mgvstf -m \"agrees to an exchange\"\nfb contact mgvstf --channel phone --at 09:30",
            "fb contact mgvstf -m \"已致电，同意换货\"\nfb contact mgvstf --channel phone --at 09:30",
        ],
        keys: &[may(Field::Channel, "The channel on which the customer was reached", "联系客户所用的渠道")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Channel, 1)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Cause and responsible party are found.
    Diagnosed = "diagnosed" {
        verb: "diagnose",
        called: ["diagnosed", "查明原因"],
        from: From::Open,
        to: To::Same,
        command: Form::Cases,
        help: ["Record the cause and the responsible party", "记录查明的原因和责任方"],
        examples: [
            "fb diagnose mgvstf --cause \"carton too thin\" --responsible warehouse",
            "fb diagnose mgvstf --cause \"外箱太薄\" --responsible 仓储部",
        ],
        keys: &[
            needs(Field::Cause, "What exactly caused it", "具体原因"),
            may(Field::Responsible, "The responsible party", "责任方"),
        ],
        value: None,
        of_a_round: false,
        imported: &[(Field::Cause, 1), (Field::Responsible, 1)],
        exported: true,
        summary: &[Field::Cause],
    },
    /// A remedy is drafted.
    Proposed = "proposed" {
        verb: "propose",
        called: ["proposed", "拟定方案"],
        from: From::AtWork,
        to: To::Always(Status::Proposed),
        command: Form::Cases,
        help: [
            "Propose a remedy, or the plan for a suggestion, for approval",
            "拟定处理方案（建议则拟定改进计划），提交审批",
        ],
        examples: [
            "fb propose mgvstf --remedy exchange --cost 39\nfb propose 7k3q9x --remedy none --text \"a shortcut on the home page by December\"",
            "fb propose mgvstf --remedy exchange --cost 39\nfb propose 7k3q9x --remedy none --text \"12 月前在首页加入口\"",
        ],
        keys: &[
            needs(Field::Remedy, "What the customer should get", "拟采用的处理方式"),
            may(Field::Text, "The remedy or the plan in words", "处理方案或改进计划的具体内容"),
            may(Field::Cost, "What it costs", "费用"),
        ],
        value: Some(Field::Remedy),
        of_a_round: true,
        imported: &[(Field::Remedy, 2), (Field::Cost, 2), (Field::Text, 2)],
        exported: true,
        summary: &[Field::Remedy, Field::Text],
    },
    /// A role agrees to the remedy.
    Approved = "approved" {
        verb: "approve",
        called: ["approved", "批准"],
        from: From::Only(Status::Proposed),
        to: To::Fold("`approved`, when every role that the rules ask for has approved"),
        command: Form::Cases,
        help: ["Approve a proposed remedy", "审批通过拟定的处理方案"],
        examples: same("fb approve mgvstf\nfb approve mgvstf --as manager"),
        keys: &[may(
            Field::As,
            "The role in which you approve; without it, your own",
            "审批职务；不填则为本人职务",
        )],
        value: Some(Field::As),
        of_a_round: true,
        imported: &[(Field::As, 1)],
        exported: true,
        summary: &[Field::As],
    },
    /// The remedy is refused.
    Declined = "declined" {
        verb: "decline",
        called: ["declined", "驳回方案"],
        from: From::Only(Status::Proposed),
        to: To::Always(Status::Investigating),
        command: Form::Cases,
        help: [
            "Decline a proposed remedy; the case is investigated again",
            "驳回拟定的处理方案，案卷退回调查",
        ],
        examples: [
            "fb decline mgvstf --reason \"ask the supplier first\"",
            "fb decline mgvstf --reason \"先问供应商\"",
        ],
        keys: &[needs(Field::Reason, "Why", "理由")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 4)],
        exported: false,
        summary: &[Field::Reason],
    },
    /// The customer has to answer.
    Waiting = "waiting" {
        verb: "wait",
        called: ["waiting", "等客户"],
        from: From::Open,
        to: To::Always(Status::Waiting),
        command: Form::Cases,
        help: [
            "Wait for the customer's answer; the rules may pause time limits",
            "等待客户答复，期间可按制度暂停计时",
        ],
        examples: [
            "fb wait mgvstf --reason \"a photo of the parcel\"\nfb wait mgvstf --reason \"a photo of the parcel\" --until 3d",
            "fb wait mgvstf --reason \"请客户发包裹照片\"\nfb wait mgvstf --reason \"请客户发包裹照片\" --until 3d",
        ],
        keys: &[
            needs(Field::Reason, "What the customer has to answer", "等客户答复什么"),
            may(
                Field::Until,
                "The last day of the wait: a day, or days from now such as 3d or 3wd",
                "最迟等到哪天：写日期，或从今天算起的天数，如 3d（3 天）、3wd（3 个工作日）",
            ),
        ],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 6), (Field::Until, 1)],
        exported: false,
        summary: &[Field::Reason],
    },
    /// The customer answered.
    Resumed = "resumed" {
        verb: "resume",
        called: ["resumed", "恢复办理"],
        from: From::Only(Status::Waiting),
        to: To::Fold("the status before `waiting`"),
        command: Form::Cases,
        help: [
            "Continue after the customer's answer, in the status before the wait",
            "客户已答复，案卷恢复原来的状态，继续办理",
        ],
        examples: ["fb resume mgvstf -m \"the photo came\"", "fb resume mgvstf -m \"已收到照片\""],
        keys: &[],
        value: None,
        of_a_round: false,
        imported: &[],
        exported: false,
        summary: &[Field::Reason],
    },
    /// To a higher level.
    Escalated = "escalated" {
        verb: "escalate",
        called: ["escalated", "升级"],
        from: From::Open,
        to: To::Always(Status::Escalated),
        command: Form::Cases,
        help: [
            "Hand a case up to the next level, or to a level that you name",
            "把案卷升级到上一级或指定的级别",
        ],
        examples: [
            "fb escalate mgvstf --reason \"the customer asks for the manager\"\nfb escalate mgvstf --level manager --reason \"third time\"",
            "fb escalate mgvstf --reason \"客户要求找主管\"\nfb escalate mgvstf --level manager --reason \"第三次投诉\"",
        ],
        keys: &[
            needs(Field::Reason, "Why", "理由"),
            may(
                Field::Level,
                "A level that the rules name, such as supervisor, manager or external; without it, the next one up",
                "升级到哪一级，如 supervisor（客服主管）、manager（客服经理）、external（外部机构）；不填则升一级",
            ),
        ],
        value: Some(Field::Level),
        of_a_round: false,
        imported: &[(Field::Reason, 3), (Field::Level, 1)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Carried out and reported to the customer.
    Resolved = "resolved" {
        verb: "resolve",
        called: ["resolved", "办结"],
        from: From::AtWork,
        to: To::Always(Status::Resolved),
        command: Form::Cases,
        help: [
            "Record that the remedy was carried out and the customer was told",
            "记录处理方案已执行，并已告知客户",
        ],
        examples: [
            "fb resolve mgvstf --remedy exchange --cost 39\nfb resolve 7k3q9x --remedy information --text \"explained how to clean it\"",
            "fb resolve mgvstf --remedy exchange --cost 39\nfb resolve 7k3q9x --remedy information --text \"已说明清洗方法\"",
        ],
        keys: &[
            may(Field::Remedy, "What the customer got", "处理方式"),
            may(Field::Cost, "What it cost", "费用"),
            may(Field::Text, "What was done, in words", "处理经过"),
        ],
        value: Some(Field::Remedy),
        of_a_round: true,
        imported: &[(Field::Remedy, 1), (Field::Cost, 1), (Field::Text, 1)],
        exported: true,
        summary: &[Field::Remedy, Field::Text],
    },
    /// The customer was asked whether they are satisfied.
    FollowedUp = "followed-up" {
        verb: "follow-up",
        called: ["followed up", "回访"],
        from: From::Open,
        to: To::Fold(
            "`satisfied`: `closed`; `dissatisfied`: `investigating`, and a new round begins; `unreached`: the same",
        ),
        command: Form::Cases,
        help: [
            "Ask the customer about the result; if satisfied, the case is closed",
            "回访客户；客户满意即归档",
        ],
        examples: [
            "fb follow-up mgvstf --outcome satisfied --score 5\nfb follow-up mgvstf --outcome dissatisfied -m \"the new cup is broken, too\"",
            "fb follow-up mgvstf --outcome satisfied --score 5\nfb follow-up mgvstf --outcome dissatisfied -m \"换的杯子也碎了\"",
        ],
        keys: &[
            needs(
                Field::Outcome,
                "satisfied closes the case if nothing else is missing, dissatisfied begins a new round, unreached changes nothing",
                "回访结果：satisfied 满意，无缺项即归档；dissatisfied 不满意，开始新一轮办理；unreached 未联系上，状态不变",
            ),
            may(Field::Score, "From 1 (worst) to 5 (best)", "评分，1（最差）到 5（最好）"),
            carries(Field::Open),
        ],
        value: Some(Field::Outcome),
        of_a_round: true,
        imported: &[(Field::Outcome, 1), (Field::Score, 2)],
        exported: true,
        summary: &[Field::Outcome],
    },
    /// Ended.
    Closed = "closed" {
        verb: "close",
        called: ["closed", "归档"],
        from: From::OpenOrClosed,
        to: To::Always(Status::Closed),
        command: Form::Cases,
        help: [
            "Close a case without a follow-up, or add a lesson to a closed one",
            "不经回访直接归档，或给已归档的案卷补记经验教训",
        ],
        examples: [
            "fb close mgvstf\nfb close mgvstf --lesson \"use the double carton\"",
            "fb close mgvstf\nfb close mgvstf --lesson \"改用双层纸箱\"",
        ],
        keys: &[may(Field::Lesson, "What was learnt", "经验教训")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Lesson, 1)],
        exported: true,
        summary: &[Field::Lesson],
    },
    /// Ended without a remedy.
    Rejected = "rejected" {
        verb: "reject",
        called: ["rejected", "不成立"],
        from: From::Open,
        to: To::Always(Status::Rejected),
        command: Form::Cases,
        help: [
            "End a case that is not justified, or that the shop declines",
            "结束案卷：投诉不成立，或店铺不予受理",
        ],
        examples: [
            "fb reject mgvstf --reason \"the warranty ended in May\"",
            "fb reject mgvstf --reason \"保修期 5 月已过\"",
        ],
        keys: &[needs(Field::Reason, "The reason, as given to the customer", "理由，与向客户说明的一致")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 1)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// It should not be there: a mistaken entry, or a second entry of a case.
    Voided = "voided" {
        verb: "void",
        called: ["voided", "作废"],
        from: From::Any,
        to: To::Always(Status::Rejected),
        command: Form::Cases,
        help: [
            "Void a mistaken or double entry: it counts no more, and no step of the rules is needed",
            "作废误登或重复登记的案卷：不再计入统计，也无需制度规定的步骤",
        ],
        examples: [
            "fb void mgvstf --reason \"a test entry\"\nfb void mgvstf --of 7k3q9x --reason \"entered twice\"",
            "fb void mgvstf --reason \"测试时误登\"\nfb void mgvstf --of 7k3q9x --reason \"重复登记\"",
        ],
        keys: &[
            needs(Field::Reason, "Why it should not be there", "作废的理由"),
            may(Field::Of, "The case that it is a second entry of", "与哪件案卷重复，写其编号"),
        ],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 7), (Field::Of, 1)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Handled again after it had ended.
    Reopened = "reopened" {
        verb: "reopen",
        called: ["reopened", "重新受理"],
        from: From::Terminal,
        to: To::Fold("`investigating`, and a new round begins"),
        command: Form::Cases,
        help: ["Reopen a case that has ended; a new round begins", "重新办理已结束的案卷，开始新一轮"],
        examples: ["fb reopen mgvstf --reason \"it broke again\"", "fb reopen mgvstf --reason \"又坏了\""],
        keys: &[needs(Field::Reason, "Why", "理由")],
        value: None,
        of_a_round: false,
        imported: &[(Field::Reason, 2)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// Praise was passed on.
    Forwarded = "forwarded" {
        verb: "forward",
        called: ["forwarded", "转达"],
        from: From::Open,
        to: To::Fold("`closed`, if the case is praise"),
        command: Form::Cases,
        help: [
            "Pass praise on to the staff it is about; this closes the case",
            "把表扬转达给受表扬的员工，案卷随即归档",
        ],
        examples: same("fb forward mgvstf --to li.na\nfb forward mgvstf --to li.na,zhang.wei"),
        keys: &[needs(
            Field::To,
            "The person who is praised; may be given several times",
            "受表扬的员工；可写多次",
        )],
        value: None,
        of_a_round: false,
        imported: &[(Field::To, 1)],
        exported: true,
        summary: &[Field::Reason],
    },
    /// An attribute is corrected.
    Amended = "amended" {
        verb: "amend",
        called: ["amended", "更正"],
        from: From::Any,
        to: To::Same,
        command: Form::Cases,
        help: [
            "Correct a decision; `fb edit` corrects what the customer said",
            "更正已作的判定，如类别、负责人；客户反馈的内容用 `fb edit` 修改",
        ],
        examples: [
            "fb amend mgvstf --category product/quality --reason \"the glaze, not the carton\"",
            "fb amend mgvstf --category product/quality --reason \"是釉面问题，不是包装\"",
        ],
        keys: &[
            needs(Field::Reason, "Why it is corrected", "更正的理由"),
            may(Field::Category, "The category", "类别"),
            may(
                Field::Urgency,
                "urgent, important or general",
                "紧急程度：urgent 紧急、important 重要、general 一般",
            ),
            may(Field::Complexity, "simple or complex", "复杂程度：simple 简单、complex 复杂"),
            may(Field::Department, "The department that handles it", "办理部门"),
            may(Field::Owner, "The person who is responsible for it", "负责人"),
            may(Field::Justified, "The complaint is justified", "投诉成立"),
            may(Field::Priority, "A priority of the shop's own", "店铺自定的优先级"),
            may(Field::Cause, "What exactly caused it", "具体原因"),
            may(Field::Responsible, "The responsible party", "责任方"),
            may(Field::Remedy, "What the customer gets", "处理方式"),
            may(Field::Cost, "What it costs", "费用"),
            may(Field::Level, "The level of escalation", "升级级别"),
        ],
        value: None,
        of_a_round: false,
        imported: &[],
        exported: false,
        summary: &[Field::Reason],
    },
    /// A step that the policy names.
    Marked = "marked" {
        verb: "mark",
        called: ["marked", "节点"],
        from: From::Any,
        to: To::Same,
        command: Form::OneCase,
        help: [
            "Record a step that the rules name, such as reported or verified",
            "记录制度规定的节点，如 reported（已上报）、verified（已核实）",
        ],
        examples: [
            "fb mark mgvstf reported\nfb mark mgvstf effect-confirmed -m \"no complaint since\"",
            "fb mark mgvstf reported\nfb mark mgvstf effect-confirmed -m \"此后没有再投诉\"",
        ],
        keys: &[needs(
            Field::Milestone,
            "The step; without it, fb asks on a terminal",
            "节点；不填时在终端里询问",
        )],
        value: None,
        of_a_round: false,
        imported: &[(Field::Milestone, 1)],
        exported: false,
        summary: &[Field::Milestone],
    },
    /// Half-yearly satisfaction survey.
    Surveyed = "surveyed" {
        verb: "survey",
        called: ["surveyed", "满意度调查"],
        from: From::Any,
        to: To::Same,
        command: Form::Own,
        help: [
            "Record an answer to the survey, or draw a sample of customers to ask",
            "记录一份满意度调查结果，或抽取调查名单",
        ],
        examples: NONE,
        keys: &[requires(Field::Score)],
        value: None,
        of_a_round: false,
        imported: &[(Field::Score, 1)],
        exported: false,
        summary: &[Field::Score],
    },
    /// A photo, a recording.
    Attached = "attached" {
        verb: "attach",
        called: ["attached", "附件"],
        from: From::Any,
        to: To::Same,
        command: Form::Own,
        help: ["Attach a photo or a recording to a case", "给案卷附上照片或录音"],
        examples: NONE,
        keys: &[requires(Field::File)],
        value: None,
        of_a_round: false,
        imported: &[(Field::File, 1)],
        exported: false,
        summary: &[Field::File],
    },
    /// A remark.
    Noted = "noted" {
        verb: "note",
        called: ["noted", "备注"],
        from: From::Any,
        to: To::Same,
        command: Form::OneCase,
        help: ["Add a remark to a case", "给案卷加一条备注"],
        examples: [
            "fb note mgvstf \"the customer answers after six\"\nfb note mgvstf \"called back\" --at 09:30 --by li.na",
            "fb note mgvstf \"客户六点后方便接电话\"\nfb note mgvstf \"已回电\" --at 09:30 --by li.na",
        ],
        keys: &[
            needs(
                Field::Note,
                "The remark; without it, fb asks on a terminal",
                "备注内容；不填时在终端里询问",
            ),
            carries(Field::Merged),
        ],
        value: None,
        of_a_round: false,
        imported: &[(Field::Note, 1), (Field::Merged, 1)],
        exported: false,
        summary: &[Field::Reason],
    },
}

impl EventName {
    /// What is known of it.
    pub fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The keys that the event needs. `assigned` needs one of two, so neither of them is here.
    pub(crate) fn required(self) -> impl Iterator<Item = Field> {
        self.row().keys.iter().filter(|key| key.needed).map(|key| key.field)
    }

    /// The optional keys, without `note`, which every event can have.
    pub(crate) fn optional(self) -> impl Iterator<Item = Field> {
        self.row().keys.iter().filter(|key| !key.needed).map(|key| key.field)
    }

    /// Whether the event can carry the key.
    pub(crate) fn takes(self, field: Field) -> bool {
        field == Field::Note || self.row().keys.iter().any(|key| key.field == field)
    }

    /// The statuses in which it can happen.
    pub(crate) fn from(self) -> From {
        self.row().from
    }

    /// The key whose value a policy can name behind a colon, as in `followed-up:dissatisfied`.
    pub(crate) fn value(self) -> Option<Field> {
        self.row().value
    }

    /// Whether it is a step of the work on a case. A remark, a file, an answer to a survey or a correction is none.
    pub(crate) fn is_a_step(self) -> bool {
        !matches!(self, EventName::Noted | EventName::Attached | EventName::Surveyed | EventName::Amended)
    }

    /// Whether it belongs to one round of handling, so a later round needs it again.
    pub(crate) fn of_a_round(self) -> bool {
        self.row().of_a_round
    }
}

impl Field {
    /// In an import, the events that can take this attribute of a row, the best first. Every event can take a remark; one
    /// without an event of its own goes to the receipt.
    pub(crate) fn carriers(self) -> Vec<EventName> {
        let rank = |row: &Row| row.imported.iter().find(|(field, _)| *field == self).map(|(_, rank)| *rank);
        let mut ranked: Vec<_> = ROWS.iter().filter_map(|row| Some((rank(row)?, row.name))).collect();
        ranked.sort();
        let receipt = (self == Field::Note).then_some(EventName::Received);
        ranked.into_iter().map(|(_, name)| name).chain(receipt).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_help() {
        for row in &ROWS {
            let words =
                row.help.iter().chain(row.keys.iter().filter(|key| key.has_flag()).flat_map(|key| &key.help));
            assert!(
                words.clone().all(|words| !words.is_empty() && !words.ends_with(['.', '。'])),
                "{}",
                row.verb
            );
        }
    }
}
