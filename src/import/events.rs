//! A sheet with one event in each row: histories as another system recorded them.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::tz::TimeZone;

use super::binding::Binding;
use super::column::{Intake, SheetColumn, Sort};
use super::draft::Draft;
use super::map::Map;
use super::record::BoundRow;
use super::rows::{Reject, Sheet};
use super::say;
use super::typed::{self, Wrong};
use crate::case::Event;
use crate::error::Finding;

/// The events of a sheet by case, in the order of the sheet. The key says which case it is.
pub(super) struct EventsOfSheet<'s, K> {
    pub of: HashMap<K, Vec<Draft<'s>>>,
    /// The keys in the order in which they first appear.
    pub order: Vec<K>,
    /// The rows that are not imported.
    pub bad: Vec<Reject>,
    /// How many rows the map leaves out.
    pub left_out: usize,
}

impl<K> Default for EventsOfSheet<'_, K> {
    fn default() -> Self {
        EventsOfSheet { of: HashMap::new(), order: Vec::new(), bad: Vec::new(), left_out: 0 }
    }
}

impl<'s, K: Clone + Eq + Hash> EventsOfSheet<'s, K> {
    fn push(&mut self, key: K, draft: Draft<'s>) {
        let events = self.of.entry(key.clone()).or_default();
        if events.is_empty() {
            self.order.push(key);
        }
        events.push(draft);
    }
}

/// Reads a sheet of events; `external` says which case each belongs to.
///
/// # Errors
/// Headings that are unknown or missing.
pub(super) fn by_external<'s>(
    sheet: &'s Sheet<'s>,
    map: &'s Map,
    zone: &TimeZone,
) -> Result<EventsOfSheet<'s, String>, Vec<Finding>> {
    let external = SheetColumn::Intake(Intake::External);
    let mut told = read(sheet, map, zone, &[external, SheetColumn::Event, SheetColumn::At], |record| {
        record.needed(external)
    })?;
    told.bad.extend(sheet.bad.iter().cloned());
    Ok(told)
}

/// Reads the histories inside the rows of cases; the line says which case each event belongs to.
///
/// # Errors
/// Keys that are unknown or missing.
pub(super) fn by_line<'s>(
    sheet: &'s Sheet<'s>,
    map: &'s Map,
    zone: &TimeZone,
) -> Result<EventsOfSheet<'s, usize>, Vec<Finding>> {
    read(sheet, map, zone, &[SheetColumn::Event, SheetColumn::At], |record| Some(record.line()))
}

fn read<'s, K: Clone + Eq + Hash>(
    sheet: &'s Sheet<'s>,
    map: &'s Map,
    zone: &TimeZone,
    needed: &[SheetColumn],
    key: impl Fn(&mut BoundRow<'s>) -> Option<K>,
) -> Result<EventsOfSheet<'s, K>, Vec<Finding>> {
    let binding = Binding::of(sheet, Sort::Events, map, needed)?;
    let mut told = EventsOfSheet::default();
    for row in &sheet.rows {
        let mut record = BoundRow::read(sheet, row, &binding, map);
        if record.left_out {
            told.left_out += 1;
            continue;
        }
        let case = key(&mut record);
        match (case, event(&mut record, zone)) {
            (Some(case), Some(event)) if record.findings.is_empty() => {
                told.push(case, Draft { event, origin: Some(record.origin()) });
            }
            _ => told.bad.push(sheet.reject(row, record.findings)),
        }
    }
    Ok(told)
}

/// The event of a row; what is wrong with it is noted in the record.
fn event(record: &mut BoundRow<'_>, zone: &TimeZone) -> Option<Event> {
    let has_name = record.needed(SheetColumn::Event).is_some();
    let has_stamp = record.needed(SheetColumn::At).is_some();
    let name = record.read_as(SheetColumn::Event, typed::event).filter(|_| has_name);
    let at = record.stamp(SheetColumn::At, zone).filter(|_| has_stamp);
    let recorded = record.stamp(SheetColumn::Recorded, zone);
    let payload = record.attributes(zone);
    let name = name?;
    for (field, _) in payload.iter().filter(|(field, _)| !name.takes(*field)) {
        let wrong = Wrong::new(say::does_not_take(name.word(), field.word()))
            .help(say::empty_or_ignore(field.word()));
        record.wrong(Some(SheetColumn::Attribute(*field)), wrong);
    }
    let mut event = Event::new(name, at?);
    event.by = record.words(SheetColumn::By).map(str::to_owned);
    event.recorded = recorded;
    event.payload = payload;
    Some(event)
}
