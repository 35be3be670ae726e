use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Hits, counts, share};
use crate::case::{EventName, Field, Kind};

/// What happened on the way: justified or not, escalations, returns, new rounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Handling<'a> {
    /// Complaints judged justified in the period (their last word in it).
    pub justified: Hits<'a>,
    /// Complaints judged not justified.
    pub unjustified: Hits<'a>,
    /// Escalations.
    pub escalated: Hits<'a>,
    /// Returns to the hub.
    pub returned: Hits<'a>,
    /// Rounds of handling after the first that began.
    pub rounds: Hits<'a>,
    /// Praise passed on to the staff that it is about, whenever it was received.
    pub forwarded: Hits<'a>,
    /// Praise received.
    pub praise: Hits<'a>,
}

impl<'a> Handling<'a> {
    /// Counts the events of the period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Handling<'a> {
        let mut found = Handling::default();
        for case in &view.cases {
            let id = case.id();
            let is = |kind| case.replay.case.kind == kind;
            let mut judged = None;
            let mut round = 1;
            for step in &case.replay.steps {
                let began = step.state.round > round;
                round = step.state.round;
                if !period.holds(step.at) {
                    continue;
                }
                if began {
                    found.rounds.add(id);
                }
                match step.event.name {
                    EventName::Escalated => found.escalated.add(id),
                    EventName::Returned => found.returned.add(id),
                    EventName::Forwarded if is(Kind::Praise) => found.forwarded.add(id),
                    EventName::Received if step.index == 0 && is(Kind::Praise) => found.praise.add(id),
                    EventName::Triaged | EventName::Amended => {
                        judged = step.event.flag(Field::Justified).or(judged)
                    }
                    _ => {}
                }
            }
            match judged.filter(|_| is(Kind::Complaint)) {
                Some(true) => found.justified.add(id),
                Some(false) => found.unjustified.add(id),
                None => {}
            }
        }
        found
    }

    /// Justified of those judged.
    pub(crate) fn justified_share(&self) -> Option<f64> {
        share(self.justified.n(), self.justified.n() + self.unjustified.n())
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let rows = [
            ("justified", &self.justified),
            ("unjustified", &self.unjustified),
            ("escalated", &self.escalated),
            ("returned", &self.returned),
            ("rounds", &self.rounds),
            ("forwarded", &self.forwarded),
            ("praise", &self.praise),
        ];
        let mut object = counts(&rows, cases);
        object["justified_share"] = json!(self.justified_share());
        object["escalated_cases"] = json!(self.escalated.unique());
        object["returned_cases"] = json!(self.returned.unique());
        object
    }
}
