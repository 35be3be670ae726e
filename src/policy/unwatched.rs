//! Open cases that no clock watches, and from when on such a case is stalled.
//!
//! The time is counted from when something happened, not from when it was entered: a view of an instant gives the same
//! answer whenever it is made, and an entry about last month is no work of today. What counts is a step. A remark before
//! the case is stalled puts that off, but only once: the time begins again at the last such remark. Remarks alone cannot
//! keep a case from being stalled, and do not end it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::instance::{ClockState, Instance};
use super::rules::Rules;
use crate::case::Replay;
use crate::clock::{Due, Limit, Pauses, Terms};

/// An open case on which no clock runs, so that no due will ever name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwatched {
    /// The place in the replay of the event from which the time is counted.
    pub last: usize,
    /// When that happened.
    pub since: Timestamp,
    /// When it is stalled, if nothing happens until then.
    pub stalled_at: Timestamp,
}

impl Unwatched {
    /// Whether nothing has happened for too long. At exactly that instant it is not stalled yet, as a due has not passed.
    pub(crate) fn is_stalled(&self, now: Timestamp) -> bool {
        self.stalled_at < now
    }

    /// How long nothing has happened, in seconds.
    pub(crate) fn quiet(&self, now: Timestamp) -> i64 {
        now.as_second() - self.since.as_second()
    }
}

/// `None` if a clock watches the case, or if it has ended. A clock that is late or that needs a missing year has its own
/// finding; one that is paused never comes due by itself.
pub(crate) fn unwatched<'i, 'p: 'i>(
    replay: &Replay<'_>,
    mut clocks: impl Iterator<Item = &'i Instance<'p>>,
    rules: &Rules,
    zone: &TimeZone,
) -> Option<Unwatched> {
    let status = replay.state().status;
    let watched = clocks.any(|clock| clock.open() && clock.state != ClockState::Paused);
    if status.terminal() || watched {
        return None;
    }
    let limit = rules.stalled.limit(status);
    let step = replay.steps.iter().rposition(|step| step.event.name.is_a_step())?;
    let by_then = due(limit, replay.steps[step].at, zone)?;
    let last = replay.steps.iter().rposition(|step| step.at <= by_then)?.max(step);
    let since = replay.steps[last].at;
    Some(Unwatched { last, since, stalled_at: due(limit, since, zone)? })
}

/// When a limit of calendar time is due; `None` never happens, because it needs no calendar.
fn due(limit: Limit, from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    match limit.due(from, &Pauses::none(), Terms { zone, calendar: None }) {
        Ok(Due::At(due)) => Some(due),
        Ok(Due::Unknown) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{CHINA_CALENDAR, example, instances};
    use super::*;
    use crate::case::Stamp;
    use crate::casefile;

    /// Contact within two days; a deadline that waits for the customer; a case waits for a week at most.
    const RULES: &str = "[[clock]]\nname = 'contact'\nstart = 'received'\nstop = 'contacted'\nwithin = '2d'\n\
        [[clock]]\nname = 'resolve'\nstart = 'triaged'\nstop = 'resolved'\nwithin = '3wd'\npause = 'waiting'\n\
        [stalled]\nafter = '14d'\nwaiting = '7d'\n";

    /// The event from which the time counts and when the case is stalled, both in Shanghai: of a history of November 2026
    /// as of the 30th, or as of `now`.
    fn at(history: &[&str], now: &str) -> Option<(usize, String)> {
        let book = example::book(example::SHOP, Some(CHINA_CALENDAR), RULES);
        let head = "id: 20261101-7k3q9x\nkind: complaint\ntitle: cup\nchannel: hotline\nhistory:\n";
        let events = history.iter().map(|event| {
            let (name, at) = event.split_once(' ').unwrap();
            let more = match name {
                "waiting" | "escalated" | "amended" => "    reason: photo\n    owner: li.na\n",
                "triaged" => "    category: other\n    urgency: general\n",
                "noted" => "    note: he is on leave\n",
                _ => "",
            };
            format!("  - {name}: 2026-11-{at}:00+08:00\n{more}")
        });
        let text = format!("{head}{}", events.collect::<String>());
        let case = casefile::read(text.as_bytes(), Path::new("x.yaml")).unwrap();
        let now = Stamp::parse(&format!("2026-{now}:00+08:00")).unwrap().instant();
        let replay = book.replay(&case, now).unwrap();
        let rules = book.rules(&case);
        let clocks = instances(&replay, rules, &book, now);
        let found = unwatched(&replay, clocks.iter(), rules, &book.shop.zone)?;
        assert_eq!(found.since, replay.steps[found.last].at);
        let local = found.stalled_at.to_zoned(book.shop.zone.clone());
        Some((found.last, local.strftime("%m-%d %H:%M").to_string()))
    }

    fn by_the_end_of_the_month(history: &[&str]) -> Option<(usize, String)> {
        at(history, "11-30T00:00")
    }

    #[test]
    fn a_clock_that_runs_or_is_late_watches_a_case() {
        assert_eq!(at(&["received 01T09:00"], "11-02T09:00"), None);
        assert_eq!(by_the_end_of_the_month(&["received 01T09:00"]), None);
        // Contacted on the 2nd; 14 days later the 16th has ended
        let contacted = ["received 01T09:00", "contacted 02T10:00"];
        assert_eq!(by_the_end_of_the_month(&contacted), Some((1, "11-17 00:00".into())));
        assert_eq!(by_the_end_of_the_month(&[&contacted[..], &["closed 03T10:00"]].concat()), None);
    }

    #[test]
    fn a_paused_clock_does_not_and_a_status_may_have_its_own_time() {
        let waiting = ["received 01T09:00", "contacted 02T10:00", "triaged 02T11:00", "waiting 03T10:00"];
        assert_eq!(at(&waiting[..3], "11-03T09:00"), None);
        assert_eq!(at(&waiting, "11-03T11:00"), Some((3, "11-11 00:00".into())));
        // It runs on, and is late in the end
        assert_eq!(at(&[&waiting[..], &["resumed 04T10:00"]].concat(), "11-04T11:00"), None);
        assert_eq!(by_the_end_of_the_month(&[&waiting[..], &["resumed 04T10:00"]].concat()), None);
    }

    #[test]
    fn a_remark_puts_it_off_once() {
        let rows: [(&[&str], _); 5] = [
            (&["noted 10T10:00"], (2, "11-25 00:00")),
            // The last remark by the 16th counts, and no later one
            (&["noted 05T10:00", "amended 16T10:00", "noted 20T10:00"], (3, "12-01 00:00")),
            (&["noted 17T00:00"], (2, "12-02 00:00")),
            (&["noted 17T10:00"], (1, "11-17 00:00")),
            (&["noted 17T10:00", "escalated 18T10:00"], (3, "12-03 00:00")),
        ];
        for (more, (last, stalled_at)) in rows {
            let history = [&["received 01T09:00", "contacted 02T10:00"], more].concat();
            assert_eq!(by_the_end_of_the_month(&history), Some((last, stalled_at.to_owned())), "{more:?}");
        }
    }

    #[test]
    fn at_the_very_instant_it_is_not_stalled_yet() {
        let instant = |second| Timestamp::from_second(second).unwrap();
        let case = Unwatched { last: 0, since: instant(100), stalled_at: instant(200) };
        assert_eq!([199, 200, 201].map(|now| case.is_stalled(instant(now))), [false, false, true]);
        assert_eq!(case.quiet(instant(250)), 150);
    }
}
