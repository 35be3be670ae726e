use std::path::{Path, PathBuf};

use clap::Args;

use crate::error::{Error, Exit, Result};
use crate::ledger::files;
use crate::merge::Outcome;
use crate::session::{Session, Setting};
use crate::sync;

crate::messages! {
    two_cases(path) { "{path}: git took two cases for one", "{path}：git 把两件案卷当成了一件" }
    mend() { "`fb mend` puts the cases of this merge together", "请用 `fb mend` 合并这次的案卷" }
    look(path, message) { "{path}: {message}", "{path}：{message}" }
}

/// Merge two versions of a case file for git (`fb mend --install` names it as the driver)
#[derive(Debug, Clone, Args)]
pub struct MergeDriver {
    /// The version that both began from; empty where there is none
    base: PathBuf,
    /// Our version; the merged one is written here
    ours: PathBuf,
    /// The version that is merged in
    theirs: PathBuf,
    /// Where the file is in the repository
    path: PathBuf,
}

impl MergeDriver {
    pub(super) fn run(self, setting: Setting) -> Result<Exit> {
        let terminal = setting.terminal.clone();
        let at = |path: &Path| setting.directory.join(path);
        let (ours, theirs) = (files::read_text(&at(&self.ours))?, files::read_text(&at(&self.theirs))?);
        let base = files::read_text(&at(&self.base)).ok().filter(|text| !text.is_empty());
        let written = at(&self.ours);
        let ledger = at(&self.path).parent().map(Path::to_owned).unwrap_or_default();
        // Without rules, such as while they are in conflict themselves, what they forbid is not noted.
        let book = Session::open(Setting { directory: ledger, ..setting }).ok().map(|session| session.book);
        let outcome = sync::join_texts(book.as_ref(), base.as_deref(), &ours, &theirs, &self.path)?;
        let Outcome::Merged(merged) = outcome else {
            return Err(Error { exit: Exit::Found, ..Error::failed(two_cases(&self.path)).hint(mend()) });
        };
        for finding in &merged.findings {
            terminal.note(&look(&self.path, &finding.message));
        }
        files::replace(&written, &merged.text)?;
        Ok(Exit::Done)
    }
}
