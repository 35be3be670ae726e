//! A page for a terminal or a pipe: aligned, borderless, nothing wider than the paper.
//!
//! comfy-table lays a table out; a section's title in the head of its table, colour, and two short tables side by
//! side are added here.

use anstyle::{AnsiColor, Style};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, Row, TableStyle, Width,
};

use crate::lang::{Lang, Text, clean};

use super::document::{Align, Body, Column, Document, Section, Table, Tone};
use super::redact;
use super::width::{cut, width, wrap};

/// How far the lines below a title are indented.
const INDENT: usize = 2;
/// Columns between the columns of a table.
const GAP: usize = 2;
/// Columns between two sections side by side, which are never wider than `ABREAST`.
const GUTTER: usize = 4;
const ABREAST: usize = 120;
/// A column of words is not cut below this: an id, a date's day stay readable.
const NARROWEST: usize = 8;
/// Separates columns while they are laid out; no cleaned word contains it.
const BETWEEN: char = '\u{1f}';

/// What a page is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// In columns; `usize::MAX`: a pipe, where nothing is cut or wrapped.
    pub width: usize,
    /// Whether colour is wanted.
    pub colour: bool,
}

impl Paper {
    /// A pipe or a file: as wide as it takes, without colour.
    pub(crate) const PLAIN: Paper = Paper { width: usize::MAX, colour: false };
}

/// The page as people read it, ending with a newline.
pub(crate) fn text(document: &Document, lang: Lang, paper: Paper) -> String {
    let document = &*redact::page(document);
    let draw = TextWriter { lang, paper };
    let mut parts = vec![draw.lines([document.title.to(lang)], 0, Tone::Strong)];
    parts.push(draw.lines(document.lead.iter().map(|text| text.to(lang)), INDENT, Tone::Plain));
    let mut sections = document.sections.iter().peekable();
    while let Some(section) = sections.next() {
        let mut part = draw.section(section);
        let mut right = Vec::new();
        while let Some(next) = sections.next_if(|next| next.beside) {
            let block = draw.section(next);
            if breadth(&part) + GUTTER + breadth(&block) <= paper.width.min(ABREAST) {
                right.extend((!right.is_empty()).then(TextLine::default));
                right.extend(block);
            } else {
                parts.push(abreast(part, std::mem::take(&mut right)));
                part = block;
            }
        }
        parts.push(abreast(part, right));
    }
    parts.push(draw.lines(document.foot.iter().map(|text| text.to(lang)), 0, Tone::Plain));
    parts.retain(|part| part.iter().any(|line| line.width > 0));
    parts.into_iter().map(written).collect::<Vec<_>>().join("\n")
}

fn written(lines: Vec<TextLine>) -> String {
    lines.into_iter().map(|line| line.text + "\n").collect()
}

/// One line and the columns that it fills; it never ends with a space.
#[derive(Default)]
struct TextLine {
    text: String,
    width: usize,
}

impl TextLine {
    /// Puts words at a column, or at the end of the line if that is further right.
    fn put(&mut self, column: usize, words: &str, style: Style) {
        if words.is_empty() {
            return;
        }
        let space = column.saturating_sub(self.width);
        self.text.extend(std::iter::repeat_n(' ', space));
        self.text.push_str(&format!("{style}{words}{style:#}"));
        self.width += space + width(words);
    }

    fn append(&mut self, column: usize, line: &TextLine) {
        if line.width > 0 {
            let space = column.saturating_sub(self.width);
            self.text.extend(std::iter::repeat_n(' ', space));
            self.text.push_str(&line.text);
            self.width += space + line.width;
        }
    }
}

fn breadth(lines: &[TextLine]) -> usize {
    lines.iter().map(|line| line.width).max().unwrap_or(0)
}

fn abreast(mut left: Vec<TextLine>, right: Vec<TextLine>) -> Vec<TextLine> {
    let column = breadth(&left) + GUTTER;
    left.resize_with(left.len().max(right.len()), TextLine::default);
    left.iter_mut().zip(&right).for_each(|(left, right)| left.append(column, right));
    left
}

struct TextWriter {
    lang: Lang,
    paper: Paper,
}

impl TextWriter {
    fn style(&self, tone: Tone) -> Style {
        match tone {
            _ if !self.paper.colour => Style::new(),
            Tone::Plain => Style::new(),
            Tone::Late => AnsiColor::Red.on_default(),
            Tone::Soon => AnsiColor::Yellow.on_default(),
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Dim => Style::new().dimmed(),
            Tone::Strong => Style::new().bold(),
        }
    }

