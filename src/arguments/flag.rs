//! The help of flags and arguments that several commands have.

use crate::lang::Text;

pub(crate) const AT: Text = Text::of(
    "When it happened, if not now: 09:30, \"2026-11-22 09:30\", or RFC 3339",
    "实际发生的时间，不填则为现在：09:30、\"2026-11-22 09:30\" 或 RFC 3339",
);
pub(crate) const BY: Text = Text::of("The person who did it, if not you", "经办人，不填则为本人");
pub(crate) const CASE: Text = Text::of(
    "The case: its six characters, or the start of them or of the id",
    "案卷编号：六个字符，也可只写其开头，或写完整编号的开头",
);
pub(crate) const CASES: Text = Text::of(
    "The cases: six characters each, or the start of them or of an id",
    "案卷编号：六个字符，也可只写其开头，或写完整编号的开头",
);
pub(crate) const DRY_RUN: Text =
    Text::of("Print what would be done, but write nothing", "只输出将要做什么，不写入");
pub(crate) const FORMAT: Text = Text::of("The format of the output", "输出格式");
pub(crate) const KINDS: Text = Text::of(
    "The kinds to draw from; without it, complaint, suggestion and inquiry",
    "从哪些类型中抽取；不填则为 complaint 投诉、suggestion 建议、inquiry 咨询",
);
pub(crate) const LIMIT: Text = Text::of("Show at most this many", "最多列出多少条");
pub(crate) const NOTE: Text = Text::of("A remark for the history", "备注，记入办理记录");
pub(crate) const OUTPUT: Text =
    Text::of("Write to a file; its extension decides the format", "写入文件；由扩展名决定格式");
pub(crate) const PERIOD_AND_QUERY: Text = Text::of(
    "The period (`fb help periods`); without it, the last full one. Then the cases to count (`fb help query`)",
    "统计期间（见 `fb help periods`），不填则为上一个完整的期间；后面可写查询条件，只统计符合的案卷（见 `fb help query`）",
);
pub(crate) const REVEAL: Text =
    Text::of("Do not mask telephone, identity and card numbers", "不隐去电话、证件和银行卡号码");
pub(crate) const REVEAL_CUSTOMER: Text = Text::of(
    "Do not mask customers' names and contacts, or numbers in texts",
    "不隐去客户姓名、联系方式和文字里的号码",
);
pub(crate) const SEED: Text = Text::of(
    "A word that decides the draw; without it, the name of the period",
    "随机种子，相同则抽取结果相同；不填则用期间名称",
);

/// Words of the table for clap.
pub(crate) fn both([en, zh]: [&'static str; 2]) -> String {
    Text::of(en, zh).both()
}
