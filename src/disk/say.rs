//! Messages of this room.

crate::messages! {
    cannot_read(path, why) { "{path} cannot be read: {why}", "无法读取 {path}：{why}" }
    cannot_write(path, why) { "{path} cannot be written: {why}", "无法写入 {path}：{why}" }
    make_room() { "free some space on the disk (or in your quota), then run the command again", "请先腾出磁盘空间（或配额），再重新执行" }
    nothing_written() { "nothing was changed", "没有改动任何内容" }
    too_large(path, limit) { "{path} is larger than {limit}", "{path} 超过 {limit}" }
    not_text(path) { "{path} is not UTF-8 text", "{path} 不是 UTF-8 文本" }
    symlink_at(path) { "{path} is a symbolic link, which the ledger does not follow", "{path} 是符号链接，台账不跟随链接" }
    leads_out(path) { "{path} leads out of the ledger", "{path} 指向台账之外" }
    no_file(path) { "{path} is not a file", "{path} 不是文件" }
    symlink_help() { "put the file itself there", "请把文件本身放在这里" }
    taken(path) { "{path} already exists", "{path} 已经存在" }
    locked(path) { "another fb is changing this ledger ({path})", "另一个 fb 正在写这个台账（{path}）" }
    locked_help() { "wait for it, or try again; the lock ends with the process that holds it", "请稍后再试；持锁进程结束后锁会自动释放" }
}
