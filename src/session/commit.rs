//! Commits what a command wrote: one commit of exactly its paths.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::kept::{self, Written};
use super::{COMMAND, NOT_COMMITTED_BEFORE, Session};
use crate::case::Case;
use crate::casefile::{self, CasePath, layout};
use crate::disk;
use crate::error::{Exit, Result};
use crate::git::{Change, Committed, Content, FastForward, Message, Repository, UnderWay};
use crate::ledger::{Plan, Then, Write};
use crate::merge::missing;
use crate::privacy::masked;

mod say {
    crate::messages! {
        committed_as_well(paths) { "not committed until now, now part of this commit: {paths}", "此前未提交的改动，一并进入这次提交：{paths}" }
        finished_later(what) { "the next fb command that writes finishes it: {what}", "下一条写入的 fb 命令会先把它办完：{what}" }
        committed_later(what) { "the next fb command that writes commits it: {what}", "下一条写入的 fb 命令会先提交它：{what}" }
        kept_as(name) {
            "it is kept nevertheless ({name}): `fb recover` restores it if git removes it from the files",
            "已另行保存（{name}）：即使 git 把它从文件里撤掉，`fb recover` 也能恢复"
        }
        not_committed(why) { "the change is made, but not committed: {why}", "改动已写入，但没有提交：{why}" }
        not_begun(what, why) {
            "nothing was done, because an earlier change is written and still not committed ({what}): {why}",
            "这次没有办理：之前的改动已写入，仍未提交（{what}）：{why}"
        }
        changed_meanwhile(paths) {
            "changed while a sync was interrupted; their current text stays: {paths}",
            "同步中断期间有改动的文件，现有内容已保留：{paths}"
        }
        compare() { "the sync has a different text; `git diff HEAD` compares the two", "同步带来的内容与之不同；可用 `git diff HEAD` 对比" }
        on_no_branch() {
            "the commit is on no branch (HEAD is detached): switching to a branch leaves it behind",
            "这次提交不在任何分支上（HEAD 处于分离状态）：切换到别的分支后，它不会跟过去"
        }
        make_branch() { "`git switch -c NAME` creates a branch for it", "运行 `git switch -c 名称` 可为它建立分支" }
        taken_out() { "a hook removed it from the commit, or the commit from the branch", "钩子把它从提交中去掉了，或把提交从分支上撤掉了" }
        look_at_hooks() {
            "`git rev-parse --git-path hooks` says where the hooks are; `fb recover` restores the change",
            "`git rev-parse --git-path hooks` 可查看钩子所在目录；`fb recover` 可恢复这次改动"
        }
        then_again() { "correct that, then run this command again; it finishes the earlier change first", "请先解决，再重新运行这条命令；它会先办完之前的改动" }
    }
}

/// The marks of a plan's commit. Its subject begins with the command's name.
fn command(plan: &Plan) -> (String, String) {
    let name = plan.subject.split([' ', ':']).next().unwrap_or_default();
    (COMMAND.to_owned(), name.to_owned())
}

impl Session {
    /// The plan, with a commit message that names the files which already had uncommitted changes. These become part of
    /// the commit, and an undo could not tell them from the command's own. `None` if the files are as the last commit
    /// has them.
    ///
    /// # Errors
    /// If git cannot be run: nothing is written then.
    pub(super) fn with_earlier_changes(&self, plan: &Plan) -> Result<Option<Plan>> {
        let before = self.not_committed_before(plan)?;
        if before.is_empty() {
            return Ok(None);
        }
        self.terminal.note(&say::committed_as_well(before.join(", ")));
        let mut plan = plan.clone();
        plan.trailers.extend(before.into_iter().map(|path| (NOT_COMMITTED_BEFORE.to_owned(), path)));
        Ok(Some(plan))
    }

