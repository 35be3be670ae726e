use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::handle;
use crate::case::{Case, Id, Status};
use crate::error::{Error, Exit, Finding, Result};
use crate::lang::Text;
use crate::ledger::{Found, Plan, Scan, UNREADABLE, Write, files, layout};
use crate::merge::{Outcome, merge};
use crate::session::Session;
use crate::ui::draw;

crate::messages! {
    joined(short, count, path) { "{short}  joined from {count} files: {path}", "{short}  由 {count} 个文件合并而成：{path}" }
    moved(short, path) { "{short}  moved to {path}", "{short}  已移到 {path}" }
    kept(path) { "put back {path}", "已补上 {path}" }
    look(short, message) { "{short}: {message}", "{short}：{message}" }
    nothing() { "nothing to mend", "没有需要修复的" }
    only_said() { "nothing was written (--dry-run)", "没有写入任何内容（--dry-run）" }
    not_read(count) { "{count} case files cannot be read and were left as they are", "有 {count} 个案卷文件读不出来，没有改动" }
    collision(short, one, other) {
        "two different cases have the id {short}: {one} and {other}",
        "两件不同的案卷用了同一个编号 {short}：{one} 和 {other}"
    }
    new_id(path) {
        "give this one, which came later, another id and rename its file: {path}",
        "请给较晚受理的这一件换一个编号，并把文件改名：{path}"
    }
    taken(short, path) { "{short} belongs at {path}, where another file stands", "{short} 应放在 {path}，但那里已有别的文件" }
    look_there() { "`fb check` says what is wrong with that file", "请用 `fb check` 查看那个文件的问题" }
}

/// Repair what a merge or a hand left: join the files of one case, move cases where their histories end, put back .gitkeep
#[derive(Debug, Clone, Args)]
pub struct Mend {
    /// The cases; without one, the whole ledger
    ids: Vec<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What is done about one case, or one directory.
struct Repair {
    /// What people are told.
    line: Text,
    /// The case, and what has to be looked at in it.
    case: Option<(Id, Vec<Finding>)>,
    writes: Vec<Write>,
}

impl Mend {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let lock = session.lock()?;
        let scan = session.ledger.scan();
        let (repairs, refusals) = self.repairs(session, &scan)?;
        if !repairs.is_empty() && !self.dry_run {
            session.write(&lock, &plan(&repairs))?;
        }
        self.tell(session, &repairs, &refusals)?;
        let unread = scan.findings.iter().filter(|found| found.code == UNREADABLE);
        let unread: Vec<Finding> = unread.cloned().collect();
        if !unread.is_empty() || !scan.unreadable.is_empty() {
            return Err(Error::failed(not_read(scan.unreadable.len())).because(unread).hint(look_there()));
        }
        Ok(if refusals.is_empty() { Exit::Done } else { Exit::Found })
    }

    /// What can be repaired, and why something cannot.
    fn repairs(&self, session: &Session, scan: &Scan) -> Result<(Vec<Repair>, Vec<Error>)> {
        let mut wanted = BTreeSet::new();
        for part in &self.ids {
            wanted.insert(meant(session, scan, part)?);
        }
        let mut cases: BTreeMap<&Id, Vec<&Found>> = BTreeMap::new();
        for found in &scan.cases {
            cases.entry(&found.case.id).or_default().push(found);
        }
        cases.retain(|id, _| wanted.is_empty() || wanted.contains(*id));
        let (mut repairs, mut refusals) = (Vec::new(), Vec::new());
        for found in cases.into_values() {
            match of_case(session, &found) {
                Ok(repair) => repairs.extend(repair),
                Err(error) => refusals.push(error),
            }
        }
        if wanted.is_empty() {
            repairs.extend(session.ledger.unkept().into_iter().map(of_directory));
        }
        Ok((repairs, refusals))
    }

