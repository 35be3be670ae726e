use super::{Flaw, say};
use crate::error::Code;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// Stamps before the receipt; stamps before the one above them, unless `recorded` says that they were typed in later.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let receipt = found.case.receipt().at;
    let pairs = found.case.history.windows(2).enumerate();
    let flaws = pairs.filter_map(|(above, pair)| {
        let (before, event) = (&pair[0], &pair[1]);
        let spot = Spot::EventValue(above + 1, event.name.word());
        if event.at.instant() < receipt.instant() {
            let flaw = Code::OutOfOrder.of(found, spot, say::before_receipt(event.name.word(), receipt));
            return Some(flaw.note(say::counts_from_receipt()).help(say::correct_stamp()));
        }
        if event.at.instant() < before.at.instant() && event.recorded.is_none() {
            let message = say::before_above(event.name.word(), before.name.word(), before.at);
            let help = say::say_recorded(format!("recorded: {}", before.at));
            return Some(Code::OutOfOrder.of(found, spot, message).help(help));
        }
        None
    });
    flaws.collect()
}
