//! Why it happened (S0.6, S1.4.4, S1.4.7; ISO 10002, 8.2): the causes of a period and what comes again.

use super::causes::diagnosed;
use super::figure::{Figure, Figures};
use super::pareto::Pareto;
use super::period::Period;
use super::{Causes, Dimension, Recurring, say};
use crate::case::State;
use crate::lang::Text;
use crate::policy::RuleBook;
use crate::view::View;

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
        let by_category = |state: &State<'a>| Dimension::Category.of(state);
        let by_product = |state: &State<'a>| Dimension::Product.of(state);
        CauseReport {
            period: period.clone(),
            causes: Causes::of(view, period),
            category: by(view, period, by_category),
            product: by(view, period, by_product),
            responsible: by(view, period, |state| state.responsible),
            recurring: Recurring::all(view, period),
        }
    }

    /// The report.
    pub(crate) fn table(&self, book: &RuleBook) -> Figures<'_> {
        let justified = self.causes.rows.iter().map(|cause| cause.justified.n()).sum();
        Figures::new()
            .table("diagnosed", diagnosed_in_all(self.causes.total(), justified))
            .rows("causes", say::causes(), self.causes.table())
            .rows(
                "category",
                say::category(),
                self.category.table(|key| Dimension::Category.value(book, key)),
            )
            .rows("product", say::product(), self.product.table(|key| Dimension::Product.value(book, key)))
            .rows(
                "responsible",
                say::responsible(),
                self.responsible.table(|key| key.map_or_else(say::not_named, Text::same)),
            )
            .rows("recurring", say::recurring(), self.recurring.iter().map(Recurring::table))
    }
}

/// The cases diagnosed in the period, by a value of their state after the diagnosis.
fn by<'a>(view: &View<'a>, period: &Period, value: impl Fn(&State<'a>) -> Option<&'a str>) -> Pareto<'a> {
    let cases = diagnosed(view, period);
    Pareto::of(
        cases.map(|(case, step, _)| (value(&step.state), case.id(), step.state.justified == Some(true))),
    )
}

/// How many cases were diagnosed, and how many of them were justified.
pub(super) fn diagnosed_in_all<'f>(n: usize, justified: usize) -> Figures<'f> {
    Figures::new()
        .called(say::diagnosed())
        .figure(Figure::count("n", n).called("diagnosed", "查明原因").means(
            "Cases whose cause was found in the period, each once.",
            "期内查明原因的件数，每件计一次。",
        ))
        .figure(
            Figure::count("justified", justified)
                .called("justified", "成立")
                .means("Those of them that were judged justified.", "其中判定为成立的件数。"),
        )
}
