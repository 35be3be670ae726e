//! The half-yearly report on satisfaction with how cases were handled (S0.8.2): what customers said in follow-ups and
//! in the survey, and which causes the shop should look at first.

use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::outcome::Satisfaction;
use super::period::Period;
use super::{Counted, Dimension, Grouped, Scores, say};
use crate::case::{EventName, Field, Id, State, Status, Step};
use crate::lang::Text;
use crate::policy::RuleBook;
use crate::view::{View, Viewed};
use jiff::Timestamp;

/// What customers said in a period.
#[derive(Debug, Clone)]
pub(crate) struct Heard<'a> {
    /// Which.
    pub period: Period,
    /// In follow-ups.
    pub satisfaction: Satisfaction<'a>,
    /// In the survey: the `surveyed` events of the period.
    pub survey: Scores<'a>,
}

impl<'a> Heard<'a> {
    /// Counts the events of the period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Heard<'a> {
        let mut survey = Scores::default();
        surveyed(view, period).for_each(|(id, _, score)| survey.add(score, id));
        Heard { period: period.clone(), satisfaction: Satisfaction::of(view, period), survey }
    }

    /// Whether nobody was asked.
    pub(crate) fn is_empty(&self) -> bool {
        self.satisfaction.made.n() + self.survey.n() == 0
    }

    /// The figures, without the name of the period.
    pub(crate) fn figures(&self) -> Figures<'_> {
        let follow_ups = self
            .satisfaction
            .table()
            .cases_here()
            .table("unscored", Figures::new().figure(unscored(&self.satisfaction.unscored)))
            .table("by_score", self.satisfaction.scores.table().called(say::follow_up_scores()));
        Figures::new()
            .table("satisfaction", follow_ups)
            .table("survey", self.survey.table().called(say::survey_scores()))
    }

    /// The figures of a period among others.
    pub(crate) fn table(&self) -> Figures<'_> {
        let named = Figures::new().called(self.period.name()).word("key", self.period.label.as_str());
        named.and(self.figures())
    }
}

/// A customer who was not satisfied, and what happened after that.
#[derive(Debug, Clone)]
pub(crate) struct Dissatisfied<'a> {
    /// The case.
    pub id: &'a Id,
    /// Its title.
    pub title: &'a str,
    /// When the customer said so.
    pub at: Timestamp,
    /// The score that the customer gave.
    pub score: Option<u8>,
    /// The note on it.
    pub note: Option<&'a str>,
    /// The cause as it was known then.
    pub cause: Option<&'a str>,
    /// The department at that time.
    pub department: Option<&'a str>,
    /// The owner at that time.
    pub owner: Option<&'a str>,
    /// The round of handling that began with it.
    pub round: u32,
    /// What the customer said when next reached: satisfied or not.
    pub next: Option<bool>,
    /// Where the case is at the horizon.
    pub status: Status,
}

impl<'a> Dissatisfied<'a> {
    fn of(case: &Viewed<'a>, at: usize) -> Dissatisfied<'a> {
        let (step, later) = (&case.replay.steps[at], &case.replay.steps[at + 1..]);
        let State { cause, department, owner, round, .. } = step.state;
        Dissatisfied {
            id: case.id(),
            title: &case.replay.case.title,
            at: step.at,
            score: step.event.score(),
            note: step.event.text(Field::Note),
            cause,
            department,
            owner,
            round,
            next: later.iter().find_map(is_satisfied),
            status: case.replay.state().status,
        }
    }

    /// Those of the follow-ups of a period, in their order.
    pub(super) fn all(view: &View<'a>, period: &Period) -> Vec<Dissatisfied<'a>> {
        let mut found = Vec::new();
        for case in &view.cases {
            for (at, step) in case.replay.steps.iter().enumerate() {
                if is_satisfied(step) == Some(false) && period.holds(step.at) {
                    found.push(Dissatisfied::of(case, at));
                }
            }
        }
        found.sort_by_key(|one| (one.at, one.id));
        found
    }

    fn table(&self, book: &RuleBook) -> Figures<'a> {
        Figures::new()
            .called(Text::same(self.title))
            .word("id", self.id.as_str())
            .word("title", self.title)
            .word("at", crate::case::Stamp::new(self.at, &book.shop.zone).to_string())
            .word("score", self.score)
            .word("cause", self.cause)
            .word("department", self.department)
            .word("owner", self.owner)
            .word("round", self.round)
            .word("next_satisfied", self.next)
            .word("status", self.status.word())
    }
}

/// The figures of a half year.
pub(crate) struct SatisfactionReport<'a> {
    /// The period.
    pub whole: Heard<'a>,
    /// The one before.
    pub previous: Option<Heard<'a>>,
    /// The same one a year before.
    pub year_before: Option<Heard<'a>>,
    /// Its months, as far as they have begun.
    pub months: Vec<Heard<'a>>,
    /// The causes of dissatisfaction, as known then, the most frequent first; `None`: not found.
    pub causes: Grouped<'a, Counted<'a>>,
    /// Follow-ups by the attributes of the case as they were then.
    pub by: Vec<(Dimension, Grouped<'a, Satisfaction<'a>>)>,
    /// The survey by department.
    pub survey_by: Grouped<'a, Scores<'a>>,
    /// The customers who were not satisfied, in the order in which they said so.
    pub dissatisfied: Vec<Dissatisfied<'a>>,
}

