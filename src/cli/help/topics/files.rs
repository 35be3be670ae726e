use super::HelpPart;
use crate::case::Status;
use crate::lang::{Text, names};

mod say {
    crate::messages! {
        title() { "The files of a ledger", "台账里的文件" }
        layout() { "Files and directories:", "文件和目录：" }
        shop() { "the shop: name, time zone, language, people, departments, channels, categories", "店铺：名称、时区、语言、人员、部门、渠道、类别" }
        base() { "the rules from the beginning", "最初施行的制度" }
        amended() { "the rules for cases received from that day on; it replaces the earlier file completely", "该日起受理的案卷适用的制度；完全取代之前的文件" }
        calendar() { "working hours, holidays, and make-up working days", "工作时间、节假日和调休上班日" }
        open() { "an open case, in the directory of its status", "未结案卷，放在状态对应的目录里" }
        ended() { "a case that has ended, under the month in which it ended; the same for `rejected`", "已结束的案卷，按结束的月份存放；`rejected` 目录也一样" }
        attached() { "photos and recordings of a case", "案卷的照片和录音" }
        baseline() { "findings of `fb audit` that were accepted, each with its reason", "`fb audit` 查出后已认可的问题及认可的理由" }
        attributes() { "tells git how to merge cases (`fb mend --install` sets it up)", "告诉 git 怎样合并案卷（用 `fb mend --install` 启用）" }
        statuses() { "The directories below cases/:", "cases/ 下的目录：" }
        case() { "A case file:", "案卷文件：" }
        is_yaml() {
            "It is YAML: first what the customer said, then `history`, a list of events. Events are added at the end; none is changed or removed.",
            "案卷是 YAML 文件：前面是客户反馈的内容，后面 `history` 是办理记录。记录只在末尾追加，不改不删。"
        }
        id() {
            "Its id is the day and six characters, such as 20261123-mgvstf. In a command the six characters are enough, or the first few of them, if no other case begins with them.",
            "编号由日期和六个字符组成，如 20261123-mgvstf。在命令里写六个字符就够了；只要不与其他案卷混淆，只写前几个也行。"
        }
        by_hand() {
            "You can edit it with `fb edit`, which checks what you save. Comments and your own layout stay.",
            "可以用 `fb edit` 修改，保存时会检查。您加的注释和排版都会保留。"
        }
        nothing_else() { "`fb` stores nothing else: everything is in these files and in git.", "`fb` 不另存数据：所有内容都在这些文件和 git 里。" }
    }
}

pub(super) use say::title;

pub(super) fn parts() -> Vec<HelpPart> {
    let layout = [
        ("fb.toml", say::shop()),
        ("policy/base.toml", say::base()),
        ("policy/2027-01-01.toml", say::amended()),
        ("calendar/office.toml", say::calendar()),
        ("cases/new/ID.yaml", say::open()),
        ("cases/closed/2026-11/ID.yaml", say::ended()),
        ("files/ID/", say::attached()),
        ("audit.toml", say::baseline()),
        (".gitattributes", say::attributes()),
    ];
    let statuses = Status::ALL.map(|status| (status.word(), meaning(status)));
    vec![
        HelpPart::typed(say::layout(), layout),
        HelpPart::typed(say::statuses(), statuses),
        HelpPart::lines(say::case(), [say::is_yaml(), say::id(), say::by_hand(), say::nothing_else()]),
    ]
}

/// Who has the next move. The Chinese name of the status is the one that people read everywhere.
fn meaning(status: Status) -> Text {
    let (en, zh) = match status {
        Status::New => ("received and registered; not classified yet", "已受理登记，还没有分类"),
        Status::Triaged => ("classified; needs a department and an owner", "已分类，等待分派给部门和负责人"),
        Status::Assigned => ("handed over; not accepted yet", "已派单，还没有接单"),
        Status::Investigating => (
            "accepted; the owner looks for the cause and the responsible party",
            "已接单，正在查明原因和责任方",
        ),
        Status::Proposed => ("a remedy or a plan needs approval", "处理方案或改进计划等待审批"),
        Status::Approved => ("approved; being carried out", "已批准，正在执行"),
        Status::Waiting => ("the customer has to answer", "等待客户答复"),
        Status::Escalated => {
            ("handed up to a supervisor or a manager, or outside", "已升级到主管、经理或外部机构")
        }
        Status::Resolved => {
            ("carried out and reported to the customer; the follow-up is due", "已执行并告知客户，等待回访")
        }
        Status::Closed => ("ended", "已结束"),
        Status::Rejected => (
            "ended: not justified or declined, and explained to the customer; or void",
            "已结束；不成立或不予受理，并已向客户说明；或已作废",
        ),
    };
    Text::new(en, format!("{}。{zh}", names::status(status).1))
}
