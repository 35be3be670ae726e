use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use super::{check, words};
use crate::audit::{self, BASELINE, Baseline, Change, Chronicle, Commit, Question, Side, Version};
use crate::case::Event;
use crate::error::{Error, Exit, Finding, Result, Severity};
use crate::git::{self, Altered, Content, Entry, Repository};
use crate::ledger::{SHOP_FILE, Standing, files, layout, text};
use crate::policy::{Limit, Shop};
use crate::render::findings;
use crate::report::{BadPeriod, Period};
use crate::session::{COMMAND, Session, Setting};

/// How many versions are read at once.
const AT_ONCE: usize = 1024;

crate::messages! {
    bad_within(word) { "--within: `{word}` is no length of time", "--within：`{word}` 不是时长" }
    within_help() { "write 15m, 2h or 1d", "可写 15m、2h 或 1d" }
    bad_baseline(n) { "audit.toml cannot be used as it is: {n} problems", "audit.toml 有 {n} 处错误，无法使用" }
    unread_now(n) { "{n} case files cannot be read, so their stamps were not audited", "有 {n} 份案卷无法读取，其中的记录没有核对" }
    not_committed_yet(n) { "{n} files are not as the last commit has them; that is not audited", "有 {n} 个文件与最近一次提交不同，未提交的改动不在核对之列" }
}

/// Hold every stamp against the commit that brought it in: backdated, changed, by somebody else, in a month that had ended
#[derive(Debug, Clone, Args)]
pub struct Audit {
    /// Only stamps in it (2026-10, 2026-Q3, 2026, 2026-10-01..2026-10-15, last-month, ...), else all
    period: Option<String>,
    /// How much later than its stamp an event may be committed: 15m, 2h, 1d
    #[arg(long, value_name = "LIMIT", default_value = "1h")]
    within: String,
    /// How the findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the line
    Human,
    /// An object with `version` 1
    Json,
    /// Annotations of GitHub Actions
    Github,
}

impl Audit {
    /// Looks at the ledger as the last commit has it.
    pub(super) fn run(self, setting: Setting) -> Result<Exit> {
        let within = within(&self.within)?;
        let now = setting.now;
        let ledger = crate::ledger::Ledger::above(&setting.directory)?;
        let repository = Repository::around(ledger.root())?.ok_or_else(git::no_repository)?;
        let session = Session::open(Setting { revision: Some("HEAD".to_owned()), ..setting })?;
        let period = self.period(&session, now)?;
        let accepted = files_text(&ledger.root().join(BASELINE))?;
        let (baseline, mut findings) = Baseline::read(&accepted.unwrap_or_default())
            .map_err(|found| Error::failed(bad_baseline(found.len())).because(found))?;
        let scan = session.ledger.scan();
        let (chronicle, shops) = chronicle(&repository)?;
        let question = Question {
            chronicle: &chronicle,
            cases: &scan.cases,
            book: &session.book,
            shops: &shops,
            within,
            period: period.as_ref(),
        };
        let (hits, stale) = baseline.apply(audit::audit(&question), period.is_none());
        findings.extend(stale);
        findings.extend(check::placed(&session.ledger, hits.into_iter().map(|hit| hit.flaw).collect()));
        findings.extend(scan.findings.iter().cloned());
        let mut findings: Vec<Finding> = findings.into_iter().map(Finding::discreet).collect();
        findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
        self.print(&session, &findings, scan.files)?;
        tell_uncommitted(&session, &repository, ledger.root())?;
        if !scan.findings.is_empty() {
            return Err(Error::failed(unread_now(scan.unreadable.len())));
        }
        let found = findings.iter().any(|finding| finding.severity == Severity::Error);
        Ok(if found { Exit::Found } else { Exit::Done })
    }

    fn period(&self, session: &Session, now: Timestamp) -> Result<Option<Period>> {
        let Some(word) = &self.period else { return Ok(None) };
        let period = Period::parse(word, session.book.shop.day(now), &session.book.shop.zone);
        let wrong = |bad: BadPeriod| Error::refused(words::bad_period(bad.0)).hint(BadPeriod::help());
        period.map(Some).map_err(wrong)
    }

    fn print(&self, session: &Session, found: &[Finding], cases: usize) -> Result<()> {
        match self.format {
            Format::Human => check::human(&session.terminal, &session.ledger, found, cases),
            Format::Json => session.terminal.out(&findings::json(found, cases)),
            Format::Github => session.terminal.out(&findings::github(found)),
        }
    }
}

/// `15m`, `2h`, `1d`: elapsed time.
fn within(word: &str) -> Result<SignedDuration> {
    let limit = Limit::parse(word).ok();
    let hours = |number: u32| SignedDuration::from_hours(i64::from(number));
    let length = limit.and_then(|limit| match limit {
        Limit::Minutes(number) => Some(SignedDuration::from_mins(i64::from(number))),
        Limit::Hours(number) => Some(hours(number)),
        Limit::Days(number) => Some(hours(24 * number)),
        Limit::WorkingMinutes(_) | Limit::WorkingHours(_) | Limit::WorkingDays(_) => None,
    });
    length.ok_or_else(|| Error::refused(bad_within(word)).hint(within_help()))
}

