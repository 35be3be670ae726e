//! Keeps work that was reported as done but is in no commit: under a ref, so that git cannot delete it, no matter what
//! it does with the work tree.

use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Session;
use crate::error::{Error, Exit, Result};
use crate::git::{Bytes, Committed, Message, UnderWay};
use crate::lang::Text;
use crate::ledger::{Plan, Then};
use crate::privacy::masked;

pub(super) mod say {
    crate::messages! {
        no_git() { "the ledger is not in a git repository", "台账不在 git 仓库里" }
        no_commit() { "commits are turned off (--no-commit, or `commit = false` in fb.toml)", "已关闭提交（--no-commit，或 fb.toml 里的 `commit = false`）" }
        dry_run() { "nothing was written (--dry-run)", "没有写入任何内容（--dry-run）" }
        not_kept(why) {
            "the change is written, but it could be neither committed nor kept under a ref: {why}",
            "改动已写入，但既没能提交，也没能另行保存：{why}"
        }
        no_random(why) { "the system gives no random number: {why}", "取不到随机数：{why}" }
    }
}

/// The result of a plan that was written.
#[must_use]
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// The exit status for it.
    pub exit: Exit,
    pub(super) not_committed: Option<NotCommitted>,
    /// The ref that holds it.
    pub(super) kept: Option<String>,
}

/// Why a change is in no commit.
#[derive(Debug, Clone)]
pub(crate) struct NotCommitted {
    /// For programs, in one word.
    pub reason: &'static str,
    /// For people, in a sentence.
    pub why: Text,
    /// What to do about it.
    pub help: Option<Text>,
}

impl Written {
    /// It is in a commit, or there was nothing to write.
    pub(crate) fn committed() -> Written {
        Written { exit: Exit::Done, not_committed: None, kept: None }
    }

    /// Nothing was written, as the user asked (`--dry-run`).
    pub(crate) fn dry_run() -> Written {
        Written::without("dry-run", say::dry_run(), None)
    }

    pub(super) fn without(reason: &'static str, why: Text, help: Option<Text>) -> Written {
        let not_committed = Some(NotCommitted { reason, why, help });
        Written { exit: Exit::Done, not_committed, kept: None }
    }

    /// Whether it is in a commit.
    pub(crate) fn is_committed(&self) -> bool {
        self.not_committed.is_none()
    }

    /// The answer for programs. It also says whether there is a commit, why not, and where the work is kept.
    #[must_use]
    pub(crate) fn told(&self, mut answer: Value) -> Value {
        let mut said = json!({ "committed": self.is_committed() });
        if let Some(not) = &self.not_committed {
            said["reason"] = json!(not.reason);
            said["message"] = json!(not.why.to_string());
        }
        if let Some(kept) = &self.kept {
            said["kept"] = json!(kept);
        }
        if let (Some(answer), Value::Object(said)) = (answer.as_object_mut(), said) {
            answer.extend(said);
        }
        answer
    }
}

/// The word for programs for the operation that git is in.
pub(super) fn word(state: UnderWay) -> &'static str {
    match state {
        UnderWay::Merge => "merge",
        UnderWay::Rebase => "rebase",
        UnderWay::Patches => "am",
        UnderWay::CherryPick => "cherry-pick",
        UnderWay::Revert => "revert",
        UnderWay::Bisect => "bisect",
        UnderWay::Conflicts => "conflicts",
    }
}

/// The word for programs for why there is no commit; `None` if there is one.
pub(super) fn reason(committed: &Committed) -> Option<&'static str> {
    match committed {
        Committed::Made { .. } | Committed::Altered { .. } | Committed::NothingToCommit => None,
        Committed::Busy(state) => Some(word(*state)),
        Committed::NoIdentity => Some("identity"),
        Committed::Ignored(_) => Some("ignored"),
        Committed::Refused { .. } => Some("hook"),
    }
}

impl Session {
    /// Keeps the files of a plan as it writes them, and returns the name of the ref. `None`: there is no repository,
    /// and only the user's own commands can remove the files.
    ///
    /// # Errors
    /// They cannot be kept.
    pub(super) fn keep(&self, plan: &Plan) -> Result<Option<String>> {
        let texts = plan.writes.iter().map(|write| (write.new.clone(), write.text.clone().into_bytes()));
        let mut files: Vec<(PathBuf, Bytes)> = texts.map(|(path, text)| (path, Bytes::Here(text))).collect();
        for path in &plan.also {
            if self.ledger.disk().has_file(path) {
                files.push((path.clone(), Bytes::InPlace));
            }
        }
        // The place of a conflict may be named twice, as written and as settled; git takes each path once.
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup_by(|(one, _), (other, _)| one == other);
        let message = Message {
            subject: masked(&plan.subject).into_owned(),
            body: plan.body.as_deref().map(|body| masked(body).into_owned()),
            trailers: plan.trailers.clone(),
        };
        self.keep_files(&files, &message)
    }

    /// Keeps these files, and returns the name of the ref. `None`: there is nothing to keep, or no repository.
    ///
    /// # Errors
    /// They cannot be kept.
    pub(crate) fn keep_files(&self, files: &[(PathBuf, Bytes)], message: &Message) -> Result<Option<String>> {
        let Some(repository) = self.repository.as_ref().filter(|_| !files.is_empty()) else {
            return Ok(None);
        };
        let kept = repository.keep_files(&name(self.now)?, files, &message.text());
        kept.map(Some).map_err(cannot_keep)
    }

    /// Keeps a commit that no branch has.
    pub(super) fn keep_detached(&self, plan: &Plan, id: &str) -> Result<Option<String>> {
        match &self.repository {
            Some(repository) if plan.then == Then::Commit && repository.is_detached()? => {
                repository.keep_commit(&name(self.now)?, id).map(Some).map_err(cannot_keep)
            }
            _ => Ok(None),
        }
    }
}

fn cannot_keep(mut error: Error) -> Error {
    error.message = say::not_kept(&error.message);
    Error { exit: Exit::Failed, ..error }
}

/// A name that nothing else has: the instant, for sorting, and a random part.
pub(super) fn name(now: Timestamp) -> Result<String> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).map_err(|error| Error::failed(say::no_random(error.to_string())))?;
    Ok(format!("{}-{:08x}", now.strftime("%Y%m%dT%H%M%SZ"), u32::from_le_bytes(random)))
}
