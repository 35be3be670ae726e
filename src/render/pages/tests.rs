//! Every page of the example shop fits a terminal of 80 columns in both languages: words may be cut, figures not.

use std::path::Path;

use super::{ReportHeading, causes, monthly, quarterly, times, trend};
use crate::case::{Case, Stamp};
use crate::lang::Lang;
use crate::render::document::{Align, Body};
use crate::render::{Document, Table, width};
use crate::report::{
    CauseReport, Department, Dimension, Monthly, Period, Quarterly, Span, TimesReport, Trend, TrendColumn,
};
use crate::session::{Session, Setting};
use crate::ui::{Colour, Streams, Terminal};
use crate::view::{Horizon, View};

const TERMINAL: usize = 80;
/// Words are cut no further.
const NARROWEST: usize = 8;
/// Below a title; between columns.
const INDENT: usize = 2;
const GAP: usize = 2;

fn shop() -> Session {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/teashop");
    let terminal = Terminal::new(Lang::En, Colour::Never, |_| None, Streams::default());
    let now = Stamp::parse("2026-11-20T10:00:00+08:00").unwrap().instant();
    Session::open(Setting {
        directory,
        now,
        now_given: true,
        revision: None,
        lang: None,
        commit: false,
        editors: Vec::new(),
        terminal,
    })
    .unwrap()
}

/// How wide a table is when its words are cut as far as they may be.
fn breadth(table: &Table, titled: bool, lang: Lang) -> usize {
    let column = |(at, column): (usize, &crate::render::Column)| {
        let cells = table.rows.iter().map(|row| width(row[at].text.to(lang)));
        let widest = cells.chain([width(column.title.to(lang))]).max().unwrap_or(0);
        if column.align == Align::Left { widest.min(NARROWEST) } else { widest }
    };
    let columns: usize = table.columns.iter().enumerate().map(column).sum();
    columns + GAP * (table.columns.len() - 1) + if titled { INDENT } else { 0 }
}

#[track_caller]
fn fits(page: &Document) {
    for section in &page.sections {
        if let Body::Table(table) = &section.body {
            for lang in [Lang::En, Lang::Zh] {
                let breadth = breadth(table, section.title.is_some(), lang);
                let heads: Vec<&str> = table.columns.iter().map(|column| column.title.to(lang)).collect();
                assert!(breadth <= TERMINAL, "{breadth}: {heads:?}");
            }
        }
    }
}

#[test]
fn no_figure_is_cut_at_80_columns() {
    let session = shop();
    let (book, zone) = (&session.book, &session.book.shop.zone);
    let scan = session.ledger.scan();
    let cases: Vec<&Case> = scan.cases.iter().map(|found| &found.case).collect();
    let period = |word: &str| Period::parse(word, book.shop.day(session.now), zone).unwrap();
    let view = |period: &Period| View::of(&cases, book, Horizon { at: period.end, inclusive: false });
    let (quarter, before, year) = (period("2026-Q3"), period("2026-Q2"), period("2026"));
    let (now, then) = (view(&quarter), view(&before));
    let heading = ReportHeading { book, as_of: quarter.end, files: 1, commit: None, query: &[] };
    fits(&causes(&CauseReport::of(&now, &quarter), Some(&CauseReport::of(&then, &before)), &heading));
    fits(&times(&TimesReport::of(&now, &quarter, &[Dimension::Department]), &heading));
    fits(&monthly(&Monthly::of(&now, &quarter), None, None, &heading));
    let departments = Department::all(&then, &before);
    fits(&quarterly(&Quarterly::of(&now, &quarter, &[], &departments), None, None, &heading));
    let columns = year.split(Span::Month, zone).into_iter().map(|month| {
        let view = view(&month);
        TrendColumn::of(&view, &month, &[Dimension::Category])
    });
    let trended = Trend { columns: columns.collect() };
    fits(&trend(&trended, &year, &[Dimension::Category], &heading));
}
