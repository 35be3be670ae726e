//! Messages of this room.

crate::messages! {
    merge() { "a merge is in progress", "仓库正在合并" }
    rebase() { "a rebase is in progress", "仓库正在变基" }
    patches() { "patches are being applied (git am)", "仓库正在应用补丁（git am）" }
    cherry_pick() { "a cherry-pick is in progress", "仓库正在拣选提交（cherry-pick）" }
    revert() { "a revert is in progress", "仓库正在还原提交（revert）" }
    bisect() { "a bisect is in progress", "仓库正在二分查找（bisect）" }
    conflicts() { "some files have conflicts that are not resolved", "有文件的冲突还没解决" }
    finish(go_on, give_up, then) {
        "finish it with `{go_on}` or abandon it with `{give_up}`, {then}",
        "先用 `{go_on}` 做完，或用 `{give_up}` 放弃，{then}",
    }
    leave(command, then) { "leave it with `{command}`, {then}", "先用 `{command}` 结束，{then}" }
    resolve(then) {
        "`git status` lists them; resolve them and `git add` them, {then}",
        "`git status` 会列出这些文件；解决冲突并 `git add`，{then}",
    }
    then_commit() { "then commit this change with `git add` and `git commit`", "再用 `git add` 和 `git commit` 提交这次改动" }
    then_sync() { "then run `fb sync` again", "再运行一次 `fb sync`" }
    no_identity() { "git does not know who you are", "git 还不知道你是谁" }
    give_identity(then) {
        "run `git config --global user.name \"Your Name\"` and `git config --global user.email you@example.com`, {then}",
        "运行 `git config --global user.name \"姓名\"` 和 `git config --global user.email 邮箱`，{then}",
    }
    ignored(path, count) {
        "git's ignore rules exclude {path} (new files ignored: {count})",
        "git 的忽略规则排除了 {path}（被忽略的新文件共 {count} 个）",
    }
    who_ignores(path) {
        "`git check-ignore -v \"{path}\"` shows the line that ignores it; delete that line, then `git add` and `git commit`",
        "`git check-ignore -v \"{path}\"` 会指出是哪一行规则；删掉后再 `git add`、`git commit`",
    }
    refused(said) { "git refused the commit: {said}", "git 拒绝了这次提交：{said}" }
    refused_silently() { "git refused the commit without saying why", "git 拒绝了这次提交，没有说明原因" }
    put_right(then) { "correct what it complains about, {then}", "按提示改好，{then}" }

    leads_nowhere(link) { "{link} names a repository that does not exist", "{link} 指向的仓库不存在" }
    repair_link() {
        "was it moved? `git worktree repair`, or `git submodule update --init`, connects it again",
        "是不是移动过？可用 `git worktree repair` 或 `git submodule update --init` 重新接上"
    }
    no_git_directory(entry) { "git does not accept {entry} as a repository", "git 不承认 {entry} 是仓库" }
    look_at_it() { "`git status` there says why; if the directory only has that name, rename it", "在那里运行 `git status` 可看原因；如果只是重名的目录，请改名" }
    no_repository() { "the ledger is in no git repository, so there are no revisions", "台账不在 git 仓库里，没有历史版本" }
    make_repository() {
        "create one with `git init` and a first commit; for what happened before, there is no commit as evidence",
        "运行 `git init` 并提交一次即可建仓库；在那之前的事，没有提交可以佐证",
    }
    no_revision(word) { "git does not know the revision `{word}`", "git 里没有 `{word}` 这个版本" }
    list_revisions() {
        "`git log --oneline` lists the commits; you can also give a branch, a tag or HEAD~3",
        "`git log --oneline` 会列出各次提交；也可以写分支、标签或 HEAD~3",
    }
    shallow() {
        "this clone has only the latest commits; `git fetch --unshallow` fetches the others",
        "这份克隆只有最近的提交；`git fetch --unshallow` 可取回其余的",
    }
    not_in_revision(commit, dir) {
        "the commit {commit} has no directory `{dir}`",
        "提交 {commit} 里没有目录 `{dir}`",
    }

    not_trusted(dir) {
        "git does not trust the repository around {dir}: it belongs to another user",
        "git 不信任 {dir} 所在的仓库：它属于另一个用户",
    }
    trust(dir) {
        "if you trust it: `git config --global --add safe.directory \"{dir}\"`",
        "如果信得过，运行 `git config --global --add safe.directory \"{dir}\"`",
    }
    bare(dir) {
        "{dir} is a bare repository: it has no files to work on",
        "{dir} 是裸仓库，里面没有可以办理的文件",
    }
    clone_it() { "clone it and work in the clone", "请克隆一份，在克隆里办理" }
    outside(paths, top) {
        "{paths} is not in the work tree of the repository, {top}",
        "{paths} 不在仓库的工作区 {top} 里",
    }
    no_such_directory(path, why) { "cannot read the directory {path}: {why}", "无法读取目录 {path}：{why}" }
    not_plain(paths) {
        "{paths} is a link or a directory, or is behind a link; only plain files are committed",
        "{paths} 是链接或目录，或者在链接后面；只提交普通文件",
    }
    make_plain() {
        "put the file itself in its place, then commit with `git add` and `git commit`",
        "请换成文件本身，再用 `git add` 和 `git commit` 提交",
    }
    taken(path) {
        "another git process is running (it holds {path})",
        "另一个 git 进程正在运行（占用着 {path}）",
    }
    wait_or_remove(path) {
        "wait until it is done; if no git is running, delete {path}",
        "等它结束；如果没有 git 在运行，就删除 {path}",
    }
    wait_or_remove_and_sync(path) {
        "wait until it is done; if no git is running, delete {path}; then run `fb sync` again",
        "等它结束；如果没有 git 在运行，就删除 {path}；然后再运行 `fb sync`",
    }
    moved() {
        "another git process committed at the same time",
        "另一个 git 进程同时也在提交",
    }
    commit_later() {
        "commit this change with `git add` and `git commit`",
        "请用 `git add` 和 `git commit` 提交这次改动",
    }
    reverting() { "a commit is being reverted; a merge would restore the events that it removes", "正在还原一次提交；如果合并，被撤销的记录又会回来" }
    take_back() { "`git revert --abort` abandons the revert; to take back a command, use `fb undo`", "`git revert --abort` 放弃还原；撤回一条命令请用 `fb undo`" }
    octopus(count) { "{count} commits are being merged at once", "正在一次合并 {count} 个提交" }
    one_by_one() { "`git merge --abort`, then merge them one after the other", "请先 `git merge --abort`，再逐个合并" }
    newer_git() { "`fb sync` and `fb mend` need git 2.38 or newer", "`fb sync` 和 `fb mend` 需要 git 2.38 或更新的版本" }
    sync_again() { "run `fb sync` again", "请再运行一次 `fb sync`" }
    other_branch(name) { "the branch was switched during the sync; it was {name}", "同步期间切换了分支；原来的分支是 {name}" }
    no_branch() { "HEAD is on no branch, so there is nothing to sync it with", "当前不在任何分支上，没有可以同步的对象" }
    take_branch() { "`git switch main` switches to a branch; `git switch -c NAME` creates one here", "`git switch main` 切到分支；`git switch -c 名称` 在这里新建一个" }
    no_remote(name) { "git does not know the remote `{name}`", "git 里没有名为 `{name}` 的远程仓库" }
    no_remotes() { "this repository has no remote to sync with", "这个仓库还没有可以同步的远程仓库" }
    add_remote() { "add one with `git remote add origin URL`", "`git remote add origin 地址` 可以添加一个" }
    which_remote(names) { "there are several remotes, and this branch has none of them as its upstream: {names}", "有多个远程仓库，当前分支没有指定跟哪一个：{names}" }
    name_remote(name) { "say which: `fb sync {name}`", "请指明，例如 `fb sync {name}`" }
    not_fetched(remote, why) { "nothing could be fetched from {remote}: {why}", "无法从 {remote} 取回：{why}" }
    look_at_remote(remote) { "nothing here was changed; `git fetch {remote}` shows git's full message", "本地没有改动；`git fetch {remote}` 可看 git 的完整提示" }
    failed(why) { "git failed: {why}", "git 出错：{why}" }
    cannot_read(path, why) { "cannot read {path}: {why}", "无法读取 {path}：{why}" }
    missing_object(id) { "the repository has lost the object {id}", "仓库里缺少对象 {id}" }
    run_fsck() { "`git fsck` lists what is lost; another clone may still have it (`git fetch`)", "`git fsck` 会列出缺少的对象；别的克隆里也许还有（`git fetch`）" }
    cannot_write(path, why) { "cannot write {path}: {why}", "无法写入 {path}：{why}" }
    no_program() {
        "this repository needs the `git` program, and it is not installed",
        "这个仓库要用 `git` 程序，但没有安装",
    }
    no_room(dir, why) {
        "git's output cannot be stored: no file can be created in {dir}: {why}",
        "无处存放 git 的输出：不能在 {dir} 里新建文件：{why}",
    }
    make_room() {
        "check that TMPDIR is a directory that you can write to, and that the disk is not full",
        "请检查 TMPDIR 指向的目录是否存在、可写，磁盘是否还有空间",
    }
    install() { "install git (https://git-scm.com)", "请安装 git（https://git-scm.com）" }
    cannot_run(why) { "cannot run the `git` program: {why}", "无法运行 `git` 程序：{why}" }
}
