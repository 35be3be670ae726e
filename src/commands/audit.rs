use std::collections::HashSet;
use std::path::Path;

use clap::Args;
use jiff::{SignedDuration, Timestamp};

use crate::arguments::format::{missing, of_findings};
use crate::arguments::{flag, value};
use crate::audit::{self, AuditInput, BASELINE, Baseline};
use crate::casefile::layout;
use crate::clock::Limit;
use crate::describe;
use crate::error::{Error, Exit, Finding, Result, Severity};
use crate::git::{self, Repository};
use crate::lang::{Text, common};
use crate::render::{Format, findings};
use crate::report::{BadPeriod, Period};
use crate::session::{Session, Setting};

mod accept;
mod walk;

mod say {
    crate::messages! {
        about() { "Compare the time of each event with the commit that added it", "核对每条记录所写的时间与提交时间是否相符" }
        examples() { "fb audit last-month\nfb audit --accept backdated --reason \"the line was down\"", "fb audit last-month\nfb audit --accept backdated --reason \"当天断网\"" }
        more() { "It reports events that were committed much later than they say, changed afterwards, entered for somebody else, or added to a month that was already over. It reads the ledger from the last commit; what is not committed is not audited.", "列出提交明显晚于所写时间、事后改动、替他人录入、补进已结束月份的记录。核对的是最近一次提交里的台账，未提交的不核对。" }
        period() { "Only events in this period (`fb help periods`); without it, all", "只核对此期间的记录（见 `fb help periods`）；不填则为全部" }
        within() { "How much later than its time an event may be committed: 15m, 2h, 1d", "提交最多可比所写时间晚多久：15m、2h、1d" }
        no_commit_yet() { "there is no commit yet, so there is nothing to audit", "还没有任何提交，没有可核对的内容" }
        bad_within(word) { "--within: `{word}` is not a length of time", "--within：`{word}` 不是时长" }
        within_help() { "write 15m, 2h or 1d", "可写 15m、2h 或 1d" }
        bad_baseline(n) { "audit.toml cannot be used as it is: {n}", "audit.toml 有 {n}，无法使用" }
        unread_now(n) { "{n} cannot be read as a case: the stamps there were not audited", "有 {n}不能作为案卷读取，其中的记录没有核对" }
        not_committed_yet(n) { "what is not committed is not audited: {n}", "未提交的改动不在核对之列：{n}" }
    }
}

const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Github];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both(), long_about = say::more().both())]
pub(crate) struct AuditArgs {
    #[arg(value_name = value::PERIOD.both(), help = say::period().both())]
    period: Option<String>,
    #[arg(long, value_name = value::LIMIT.both(), default_value = "1h", help = say::within().both())]
    within: String,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = of_findings(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
    #[command(flatten)]
    accept: accept::AuditAcceptArgs,
}

impl AuditArgs {
    /// Audits the ledger as the last commit has it.
    pub(super) fn run(self, setting: Setting) -> Result<Exit> {
        let within = within(&self.within)?;
        self.accept.fits()?;
        let now = setting.now;
        let ledger = crate::ledger::Ledger::above(&setting.directory)?;
        let repository = Repository::around(ledger.root())?.ok_or_else(git::no_repository)?;
        if repository.head()?.is_none() {
            return Err(Error::refused(say::no_commit_yet()));
        }
        let session = Session::open(Setting { revision: Some("HEAD".to_owned()), ..setting })?;
        let period = self.period(&session, now)?;
        let accepted = ledger.disk().text_if_there(Path::new(BASELINE))?;
        let (baseline, mut findings) = Baseline::read(&accepted.unwrap_or_default())
            .map_err(|found| Error::failed(say::bad_baseline(problems(found.len()))).because(found))?;
        let scan = session.ledger.scan();
        let (provenance, shops) = walk::provenance(&repository)?;
        let input = AuditInput {
            provenance: &provenance,
            cases: &scan.cases,
            book: &session.book,
            shops: &shops,
            within,
            period: period.as_ref(),
        };
        let (hits, stale) = baseline.apply(audit::audit(&input), period.is_none());
        if self.accept.is_asked() {
            return self.accept.run(&session, &hits);
        }
        findings.extend(stale);
        findings.extend(describe::findings::placed(
            &session.ledger,
            hits.into_iter().map(|hit| hit.flaw).collect(),
        ));
        findings.extend(scan.findings.iter().cloned());
        let mut findings: Vec<Finding> = findings.into_iter().map(Finding::discreet).collect();
        findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
        self.print(&session, &findings, scan.files)?;
        tell_uncommitted(&session, &repository, ledger.root())?;
        if !scan.findings.is_empty() {
            let unread: HashSet<_> = scan.findings.iter().map(|finding| &finding.place.path).collect();
            return Err(Error::failed(say::unread_now(files(unread.len()))));
        }
        let found = findings.iter().any(|finding| finding.severity == Severity::Error);
        Ok(if found { Exit::Found } else { Exit::Done })
    }

    fn period(&self, session: &Session, now: Timestamp) -> Result<Option<Period>> {
        let Some(word) = &self.period else { return Ok(None) };
        let period = Period::parse(word, session.book.shop.day(now), &session.book.shop.zone);
        let wrong = |bad: BadPeriod| Error::refused(bad.message()).hint(BadPeriod::help());
        period.map(Some).map_err(wrong)
    }

    fn print(&self, session: &Session, found: &[Finding], cases: usize) -> Result<()> {
        match self.format {
            Format::Text => describe::findings::text(&session.terminal, &session.ledger, found, cases),
            Format::Json => session.terminal.out(&findings::json(found, cases)),
            Format::Github => session.terminal.out(&findings::github(found)),
            other => Err(missing(other)),
        }
    }
}

/// `15m`, `2h`, `1d`: elapsed time.
fn within(word: &str) -> Result<SignedDuration> {
    match Limit::parse(word) {
        Ok(Limit::Minutes(number)) => Ok(SignedDuration::from_mins(i64::from(number))),
        Ok(Limit::Hours(number)) => Ok(SignedDuration::from_hours(i64::from(number))),
        Ok(Limit::Days(number)) => Ok(SignedDuration::from_hours(24 * i64::from(number))),
        _ => Err(Error::refused(say::bad_within(word)).hint(say::within_help())),
    }
}

fn problems(n: usize) -> Text {
    common::count(n, "problem", "problems", "处错误")
}

fn files(n: usize) -> Text {
    common::count(n, "file", "files", "个文件")
}

/// Reports changes that are not committed: there is no commit to compare them with.
fn tell_uncommitted(session: &Session, repository: &Repository, root: &Path) -> Result<()> {
    let dirty = repository.dirty(&[root.join(layout::CASES)])?;
    if !dirty.is_empty() {
        session.terminal.note(&say::not_committed_yet(files(dirty.len())));
    }
    Ok(())
}
