//! Commands that were interrupted, and changes that are in no commit.

use std::path::Path;

use crate::error::{Code, Error, Finding, Place, Severity};

mod say {
    crate::messages! {
        interrupted(what) { "a command was interrupted and is not finished: {what}", "有命令中途中断，尚未补完：{what}" }
        next_one_finishes() {
            "the next command that writes finishes it; if nothing else is wrong, `fb mend` does only that",
            "下一条写入的命令会先把它补完；若无其他问题，`fb mend` 只做这一件事"
        }
        unreadable_record() { "the record of an interrupted command cannot be read", "中断操作的记录无法读取" }
        next_one_puts_aside() {
            "the next command that writes moves it aside and goes on; after that, `fb recover` lists it",
            "下一条写入的命令会把它另存一边并继续；之后可用 `fb recover` 查看"
        }
        waits(what) { "this was confirmed, but is not committed yet: {what}", "已确认，但还没有提交：{what}" }
        waits_lost(what) {
            "this was confirmed, but it is neither in a commit nor in the files: {what}",
            "已确认，但既没有提交，文件里也没有：{what}"
        }
        recover(kept) {
            "commit the file, or see `fb recover`; it is kept as {kept}",
            "请提交该文件，或查看 `fb recover`；已另存为 {kept}"
        }
    }
}

/// A command that was interrupted, by the file that it was to write first and its own words.
pub(crate) fn interrupted(path: &Path, what: &str) -> Finding {
    Code::Pending.at(Place::file(path), say::interrupted(what)).help(say::next_one_finishes())
}

/// A record of an interrupted command that cannot be read.
pub(crate) fn unreadable_record(path: &Path) -> Finding {
    Code::Pending.at(Place::file(path), say::unreadable_record()).help(say::next_one_puts_aside())
}

/// Something that stops every command that writes, as they say it.
pub(crate) fn stuck(path: &Path, error: Error) -> Finding {
    error.hints.into_iter().fold(Code::Pending.at(Place::file(path), error.message), Finding::help)
}

/// A command whose change is kept, and in no commit; `lost`: it is in no file either.
pub(crate) fn waiting(path: &Path, what: &str, kept: &str, lost: bool) -> Finding {
    let message = if lost { say::waits_lost(what) } else { say::waits(what) };
    let finding = Code::Pending.at(Place::file(path), message).help(say::recover(kept));
    Finding { severity: Severity::Warning, ..finding }
}
