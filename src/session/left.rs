//! The right to change the ledger, and what comes first: an interrupted command is finished, or set aside if it cannot
//! be, and work that waits for a commit is reported.

use std::path::{Path, PathBuf};

use super::Session;
use super::kept::name;
use super::pending::{self, Pending};
use super::settle::Settled;
use crate::disk::of_git;
use crate::error::{Error, Result};
use crate::git::{Bytes, FastForward, Message, Repository, UnderWay};
use crate::lang::Text;
use crate::ledger::{Left, Lock, Plan, Then};
use crate::privacy::masked;

mod say {
    crate::messages! {
        finished(what) { "finished an interrupted command: {what}", "已补完上次中断的操作：{what}" }
        overtaken(what) { "an interrupted command will not be finished, because the branch has moved: {what}", "分支已经移动，上次中断的操作不再补做：{what}" }
        overtaken_help() { "no file was changed for it; the next `fb sync` fetches what is still missing", "没有为此改动任何文件；还缺的内容由下一次 `fb sync` 取回" }
        not_finished(what, why) {
            "an interrupted command cannot be finished, and is abandoned ({what}): {why}",
            "上次中断的操作无法补完，已放弃（{what}）：{why}"
        }
        all_taken_back() {
            "its changes are undone: the files and the branch are as before; `fb sync` tries again",
            "已开始的部分已撤回，文件和分支都和之前一样；可再运行 `fb sync`"
        }
        some_taken_back() {
            "the branch is as before, but not every file: `git status` lists them, `git restore` restores them; then run `fb sync`",
            "分支和之前一样，但有些文件不是：`git status` 会列出，`git restore` 可恢复；然后再运行 `fb sync`"
        }
        finished_later(what) { "the next fb command that writes finishes it: {what}", "下一条写入的 fb 命令会先把它办完：{what}" }
        no_merge_any_more(what) {
            "an interrupted command will not be finished, because its merge is over: {what}",
            "合并已经结束，上次中断的操作不再补做：{what}"
        }
        united(what) {
            "files of an interrupted command were changed meanwhile; their text stays and is merged with what it wrote: {what}",
            "中断操作的文件在此期间被改动；现有内容已保留，并与该操作的内容合并：{what}"
        }
        set_apart(what, place) {
            "part of an interrupted command could not be finished: its files were changed or removed meanwhile ({what}). \
             It is kept ({place}); `fb recover` lists it",
            "上次中断的操作有一部分无法补完：文件在此期间被改动或删除（{what}）。已另行保存（{place}），可用 `fb recover` 查看"
        }
        unreadable(place) {
            "the record of an interrupted command cannot be read; it is kept as {place}, and `fb recover` lists it",
            "无法读取中断操作的记录；已另存为 {place}，可用 `fb recover` 查看"
        }
        waiting(count) {
            "confirmed changes that are not committed yet: {count}; `fb recover` lists them",
            "已确认但尚未提交的改动：{count} 项；可用 `fb recover` 查看"
        }
        lost(count) {
            "confirmed changes that are neither committed nor in the files: {count}; `fb recover` lists and restores them",
            "已确认、但既未提交、文件中也没有的改动：{count} 项；可用 `fb recover` 查看并恢复"
        }
        not_looked_at(why) { "what is kept and in no commit cannot be looked up: {why}", "无法查看已保存但未提交的改动：{why}" }
        no_writing(what) { "{what}, and a change made now would be part of none of its commits; nothing was written", "{what}，此时的改动不属于任何一次提交；没有写入任何内容" }
        finish_rebase(command) {
            "finish it: `fb mend` resolves the cases, then `{command}`; then give this command again",
            "请先完成：用 `fb mend` 解决案卷冲突，再运行 `{command}`；然后重新执行本命令"
        }
        give_up_rebase(command) {
            "or give it up: `{command}` goes back to the commits from before, and `fb recover` lists what is in none of them",
            "或者放弃：`{command}` 会回到之前的提交；不在这些提交里的改动可用 `fb recover` 查看"
        }
    }
}

/// Whether something other than a plain file is at a path.
fn is_no_file(path: &Path) -> bool {
    of_git::symlink_metadata(path).is_ok_and(|there| !there.is_file())
}

