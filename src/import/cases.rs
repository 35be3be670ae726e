//! Makes cases of rows: the intake, and a history from the row's own stamps or from a sheet of events.
//!
//! Pure: the caller reads the files and the ledger, and writes the result.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::binding::Binding;
use super::column::{Intake, SheetColumn, Sort};
use super::draft::Draft;
use super::events::{EventsOfSheet, by_external, by_line};
use super::history::{self, Sources};
use super::map::Map;
use super::record::BoundRow;
use super::rows::{Reject, Sheet, SheetRow};
use super::say;
use super::typed::{self, Wrong};
use crate::case::{Case, Customer, Event, EventName, Id};
use crate::error::Finding;
use crate::lang::Lang;

/// What an import must know of the ledger.
pub struct Context<'c> {
    /// The zone of dates that have no offset, and of the date in an id.
    pub zone: &'c TimeZone,
    /// The language of the few words that an import writes into cases.
    pub lang: Lang,
    /// Draws 30 random bits for an id.
    pub random: &'c mut dyn FnMut() -> u32,
    /// The ids that the ledger has.
    pub taken: &'c HashSet<Id>,
    /// The cases that were imported before, by their id in the other system.
    pub known: &'c HashMap<String, &'c Case>,
}

/// The result of an import.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// New cases, with the line of their row.
    pub cases: Vec<(usize, Case)>,
    /// Events to append to cases that the ledger has.
    pub additions: Vec<Addition>,
    /// Rows of cases that are not imported, in the order of the file.
    pub bad: Vec<Reject>,
    /// Rows of events that are not imported, in the order of the file.
    pub bad_events: Vec<Reject>,
    /// Rows whose case is already in the ledger.
    pub skipped: usize,
    /// Rows that the map leaves out, of either sheet.
    pub left_out: usize,
}

/// Events to append to a case that the ledger has.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    /// The line of the first of them.
    pub line: usize,
    /// The case.
    pub id: Id,
    /// The events that it does not have yet, in order of time.
    pub events: Vec<Event>,
}

impl Imported {
    /// Everything that is wrong, in the order of the files.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.bad.iter().chain(&self.bad_events).flat_map(|reject| &reject.findings)
    }
}

/// Reads a sheet of cases, and a sheet of events if there is one.
///
/// If the sheet of events has events of a case, they replace the stamps of its row, except `received` if the events have
/// none. Events of a case that the ledger already has are appended to it, unless it has an event of the same name,
/// instant and person. A history that the policy would refuse is imported as it is.
///
/// # Errors
/// Problems of a sheet as a whole: headings that are unknown, that mean the same, or that are missing. Problems of single
/// rows are in [`Imported::bad`] and [`Imported::bad_events`].
pub fn import(
    cases: &Sheet<'_>,
    events: Option<&Sheet<'_>>,
    map: &Map,
    context: &mut Context<'_>,
) -> Result<Imported, Vec<Finding>> {
    let mut needed = vec![SheetColumn::Intake(Intake::Kind), SheetColumn::Intake(Intake::Title)];
    if events.is_none() && cases.history.is_none() {
        needed.push(SheetColumn::Stamp(EventName::Received));
    }
    let mut findings = Vec::new();
    let binding = Binding::of(cases, Sort::Cases, map, &needed).map_err(|found| findings.extend(found));
    let zone = context.zone;
    let told = match events {
        Some(sheet) => by_external(sheet, map, zone).map_err(|found| findings.extend(found)),
        None => Ok(EventsOfSheet::default()),
    };
    let nested = match cases.history.as_deref() {
        Some(sheet) => by_line(sheet, map, zone).map_err(|found| findings.extend(found)),
        None => Ok(EventsOfSheet::default()),
    };
    let (Ok(binding), Ok(mut told), Ok(mut nested)) = (binding, told, nested) else {
        let bad = cases.bad.iter().flat_map(|bad| &bad.findings).cloned();
        return Err(findings.into_iter().chain(bad).collect());
    };
    let imported = Imported {
        bad: cases.bad.clone(),
        bad_events: std::mem::take(&mut told.bad),
        left_out: told.left_out,
        ..Imported::default()
    };
    let mut nested_bad: HashMap<usize, Vec<Finding>> = HashMap::new();
    for bad in std::mem::take(&mut nested.bad) {
        nested_bad.entry(bad.line).or_default().extend(bad.findings);
    }
    let mut import = Importer {
        sheet: cases,
        binding,
        map,
        context,
        told,
        nested,
        nested_bad,
        seen: Seen::default(),
        imported,
        aside: HashSet::new(),
        told_aside: 0,
    };
    for row in &cases.rows {
        import.row(row);
    }
    import.rest();
    import.imported.bad.sort_by_key(|reject| reject.line);
    import.imported.bad_events.sort_by_key(|reject| reject.line);
    Ok(import.imported)
}

