//! A row under our columns: its words are translated by the map, and read as what each column needs.

use jiff::tz::TimeZone;

use super::binding::Binding;
use super::column::{Derived, Intake, SheetColumn};
use super::map::{Map, Meaning};
use super::moment::moment;
use super::rows::{Sheet, SheetRow};
use super::say;
use super::typed::{self, Wrong};
use crate::case::{EventName, Field, Stamp, Status, Value};
use crate::error::{Finding, Place};

/// A row under our columns, with everything that was found wrong with it so far.
pub(super) struct BoundRow<'s> {
    sheet: &'s Sheet<'s>,
    row: &'s SheetRow,
    map: &'s Map,
    cells: Vec<BoundCell>,
    /// The map leaves the row out.
    pub left_out: bool,
    pub findings: Vec<Finding>,
}

struct BoundCell {
    column: SheetColumn,
    /// The sheet's column; `None`: a default of the map.
    from: Option<usize>,
    words: String,
}

impl<'s> BoundRow<'s> {
    /// The row's cells, translated by the map.
    pub(super) fn read(
        sheet: &'s Sheet<'s>,
        row: &'s SheetRow,
        binding: &Binding,
        map: &'s Map,
    ) -> BoundRow<'s> {
        let mut left_out = false;
        let mut cells: Vec<BoundCell> = Vec::with_capacity(row.cells.len());
        for (index, words) in &row.cells {
            let Some(column) = binding.columns[*index] else { continue };
            // Only a description keeps the spaces and line breaks around it.
            let words = if column == SheetColumn::Intake(Intake::Description) { words } else { words.trim() };
            match map.meaning(column, words) {
                Meaning::LeaveOut => left_out = true,
                Meaning::Words("") => {}
                Meaning::Words(words) => {
                    cells.push(BoundCell { column, from: Some(*index), words: words.to_owned() });
                }
            }
        }
        for (column, words) in &binding.defaults {
            if !cells.iter().any(|cell| cell.column == *column) {
                cells.push(BoundCell { column: *column, from: None, words: words.clone() });
            }
        }
        BoundRow { sheet, row, map, cells, left_out, findings: Vec::new() }
    }

    /// The line in which the row begins.
    pub(super) fn line(&self) -> usize {
        self.row.line
    }

    /// The sheet and the row.
    pub(super) fn origin(&self) -> (&'s Sheet<'s>, &'s SheetRow) {
        (self.sheet, self.row)
    }

    /// The words under a column; `None`: no value.
    pub(super) fn words(&self, column: SheetColumn) -> Option<&str> {
        self.cells.iter().find(|cell| cell.column == column).map(|cell| cell.words.as_str())
    }

    /// The words under a key of the intake.
    pub(super) fn intake(&self, intake: Intake) -> Option<String> {
        self.words(SheetColumn::Intake(intake)).map(str::to_owned)
    }

    /// The words under a column that a row cannot do without.
    pub(super) fn needed(&mut self, column: SheetColumn) -> Option<String> {
        let words = self.words(column).map(str::to_owned);
        if words.is_none() {
            let help =
                if column.defaults() { say::fill_in(column.word()) } else { say::fill_cell(column.word()) };
            self.wrong(None, Wrong::new(say::empty(column.word())).help(help));
        }
        words
    }

    /// Reads the words under a column, noting what is wrong with them.
    pub(super) fn read_as<T>(
        &mut self,
        column: SheetColumn,
        read: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<T> {
        match read(self.words(column)?) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong(Some(column), wrong);
                None
            }
        }
    }

    /// The date under a column.
    pub(super) fn stamp(&mut self, column: SheetColumn, zone: &TimeZone) -> Option<Stamp> {
        let format = self.map.format(column);
        self.read_as(column, |words| moment(words, zone, format))
    }

    /// The dates of every event that has one.
    pub(super) fn stamps(&mut self, zone: &TimeZone) -> Vec<(EventName, Stamp)> {
        let mut stamps = Vec::new();
        for column in self.columns() {
            if let SheetColumn::Stamp(name) = column
                && let Some(stamp) = self.stamp(column, zone)
            {
                stamps.push((name, stamp));
            }
        }
        stamps
    }

    /// The row's values for the keys of events, in the order of the format.
    pub(super) fn attributes(&mut self, zone: &TimeZone) -> Vec<(Field, Value)> {
        let mut fields = Vec::new();
        for column in self.columns() {
            if let SheetColumn::Attribute(field) = column {
                fields.push(field);
            }
        }
        fields.sort();
        let mut attributes = Vec::new();
        for field in fields {
            let column = SheetColumn::Attribute(field);
            let format = self.map.format(column);
            if let Some(value) = self.read_as(column, |words| typed::attribute(field, words, zone, format)) {
                attributes.push((field, value));
            }
        }
        attributes
    }

    /// Checks the columns that follow from the history: if a value is not one of ours, they are another system's.
    pub(super) fn check_derived(&mut self) {
        self.read_as(SheetColumn::Derived(Derived::Status), |words| match Status::of(words) {
            Some(_) => Ok(()),
            None => Err(Wrong::new(say::foreign_status(words)).help(say::ignore_status())),
        });
        self.read_as(SheetColumn::Derived(Derived::Round), |words| match words.parse::<u32>() {
            Ok(_) => Ok(()),
            Err(_) => Err(Wrong::new(say::no_number(words))),
        });
    }

    /// Where a column's cell is; the row if it has none.
    pub(super) fn place(&self, column: Option<SheetColumn>) -> Place {
        let cell = self.cells.iter().find(|cell| Some(cell.column) == column);
        self.sheet.place(self.row, cell.and_then(|cell| cell.from))
    }

    /// Notes what is wrong with a cell, or with the row.
    pub(super) fn wrong(&mut self, column: Option<SheetColumn>, wrong: Wrong) {
        self.findings.push(wrong.at(self.place(column)));
    }

    fn columns(&self) -> Vec<SheetColumn> {
        self.cells.iter().map(|cell| cell.column).collect()
    }
}
