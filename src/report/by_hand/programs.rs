//! What programs read of a month, every number worked out by hand.
//!
//! March 2026, whose 1st is a Sunday: 7.5 working hours a day from Monday to Friday, 09:00-12:00 and 13:30-18:00.

mod catalogue;
mod month;
mod people;
mod rows;

use serde_json::{Value, json};

use super::{at_end, book, cases, period};
use crate::case::Case;
use crate::report::Period;
use crate::view::View;

/// Complaints are to be contacted within 48 hours; half of them are to be resolved within 48.
const RULES: &str = "
[[clock]]
name = 'contact'
clause = 'A.1'
when = { kind = 'complaint' }
start = ['received']
stop = ['contacted']
within = '48h'

[[target]]
name = 'fast'
clause = 'A.2'
when = { kind = 'complaint' }
to = 'resolved'
within = '48h'
share = 0.5
";

/// `aaaaaa` was handled in two rounds and asked twice in the survey, `bbbbbb` was contacted a day late and is open, `cccccc` is praise that was passed
/// on over lunch, `dddddd` is overdue since the 30th, and `eeeeee` had ended before March.
const LEDGER: [&str; 5] = [
    "aaaaaa complaint product=cup customer=k1; received 03-02T09:00 department=quality owner=an; \
     triaged 03-02T10:00 category=product/quality urgency=general justified=true; contacted 03-02T11:00; \
     diagnosed 03-03T09:00 cause=glue responsible=kiln; resolved 03-03T11:00 remedy=refund cost=10.50; \
     followed-up 03-04T09:00 outcome=dissatisfied score=2 note=too_little; resolved 03-05T09:00 cost=20; \
     followed-up 03-06T09:00 outcome=satisfied score=5; surveyed 03-10T09:00 score=4; surveyed 03-12T09:00 score=5",
    "bbbbbb complaint customer=k1; received 03-20T09:00; \
     triaged 03-20T10:00 category=service/speed urgency=urgent justified=false; contacted 03-23T09:00; \
     escalated 03-24T09:00 reason=x; escalated 03-25T09:00 reason=x; returned 03-26T09:00 reason=x",
    "cccccc praise; received 03-30T12:00; forwarded 03-30T13:00 to=an",
    "dddddd complaint channel=email customer=k2; received 03-28T09:00; escalated 03-31T09:00 reason=x",
    "eeeeee complaint; received 02-02T09:00 department=service owner=an; closed 02-03T09:00; noted 03-03T09:00 note=x",
];

const A: &str = "20260302-aaaaaa";
const B: &str = "20260320-bbbbbb";
const C: &str = "20260330-cccccc";
const D: &str = "20260328-dddddd";

/// March, as of its end.
fn march<T>(seen: impl FnOnce(&View<'_>, &Period) -> T) -> T {
    march_of(&LEDGER, seen)
}

fn march_of<T>(lines: &[&str], seen: impl FnOnce(&View<'_>, &Period) -> T) -> T {
    let (book, cases) = (book(RULES), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let march = period("2026-03", &book);
    seen(&at_end(&cases, &book, &march), &march)
}

/// How many, and mean, median, 90th percentile and maximum in seconds.
fn summary(n: usize, [mean, median, p90, max]: [i64; 4]) -> Value {
    json!({ "n": n, "mean": mean, "median": median, "p90": p90, "max": max })
}

fn nothing() -> Value {
    json!({ "n": 0, "mean": null, "median": null, "p90": null, "max": null })
}

/// Of no time: nothing elapsed, nothing worked.
fn unmeasured() -> Value {
    json!({ "elapsed": nothing(), "working": nothing(), "cases": [] })
}

/// The contacts in time, late, and still to come: one, and two of which one is overdue.
fn contact() -> Value {
    json!({
        "name": "contact", "clause": "A.1", "decided": 3, "met": 1, "missed": 2, "share": 1.0 / 3.0,
        "running": 0, "paused": 0, "lapsed": 0,
        "cases": { "met": [A], "missed": [B, D], "running": [], "paused": [], "lapsed": [] },
    })
}

/// The objective: the one that was resolved took 72 hours.
fn fast() -> Value {
    json!({
        "name": "fast", "clause": "A.2", "limit": "48h", "n": 1, "within": 0, "beyond": 1,
        "unknown": 0, "share": 0.0, "target": 0.5, "kept": false,
        "cases": { "within": [], "beyond": [A], "unknown": [] },
    })
}

/// The handling times of `aaaaaa`, `bbbbbb` and `cccccc`.
///
/// | | elapsed | working |
/// | --- | --- | --- |
/// | contact | 2 h, 72 h | 2 h, 7.5 h (Friday) |
/// | resolution | 72 h, 1 h | 22.5 h, none |
/// | first resolution | 26 h, 1 h | 9.5 h, none |
/// | rounds of `aaaaaa` | 26 h, 24 h | 9.5 h, 7.5 h |
/// | closure | 96 h, 1 h | 30 h, none |
///
/// Of two, the median is the mean, and the 90th percentile lies nine tenths of the way from the shorter.
fn times() -> Value {
    let of = |elapsed: [i64; 4], working: [i64; 4], cases: &[&str]| json!({ "elapsed": summary(2, elapsed), "working": summary(2, working), "cases": cases });
    json!({
        "contact": of([133_200, 133_200, 234_000, 259_200], [17_100, 17_100, 25_020, 27_000], &[A, B]),
        "resolution": of([131_400, 131_400, 233_640, 259_200], [40_500, 40_500, 72_900, 81_000], &[A, C]),
        "first_resolution": of([48_600, 48_600, 84_600, 93_600], [17_100, 17_100, 30_780, 34_200], &[A, C]),
        "round": of([90_000, 90_000, 92_880, 93_600], [30_600, 30_600, 33_480, 34_200], &[A]),
        "closure": of([174_600, 174_600, 311_400, 345_600], [54_000, 54_000, 97_200, 108_000], &[A, C]),
    })
}

/// Of these customers' words in a survey or a follow-up, 1 to 5.
fn scores(given: &[(u8, &str)]) -> Value {
    let of = |score: u8| given.iter().filter(move |(given, _)| *given == score).map(|(_, id)| *id);
    let row = |score: u8| json!({ "key": score.to_string(), "n": of(score).count(), "cases": of(score).collect::<Vec<_>>() });
    let content = of(4).count() + of(5).count();
    let of_all = |sum: usize| (!given.is_empty()).then(|| sum as f64 / given.len() as f64);
    json!({
        "n": given.len(), "mean": of_all(given.iter().map(|(score, _)| usize::from(*score)).sum()),
        "content": content, "content_share": of_all(content), "distribution": [row(1), row(2), row(3), row(4), row(5)],
    })
}

/// Nobody was asked.
fn unasked() -> Value {
    json!({
        "made": 0, "reached": 0, "satisfied": 0, "share": null, "response": null, "mean_score": null, "scores": 0,
        "cases": { "made": [], "reached": [], "satisfied": [] },
    })
}

/// What `aaaaaa` said: content once of two times.
fn satisfaction() -> Value {
    json!({
        "made": 2, "reached": 2, "satisfied": 1, "share": 0.5, "response": 1.0, "mean_score": 3.5, "scores": 2,
        "cases": { "made": [A], "reached": [A], "satisfied": [A] },
    })
}
