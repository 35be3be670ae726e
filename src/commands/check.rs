use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::arguments::as_of::AsOf;
use crate::arguments::format::{missing, of_findings};
use crate::arguments::{flag, value};
use crate::check::{self, CheckInput};
use crate::describe::findings::{placed, text};
use crate::error::{Code, Error, Exit, Finding, Result, Severity};
use crate::git::{self, Repository};
use crate::lang::{Lang, common};
use crate::ledger::{Ledger, Left, RuleFiles, SHOP_FILE, Scan};
use crate::policy::{RuleBook, Shop};
use crate::render::{Format, findings};
use crate::session::{self, Setting, Snapshot};
use crate::ui::Terminal;
use crate::view::Horizon;
use crate::whole_ledger::at_rest;

mod say {
    pub(super) use crate::commands::say::*;
    pub(super) use crate::whole_ledger::say::cases_read;

    crate::messages! {
        about() { "Report what is wrong in the ledger, with the line and what to do", "检查台账，逐条列出问题、所在的行和处理办法" }
        overdue() { "Only time limits: overdue, due soon, or not computable", "只查时限：已逾期的、即将到期的和无法计算的" }
        only() { "Only findings with these codes", "只查这些代码的问题" }
        warnings() { "Warnings lead to exit status 1, as errors do", "有警告时退出码也是 1" }
        deny() { "Count warnings as errors", "把警告也当作错误" }
        since() { "Only in files that are new or changed since a git revision", "只查某个 git 版本以来新增或改动的文件" }
    }
}

const FORMATS: &[Format] =
    &[Format::Text, Format::Json, Format::Github, Format::Gitlab, Format::Junit, Format::Sarif];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb check\nfb check --overdue --format github")]
pub(crate) struct CheckArgs {
    #[arg(long, help = say::overdue().both())]
    overdue: bool,
    #[arg(long, value_name = value::CODES.both(), value_delimiter = ',', help = say::only().both())]
    only: Vec<String>,
    #[arg(long, value_name = value::WHAT.both(), help = say::deny().both())]
    deny: Option<Deny>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = of_findings(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
    #[arg(long, value_name = value::REVISION.both(), conflicts_with = "revision", help = say::since().both())]
    since: Option<String>,
    #[command(flatten)]
    pub(super) as_of: AsOf,
}

/// The findings that `--deny` counts as errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    #[value(help = say::warnings().both())]
    Warnings,
}

/// How many files and directories that are not shown make the answer unreliable: their cases were not checked or, if time
/// limits are asked for, another file of the case has more events.
fn untold(only: &[Code], scan: &Scan, found: &[Finding]) -> usize {
    let limits = only.iter().any(|code| check::late().contains(code));
    let double = found.iter().filter(|finding| limits && finding.code == Code::DuplicateId);
    let all = scan.findings.iter().chain(double).filter(|finding| !only.contains(&finding.code));
    all.map(|finding| &finding.place.path).collect::<HashSet<_>>().len()
}

