//! What a page says, before any format: a title, sentences, sections of tables or lines.
//!
//! The code that makes it knows what the figures mean; the code that draws it knows only this. Marks such as `!` are part
//! of a cell's words: a [`Tone`] adds colour where there is colour and must never be the only sign.

use serde_json::{Number, Value};

use crate::lang::Text;
use crate::privacy::Privacy;

/// A page for people.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Document {
    /// Its first line; empty: none.
    pub title: Text,
    /// The answer, in sentences, one a line.
    pub lead: Vec<Text>,
    /// Tables and lines, in order.
    pub sections: Vec<Section>,
    /// What to do next, where the figures come from.
    pub foot: Vec<Text>,
    /// How much personal data it shows.
    pub privacy: Privacy,
}

impl Document {
    /// A page that has only a title.
    pub(crate) fn new(title: Text) -> Document {
        Document { title, ..Document::default() }
    }

    /// The same page with one more sentence of the answer.
    #[must_use]
    pub(crate) fn lead(mut self, sentence: Text) -> Document {
        self.lead.push(sentence);
        self
    }

    /// The same page with one more section.
    #[must_use]
    pub(crate) fn section(mut self, section: impl Into<Section>) -> Document {
        self.sections.push(section.into());
        self
    }

    /// The same page, with so much personal data shown.
    #[must_use]
    pub(crate) fn privacy(mut self, privacy: Privacy) -> Document {
        self.privacy = privacy;
        self
    }

    /// The same page with one more line at its foot.
    #[must_use]
    pub(crate) fn foot(mut self, line: Text) -> Document {
        self.foot.push(line);
        self
    }
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// What it is about.
    pub title: Option<Text>,
    /// What it says.
    pub body: Body,
    /// Whether it is at the right of the sections before it, if the page is wide enough.
    pub beside: bool,
    /// How its table is drawn beside it, in a format that draws.
    pub chart: Option<Chart>,
}

/// A drawing of a table, from the same cells. A format that does not draw leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chart {
    /// A bar a row, as long as the cell in this column.
    Bars {
        /// The column's key.
        column: &'static str,
    },
    /// A bar a column, as high as the cell in this row: periods side by side.
    Trend {
        /// The row, from 0.
        row: usize,
    },
    /// Bars in falling order, and a line for their sum so far (Pareto's diagram).
    Pareto {
        /// The key of the column of the bars.
        count: &'static str,
        /// The key of the column of the line, shares from 0 to 1.
        share: &'static str,
    },
}

/// What a section says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    /// Rows and columns.
    Table(Table),
    /// One idea a line.
    Lines(Vec<Text>),
}

impl Section {
    /// A part with a title.
    pub(crate) fn new(title: Text, body: impl Into<Body>) -> Section {
        Section { title: Some(title), ..Section::from(body.into()) }
    }

    /// The same section, at the right of the sections before it where there is room.
    #[must_use]
    pub(crate) fn beside(mut self) -> Section {
        self.beside = true;
        self
    }

    /// The same section, with a drawing of its table.
    #[must_use]
    pub(crate) fn chart(mut self, chart: Chart) -> Section {
        self.chart = Some(chart);
        self
    }
}

impl<B: Into<Body>> From<B> for Section {
    fn from(body: B) -> Section {
        Section { title: None, body: body.into(), beside: false, chart: None }
    }
}

impl From<Table> for Body {
    fn from(table: Table) -> Body {
        Body::Table(table)
    }
}

impl From<Vec<Text>> for Body {
    fn from(lines: Vec<Text>) -> Body {
        Body::Lines(lines)
    }
}

/// On which side the words of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// Its name for programs; the same in every language.
    pub key: &'static str,
    /// Its name for people; empty: the section's title is there.
    pub title: Text,
    /// Words or numbers.
    pub align: Align,
}

impl Column {
    /// A column of words; on a narrow terminal the widest of these is cut.
    pub(crate) fn words(key: &'static str, title: Text) -> Column {
        Column { key, title, align: Align::Left }
    }

