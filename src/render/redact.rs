//! Masks personal data in a page, a table or an object before it is drawn: a number is recognized only in whole words,
//! before they are wrapped, cut or escaped.

use std::borrow::Cow;

use serde_json::Value;

use crate::lang::Text;
use crate::privacy::Privacy;

use super::document::{Body, Cell, Document, Section, Table};

/// Columns and keys that name a case, an order or a commit. They are not masked, even if they look like a number of a
/// person.
const NAMES: [&str; 8] = ["id", "ids", "cases", "links", "order", "external", "commit", "path"];

/// The page as it may be seen.
pub(super) fn page(page: &Document) -> Cow<'_, Document> {
    let privacy = page.privacy;
    if privacy == Privacy::Revealed {
        return Cow::Borrowed(page);
    }
    let words = |texts: &[Text]| texts.iter().map(|text| seen(text, privacy)).collect();
    Cow::Owned(Document {
        title: seen(&page.title, privacy),
        lead: words(&page.lead),
        sections: page.sections.iter().map(|it| section(it, privacy)).collect(),
        foot: words(&page.foot),
        privacy,
    })
}

fn seen(text: &Text, privacy: Privacy) -> Text {
    text.map(|words| privacy.words(words))
}

fn section(section: &Section, privacy: Privacy) -> Section {
    let body = match &section.body {
        Body::Table(it) => Body::Table(table(it, privacy)),
        Body::Lines(lines) => Body::Lines(lines.iter().map(|line| seen(line, privacy)).collect()),
    };
    let title = section.title.as_ref().map(|title| seen(title, privacy));
    Section { title, body, beside: section.beside, chart: section.chart }
}

/// The table as it may be seen.
pub(super) fn table(table: &Table, privacy: Privacy) -> Table {
    let mut seen_table = table.clone();
    for column in &mut seen_table.columns {
        column.title = seen(&column.title, privacy);
    }
    let named = |column: usize| table.columns.get(column).is_some_and(|column| NAMES.contains(&column.key));
    for row in &mut seen_table.rows {
        let cells = row.iter_mut().enumerate().filter(|(column, _)| !named(*column));
        cells.for_each(|(_, it)| *it = cell(it, privacy));
    }
    seen_table
}

fn cell(cell: &Cell, privacy: Privacy) -> Cell {
    let value = cell.value.as_ref().map(|value| object(value, privacy));
    Cell { text: seen(&cell.text, privacy), tone: cell.tone, value, unit: cell.unit }
}

/// The value as it may be seen; numbers are figures and stay.
pub(super) fn object(value: &Value, privacy: Privacy) -> Value {
    match value {
        Value::String(words) => Value::from(privacy.words(words)),
        Value::Array(list) => list.iter().map(|value| object(value, privacy)).collect(),
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let named = NAMES.contains(&key.as_str()) && !value.is_object() && !holds_objects(value);
                (key.clone(), if named { value.clone() } else { object(value, privacy) })
            });
            Value::Object(entries.collect())
        }
        value => value.clone(),
    }
}

fn holds_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(|value| value.is_object() || value.is_array()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::document::Column;
    use super::*;

    #[test]
    fn numbers_are_hidden_wherever_they_stand_and_orders_are_not() {
        let columns = ["title", "order"].map(|key| Column::words(key, Text::default()));
        let call = "打 13800138000";
        let cells = [Cell::word(call).value(call), Cell::word("13800138000")];
        let document = Document::new(Text::same(call))
            .lead(Text::same(call))
            .section(Section::new(Text::same(call), Table::new(columns).rows([cells])))
            .section(vec![Text::same(call)])
            .foot(Text::same(call));
        let shown = format!("{:?}", page(&document));
        assert_eq!(shown.matches("138****8000").count(), 7, "{shown}");
        assert_eq!(shown.matches("13800138000").count(), 1, "{shown}");
        let revealed = document.clone().privacy(Privacy::Revealed);
        assert_eq!(*page(&revealed), revealed);
    }

    #[test]
    fn an_object_hides_words_and_keeps_names_and_figures() {
        let value = json!({
            "id": "13800138000", "links": ["13800138000"], "n": 13_800_138_000_i64,
            "cases": [{"title": "13800138000", "order": "13800138000", "customer": {"key": "13800138000"}}],
        });
        let expected = json!({
            "id": "13800138000", "links": ["13800138000"], "n": 13_800_138_000_i64,
            "cases": [{"title": "138****8000", "order": "13800138000", "customer": {"key": "138****8000"}}],
        });
        assert_eq!(object(&value, Privacy::Masked), expected);
        assert_eq!(object(&value, Privacy::Revealed), value);
    }
}
