use jiff::Timestamp;

use super::{Code, Flaw, words};
use crate::case::Stamp;
use crate::ledger::Found;
use crate::ledger::text::Spot;

pub(crate) const CODE: Code =
    Code::error("future-stamp", "an event is stamped later than now", "记录的时间还没有到");

/// Stamps that lie in the future.
pub(super) fn find(found: &Found, now: Timestamp) -> Vec<Flaw<'_>> {
    let stamps = found.case.history.iter().enumerate().flat_map(|(index, event)| {
        let recorded = event.recorded.map(|stamp| (index, "recorded", stamp));
        [(index, event.name.word(), event.at)].into_iter().chain(recorded)
    });
    let future = stamps.filter(|(_, _, stamp): &(usize, &str, Stamp)| stamp.instant() > now);
    future
        .map(|(index, key, stamp)| {
            let flaw = CODE.of(found, Spot::EventValue(index, key), words::in_future(stamp));
            flaw.help(words::correct_stamp_or_clock())
        })
        .collect()
}