    /// A column of numbers.
    pub(crate) fn numbers(key: &'static str, title: Text) -> Column {
        Column { key, title, align: Align::Right }
    }
}

/// Rows and columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// The heads.
    pub columns: Vec<Column>,
    /// As many cells a row as there are columns; a short row is filled up with empty cells.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(columns: impl IntoIterator<Item = Column>) -> Table {
        Table { columns: columns.into_iter().collect(), rows: Vec::new() }
    }

    /// One more row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let mut cells: Vec<Cell> = cells.into_iter().collect();
        cells.resize_with(self.columns.len(), Cell::default);
        self.rows.push(cells);
    }

    /// One more row that sums the others up.
    pub(crate) fn total(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.row(cells.into_iter().map(|cell| match cell.tone {
            Tone::Plain => cell.tone(Tone::Strong),
            _ => cell,
        }));
    }

    /// The same table with more rows.
    #[must_use]
    pub(crate) fn rows<R: IntoIterator<Item = Cell>>(mut self, rows: impl IntoIterator<Item = R>) -> Table {
        rows.into_iter().for_each(|row| self.row(row));
        self
    }
}

/// What a cell's colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Past its limit; beside a `!`.
    Late,
    /// Close to its limit; beside a `~`.
    Soon,
    /// Kept, met.
    Good,
    /// Of less weight.
    Dim,
    /// Of more weight.
    Strong,
}

/// What a cell's value is, for a format that shows values in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Unit {
    /// A count, an amount, a name.
    #[default]
    Plain,
    /// A length of time in seconds.
    Seconds,
    /// A share from 0 to 1.
    Share,
    /// An instant, RFC 3339 with the shop's offset.
    Moment,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Cell {
    /// What people read.
    pub text: Text,
    /// What its colour says.
    pub tone: Tone,
    /// What programs read, if that differs: seconds for `1 h 20 min`, `null` for `–`.
    pub value: Option<Value>,
    /// What that value is.
    pub unit: Unit,
}

impl Cell {
    /// A count.
    pub(crate) fn number(number: impl Into<Number>) -> Cell {
        let number = number.into();
        Cell::from(Text::same(number.to_string())).value(Value::Number(number))
    }

    /// A figure that does not exist: a share of no cases, the owner of a case that has none.
    pub(crate) fn none() -> Cell {
        Cell::from(Text::of("–", "–")).tone(Tone::Dim).value(Value::Null)
    }

    /// A word that is the same in every language, such as an id or a customer's own words.
    pub(crate) fn word(word: impl Into<String>) -> Cell {
        Cell::from(Text::same(word))
    }

    /// The same cell, in this tone.
    #[must_use]
    pub(crate) fn tone(mut self, tone: Tone) -> Cell {
        self.tone = tone;
        self
    }

    /// The same cell, with what programs read instead of its words.
    #[must_use]
    pub(crate) fn value(mut self, value: impl Into<Value>) -> Cell {
        self.value = Some(value.into());
        self
    }

    /// The same cell, whose value is one of these.
    #[must_use]
    pub(crate) fn unit(mut self, unit: Unit) -> Cell {
        self.unit = unit;
        self
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Cell {
        Cell { text, ..Cell::default() }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    /// `–` for `None`.
    fn from(cell: Option<T>) -> Cell {
        cell.map_or_else(Cell::none, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let columns = [Column::words("id", Text::default()), Column::numbers("n", Text::default())];
        let table = Table::new(columns).rows([vec![], vec![Cell::number(1); 3]]);
        assert_eq!(table.rows, [vec![Cell::default(); 2], vec![Cell::number(1); 2]]);
    }

    #[test]
    fn a_figure_that_does_not_exist_is_no_zero() {
        assert_eq!(Cell::from(None::<Text>), Cell::none());
        assert_eq!(Cell::none().value, Some(Value::Null));
        assert_eq!(Cell::number(0).value, Some(Value::from(0)));
    }
}
