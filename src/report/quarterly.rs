//! The audit of a quarter, department by department (S0.8.1), its months side by side, causes and improvements.

use super::figure::Figures;
use super::period::Period;
use super::{Compared, Department, Improvement, Monthly, Recurring, Verdict, say};
use crate::policy::RuleBook;
use crate::view::View;

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
        let mut departments = Vec::new();
        for department in Department::all(view, period) {
            let before = before.iter().find(|other| other.key() == department.key());
            let verdict = Verdict::of(view, period, &department, before, &whole.overdue, &recurring);
            departments.push((department, verdict));
        }
        Quarterly {
            departments,
            whole,
            months: months.iter().map(|(month, view)| Compared::of(view, month)).collect(),
            improvements: Improvement::all(view, period.start),
        }
    }

    /// The report.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Figures<'f> {
        let departments = self.departments.iter();
        let departments =
            departments.map(|(department, verdict)| department.table(book).and(verdict.table(book)));
        self.whole
            .table(book)
            .rows("months", say::months(), self.months.iter().map(Compared::table))
            .rows("departments", say::departments(), departments)
            .rows("improvements", say::improvements(), self.improvements.iter().map(|one| one.table(book)))
    }
}
