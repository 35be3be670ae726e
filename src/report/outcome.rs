use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Dimension, Grouped, Hits, Scores, share};
use crate::case::{EventName, Field, Id, Step};

/// What the customers said when they were asked, by the follow-ups of a period.
#[derive(Debug, Clone, Default)]
pub(crate) struct Satisfaction<'a> {
    /// Follow-ups made.
    pub made: Hits<'a>,
    /// The customer was reached.
    pub reached: Hits<'a>,
    /// And was content.
    pub satisfied: Hits<'a>,
    /// The scores that were given, 1 to 5.
    pub scores: Scores<'a>,
    /// The customer was reached and gave no score.
    pub unscored: Hits<'a>,
}

impl<'a> Satisfaction<'a> {
    /// Counts the follow-ups of the period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Satisfaction<'a> {
        Satisfaction::among(view, period, |_| true)
    }

    /// Counts those that are wanted.
    pub(crate) fn among(
        view: &View<'a>,
        period: &Period,
        wanted: impl Fn(&Step<'a>) -> bool,
    ) -> Satisfaction<'a> {
        let mut found = Satisfaction::default();
        for (id, step) in follow_ups(view, period).filter(|(_, step)| wanted(step)) {
            found.add(id, step);
        }
        found
    }

    /// Counts them by a dimension as it stood then, the most asked first; `None`: not known.
    pub(crate) fn by(
        view: &View<'a>,
        period: &Period,
        dimension: Dimension,
    ) -> Grouped<'a, Satisfaction<'a>> {
        let mut found: BTreeMap<Option<&'a str>, Satisfaction<'a>> = BTreeMap::new();
        for (id, step) in follow_ups(view, period) {
            found.entry(dimension.of(&step.state)).or_default().add(id, step);
        }
        let mut rows: Vec<_> = found.into_iter().collect();
        rows.sort_by_key(|(key, row)| (std::cmp::Reverse(row.made.n()), key.is_none(), *key));
        rows
    }

    fn add(&mut self, id: &'a Id, step: &Step<'a>) {
        self.made.add(id);
        let outcome = step.event.text(Field::Outcome);
        let reached = outcome != Some("unreached");
        if reached {
            self.reached.add(id);
        }
        if outcome == Some("satisfied") {
            self.satisfied.add(id);
        }
        match step.event.score() {
            Some(score) => self.scores.add(score, id),
            None if reached => self.unscored.add(id),
            None => {}
        }
    }

    /// Content of those reached.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.satisfied.n(), self.reached.n())
    }

    /// Reached of those asked.
    pub(crate) fn response(&self) -> Option<f64> {
        share(self.reached.n(), self.made.n())
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let mut object = json!({
            "made": self.made.n(),
            "reached": self.reached.n(),
            "satisfied": self.satisfied.n(),
            "share": self.share(),
            "response": self.response(),
            "mean_score": self.scores.mean(),
            "scores": self.scores.n(),
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

/// The follow-ups of a period with their cases.
fn follow_ups<'v, 'a>(view: &'v View<'a>, period: &Period) -> impl Iterator<Item = (&'a Id, &'v Step<'a>)> {
    let steps = view.cases.iter().flat_map(|case| case.replay.steps.iter().map(|step| (case.id(), step)));
    steps.filter(|(_, step)| step.event.name == EventName::FollowedUp && period.holds(step.at))
}
