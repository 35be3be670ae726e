use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Hits, share};
use crate::case::{EventName, Field, Step};

/// What the customers said when they were asked, by the follow-ups of a period.
#[derive(Debug, Clone, Default)]
pub struct Satisfaction<'a> {
    /// Follow-ups made.
    pub made: Hits<'a>,
    /// The customer was reached.
    pub reached: Hits<'a>,
    /// And was content.
    pub satisfied: Hits<'a>,
    /// The scores that were given, 1 to 5.
    pub scores: Vec<u8>,
}

impl<'a> Satisfaction<'a> {
    /// Counts the follow-ups of the period.
    pub fn of(view: &View<'a>, period: &Period) -> Satisfaction<'a> {
        Satisfaction::among(view, period, |_| true)
    }

    /// Counts those that are wanted.
    pub fn among(view: &View<'a>, period: &Period, wanted: impl Fn(&Step<'a>) -> bool) -> Satisfaction<'a> {
        let mut found = Satisfaction::default();
        for case in &view.cases {
            for step in &case.replay.steps {
                if step.event.name != EventName::FollowedUp || !period.holds(step.at) || !wanted(step) {
                    continue;
                }
                found.made.add(case.id());
                found.scores.extend(step.event.score());
                let outcome = step.event.text(Field::Outcome);
                if outcome != Some("unreached") {
                    found.reached.add(case.id());
                }
                if outcome == Some("satisfied") {
                    found.satisfied.add(case.id());
                }
            }
        }
        found
    }

    /// Content of those reached.
    pub fn share(&self) -> Option<f64> {
        share(self.satisfied.n(), self.reached.n())
    }

    /// Reached of those asked.
    pub fn response(&self) -> Option<f64> {
        share(self.reached.n(), self.made.n())
    }

    /// The mean of the scores.
    pub fn mean_score(&self) -> Option<f64> {
        let sum: u64 = self.scores.iter().map(|score| u64::from(*score)).sum();
        (!self.scores.is_empty()).then(|| sum as f64 / self.scores.len() as f64)
    }

    /// For programs.
    pub fn json(&self, cases: bool) -> Value {
        let mut object = json!({
            "made": self.made.n(),
            "reached": self.reached.n(),
            "satisfied": self.satisfied.n(),
            "share": self.share(),
            "response": self.response(),
            "mean_score": self.mean_score(),
            "scores": self.scores.len(),
        });
        if cases {
            object["cases"] = json!({
                "made": self.made.ids(),
                "reached": self.reached.ids(),
                "satisfied": self.satisfied.ids(),
            });
        }
        object
    }
}
