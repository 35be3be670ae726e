//! Messages of an undo.

use super::back::Reversed;
use crate::case::Id;
pub(super) use crate::commands::say::only_said;
use crate::lang::Text;

crate::messages! {
    about() { "Undo your last command, or the last one on a case", "撤销自己的上一条命令，或某件案卷的最后一条命令" }
    examples() { "fb undo --dry-run\nfb undo mgvstf -m \"it was another customer\"", "fb undo --dry-run\nfb undo mgvstf -m \"弄错客户了\"" }
    case() { "The case; without one, your own last command", "案卷；不填则为自己的上一条命令" }
    why() { "The reason, for the commit message", "理由，写进提交说明" }
    dry_run() { "Print what would be undone, but write nothing", "只输出将要撤销什么，不写入" }
    no_commits() { "without commits there is no last command to undo", "没有提交，也就没有可撤销的操作" }
    no_commits_help() {
        "`commit = true` under [git] in fb.toml, and no --no-commit, makes every command a commit",
        "在 fb.toml 的 [git] 里写 `commit = true`，并且不用 --no-commit，每条命令才会提交"
    }
    finished_first() { "an interrupted command was finished just now; nothing was undone", "刚刚补完了上次中断的操作；没有撤销任何操作" }
    look_then_again() {
        "`git log -1` shows it; if that is what you want to undo, run `fb undo` again",
        "`git log -1` 可查看；要撤销的正是它，就再运行一次 `fb undo`"
    }
    finish_first() { "finish that first; `git status` says how", "请先把它做完；`git status` 会提示怎么做" }
    no_commit_yet() { "there is no commit yet, so there is nothing to undo", "还没有任何提交，没有可撤销的操作" }
    nothing(email) { "{email} has changed nothing in this ledger yet", "{email} 还没有改动过这个台账" }
    name_a_case() { "`fb undo ID` undoes the last command on a case", "`fb undo 编号` 撤销对某件案卷的最近一次操作" }
    not_committed(id) { "{id} was never committed", "{id} 从未提交过" }
    commit(id, who, when, subject) { "commit {id} of {who}, {when}: {subject}", "提交 {id}（{who}，{when}）：{subject}" }
    began(commit) { "that commit began the ledger: {commit}", "这次提交建立了台账：{commit}" }
    remove_ledger() { "if you do not want this ledger, delete its files", "如果不要这个台账，删掉它的文件即可" }
    by_hand(commit) { "the last change was not made by fb: {commit}", "最近一次改动不是 fb 的命令：{commit}" }
    revert(id) { "`git revert {id}` undoes a commit that was made by hand", "手工提交的改动用 `git revert {id}` 撤销" }
    is_merge(commit) { "the last change is a merge: {commit}", "最近一次操作是合并：{commit}" }
    cut_off(commit) {
        "the history is cut off here, so what was before is not known: {commit}",
        "历史到这里就断了，之前的内容无从得知：{commit}"
    }
    apart(branch) {
        "the history is cut off here, so what {branch} has in common with it is not known",
        "历史到这里就断了，无从得知它与 {branch} 共有的部分"
    }
    unshallow() { "`git fetch --unshallow` fetches the rest of the history", "`git fetch --unshallow` 可取回其余的历史" }
    not_possible(subject, id) { "cannot be undone: {subject} (commit {id})", "无法撤销：{subject}（提交 {id}）" }
    holds_more(paths) {
        "it also has changes that were made before it and not committed then: {paths}",
        "其中还有此前未提交的改动：{paths}"
    }
    tell_apart(commit) {
        "`git show {commit}` shows both; correct what is wrong with a new event, or with `fb edit`",
        "`git show {commit}` 可分辨两者；请另记一条予以更正，或用 `fb edit` 改"
    }
    last_may_not_be_committed(paths) {
        "the last change may not be committed: {paths}",
        "最近一次改动可能还没有提交：{paths}"
    }
    uncommitted(paths) { "changed since, and not committed: {paths}", "之后又有改动，尚未提交：{paths}" }
    commit_or_restore() {
        "correct that or commit all of it (`git add --all` and `git commit`), then undo",
        "请先把它改好，或全部提交（`git add --all`、`git commit`），再撤销"
    }
    built_on(name, commit) { "{name} was changed later, in {commit}", "{name} 之后又有办理：{commit}" }
    and_more(n) { "and {n} more", "另有 {n} 件" }
    on_branch(branch) { "that is on {branch}: `fb sync` fetches it", "那是在 {branch} 上；`fb sync` 可取回" }
    instead() {
        "undo that first, or correct what is wrong with a new event (`fb amend`, `fb note`, …)",
        "请先撤销之后的操作，或另记一条予以更正（`fb amend`、`fb note` 等）"
    }
    not_text(path) { "{path} was not UTF-8 text", "{path} 原先不是 UTF-8 文本" }
    not_plain(path) { "{path} was a link or too large: only plain files are restored", "{path} 原先是链接或过大，只能恢复普通文件" }
    moved(name, was, now, subject) { "{name}  {was} → {now}  (undone: {subject})", "{name}  {was} → {now}  （已撤销：{subject}）" }
    stays(name, status, subject) { "{name}  {status}  (undone: {subject})", "{name}  {status}  （已撤销：{subject}）" }
    returns(name, status, subject) { "{name}  is back: {status}  (undone: {subject})", "{name}  已恢复：{status}  （已撤销：{subject}）" }
    gone(name, subject) { "{name}  taken out  (undone: {subject})", "{name}  已移除  （已撤销：{subject}）" }
    restored(path, subject) { "{path}  as it was  (undone: {subject})", "{path}  已恢复原样  （已撤销：{subject}）" }
    many(restored, gone, subject) {
        "as before: {restored}, taken out: {gone}  (undone: {subject})",
        "恢复原样 {restored} 件，移除 {gone} 件  （已撤销：{subject}）"
    }
    shared(branch) {
        "others may have it already: it is on {branch}; they get the undo when you push",
        "别人可能已经取得：它已在 {branch} 上；推送之后他们才会收到这次撤销"
    }
}

/// `7k3q9x  escalated → investigating  (undone: escalate 7k3q9x to supervisor)`.
pub(super) fn one(outcome: &Reversed, subject: &str) -> Text {
    match outcome {
        Reversed::File { path, gone: true } => gone(path, subject),
        Reversed::File { path, gone: false } => restored(path, subject),
        Reversed::Case { id, was, now, .. } => {
            let name = Id::parse(id).map_or_else(|_| id.clone(), |id| id.short().to_owned());
            match (was, now) {
                (Some(was), Some((now, _))) if was == now => stays(name, *now, subject),
                (Some(was), Some((now, _))) => moved(name, *was, *now, subject),
                (None, Some((now, _))) => returns(name, *now, subject),
                (_, None) => gone(name, subject),
            }
        }
    }
}
