//! A table as a drawing: where its bars, its line and its words are.
//!
//! Only geometry, from the same cells as the table beside it; the markup is the page's. A cell without a value has no
//! bar. Words are cut to fit; the table has them in full.

use serde_json::Value;

use crate::lang::{Lang, Text, clean};

use super::document::{Cell, Chart, Table};
use super::width::{cut, width};

/// How wide a drawing is; everything in it is measured in the same unit, about a pixel of a phone.
const WIDTH: f64 = 360.0;
/// Where lying bars begin; labels are left of it.
const LABELS: f64 = 118.0;
/// As far as the longest lying bar reaches; figures are right of it.
const REACH: f64 = 320.0;
/// From one lying bar to the next, and how thick it is.
const STEP: f64 = 20.0;
const THICK: f64 = 12.0;
/// As high as the highest standing bar.
const HIGH: f64 = 110.0;
/// A column of a terminal is about so wide in the drawing's letters, and a letter so high.
const LETTER: f64 = 6.4;
const LINE: f64 = 16.0;
/// At most so many rows of a table are drawn.
const MOST: usize = 20;
/// The shares that Pareto's diagram marks: half, and the four fifths that the few make up.
const MARKED: [(f64, &str); 3] = [(0.5, "50 %"), (0.8, "80 %"), (1.0, "100 %")];

/// What is drawn, in a box of `width` by `height`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Drawing {
    /// What is drawn, by its name in the table; empty if the title says it.
    pub caption: String,
    /// The same in words, for people who cannot see it.
    pub told: String,
    pub width: f64,
    pub height: f64,
    pub bars: Vec<Bar>,
    /// The points of the line, if there is one.
    pub line: Vec<(f64, f64)>,
    pub rules: Vec<ReferenceLine>,
    pub labels: Vec<Label>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// An upright line to compare with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReferenceLine {
    pub x: f64,
    pub top: f64,
    pub words: &'static str,
    pub anchor: &'static str,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub x: f64,
    pub y: f64,
    /// Which part of the words is at `x`: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// Whether it leans, where many are side by side.
    pub slanted: bool,
    pub words: String,
}

/// A row or a column of the table, to be drawn.
struct ChartValue {
    label: String,
    /// Its value, for people.
    figure: String,
    value: Option<f64>,
    /// The share of all up to this one, from 0 to 1.
    so_far: Option<f64>,
}

impl ChartValue {
    fn of(label: &Text, cell: &Cell, so_far: Option<&Cell>, lang: Lang) -> ChartValue {
        ChartValue {
            label: clean(label.to(lang)).into_owned(),
            figure: clean(cell.text.to(lang)).into_owned(),
            value: number(cell),
            so_far: so_far.and_then(number),
        }
    }
}

/// The table as a drawing; `None` if there is nothing to compare.
pub(super) fn draw(chart: Chart, title: &str, table: &Table, lang: Lang) -> Option<Drawing> {
    let data = data(chart, table, lang)?;
    let told: Vec<String> = data.iter().map(|it| format!("{} {}", it.label, it.figure)).collect();
    let drawing = match chart {
        Chart::Bars { .. } => lying(&data),
        Chart::Trend { .. } => standing(&data),
        Chart::Pareto { .. } => pareto(&data),
    };
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let between = if lang == Lang::Zh { "，" } else { ", " };
    let caption = caption(chart, table, lang);
    Some(Drawing { told: format!("{title}{colon}{}", told.join(between)), caption, ..drawing })
}