/// The text of a file that need not be there.
fn files_text(path: &Path) -> Result<Option<String>> {
    if path.exists() { files::read_text(path).map(Some) } else { Ok(None) }
}

/// What is not committed has no commit to be held against; that is said.
fn tell_uncommitted(session: &Session, repository: &Repository, root: &Path) -> Result<()> {
    let dirty = repository.dirty(&[root.join(layout::CASES)])?;
    if !dirty.is_empty() {
        session.terminal.note(&not_committed_yet(dirty.len()));
    }
    Ok(())
}

/// The versions of the case files by object and id; `None`: it cannot be read.
type Versions<'h> = HashMap<(&'h str, &'h str), Option<Version>>;

/// Walks the history: what became of every event, and the shop from each commit on that changed it.
fn chronicle(repository: &Repository) -> Result<(Chronicle, Vec<(usize, Shop)>)> {
    let history = repository.history(&[layout::CASES, SHOP_FILE])?;
    let mut chronicle = Chronicle::default();
    let versions = versions(repository, &history, &mut chronicle)?;
    for entry in &history {
        let steps = entry.altered.iter().map(|altered| {
            altered.iter().filter_map(|altered| change(altered, &versions)).collect::<Vec<_>>()
        });
        chronicle.take(commit(entry), steps.collect::<Vec<_>>());
    }
    Ok((chronicle, shops(repository, &history)?))
}

/// Reads every version of every case once.
fn versions<'h>(
    repository: &Repository,
    history: &'h [Entry],
    chronicle: &mut Chronicle,
) -> Result<Versions<'h>> {
    let mut met = HashSet::new();
    let mut wanted: Vec<(&str, &str, &Path)> = Vec::new();
    for altered in history.iter().flat_map(|entry| entry.altered.iter().flatten()) {
        let Some(name) = name(&altered.path) else { continue };
        for id in [&altered.old, &altered.new].into_iter().flatten() {
            if met.insert((id.as_str(), name)) {
                wanted.push((id, name, &altered.path));
            }
        }
    }
    let ids: Vec<&str> = wanted.iter().map(|(id, ..)| *id).collect();
    let mut blobs = repository.blobs(&ids, files::LARGEST)?;
    let mut versions = HashMap::with_capacity(wanted.len());
    for some in wanted.chunks(AT_ONCE) {
        let contents = blobs.by_ref().take(some.len()).collect::<Result<Vec<Content>>>()?;
        let read = |(content, (.., path)): (Content, &(&str, &str, &Path))| -> Option<Vec<Event>> {
            let Content::Bytes(bytes) = content else { return None };
            text::read(&bytes, path).ok().map(|case| case.history)
        };
        let events: Vec<_> = contents.into_par_iter().zip(some).map(read).collect();
        for ((id, name, _), events) in some.iter().zip(events) {
            let version = events.map(|events| chronicle.version(name, &events));
            versions.insert((*id, *name), version);
        }
    }
    Ok(versions)
}

/// The id that the path of a case file says, if it is one.
fn name(path: &Path) -> Option<&str> {
    Standing::of(path)?;
    path.file_stem()?.to_str()
}

fn change<'h>(altered: &'h Altered, versions: &'h Versions<'h>) -> Option<Change<'h>> {
    let name = name(&altered.path)?;
    let side = |id: &'h Option<String>| match id.as_deref().map(|id| versions.get(&(id, name))) {
        None => Side::Nothing,
        Some(Some(Some(events))) => Side::Events(events),
        Some(_) => Side::Unread,
    };
    Some(Change { name, path: &altered.path, old: side(&altered.old), new: side(&altered.new) })
}

fn commit(entry: &Entry) -> Commit {
    let at = |seconds: i64| Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN);
    // Before commands marked their commits, an import's was the only one without a trailer.
    let unmarked = entry.subject.starts_with("import ") && entry.trailers.is_empty();
    let import = unmarked || entry.trailer(COMMAND) == Some("import");
    Commit {
        id: entry.id.clone(),
        author: entry.author.clone(),
        email: entry.email.clone(),
        authored: at(entry.authored),
        committer: entry.committer.clone(),
        committed: at(entry.committed),
        import,
        cut_off: entry.cut_off,
    }
}

/// The shop from each commit on that changed it and left it such that it can be read.
fn shops(repository: &Repository, history: &[Entry]) -> Result<Vec<(usize, Shop)>> {
    let of_shop = |altered: &&Altered| altered.path == Path::new(SHOP_FILE);
    let changes: Vec<(usize, &str)> = history
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| {
            let altered = entry.altered.iter().flatten().find(of_shop)?;
            Some((at, altered.new.as_deref()?))
        })
        .collect();
    let ids: Vec<&str> = changes.iter().map(|(_, id)| *id).collect();
    let mut shops = Vec::new();
    for ((at, _), content) in changes.iter().zip(repository.blobs(&ids, files::LARGEST)?) {
        let Content::Bytes(bytes) = content? else { continue };
        let shop =
            String::from_utf8(bytes).ok().and_then(|text| Shop::read(&text, &PathBuf::from(SHOP_FILE)).ok());
        shops.extend(shop.map(|shop| (*at, shop)));
    }
    Ok(shops)
}
