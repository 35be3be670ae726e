//! Cases as rows, one case in each row, under the columns that an import reads.
//!
//! A row of csv has the intake, the first stamp of each step and the current attributes. Only JSON lines have the whole
//! history.

use serde_json::{Map, Number, Value as Json};

use super::column::{Derived, Intake, SheetColumn, Sort};
use super::formula;
use crate::case::{Case, Event, Field, State, Value};
use crate::privacy::Privacy;

/// A case and its state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ExportRow<'c> {
    /// The case.
    pub case: &'c Case,
    /// The state to which its history leads.
    pub state: &'c State<'c>,
}

/// Comma-separated values with a line of headings; cells that a spreadsheet would run as formulas begin with an
/// apostrophe.
pub(crate) fn csv(rows: &[ExportRow<'_>], privacy: Privacy) -> String {
    let columns = columns();
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(columns.iter().map(|column| column.word()));
    for row in rows {
        let cells = columns.iter().map(|column| row.cell(*column, privacy).unwrap_or_default());
        let _ = writer.write_record(cells.map(|words| formula::neutral(&words).into_owned()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// JSON lines: one object for each case, with the columns of [`csv()`] that are not empty and the whole `history`.
pub(crate) fn jsonl(rows: &[ExportRow<'_>], privacy: Privacy) -> String {
    let columns = columns();
    rows.iter().map(|row| format!("{}\n", Json::Object(object(row, &columns, privacy)))).collect()
}

/// A case as an object. The columns `customer.…` are an object in it.
fn object(row: &ExportRow<'_>, columns: &[SheetColumn], privacy: Privacy) -> Map<String, Json> {
    let mut object = Map::new();
    for column in columns {
        let Some(value) = row.json(*column, privacy) else { continue };
        let Some((outer, inner)) = column.word().split_once('.') else {
            object.insert(column.word().to_owned(), value);
            continue;
        };
        let outer = object.entry(outer).or_insert_with(|| Json::Object(Map::new()));
        if let Some(outer) = outer.as_object_mut() {
            outer.insert(inner.to_owned(), value);
        }
    }
    object.insert("history".to_owned(), row.case.history.iter().map(|it| event(it, privacy)).collect());
    object
}

fn columns() -> Vec<SheetColumn> {
    SheetColumn::all(Sort::Cases).into_iter().filter(|column| is_exported(*column)).collect()
}

fn is_exported(column: SheetColumn) -> bool {
    match column {
        SheetColumn::Stamp(name) => name.row().exported,
        SheetColumn::Attribute(field) => field.is_exported(),
        _ => true,
    }
}

fn joined(words: &[String]) -> Option<String> {
    if words.is_empty() { None } else { Some(words.join(", ")) }
}

impl ExportRow<'_> {
    fn cell(&self, column: SheetColumn, privacy: Privacy) -> Option<String> {
        match column {
            SheetColumn::Intake(intake) => self.intake(intake, privacy),
            SheetColumn::Derived(Derived::Status) => Some(self.state.status.word().to_owned()),
            SheetColumn::Derived(Derived::Round) => Some(self.state.round.to_string()),
            SheetColumn::By => self.case.receipt().by.clone(),
            SheetColumn::Stamp(name) => {
                self.case.history.iter().find(|event| event.name == name).map(|event| event.at.to_string())
            }
            SheetColumn::Attribute(field) => {
                self.attribute(field).map(|value| privacy.words(&value.to_string()).into_owned())
            }
            SheetColumn::Event | SheetColumn::At | SheetColumn::Recorded => None,
        }
    }

    fn intake(&self, intake: Intake, privacy: Privacy) -> Option<String> {
        let case = self.case;
        let seen = |words: &str| Some(privacy.words(words).into_owned());
        match intake {
            Intake::Id => Some(case.id.to_string()),
            Intake::Kind => Some(case.kind.to_string()),
            Intake::Title => seen(&case.title),
            Intake::Description => case.description.as_deref().and_then(seen),
            Intake::Channel => Some(case.channel.clone()),
            Intake::Order => case.order.clone(),
            Intake::Product => case.product.as_deref().and_then(seen),
            Intake::Demand => case.demand.clone(),
            Intake::CustomerKey => case.customer.key.as_deref().and_then(seen),
            Intake::CustomerName => case.customer.name.as_deref().map(|name| privacy.name(name)),
            Intake::CustomerContact => {
                case.customer.contact.as_deref().map(|contact| privacy.contact(contact))
            }
            Intake::CustomerTier => case.customer.tier.clone(),
            Intake::External => case.external.clone(),
            Intake::Tags => seen(&joined(&case.tags)?),
            Intake::Links => joined(&case.links),
        }
    }

    /// An attribute: the current value if it can be amended, else the value of the last event that has it. A reason is
    /// that of the first kind of event in [`Field::carriers`].
    fn attribute(&self, field: Field) -> Option<Value> {
        if field.is_amendable() {
            return self.state.attribute(field);
        }
        if field == Field::Reason {
            let mut reasoned = field.carriers().into_iter();
            return reasoned.find_map(|name| self.last(|event| event.name == name, field));
        }
        self.last(|_| true, field)
    }

    fn last(&self, which: impl Fn(&Event) -> bool, field: Field) -> Option<Value> {
        let mut events = self.case.history.iter().rev().filter(|event| which(event));
        events.find_map(|event| event.get(field).cloned())
    }

    fn json(&self, column: SheetColumn, privacy: Privacy) -> Option<Json> {
        match column {
            SheetColumn::Intake(Intake::Tags) if self.case.tags.is_empty() => None,
            SheetColumn::Intake(Intake::Tags) => Some(seen_list(&self.case.tags, privacy)),
            SheetColumn::Intake(Intake::Links) if self.case.links.is_empty() => None,
            SheetColumn::Intake(Intake::Links) => Some(seen_list(&self.case.links, privacy)),
            SheetColumn::Derived(Derived::Round) => Some(Json::from(self.state.round)),
            SheetColumn::Attribute(field) => self.attribute(field).map(|value| json(&value, privacy)),
            _ => self.cell(column, privacy).map(Json::from),
        }
    }
}

/// An event as an object: `event`, `at`, `by`, `recorded`, and its payload.
fn event(event: &Event, privacy: Privacy) -> Json {
    let mut object = Map::new();
    object.insert("event".to_owned(), Json::from(event.name.word()));
    object.insert("at".to_owned(), Json::from(event.at.to_string()));
    if let Some(by) = &event.by {
        object.insert("by".to_owned(), Json::from(by.as_str()));
    }
    if let Some(recorded) = event.recorded {
        object.insert("recorded".to_owned(), Json::from(recorded.to_string()));
    }
    for (field, value) in &event.payload {
        object.insert(field.word().to_owned(), json(value, privacy));
    }
    Json::Object(object)
}

fn seen_list(words: &[String], privacy: Privacy) -> Json {
    words.iter().map(|word| Json::from(privacy.words(word))).collect()
}

/// A value for programs. An amount is a number with exactly its digits.
fn json(value: &Value, privacy: Privacy) -> Json {
    match value {
        Value::Text(words) => Json::from(privacy.words(words)),
        Value::List(words) => seen_list(words, privacy),
        Value::Flag(flag) => Json::from(*flag),
        Value::Score(score) => Json::from(*score),
        Value::Money(money) => match money.to_string().parse::<Number>() {
            Ok(number) => Json::Number(number),
            Err(_) => Json::from(money.to_string()),
        },
        Value::Moment(stamp) => Json::from(stamp.to_string()),
        Value::Day(day) => Json::from(day.to_string()),
    }
}
