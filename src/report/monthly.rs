//! The data report to management: volume, timeliness, satisfaction (S0.8.3).

use serde_json::{Value, json};

use super::overdue::{Late, overdue};
use super::period::Period;
use super::view::View;
use super::{
    Age, By, Causes, ClockFigures, ComplaintRate, Dimension, Flow, Handling, Remedies, Repeat, Satisfaction,
    TargetFigures, Times, clock_figures, target_figures,
};

/// The figures of a period.
pub(crate) struct Monthly<'a> {
    /// Which.
    pub period: Period,
    /// What came in and went out.
    pub flow: Flow<'a>,
    /// Handling times; the resolved of the period are [`Times::resolution`]'s.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// The shop's objectives, where it has any.
    pub targets: Vec<TargetFigures<'a>>,
    /// Past their due at the horizon.
    pub overdue: Vec<Late<'a>>,
    /// How old the backlog is.
    pub age: Age<'a>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
    /// What happened on the way.
    pub handling: Handling<'a>,
    /// What the customers were given.
    pub remedies: Remedies<'a>,
    /// Who came back.
    pub repeat: Repeat<'a>,
    /// Complaints per 1,000 orders.
    pub rate: ComplaintRate,
    /// Why it happened.
    pub causes: Causes<'a>,
    /// By each dimension.
    pub by: Vec<By<'a>>,
}

/// The figures that stand beside those of another period.
pub(crate) struct Compared<'a> {
    /// Which.
    pub period: Period,
    /// What came in and went out.
    pub flow: Flow<'a>,
    /// Handling times.
    pub times: Times<'a>,
    /// Limits kept.
    pub clocks: Vec<ClockFigures<'a>>,
    /// What the customers said.
    pub satisfaction: Satisfaction<'a>,
}

impl<'a> Compared<'a> {
    /// The figures of a period.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Compared<'a> {
        Compared {
            period: period.clone(),
            flow: Flow::of(view, period),
            times: Times::of(view, period),
            clocks: clock_figures(view, period),
            satisfaction: Satisfaction::of(view, period),
        }
    }

    /// For programs.
    pub(crate) fn json(&self, cases: bool) -> Value {
        json!({
            "period": self.period.label,
            "flow": self.flow.json(cases),
            "resolved": super::counts(&[("n", &self.times.resolution.counted)], cases),
            "times": self.times.json(cases),
            "clocks": self.clocks.iter().map(|clock| clock.json(cases)).collect::<Vec<_>>(),
            "satisfaction": self.satisfaction.json(cases),
        })
    }

    /// Whether there is anything to compare with.
    pub(crate) fn is_empty(&self) -> bool {
        [&self.flow.opening, &self.flow.received, &self.flow.closing].iter().all(|hits| hits.n() == 0)
    }
}

impl<'a> Monthly<'a> {
    /// The figures of a period, as of the view's horizon.
    pub(crate) fn of(view: &'a View<'a>, period: &Period) -> Monthly<'a> {
        let flow = Flow::of(view, period);
        Monthly {
            period: period.clone(),
            rate: ComplaintRate::of(view, period, &flow),
            flow,
            times: Times::of(view, period),
            clocks: clock_figures(view, period),
            targets: target_figures(view, period),
            overdue: overdue(view),
            age: Age::of(view),
            satisfaction: Satisfaction::of(view, period),
            handling: Handling::of(view, period),
            remedies: Remedies::of(view, period),
            repeat: Repeat::of(view),
            causes: Causes::of(view, period),
            by: Dimension::ALL.map(|dimension| By::of(view, period, dimension)).into(),
        }
    }

    /// For programs: the figures, without what the command adds (as-of, ledger, comparison).
    pub(crate) fn json(&self, zone: &jiff::tz::TimeZone, cases: bool) -> serde_json::Map<String, Value> {
        let mut object = serde_json::Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("flow", self.flow.json(cases));
        put("resolved", super::counts(&[("n", &self.times.resolution.counted)], cases));
        put("times", self.times.json(cases));
        put("clocks", Value::Array(self.clocks.iter().map(|clock| clock.json(cases)).collect()));
        if !self.targets.is_empty() {
            put("targets", self.targets.iter().map(|target| target.json(cases)).collect());
        }
        put("overdue", Value::Array(self.overdue.iter().map(|late| late.json(zone)).collect()));
        put("age", self.age.json(cases));
        put("satisfaction", self.satisfaction.json(cases));
        put("handling", self.handling.json(cases));
        put("remedies", self.remedies.json(cases));
        put("repeat_customers", self.repeat.json(cases));
        put("complaint_rate", self.rate.json());
        put("causes", self.causes.json(cases));
        put("by", self.by.iter().map(|by| (by.dimension.word().to_owned(), by.json(cases))).collect());
        object
    }
}