impl CheckArgs {
    /// Opens the ledger by itself: rules that cannot be used are findings, too.
    pub(super) fn run(self, setting: Setting) -> Result<Exit> {
        let only = self.wanted()?;
        let ledger = Ledger::above(&setting.directory)?;
        let repository = match (&setting.revision, &self.since) {
            (None, None) => None,
            _ => Repository::around(ledger.root())?,
        };
        let changed = self.changed(repository.as_ref())?;
        let snapshot = Snapshot::of(ledger, repository.as_ref(), &setting)?;
        let place = snapshot.place();
        let Snapshot { ledger, now, .. } = snapshot;
        let rules = ledger.rule_files()?;
        let book = RuleBook::read(&rules.shop, &rules.calendars, &rules.policies);
        let terminal = Terminal { lang: language(&setting, &rules, &book), ..setting.terminal.clone() };
        terminal.detail(&place);
        book.iter().for_each(|book| terminal.detail(&session::rules_of(book)));
        let mut scan = ledger.scan();
        let zone = book.as_ref().map_or(TimeZone::UTC, |book| book.shop.zone.clone());
        let times =
            CheckTimes { present: now, limits: self.as_of.said(&zone, now)?.unwrap_or(Horizon::at(now)) };
        let mut shown = findings(&ledger, &rules, &book, &scan, times);
        if setting.revision.is_none() && shown.iter().any(|finding| finding.code == Code::WrongDirectory) {
            let _rest = at_rest(&ledger, &terminal);
            scan = ledger.scan();
            shown = findings(&ledger, &rules, &book, &scan, times);
        }
        if setting.revision.is_none() {
            shown.extend(unfinished(&ledger, &terminal));
            shown.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
        }
        terminal.detail(&say::cases_read(scan.cases.len()));
        let unread =
            !scan.unreadable.is_empty() || scan.findings.iter().any(|it| it.code == Code::Unreadable);
        let untold = only.as_ref().map_or(0, |only| untold(only, &scan, &shown));
        shown.retain(|finding| changed.as_ref().is_none_or(|changed| changed.contains(&finding.place.path)));
        shown.retain(|finding| only.as_ref().is_none_or(|only| self.asks_for(only, finding)));
        if self.deny == Some(Deny::Warnings) {
            shown.iter_mut().for_each(|finding| finding.severity = Severity::Error);
        }
        self.print(&terminal, &ledger, &shown, scan.files)?;
        let tells = |code| only.as_ref().is_none_or(|only| only.contains(&code));
        if book.is_err() && !tells(Code::BadPolicy) {
            return Err(Error::failed(say::rules_unusable()).hint(say::check_shows()));
        }
        if book.is_err() {
            terminal.note(&say::unchecked());
        }
        if only.is_some() && (unread || untold > 0) {
            let why = match scan.unreadable.len() {
                0 => say::not_told(untold.max(1)),
                n => say::not_all_read(n),
            };
            return Err(Error::failed(why).hint(say::check_shows()));
        }
        Ok(match () {
            () if unread => Exit::Failed,
            () if shown.iter().any(|finding| finding.severity == Severity::Error) => Exit::Found,
            () => Exit::Done,
        })
    }

    /// Whether a finding is asked for. A year that will be needed soon makes no time limit unknown yet.
    fn asks_for(&self, only: &[Code], finding: &Finding) -> bool {
        let is_to_come = finding.code == Code::MissingYear && finding.severity == Severity::Warning;
        let is_named = || self.only.iter().any(|word| word == finding.code.word());
        only.contains(&finding.code) && (!is_to_come || is_named())
    }

    /// The files that are asked for; `None` for all.
    fn changed(&self, repository: Option<&Repository>) -> Result<Option<HashSet<PathBuf>>> {
        let Some(word) = &self.since else { return Ok(None) };
        let repository = repository.ok_or_else(git::no_repository)?;
        Ok(Some(repository.changed_since(word)?.into_iter().collect()))
    }

    /// The codes that are asked for; `None` for all.
    fn wanted(&self) -> Result<Option<Vec<Code>>> {
        let codes = check::codes();
        let known = || codes.iter().map(|code| code.word());
        let mut wanted: Vec<Code> = if self.overdue { check::late().to_vec() } else { Vec::new() };
        for word in &self.only {
            match codes.iter().find(|code| code.word() == word) {
                Some(code) => wanted.push(*code),
                None => {
                    let help = common::nearest(word, known()).map_or_else(
                        || common::known_here(known().collect::<Vec<_>>().join(" ")),
                        common::did_you_mean,
                    );
                    return Err(Error::refused(say::no_code(word)).hint(help));
                }
            }
        }
        Ok((self.overdue || !self.only.is_empty()).then_some(wanted))
    }

    fn print(&self, terminal: &Terminal, ledger: &Ledger, found: &[Finding], cases: usize) -> Result<()> {
        match self.format {
            Format::Text => text(terminal, ledger, found, cases),
            Format::Json => terminal.out(&findings::json(found, cases)),
            Format::Github => terminal.out(&findings::github(found)),
            Format::Gitlab => terminal.out(&findings::gitlab(found)),
            Format::Junit => terminal.out(&findings::junit(found, cases)),
            Format::Sarif => terminal.out(&findings::sarif(found, &check::codes())),
            other => Err(missing(other)),
        }
    }
}

/// The instants at which the ledger is checked.
#[derive(Debug, Clone, Copy)]
struct CheckTimes {
    /// The current time: no stamp may be later.
    present: Timestamp,
    /// The instant at which time limits are checked.
    limits: Horizon,
}

