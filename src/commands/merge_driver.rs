use std::path::{Path, PathBuf};

use clap::Args;

use crate::arguments::value;
use crate::error::{Error, Exit, Result};
use crate::merge::Outcome;
use crate::session::{Session, Setting};
use crate::{disk, reconcile};

mod say {
    crate::messages! {
        about() { "Merge two versions of a case file for git; `fb mend --install` sets it up", "为 git 合并案卷文件的两个版本；由 `fb mend --install` 设置" }
        base() { "The version that both began from; empty if there is none", "两边共同的起点；没有则为空" }
        ours() { "Our version; the merged one is written here", "我方版本；合并结果写在这里" }
        theirs() { "The version that is merged in", "并入的版本" }
        path() { "The file's path in the repository", "文件在仓库里的路径" }
        label() { "git's label of the version that is merged in", "git 给并入版本的标签" }
        action() { "What git says it does", "git 正在做什么" }
        two_cases(path) { "{path}: these are two cases, but git merges them as one", "{path}：git 把两件案卷当成了一件" }
        reverting(path) {
            "{path}: a commit is being reverted, so git merges the lines; to undo a command of fb, use `fb undo`",
            "{path}：正在撤销一次提交，由 git 逐行合并；要撤销 fb 的操作，请用 `fb undo`"
        }
        mend() { "`fb mend` merges the cases of this merge", "请用 `fb mend` 合并这次的案卷" }
        look(path, message) { "{path}: {message}", "{path}：{message}" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both())]
pub(crate) struct MergeDriverArgs {
    #[arg(value_name = value::FILE.both(), help = say::base().both())]
    base: PathBuf,
    #[arg(value_name = value::FILE.both(), help = say::ours().both())]
    ours: PathBuf,
    #[arg(value_name = value::FILE.both(), help = say::theirs().both())]
    theirs: PathBuf,
    #[arg(value_name = value::FILE.both(), help = say::path().both())]
    path: PathBuf,
    #[arg(value_name = value::TEXT.both(), help = say::label().both())]
    label: Option<String>,
    #[arg(value_name = value::TEXT.both(), help = say::action().both())]
    action: Option<String>,
}

impl MergeDriverArgs {
    pub(super) fn run(self, setting: Setting) -> Result<Exit> {
        if self.reverts() {
            return Err(Error { exit: Exit::Found, ..Error::failed(say::reverting(&self.path)) });
        }
        let terminal = setting.terminal.clone();
        let at = |path: &Path| setting.directory.join(path);
        let (ours, theirs) =
            (disk::named::read_text(&at(&self.ours))?, disk::named::read_text(&at(&self.theirs))?);
        let base = disk::named::read_text(&at(&self.base)).ok().filter(|text| !text.is_empty());
        let written = at(&self.ours);
        let ledger = at(&self.path).parent().map(Path::to_owned).unwrap_or_default();
        // Without rules, such as while they are in conflict themselves, forbidden events are not noted.
        let book = Session::open(Setting { directory: ledger, ..setting }).ok().map(|session| session.book);
        let outcome = reconcile::join_texts(book.as_ref(), base.as_deref(), &ours, &theirs, &self.path)?;
        let Outcome::Merged(merged) = outcome else {
            return Err(Error {
                exit: Exit::Found,
                ..Error::failed(say::two_cases(&self.path)).hint(say::mend())
            });
        };
        for finding in &merged.findings {
            terminal.note(&say::look(&self.path, &finding.message));
        }
        disk::named::replace(&written, merged.text.as_bytes())?;
        Ok(Exit::Done)
    }

    /// Whether git is reverting a commit: a union of events cannot do that. git writes `REVERT_HEAD` only after it has stopped,
    /// but its label is then `parent of …`; no branch has such a name, since a name has no spaces.
    fn reverts(&self) -> bool {
        let label = self.label.as_deref().is_some_and(|label| label.starts_with("parent of "));
        label || self.action.as_deref() == Some("revert")
    }
}