fn caption(chart: Chart, table: &Table, lang: Lang) -> String {
    let head = |key: &str| table.columns.iter().find(|column| column.key == key).map(|column| &column.title);
    let names = match chart {
        Chart::Bars { column } => vec![head(column)],
        Chart::Pareto { count, share } => vec![head(count), head(share)],
        Chart::Trend { row } => vec![table.rows.get(row).and_then(|row| row.first()).map(|cell| &cell.text)],
    };
    let names = names.into_iter().flatten().map(|name| clean(name.to(lang)).into_owned());
    names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn data(chart: Chart, table: &Table, lang: Lang) -> Option<Vec<ChartValue>> {
    let place = |key: &str| table.columns.iter().position(|column| column.key == key);
    let rows = table.rows.iter().take(MOST);
    let mut data = Vec::new();
    match chart {
        Chart::Bars { column } => {
            let column = place(column)?;
            data.extend(rows.map(|row| ChartValue::of(&row[0].text, &row[column], None, lang)));
        }
        Chart::Pareto { count, share } => {
            let (count, share) = (place(count)?, place(share)?);
            data.extend(rows.map(|row| ChartValue::of(&row[0].text, &row[count], Some(&row[share]), lang)));
        }
        Chart::Trend { row } => {
            let cells = table.columns.iter().zip(table.rows.get(row)?).skip(1);
            data.extend(cells.map(|(column, cell)| ChartValue::of(&column.title, cell, None, lang)));
        }
    }
    let drawn = data.iter().filter(|it| it.value.is_some_and(|value| value > 0.0)).count();
    (drawn > 0 && data.len() > 1).then_some(data)
}

fn number(cell: &Cell) -> Option<f64> {
    cell.value.as_ref().and_then(Value::as_f64).filter(|value| *value >= 0.0)
}

fn highest(data: &[ChartValue]) -> f64 {
    data.iter().filter_map(|it| it.value).fold(0.0, f64::max)
}

/// A tenth is fine enough, and the same on every machine.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

fn lying_bar(row: usize, top: f64, share: f64) -> Bar {
    let y = top + row as f64 * STEP + (STEP - THICK) / 2.0;
    Bar { x: LABELS, y, width: tenth(share * (REACH - LABELS)), height: THICK }
}

/// A word at the left of a lying bar.
fn beside(row: usize, top: f64, words: String) -> Label {
    let y = top + row as f64 * STEP + STEP / 2.0 + 4.0;
    Label { x: LABELS - 6.0, y, anchor: "end", slanted: false, words }
}

fn lying(data: &[ChartValue]) -> Drawing {
    let (top, room) = (0.0, ((LABELS - 6.0) / LETTER) as usize);
    let most = highest(data);
    let mut drawing = Drawing { width: WIDTH, height: data.len() as f64 * STEP, ..Drawing::default() };
    for (row, it) in data.iter().enumerate() {
        let label = beside(row, top, cut(&it.label, room));
        let bar = it.value.map(|value| lying_bar(row, top, value / most));
        let x = bar.map_or(LABELS, |bar| bar.x + bar.width) + 5.0;
        let figure = Label { x: tenth(x), anchor: "start", words: it.figure.clone(), ..label.clone() };
        drawing.bars.extend(bar);
        drawing.labels.extend([label, figure]);
    }
    drawing
}

/// The bars and the line have one scale: a bar is what its row adds to the line.
fn pareto(data: &[ChartValue]) -> Drawing {
    let mut drawing = Drawing { width: WIDTH, height: LINE + data.len() as f64 * STEP, ..Drawing::default() };
    let scale = REACH - LABELS;
    drawing.rules = MARKED
        .map(|(share, words)| ReferenceLine {
            x: tenth(LABELS + share * scale),
            top: LINE,
            words,
            anchor: "middle",
        })
        .to_vec();
    let mut before = 0.0;
    for (row, it) in data.iter().enumerate() {
        let figure = format!(" {}", it.figure);
        let room = ((LABELS - 6.0) / LETTER) as usize;
        let words = cut(&it.label, room.saturating_sub(width(&figure))) + &figure;
        drawing.labels.push(beside(row, LINE, words));
        let Some(so_far) = it.so_far else { continue };
        let bar = lying_bar(row, LINE, (so_far - before).max(0.0));
        drawing.bars.push(bar);
        drawing.line.push((tenth(LABELS + so_far * scale), bar.y + THICK / 2.0));
        before = so_far;
    }
    drawing
}

fn standing(data: &[ChartValue]) -> Drawing {
    let step = WIDTH / data.len() as f64;
    let thick = (step * 0.6).min(48.0);
    let longest = data.iter().map(|it| width(&it.label)).max().unwrap_or(0) as f64 * LETTER;
    let slanted = longest > step;
    let below = if slanted { longest * 0.75 } else { 0.0 } + LINE;
    let most = highest(data);
    let mut drawing = Drawing { width: WIDTH, height: tenth(LINE + HIGH + below), ..Drawing::default() };
    for (place, it) in data.iter().enumerate() {
        let middle = tenth((place as f64 + 0.5) * step);
        let height = tenth(it.value.unwrap_or(0.0) / most * HIGH);
        let y = LINE + HIGH - height;
        let bar = Bar { x: tenth(middle - thick / 2.0), y, width: tenth(thick), height };
        drawing.bars.extend(it.value.map(|_| bar));
        let figure =
            Label { x: middle, y: y - 4.0, anchor: "middle", slanted: false, words: it.figure.clone() };
        let anchor = if slanted { "end" } else { "middle" };
        let label =
            Label { y: LINE + HIGH + LINE - 2.0, anchor, slanted, words: it.label.clone(), ..figure.clone() };
        drawing.labels.extend([figure, label]);
    }
    drawing
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::document::{Column, Unit};
    use super::*;

    fn table(rows: &[(&str, u64, Option<f64>)]) -> Table {
        let mut table = Table::new([
            Column::words("cause", Text::of("Causes", "原因")),
            Column::numbers("n", Text::of("n", "件数")),
            Column::numbers("so_far", Text::of("so far", "累计")),
        ]);
        for (cause, n, so_far) in rows {
            let share = match so_far {
                Some(share) => Cell::word(format!("{share}")).value(*share).unit(Unit::Share),
                None => Cell::word("n/a").value(Value::Null),
            };
            table.row([Cell::word(*cause), Cell::number(*n), share]);
        }
        table
    }

    #[test]
    fn the_longest_bar_reaches_the_edge_and_the_others_are_in_proportion() {
        let table = table(&[("a", 8, None), ("b", 2, None), ("c", 0, None)]);
        let drawing = draw(Chart::Bars { column: "n" }, "Causes", &table, Lang::En).unwrap();
        let widths: Vec<f64> = drawing.bars.iter().map(|bar| bar.width).collect();
        // 320 - 118 = 202 for 8, a quarter of it for 2
        assert_eq!(widths, [202.0, 50.5, 0.0]);
        assert_eq!(drawing.told, "Causes: a 8, b 2, c 0");
        assert_eq!(drawing.height, 60.0);
    }

    #[test]
    fn a_bar_of_pareto_is_what_its_row_adds_to_the_line() {
        let table = table(&[("a", 5, Some(0.5)), ("b", 3, Some(0.8)), ("c", 2, Some(1.0))]);
        let chart = Chart::Pareto { count: "n", share: "so_far" };
        let drawing = draw(chart, "原因", &table, Lang::Zh).unwrap();
        let widths: Vec<f64> = drawing.bars.iter().map(|bar| bar.width).collect();
        assert_eq!(widths, [101.0, 60.6, 40.4]);
        // 118 + half, four fifths and all of 202
        let line: Vec<f64> = drawing.line.iter().map(|(x, _)| *x).collect();
        assert_eq!(line, [219.0, 279.6, 320.0]);
        assert_eq!(drawing.rules.iter().map(|rule| rule.x).collect::<Vec<_>>(), line);
        assert_eq!(drawing.told, "原因：a 5，b 3，c 2");
        assert_eq!(drawing.caption, "件数 · 累计");
    }

    #[test]
    fn a_trend_is_a_row_with_a_bar_a_column_and_none_where_there_is_no_figure() {
        let mut table = Table::new([
            Column::words("figure", Text::default()),
            Column::numbers("n", Text::same("2026-09")),
            Column::numbers("n", Text::same("2026-10")),
            Column::numbers("n", Text::same("2026-11")),
        ]);
        table.row([Cell::word("received"), Cell::number(11), Cell::none(), Cell::number(22)]);
        let drawing = draw(Chart::Trend { row: 0 }, "x", &table, Lang::En).unwrap();
        let heights: Vec<f64> = drawing.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [55.0, 110.0]);
        assert_eq!(drawing.told, "x: 2026-09 11, 2026-10 –, 2026-11 22");
        assert_eq!(drawing.caption, "received");
        assert!(drawing.labels.iter().all(|label| !label.slanted));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let bars = Chart::Bars { column: "n" };
        for rows in [&[][..], &[("a", 1, None)], &[("a", 0, None), ("b", 0, None)]] {
            assert_eq!(draw(bars, "", &table(rows), Lang::En), None);
        }
        let some = table(&[("a", 1, None), ("b", 2, None)]);
        assert_eq!(draw(Chart::Bars { column: "other" }, "", &some, Lang::En), None);
        assert_eq!(draw(Chart::Trend { row: 9 }, "", &some, Lang::En), None);
    }
}
