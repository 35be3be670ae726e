//! Messages of this room.

pub(super) use crate::disk::say::{
    cannot_read, cannot_write, not_text, nothing_written, symlink_help, taken,
};

crate::messages! {
    no_ledger(dir) { "there is no ledger in {dir} or above it: no fb.toml", "{dir} 及其上级目录里没有台账（没有 fb.toml）" }
    make_ledger() { "create one: fb init shop --policy ecommerce", "先建一个：fb init shop --policy ecommerce" }
    or_point() { "or say where it is: fb -C DIR …, or FB_DIR=DIR", "或者指明位置：fb -C 目录 …，或设置 FB_DIR" }
    still_noted() { "the change is made; only its temporary record could not be deleted, and the next fb command that writes deletes it", "改动已完成，只是操作记录没能删除；下一条写入的 fb 命令会清理" }
    finished_later() { "the unfinished change is recorded: the next fb command that writes finishes it", "已开始的改动有记录：下一条写入的 fb 命令会先把它补完" }
    divide() { "nothing was written; divide the work among several commands", "没有写入任何内容；请分几次执行" }
    not_kept(path) { "{path} is not in that commit", "那次提交里没有 {path}" }
    too_large_help() { "nothing was written; continue in a new case that is linked to this one", "没有写入；可另建一件案卷并与本件关联，继续登记" }
    not_ours(path) { "{path} is not a path that fb writes", "fb 不会写入 {path} 这个路径" }
    no_file_kept() { "a symbolic link or a submodule, which the ledger does not follow", "这是符号链接或子模块，台账不跟随" }
    no_file_kept_at(path) {
        "{path} is a symbolic link or a submodule there, which the ledger does not follow",
        "那个版本里的 {path} 是符号链接或子模块，台账不跟随"
    }
    twin(name) { "`{name}` is not `cases`, and nothing in it is read", "`{name}` 不是 `cases`，其中的内容不会读取" }
    twin_help() { "move what is in it to cases/ with `git mv`", "请用 `git mv` 把其中的内容移到 cases/" }
    symlink() { "a symbolic link, which the ledger does not follow", "这是符号链接，台账不跟随链接" }
    unknown_directory(name) { "`{name}` is not a status", "`{name}` 不是状态目录" }
    unknown_directory_help(known) { "case files belong in cases/ under: {known}", "案卷应放在 cases/ 下的：{known}" }
    stray(path) { "a case file does not belong here", "案卷不应放在这里" }
    stray_open(status) { "it belongs directly in cases/{status}/: move it there with `git mv`, then `fb mend`", "应直接放在 cases/{status}/ 里：请用 `git mv` 移过去，再运行 `fb mend`" }
    stray_terminal(status) { "it belongs in cases/{status}/ under the month it ended in, such as 2026-11/: move it there with `git mv`, then `fb mend`", "应放在 cases/{status}/ 下的办结月份里，如 2026-11/：请用 `git mv` 移过去，再运行 `fb mend`" }
    not_yaml() { "a case file ends in .yaml", "案卷文件名应以 .yaml 结尾" }
    no_case(part) { "there is no case `{part}`", "没有编号为 `{part}` 的案卷" }
    no_part() { "which case? an id is missing", "缺少案卷编号" }
    not_all_seen(part) { "no case `{part}` was found, but not everything could be read", "没有找到编号为 `{part}` 的案卷，但有些内容读不出来" }
    list_all() { "`fb list all` shows every case", "`fb list all` 列出全部案卷" }
    ambiguous(part, ids) { "`{part}` matches several cases: {ids}", "`{part}` 可能是：{ids}" }
    type_more() { "type more of the id", "请多输入几位编号" }
    twice(id, paths) { "the case {id} is in two places: {paths}", "案卷 {id} 同时出现在两处：{paths}" }
    twice_help() { "`fb mend` merges them into one, with the events of both", "`fb mend` 会把它们合并成一个文件，两边的记录都保留" }
    unreadable_case(path) { "{path} cannot be used", "{path} 无法使用" }
    changed_since_help(journal) {
        "compare it with what is kept in {journal}, then remove that file",
        "请与 {journal} 中保存的内容核对，然后删除该文件"
    }
    bad_journal(path) { "{path}, the record of an interrupted command, cannot be read", "无法读取中断操作的记录 {path}" }
    no_journal(path) {
        "{path} should be the record of a running command, but it is a link, a directory or a device: \
         no command writes until it is gone",
        "{path} 应存放正在执行的操作的记录，但那里不是文件，而是链接、目录或设备；移走之前，任何命令都不会写入"
    }
    no_journal_help() {
        "fb did not put it there: look at it, move or delete it, then run the command again",
        "这不是 fb 放的：请查看它是什么，移走或删除，再重新执行"
    }
    bad_journal_help() { "compare the ledger with git, then remove that file", "请用 git 核对台账，然后删除该文件" }
    moved_meanwhile(path) { "{path} changed while the command ran; nothing was written", "{path} 在命令执行期间被改动；没有写入任何内容" }
}
