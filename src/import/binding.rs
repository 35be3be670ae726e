//! The headings of a sheet as columns of ours, by the map.

use super::column::{Column, Sort};
use super::map::Map;
use super::messages;
use super::rows::Sheet;
use super::typed::Wrong;
use crate::error::{Finding, Place};
use crate::lang::common;

/// What each column of a sheet means.
pub(super) struct Binding {
    /// `None`: ignored.
    pub columns: Vec<Option<Column>>,
    /// What stands where a cell is empty.
    pub defaults: Vec<(Column, String)>,
}

impl Binding {
    /// Finds the meaning of every heading: the map's word, else a name of ours.
    ///
    /// # Errors
    /// Every heading that means nothing or the same as another, and every one of `needed` that is missing.
    pub(super) fn of(
        sheet: &Sheet,
        sort: Sort,
        map: &Map,
        needed: &[Column],
    ) -> Result<Binding, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut columns: Vec<Option<Column>> = Vec::new();
        for index in 0..sheet.columns.len() {
            let column = meaning(sheet, index, sort, map).unwrap_or_else(|wrong| {
                findings.push(wrong.at(sheet.heading(index)));
                None
            });
            if let Some(earlier) = columns.iter().position(|other| column.is_some() && *other == column) {
                let (one, other) = (&sheet.columns[earlier].name, &sheet.columns[index].name);
                let ours = column.map_or("", Column::word);
                findings.push(Wrong::new(messages::same_meaning(one, other, ours)).at(sheet.heading(index)));
            }
            columns.push(column);
        }
        let defaults = if sort == Sort::Cases { map.defaults.clone() } else { Vec::new() };
        let has = |column: &Column| {
            columns.contains(&Some(*column)) || defaults.iter().any(|(given, _)| given == column)
        };
        for column in needed.iter().filter(|column| !has(column)) {
            let wrong = Wrong::new(messages::no_such_column(column.word()))
                .help(messages::name_the_column(section(sort), column.word()));
            findings.push(wrong.at(Place::file(&sheet.path)));
        }
        if findings.is_empty() { Ok(Binding { columns, defaults }) } else { Err(findings) }
    }
}

/// The table of the map that names a sheet's columns.
fn section(sort: Sort) -> &'static str {
    match sort {
        Sort::Cases => "[columns]",
        Sort::Events => "[columns.events]",
    }
}

fn meaning(sheet: &Sheet, index: usize, sort: Sort, map: &Map) -> Result<Option<Column>, Wrong> {
    let name = &sheet.columns[index].name;
    let named = match sort {
        Sort::Cases => &map.cases,
        Sort::Events => &map.events,
    };
    if let Some(column) = named.get(name) {
        return Ok(Some(*column));
    }
    if map.ignored.contains(name) {
        return Ok(None);
    }
    if let Some(column) = Column::of(name, sort) {
        return Ok(Some(column));
    }
    // A spreadsheet often has empty columns at its right edge
    if name.is_empty() && !sheet.rows.iter().any(|row| row.cells.iter().any(|(at, _)| *at == index)) {
        return Ok(None);
    }
    let wrong = Wrong::new(messages::unknown_column(name));
    let ours = Column::all(sort);
    let words = named.keys().map(String::as_str).chain(ours.iter().map(|column| column.word()));
    Err(match common::nearest(name, words) {
        Some(near) => wrong.help(messages::did_you_mean(near)),
        None => wrong.help(messages::name_or_ignore(section(sort), name)),
    })
}
