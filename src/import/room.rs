//! How large a table may be: no shop has a larger one, and it would fill the memory.

use super::say;
use crate::lang::Text;

/// As many columns as a workbook can have.
pub(super) const MOST_COLUMNS: usize = 16_384;
/// As many rows as a workbook can have.
const MOST_ROWS: usize = 1_048_576;
/// So many cells may have something in them: 16 in each row of the longest table.
const MOST_CELLS: usize = 16 * MOST_ROWS;

/// How many rows and cells may still come while a table is read.
pub(super) struct Room {
    rows: usize,
    cells: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { rows: MOST_ROWS, cells: MOST_CELLS }
    }
}

impl Room {
    /// Checks the number of columns.
    ///
    /// # Errors
    /// There are more than a table may have.
    pub(super) fn columns(&self, columns: usize) -> Result<(), Text> {
        if columns <= MOST_COLUMNS { Ok(()) } else { Err(say::too_many_columns(columns, MOST_COLUMNS)) }
    }

    /// Counts a row with so many cells that are not empty. `None`: there is no row.
    ///
    /// # Errors
    /// There are more rows, or more cells, than a table may have.
    pub(super) fn row(&mut self, cells: Option<usize>) -> Result<(), Text> {
        let Some(cells) = cells else { return Ok(()) };
        self.rows = self.rows.checked_sub(1).ok_or_else(|| say::too_many_rows(MOST_ROWS))?;
        self.cells(cells)
    }

    /// Counts so many cells that are not empty.
    ///
    /// # Errors
    /// There are more than a table may have.
    pub(super) fn cells(&mut self, cells: usize) -> Result<(), Text> {
        self.cells = self.cells.checked_sub(cells).ok_or_else(|| say::too_many_cells(MOST_CELLS))?;
        Ok(())
    }
}
