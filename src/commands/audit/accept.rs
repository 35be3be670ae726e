//! `fb audit --accept`: adds findings to the baseline, with a reason, in a commit of their own.

use std::path::PathBuf;

use clap::Args;

use crate::arguments::value;
use crate::audit::{self, AuditFinding, BASELINE, accept};
use crate::case::Id;
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, common};
use crate::ledger::{Plan, Write};
use crate::session::Session;

/// The word for all codes.
const ALL: &str = "all";

mod say {
    crate::messages! {
        accept() { "Accept the findings with these codes, or `all`: they are written to audit.toml and committed", "认可这些代码的问题（`all` 为全部），写入 audit.toml 并提交" }
        reason() { "Why they are in order", "认可的理由" }
        case() { "Accept only findings in this case", "只认可这件案卷里的问题" }
        commit() { "Accept only findings about this commit, by the start of its id", "只认可这个提交里的问题，写提交编号的开头" }
        no_code(word) { "there is no finding `{word}`", "没有 `{word}` 这种问题" }
        no_reason() { "nothing is accepted without a reason", "认可必须写明理由" }
        say_reason() { "say in --reason why it is right", "请用 --reason 写明理由" }
        fits_nothing() { "there is no such finding; nothing was written", "没有符合条件的问题；没有写入任何内容" }
        look() { "`fb audit` lists the findings", "`fb audit` 会列出现有的问题" }
        accepted(n) { "accepted in audit.toml: {n}", "已在 audit.toml 中认可：{n}" }
    }
}

/// Which findings are accepted, and why.
#[derive(Debug, Clone, Args)]
#[group(skip)]
pub(super) struct AuditAcceptArgs {
    #[arg(long, value_name = value::CODES.both(), value_delimiter = ',', requires = "reason")]
    #[arg(help = say::accept().both())]
    accept: Vec<String>,
    #[arg(long, value_name = value::TEXT.both(), requires = "accept", allow_hyphen_values = true)]
    #[arg(help = say::reason().both())]
    reason: Option<String>,
    #[arg(long, value_name = value::ID.both(), requires = "accept", help = say::case().both())]
    case: Option<String>,
    #[arg(long, value_name = value::COMMIT.both(), requires = "accept", help = say::commit().both())]
    commit: Option<String>,
}

impl AuditAcceptArgs {
    pub(super) fn is_asked(&self) -> bool {
        !self.accept.is_empty()
    }

    /// # Errors
    /// There is no such code, or no reason is given.
    pub(super) fn fits(&self) -> Result<()> {
        let codes = audit::codes();
        let known = || codes.iter().map(|code| code.word()).chain([ALL]);
        if let Some(word) = self.accept.iter().find(|word| !known().any(|known| known == *word)) {
            let help = common::nearest(word, known()).map_or_else(
                || common::known_here(known().collect::<Vec<_>>().join(" ")),
                common::did_you_mean,
            );
            return Err(Error::refused(say::no_code(word)).hint(help));
        }
        match self.reason.as_deref().map(str::trim) {
            Some("") => Err(Error::refused(say::no_reason()).hint(say::say_reason())),
            _ => Ok(()),
        }
    }

    /// Accepts the findings that are meant, and prints how many.
    ///
    /// # Errors
    /// No finding is meant; the baseline cannot be written.
    pub(super) fn run(&self, session: &Session, found: &[AuditFinding<'_>]) -> Result<Exit> {
        let id = self.case.as_deref().map(|part| session.ledger.locate(part)).transpose()?;
        let id = id.and_then(|(_, standing)| Id::parse(&standing.name).ok());
        let mut hits = Vec::new();
        for hit in found {
            let named = self.accept.iter().any(|word| word == ALL || word == hit.code().word());
            if named && hit.is_about(id.as_ref(), self.commit.as_deref()) {
                hits.push(hit.clone());
            }
        }
        if hits.is_empty() {
            return Err(Error::refused(say::fits_nothing()).hint(say::look()));
        }
        let reason = self.reason.as_deref().unwrap_or_default().trim();
        let lock = session.lock()?;
        let path = PathBuf::from(BASELINE);
        let before = session.ledger.disk().text_if_there(&path)?;
        let lang = session.book.shop.lang;
        let (text, n) = accept(before.as_deref().unwrap_or_default(), &hits, reason, lang)?;
        let old = before.is_some().then(|| path.clone());
        let written = session.write(&lock, &plan(Write { old, before, new: path, text }, n, reason))?;
        session.terminal.line(&say::accepted(findings(n)))?;
        Ok(written.exit)
    }
}

fn findings(n: usize) -> Text {
    common::count(n, "finding", "findings", "个问题")
}

fn plan(write: Write, n: usize, reason: &str) -> Plan {
    let subject = format!("audit: accept {}: {reason}", findings(n));
    Plan { writes: vec![write], subject, ..Plan::default() }
}
