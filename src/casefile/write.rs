//! A new case file, in the one layout of the format, and the lines of one event.

use std::fmt::Write as _;

use super::scalar::{list, scalar};
use crate::case::{Case, Event, Value};

/// The indentation of the events in a new file.
const DASH: usize = 2;

/// The text of a new case file: it is read as the same case, except for empty values, which are left out, and unknown
/// keys, of which a case has only the names.
pub fn compose(case: &Case) -> String {
    let mut lines = LineWriter::default();
    lines.bare("id", case.id.as_str());
    lines.bare("kind", case.kind.word());
    lines.text("title", Some(&case.title));
    lines.text("description", case.description.as_ref());
    lines.text("channel", Some(&case.channel));
    let customer = &case.customer;
    let parts = [
        ("key", &customer.key),
        ("name", &customer.name),
        ("contact", &customer.contact),
        ("tier", &customer.tier),
    ];
    if parts.iter().any(|(_, part)| part.as_ref().is_some_and(|part| !part.is_empty())) {
        lines.open("customer");
        for (key, part) in parts {
            lines.text(key, part.as_ref());
        }
        lines.close();
    }
    lines.text("order", case.order.as_ref());
    lines.text("product", case.product.as_ref());
    lines.text("demand", case.demand.as_ref());
    lines.list("tags", &case.tags);
    lines.list("links", &case.links);
    lines.text("external", case.external.as_ref());
    lines.open("history");
    let mut text = lines.written;
    for event in &case.history {
        text.push_str(&event_lines(event, DASH));
    }
    text
}

/// The lines of an event whose `-` is indented by `dash` spaces, each with its line feed.
pub(super) fn event_lines(event: &Event, dash: usize) -> String {
    let mut lines = LineWriter { indent: dash + 2, ..LineWriter::default() };
    lines.bare(event.name.word(), &event.at.to_string());
    lines.text("by", event.by.as_ref());
    if let Some(recorded) = event.recorded {
        lines.bare("recorded", &recorded.to_string());
    }
    for (field, value) in &event.payload {
        match value {
            Value::Text(text) => lines.text(field.word(), Some(text)),
            Value::List(texts) => lines.list(field.word(), texts),
            Value::Flag(_) | Value::Score(_) | Value::Money(_) | Value::Moment(_) | Value::Day(_) => {
                lines.bare(field.word(), &value.to_string());
            }
        }
    }
    lines.written.replace_range(dash..=dash, "-");
    lines.written
}

/// Lines `key: value`, one below the other.
#[derive(Default)]
struct LineWriter {
    written: String,
    indent: usize,
}

impl LineWriter {
    /// A value that needs no quotes: a word of the format, a number, a stamp.
    fn bare(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.written, "{:indent$}{key}: {value}", "", indent = self.indent);
    }

    fn text(&mut self, key: &str, text: Option<&String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.bare(key, &scalar(text, self.indent + 2));
        }
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        if texts.iter().any(|text| !text.is_empty()) {
            self.bare(key, &list(texts.iter().filter(|text| !text.is_empty())));
        }
    }

    fn open(&mut self, key: &str) {
        let _ = writeln!(self.written, "{:indent$}{key}:", "", indent = self.indent);
        self.indent += 2;
    }

    fn close(&mut self) {
        self.indent -= 2;
    }
}
