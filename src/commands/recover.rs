use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use jiff::Timestamp;
use serde_json::json;

use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::case::Id;
use crate::describe;
use crate::error::{Error, Exit, Result};
use crate::git::Kept;
use crate::lang::{Text, moment, names};
use crate::ledger::{Lock, Plan};
use crate::privacy::{Privacy, masked};
use crate::recording::apply::summary;
use crate::render::Format;
use crate::session::{self, Held, Pending, PendingCase, Session};
use crate::ui::draw;

mod back;

use back::Retrieval;

mod say {
    crate::messages! {
        about() { "List and restore changes that were written but are in no commit", "列出并恢复已写入但还没有提交的改动" }
        more() { "Such changes come from an aborted merge, from --no-commit, or from a hook that refused the commit.", "这类改动来自中途放弃的合并、--no-commit，或被钩子拒绝的提交。" }
        what() { "The cases or changes to restore; without any, they are listed", "要恢复的案卷或改动；不填则只列出" }
        all() { "Restore everything", "全部恢复" }
        drop() { "Forget a change; after that, it cannot be restored", "舍弃一项改动，以后不能再恢复" }
        nothing() { "nothing to recover: every change is in a commit", "没有待提交的改动：已确认的都在提交里" }
        nothing_outside_git() { "nothing to recover: every change is in the files", "没有待恢复的改动：已确认的都在文件里" }
        one(name, at, subject) { "{name}  {at}  {subject}", "{name}  {at}  {subject}" }
        record(name) { "{name}  a record of an interrupted command that cannot be read", "{name}  中断操作的记录，无法读取" }
        case(short, path, events) { "  {short}  {path}  ({events})", "  {short}  {path}（{events}）" }
        event(name, at) { "{name} {at}", "{name} {at}" }
        comments(count) { "comments: {count}", "注释：{count} 条" }
        intake() { "intake", "受理内容" }
        file(path) { "  {path}", "  {path}" }
        files_below(top, count) { "  {top}/  (files: {count})", "  {top}/  （{count} 个文件）" }
        is_lost() { "  missing from the files", "  文件中没有" }
        is_there() { "  in the files, but in no commit of a branch", "  文件中已有，尚未提交到分支" }
        how() {
            "`fb recover --all` restores and commits them all, `fb recover NAME` one of them; `--drop NAME` discards it",
            "`fb recover --all` 全部恢复并提交，`fb recover 名称` 恢复其中一项；`--drop 名称` 表示不再保留"
        }
        no_such(word) { "no change to recover has this name or belongs to this case: {word}", "待提交的改动里没有这个名称或案卷：{word}" }
        list_them() { "`fb recover` lists the changes", "`fb recover` 列出待提交的改动" }
        several(word, names) { "several fit {word}: {names}", "有多项符合 {word}：{names}" }
        put_back(short, path) { "{short}  restored: {path}", "{short}  已恢复：{path}" }
        file_put_back(path) { "restored: {path}", "已恢复：{path}" }
        dropped(name) { "discarded: {name}", "不再保留：{name}" }
        stays(name) { "kept until it is restored or discarded: {name}", "仍保留，直到恢复或丢弃：{name}" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb recover\nfb recover --all")]
pub(crate) struct RecoverArgs {
    #[arg(value_name = value::ID_OR_NAME.both(), value_parser = NonEmptyStringValueParser::new())]
    #[arg(help = say::what().both())]
    what: Vec<String>,
    #[arg(long, conflicts_with = "what", help = say::all().both())]
    all: bool,
    #[arg(long, value_name = value::NAME.both(), value_parser = NonEmptyStringValueParser::new())]
    #[arg(help = say::drop().both())]
    #[arg(conflicts_with_all = ["what", "all"])]
    drop: Option<String>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

/// How many files of one directory are listed one by one.
const FEW: usize = 3;

impl RecoverArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        if self.what.is_empty() && !self.all && self.drop.is_none() {
            return self.list(session, &waiting(session)?);
        }
        let lock = session.lock_to_repair()?;
        let waiting = waiting(session)?;
        match &self.drop {
            Some(name) => self.forget(session, &lock, &waiting, name),
            None => self.put_back(session, &lock, &waiting),
        }
    }

    fn list(&self, session: &Session, waiting: &[Pending]) -> Result<Exit> {
        let terminal = &session.terminal;
        if self.format == Format::Json {
            let kept: Vec<_> = waiting.iter().map(|one| object(session, one)).collect();
            let answer = json!({ "version": 1, "kept": kept });
            terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
            return Ok(Exit::Done);
        }
        if waiting.is_empty() {
            let outside = session.repository().is_err();
            terminal.line(&if outside { say::nothing_outside_git() } else { say::nothing() })?;
            return Ok(Exit::Done);
        }
        for one in waiting {
            tell(session, one)?;
        }
        terminal.note(&say::how());
        Ok(Exit::Done)
    }

    fn forget(&self, session: &Session, lock: &Lock, waiting: &[Pending], name: &str) -> Result<Exit> {
        let fitting: Vec<&Pending> = waiting.iter().filter(|one| is_called(one, name)).collect();
        let one = match fitting.as_slice() {
            [one] => *one,
            [] => return Err(Error::none(say::no_such(name)).hint(say::list_them())),
            several => {
                let names: Vec<&str> = several.iter().map(|one| short(&one.kept)).collect();
                return Err(Error::refused(say::several(name, names.join(", "))));
            }
        };
        tell(session, one)?;
        release(session, lock, &one.kept)?;
        session.terminal.line(&say::dropped(short(&one.kept)))?;
        Ok(Exit::Done)
    }

    /// The changes that are meant: all, or those with one of these names or of one of these cases.
    fn chosen<'w>(&self, waiting: &'w [Pending]) -> Result<Vec<&'w Pending>> {
        if self.all {
            return Ok(waiting.iter().collect());
        }
        if let Some(word) = self.what.iter().find(|word| !waiting.iter().any(|one| is_of(one, word))) {
            return Err(Error::none(say::no_such(word)).hint(say::list_them()));
        }
        Ok(waiting.iter().filter(|one| self.what.iter().any(|word| is_of(one, word))).collect())
    }

