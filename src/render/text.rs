//! A page for a terminal or a pipe: aligned, borderless, nothing wider than the paper.
//!
//! Our own alignment rather than a table crate's: a section's title stands in the head of its table, and two
//! short tables stand side by side.

use anstyle::{AnsiColor, Style};

use crate::lang::{Lang, clean};

use super::discreet;
use super::document::{Align, Body, Document, Section, Table, Tone};
use super::width::{cut, width, wrap};

/// Columns before what belongs to a title.
const INDENT: usize = 2;
/// Columns between the columns of a table.
const GAP: usize = 2;
/// Columns between two sections side by side, which never stand wider than `ABREAST`.
const GUTTER: usize = 4;
const ABREAST: usize = 120;
/// A column of words is not cut below this: an id, a date's day stay readable.
const NARROWEST: usize = 8;

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
    let document = &*discreet::page(document);
    let draw = Draw { lang, paper };
    let mut parts = vec![draw.lines([document.title.to(lang)], 0, Tone::Strong)];
    parts.push(draw.lines(document.lead.iter().map(|text| text.to(lang)), INDENT, Tone::Plain));
    let mut sections = document.sections.iter().peekable();
    while let Some(section) = sections.next() {
        let mut part = draw.section(section);
        let mut right = Vec::new();
        while let Some(next) = sections.next_if(|next| next.beside) {
            let block = draw.section(next);
            if breadth(&part) + GUTTER + breadth(&block) <= paper.width.min(ABREAST) {
                right.extend((!right.is_empty()).then(Line::default));
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
    let parts: Vec<String> = parts
        .into_iter()
        .map(|part| part.into_iter().map(|line| line.text + "\n").collect::<String>())
        .collect();
    parts.join("\n")
}

/// One line and the columns that it fills; it never ends with a space.
#[derive(Default)]
struct Line {
    text: String,
    width: usize,
}

impl Line {
    /// Puts words at a column, or right after what already reaches beyond it.
    fn put(&mut self, column: usize, words: &str, style: Style) {
        if words.is_empty() {
            return;
        }
        let space = column.saturating_sub(self.width);
        self.text.extend(std::iter::repeat_n(' ', space));
        self.text.push_str(&format!("{style}{words}{style:#}"));
        self.width += space + width(words);
    }

    fn append(&mut self, column: usize, line: &Line) {
        if line.width > 0 {
            let space = column.saturating_sub(self.width);
            self.text.extend(std::iter::repeat_n(' ', space));
            self.text.push_str(&line.text);
            self.width += space + line.width;
        }
    }
}

fn breadth(lines: &[Line]) -> usize {
    lines.iter().map(|line| line.width).max().unwrap_or(0)
}

fn abreast(mut left: Vec<Line>, right: Vec<Line>) -> Vec<Line> {
    let column = breadth(&left) + GUTTER;
    left.resize_with(left.len().max(right.len()), Line::default);
    left.iter_mut().zip(&right).for_each(|(left, right)| left.append(column, right));
    left
}

struct Draw {
    lang: Lang,
    paper: Paper,
}

impl Draw {
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

    fn lines<'t>(&self, texts: impl IntoIterator<Item = &'t str>, indent: usize, tone: Tone) -> Vec<Line> {
        let room = self.paper.width.saturating_sub(indent);
        let wrapped = texts.into_iter().flat_map(|text| wrap(clean(text).trim_end(), room));
        wrapped
            .map(|words| {
                let mut line = Line::default();
                line.put(indent, &words, self.style(tone));
                line
            })
            .collect()
    }

    fn section(&self, section: &Section) -> Vec<Line> {
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

    /// A title stands in the head where the first column has none of its own, else on a line above.
    fn table(&self, title: &str, table: &Table) -> Vec<Line> {
        let title = clean(title);
        let title = title.trim();
        let grid = Grid::new(table, title, self.lang, self.paper.width);
        let mut drawn = Vec::new();
        if !title.is_empty() && !grid.titled {
            drawn.extend(self.lines([title], 0, Tone::Strong));
        }
        if grid.titled || grid.heads.iter().any(|head| !head.is_empty()) {
            let mut line = Line::default();
            for (at, head) in grid.heads.iter().enumerate() {
                let first = at == 0 && grid.titled;
                let tone = if first { Tone::Strong } else { Tone::Dim };
                let column = if first { 0 } else { grid.column(at, head) };
                line.put(column, &grid.fit(at, column, head), self.style(tone));
            }
            drawn.push(line);
        }
        for (words, cells) in grid.rows.iter().zip(&table.rows) {
            let mut line = Line::default();
            for (at, (words, cell)) in words.iter().zip(cells).enumerate() {
                let column = grid.column(at, words);
                line.put(column, &grid.fit(at, column, words), self.style(cell.tone));
            }
            drawn.push(line);
        }
        drawn
    }
}

/// A table's words in one language, with the place of every column.
struct Grid {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    aligns: Vec<Align>,
    widths: Vec<usize>,
    starts: Vec<usize>,
    /// The title of the section stands in the head.
    titled: bool,
    paper: usize,
}

impl Grid {
    fn new(table: &Table, title: &str, lang: Lang, paper: usize) -> Grid {
        let words = |text: &str| clean(text).trim_end().to_owned();
        let mut heads: Vec<String> =
            table.columns.iter().map(|column| words(column.title.to(lang))).collect();
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| words(cell.text.to(lang))).collect()).collect();
        let indent = if title.is_empty() { 0 } else { INDENT };
        let named = heads.iter().any(|head| !head.is_empty());
        let titled = !title.is_empty() && named && heads.first().is_some_and(String::is_empty);
        let mut widths: Vec<usize> = (0..heads.len())
            .map(|at| {
                rows.iter()
                    .filter_map(|row| row.get(at))
                    .chain([&heads[at]])
                    .map(|it| width(it))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        if titled {
            widths[0] = widths[0].max(width(title).saturating_sub(indent));
            heads[0] = title.to_owned();
        }
        let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
        narrow(&mut widths, &aligns, paper.saturating_sub(indent));
        let starts = widths
            .iter()
            .scan(indent, |next, width| Some(std::mem::replace(next, *next + width + GAP)))
            .collect();
        Grid { heads, rows, aligns, widths, starts, titled, paper }
    }

    /// Where words begin in a column.
    fn column(&self, at: usize, words: &str) -> usize {
        match self.aligns[at] {
            Align::Left => self.starts[at],
            Align::Right => self.starts[at] + self.widths[at].saturating_sub(width(words)),
        }
    }

    /// The words, cut to their column and to the paper.
    fn fit(&self, at: usize, column: usize, words: &str) -> String {
        let end = (self.starts[at] + self.widths[at]).min(self.paper);
        cut(words, end.saturating_sub(column))
    }
}

/// Takes columns from the widest column of words until the table fits or all are at their narrowest.
fn narrow(widths: &mut [usize], aligns: &[Align], room: usize) {
    let gaps = GAP * widths.len().saturating_sub(1);
    let mut over = (widths.iter().sum::<usize>() + gaps).saturating_sub(room);
    while over > 0 {
        let words = widths
            .iter_mut()
            .zip(aligns)
            .filter(|(width, align)| **align == Align::Left && **width > NARROWEST);
        let Some((widest, _)) = words.max_by_key(|(width, _)| **width) else { return };
        *widest -= 1;
        over -= 1;
    }
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
