//! Two entries of one case: receipts so alike that one of them may have been entered twice.

use std::collections::HashSet;

use jiff::SignedDuration;

use super::Case;
use super::event_table::EventName;
use super::replay::Replay;
use super::schema::Field;

/// Two receipts of this distance, or less, may be two entries of one case.
const APART: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What two entries of one case have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SameMatter<'c> {
    /// The customer's key and the order.
    Order(&'c str, &'c str),
    /// The customer's key and the title.
    Title(&'c str, &'c str),
}

impl Case {
    /// The key of the customer, if it is known.
    pub(crate) fn customer_key(&self) -> Option<&str> {
        self.customer.key.as_deref().map(str::trim).filter(|key| !key.is_empty())
    }

    /// What another entry of this case would have in common with it; nothing if the customer is not known.
    pub(crate) fn matters(&self) -> impl Iterator<Item = SameMatter<'_>> {
        let customer = self.customer_key();
        let order = self.order.as_deref().map(str::trim).filter(|order| !order.is_empty());
        let by_order = customer.zip(order).map(|(key, order)| SameMatter::Order(key, order));
        let by_title = customer.map(|key| SameMatter::Title(key, self.title.trim()));
        by_order.into_iter().chain(by_title)
    }

    /// What makes the other case look like a second entry of this one: alike, received within 30 days of it, and not
    /// said to be another one by a link.
    pub(crate) fn doubled_by<'c>(&'c self, other: &Case) -> Option<SameMatter<'c>> {
        let apart = self.received_at().duration_since(other.received_at()).abs();
        if apart > APART || self.belongs_to(other) {
            return None;
        }
        self.matters().find(|matter| other.matters().any(|of_other| of_other == *matter))
    }

    /// Whether one of two cases is linked to the other, or both are to a third; a void says so, too.
    fn belongs_to(&self, other: &Case) -> bool {
        let family: HashSet<&str> = self.family().collect();
        other.family().any(|id| family.contains(id))
    }

    /// Its id, and the ids of the cases that it is linked to or was voided as a second entry of.
    pub(crate) fn family(&self) -> impl Iterator<Item = &str> {
        let of = self.history.iter().filter_map(|event| event.text(Field::Of));
        [self.id.as_str()].into_iter().chain(self.links.iter().map(String::as_str)).chain(of)
    }

    /// Whether it is void by its whole history.
    pub(crate) fn is_void(&self) -> bool {
        self.history.iter().any(|event| event.name == EventName::Voided)
            && Replay::whole(self, &[]).state().voided
    }
}