    fn put_back(&self, session: &Session, lock: &Lock, waiting: &[Pending]) -> Result<Exit> {
        let chosen = self.chosen(waiting)?;
        let mut back = Retrieval::default();
        chosen.iter().for_each(|one| back.take(session, one));
        let plan = plan(&chosen, &back);
        let mut written = session::Written::committed();
        if !plan.is_empty() {
            back.put_files(session)?;
            written = session.write(lock, &plan)?;
        }
        if written.is_committed() {
            let whole = chosen.iter().filter(|one| !back.unfinished.contains(&one.kept.name));
            whole.into_iter().try_for_each(|one| release(session, lock, &one.kept))?;
        }
        let terminal = &session.terminal;
        if self.format == Format::Json {
            let cases: Vec<_> = back.cases.values().map(|it| summary(session, &it.case, &it.place)).collect();
            let answer = written.told(json!({ "version": 1, "cases": cases }));
            terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
        } else {
            for it in back.cases.values() {
                terminal.line(&say::put_back(it.case.id.short(), &it.place))?;
            }
            back.files.iter().try_for_each(|(path, _)| terminal.line(&say::file_put_back(path)))?;
            if chosen.is_empty() {
                terminal.line(&say::nothing())?;
            }
        }
        for error in &back.refusals {
            terminal.error(error, &draw::sources(session.ledger.root()));
        }
        for name in &back.unfinished {
            terminal.note(&say::stays(name));
        }
        Ok(if back.refusals.is_empty() { written.exit } else { written.exit.max(Exit::Found) })
    }
}

fn waiting(session: &Session) -> Result<Vec<Pending>> {
    session::pending(&session.ledger, session.repository().ok(), &session.private())
}

