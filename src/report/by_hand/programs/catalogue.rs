//! Every figure that a report prints is explained, in both languages.

use std::collections::BTreeSet;

use super::march;
use crate::lang::{Lang, Text};
use crate::report::figure::{FigureEntry, Figures};
use crate::report::{
    Breakdown, CauseReport, Definition, Department, Dimension, LimitUsage, Monthly, OverdueReport, People,
    Quarterly, Sample, SatisfactionReport, TimesReport, Trend, TrendColumn, WasAndWould, WhatIf, catalogue,
};
use crate::view::View;

/// The same view.
fn again<'a>(view: &View<'a>) -> View<'a> {
    View { cases: view.cases.clone(), ..*view }
}

fn all() -> Vec<Definition> {
    catalogue().into_iter().flat_map(|chapter| chapter.figures).collect()
}

/// Asserts that the catalogue has every figure of a table, and counts them.
fn explained(figures: &Figures<'_>, known: &[Definition], seen: &mut usize) {
    for entry in &figures.entries {
        match entry {
            FigureEntry::Figure(figure) => {
                *seen += 1;
                let is_it =
                    |one: &Definition| (&one.label, &one.means) == (&figure.label, &figure.definition);
                assert!(known.iter().any(is_it), "{}: {:?}", figure.key, figure.definition);
            }
            FigureEntry::Table(_, Some(inner)) => explained(inner, known, seen),
            FigureEntry::Rows(_, _, rows) => rows.iter().for_each(|row| explained(row, known, seen)),
            FigureEntry::Table(_, None) | FigureEntry::Word(..) | FigureEntry::Cases => {}
        }
    }
}

#[test]
fn every_figure_of_every_report_is_in_the_catalogue() {
    let (known, mut seen, mut reports) = (all(), 0, BTreeSet::new());
    march(|view, period| {
        let book = view.book;
        let months = [(period.clone(), again(view))];
        let departments = Department::all(view, period);
        let quarterly = Quarterly::of(view, period, &months, &departments);
        let sample = Sample::draw(view, period, &Sample::KINDS, 5, "1");
        let (drawn, answers) = (sample.drawn(), sample.answers(view.horizon.at));
        let views = WasAndWould { was: again(view), would: again(view) };
        let used = LimitUsage::of(view, period);
        let overdue = OverdueReport::of(view);
        let groups = overdue.by(Dimension::Kind);
        let kinds = Breakdown::of(view, period, Dimension::Kind);
        let trend = Trend { columns: vec![TrendColumn::of(view, period, &[Dimension::Kind])] };
        let mut see = |report: &'static str, figures: &Figures<'_>| {
            reports.insert(report);
            explained(figures, &known, &mut seen);
        };
        see("monthly", &Monthly::of(view, period).table(book));
        see("quarterly", &quarterly.table(book));
        see("people", &People::of(view, period, &months).table(book));
        see("satisfaction", &SatisfactionReport::of(view, period).table(book));
        see("causes", &CauseReport::of(view, period).table(book));
        see("times", &TimesReport::of(view, period, &[Dimension::Kind]).table(book));
        see("sample", &sample.table(&drawn, &answers));
        see("try", &WhatIf::of(&views, period).table(book));
        see("try", &LimitUsage::all(&used));
        see("overdue", &overdue.table(book));
        groups.iter().for_each(|group| see("overdue", &group.table(Dimension::Kind, book)));
        kinds.table(book).iter().for_each(|row| see("groups", row));
        see("trend", &trend.table(&[Dimension::Kind], book));
    });
    assert!(seen > 1_000, "{seen}");
    let tree = crate::cli::tree(Lang::En);
    for report in tree.find_subcommand("report").unwrap().get_subcommands() {
        // The difference shows figures of the other reports.
        let name = report.get_name();
        assert!(name == "diff" || reports.contains(name), "{name} is missing here");
    }
}

#[test]
fn every_figure_has_a_name_and_a_sentence_in_both_languages() {
    for Definition { key, label, means, .. } in all() {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!label.to(lang).is_empty(), "{key}");
            let end = if lang == Lang::En { '.' } else { '。' };
            assert!(means.to(lang).ends_with(end), "{key}: {}", means.to(lang));
        }
        assert_ne!(means.to(Lang::En), means.to(Lang::Zh), "{key}");
    }
    assert!(
        catalogue().iter().all(|chapter| chapter.title != Text::default() && !chapter.figures.is_empty())
    );
}
