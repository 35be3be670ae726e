//! All figures that reports have, with what each says: for `fb help figures` and for the documentation.
//!
//! Each chapter is made from the table of an empty report, so that a figure is here as soon as it is in its table.

use super::appraisal::{Appraisal, HandlingRate};
use super::attitude::about_attitude;
use super::cause_report::diagnosed_in_all;
use super::causes::Cause;
use super::clocks::all_clocks;
use super::figure::{Figure, FigureEntry, FigureUnit, Figures};
use super::improvements::again;
use super::overdue::{OverdueGroup, late_by};
use super::sample::counted;
use super::satisfaction::{dissatisfied_customers, unscored};
use super::stalled::quiet;
use super::times_report::spent_share;
use super::trend::{backlog, resolution};
use super::what_if::totals;
use super::{
    Age, ClockFigures, ComplaintRate, Counted, Department, Distribution, Flow, Given, Grade, Ground,
    Handling, LimitUsage, Measured, Recurring, Repeat, Rule, Satisfaction, Scores, Summary, TargetFigures,
    Times, ValueCounts, say,
};
use crate::clock::Limit;
use crate::lang::Text;

/// What one figure says.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its name for programs.
    pub key: &'static str,
    /// Its name for people.
    pub label: Text,
    /// What its value is; `None` of a group of figures.
    pub unit: Option<FigureUnit>,
    /// What it says, in one sentence.
    pub means: Text,
    /// The clause of a rule book that asks for it.
    pub clause: Option<&'static str>,
}

/// The figures of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// What people call the table.
    pub title: Text,
    /// Where programs find it in a report.
    pub place: &'static str,
    /// Its figures, in order.
    pub figures: Vec<Definition>,
}

/// Every figure of every report, table by table.
pub fn catalogue() -> Vec<Chapter> {
    let (none, late) = (Counted::default(), OverdueGroup::default());
    let (flow, times, handling) = (Flow::default(), Times::default(), Handling::default());
    let (row, department, satisfaction) =
        (ValueCounts::default(), Department::default(), Satisfaction::default());
    let (scores, appraisal, rate) = (Scores::default(), Appraisal::default(), HandlingRate::default());
    vec![
        chapter(say::flow(), "flow", &flow.table()),
        chapter(say::resolved(), "resolved", &times.resolved()),
        chapter(say::times(), "times", &times.table()),
        chapter(say::each_time(), "times.*.elapsed", &Summary::table(0, None)),
        chapter(say::spread(), "distribution.*", &Distribution::of(&Measured::default()).table()),
        chapter(say::statuses(), "statuses[]", &one(spent_share(None))),
        chapter(say::limits(), "clocks[]", &ClockFigures::default().table()),
        chapter(say::all_limits(), "groups.*[]", &all_clocks(&[])),
        chapter(say::targets(), "targets[]", &no_target().table()),
        chapter(say::used(), "used[]", &no_limit_used().table()),
        chapter(say::overdue(), "overdue[]", &one(late_by(0)).and(late.counts())),
        chapter(say::stalled(), "stalled[]", &one(quiet(0))),
        chapter(say::age(), "age", &Age::none().table()),
        chapter(say::satisfaction(), "satisfaction", &satisfaction.table()),
        chapter(say::scores_given(), "survey", &scores.table()),
        chapter(say::scores(), "survey.distribution[]", &Scores::row(1, &none)),
        chapter(say::no_score(), "satisfaction.unscored", &one(unscored(&none))),
        chapter(say::dissatisfied_causes(), "dissatisfied_causes[]", &one(dissatisfied_customers(&none))),
        chapter(say::sample(), "sample", &counted(0, 0, &none, &(Counted::default(), Scores::default()))),
        chapter(say::handling(), "handling", &handling.table()),
        chapter(say::remedies(), "remedies[]", &Given::default().table(Text::default())),
        chapter(say::repeat(), "repeat_customers[]", &Repeat::row("", &none)),
        chapter(
            say::complaint_rate(),
            "complaint_rate",
            &ComplaintRate { complaints: 0, orders: None }.table(),
        ),
        chapter(say::diagnosed(), "diagnosed", &diagnosed_in_all(0, 0)),
        chapter(say::causes(), "causes[]", &Cause::new("").row(0, None)),
        chapter(say::recurring(), "recurring[]", &no_cause_again().table()),
        chapter(say::improvements(), "improvements[]", &one(again(None))),
        chapter(say::dimensions(), "by.*[]", &row.table()),
        chapter(say::departments(), "departments[]", &department.own()),
        chapter(say::grounds(), "departments[].grounds[]", &no_ground().table()),
        chapter(say::people(), "people[]", &appraisal.table()),
        chapter(say::handling_rate(), "people[].handling_rate", &rate.table()),
        chapter(say::attitude(), "attitude", &one(about_attitude(Counted::default()))),
        chapter(say::columns(), "columns[]", &resolution((None, None)).figure(backlog(0))),
        chapter(say::trial(), "totals", &totals(0, 0)),
    ]
}

fn one(figure: Figure<'_>) -> Figures<'_> {
    Figures::new().figure(figure)
}

/// The figures of a table, and the tables in it that have a definition of their own.
fn chapter(title: Text, place: &'static str, figures: &Figures<'_>) -> Chapter {
    Chapter { title, place, figures: figures.entries.iter().filter_map(definition).collect() }
}

fn definition(entry: &FigureEntry<'_>) -> Option<Definition> {
    match entry {
        FigureEntry::Figure(figure) => Some(Definition {
            key: figure.key,
            label: figure.label.clone(),
            unit: Some(figure.unit),
            means: figure.definition.clone(),
            clause: figure.clause,
        }),
        FigureEntry::Table(key, Some(group)) if group.definition != Text::default() => Some(Definition {
            key,
            label: group.label.clone(),
            unit: None,
            means: group.definition.clone(),
            clause: None,
        }),
        _ => None,
    }
}

fn no_target<'a>() -> TargetFigures<'a> {
    TargetFigures {
        name: "",
        label: Text::default(),
        clause: None,
        limit: Limit::Hours(0),
        wanted: 0.0,
        counted: Counted::default(),
        within: Counted::default(),
        beyond: Counted::default(),
        unknown: Counted::default(),
    }
}

fn no_limit_used<'a>() -> LimitUsage<'a> {
    LimitUsage::none("", Text::default(), Limit::Hours(0))
}

fn no_cause_again<'a>() -> Recurring<'a> {
    Recurring { cause: "", product: None, cases: Counted::default(), improvements: Vec::new() }
}

fn no_ground<'a>() -> Ground<'a> {
    Ground {
        rule: Rule::Limits,
        grade: Grade::Kept,
        n: 0,
        share: None,
        before: None,
        cases: Counted::default(),
    }
}