/// One commit for all, with a line for each.
fn plan(chosen: &[&Pending], back: &Retrieval) -> Plan {
    let (subject, body) = match chosen {
        [one] => (format!("recover: {}", one.kept.subject), None),
        several => {
            let lines: Vec<&str> = several.iter().map(|one| one.kept.subject.as_str()).collect();
            (format!("recover {} changes", several.len()), Some(lines.join("\n")))
        }
    };
    let cases = back.cases.values().map(|it| ("Case".to_owned(), it.case.id.to_string()));
    Plan {
        writes: back.writes(),
        also: back.files.iter().map(|(path, _)| path.clone()).collect(),
        subject,
        body,
        trailers: cases.collect(),
        ..Plan::default()
    }
}

/// The short name of the ref or record that keeps it.
fn short(kept: &Kept) -> &str {
    kept.name.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".json")
}

/// Whether a word is the name of a change, or the id of a case in it.
fn is_of(one: &Pending, word: &str) -> bool {
    is_called(one, word) || one.cases.iter().any(|case| begins_with(case, word))
}

fn begins_with(case: &PendingCase, word: &str) -> bool {
    Id::parse(&case.id).is_ok_and(|id| id.begins_with(word))
}

fn is_called(one: &Pending, word: &str) -> bool {
    one.kept.name == word || short(&one.kept).starts_with(word)
}

fn release(session: &Session, _lock: &Lock, kept: &Kept) -> Result<()> {
    if !kept.commit.is_empty() {
        return session.repository()?.release(kept);
    }
    let private = session.private();
    let record = Path::new(&kept.name).strip_prefix(private.path()).unwrap_or("".as_ref());
    private.made()?.remove(record)
}

fn at(session: &Session, kept: &Kept) -> Timestamp {
    Timestamp::from_second(kept.at).unwrap_or(session.now)
}

/// The events of a case that no commit has, in one line.
fn events(case: &PendingCase) -> Text {
    if case.events.is_empty() && !case.comments.is_empty() {
        return say::comments(case.comments.len());
    }
    if case.events.is_empty() {
        return say::intake();
    }
    let said: Vec<Text> =
        case.events.iter().map(|it| say::event(names::event(it.name).text(), it.at.to_string())).collect();
    crate::lang::list(&said)
}

/// The files, one on each line; of a top directory with many of them, their number.
fn files(others: &[(PathBuf, Held)]) -> Vec<Text> {
    let mut groups: BTreeMap<PathBuf, Vec<&Path>> = BTreeMap::new();
    for (path, _) in others {
        let top = path.iter().next().map(PathBuf::from).unwrap_or_default();
        groups.entry(top).or_default().push(path);
    }
    let mut lines = Vec::new();
    for (top, paths) in groups {
        if paths.len() > FEW {
            lines.push(say::files_below(&top, paths.len()));
        } else {
            lines.extend(paths.into_iter().map(say::file));
        }
    }
    lines
}

fn tell(session: &Session, one: &Pending) -> Result<()> {
    let terminal = &session.terminal;
    if one.cases.is_empty() && one.others.is_empty() {
        return terminal.line(&say::record(&*one.kept.name));
    }
    let subject = masked(&one.kept.subject);
    let when = moment(at(session, &one.kept), &session.book.shop.zone);
    terminal.line(&say::one(short(&one.kept), when, &*subject))?;
    for case in &one.cases {
        let short = Id::parse(&case.id).map_or_else(|_| case.id.clone(), |id| id.short().to_owned());
        terminal.line(&say::case(short, &case.path, events(case)))?;
    }
    files(&one.others).iter().try_for_each(|line| terminal.line(line))?;
    terminal.line(&if one.is_lost { say::is_lost() } else { say::is_there() })
}

/// The same for programs.
fn object(session: &Session, one: &Pending) -> serde_json::Value {
    let files: Vec<_> = one.others.iter().map(|(path, _)| path.to_string_lossy()).collect();
    json!({
        "ref": one.kept.name,
        "at": session.stamp(at(session, &one.kept)).to_string(),
        "subject": one.kept.subject,
        "cases": one.cases.iter().map(case).collect::<Vec<_>>(),
        "files": files,
        "pending": one.is_lost,
    })
}

fn case(case: &PendingCase) -> serde_json::Value {
    let events: Vec<_> = case.events.iter().map(describe::event_json).collect();
    json!({ "id": case.id, "path": case.path.to_string_lossy(), "events": events })
}