    /// The files of a plan that are not as the last commit has them.
    fn not_committed_before(&self, plan: &Plan) -> Result<Vec<String>> {
        let Some(repository) = self.repository.as_ref().filter(|_| self.commit && plan.then == Then::Commit)
        else {
            return Ok(Vec::new());
        };
        let root = self.ledger.root();
        let written =
            plan.writes.iter().filter(|write| write.before.is_some()).filter_map(|write| write.old.as_ref());
        let before: Vec<PathBuf> =
            written.chain(plan.removals.iter().map(|gone| &gone.path)).map(|path| root.join(path)).collect();
        if before.is_empty() {
            return Ok(Vec::new());
        }
        let dirty = repository.dirty(&before)?;
        let own =
            dirty.iter().filter(|path| before.contains(path)).filter_map(|path| path.strip_prefix(root).ok());
        Ok(own.map(|path| path.to_string_lossy().replace('\\', "/")).collect())
    }

    /// Commits a plan that is written. `again`: after a process that died in it.
    pub(super) fn commit_plan(&self, plan: &Plan, again: bool) -> Result<Written> {
        let what = masked(&plan.subject).into_owned();
        self.put_into_git(plan, again).map_err(|mut error| match &plan.then {
            _ if again => {
                error.message = say::not_begun(what, &error.message);
                error.hint(say::then_again())
            }
            Then::Commit => {
                error.message = say::not_committed(&error.message);
                error.hint(say::committed_later(what))
            }
            Then::Stage => error.hint(say::finished_later(what)),
            Then::FastForward { .. } => error,
        })
    }

    /// What a plan does with files, for git.
    pub(super) fn changes(&self, plan: &Plan) -> Vec<Change> {
        let root = self.ledger.root();
        let mut changes = Vec::new();
        for write in &plan.writes {
            let old = write.old.as_deref().map(|old| root.join(old));
            changes.push(Change { old, new: Some(root.join(&write.new)) });
        }
        for gone in &plan.removals {
            changes.push(Change { old: Some(root.join(&gone.path)), new: None });
        }
        for file in &plan.also {
            changes.push(Change { old: None, new: Some(root.join(file)) });
        }
        changes
    }

    fn put_into_git(&self, plan: &Plan, again: bool) -> Result<Written> {
        let Some(repository) = &self.repository else {
            return Ok(Written::without("no-git", kept::say::no_git(), None));
        };
        if !self.commit && plan.then == Then::Commit {
            let written = Written::without("no-commit", kept::say::no_commit(), None);
            let written = Written { kept: self.keep(plan)?, ..written };
            self.terminal.warn(&say::not_committed(kept::say::no_commit()));
            return Ok(written);
        }
        let root = self.ledger.root();
        let mut changes = self.changes(plan);
        match &plan.then {
            Then::Commit => {
                let left = self.left_behind(repository, plan)?;
                changes.extend(left.iter().map(|file| Change { old: Some(root.join(file)), new: None }));
            }
            Then::Stage => {
                repository.stage(&changes)?;
                let state = repository.under_way()?.unwrap_or(UnderWay::Conflicts);
                let written = Written::without(kept::word(state), state.name(), None);
                return Ok(Written { kept: self.keep(plan)?, ..written });
            }
            Then::FastForward { from, to } => {
                let fast_forward = FastForward { from: from.clone(), to: to.clone() };
                if again {
                    let since = repository.changed_meanwhile(&fast_forward, &plan.paths())?;
                    if !since.is_empty() {
                        let names =
                            since.iter().map(|path| path.strip_prefix(root).unwrap_or(path).display());
                        let names: Vec<String> = names.map(|name| name.to_string()).collect();
                        self.terminal.warn(&say::changed_meanwhile(names.join(", ")));
                        self.terminal.warn(&say::compare());
                    }
                    changes.extend(since.into_iter().map(|path| Change { old: None, new: Some(path) }));
                    repository.finish_fast_forward(&fast_forward, &changes)?;
                } else {
                    repository.fast_forward(&fast_forward, &changes)?;
                }
                return Ok(Written::committed());
            }
        }
        let message = Message {
            subject: plan.subject.clone(),
            body: plan.body.clone(),
            trailers: plan.trailers.iter().cloned().chain([command(plan)]).collect(),
        };
        let commit = if again { Repository::finish } else { Repository::commit };
        let committed = commit(repository, &changes, &message)?;
        let written = match (&committed, kept::reason(&committed), committed.why_not()) {
            (_, Some(reason), Some((why, help))) => {
                let exit = if committed.failed() { Exit::Failed } else { Exit::Done };
                let written = Written::without(reason, why, Some(help));
                Written { exit, kept: self.keep(plan)?, ..written }
            }
            (Committed::Altered { .. } | Committed::NothingToCommit, ..)
                if !self.has_events(repository, plan, "HEAD")? || !self.has_files(repository, plan)? =>
            {
                let written = Written::without("hook", say::taken_out(), Some(say::look_at_hooks()));
                Written { exit: Exit::Failed, kept: self.keep(plan)?, ..written }
            }
            (Committed::Made { id } | Committed::Altered { id }, ..) => {
                Written { kept: self.keep_detached(plan, id)?, ..Written::committed() }
            }
            _ => Written::committed(),
        };
        self.tell(&written);
        // A commit that has to be kept as well is on no branch.
        if written.is_committed() && written.kept.is_some() {
            self.terminal.warn(&say::on_no_branch());
            self.terminal.warn(&say::make_branch());
        }
        Ok(written)
    }