    fn lines<'t>(
        &self,
        texts: impl IntoIterator<Item = &'t str>,
        indent: usize,
        tone: Tone,
    ) -> Vec<TextLine> {
        let room = self.paper.width.saturating_sub(indent);
        let wrapped = texts.into_iter().flat_map(|text| wrap(clean(text).trim_end(), room));
        let mut lines = Vec::new();
        for words in wrapped {
            let mut line = TextLine::default();
            line.put(indent, &words, self.style(tone));
            lines.push(line);
        }
        lines
    }

    fn section(&self, section: &Section) -> Vec<TextLine> {
        let title = section.title.as_ref().map_or("", |title| title.to(self.lang));
        match &section.body {
            Body::Table(table) => self.table(title, table),
            Body::Lines(lines) => {
                let mut drawn = Vec::new();
                if !title.is_empty() {
                    drawn.extend(self.lines([title], 0, Tone::Strong));
                }
                let indent = if title.is_empty() { 0 } else { INDENT };
                drawn.extend(self.lines(lines.iter().map(|text| text.to(self.lang)), indent, Tone::Plain));
                drawn
            }
        }
    }

    /// The title is the head of the first column if that has none, else a line above the table.
    fn table(&self, title: &str, table: &Table) -> Vec<TextLine> {
        let title = clean(title);
        let title = title.trim();
        let indent = " ".repeat(if title.is_empty() { 0 } else { INDENT });
        let mut heads: Vec<String> = table.columns.iter().map(|column| self.words(&column.title)).collect();
        let named = heads.iter().any(|head| !head.is_empty());
        let titled = !title.is_empty() && named && heads[0].is_empty();
        let mut drawn = Vec::new();
        if !title.is_empty() && !titled {
            drawn.extend(self.lines([title], 0, Tone::Strong));
        }
        let (mut rows, mut tones) = (Vec::new(), Vec::new());
        if named {
            heads[0].insert_str(0, if titled { title } else { &indent });
            rows.push(heads);
            tones.push(vec![Tone::Dim; table.columns.len()]);
            tones[0][0] = if titled { Tone::Strong } else { Tone::Dim };
        }
        for cells in &table.rows {
            let mut words: Vec<String> = cells.iter().map(|cell| self.words(&cell.text)).collect();
            if let Some(first) = words.first_mut() {
                first.insert_str(0, &indent);
            }
            rows.push(words);
            tones.push(cells.iter().map(|cell| cell.tone).collect());
        }
        let ends = self.ends(&table.columns, &mut rows);
        let laid = lay_out(rows, &table.columns, indent.len(), self.paper.width);
        let parts = laid.iter().zip(&ends).zip(&tones);
        drawn.extend(parts.map(|((laid, end), tones)| self.row(laid, end.as_deref(), tones)));
        drawn
    }

    /// In a pipe, takes the words that end each row out of the columns: as a column, one long text would make all rows
    /// as long.
    fn ends(&self, columns: &[Column], rows: &mut [Vec<String>]) -> Vec<Option<String>> {
        match columns {
            [_, .., Column { align: Align::Left, .. }] if self.paper.width == usize::MAX => {
                rows.iter_mut().map(Vec::pop).collect()
            }
            _ => vec![None; rows.len()],
        }
    }

    fn words(&self, text: &Text) -> String {
        clean(text.to(self.lang)).trim_end().to_owned()
    }

    /// One row as it was laid out, and what ends it: in colour, no wider than the paper.
    fn row(&self, laid: &str, end: Option<&str>, tones: &[Tone]) -> TextLine {
        let mut line = TextLine::default();
        let mut column = 0;
        for (cell, tone) in laid.split(BETWEEN).chain(end).zip(tones) {
            let words = cell.trim_start_matches(' ');
            let start = column + cell.len() - words.len();
            let room = self.paper.width.saturating_sub(start);
            line.put(start, &cut(words.trim_end(), room), self.style(*tone));
            column += width(cell) + GAP;
        }
        line
    }
}

/// The rows, a line each: the words of a column equally wide, cut where all would not fit on the paper.
fn lay_out(rows: Vec<Vec<String>>, columns: &[Column], indent: usize, paper: usize) -> Vec<String> {
    let mut grid = comfy_table::Table::new();
    grid.load_style(TableStyle::new().content_lines(ContentLineStyle::none().junction(BETWEEN)));
    // Words are cut in their middle: broken at a space, a line would end far before its column does
    grid.set_delimiter(BETWEEN);
    grid.add_rows(rows.into_iter().map(one_line));
    if let Ok(paper) = u16::try_from(paper) {
        // What is between two columns counts as one
        let gaps = (GAP - 1) * columns.len().saturating_sub(1);
        grid.set_width(paper.saturating_sub(gaps as u16))
            .set_content_arrangement(ContentArrangement::Dynamic);
    }
    let widths = grid.column_max_content_widths();
    for ((laid, column), width) in grid.column_iter_mut().zip(columns).zip(widths) {
        let narrowest = (NARROWEST + if laid.index == 0 { indent } else { 0 }) as u16;
        laid.set_padding((0, 0));
        laid.set_constraint(match column.align {
            Align::Left if width > narrowest => ColumnConstraint::LowerBoundary(Width::Fixed(narrowest)),
            Align::Left | Align::Right => ColumnConstraint::ContentWidth,
        });
        laid.set_cell_alignment(match column.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    grid.lines().collect()
}

fn one_line(words: Vec<String>) -> Row {
    let mut row = Row::from(words);
    row.max_height(1);
    row
}

#[cfg(test)]
mod tests;
