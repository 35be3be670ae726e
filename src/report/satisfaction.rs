//! The half-yearly report on satisfaction with how cases were handled (S0.8.2): what customers said when they were
//! asked after each case and in the survey, and what the strategy should look at first.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::outcome::Satisfaction;
use super::period::Period;
use super::view::{View, Viewed};
use super::{Dimension, Grouped, Hits, Scores, counts};
use crate::case::{EventName, Field, Id, State, Status, Step};

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

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        let mut follow_ups = self.satisfaction.json(cases);
        follow_ups["unscored"] = counts(&[("n", &self.satisfaction.unscored)], cases);
        follow_ups["by_score"] = self.satisfaction.scores.json(cases);
        json!({ "key": self.period.label, "satisfaction": follow_ups, "survey": self.survey.json(cases) })
    }
}

/// A customer who was not content, and what came of it.
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
    /// What was written down of it.
    pub note: Option<&'a str>,
    /// The cause as it was known then.
    pub cause: Option<&'a str>,
    /// Who handled it then.
    pub department: Option<&'a str>,
    /// Who answered for it then.
    pub owner: Option<&'a str>,
    /// The round of handling that began with it.
    pub round: u32,
    /// What the customer said when next reached: satisfied or not.
    pub next: Option<bool>,
    /// Where the case stands at the horizon.
    pub status: Status,
}

impl<'a> Dissatisfied<'a> {
    fn of(case: &Viewed<'a>, at: usize) -> Dissatisfied<'a> {
        let (step, later) = (&case.replay.steps[at], &case.replay.steps[at + 1..]);
        let said = |step: &Step<'a>| match step.event.text(Field::Outcome) {
            Some("satisfied") => Some(true),
            Some("dissatisfied") => Some(false),
            _ => None,
        };
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
            next: later.iter().filter(|step| step.event.name == EventName::FollowedUp).find_map(said),
            status: case.replay.state().status,
        }
    }

    /// Those of the follow-ups of a period, in their order.
    pub(super) fn all(view: &View<'a>, period: &Period) -> Vec<Dissatisfied<'a>> {
        let mut found = Vec::new();
        for case in &view.cases {
            for (at, step) in case.replay.steps.iter().enumerate() {
                if dissatisfied(step) && period.holds(step.at) {
                    found.push(Dissatisfied::of(case, at));
                }
            }
        }
        found.sort_by_key(|one| (one.at, one.id));
        found
    }

    fn json(&self, zone: &jiff::tz::TimeZone) -> Value {
        json!({
            "id": self.id.as_str(),
            "title": self.title,
            "at": crate::case::Stamp::new(self.at, zone).to_string(),
            "score": self.score,
            "cause": self.cause,
            "department": self.department,
            "owner": self.owner,
            "round": self.round,
            "next_satisfied": self.next,
            "status": self.status.word(),
        })
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
    /// The causes behind those who were not content, as known then, the most frequent first; `None`: not found.
    pub causes: Grouped<'a, Hits<'a>>,
    /// Follow-ups by the attributes of the case as they stood then.
    pub by: Vec<(Dimension, Grouped<'a, Satisfaction<'a>>)>,
    /// The survey by department.
    pub survey_by: Grouped<'a, Scores<'a>>,
    /// Those who were not content, in the order in which they said so.
    pub dissatisfied: Vec<Dissatisfied<'a>>,
}

impl<'a> SatisfactionReport<'a> {
    /// What follow-ups are told apart by.
    pub(crate) const DIMENSIONS: [Dimension; 5] =
        [Dimension::Kind, Dimension::Category, Dimension::Channel, Dimension::Department, Dimension::Owner];

    /// The figures of a period. All of them count events with the attributes of their time, so one view tells those
    /// of earlier periods as well.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> SatisfactionReport<'a> {
        let zone = &view.book.shop.zone;
        let begun = |month: &Period| month.start < view.horizon.at;
        let heard = |period: Option<Period>| period.map(|period| Heard::of(view, &period));
        let dissatisfied = Dissatisfied::all(view, period);
        SatisfactionReport {
            whole: Heard::of(view, period),
            previous: heard(period.previous(zone)),
            year_before: heard(period.year_before(zone)),
            months: period
                .months(zone)
                .iter()
                .filter(|month| begun(month))
                .map(|month| Heard::of(view, month))
                .collect(),
            causes: causes(&dissatisfied),
            by: Self::DIMENSIONS.map(|by| (by, Satisfaction::by(view, period, by))).into(),
            survey_by: survey_by_department(view, period),
            dissatisfied,
        }
    }

    /// For programs.
    pub(crate) fn json(&self, zone: &jiff::tz::TimeZone, cases: bool) -> Map<String, Value> {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        if let Value::Object(whole) = self.whole.json(cases) {
            whole.into_iter().filter(|(key, _)| key != "key").for_each(|(key, value)| {
                put(&key, value);
            });
        }
        let heard = |heard: &Option<Heard<'_>>| heard.as_ref().map(|heard| heard.json(cases));
        put("months", self.months.iter().map(|month| month.json(cases)).collect());
        let cause =
            |(cause, hits): &(Option<&str>, Hits<'_>)| with_key(*cause, counts(&[("n", hits)], cases));
        put("dissatisfied_causes", self.causes.iter().map(cause).collect());
        put("dissatisfied", self.dissatisfied.iter().map(|one| one.json(zone)).collect());
        let by = |(dimension, rows): &(Dimension, Grouped<'_, Satisfaction<'_>>)| {
            let rows: Value = rows.iter().map(|(key, row)| with_key(*key, row.json(cases))).collect();
            (dimension.word().to_owned(), rows)
        };
        put("by", self.by.iter().map(by).collect());
        let departments = self.survey_by.iter().map(|(key, scores)| with_key(*key, scores.json(cases)));
        put("survey_by_department", departments.collect());
        put("compare", json!({ "previous": heard(&self.previous), "year_before": heard(&self.year_before) }));
        object
    }
}

fn with_key(key: Option<&str>, mut figures: Value) -> Value {
    figures["key"] = json!(key);
    figures
}

fn dissatisfied(step: &Step<'_>) -> bool {
    step.event.name == EventName::FollowedUp && step.event.text(Field::Outcome) == Some("dissatisfied")
}

/// The answers to the survey in a period, each with the case as it stood then.
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

fn causes<'a>(dissatisfied: &[Dissatisfied<'a>]) -> Grouped<'a, Hits<'a>> {
    let mut found: BTreeMap<Option<&'a str>, Hits<'a>> = BTreeMap::new();
    dissatisfied.iter().for_each(|one| found.entry(one.cause).or_default().add(one.id));
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(cause, hits)| (std::cmp::Reverse(hits.n()), cause.is_none(), *cause));
    rows
}

#[cfg(test)]
#[path = "satisfaction_tests.rs"]
mod tests;