    fn tell(&self, session: &Session, repairs: &[Repair], refusals: &[Error]) -> Result<()> {
        let terminal = &session.terminal;
        for repair in repairs {
            terminal.line(&repair.line)?;
            for (id, finding) in
                repair.case.iter().flat_map(|(id, found)| found.iter().map(move |one| (id, one)))
            {
                terminal.note(&look(id.short(), &finding.message));
                finding.help.iter().for_each(|help| terminal.note(help));
            }
        }
        for error in refusals {
            terminal.error(error, &draw::sources(session.ledger.root()));
        }
        match (repairs.is_empty(), self.dry_run) {
            (true, _) if refusals.is_empty() => terminal.line(&nothing()),
            (false, true) => terminal.line(&only_said()),
            _ => Ok(()),
        }
    }
}

/// The one case whose id begins so, be it in several files.
fn meant(session: &Session, scan: &Scan, part: &str) -> Result<Id> {
    let ids: BTreeSet<&Id> =
        scan.cases.iter().map(|found| &found.case.id).filter(|id| id.begins_with(part)).collect();
    match ids.first() {
        Some(id) if ids.len() == 1 => Ok((*id).clone()),
        // None, several, or one that cannot be read: it is told as everywhere.
        _ => Ok(session.ledger.find(part)?.case.id),
    }
}

/// Joins the files of a case and puts the one that is left where its history ends; `None` where all is well.
fn of_case(session: &Session, found: &[&Found]) -> Result<Option<Repair>> {
    let [first, others @ ..] = found else { return Ok(None) };
    let id = &first.case.id;
    if others.is_empty() && first.standing.name != id.as_str() {
        // A wrong name or a wrong id: only people know which.
        return Ok(None);
    }
    let read = |one: &&Found| files::read_text(&session.ledger.root().join(&one.path));
    let texts: Vec<String> = found.iter().map(read).collect::<Result<_>>()?;
    let (text, case, findings) = together(found, &texts)?;
    let place = handle::place(&session.book, &case);
    let at_place = found.iter().position(|one| one.path == place);
    if others.is_empty() && at_place.is_some() {
        return Ok(None);
    }
    if at_place.is_none() && session.ledger.has(&place) {
        return Err(Error::failed(taken(id.short(), &place)).hint(look_there()));
    }
    // The file that stays comes first; each of the others goes when that one says everything.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|index| Some(*index) != at_place);
    let write = |index: usize| Write {
        old: Some(found[index].path.clone()),
        before: Some(texts[index].clone()),
        new: place.clone(),
        text: text.clone(),
    };
    let line = match found.len() {
        1 => moved(id.short(), &place),
        count => joined(id.short(), count, &place),
    };
    let writes = order.into_iter().map(write).collect();
    Ok(Some(Repair { line, case: Some((id.clone(), findings)), writes }))
}

/// What the files of a case say together.
fn together(found: &[&Found], texts: &[String]) -> Result<(String, Case, Vec<Finding>)> {
    let mut said = (texts[0].clone(), found[0].case.clone(), Vec::new());
    for (one, text) in found.iter().zip(texts).skip(1) {
        match merge(None, &said.0, text, &one.path)? {
            Outcome::Merged(merged) => {
                said.2.extend(merged.findings);
                (said.0, said.1) = (merged.text, merged.case);
            }
            Outcome::Collision(side) => {
                let (kept, other) = (&found[0].path, &one.path);
                let later = if side == crate::merge::Side::Ours { kept } else { other };
                let message = collision(one.case.id.short(), kept, other);
                return Err(Error::failed(message).hint(new_id(later)));
            }
        }
    }
    Ok(said)
}

/// Puts back what keeps the directory of a status.
fn of_directory(status: Status) -> Repair {
    let path = layout::directory(status).join(layout::KEEP);
    let line = kept(&path);
    Repair {
        line,
        case: None,
        writes: vec![Write { old: None, before: None, new: path, text: String::new() }],
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
        also: Vec::new(),
        subject,
        body,
        trailers: repairs.iter().filter_map(case).collect(),
    }
}
