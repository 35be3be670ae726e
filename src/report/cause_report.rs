//! Why it happened (S0.6, S1.4.4, S1.4.7; ISO 10002, 8.2): the causes of a period and what comes again.

use serde_json::{Map, Value, json};

use super::causes::diagnosed;
use super::pareto::Pareto;
use super::period::Period;
use super::view::View;
use super::{Causes, Dimension, Recurring};

/// The cases diagnosed in a period, each counted once, by its state after its last diagnosis in it.
#[derive(Debug, Clone)]
pub(crate) struct CauseReport<'a> {
    /// Which.
    pub period: Period,
    /// By cause.
    pub causes: Causes<'a>,
    /// By what it was about.
    pub category: Pareto<'a>,
    /// By product.
    pub product: Pareto<'a>,
    /// By the party responsible.
    pub responsible: Pareto<'a>,
    /// What comes again and again.
    pub recurring: Vec<Recurring<'a>>,
}

impl<'a> CauseReport<'a> {
    /// The figures of a period, as of the view's horizon.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> CauseReport<'a> {
        let by = |dimension: Dimension| {
            Pareto::of(diagnosed(view, period).map(move |(case, step, _)| {
                (dimension.of(&step.state), case.id(), step.state.justified == Some(true))
            }))
        };
        let responsible = diagnosed(view, period)
            .map(|(case, step, _)| (step.state.responsible, case.id(), step.state.justified == Some(true)));
        CauseReport {
            period: period.clone(),
            causes: Causes::of(view, period),
            category: by(Dimension::Category),
            product: by(Dimension::Product),
            responsible: Pareto::of(responsible),
            recurring: Recurring::all(view, period),
        }
    }

    /// For programs: the figures, without what the command adds.
    pub(crate) fn json(&self, cases: bool) -> Map<String, Value> {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        let justified: usize = self.causes.rows.iter().map(|cause| cause.justified.n()).sum();
        put("diagnosed", json!({ "n": self.causes.total(), "justified": justified }));
        put("causes", self.causes.json(cases));
        put("category", self.category.json(cases));
        put("product", self.product.json(cases));
        put("responsible", self.responsible.json(cases));
        put("recurring", Value::Array(self.recurring.iter().map(Recurring::json).collect()));
        object
    }
}
