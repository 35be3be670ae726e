//! A void case: what happened before its stamp stays, and from then on it counts in nothing else.

use super::{at_end, book, cases, period, shorts};
use crate::case::Case;
use crate::report::{ComplaintRate, Flow, OverdueReport, Recurring, Repeat, Times, clock_figures};
use crate::view::View;

/// Two days for the first contact, seven for the result.
const RULES: &str = "
[[clock]]
name = 'contact'
start = 'received'
stop = ['contacted', 'rejected']
within = '48h'
[[clock]]
name = 'result'
start = ['received', 'reopened']
stop = 'resolved'
within = '7d'
";

/// All of one customer and one cause. `ear1y0` and `mdd1e0` are void in October, `1ater0` in November, `ended0` and
/// `t0rned` after they had ended; `back00` is reopened.
const LEDGER: [&str; 7] = [
    "ear1y0 complaint customer=c-1; received 09-28T09:00; diagnosed 09-29T09:00 cause=glue; voided 10-05T09:00 reason=x",
    "mdd1e0 complaint customer=c-1; received 10-10T09:00; contacted 10-10T10:00; diagnosed 10-10T11:00 cause=glue; \
     voided 10-10T12:00 reason=x; followed-up 10-11T09:00 outcome=satisfied score=5; resolved 10-12T09:00",
    "1ater0 complaint customer=c-1; received 10-20T09:00; diagnosed 10-20T10:00 cause=glue; voided 11-03T09:00 reason=x",
    "ended0 complaint customer=c-1; received 10-01T09:00; resolved 10-02T09:00; closed 10-03T09:00; \
     voided 11-04T09:00 reason=x",
    "t0rned complaint customer=c-1; received 10-12T09:00; rejected 10-13T09:00 reason=x; voided 10-14T09:00 reason=x",
    "back00 complaint customer=c-1; received 10-15T09:00; voided 10-16T09:00 reason=x; reopened 11-05T09:00 reason=x; \
     resolved 11-06T09:00",
    "stays0 complaint customer=c-1; received 10-25T09:00; diagnosed 10-25T10:00 cause=glue; contacted 10-26T09:00",
];

fn seen<T>(word: &str, count: impl FnOnce(&View<'_>, &crate::report::Period) -> T) -> T {
    let (book, cases) = (book(RULES), cases(&LEDGER));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period(word, &book);
    count(&at_end(&cases, &book, &period), &period)
}

/// Opening, received, reopened, closed, rejected, voided, closing, voided after the end.
fn flow(word: &str) -> [usize; 8] {
    seen(word, |view, period| {
        let flow = Flow::of(view, period);
        [
            &flow.opening,
            &flow.received,
            &flow.reopened,
            &flow.closed,
            &flow.rejected,
            &flow.voided,
            &flow.closing,
            &flow.voided_after_end,
        ]
        .map(|hits| hits.n())
    })
}

#[test]
fn the_flow_shows_it_before_in_and_after_the_month() {
    // Open at the end of September: ear1y0
    assert_eq!(flow("2026-09"), [0, 1, 0, 0, 0, 0, 1, 0]);
    // 1 + 6 received - 1 closed - 1 rejected - 3 voided (ear1y0, mdd1e0, back00) = 2: 1ater0 and stays0
    assert_eq!(flow("2026-10"), [1, 6, 0, 1, 1, 3, 2, 1]);
    // 2 + 1 reopened (back00) - 1 voided (1ater0) = 2: stays0 and back00; ended0 had left in October
    assert_eq!(flow("2026-11"), [2, 0, 1, 0, 0, 1, 2, 1]);
    assert_eq!(flow("2026-12"), [2, 0, 0, 0, 0, 0, 2, 0]);
    // The year is the sum of its months
    assert_eq!(flow("2026"), [0, 7, 1, 1, 1, 4, 2, 2]);
    let voided = |word| seen(word, |view, period| shorts(&Flow::of(view, period).voided));
    assert_eq!(voided("2026-10"), "ear1y0 mdd1e0 back00");
}

#[test]
fn what_is_not_decided_by_then_is_withdrawn() {
    // ear1y0 was not contacted by 09-30 09:00. Its result was due at the end of 10-05, and it was void by then. ended0 was
    // closed at the instant at which the contact was due; back00 was void a day before.
    let clock = |word: &str, name: &str| {
        seen(word, |view, period| {
            let found = clock_figures(view, period);
            let clock = found.iter().find(|clock| clock.name == name).unwrap();
            [&clock.met, &clock.missed, &clock.lapsed, &clock.running].map(shorts)
        })
    };
    assert_eq!(clock("2026-09", "contact"), ["", "ear1y0", "", ""]);
    assert_eq!(clock("2026-10", "contact"), ["mdd1e0 t0rned stays0", "1ater0", "ended0", ""]);
    // 1ater0 was late on 10-28 already; stays0 has until the midnight after 11-01
    assert_eq!(clock("2026-10", "result"), ["ended0", "1ater0", "t0rned", "stays0"]);
    assert_eq!(clock("2026-11", "result"), ["back00", "stays0", "", ""]);
    assert_eq!(clock("2026-11", "contact"), ["", "", "", ""]);
    // From the stamp on nothing is overdue
    let late = |word: &str| {
        seen(word, |view, _| {
            let late = OverdueReport::of(view).overdue;
            late.iter().map(|late| late.id.short()).collect::<Vec<_>>().join(" ")
        })
    };
    assert_eq!(late("2026-10"), "1ater0 1ater0");
    assert_eq!(late("2026-11"), "stays0");
}

#[test]
fn what_is_done_to_a_void_case_is_in_no_figure() {
    seen("2026-10", |view, period| {
        let times = Times::of(view, period);
        assert_eq!(shorts(&times.resolution.counted), "ended0 t0rned");
        assert_eq!(shorts(&times.closure.counted), "ended0 t0rned");
        assert_eq!(shorts(&times.contact.counted), "mdd1e0 stays0");
    });
}

#[test]
fn what_is_known_at_the_end_leaves_it_out() {
    let at = |word: &str| {
        seen(word, |view, period| {
            let repeat = Repeat::of(view);
            let again = repeat.rows.iter().map(|(_, hits)| shorts(hits)).collect::<Vec<_>>().join(",");
            let flow = Flow::of(view, period);
            (again, ComplaintRate::of(view, period, &flow).complaints, Recurring::all(view, period).len())
        })
    };
    // In October ear1y0, mdd1e0, t0rned and back00 are void; ended0 and 1ater0 not yet. Of the cause glue there are two.
    assert_eq!(at("2026-10"), ("ended0 1ater0 stays0".to_owned(), 3, 0));
    assert_eq!(at("2026-11"), ("back00 stays0".to_owned(), 0, 0));
}
