//! Changes the files of the shop's rules: the result is read with all other rules before anything is written.

use std::path::PathBuf;

use super::{Session, Written, book};
use crate::error::{Error, Finding, Place, Result};
use crate::lang::common;
use crate::ledger::{Lock, Plan, Write};
use crate::policy::RuleBook;

mod say {
    crate::messages! {
        would_be_wrong(path) { "{path} would be wrong with this; nothing was written", "这样改动后 {path} 会有错；没有写入任何内容" }
    }
}

/// Files of the rules as they will be.
#[derive(Debug, Clone)]
pub(crate) struct RuleChange {
    /// The files.
    pub writes: Vec<Write>,
    /// The first line of the commit.
    pub subject: String,
}

impl RuleChange {
    /// Another text for one file: its path from the ledger's root, its current text and its new one.
    pub(crate) fn of(path: PathBuf, before: String, text: String, subject: String) -> RuleChange {
        let write = Write { old: Some(path.clone()), before: Some(before), new: path, text };
        RuleChange { writes: vec![write], subject }
    }
}

impl Session {
    /// The rules as the files have them now; another command may have changed them before this one got the lock.
    ///
    /// # Errors
    /// If they cannot be read, or are wrong.
    pub(crate) fn rules_now(&self, _lock: &Lock) -> Result<RuleBook> {
        book(&self.ledger)
    }

    /// The rules with the change.
    ///
    /// # Errors
    /// What would be wrong, without lines: the file does not have them.
    pub(crate) fn rules_with(&self, _lock: &Lock, change: &RuleChange) -> Result<RuleBook> {
        let mut files = self.ledger.rule_files()?;
        for write in &change.writes {
            let mut all =
                std::iter::once(&mut files.shop).chain(&mut files.calendars).chain(&mut files.policies);
            match all.find(|(path, _)| *path == write.new) {
                Some((_, text)) => text.clone_from(&write.text),
                None => files.policies.push((write.new.clone(), write.text.clone())),
            }
        }
        let wrong = |findings: Vec<Finding>| {
            let whole =
                |finding: Finding| Finding { place: Place::file(finding.place.path.clone()), ..finding };
            let findings = findings.into_iter().map(whole).collect();
            let paths = change.writes.iter().map(|write| write.new.display());
            let paths = common::first_of(paths, change.writes.len());
            Error::refused(say::would_be_wrong(paths)).because(findings)
        };
        RuleBook::read(&files.shop, &files.calendars, &files.policies).map_err(wrong)
    }

    /// Writes the change and commits exactly its files.
    ///
    /// # Errors
    /// As [`Session::rules_with`] and [`Session::write`].
    pub(crate) fn change_rules(&self, lock: &Lock, change: RuleChange) -> Result<Written> {
        self.rules_with(lock, &change)?;
        let RuleChange { writes, subject } = change;
        self.write(lock, &Plan { writes, subject, ..Plan::default() })
    }
}
