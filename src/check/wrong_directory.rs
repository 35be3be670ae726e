use super::subject::Subject;
use super::{Flaw, say};
use crate::case::{Replay, Step};
use crate::error::Code;
use crate::ledger::Found;
use crate::ledger::layout::{self, Standing};
use crate::ledger::text::Spot;
use crate::policy::Book;

/// A case that stands under another status, or another month, than its history ends in.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    of_case(subject.found, &subject.history, subject.book).into_iter().collect()
}

/// The same, of a case and its whole history.
pub(super) fn of_case<'a>(found: &'a Found, history: &Replay<'a>, book: &Book) -> Option<Flaw<'a>> {
    let id = &found.case.id;
    let path = layout::place(id, history, |at| book.shop.day(at));
    let (belongs, stands) = (Standing::of(&path)?, &found.standing);
    let status = history.state().status;
    let moved = history.ending().or_else(|| moved_last(history))?;
    let message = match (&stands.month, &belongs.month) {
        _ if stands.status != status => say::wrong_status(stands.status.word(), status.word()),
        (Some(stands), Some(belongs)) if stands != belongs => say::wrong_month(stands, belongs),
        _ => return None,
    };
    let label = match &belongs.month {
        Some(month) if stands.status == status => say::ended_in(month),
        _ => say::moves_it(status.word()),
    };
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
