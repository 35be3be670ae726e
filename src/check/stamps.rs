//! Stamps that cannot be: out of order, or in the future.

use jiff::{SignedDuration, Timestamp};

use super::Flaw;
use super::input::LedgerContext;
use crate::case::Stamp;
use crate::casefile::Spot;
use crate::error::Code;
use crate::ledger::Found;

mod say {
    crate::messages! {
        before_receipt(event, received) {
            "the time of `{event}` is before the receipt ({received})",
            "`{event}` 的时间早于受理时间（{received}）"
        }
        counts_from_receipt() { "figures count it from the receipt on", "统计时按受理时间算" }
        correct_stamp() { "correct the time that is wrong: this one, or the receipt's", "请改正写错的时间：这一条，或受理那一条" }
        before_above(event, above, at) {
            "the time of `{event}` is before that of `{above}` above it ({at})",
            "`{event}` 的时间早于上一条 `{above}`（{at}）"
        }
        say_recorded(line) {
            "correct the time; or, if it was entered later, say when: `{line}` or later",
            "请改正时间；如果是事后补记的，请注明补记时间：`{line}` 或更晚"
        }
        in_future(at) { "{at} is in the future", "{at} 还没有到" }
        correct_stamp_or_clock() {
            "correct the time; if it is right, the clock of this computer is slow",
            "请改正时间；如果没有写错，就是这台电脑的时钟慢了"
        }
    }
}

/// Stamps before the receipt; stamps before the one above them, unless `recorded` says that they were entered later.
pub(super) fn out_of_order(found: &Found) -> Vec<Flaw<'_>> {
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

/// How far a stamp may be ahead: the clocks of two machines differ by seconds. Such a stamp counts from its time on.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// Stamps that are in the future, by more than clocks differ.
pub(super) fn future_stamp<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    context.input.cases.iter().flat_map(|found| later_than(found, context.input.present)).collect()
}

/// The same, of one case.
pub(super) fn later_than(found: &Found, now: Timestamp) -> Vec<Flaw<'_>> {
    let stamps = found.case.history.iter().enumerate().flat_map(|(index, event)| {
        let recorded = event.recorded.map(|stamp| (index, "recorded", stamp));
        [(index, event.name.word(), event.at)].into_iter().chain(recorded)
    });
    let ahead = |stamp: Stamp| stamp.instant().duration_since(now) > TOLERANCE;
    let future = stamps.filter(|(_, _, stamp): &(usize, &str, Stamp)| ahead(*stamp));
    future
        .map(|(index, key, stamp)| {
            let flaw = Code::FutureStamp.of(found, Spot::EventValue(index, key), say::in_future(stamp));
            flaw.help(say::correct_stamp_or_clock())
        })
        .collect()
}
