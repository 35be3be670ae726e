//! Figures of a period: (cases, rules, as-of) to a report.
//!
//! Pure: the same files and the same instant give the same report on every day and machine. Every figure keeps the
//! ids of the cases behind it, in [`Counted`]. Each group of figures has a file; a report's file names its groups.

mod age;
mod appraisal;
mod attitude;
mod by;
mod catalogue;
mod cause_report;
mod causes;
mod changes;
mod clocks;
mod customers;
mod departments;
mod difference;
mod distribution;
#[cfg(test)]
pub(crate) mod example;
pub(crate) mod figure;
mod flow;
mod groups;
mod handling;
mod improvements;
mod limit_usage;
mod monthly;
mod outcome;
mod overdue;
mod pareto;
mod people;
mod period;
mod quarterly;
mod recurring;
mod remedies;
mod sample;
mod satisfaction;
mod say;
mod scores;
mod stalled;
mod statistics;
mod target;
mod times;
mod times_report;
mod trend;
mod verdict;
mod what_if;

#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod tests;

pub(crate) use age::Age;
pub(crate) use appraisal::{Appraisal, MainFigures};
pub(crate) use by::{By, Dimension, Grouped, ValueCounts};
pub use catalogue::{Chapter, Definition, catalogue};
pub(crate) use cause_report::CauseReport;
pub(crate) use causes::{Cause, Causes};
pub(crate) use changes::{CaseDifference, changes};
pub(crate) use clocks::{ClockFigures, clock_figures, decided, met};
pub(crate) use customers::{ComplaintRate, Repeat};
pub(crate) use departments::Department;
pub(crate) use difference::{Difference, FiguresByName, differences};
pub(crate) use distribution::Distribution;
pub use figure::FigureUnit;
pub use flow::Flow;
pub(crate) use groups::{Breakdown, Group};
pub(crate) use handling::Handling;
pub(crate) use improvements::Improvement;
pub(crate) use limit_usage::LimitUsage;
pub(crate) use monthly::{Compared, Monthly};
pub(crate) use outcome::Satisfaction;
pub(crate) use overdue::{Late, OverdueReport};
pub(crate) use pareto::Pareto;
pub(crate) use people::People;
pub use period::Period;
pub(crate) use period::{BadPeriod, Span};
pub(crate) use quarterly::Quarterly;
pub(crate) use recurring::Recurring;
pub(crate) use remedies::{Given, Remedies};
pub(crate) use sample::{Member, Sample};
pub(crate) use satisfaction::{Dissatisfied, Heard, SatisfactionReport};
pub(crate) use scores::Scores;
pub(crate) use stalled::StalledCase;
pub use statistics::Summary;
pub(crate) use target::{TargetFigures, target_figures};
pub use times::Times;
pub(crate) use times::{Measured, missing_working_years};
pub(crate) use times_report::{Spent, TimesBy, TimesReport};
pub(crate) use trend::{Trend, TrendColumn};
pub(crate) use verdict::{Grade, Ground, Rule, Verdict};
pub(crate) use what_if::{Judged, Pair, WasAndWould, WhatIf, is_overdue};

use crate::case::{Id, Money};
use crate::lang::Text;
use figure::Figure;

/// A count, and the cases behind it: one entry for each thing counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted<'a>(Vec<&'a Id>);

impl<'a> Counted<'a> {
    /// Counts one more.
    pub(crate) fn add(&mut self, id: &'a Id) {
        self.0.push(id);
    }

    /// How many.
    pub fn n(&self) -> usize {
        self.0.len()
    }

    /// The cases, each once, by id.
    pub(crate) fn cases(&self) -> Vec<&'a Id> {
        let mut cases = self.0.clone();
        cases.sort_unstable();
        cases.dedup();
        cases
    }

    /// How many cases.
    pub(crate) fn unique(&self) -> usize {
        self.cases().len()
    }

    /// All that another one counts, too.
    pub(crate) fn extend(&mut self, more: &Counted<'a>) {
        self.0.extend(&more.0);
    }
}

impl<'a> FromIterator<&'a Id> for Counted<'a> {
    fn from_iter<I: IntoIterator<Item = &'a Id>>(ids: I) -> Counted<'a> {
        Counted(ids.into_iter().collect())
    }
}

/// A share of a count; `None` where nothing is counted, not 0 % and not 100 %.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A figure of costs, in the shop's currency.
fn cost_of<'f>(cost: Money) -> Figure<'f> {
    Figure::new("cost", FigureUnit::Money, cost.0 as f64 / 100.0)
        .called("cost", "费用")
        .reads(Text::same(cost.to_string()))
}
