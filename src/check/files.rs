//! Files that are not where they belong: the directory and the name of a case's file, attached files, `.gitkeep`.

use std::collections::HashSet;
use std::path::PathBuf;

use super::Flaw;
use super::input::{CaseContext, LedgerContext};
use crate::case::{Field, Replay, Status, Step};
use crate::casefile::Spot;
use crate::casefile::layout;
use crate::error::{Code, Finding, Place};
use crate::ledger::Found;
use crate::policy::RuleBook;

mod say {
    crate::messages! {
        wrong_status(stands, belongs) {
            "the case is in `{stands}`, but its history ends in `{belongs}`",
            "案卷放在 `{stands}` 下，按记录应在 `{belongs}`"
        }
        wrong_month(stands, belongs) {
            "the case is in {stands}, but it ended in {belongs}",
            "案卷归在 {stands}，实际结束于 {belongs}"
        }
        moves_it(status) { "this stamp moves it to `{status}`", "这条记录使它进入 `{status}`" }
        ended_in(month) { "this stamp ended it in {month}", "这条记录使它在 {month} 结束" }
        moved_by_hand() { "the file was moved by hand, or a merge took the other side", "文件可能被手工移动过，或合并时取了另一边" }
        mend_moves(short, directory) {
            "`fb mend {short}` moves it to {directory}/; if its place is right, add the event that is missing",
            "`fb mend {short}` 会把它移到 {directory}/；如果现在的位置才对，请补上缺的那条记录"
        }
        wrong_name(name, id) { "the file is called `{name}`, but the case in it is `{id}`", "文件名是 `{name}`，里面的编号是 `{id}`" }
        rename(name) { "rename the file to {name}, or correct the id", "请把文件改名为 {name}，或改正编号" }
        missing_file(path) { "{path} is attached, but the file is missing", "附件 {path} 不见了" }
        find_file(path) {
            "`git log --all -- {path}` shows where it went; restore it, or attach it again",
            "`git log --all -- {path}` 可查它的去向；请恢复该文件，或重新附上"
        }
        missing_keep(status) { "the directory of `{status}` has no .gitkeep", "`{status}` 目录里缺少 .gitkeep" }
        make_keep(path) { "`fb mend` adds it: {path}", "`fb mend` 会补上：{path}" }
    }
}

/// A case in the directory of another status, or another month, than its history ends in.
pub(super) fn wrong_directory<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    misplaced(context.found, &context.history, context.book).into_iter().collect()
}

/// The same, of a case and its whole history.
pub(super) fn misplaced<'a>(found: &'a Found, history: &Replay<'a>, book: &RuleBook) -> Option<Flaw<'a>> {
    let (id, stands) = (&found.case.id, &found.case_path);
    let day = |at| book.shop.day(at);
    let (status, month) = (history.state().status, layout::month(history, day));
    let message = match (&stands.month, &month) {
        _ if stands.status != status => say::wrong_status(stands.status.word(), status.word()),
        (Some(stands), Some(belongs)) if stands != belongs => say::wrong_month(stands, belongs),
        _ => return None,
    };
    let moved = history.ending().or_else(|| moved_last(history))?;
    let label = match &month {
        Some(month) if stands.status == status => say::ended_in(month),
        _ => say::moves_it(status.word()),
    };
    let path = layout::place(id, history, day);
    let directory = path.parent().map(|parent| parent.to_string_lossy().into_owned()).unwrap_or_default();
    let flaw = Code::WrongDirectory
        .of(found, Spot::Event(moved.index), message)
        .label(label)
        .note(say::moved_by_hand());
    Some(flaw.help(say::mend_moves(id.short(), directory)))
}

/// The last event that changed the status; the receipt if none did.
fn moved_last<'s, 'a>(history: &'s Replay<'a>) -> Option<&'s Step<'a>> {
    let steps = &history.steps;
    steps.iter().rev().find(|step| step.from != step.state.status).or(steps.first())
}

/// A file whose name is not the id of its case.
pub(super) fn wrong_name(found: &Found) -> Vec<Flaw<'_>> {
    let (name, id) = (&found.case_path.name, &found.case.id);
    if name == id.as_str() {
        return Vec::new();
    }
    let flaw = Code::WrongName.of(found, Spot::IntakeValue("id"), say::wrong_name(name, id));
    vec![flaw.help(say::rename(format!("{id}.yaml")))]
}

/// Events whose attached file is missing.
pub(super) fn missing_file<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    context.input.cases.iter().flat_map(|found| lost_of(found, context.input.lost)).collect()
}

fn lost_of<'a>(found: &'a Found, lost: &HashSet<PathBuf>) -> Vec<Flaw<'a>> {
    let mut flaws = Vec::new();
    for (index, event) in found.case.history.iter().enumerate() {
        if let Some(path) = layout::attached(&found.case.id, event)
            && lost.contains(&path)
        {
            let spot = Spot::EventValue(index, Field::File.word());
            let flaw = Code::MissingFile.of(found, spot, say::missing_file(&path));
            flaws.push(flaw.help(say::find_file(&path)));
        }
    }
    flaws
}

/// The directories without a `.gitkeep`.
pub(super) fn missing_keep(context: &LedgerContext<'_, '_>) -> Vec<Finding> {
    context.input.unkept.iter().map(|status| no_keep(*status)).collect()
}

fn no_keep(status: Status) -> Finding {
    let path = layout::directory(status).join(layout::KEEP);
    Code::MissingKeep.at(Place::file(&path), say::missing_keep(status.word())).help(say::make_keep(&path))
}
