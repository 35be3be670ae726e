use std::collections::BTreeMap;

use super::figure::{Figure, FigureUnit, Figures};
use super::flow::Flow;
use super::period::Period;
use super::{Counted, say};
use crate::case::Kind;
use crate::lang::Text;
use crate::view::View;
use jiff::SignedDuration;

/// How many days back the receipts of a customer are counted.
const REPEAT_DAYS: i64 = 90;

/// Customers with at least two receipts in the 90 days before the horizon.
#[derive(Debug, Clone, Default)]
pub(crate) struct Repeat<'a> {
    /// The customer's key and the cases, most first.
    pub rows: Vec<(&'a str, Counted<'a>)>,
}

impl<'a> Repeat<'a> {
    /// Counts receipts by customer key; a void case is none.
    pub(crate) fn of(view: &View<'a>) -> Repeat<'a> {
        let since = view.horizon.at - SignedDuration::from_hours(24 * REPEAT_DAYS);
        let mut keys: BTreeMap<&'a str, Counted<'a>> = BTreeMap::new();
        let recent = view.cases.iter().filter(|case| case.replay.case.received_at() >= since);
        for case in recent.filter(|case| !case.is_void()) {
            if let Some(key) = &case.replay.case.customer.key {
                keys.entry(key).or_default().add(case.id());
            }
        }
        let mut rows: Vec<_> = keys.into_iter().filter(|(_, hits)| hits.n() >= 2).collect();
        rows.sort_by_key(|(key, hits)| (std::cmp::Reverse(hits.n()), *key));
        Repeat { rows }
    }

    /// A row a customer.
    pub(crate) fn table(&self) -> Vec<Figures<'_>> {
        self.rows.iter().map(|(key, hits)| Repeat::row(key, hits)).collect()
    }

    /// The figures of one customer.
    pub(super) fn row<'f>(key: &'f str, hits: &'f Counted<'f>) -> Figures<'f> {
        let n = Figure::count("n", hits.n()).called("n", "件数").means(
            "Cases received from this customer in the 90 × 24 hours before the moment of the report; void cases do not count, and only customers with two or more are listed.",
            "该客户在报表截止前 90×24 小时内的件数；作废的不计，只列出两件及以上的客户。",
        );
        Figures::new().called(Text::same(key)).word("key", key).figure(n).cases_of(hits)
    }
}

/// Complaints received per 1,000 orders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ComplaintRate {
    /// Complaints received in the period.
    pub complaints: usize,
    /// Orders; known if `[volume]` has every month of the period and all cases are counted, for nobody knows how many
    /// orders belong to some of the cases.
    pub orders: Option<u64>,
}

impl ComplaintRate {
    /// Divides the complaints, without the void ones, among the receipts of a period by its orders.
    pub(crate) fn of(view: &View<'_>, period: &Period, flow: &Flow<'_>) -> ComplaintRate {
        let received = flow.received.cases();
        let complaints = view.cases.iter().filter(|case| case.replay.case.kind == Kind::Complaint);
        let complaints = complaints.filter(|case| !case.is_void());
        let received = complaints.filter(|case| received.binary_search(&case.id()).is_ok());
        let months = period.months(&view.book.shop.zone);
        let whole = months.first().is_some_and(|month| month.first == period.first)
            && months.last().is_some_and(|month| month.next == period.next);
        let orders =
            months.iter().map(|month| view.book.shop.volume.get(&month.first).copied()).sum::<Option<u64>>();
        ComplaintRate { complaints: received.count(), orders: orders.filter(|_| whole && !view.part) }
    }

    /// Complaints per 1,000 orders; `None` without orders.
    pub(crate) fn per_thousand(self) -> Option<f64> {
        self.orders.filter(|orders| *orders > 0).map(|orders| self.complaints as f64 * 1000.0 / orders as f64)
    }

    /// The figures.
    pub(crate) fn table<'f>(self) -> Figures<'f> {
        let rate = Figure::new("per_1000", FigureUnit::PerThousand, self.per_thousand())
            .called("complaints per 1,000 orders", "每千单投诉")
            .means(
                "Complaints that came in during the period and are not void, for each 1,000 orders of `[volume]` in fb.toml; n/a if `[volume]` lacks a month, or if a query picks the cases.",
                "期内受理的投诉件数（作废的不计）除以 fb.toml 中 [volume] 的订单数，再乘以 1,000；缺少某月订单数，或用查询只看部分案卷时，不计算。",
            );
        let words = self.per_thousand().zip(self.orders);
        let words = words.map(|(rate, orders)| say::rate_of(format!("{rate:.2}"), self.complaints, orders));
        Figures::new()
            .figure(
                Figure::count("complaints", self.complaints).called("complaints received", "受理投诉").means(
                    "Complaints that came in during the period and are not void.",
                    "期内受理的投诉件数，作废的不计。",
                ),
            )
            .figure(Figure::new("orders", FigureUnit::Count, self.orders).called("orders", "订单数").means(
                "Orders of the period, as `[volume]` in fb.toml has them.",
                "fb.toml 中 [volume] 记录的期内订单数。",
            ))
            .figure(Figure { words, ..rate })
    }
}
