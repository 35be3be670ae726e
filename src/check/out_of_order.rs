use super::{Code, Flaw, words};
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(crate) const CODE: Code = Code::error(
    "out-of-order",
    "a stamp is earlier than the receipt, or than that of the event above it",
    "记录的时间早于受理时间，或早于上一条记录",
);

/// Stamps before the receipt; stamps before the one above them, unless `recorded` says that they were typed in later.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let receipt = found.case.receipt().at;
    let pairs = found.case.history.windows(2).enumerate();
    let flaws = pairs.filter_map(|(above, pair)| {
        let (before, event) = (&pair[0], &pair[1]);
        let spot = Spot::EventValue(above + 1, event.name.word());
        if event.at.instant() < receipt.instant() {
            let flaw = CODE.of(found, spot, words::before_receipt(event.name.word(), receipt));
            return Some(flaw.note(words::counts_from_receipt()).help(words::correct_stamp()));
        }
        if event.at.instant() < before.at.instant() && event.recorded.is_none() {
            let message = words::before_above(event.name.word(), before.name.word(), before.at);
            let help = words::say_recorded(format!("recorded: {}", before.at));
            return Some(CODE.of(found, spot, message).help(help));
        }
        None
    });
    flaws.collect()
}