impl<'a> SatisfactionReport<'a> {
    /// What follow-ups are grouped by.
    pub(crate) const DIMENSIONS: [Dimension; 5] =
        [Dimension::Kind, Dimension::Category, Dimension::Channel, Dimension::Department, Dimension::Owner];

    /// The figures of a period. Every event is counted with the attributes of its time, so the same view also gives the
    /// figures of earlier periods.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> SatisfactionReport<'a> {
        let zone = &view.book.shop.zone;
        let months = period.months(zone).into_iter().filter(|month| month.start < view.horizon.at);
        let dissatisfied = Dissatisfied::all(view, period);
        SatisfactionReport {
            whole: Heard::of(view, period),
            previous: period.previous(zone).map(|period| Heard::of(view, &period)),
            year_before: period.year_before(zone).map(|period| Heard::of(view, &period)),
            months: months.map(|month| Heard::of(view, &month)).collect(),
            causes: causes(&dissatisfied),
            by: Self::DIMENSIONS.map(|by| (by, Satisfaction::by(view, period, by))).into(),
            survey_by: survey_by_department(view, period),
            dissatisfied,
        }
    }

    /// The report.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let mut causes = Vec::new();
        for (cause, hits) in &self.causes {
            let row = Figures::new().called(cause.map_or_else(say::not_found, Text::same));
            causes.push(row.figure(dissatisfied_customers(hits)).cases_here().word("key", *cause));
        }
        let mut by = Figures::new();
        for (dimension, rows) in &self.by {
            let rows = rows.iter().map(|(key, row)| {
                row.table().called(dimension.value(book, *key)).cases_here().word("key", *key)
            });
            by = by.rows(dimension.word(), dimension.label(), rows);
        }
        let departments = self.survey_by.iter().map(|(key, scores)| {
            scores.table().called(Dimension::Department.value(book, *key)).word("key", *key)
        });
        let compare = Figures::new()
            .maybe("previous", self.previous.as_ref().map(Heard::table))
            .maybe("year_before", self.year_before.as_ref().map(Heard::table));
        self.whole
            .figures()
            .rows("months", say::months(), self.months.iter().map(Heard::table))
            .rows("dissatisfied_causes", say::dissatisfied_causes(), causes)
            .rows("dissatisfied", say::dissatisfied(), self.dissatisfied.iter().map(|one| one.table(book)))
            .table("by", by)
            .rows("survey_by_department", say::survey_by_department(), departments)
            .table("compare", compare)
    }
}

/// Customers who were reached and gave no score.
pub(super) fn unscored<'f>(hits: &'f Counted<'f>) -> Figure<'f> {
    Figure::counted("n", hits)
        .called("without a score", "未评分")
        .means("Customers who were reached in a follow-up and gave no score.", "回访联系上但未评分的次数。")
}

/// Customers who were not satisfied.
pub(super) fn dissatisfied_customers<'f>(hits: &'f Counted<'f>) -> Figure<'f> {
    Figure::counted("n", hits).called("dissatisfied", "不满意").means(
        "Customers who were not satisfied in a follow-up, by the cause as it was known then.",
        "回访中不满意的次数，按当时已查明的原因归类。",
    )
}

/// What a follow-up says; `None` if the customer was not reached, or if it is no follow-up.
fn is_satisfied(step: &Step<'_>) -> Option<bool> {
    if step.event.name != EventName::FollowedUp {
        return None;
    }
    match step.event.text(Field::Outcome) {
        Some("satisfied") => Some(true),
        Some("dissatisfied") => Some(false),
        _ => None,
    }
}

/// The answers to the survey in a period, each with the case as it was then.
fn surveyed<'v, 'a>(
    view: &'v View<'a>,
    period: &Period,
) -> impl Iterator<Item = (&'a Id, &'v State<'a>, u8)> {
    let steps = view.cases.iter().flat_map(|case| case.replay.steps.iter().map(|step| (case.id(), step)));
    steps
        .filter(|(_, step)| step.event.name == EventName::Surveyed && period.holds(step.at))
        .filter_map(|(id, step)| Some((id, &step.state, step.event.score()?)))
}

fn survey_by_department<'a>(view: &View<'a>, period: &Period) -> Grouped<'a, Scores<'a>> {
    let mut found: BTreeMap<Option<&'a str>, Scores<'a>> = BTreeMap::new();
    surveyed(view, period).for_each(|(id, state, score)| {
        found.entry(state.department).or_default().add(score, id);
    });
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(key, scores)| (std::cmp::Reverse(scores.n()), key.is_none(), *key));
    rows
}

fn causes<'a>(dissatisfied: &[Dissatisfied<'a>]) -> Grouped<'a, Counted<'a>> {
    let mut found: BTreeMap<Option<&'a str>, Counted<'a>> = BTreeMap::new();
    dissatisfied.iter().for_each(|one| found.entry(one.cause).or_default().add(one.id));
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(cause, hits)| (std::cmp::Reverse(hits.n()), cause.is_none(), *cause));
    rows
}

#[cfg(test)]
mod tests;
