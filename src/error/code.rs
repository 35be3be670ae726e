//! The codes of all findings, each with its severity and a sentence: of the checks, of the audit, and of an import, a
//! merge or a sync. A new one is a line here, and the row of its function in the table of `check` or `audit`.

use std::cmp::Ordering;
use std::fmt;

use super::Severity;
use crate::lang::Text;

/// The description of a code.
struct CodeRow {
    word: &'static str,
    severity: Severity,
    sentence: [&'static str; 2],
}

macro_rules! codes {
    ($($code:ident = $word:literal, $severity:ident, $en:literal, $zh:literal;)*) => {
        /// The kind of a finding. Its word is stable: programs and `--only` use it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Code { $($code),* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            fn row(self) -> CodeRow {
                match self {
                    $(Code::$code => CodeRow {
                        word: $word,
                        severity: Severity::$severity,
                        sentence: [$en, $zh],
                    }),*
                }
            }
        }
    };
}

impl Code {
    /// Its word, such as `wrong-directory`.
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// How bad it usually is.
    pub fn severity(self) -> Severity {
        self.row().severity
    }

    /// Its sentence.
    pub fn sentence(self) -> Text {
        let [en, zh] = self.row().sentence;
        Text::of(en, zh)
    }
}

codes! {
    // Of the checks
    Unreadable = "unreadable", Error, "the file cannot be read as a case", "文件读不出来，无法作为案卷使用";
    ConflictMarker = "conflict-marker", Error, "the file still has git's conflict markers", "文件里还留着 git 合并冲突的标记";
    UnknownKey = "unknown-key", Warning, "a key that the format does not know; it is kept, but has no effect", "格式里没有的键：内容会保留，但不起作用";
    BadValue = "bad-value", Error, "a key is missing, or its value is not valid", "缺少必填项，或填的值不对";
    WrongDirectory = "wrong-directory", Error, "the case is not in the directory that its history leads to", "案卷所在的目录与记录的结果不一致";
    WrongName = "wrong-name", Error, "the file's name is not the case's id", "文件名与案卷编号不一致";
    UnportableName = "unportable-name", Error, "git cannot check out a file with this name on every system; a clone there fails completely", "文件名在其他系统上无法检出，整个克隆都会失败";
    DuplicateId = "duplicate-id", Error, "two files have the same id", "两个文件用了同一个编号";
    SameExternal = "same-external", Warning, "two cases were imported from the same record of another system", "两件案卷来自外部系统的同一个编号";
    Duplicate = "duplicate", Warning, "two cases of one customer have the same order or title within 30 days, and neither is linked to the other", "同一客户 30 天内有两件订单或标题相同的案卷，且互不关联";
    OutOfOrder = "out-of-order", Error, "the time of an event is before the receipt, or before that of the event above it", "记录的时间早于受理时间，或早于上一条记录";
    Repeated = "repeated", Warning, "the same event is recorded twice, word for word", "同一条记录重复出现，内容完全一样";
    FutureStamp = "future-stamp", Error, "the time of an event is more than a minute in the future", "记录的时间比现在晚一分钟以上";
    NotAllowed = "not-allowed", Error, "the status or a missing step did not allow the event at that time", "发生这件事时，当时的状态或制度要求的步骤不允许";
    SelfApproved = "self-approved", Error, "the person who proposed the remedy also approved it", "拟定方案的人批准了自己的方案";
    Unapproved = "unapproved", Error, "a remedy was carried out that was not approved, or not as it was approved", "执行的处理方案未经批准，或与批准的不一致";
    RoleUnfilled = "role-unfilled", Warning, "the rules ask for the approval of a role that nobody in fb.toml has", "制度要求某职务审批，但 fb.toml 里没有人担任";
    Incomplete = "incomplete", Warning, "something that the rules ask for is not filled in", "制度要求填写的内容没有填";
    Concurrent = "concurrent", Warning, "after a merge, an event follows others that do not allow it; its author could not know of them", "合并之后排在了别的记录后面；操作人当时不知道那些记录，而它们不允许这一步";
    UnknownName = "unknown-name", Warning, "a person, department, channel or other name that the shop does not have, or a link to a case that does not exist", "台账里没有的人员、部门、渠道等名称，或关联的案卷不存在";
    MissingYear = "missing-year", Error, "a calendar lacks a year that a time limit needs; a warning if it is needed soon", "时限要用到的年份日历里没有；即将用到时先作警告";
    BadPolicy = "bad-policy", Error, "fb.toml, a policy or a calendar has an error and cannot be used", "fb.toml、制度或日历文件有错，无法使用";
    ReviewDue = "review-due", Warning, "the rules are due for review", "制度本身到了该复审的日子";
    OldEdition = "old-edition", Warning, "the rules are written in an older way, which leaves ways around them open", "制度按旧版写法，仍可绕过规定";
    Overdue = "overdue", Error, "a time limit has passed and the step is not done", "时限已过，要办的事还没有办";
    DueSoon = "due-soon", Warning, "most of a time limit is used up", "时限快到了";
    Stalled = "stalled", Error, "nothing has happened to an open case for long, and no time limit runs on it", "未结案卷长时间没有进展，也没有时限在计时";
    Unowned = "unowned", Warning, "an open case has left the hub and has no owner", "案卷已离开归口部门，却没有负责人";
    PersonalData = "personal-data", Warning, "a free text contains a telephone, identity or bank card number", "文字里写了手机号、身份证号或银行卡号";
    MissingKeep = "missing-keep", Error, "the directory of a status has no .gitkeep; without it, a clone loses the directory when it is empty", "状态目录缺少 .gitkeep，目录一空，克隆出去就没有了";
    MissingFile = "missing-file", Warning, "an attached file is missing", "附件文件不在台账里";
    Pending = "pending", Error, "a command was interrupted and is not finished; a warning if only the commit is missing", "有命令中途中断、尚未补完；已确认而只差提交的，为警告";

    // Of the audit
    NotInRole = "not-in-role", Error, "the approver did not have the role at the time of the commit", "批准人提交时并不担任所写的职务";
    NotAuthor = "not-author", Error, "the person named in the event is not the author of the commit", "记录上的经办人不是提交人";
    Backdated = "backdated", Error, "an event was committed much later than its time, or its `recorded`, says", "提交时间比记录上写的时间（或补录时间）晚得多";
    Baseline = "baseline", Warning, "an entry of audit.toml has no reason, or matches no finding any more", "audit.toml 中有一条没写理由，或对应的问题已不存在";
    Changed = "changed", Error, "a committed event was later changed or removed", "已经提交的记录后来被改动或删除";
    ClosedMonth = "closed-month", Error, "a commit changed the data of a month that was already over", "提交改动了已结束月份的统计依据";
    CutOff = "cut-off", Warning, "the clone is shallow: the contents of its oldest commits may be older than these commits", "克隆不完整（浅克隆），最早几次提交里的内容可能更早就有";
    Future = "future", Error, "an event was committed before its own time", "提交的时候，记录上写的时间还没有到";
    Imported = "imported", Error, "a commit added older records from elsewhere; git cannot confirm their times", "这次提交导入了以往的记录，git 无法佐证其中的时间";
    Rewritten = "rewritten", Warning, "a commit was rewritten later (rebase, amend, cherry-pick); its original content is unknown", "提交事后被重写过（变基、修订或拣选），原先的内容无从得知";
    UnreadablePast = "unreadable", Warning, "an earlier version of a case file cannot be read", "历史中有一个版本的案卷无法读取";

    // Of an import, a merge or a sync
    BadName = "bad-name", Error, "a ledger cannot have a file with this name", "文件名不是台账可用的名称";
    Conflict = "conflict", Error, "a merge left two versions; a person must decide which one is right", "合并后留下两个版本，需要人来决定";
    LeftOut = "left-out", Warning, "a commit of somebody else has something that the ledger does not take", "别人的提交里有不能进入台账的内容";
    Merged = "merged", Warning, "two sides changed the same thing, and both are kept", "双方改动了同一处，两者都已保留";
    NotCommitted = "not-committed", Error, "a file is not in a commit", "文件还没有提交";
}

/// Sorted by their words, as people look them up.
impl Ord for Code {
    fn cmp(&self, other: &Code) -> Ordering {
        self.word().cmp(other.word())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Code) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