    /// Whether `HEAD` has every other file of a plan: a hook may have removed an attachment.
    fn has_files(&self, repository: &Repository, plan: &Plan) -> Result<bool> {
        let written = plan.writes.iter().map(|write| write.new.as_path());
        let written = written.filter(|path| CasePath::of(path).is_none());
        let files: Vec<&Path> = written.chain(plan.also.iter().map(PathBuf::as_path)).collect();
        if files.is_empty() {
            return Ok(true);
        }
        let there = repository.files_in("HEAD", &files)?;
        Ok(files.iter().all(|file| there.contains_key(*file)))
    }

    /// Whether a commit has every event of the cases that a plan writes, at any path.
    fn has_events(&self, repository: &Repository, plan: &Plan, commit: &str) -> Result<bool> {
        let cases: Vec<&Write> =
            plan.writes.iter().filter(|write| CasePath::of(&write.new).is_some()).collect();
        let names: HashSet<String> = cases.iter().filter_map(|write| file_name(&write.new)).collect();
        let files = repository.named_in(commit, layout::CASES.as_ref(), &names)?;
        let blobs: Vec<&str> = files.values().map(|blob| blob.id.as_str()).collect();
        let mut there: HashMap<String, Vec<Case>> = HashMap::new();
        for (path, content) in files.keys().zip(repository.blobs(&blobs, disk::LARGEST)?) {
            if let (Content::Bytes(bytes), Some(name)) = (content?, file_name(path))
                && let Ok(case) = casefile::read(&bytes, path)
            {
                there.entry(name).or_default().push(case);
            }
        }
        for write in cases {
            let Ok(case) = casefile::read(write.text.as_bytes(), &write.new) else {
                // A text that is no case, such as one from before a repair, is compared as git stores it.
                let stored = files.get(&write.new).map(|blob| &blob.id);
                if stored != repository.ids_of(&[&write.new])?.first() {
                    return Ok(false);
                }
                continue;
            };
            let of_case = file_name(&write.new).and_then(|name| there.get(&name));
            let versions: Vec<&Case> = of_case.into_iter().flatten().collect();
            if !missing(&case, &versions).is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where `HEAD` still has a case of this plan that has moved since: the move was written and could not be
    /// committed. It becomes part of this commit; otherwise the case would be in two places.
    fn left_behind(&self, repository: &Repository, plan: &Plan) -> Result<Vec<PathBuf>> {
        let cases = plan.writes.iter().filter(|write| CasePath::of(&write.new).is_some());
        let names: HashSet<String> = cases.filter_map(|write| file_name(&write.new)).collect();
        let mut left = repository.head_paths(layout::CASES.as_ref(), &names)?;
        left.retain(|path| CasePath::of(path).is_some() && !self.ledger.has(path));
        Ok(left)
    }

    /// Says why there is no commit, even with notes turned off: finished work still waits for one.
    fn tell(&self, written: &Written) {
        let Some(not) = &written.not_committed else { return };
        self.terminal.warn(&say::not_committed(&not.why));
        if let Some(name) = &written.kept {
            self.terminal.warn(&say::kept_as(name));
        }
        if let Some(help) = &not.help {
            self.terminal.note(help);
        }
    }
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}
