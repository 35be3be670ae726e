use serde_json::{Value, json};

use super::by::Row;
use super::clocks::{ClockFigures, clock_figures_among, decided, met};
use super::outcome::Satisfaction;
use super::period::Period;
use super::times::Times;
use super::view::View;
use super::{By, Dimension, Hits, share};
use crate::case::EventName;

/// How a department handled what it was given (S0.8.1): each figure under the department as it stood then.
#[derive(Debug, Clone)]
pub struct Department<'a> {
    /// Its name; `None`: the hub, before anybody was named.
    pub key: Option<&'a str>,
    /// Resolved, closed, and what is left.
    pub row: Row<'a>,
    /// Hand-overs to it.
    pub assigned: Hits<'a>,
    /// Hand-overs that it returned.
    pub returned: Hits<'a>,
    /// Handling times.
    pub times: Times<'a>,
    /// Its clocks.
    pub clocks: Vec<ClockFigures<'a>>,
    /// What its customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> Department<'a> {
    /// Every department that had anything to do in the period.
    pub fn all(view: &View<'a>, period: &Period) -> Vec<Department<'a>> {
        let rows = By::of(view, period, Dimension::Department).rows;
        let mut found: Vec<Department<'a>> =
            rows.into_iter().map(|(key, row)| Department::of(view, period, key, row)).collect();
        let named: Vec<_> = found.iter().map(|department| department.key).collect();
        let handled = view.cases.iter().flat_map(|case| &case.replay.steps);
        let mut more: Vec<_> = handled
            .filter(|step| step.event.name == EventName::Assigned && period.holds(step.at))
            .map(|step| step.state.department)
            .filter(|key| !named.contains(key))
            .collect();
        more.sort_unstable();
        more.dedup();
        found.extend(more.into_iter().map(|key| Department::of(view, period, key, Row::default())));
        found.sort_by_key(|department| (department.key.is_none(), department.key));
        found
    }

    fn of(view: &View<'a>, period: &Period, key: Option<&'a str>, row: Row<'a>) -> Department<'a> {
        let (mut assigned, mut returned) = (Hits::default(), Hits::default());
        for case in &view.cases {
            let mut before = None;
            for step in &case.replay.steps {
                if period.holds(step.at) {
                    match step.event.name {
                        EventName::Assigned if step.state.department == key => assigned.add(case.id()),
                        EventName::Returned if before == key => returned.add(case.id()),
                        _ => {}
                    }
                }
                before = step.state.department;
            }
        }
        Department {
            key,
            row,
            assigned,
            returned,
            times: Times::among(view, period, |step| step.state.department == key),
            clocks: clock_figures_among(view, period, |case, clock| {
                case.replay.steps[clock.step].state.department == key
            }),
            satisfaction: Satisfaction::among(view, period, |step| step.state.department == key),
        }
    }

    /// Limits kept.
    pub fn met(&self) -> usize {
        met(&self.clocks)
    }

    /// Limits kept or missed.
    pub fn decided(&self) -> usize {
        decided(&self.clocks)
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        let mut object = json!({
            "key": self.key,
            "assigned": self.assigned.n(),
            "returned": self.returned.n(),
            "resolved": self.row.resolved.n(),
            "closed": self.row.closed.n(),
            "closing": self.row.closing.n(),
            "resolution": self.times.resolution.json(cases),
            "decided": self.decided(),
            "met": self.met(),
            "share": share(self.met(), self.decided()),
            "clocks": self.clocks.iter().filter(|clock| clock.decided() > 0).map(|clock| clock.json(cases)).collect::<Vec<_>>(),
            "satisfaction": self.satisfaction.json(cases),
        });
        if cases {
            object["cases"] = json!({
                "assigned": self.assigned.ids(),
                "returned": self.returned.ids(),
                "resolved": self.row.resolved.ids(),
                "closed": self.row.closed.ids(),
                "closing": self.row.closing.ids(),
            });
        }
        object
    }
}