/// Unfinished work: a command that was interrupted, and changes that are in no commit.
fn unfinished(ledger: &Ledger, terminal: &Terminal) -> Vec<Finding> {
    let repository = match Repository::around(ledger.root()) {
        Ok(repository) => repository,
        Err(error) => {
            terminal.warn(&say::pending_unknown(&error.message));
            return Vec::new();
        }
    };
    let private = session::private(ledger, repository.as_ref());
    // The record of an interrupted command is reported even if git fails.
    let waiting = match session::pending(ledger, repository.as_ref(), &private) {
        Ok(waiting) => waiting,
        Err(error) => {
            terminal.warn(&say::pending_unknown(&error.message));
            Vec::new()
        }
    };
    let mut found: Vec<Finding> = Vec::new();
    // A running command has a record, too.
    let _rest = ledger.interrupted(&private).is_ok_and(|is_there| is_there).then(|| ledger.rest(&private));
    found.extend(match ledger.left(&private) {
        Ok(Left::Nothing) => None,
        Ok(Left::Unreadable) => Some(check::unreadable_record(Path::new(SHOP_FILE))),
        Ok(Left::Plan(plan)) => {
            let path = plan.writes.first().map_or(Path::new(SHOP_FILE), |write| &write.new);
            Some(check::interrupted(path, &plan.subject))
        }
        Err(error) => Some(check::stuck(Path::new(SHOP_FILE), error)),
    });
    found.extend(waiting.iter().map(|one| {
        let path = one.cases.first().map(|case| case.path.as_path());
        let path = path.or(one.others.first().map(|(path, _)| path.as_path()));
        check::waiting(path.unwrap_or(Path::new(SHOP_FILE)), &one.kept.subject, &one.kept.name, one.is_lost)
    }));
    found.into_iter().map(Finding::discreet).collect()
}

/// The user's language, even if the rules cannot be used.
fn language(
    setting: &Setting,
    rules: &RuleFiles,
    book: &std::result::Result<RuleBook, Vec<Finding>>,
) -> Lang {
    let shop = || Shop::read(&rules.shop.1, &rules.shop.0).ok().map(|shop| shop.lang);
    let of_shop = || book.as_ref().ok().map(|book| book.shop.lang).or_else(shop);
    setting.lang.or_else(of_shop).unwrap_or(setting.terminal.lang)
}

/// Everything that is found, by file and line.
fn findings(
    ledger: &Ledger,
    rules: &RuleFiles,
    book: &std::result::Result<RuleBook, Vec<Finding>>,
    scan: &Scan,
    times: CheckTimes,
) -> Vec<Finding> {
    let calendars: Vec<PathBuf> = rules.calendars.iter().map(|(path, _)| path.clone()).collect();
    let (unkept, lost, names) = (ledger.unkept(), ledger.lost(&scan.cases), ledger.names());
    let input = CheckInput {
        cases: &scan.cases,
        unreadable: &scan.unreadable,
        book: book.as_ref().ok(),
        calendars: &calendars,
        unkept: &unkept,
        lost: &lost,
        names: &names,
        present: times.present,
        now: times.limits.at,
        until: times.limits.last_instant(),
    };
    let outcome = check::check(&input);
    let mut found = scan.findings.clone();
    found.extend(book.as_ref().err().into_iter().flatten().cloned());
    found.extend(outcome.findings);
    found.extend(placed(ledger, outcome.flaws));
    let mut found: Vec<Finding> = found.into_iter().map(Finding::discreet).collect();
    found.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(overdue: bool, only: &[&str]) -> CheckArgs {
        let only = only.iter().map(|word| (*word).to_owned()).collect();
        CheckArgs { overdue, only, deny: None, format: Format::Text, since: None, as_of: AsOf::default() }
    }

    #[test]
    fn codes_are_known_and_mistyped_ones_are_understood() {
        assert_eq!(check(false, &[]).wanted().unwrap(), None);
        assert_eq!(
            check(true, &["wrong-name"]).wanted().unwrap().unwrap(),
            [Code::MissingYear, Code::Overdue, Code::DueSoon, Code::Stalled, Code::WrongName]
        );
        let error = check(false, &["overdu"]).wanted().unwrap_err();
        assert_eq!(error.exit, Exit::Refused);
        assert_eq!(error.hints[0].to_string(), "did you mean `overdue`?");
    }
}
