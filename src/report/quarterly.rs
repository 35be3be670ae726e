//! The audit of a quarter, department by department (S0.8.1), its months side by side, causes and improvements.

use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Compared, Department, Improvement, Monthly};

/// The figures of a quarter.
pub struct Quarterly<'a> {
    /// The quarter as a whole.
    pub whole: Monthly<'a>,
    /// Each of its months, as of its own end.
    pub months: Vec<Compared<'a>>,
    /// Department by department.
    pub departments: Vec<Department<'a>>,
    /// What is being improved, and with what effect.
    pub improvements: Vec<Improvement<'a>>,
}

impl<'a> Quarterly<'a> {
    /// The figures of a period; `months` are its months with the views as of their ends.
    pub fn of(view: &'a View<'a>, period: &Period, months: &[(Period, View<'a>)]) -> Quarterly<'a> {
        Quarterly {
            whole: Monthly::of(view, period),
            months: months.iter().map(|(month, view)| Compared::of(view, month)).collect(),
            departments: Department::all(view, period),
            improvements: Improvement::all(view, period.start),
        }
    }

    /// For programs.
    pub fn json(&self, zone: &jiff::tz::TimeZone, cases: bool) -> serde_json::Map<String, Value> {
        let mut object = self.whole.json(zone, cases);
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("months", json!(self.months.iter().map(|month| month.json(cases)).collect::<Vec<_>>()));
        put("departments", json!(self.departments.iter().map(|one| one.json(cases)).collect::<Vec<_>>()));
        put("improvements", json!(self.improvements.iter().map(Improvement::json).collect::<Vec<_>>()));
        object
    }
}
