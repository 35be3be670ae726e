//! Changes a file of the shop's rules: the result is read with all other rules before anything is written.

use std::path::PathBuf;

use super::{Session, Written, book};
use crate::error::{Error, Finding, Place, Result};
use crate::ledger::{Lock, Plan, Write};
use crate::policy::RuleBook;

mod say {
    crate::messages! {
        would_be_wrong(path) { "{path} would be wrong with this; nothing was written", "这样改动后 {path} 会有错；没有写入任何内容" }
    }
}

/// A file of the rules as it will be.
#[derive(Debug, Clone)]
pub(crate) struct RuleChange {
    /// From the ledger's root.
    pub path: PathBuf,
    /// Its current text.
    pub before: String,
    /// Its new text.
    pub after: String,
    /// The first line of the commit.
    pub subject: String,
}

impl Session {
    /// The rules as the files have them now; another command may have changed them before this one got the lock.
    ///
    /// # Errors
    /// If they cannot be read, or are wrong.
    pub(crate) fn rules_now(&self, _lock: &Lock) -> Result<RuleBook> {
        book(&self.ledger)
    }

    /// Whether the rules can be used with the change.
    ///
    /// # Errors
    /// What would be wrong, without lines: the file does not have them.
    pub(crate) fn permits(&self, _lock: &Lock, change: &RuleChange) -> Result<()> {
        let mut files = self.ledger.rule_files()?;
        let all = std::iter::once(&mut files.shop).chain(&mut files.calendars).chain(&mut files.policies);
        for (path, text) in all {
            if *path == change.path {
                text.clone_from(&change.after);
            }
        }
        let wrong = |findings: Vec<Finding>| {
            let whole =
                |finding: Finding| Finding { place: Place::file(finding.place.path.clone()), ..finding };
            let findings = findings.into_iter().map(whole).collect();
            Error::refused(say::would_be_wrong(&change.path)).because(findings)
        };
        RuleBook::read(&files.shop, &files.calendars, &files.policies).map(|_| ()).map_err(wrong)
    }

    /// Writes the change and commits exactly this file.
    ///
    /// # Errors
    /// As [`Session::permits`] and [`Session::write`].
    pub(crate) fn change_rules(&self, lock: &Lock, change: RuleChange) -> Result<Written> {
        self.permits(lock, &change)?;
        let RuleChange { path, before, after, subject } = change;
        let write = Write { old: Some(path.clone()), before: Some(before), new: path, text: after };
        self.write(lock, &Plan { writes: vec![write], subject, ..Plan::default() })
    }
}