/// How much of an abandoned sync could be undone.
enum TakenBack {
    All,
    Some,
}

impl TakenBack {
    fn text(&self) -> Text {
        match self {
            TakenBack::All => say::all_taken_back(),
            TakenBack::Some => say::some_taken_back(),
        }
    }
}

impl Session {
    /// The right to change the ledger. An interrupted command is finished first, and a line says so.
    ///
    /// # Errors
    /// If another process has it, the interrupted command cannot be finished, or git is moving commits.
    pub(crate) fn lock(&self) -> Result<Lock> {
        self.no_rebase()?;
        self.lock_to_repair()
    }

    /// The same for a command that repairs an unfinished operation.
    ///
    /// # Errors
    /// If another process has it, or the interrupted command cannot be finished.
    pub(crate) fn lock_to_repair(&self) -> Result<Lock> {
        let lock = self.ledger.lock(&self.private())?;
        self.finish_what_was_left(&lock)?;
        self.tell_what_waits(&lock);
        Ok(lock)
    }

    /// While git moves commits one by one, there is no commit that a change would belong to.
    ///
    /// # Errors
    /// A rebase, or `git am`, is in progress, or this cannot be determined.
    pub(crate) fn no_rebase(&self) -> Result<()> {
        let state = self.repository.as_ref().map(Repository::under_way).transpose()?.flatten();
        let Some(state @ (UnderWay::Rebase | UnderWay::Patches)) = state else { return Ok(()) };
        let refused = Error::refused(say::no_writing(state.name())).hint(say::finish_rebase(state.go_on()));
        Err(refused.hint(say::give_up_rebase(state.give_up())))
    }

    fn finish_what_was_left(&self, lock: &Lock) -> Result<()> {
        let private = self.private();
        match self.ledger.left(&private)? {
            Left::Nothing => {}
            Left::Unreadable => {
                let place = self.ledger.put_aside(lock, &private, &name(self.now)?)?;
                self.terminal.warn(&say::unreadable(&place));
            }
            Left::Plan(plan) => {
                if self.is_over(lock, &plan)? {
                    return Ok(());
                }
                if let Settled::Otherwise(anew, apart) = self.settle(&plan) {
                    self.finish_otherwise(lock, &plan, &anew, &apart)?;
                }
            }
        }
        let left = match self.ledger.finish(lock, &private, |plan| self.commit_plan(plan, true)) {
            Ok(left) => left,
            Err(error) => {
                let Ok(Left::Plan(plan)) = self.ledger.left(&private) else { return Err(error) };
                let Some(back) = self.give_up(lock, &plan) else { return Err(error) };
                self.terminal.warn(&say::not_finished(masked(&plan.subject).into_owned(), &error.message));
                self.terminal.warn(&back.text());
                return Ok(());
            }
        };
        if let Some((plan, _)) = left.filter(|(plan, _)| !plan.is_empty()) {
            self.terminal.note(&say::finished(&plan.subject));
        }
        Ok(())
    }

    /// The error with which a plan ends, and what happened to the work that it began: a sync that git does not finish
    /// is undone, and blocks nobody.
    pub(super) fn taken_back(&self, lock: &Lock, plan: &Plan, error: Error) -> Error {
        let (Then::FastForward { .. }, Ok(Left::Plan(_))) = (&plan.then, self.ledger.left(&self.private()))
        else {
            return error;
        };
        match self.give_up(lock, plan) {
            Some(back) => error.hint(back.text()),
            None => error.hint(say::finished_later(masked(&plan.subject).into_owned())),
        }
    }

    /// Abandons a sync that is written and that git does not finish, and undoes it. Its content is in commits, and the
    /// next sync fetches it again. `None` if it is no sync, or the branch has moved anyway.
    fn give_up(&self, lock: &Lock, plan: &Plan) -> Option<TakenBack> {
        let (Some(repository), Then::FastForward { from, to }) = (&self.repository, &plan.then) else {
            return None;
        };
        let fast_forward = FastForward { from: from.clone(), to: to.clone() };
        if repository.commit_id("HEAD").ok()? != *from {
            return None;
        }
        let private = self.private();
        let by_git = repository.retreat(&fast_forward, &self.changes(plan)).is_ok();
        let cases = self.ledger.take_back(&private, plan).is_ok_and(|is_back| is_back);
        self.ledger.forget(lock, &private, plan).ok()?;
        Some(if by_git && cases { TakenBack::All } else { TakenBack::Some })
    }