struct Importer<'s, 'i, 'c> {
    sheet: &'s Sheet<'s>,
    binding: Binding,
    map: &'s Map,
    context: &'i mut Context<'c>,
    told: EventsOfSheet<'s, String>,
    nested: EventsOfSheet<'s, usize>,
    /// What is wrong with the events within the rows, by line.
    nested_bad: HashMap<usize, Vec<Finding>>,
    seen: Seen,
    imported: Imported,
    /// The lines of the first `told_aside` of the events that are not imported.
    aside: HashSet<usize>,
    told_aside: usize,
}

/// What the rows so far have used, with their lines.
#[derive(Default)]
struct Seen {
    externals: HashMap<String, usize>,
    ids: HashMap<Id, usize>,
}

impl<'s> Importer<'s, '_, '_> {
    fn row(&mut self, row: &'s SheetRow) {
        let mut record = BoundRow::read(self.sheet, row, &self.binding, self.map);
        let external = record.intake(Intake::External);
        let events = external.as_ref().and_then(|external| self.told.of.remove(external));
        if record.left_out {
            self.imported.left_out += 1;
            return;
        }
        if let Some(known) = external.as_ref().and_then(|external| self.context.known.get(external).copied())
        {
            self.imported.skipped += 1;
            self.add(known, events.unwrap_or_default());
            return;
        }
        let id = record.read_as(SheetColumn::Intake(Intake::Id), |words| {
            Id::parse(words).map_err(|_| Wrong::new(say::no_id(words)).help(say::map_id()))
        });
        if id.as_ref().is_some_and(|id| self.context.taken.contains(id)) {
            self.imported.skipped += 1;
            return;
        }
        self.check_twice(&mut record, external.as_deref(), id.as_ref());
        let rows: Vec<_> = events.iter().flatten().filter_map(|draft| draft.origin).collect();
        match self.case(&mut record, id, events) {
            Some(case) if record.findings.is_empty() => self.imported.cases.push((row.line, case)),
            _ => {
                self.imported.bad.push(self.sheet.reject(row, record.findings));
                let bad = &mut self.imported.bad_events;
                self.aside.extend(bad.get(self.told_aside..).into_iter().flatten().map(|bad| bad.line));
                let fresh = rows.iter().filter(|(_, row)| self.aside.insert(row.line));
                bad.extend(fresh.map(|(sheet, row)| sheet.reject(row, Vec::new())));
                self.told_aside = bad.len();
            }
        }
    }

    /// Reports a case that is in two rows: it is not known which of them is right.
    fn check_twice(&mut self, record: &mut BoundRow<'s>, external: Option<&str>, id: Option<&Id>) {
        let line = record.line();
        if let Some(external) = external
            && let Some(first) = self.seen.externals.insert(external.to_owned(), line)
        {
            let wrong = Wrong::new(say::twice("external", external, first));
            record.wrong(Some(SheetColumn::Intake(Intake::External)), wrong);
        }
        if let Some(id) = id
            && let Some(first) = self.seen.ids.insert(id.clone(), line)
        {
            let wrong = Wrong::new(say::twice("id", id, first));
            record.wrong(Some(SheetColumn::Intake(Intake::Id)), wrong);
        }
    }

