use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Hits;
use super::flow::Flow;
use super::period::Period;
use super::view::View;
use crate::case::Kind;

/// How far back a customer is remembered.
const REPEAT_DAYS: i64 = 90;

/// Customers with at least two receipts in the 90 days before the horizon.
#[derive(Debug, Clone, Default)]
pub(crate) struct Repeat<'a> {
    /// The customer's key and the cases, most first.
    pub rows: Vec<(&'a str, Hits<'a>)>,
}

impl<'a> Repeat<'a> {
    /// Counts receipts by customer key.
    pub(crate) fn of(view: &View<'a>) -> Repeat<'a> {
        let since = view.horizon.at - SignedDuration::from_hours(24 * REPEAT_DAYS);
        let mut keys: BTreeMap<&'a str, Hits<'a>> = BTreeMap::new();
        for case in view.cases.iter().filter(|case| case.replay.case.received_at() >= since) {
            if let Some(key) = &case.replay.case.customer.key {
                keys.entry(key).or_default().add(case.id());
            }
        }
        let mut rows: Vec<_> = keys.into_iter().filter(|(_, hits)| hits.n() >= 2).collect();
        rows.sort_by_key(|(key, hits)| (std::cmp::Reverse(hits.n()), *key));
        Repeat { rows }
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let row = |(key, hits): &(&str, Hits<'_>)| {
            let mut object = json!({ "key": key, "n": hits.n() });
            if cases {
                object["cases"] = hits.ids();
            }
            object
        };
        Value::Array(self.rows.iter().map(row).collect())
    }
}

/// Complaints received per 1,000 orders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ComplaintRate {
    /// Complaints received in the period.
    pub complaints: usize,
    /// Orders, where `[volume]` knows every month of the period and all cases are counted: the orders of a part of
    /// the cases are not known.
    pub orders: Option<u64>,
}

impl ComplaintRate {
    /// Divides the complaints among the receipts of a period by its orders.
    pub(crate) fn of(view: &View<'_>, period: &Period, flow: &Flow<'_>) -> ComplaintRate {
        let received = flow.received.cases();
        let complaint = |case: &&super::Viewed<'_>| {
            case.replay.case.kind == Kind::Complaint && received.binary_search(&case.id()).is_ok()
        };
        let months = period.months(&view.book.shop.zone);
        let whole = months.first().is_some_and(|month| month.first == period.first)
            && months.last().is_some_and(|month| month.next == period.next);
        let orders =
            months.iter().map(|month| view.book.shop.volume.get(&month.first).copied()).sum::<Option<u64>>();
        ComplaintRate {
            complaints: view.cases.iter().filter(complaint).count(),
            orders: orders.filter(|_| whole && !view.part),
        }
    }

    /// Complaints per 1,000 orders; `None` without orders.
    pub(crate) fn per_thousand(self) -> Option<f64> {
        self.orders.filter(|orders| *orders > 0).map(|orders| self.complaints as f64 * 1000.0 / orders as f64)
    }

    /// For programs.
    pub(crate) fn json(self) -> Value {
        json!({ "complaints": self.complaints, "orders": self.orders, "per_1000": self.per_thousand() })
    }
}
