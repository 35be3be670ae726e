//! What came in and went out reconciles, whatever happened and whenever it is asked.

use proptest::prelude::*;

use super::drawn::{CLOCKS, HOURS, any_ledger, any_period, book, instant, period};
use crate::report::Flow;
use crate::view::{Horizon, View};

/// Opening and closing of a flow that reconciles.
fn reconciled(flow: &Flow<'_>) -> Result<(usize, usize), TestCaseError> {
    let came = flow.opening.n() + flow.received.n() + flow.reopened.n();
    let went = flow.closed.n() + flow.rejected.n() + flow.voided.n() + flow.closing.n();
    prop_assert_eq!(came, went, "{:?}", flow);
    Ok((flow.opening.n(), flow.closing.n()))
}

proptest! {
    #[test]
    fn flow_reconciles(ledger in any_ledger(), (label, _, _) in any_period(), now in 0..HOURS + 48) {
        let book = book(&[("base", CLOCKS)]);
        let cases: Vec<_> = ledger.iter().map(|drawn| drawn.case()).collect();
        let cases: Vec<_> = cases.iter().collect();
        let (now, period) = (instant(now), period(&label));
        for horizon in [Horizon::of(period.end, now), Horizon::at(now)] {
            let view = View::of(&cases, &book, horizon);
            reconciled(&Flow::of(&view, &period))?;
        }
    }

    #[test]
    fn a_month_opens_with_what_the_one_before_closed_with(ledger in any_ledger(), now in 0..HOURS + 48) {
        let book = book(&[("base", CLOCKS)]);
        let cases: Vec<_> = ledger.iter().map(|drawn| drawn.case()).collect();
        let cases: Vec<_> = cases.iter().collect();
        let mut left = 0;
        for label in ["2026-09", "2026-10", "2026-11"] {
            let period = period(label);
            let view = View::of(&cases, &book, Horizon::of(period.end, instant(now)));
            let (opening, closing) = reconciled(&Flow::of(&view, &period))?;
            if period.start <= instant(now) {
                prop_assert_eq!(opening, left, "{}", label);
                left = closing;
            }
        }
    }
}
