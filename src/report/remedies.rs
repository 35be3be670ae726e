use std::collections::BTreeMap;

use super::figure::{Figure, Figures};
use super::period::Period;
use super::times::resolution;
use super::{Counted, cost_of, say};
use crate::case::{Money, Names};
use crate::lang::Text;
use crate::policy::RuleBook;
use crate::view::View;

/// One remedy, for the cases resolved in a period.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given<'a> {
    /// Which; `None`: no remedy is named.
    pub remedy: Option<&'a str>,
    /// The cases.
    pub cases: Counted<'a>,
    /// What it cost.
    pub cost: Money,
}

impl Given<'_> {
    /// The figures, under this name.
    pub(crate) fn table(&self, label: Text) -> Figures<'_> {
        Figures::new()
            .called(label)
            .word("key", self.remedy)
            .figure(
                Figure::count("n", self.cases.n())
                    .called("n", "件数")
                    .means("Cases resolved in the period with this remedy.", "期内以此方式办结的件数。"),
            )
            .figure(cost_of(self.cost).means(
                "What this remedy cost for the cases resolved in the period.",
                "期内办结的案卷中此项处理的费用。",
            ))
            .cases_of(&self.cases)
    }
}

/// What the customers were given, by kind of remedy, for the cases resolved in a period.
#[derive(Debug, Clone, Default)]
pub(crate) struct Remedies<'a> {
    /// Each remedy.
    pub rows: Vec<Given<'a>>,
}

impl<'a> Remedies<'a> {
    /// Counts the cases resolved in the period by the remedy that they had then.
    pub(crate) fn of(view: &View<'a>, period: &Period) -> Remedies<'a> {
        let mut rows: BTreeMap<Option<&'a str>, Given<'a>> = BTreeMap::new();
        for case in &view.cases {
            if let Some(step) = resolution(case).filter(|step| period.holds(step.at)) {
                let remedy = step.state.remedy;
                let given = rows.entry(remedy).or_insert_with(|| Given { remedy, ..Given::default() });
                given.cases.add(case.id());
                given.cost.0 += step.state.cost.unwrap_or_default().0;
            }
        }
        let mut rows: Vec<_> = rows.into_values().collect();
        rows.sort_by_key(|one| (one.remedy.is_none(), std::cmp::Reverse(one.cases.n()), one.remedy));
        Remedies { rows }
    }

    /// What all of it cost.
    pub(crate) fn cost(&self) -> Money {
        Money(self.rows.iter().map(|one| one.cost.0).sum())
    }

    /// A row a remedy.
    pub(crate) fn table<'f>(&'f self, book: &RuleBook) -> Vec<Figures<'f>> {
        let mut rows = Vec::new();
        for row in &self.rows {
            rows.push(row.table(match row.remedy {
                Some(remedy) => book.shop.names.label(Names::Remedies, remedy),
                None => say::not_named(),
            }));
        }
        rows
    }
}
