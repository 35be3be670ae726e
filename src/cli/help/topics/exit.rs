use super::HelpPart;

mod say {
    crate::messages! {
        title() { "The exit statuses of all commands", "各命令的退出码" }
        statuses() { "Statuses:", "退出码：" }
        done() { "Done. Nothing was found, or only warnings.", "已完成。没有发现问题，或只有警告。" }
        found() {
            "`fb check` or `fb audit` found errors (an overdue case is one); or no case has the id that was given.",
            "`fb check` 或 `fb audit` 发现错误（逾期也算）；或没有这个编号的案卷。"
        }
        refused() {
            "The command line or an answer is wrong, or the rules do not allow the step. Nothing was written.",
            "命令或填写的内容有误，或制度不允许这一步。没有写入任何内容。"
        }
        failed() {
            "The ledger could not be read completely, a doubt changes a figure, or a write or git failed. What was there is still there.",
            "台账没有全部读出，或有存疑之处影响数字，或写入、git 操作失败。原有内容都还在。"
        }
        also() { "Good to know:", "说明：" }
        formats() { "The exit status is the same in every format and in both languages.", "无论哪种输出格式、哪种语言，退出码都一样。" }
        deny() {
            "`fb check --deny warnings` counts warnings as errors, so they also lead to 1.",
            "`fb check --deny warnings` 把警告也当作错误，退出码同样是 1。"
        }
    }
}

pub(super) use say::title;

pub(super) fn parts() -> Vec<HelpPart> {
    let statuses = [("0", say::done()), ("1", say::found()), ("2", say::refused()), ("3", say::failed())];
    vec![
        HelpPart::typed(say::statuses(), statuses),
        HelpPart::lines(say::also(), [say::formats(), say::deny()]),
    ]
}
