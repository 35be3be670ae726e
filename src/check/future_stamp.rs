use crate::error::Code;
use jiff::{SignedDuration, Timestamp};

use super::subject::Whole;
use super::{Flaw, say};
use crate::case::Stamp;
use crate::ledger::Found;
use crate::ledger::text::Spot;

/// How far a stamp may be ahead: the clocks of two machines differ by seconds. It counts from its time on all the same.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// Stamps that are in the future, by more than clocks differ.
pub(super) fn find<'a>(whole: &Whole<'_, 'a>) -> Vec<Flaw<'a>> {
    whole.stock.cases.iter().flat_map(|found| of_case(found, whole.stock.present)).collect()
}

/// Those of one case.
pub(super) fn of_case(found: &Found, now: Timestamp) -> Vec<Flaw<'_>> {
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