    fn case(
        &mut self,
        record: &mut BoundRow<'s>,
        id: Option<Id>,
        events: Option<Vec<Draft<'s>>>,
    ) -> Option<Case> {
        let kind = SheetColumn::Intake(Intake::Kind);
        record.needed(kind);
        let kind = record.read_as(kind, typed::kind);
        let title = record.needed(SheetColumn::Intake(Intake::Title));
        record.check_derived();
        let line = record.line();
        let nested = self.nested.of.remove(&line);
        record.findings.extend(self.nested_bad.remove(&line).into_iter().flatten());
        let sources = Sources { zone: self.context.zone, lang: self.context.lang, events, nested };
        let history = history::of(record, sources, &mut self.imported.bad_events)?;
        if !record.findings.is_empty() {
            return None;
        }
        let text = |intake| record.intake(intake);
        let received = history[0].at.instant().to_zoned(self.context.zone.clone()).date();
        Some(Case {
            id: id.unwrap_or_else(|| self.draw(received, line)),
            kind: kind?,
            title: one_line(&title?),
            description: text(Intake::Description),
            channel: text(Intake::Channel).unwrap_or_else(|| "other".to_owned()),
            customer: Customer {
                key: text(Intake::CustomerKey),
                name: text(Intake::CustomerName),
                contact: text(Intake::CustomerContact),
                tier: text(Intake::CustomerTier),
            },
            order: text(Intake::Order),
            product: text(Intake::Product),
            demand: text(Intake::Demand),
            tags: typed::list(&text(Intake::Tags).unwrap_or_default()),
            links: typed::list(&text(Intake::Links).unwrap_or_default()),
            external: text(Intake::External),
            history,
            unknown: Vec::new(),
        })
    }

    /// An unused id. After many draws it takes the next free one, so that a draw that repeats itself does not hang.
    fn draw(&mut self, received: Date, line: usize) -> Id {
        const DRAWS: u32 = 100;
        let mut random = (self.context.random)();
        let mut draws = 1;
        loop {
            let id = Id::new(received, random);
            if !self.context.taken.contains(&id) && !self.seen.ids.contains_key(&id) {
                self.seen.ids.insert(id.clone(), line);
                return id;
            }
            random = if draws < DRAWS { (self.context.random)() } else { random.wrapping_add(1) };
            draws += 1;
        }
    }

    /// Adds the events of cases that have no row here but are in the ledger, and rejects all others.
    fn rest(&mut self) {
        for external in std::mem::take(&mut self.told.order) {
            let Some(events) = self.told.of.remove(&external) else { continue };
            if let Some(known) = self.context.known.get(&external).copied() {
                self.add(known, events);
                continue;
            }
            for (sheet, row) in events.iter().filter_map(|draft| draft.origin) {
                let wrong = Wrong::new(say::nobodys_event(&external, &self.sheet.path));
                let reject = sheet.reject(row, vec![wrong.at(sheet.place(row, None))]);
                self.imported.bad_events.push(reject);
            }
        }
    }

    fn add(&mut self, case: &Case, events: Vec<Draft<'s>>) {
        let line = events.iter().filter_map(|draft| draft.origin).map(|(_, row)| row.line).min();
        let events = history::additions(case, events, self.context.lang, &mut self.imported.bad_events);
        if let (Some(line), false) = (line, events.is_empty()) {
            self.imported.additions.push(Addition { line, id: case.id.clone(), events });
        }
    }
}

/// The words in one line: a title has one, even if its cell has several.
fn one_line(words: &str) -> String {
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}
