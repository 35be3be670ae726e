//! Tables whose columns are of two sorts: figures, and whatever else the page says of a row.

use super::parts;
use crate::render::{Cell, Column, Table};
use crate::report::figure::Figures;

/// Appends the cells of one column, or of several, to those of a row.
type Cells<'c, R> = Box<dyn Fn(&R, &mut Vec<Cell>) + 'c>;

/// The columns of a table, from left to right, each with the cell that a row has in it.
pub(super) struct Columns<'c, R> {
    heads: Vec<Column>,
    cells: Vec<Cells<'c, R>>,
}

impl<'c, R> Columns<'c, R> {
    /// No column so far.
    pub(super) fn new() -> Columns<'c, R> {
        Columns { heads: Vec::new(), cells: Vec::new() }
    }

    /// One more column, and its cell in a row.
    #[must_use]
    pub(super) fn column(mut self, head: Column, cell: impl Fn(&R) -> Cell + 'c) -> Columns<'c, R> {
        self.heads.push(head);
        self.cells.push(Box::new(move |row, cells| cells.push(cell(row))));
        self
    }

    /// A column for each of these figures, with the name from `heads` over it and the value from the row's own table.
    #[must_use]
    pub(super) fn figures<'f>(
        mut self,
        heads: &Figures<'_>,
        keys: &'c [&'c str],
        of: impl for<'r> Fn(&'r R) -> &'r Figures<'f> + 'c,
    ) -> Columns<'c, R> {
        let shown = keys.iter().filter_map(|key| heads.get(key));
        self.heads.extend(shown.map(|figure| Column::numbers(figure.key, figure.column())));
        self.cells.push(Box::new(move |row, cells| {
            let figures = of(row);
            cells.extend(keys.iter().map(|key| parts::figure(figures, key)));
        }));
        self
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: &R) -> Vec<Cell> {
        let mut cells = Vec::new();
        for append in &self.cells {
            append(row, &mut cells);
        }
        cells
    }

    /// The table of these rows.
    pub(super) fn table(&self, rows: impl IntoIterator<Item = R>) -> Table {
        Table::new(self.heads.clone()).rows(rows.into_iter().map(|row| self.cells(&row)))
    }
}
