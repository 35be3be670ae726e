use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::Args;

use crate::arguments::{flag, value};
use crate::case::{Case, Id, Status};
use crate::casefile::layout;
use crate::error::{Code, Error, Exit, Finding, Result};
use crate::lang::Text;
use crate::ledger::{Found, Plan, Scan, Write};
use crate::merge::{MergeSide, Outcome};
use crate::reconcile::join_texts;
use crate::session::{Session, place};
use crate::sync::Merges;
use crate::ui::draw;

mod attached;
mod collision;
mod conflict;
mod install;

use attached::Attached;
use collision::Collision;

pub(super) mod say {
    pub(super) use crate::commands::say::only_said;
    crate::messages! {
        about() { "Repair what a merge or an edit by hand left behind", "修复合并或手工改动留下的问题" }
        more() { "It resolves conflicts from the two versions, merges several files of one case, gives a new id to one of two cases with the same id, moves cases to the directory of their status, and restores a missing .gitkeep.", "按两边的版本解决冲突，合并同一案卷的几个文件，两件案卷编号相同时给其中一件换新编号，把案卷移到状态对应的目录，补上缺少的 .gitkeep。" }
        cases() { "The cases; without any, the whole ledger", "案卷；不填则为整个台账" }
        install() { "Let git call fb in this clone: to merge case files, and to check after a merge", "设置本地仓库，让 git 合并案卷文件时调用 fb，合并后检查" }
        joined(short, count, path) { "{short}  merged from {count} files: {path}", "{short}  由 {count} 个文件合并而成：{path}" }
        moved(short, path) { "{short}  moved to {path}", "{short}  已移到 {path}" }
        kept(path) { "restored {path}", "已补上 {path}" }
        look(short, message) { "{short}: {message}", "{short}：{message}" }
        nothing() { "nothing to repair", "没有需要修复的" }
        not_all_read() { "not everything under cases/ can be read; that was left as it is", "cases/ 下有内容读不出来，没有改动" }
        one_not_read() { "1 case file cannot be read and was left as it is", "有 1 个案卷文件读不出来，没有改动" }
        several_not_read(count) {
            "{count} case files cannot be read and were left as they are",
            "有 {count} 个案卷文件读不出来，没有改动"
        }
        renamed_to(short, new, path) {
            "{short}  was drawn for two cases; the one received later is now {new}: {path}",
            "{short}  被两件案卷用作编号；较晚受理的一件改为 {new}：{path}"
        }
        links_stay(short) {
            "it is not known which merge added both, so links to {short} were left as they are",
            "查不到是哪次合并带来的，指向 {short} 的关联没有改动"
        }
        links_wait(short) {
            "a case that links to {short} has to get another id, too: that link was left as it is, and `fb mend` without an id puts \
             right both at once",
            "有一件与 {short} 关联的案卷也要改编号，这条关联没有改动；不带编号运行 `fb mend` 可一并修复"
        }
        collision(path) { "no other id is free for {path}", "{path} 没有可用的新编号" }
        taken(short, path) { "{short} belongs at {path}, but another file is there", "{short} 应放在 {path}，但那里已有别的文件" }
        look_there() { "`fb check` says what is wrong with that file", "请用 `fb check` 查看那个文件的问题" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb mend --dry-run\nfb mend --install")]
pub(crate) struct MendArgs {
    #[arg(value_name = value::ID.both(), help = say::cases().both())]
    ids: Vec<String>,
    #[arg(long, help = flag::DRY_RUN.both())]
    dry_run: bool,
    #[arg(long, conflicts_with_all = ["ids", "dry_run"], help = say::install().both())]
    install: bool,
}

/// What is done about one case, or one directory.
struct Repair {
    /// The message.
    line: Text,
    /// The case, and what has to be checked in it.
    case: Option<(Id, Vec<Finding>)>,
    writes: Vec<Write>,
    /// The attached files of a case that gets another id.
    attached: Attached,
}

impl MendArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        if self.install {
            return install::install(session);
        }
        if let Some(exit) = conflict::resolve(session, self.dry_run)? {
            return Ok(exit);
        }
        let lock = session.lock_to_repair()?;
        let scan = session.ledger.scan();
        let (repairs, refusals) = self.repairs(session, &scan)?;
        let mut exit = Exit::Done;
        if !repairs.is_empty() && !self.dry_run {
            let mut plan = plan(&repairs);
            repairs.iter().try_for_each(|repair| repair.attached.bring(session, &lock, &mut plan))?;
            exit = session.write(&lock, &plan)?.exit;
        }
        self.tell(session, &repairs, &refusals)?;
        let unread = scan.findings.iter().filter(|found| found.code == Code::Unreadable);
        let unread: Vec<Finding> = unread.cloned().collect();
        if !unread.is_empty() || !scan.unreadable.is_empty() {
            return Err(Error::failed(not_read(scan.unreadable.len()))
                .because(unread)
                .hint(say::look_there()));
        }
        Ok(if refusals.is_empty() { exit } else { exit.max(Exit::Found) })
    }

    /// What can be repaired, and why something cannot.
    fn repairs<'f>(&self, session: &Session, scan: &'f Scan) -> Result<(Vec<Repair>, Vec<Error>)> {
        let mut wanted = BTreeSet::new();
        for part in &self.ids {
            wanted.insert(meant(session, scan, part)?);
        }
        let mut cases: BTreeMap<&Id, Vec<&'f Found>> = BTreeMap::new();
        for found in &scan.cases {
            cases.entry(&found.case.id).or_default().push(found);
        }
        cases.retain(|id, _| wanted.is_empty() || wanted.contains(*id));
        let paths = |found: &[&'f Found]| found.iter().map(|one| one.path.as_path()).collect();
        let several = cases.iter().filter(|(_, found)| found.len() > 1);
        let several: Vec<(&Id, Vec<&Path>)> = several.map(|(id, found)| (*id, paths(found))).collect();
        let merges = Merges::of(session, &several)?;
        let (mut repairs, mut collisions, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
        for found in cases.into_values() {
            match of_case(session, &merges, &found) {
                Ok(Needed::Nothing) => {}
                Ok(Needed::Repair(repair)) => repairs.push(*repair),
                Ok(Needed::OtherId(collision)) => collisions.push(collision),
                Err(error) => refusals.push(error),
            }
        }
        let mut links = BTreeMap::new();
        let (parted, refused) = collision::part(session, &merges, &collisions, &mut links);
        repairs.extend(parted);
        refusals.extend(refused);
        collision::follow(session, &links, &scan.cases, &mut repairs)?;
        if wanted.is_empty() {
            repairs.extend(session.ledger.unkept().into_iter().map(of_directory));
        }
        Ok((repairs, refusals))
    }

    fn tell(&self, session: &Session, repairs: &[Repair], refusals: &[Error]) -> Result<()> {
        let terminal = &session.terminal;
        for repair in repairs {
            terminal.line(&repair.line)?;
            repair.attached.told.iter().for_each(|told| terminal.note(told));
            for (id, finding) in
                repair.case.iter().flat_map(|(id, found)| found.iter().map(move |one| (id, one)))
            {
                terminal.note(&say::look(id.short(), &finding.message));
                finding.help.iter().for_each(|help| terminal.note(help));
            }
        }
        for error in refusals {
            terminal.error(error, &draw::sources(session.ledger.root()));
        }
        match (repairs.is_empty(), self.dry_run) {
            (true, _) if refusals.is_empty() => terminal.line(&say::nothing()),
            (false, true) => terminal.line(&say::only_said()),
            _ => Ok(()),
        }
    }
}

/// The message that so many case files could not be read. 0: something else could not, such as a link.
fn not_read(count: usize) -> Text {
    match count {
        0 => say::not_all_read(),
        1 => say::one_not_read(),
        several => say::several_not_read(several),
    }
}

/// The one case whose id begins like this; it may have several files.
fn meant(session: &Session, scan: &Scan, part: &str) -> Result<Id> {
    let ids: BTreeSet<&Id> =
        scan.cases.iter().map(|found| &found.case.id).filter(|id| id.begins_with(part)).collect();
    match ids.first() {
        Some(id) if ids.len() == 1 => Ok((*id).clone()),
        // None, several, or one that cannot be read: the error is the same as in other commands.
        _ => Ok(session.ledger.find(part)?.case.id),
    }
}

/// What the files of one id need.
enum Needed<'f> {
    Nothing,
    Repair(Box<Repair>),
    OtherId(Collision<'f>),
}

/// Merges the files of a case, and moves the remaining one to where its history ends.
fn of_case<'f>(session: &Session, merges: &Merges<'_>, found: &[&'f Found]) -> Result<Needed<'f>> {
    let [first, others @ ..] = found else { return Ok(Needed::Nothing) };
    let id = &first.case.id;
    if others.is_empty() && first.case_path.name != id.as_str() {
        // The name or the id is wrong: only people know which.
        return Ok(Needed::Nothing);
    }
    let read = |one: &&Found| session.ledger.disk().text(&one.path);
    let texts: Vec<String> = found.iter().map(read).collect::<Result<_>>()?;
    let base = merges.base(id)?;
    let (text, case, findings) = match together(session, base.as_deref(), found, &texts)? {
        OneOrTwo::Together(text, case, findings) => (text, case, findings),
        OneOrTwo::Apart(later) => {
            let first = found[usize::from(later == 0)];
            return Ok(Needed::OtherId(Collision { first, later: found[later] }));
        }
    };
    let place = place(&session.book, &case);
    let at_place = found.iter().position(|one| one.path == place);
    if others.is_empty() && at_place.is_some() {
        return Ok(Needed::Nothing);
    }
    if at_place.is_none() && session.ledger.has(&place) {
        return Err(Error::failed(say::taken(id.short(), &place)).hint(say::look_there()));
    }
    // The file that stays comes first; each of the others is removed when that one contains all of it.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|index| Some(*index) != at_place);
    let mut writes = Vec::with_capacity(order.len());
    for index in order {
        writes.push(Write {
            old: Some(found[index].path.clone()),
            before: Some(texts[index].clone()),
            new: place.clone(),
            text: text.clone(),
        });
    }
    let line = match found.len() {
        1 => say::moved(id.short(), &place),
        count => say::joined(id.short(), count, &place),
    };
    let case = Some((id.clone(), findings));
    Ok(Needed::Repair(Box::new(Repair { line, case, writes, attached: Attached::default() })))
}

/// The result of comparing the files of one id.
enum OneOrTwo {
    /// They are of one case.
    Together(String, Box<Case>, Vec<Finding>),
    /// They are of two; the one received later, by its place among them.
    Apart(usize),
}

/// Merges the files of a case.
fn together(session: &Session, base: Option<&str>, found: &[&Found], texts: &[String]) -> Result<OneOrTwo> {
    let (mut text, mut case, mut findings) = (texts[0].clone(), found[0].case.clone(), Vec::new());
    for (at, one) in found.iter().enumerate().skip(1) {
        match join_texts(Some(&session.book), base, &text, &texts[at], &one.path)? {
            Outcome::Merged(merged) => {
                findings.extend(merged.findings);
                (text, case) = (merged.text, merged.case);
            }
            Outcome::Collision(MergeSide::Ours) => return Ok(OneOrTwo::Apart(0)),
            Outcome::Collision(MergeSide::Theirs) => return Ok(OneOrTwo::Apart(at)),
        }
    }
    Ok(OneOrTwo::Together(text, Box::new(case), findings))
}

/// Restores the `.gitkeep` of a status.
fn of_directory(status: Status) -> Repair {
    let path = layout::directory(status).join(layout::KEEP);
    let line = say::kept(&path);
    Repair {
        line,
        case: None,
        writes: vec![Write { old: None, before: None, new: path, text: String::new() }],
        attached: Attached::default(),
    }
}

/// One commit for all, with a line for each.
fn plan(repairs: &[Repair]) -> Plan {
    let lines: Vec<String> = repairs.iter().map(|repair| repair.line.to_string()).collect();
    let (subject, body) = match lines.as_slice() {
        [line] => (format!("mend {line}"), None),
        several => (format!("mend {} places", several.len()), Some(several.join("\n"))),
    };
    let case = |repair: &Repair| repair.case.as_ref().map(|(id, _)| ("Case".to_owned(), id.to_string()));
    Plan {
        writes: repairs.iter().flat_map(|repair| repair.writes.clone()).collect(),
        subject,
        body,
        trailers: repairs.iter().filter_map(case).collect(),
        ..Plan::default()
    }
}