    /// Carries out what can be done of a plan, and keeps the rest apart.
    fn finish_otherwise(
        &self,
        lock: &Lock,
        plan: &Plan,
        anew: &Plan,
        apart: &[(PathBuf, Bytes)],
    ) -> Result<()> {
        let (private, what) = (self.private(), masked(&plan.subject).into_owned());
        let plain = |path: &PathBuf| self.ledger.stays_inside(path) && self.ledger.disk().has_file(path);
        let gone = |path: &PathBuf| matches!(self.ledger.disk().what(path), Ok(None));
        if anew.then != Then::Commit && !anew.also.iter().all(|path| plain(path) || gone(path)) {
            // The file in the way is not git's; the commit to which the branch was to move has the rest.
            self.keep(plan)?;
            self.terminal.warn(&say::overtaken(what));
            return self.ledger.forget(lock, &private, plan);
        }
        if apart.is_empty() {
            self.terminal.warn(&say::united(what));
            if anew.is_empty() {
                return self.ledger.forget(lock, &private, plan);
            }
            return self.ledger.note_anew(lock, &private, anew);
        }
        let message =
            Message { subject: what.clone(), body: plan.body.clone(), trailers: plan.trailers.clone() };
        match self.keep_files(apart, &message)? {
            Some(kept) => {
                if anew.is_empty() {
                    self.ledger.forget(lock, &private, plan)?;
                } else {
                    self.ledger.note_anew(lock, &private, anew)?;
                }
                self.terminal.warn(&say::set_apart(what, kept));
            }
            None => {
                let place = self.ledger.put_aside(lock, &private, &name(self.now)?)?;
                if !anew.is_empty() {
                    self.ledger.note_anew(lock, &private, anew)?;
                }
                self.terminal.warn(&say::set_apart(what, place.display().to_string()));
            }
        }
        Ok(())
    }

    /// Whether a plan must not be finished any more: the branch that it was to move is at another commit, or the merge
    /// that it was to resolve is over. Its content is in commits, or is kept.
    fn is_over(&self, lock: &Lock, plan: &Plan) -> Result<bool> {
        let Some(repository) = &self.repository else { return Ok(false) };
        match &plan.then {
            Then::Commit => return Ok(false),
            Then::FastForward { from, to } => {
                let head = repository.commit_id("HEAD")?;
                if head == *from || head == *to {
                    let fast_forward = FastForward { from: from.clone(), to: to.clone() };
                    let since = repository.changed_meanwhile(&fast_forward, &plan.paths())?;
                    // git would replace a link or a directory by a file.
                    if !since.iter().any(|path| is_no_file(path)) {
                        return Ok(false);
                    }
                    self.keep(plan)?;
                }
                self.terminal.note(&say::overtaken(&plan.subject));
                self.terminal.note(&say::overtaken_help());
            }
            Then::Stage => {
                if repository.under_way()?.is_some() || !repository.unmerged()?.is_empty() {
                    return Ok(false);
                }
                self.keep(plan)?;
                self.terminal.warn(&say::no_merge_any_more(&plan.subject));
            }
        }
        self.ledger.forget(lock, &self.private(), plan)?;
        Ok(true)
    }

    /// Reports what waits for a commit, and releases what no longer waits.
    fn tell_what_waits(&self, lock: &Lock) {
        match pending::prune(lock, &self.ledger, self.repository.as_ref(), &self.private()) {
            Ok(waiting) => self.tell_waiting(&waiting),
            Err(error) => self.terminal.warn(&say::not_looked_at(&error.message)),
        }
    }

    fn tell_waiting(&self, all: &[Pending]) {
        let count = all.iter().filter(|one| one.is_lost).count();
        if count > 0 {
            self.terminal.warn(&say::lost(count));
        }
        // With commits turned off, the user knows that there is none.
        if self.commit && all.len() > count {
            self.terminal.warn(&say::waiting(all.len() - count));
        }
    }
}
