use jiff::Timestamp;

use crate::case::{Case, Event};

/// What differs between a case as it was and as it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CaseDifference<'a> {
    /// The case was not there.
    New,
    /// The case is gone.
    Gone,
    /// An event that was not there.
    Added(&'a Event),
    /// An event that is gone.
    Removed(&'a Event),
    /// A part of the intake, as it was and as it is; `None`: there was or is none.
    Intake(&'static str, Option<&'a str>, Option<&'a str>),
}

/// What differs in what a case says of the time up to an instant: events stamped later are left aside.
pub(crate) fn changes<'a>(
    was: Option<&'a Case>,
    is: Option<&'a Case>,
    until: Timestamp,
) -> Vec<CaseDifference<'a>> {
    match (was, is) {
        (None, None) => Vec::new(),
        (None, Some(_)) => vec![CaseDifference::New],
        (Some(_), None) => vec![CaseDifference::Gone],
        (Some(was), Some(is)) => {
            let mut found = intake(was, is);
            found.extend(missing(&was.history, &is.history, until).map(CaseDifference::Removed));
            found.extend(missing(&is.history, &was.history, until).map(CaseDifference::Added));
            found
        }
    }
}

/// The events of one history that the other does not have; an event that appears twice has to appear twice there.
fn missing<'a>(
    events: &'a [Event],
    others: &'a [Event],
    until: Timestamp,
) -> impl Iterator<Item = &'a Event> {
    let mut others: Vec<&Event> = others.iter().collect();
    let relevant = events.iter().filter(move |event| event.at.instant() <= until);
    relevant.filter(move |event| match others.iter().position(|other| other == event) {
        Some(at) => {
            others.swap_remove(at);
            false
        }
        None => true,
    })
}

/// The parts of the intake that figures and queries look at.
fn intake<'a>(was: &'a Case, is: &'a Case) -> Vec<CaseDifference<'a>> {
    type Part = (&'static str, for<'c> fn(&'c Case) -> Option<&'c str>);
    const PARTS: [Part; 9] = [
        ("kind", |case| Some(case.kind.word())),
        ("title", |case| Some(&case.title)),
        ("channel", |case| Some(&case.channel)),
        ("customer.key", |case| case.customer.key.as_deref()),
        ("customer.tier", |case| case.customer.tier.as_deref()),
        ("order", |case| case.order.as_deref()),
        ("product", |case| case.product.as_deref()),
        ("demand", |case| case.demand.as_deref()),
        ("external", |case| case.external.as_deref()),
    ];
    let mut found = Vec::new();
    for (name, part) in PARTS {
        if part(was) != part(is) {
            found.push(CaseDifference::Intake(name, part(was), part(is)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example::complaint;
    use crate::case::{EventName, Stamp};

    fn at(stamp: &str) -> Stamp {
        Stamp::parse(stamp).unwrap()
    }

    fn case(events: &[(EventName, &str)]) -> Case {
        complaint(events.iter().map(|(name, stamp)| Event::new(*name, at(stamp))).collect())
    }

    #[test]
    fn what_was_added_removed_and_corrected_by_an_instant() {
        let received = (EventName::Received, "2026-10-05T10:00:00+08:00");
        let noted = (EventName::Noted, "2026-10-06T10:00:00+08:00");
        let called = (EventName::Contacted, "2026-10-07T10:00:00+08:00");
        let closed = (EventName::Closed, "2026-11-05T10:00:00+08:00");
        let was = case(&[received, noted, noted]);
        let is = Case { product: Some("cup".to_owned()), ..case(&[received, called, noted, closed]) };
        let until = at("2026-10-31T23:59:59+08:00").instant();
        assert_eq!(
            changes(Some(&was), Some(&is), until),
            [
                CaseDifference::Intake("product", None, Some("cup")),
                CaseDifference::Removed(&was.history[2]),
                CaseDifference::Added(&is.history[1]),
            ]
        );
        assert_eq!(changes(Some(&was), Some(&was), until), []);
        assert_eq!(changes(None, Some(&is), until), [CaseDifference::New]);
        assert_eq!(changes(Some(&was), None, until), [CaseDifference::Gone]);
    }
}
