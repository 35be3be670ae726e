//! The audit of a quarter, department by department (S0.8.1), its months side by side, causes and improvements.

use serde_json::{Value, json};

use super::period::Period;
use super::view::View;
use super::{Compared, Department, Improvement, Monthly, Recurring, Verdict};

/// The figures of a quarter.
pub(crate) struct Quarterly<'a> {
    /// The quarter as a whole.
    pub whole: Monthly<'a>,
    /// Each of its months, as of its own end.
    pub months: Vec<Compared<'a>>,
    /// Department by department, each with what is fed back to it.
    pub departments: Vec<(Department<'a>, Verdict<'a>)>,
    /// What is being improved, and with what effect.
    pub improvements: Vec<Improvement<'a>>,
}

impl<'a> Quarterly<'a> {
    /// The figures of a period; `months` are its months with the views as of their ends, `before` the departments
    /// in the period before.
    pub(crate) fn of(
        view: &'a View<'a>,
        period: &Period,
        months: &[(Period, View<'a>)],
        before: &[Department<'a>],
    ) -> Quarterly<'a> {
        let whole = Monthly::of(view, period);
        let recurring = Recurring::all(view, period);
        let judged = |department: Department<'a>| {
            let before = before.iter().find(|other| other.key() == department.key());
            let verdict = Verdict::of(view, period, &department, before, &whole.overdue, &recurring);
            (department, verdict)
        };
        Quarterly {
            departments: Department::all(view, period).into_iter().map(judged).collect(),
            whole,
            months: months.iter().map(|(month, view)| Compared::of(view, month)).collect(),
            improvements: Improvement::all(view, period.start),
        }
    }

    /// For programs.
    pub(crate) fn json(&self, zone: &jiff::tz::TimeZone, cases: bool) -> serde_json::Map<String, Value> {
        let mut object = self.whole.json(zone, cases);
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("months", json!(self.months.iter().map(|month| month.json(cases)).collect::<Vec<_>>()));
        let department = |(department, verdict): &(Department<'_>, Verdict<'_>)| {
            let mut object = department.json(cases);
            if let Value::Object(figures) = &mut object {
                figures.extend(verdict.json(zone, cases));
            }
            object
        };
        put("departments", self.departments.iter().map(department).collect());
        put("improvements", self.improvements.iter().map(|one| one.json(zone, cases)).collect());
        object
    }
}
