//! What a command gets: the open ledger, the time, and who acts.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::case::{Case, Stamp};
use crate::casefile::layout;
use crate::disk::{self, Private};
use crate::error::{Error, Result};
use crate::git::{self, Content, Repository, Revision};
use crate::lang::{Lang, Text};
use crate::ledger::{CommittedFile, Ledger, Lock, Plan};
use crate::policy::RuleBook;
use crate::ui::{Terminal, editor};

mod begin;
mod commit;
mod kept;
mod left;
mod pending;
mod rule_change;
mod settle;

pub(crate) use begin::CasesBefore;
pub(crate) use kept::Written;
pub(crate) use pending::{Held, Pending, PendingCase, has_comments, pending};
pub(crate) use rule_change::RuleChange;

/// The trailer by which a commit is known as a command's, with its name: `Fb-Command: escalate`.
pub(crate) const COMMAND: &str = "Fb-Command";
/// The trailer that names the people whose actions the commit's author entered.
pub(crate) const ENTERED_FOR: &str = "By";
/// The trailer of an undo: the full id of the commit that it undoes.
pub(crate) const UNDOES: &str = "Undoes";
/// The trailer that names a file of the commit that already had uncommitted changes before the command.
pub(crate) const NOT_COMMITTED_BEFORE: &str = "Not-Committed-Before";

/// Where text that was written by hand is kept, so that it is not read as a case.
pub(crate) const BY_HAND: &str = "by-hand";

/// What the command line and the environment say, before any ledger is opened.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// Where to look for the ledger.
    pub directory: PathBuf,
    /// The current time, read once.
    pub now: Timestamp,
    /// Whether the time was given, and not read from the system's clock.
    pub now_given: bool,
    /// The git revision at which to look at the ledger; `None`: the files as they are.
    pub revision: Option<String>,
    /// The language, if one was given.
    pub lang: Option<Lang>,
    /// Whether to commit; the shop's settings can still forbid it.
    pub commit: bool,
    /// The editors that the environment names, in order of preference.
    pub editors: Vec<String>,
    /// The output to the terminal.
    pub terminal: Terminal,
}

/// An open ledger, with the current time and the person who acts.
pub(crate) struct Session {
    /// The files.
    pub ledger: Ledger,
    /// The rules.
    pub book: RuleBook,
    /// The current time.
    pub now: Timestamp,
    /// The output to the terminal.
    pub terminal: Terminal,
    /// The commit at which the ledger is read, if it is not the work tree.
    pub commit_seen: Option<String>,
    editors: Vec<String>,
    repository: Option<Repository>,
    commit: bool,
}

/// A ledger, as it is or as a commit has it.
pub(crate) struct Snapshot {
    /// The files.
    pub ledger: Ledger,
    /// The current time; of a commit its commit time, unless another time was given.
    pub now: Timestamp,
    /// The commit, if it is one.
    pub commit: Option<String>,
}

pub(crate) mod say {
    crate::messages! {
        rules_unusable(n) { "the shop's rules cannot be used as they are", "规则文件有错，暂时无法使用" }
        rules_help() { "`fb check` shows them as well; nothing was read or written", "`fb check` 也会列出这些问题；没有读写任何案卷" }
        say_who_outside() { "give your name with --by NAME or FB_BY", "请用 --by 姓名 或 FB_BY 指明" }
        nobody() { "it is not known who you are", "不知道操作人是谁" }
        say_who() { "give your name with --by NAME or FB_BY, or set git config user.email …", "请用 --by 姓名 或 FB_BY 指明，或设置 git config user.email …" }
        ledger_at(root) { "ledger: {root}", "台账：{root}" }
        as_committed(root, commit) { "ledger: {root}, as of commit {commit}", "台账：{root}，提交 {commit}" }
        rules_read(policies, calendars) { "rules: {policies}; calendars: {calendars}", "制度：{policies}；日历：{calendars}" }
        head_unknown(why) { "the report does not name its commit: {why}", "报表没有注明所依据的提交：{why}" }
        time_is_as_of() { "to look at a time, use --as-of", "要看某一时间的情况，请用 --as-of" }
        no_ledger_then(word) { "at `{word}` there was no ledger here", "`{word}` 这个版本里还没有台账" }
        no_such_person(word) { "there is no person `{word}` in fb.toml", "fb.toml 的 [people] 里没有 `{word}`" }
        add_person(word) { "`fb shop add person {word}` adds one", "可用 `fb shop add person {word}` 添加" }
    }
}

impl Snapshot {
    /// Which ledger it is, for `-v`.
    pub(crate) fn place(&self) -> Text {
        match &self.commit {
            Some(commit) => say::as_committed(self.ledger.root(), commit),
            None => say::ledger_at(self.ledger.root()),
        }
    }

