use std::collections::BTreeMap;

use super::figure::{Figure, FigureUnit, Figures};
use super::period::Period;
use super::{Counted, Dimension, Grouped, Scores, say, share};
use crate::case::{EventName, Field, Id, Step};
use crate::view::View;

/// What the customers said when they were asked, by the follow-ups of a period.
#[derive(Debug, Clone, Default)]
pub(crate) struct Satisfaction<'a> {
    /// Follow-ups made.
    pub made: Counted<'a>,
    /// The customer was reached.
    pub reached: Counted<'a>,
    /// The customer was satisfied.
    pub satisfied: Counted<'a>,
    /// The scores that were given, 1 to 5.
    pub scores: Scores<'a>,
    /// The customer was reached and gave no score.
    pub unscored: Counted<'a>,
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

    /// Counts them by a dimension as it was then, the most asked first; `None`: not known.
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

    /// Satisfied, of those reached.
    pub(crate) fn share(&self) -> Option<f64> {
        share(self.satisfied.n(), self.reached.n())
    }

    /// Reached of those asked.
    pub(crate) fn response(&self) -> Option<f64> {
        share(self.reached.n(), self.made.n())
    }

    /// The figures.
    pub(crate) fn table(&self) -> Figures<'_> {
        let mean = Figure::new("mean_score", FigureUnit::Score, self.scores.mean())
            .called("mean score", "平均评分")
            .means(
                "The mean of the scores from 1 to 5 that customers gave when they were asked after their case.",
                "客户在回访中所给评分（1 至 5 分）的平均值。",
            );
        let mean = match self.scores.mean() {
            Some(score) => mean.reads(say::out_of(format!("{score:.2}"), self.scores.n())),
            None => mean,
        };
        Figures::new()
            .called(say::satisfaction())
            .figure(
                Figure::counted("made", &self.made)
                    .called("asked", "回访")
                    .means(
                        "How often a customer was asked in the period whether they are satisfied (`follow-up`).",
                        "期内回访客户的次数。",
                    )
                    .clause("S0.8.3"),
            )
            .figure(
                Figure::counted("reached", &self.reached)
                    .called("reached", "联系上")
                    .means("How often the customer was reached.", "其中联系上客户的次数。"),
            )
            .figure(
                Figure::counted("satisfied", &self.satisfied)
                    .called("satisfied", "满意")
                    .means("How often the customer was satisfied.", "其中客户满意的次数。"),
            )
            .figure(
                Figure::share("share", self.share())
                    .called("share", "满意率")
                    .means("Satisfied customers, as a share of those reached.", "满意次数在联系上次数中的占比。"),
            )
            .figure(
                Figure::share("response", self.response())
                    .called("response", "应答率")
                    .means("Customers reached, as a share of those asked.", "联系上次数在回访次数中的占比。"),
            )
            .figure(mean)
            .figure(
                Figure::count("scores", self.scores.n())
                    .called("scores given", "评分份数")
                    .means("How many customers gave a score.", "给出评分的次数。"),
            )
    }
}

/// The follow-ups of a period with their cases.
fn follow_ups<'v, 'a>(view: &'v View<'a>, period: &Period) -> impl Iterator<Item = (&'a Id, &'v Step<'a>)> {
    let steps = view.cases.iter().flat_map(|case| case.replay.steps.iter().map(|step| (case.id(), step)));
    steps.filter(|(_, step)| step.event.name == EventName::FollowedUp && period.holds(step.at))
}
