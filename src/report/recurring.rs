use std::collections::BTreeMap;

use super::Counted;
use super::figure::{Figure, Figures};
use super::improvements::linked;
use super::period::Period;
use crate::case::{EventName, Id, Kind};
use crate::lang::Text;
use crate::view::{View, Viewed};
use jiff::{SignedDuration, Timestamp};

/// Receipts recur within this stretch.
const STRETCH: SignedDuration = SignedDuration::from_hours(24 * 90);
/// So many receipts in the stretch make a cause recurring.
const OFTEN: usize = 3;

/// A cause that comes again and again (ISO 10002, 8.2: recurring and systemic problems).
///
/// The receipts of one cause and one product recur if at least three of them are within 90 times 24 hours: the last is
/// less than that after the first. Cases without a product are one group. A stretch belongs to the period if one of
/// its cases was received or diagnosed in the period, so a diagnosis after the end of a quarter appears in the next
/// quarter. The cause is the one known at the horizon. Improvements are not receipts, and void cases are none.
#[derive(Debug, Clone)]
pub(crate) struct Recurring<'a> {
    /// The cause.
    pub cause: &'a str,
    /// The product; `None`: the cases name none.
    pub product: Option<&'a str>,
    /// Every case in such a stretch, in the order of receipt.
    pub cases: Counted<'a>,
    /// The improvements that are linked to one of them.
    pub improvements: Vec<&'a Id>,
}

/// A receipt of one cause and product.
struct Receipt<'a> {
    at: Timestamp,
    id: &'a Id,
    /// Received or diagnosed in the period.
    touched: bool,
}

impl<'a> Recurring<'a> {
    /// Every recurring cause of a period, the most cases first.
    pub(crate) fn all(view: &View<'a>, period: &Period) -> Vec<Recurring<'a>> {
        let mut groups: BTreeMap<(&'a str, Option<&'a str>), Vec<Receipt<'a>>> = BTreeMap::new();
        let receipts = view.cases.iter().filter(|case| case.replay.case.kind != Kind::Improvement);
        for case in receipts.filter(|case| !case.is_void()) {
            let state = case.replay.state();
            if let Some(cause) = state.cause {
                let key = (cause, state.case.product.as_deref());
                groups.entry(key).or_default().push(Receipt::of(case, period));
            }
        }
        let mut found = Vec::new();
        for ((cause, product), mut receipts) in groups {
            receipts.sort_by_key(|receipt| (receipt.at, receipt.id));
            let cases = crowded(&receipts);
            if cases.n() > 0 {
                let improvements = linked(view, &cases);
                found.push(Recurring { cause, product, cases, improvements });
            }
        }
        found.sort_by_key(|recurring: &Recurring<'a>| {
            (std::cmp::Reverse(recurring.cases.n()), recurring.cause)
        });
        found
    }

    /// The row. Its cases are always listed, because it consists of them.
    pub(crate) fn table(&self) -> Figures<'_> {
        let n = Figure::count("n", self.cases.n()).called("cases", "件数").means(
            "Cases with the same cause and product of which at least three were received within 90 × 24 hours; cases without a product are one group.",
            "同一原因、同一产品，在 90×24 小时内受理三件及以上；未注明产品的归为一组。",
        );
        Figures::new()
            .called(Text::same(self.cause))
            .word("cause", self.cause)
            .word("product", self.product)
            .figure(n)
            .cases_here()
            .word("improvements", self.improvements.iter().map(|id| id.as_str()).collect::<Vec<_>>())
            .consists_of(&self.cases)
    }
}

impl<'a> Receipt<'a> {
    fn of(case: &Viewed<'a>, period: &Period) -> Receipt<'a> {
        let mut in_period = case.replay.steps.iter().filter(|step| period.holds(step.at));
        let touched =
            in_period.any(|step| matches!(step.event.name, EventName::Received | EventName::Diagnosed));
        Receipt { at: case.replay.case.received_at(), id: case.id(), touched }
    }
}

/// The receipts that are in a stretch with enough of them, if the period touches the stretch. They are given in order.
fn crowded<'a>(receipts: &[Receipt<'a>]) -> Counted<'a> {
    let mut cases = Counted::default();
    let mut taken = 0;
    for last in 0..receipts.len() {
        let before = |receipt: &Receipt<'_>| receipts[last].at.duration_since(receipt.at) >= STRETCH;
        let first = receipts[..=last].partition_point(before);
        let stretch = &receipts[first..=last];
        if stretch.len() >= OFTEN && stretch.iter().any(|receipt| receipt.touched) {
            for receipt in &receipts[first.max(taken)..=last] {
                cases.add(receipt.id);
            }
            taken = last + 1;
        }
    }
    cases
}