    /// The ledger as the setting asks for it.
    ///
    /// # Errors
    /// There is no such revision, or no ledger in it.
    pub(crate) fn of(ledger: Ledger, repository: Option<&Repository>, setting: &Setting) -> Result<Snapshot> {
        let Some(word) = &setting.revision else {
            return Ok(Snapshot { ledger, now: setting.now, commit: None });
        };
        let (ledger, revision) = snapshot(ledger, repository, word, Ledger::owns)
            .map_err(|error| error.hint(say::time_is_as_of()))?;
        let committed = Timestamp::from_second(revision.committed).unwrap_or(setting.now);
        let now = if setting.now_given { setting.now } else { committed };
        Ok(Snapshot { ledger, now, commit: Some(revision.id) })
    }
}

/// The ledger as a commit has it, with the files that are wanted.
fn snapshot(
    ledger: Ledger,
    repository: Option<&Repository>,
    word: &str,
    wanted: fn(&Path) -> bool,
) -> Result<(Ledger, Revision)> {
    let repository = repository.ok_or_else(git::no_repository)?;
    let mut revision = repository.revision(word, wanted, disk::LARGEST)?;
    let files = std::mem::take(&mut revision.files).into_iter();
    let ledger = ledger.kept(files.map(|(path, content)| (path, committed_file(content))).collect());
    if ledger.is_one() { Ok((ledger, revision)) } else { Err(Error::refused(say::no_ledger_then(word))) }
}

fn committed_file(content: Content) -> CommittedFile {
    match content {
        Content::Bytes(bytes) => CommittedFile::Bytes(bytes),
        Content::TooLarge => CommittedFile::TooLarge,
        Content::NoFile => CommittedFile::NoFile,
    }
}

/// The rules of a ledger; the error lists every problem of every file.
fn book(ledger: &Ledger) -> Result<RuleBook> {
    let files = ledger.rule_files()?;
    RuleBook::read(&files.shop, &files.calendars, &files.policies).map_err(|findings| {
        let count = findings.len();
        Error::failed(say::rules_unusable(count)).because(findings).hint(say::rules_help())
    })
}

/// The files and calendars that contain the rules, for `-v`.
pub(crate) fn rules_of(book: &RuleBook) -> Text {
    let policies: Vec<_> = book.all().map(|(_, rules)| rules.file().to_string_lossy()).collect();
    let calendars: Vec<_> = book.calendars.iter().map(|calendar| calendar.name()).collect();
    say::rules_read(policies.join(", "), calendars.join(", "))
}

/// The place of a case according to its history, from the ledger's root.
pub(crate) fn place(book: &RuleBook, case: &Case) -> PathBuf {
    layout::place(&case.id, &book.whole(case), |at| book.shop.day(at))
}

impl Session {
    /// Opens the ledger and reads its rules.
    ///
    /// # Errors
    /// If there is no ledger, its rules are wrong (all problems are listed), or git does not allow its repository.
    pub(crate) fn open(setting: Setting) -> Result<Session> {
        let ledger = Ledger::above(&setting.directory)?;
        let repository = Repository::around(ledger.root())?;
        let snapshot = Snapshot::of(ledger, repository.as_ref(), &setting)?;
        let book = book(&snapshot.ledger)?;
        let mut terminal = setting.terminal;
        terminal.lang = setting.lang.unwrap_or(book.shop.lang);
        terminal.detail(&snapshot.place());
        terminal.detail(&rules_of(&book));
        let commit = setting.commit && book.shop.commit;
        let editors = setting.editors;
        let Snapshot { ledger, now, commit: commit_seen } = snapshot;
        Ok(Session { ledger, book, now, terminal, commit_seen, editors, repository, commit })
    }

    /// The same ledger at a revision, including its rules, at the same current time.
    ///
    /// # Errors
    /// As [`Snapshot::of`], and if the rules of that revision are wrong.
    pub(crate) fn past(&self, word: &str) -> Result<Session> {
        let root = self.ledger.root();
        let (ledger, commit) = snapshot(Ledger::above(root)?, self.repository.as_ref(), word, Ledger::owns)
            .map(|(ledger, revision)| (ledger, revision.id))?;
        Ok(Session {
            book: book(&ledger)?,
            ledger,
            now: self.now,
            terminal: self.terminal.clone(),
            commit_seen: Some(commit),
            editors: Vec::new(),
            repository: Repository::around(root)?,
            commit: false,
        })
    }

    /// The rules as a revision has them.
    ///
    /// # Errors
    /// As [`Session::past`].
    pub(crate) fn rules_at(&self, word: &str) -> Result<RuleBook> {
        let ledger = self.ledger.clone();
        book(&snapshot(ledger, self.repository.as_ref(), word, Ledger::rules)?.0)
    }

