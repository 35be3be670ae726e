//! Messages about two commits of a ledger.

crate::messages! {
    unrelated() { "the two histories have no commit in common", "两边的历史没有共同的提交" }
    unshallow() {
        "this clone has only the latest commits: `git fetch --unshallow` fetches the others; then sync again",
        "这份克隆只有最近的提交：`git fetch --unshallow` 可取回其余的，然后再同步"
    }
    clone_again() {
        "clone the shared repository again and add your cases with `fb export` and `fb import`",
        "请重新克隆共享仓库，再用 `fb export` 和 `fb import` 把自己的案卷导入"
    }
    twice(one, other) {
        "two different cases have the same id: {one} and {other}; run `fb mend` first",
        "两件不同的案卷用了同一个编号：{one} 和 {other}；请先运行 `fb mend`"
    }
    no_text(path) { "{path} is not readable text", "{path} 不是可读的文本" }
    unusable(count) {
        "cases that both sides changed and that cannot be merged: {count}",
        "两边都改过、又无法合并的案卷：{count} 件"
    }
    by_hand() {
        "nothing was changed; start a merge with `git merge`, correct these files by hand, with the events of both sides, then `git add` and `git commit`",
        "没有改动任何文件；请在合并中（用 `git merge` 开始）手工改好这些文件，保留双方的办理记录，再 `git add`、`git commit`"
    }
    link() { "a symbolic link", "这是符号链接" }
    submodule() { "a submodule, not a file", "这是子模块，不是文件" }
    named_twice() { "twice in one directory, which git itself never writes", "同名条目出现两次，不是 git 正常生成的目录" }
    bad_name() { "a name that is not allowed in a ledger", "台账文件不能用这样的名称" }
    no_name() { "a name that a disk does not allow, or that git uses itself", "磁盘无法使用的名称，或 git 自用的名称" }
    file_for_directory() { "a file where the ledger has a directory", "这里应是目录，却是文件" }
    directory_for_file() { "below a path where the ledger has a file", "这里应是文件，却是目录" }
    only_in_case(lower) { "differs from {lower} only in capital letters", "与 {lower} 只有大小写不同" }
    larger(most) { "larger than {most}", "超过 {most}" }
    no_directory(path, commit) {
        "{path} is not a directory in the commit {commit}, and the ledger is below it",
        "提交 {commit} 里的 {path} 不是目录，而台账在它下面"
    }
    ask_who(commit, path) {
        "`git log {commit} -- \"{path}\"` shows who added it; replace it by a plain file",
        "`git log {commit} -- \"{path}\"` 可查到是谁放的；换成普通文件即可"
    }
    wrong_name(path) { "the id in {path} is not that of its name", "{path} 里写的编号与文件名不一致" }
    stray(path) { "both sides changed {path}, which is not a case", "两边都改了 {path}，而它不是案卷" }
    both_changed(short, status) { "{short}  changed on both sides, merged: {status}", "{short}  两边都有改动，已合并：{status}" }
    removed(short) { "{short}  was removed on one side and changed on the other; it stays", "{short}  一边删除、一边有改动，已保留" }
    another(short, new) {
        "{short}  was the id of two cases; the one received later is now {new}",
        "{short}  被两件案卷用作编号；较晚受理的一件改为 {new}"
    }
}
