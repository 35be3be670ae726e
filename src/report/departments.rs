use std::collections::BTreeMap;

use super::by::Dimension;
use super::figure::{Figure, Figures};
use super::groups::{Breakdown, Group};
use super::period::Period;
use super::{Counted, share};
use crate::case::EventName;
use crate::policy::RuleBook;
use crate::view::View;

/// How a department handled what it was given (S0.8.1): each event counts for the department that had the case then.
#[derive(Debug, Clone, Default)]
pub(crate) struct Department<'a> {
    /// Its figures; without a key those of the hub, before a department was named.
    pub group: Group<'a>,
    /// Hand-overs to it.
    pub assigned: Counted<'a>,
    /// Hand-overs that it returned.
    pub returned: Counted<'a>,
}

impl<'a> Department<'a> {
    /// Every department that had anything to do in the period, and the hub if anything counts for it.
    pub(crate) fn all(view: &View<'a>, period: &Period) -> Vec<Department<'a>> {
        let mut assigned: BTreeMap<Option<&'a str>, Counted<'a>> = BTreeMap::new();
        let mut returned = assigned.clone();
        for case in &view.cases {
            let mut before = None;
            for step in &case.replay.steps {
                let to = step.state.department;
                match step.event.name {
                    EventName::Assigned if period.holds(step.at) => {
                        assigned.entry(to).or_default().add(case.id());
                    }
                    EventName::Returned if period.holds(step.at) => {
                        returned.entry(before).or_default().add(case.id());
                    }
                    _ => {}
                }
                before = to;
            }
        }
        let mut found = Vec::new();
        for group in Breakdown::whole(view, period, Dimension::Department) {
            if group.key.is_some() || !group.is_empty() {
                let assigned = assigned.remove(&group.key).unwrap_or_default();
                let returned = returned.remove(&group.key).unwrap_or_default();
                found.push(Department { group, assigned, returned });
            }
        }
        found.sort_by_key(|department: &Department<'a>| (department.key().is_none(), department.key()));
        found
    }

    /// Its name; `None`: the hub.
    pub(crate) fn key(&self) -> Option<&'a str> {
        self.group.key
    }

    /// Limits kept, of those decided; `None` where none was.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.group.met(), self.group.decided())
    }

    /// The figures.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        self.group.table(Dimension::Department, book).and(self.own())
    }

    /// The figures that only a department has.
    pub(super) fn own(&self) -> Figures<'_> {
        Figures::new()
            .figure(Figure::counted("assigned", &self.assigned).called("handed over", "派入").means(
                "How often a case was handed over to the department in the period.",
                "期内派入该部门的次数。",
            ))
            .figure(
                Figure::counted("returned", &self.returned).called("returned", "退回").means(
                    "How often the department gave a case back in the period.",
                    "期内该部门退回的次数。",
                ),
            )
    }
}