    /// The current time, or another instant, in the shop's time zone.
    pub(crate) fn stamp(&self, at: Timestamp) -> Stamp {
        Stamp::new(at, &self.book.shop.zone)
    }

    /// The person who acts: `--by`, else the person with git's mail address, else that address before the `@`.
    ///
    /// # Errors
    /// If nothing says who acts, or fb.toml does not have the name.
    pub(crate) fn actor(&self, by: Option<&str>) -> Result<String> {
        if let Some(by) = by {
            if by.trim().is_empty() || by.contains(char::is_control) {
                return Err(Error::refused(say::nobody()).hint(say::say_who_outside()));
            }
            if !self.book.shop.names.knows(crate::case::Names::People, by) {
                let near = self.book.shop.names.nearest(crate::case::Names::People, by);
                let error = Error::refused(say::no_such_person(by));
                return Err(match near {
                    Some(near) => error.hint(crate::lang::common::did_you_mean(near)),
                    None => error.hint(say::add_person(crate::lang::common::shell_word(by))),
                });
            }
            return Ok(by.to_owned());
        }
        let help = if self.repository.is_some() { say::say_who() } else { say::say_who_outside() };
        self.git_actor()?.ok_or_else(|| Error::refused(say::nobody()).hint(help))
    }

    /// The person who acts according to git, if git has a name.
    ///
    /// # Errors
    /// If git cannot be run.
    pub(crate) fn git_actor(&self) -> Result<Option<String>> {
        let author = match &self.repository {
            Some(repository) => repository.author()?,
            None => None,
        };
        let name = author.map(|(_, email)| self.book.shop.author(&email).trim().to_owned());
        Ok(name.filter(|name| !name.is_empty()))
    }

    /// The repository around the ledger.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn repository(&self) -> Result<&Repository> {
        self.repository.as_ref().ok_or_else(git::no_repository)
    }

    /// Whether the changes of a command are committed.
    pub(crate) fn commits(&self) -> bool {
        self.commit
    }

    /// The trailers for those of these people who are not the author of the commit.
    ///
    /// # Errors
    /// If git cannot be run.
    pub(crate) fn entered_for<'e>(
        &self,
        people: impl Iterator<Item = &'e str>,
    ) -> Result<Vec<(String, String)>> {
        let author = self.git_actor()?;
        let others: BTreeSet<&str> = people.filter(|person| author.as_deref() != Some(*person)).collect();
        Ok(others.into_iter().map(|person| (ENTERED_FOR.to_owned(), person.to_owned())).collect())
    }

    /// The commit that the ledger is at, for reports. If git cannot say, a warning says why.
    pub(crate) fn head(&self) -> Option<String> {
        match self.repository.as_ref().map(Repository::head).transpose() {
            Ok(head) => head.flatten(),
            Err(error) => {
                self.terminal.warn(&say::head_unknown(&error.message));
                None
            }
        }
    }

    /// The preferred editor of the person who acts.
    ///
    /// # Errors
    /// If none is named and there is no terminal, or git cannot be run.
    pub(crate) fn editor(&self) -> Result<String> {
        let core = match &self.repository {
            Some(repository) => repository.editor()?,
            None => None,
        };
        editor::command(self.editors.iter().cloned().chain(core), &self.terminal)
    }

    /// Copies a file from outside the ledger, so that a plan can move it to its place.
    ///
    /// # Errors
    /// If it cannot be copied.
    pub(crate) fn bring(&self, lock: &Lock, from: &mut File, place: &Path) -> Result<()> {
        self.ledger.bring(lock, &self.private(), from, place)
    }

    /// Writes a plan and commits exactly its paths. If git makes no commit, the work stays done and a message says so;
    /// if git refused it, the exit status will be [`crate::error::Exit::Failed`].
    ///
    /// # Errors
    /// If a file cannot be written, or what is in no commit cannot be kept.
    pub(crate) fn write(&self, lock: &Lock, plan: &Plan) -> Result<Written> {
        let with_earlier = self.with_earlier_changes(plan)?;
        let plan = with_earlier.as_ref().unwrap_or(plan);
        let written = self.ledger.write(lock, &self.private(), plan, || self.commit_plan(plan, false));
        written.map_err(|error| self.taken_back(lock, plan, error))
    }

    /// A directory that is never committed: git's own, or `.fb` in a ledger without a repository.
    pub(crate) fn private(&self) -> Private {
        private(&self.ledger, self.repository.as_ref())
    }
}

/// The same for a ledger in this repository, or in none.
pub(crate) fn private(ledger: &Ledger, repository: Option<&Repository>) -> Private {
    match repository {
        Some(repository) => Private::OfGit(repository.git_dir().to_owned()),
        None => Private::OfLedger(ledger.disk().clone()),
    }
}
