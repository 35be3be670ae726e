//! Which of our columns each heading of a sheet means, according to the map.

use std::collections::{HashMap, HashSet};

use super::column::{SheetColumn, Sort};
use super::map::Map;
use super::rows::{Sheet, SheetForm};
use super::say;
use super::typed::Wrong;
use crate::error::{Finding, Place};
use crate::lang::common;

/// What each column of a sheet means.
pub(super) struct Binding {
    /// `None`: ignored.
    pub columns: Vec<Option<SheetColumn>>,
    /// The value for an empty cell.
    pub defaults: Vec<(SheetColumn, String)>,
}

impl Binding {
    /// Finds the meaning of every heading: what the map says, else the name of one of our columns.
    ///
    /// # Errors
    /// Every heading that is unknown or means the same as another, and every one of `needed` that is missing.
    pub(super) fn of(
        sheet: &Sheet,
        sort: Sort,
        map: &Map,
        needed: &[SheetColumn],
    ) -> Result<Binding, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut columns: Vec<Option<SheetColumn>> = Vec::new();
        let mut first: HashMap<SheetColumn, usize> = HashMap::new();
        let mut wrong: Vec<(usize, Wrong)> = Vec::new();
        let known = KnownHeadings::of(sheet, sort, map);
        for (index, heading) in sheet.columns.iter().enumerate() {
            let column = match known.meaning(index, &heading.name) {
                Ok(column) => column,
                Err(why) => {
                    wrong.push((index, why));
                    None
                }
            };
            if let Some(ours) = column {
                let earlier = *first.entry(ours).or_insert(index);
                if earlier != index {
                    let (one, other) = (&sheet.columns[earlier].name, &heading.name);
                    wrong.push((index, Wrong::new(say::same_meaning(one, other, ours.word()))));
                }
            }
            columns.push(column);
        }
        if !wrong.is_empty() {
            let places = sheet.headings();
            findings.extend(wrong.into_iter().map(|(index, wrong)| wrong.at(places[index].clone())));
        }
        let defaults = if sort == Sort::Cases { map.defaults.clone() } else { Vec::new() };
        // If no line could be read, the keys are unknown.
        let unread = sheet.form == SheetForm::Jsonl && sheet.rows.is_empty() && !sheet.bad.is_empty();
        for column in needed {
            let is_given = defaults.iter().any(|(given, _)| given == column);
            if unread || is_given || columns.contains(&Some(*column)) {
                continue;
            }
            let wrong = Wrong::new(say::no_such_column(column.word()))
                .help(say::name_the_column(section(sort), column.word()));
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

/// What a heading can mean, looked up once for all of them.
struct KnownHeadings<'s> {
    sort: Sort,
    map: &'s Map,
    /// By the map.
    named: &'s HashMap<String, SheetColumn>,
    /// By our own names.
    ours: HashMap<&'static str, SheetColumn>,
    /// The columns that are not empty.
    used: HashSet<usize>,
}

impl<'s> KnownHeadings<'s> {
    fn of(sheet: &Sheet, sort: Sort, map: &'s Map) -> KnownHeadings<'s> {
        let named = match sort {
            Sort::Cases => &map.cases,
            Sort::Events => &map.events,
        };
        let ours = SheetColumn::all(sort).into_iter().map(|column| (column.word(), column)).collect();
        let used = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|(at, _)| *at)).collect();
        KnownHeadings { sort, map, named, ours, used }
    }

    fn meaning(&self, index: usize, name: &str) -> Result<Option<SheetColumn>, Wrong> {
        if let Some(column) = self.named.get(name) {
            return Ok(Some(*column));
        }
        if self.map.ignored.contains(name) {
            return Ok(None);
        }
        if let Some(column) = self.ours.get(name) {
            return Ok(Some(*column));
        }
        // A spreadsheet often has empty columns at its right edge.
        if name.is_empty() && !self.used.contains(&index) {
            return Ok(None);
        }
        let wrong = Wrong::new(say::unknown_column(name));
        let ours = SheetColumn::all(self.sort);
        let words = self.named.keys().map(String::as_str).chain(ours.iter().map(|column| column.word()));
        Err(match common::nearest(name, words) {
            Some(near) => wrong.help(say::did_you_mean(near)),
            None => wrong.help(say::name_or_ignore(section(self.sort), name)),
        })
    }
}
