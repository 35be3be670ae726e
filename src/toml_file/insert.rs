//! Adds to a file: one run of text at one place. Every byte that was there stays, in its order.
//!
//! The parsed file says where the entry belongs and in which form its neighbours are written: a line of its table, a
//! table of its own, or a part of an inline table. The result is read again. It must say what the file said before,
//! and the new entry.

use toml_edit::{Array, Document, Item, Key, Table, TableLike, Value};

use crate::error::{Place, Places};

/// A value that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NewValue {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Flag(bool),
    /// A list of texts, one a line, each with a comment; an empty comment is none.
    Lines(Vec<(String, String)>),
    /// A table.
    Table(Vec<(&'static str, NewValue)>),
}

/// What is put into a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Insertion {
    at: usize,
    text: String,
}

impl Insertion {
    /// The file with it.
    pub(crate) fn applied_to(&self, file: &str) -> String {
        let (before, after) = file.split_at(self.at);
        [before, &self.text, after].concat()
    }

    /// Its lines, for people.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &str> {
        self.text.trim_matches([',', ' ', '\r', '\n']).lines()
    }
}

/// Adds entries to a table, either all with a table as their value or none. `above` leads to the table; a file without
/// it gets one at its end. `None`: the file is not TOML, has one of the keys already, or has something else than a
/// table there.
pub(crate) fn insert(text: &str, above: &[&str], entries: &[(&str, NewValue)]) -> Option<Insertion> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(plain).ok()?;
    let are_tables = entries.iter().all(|(_, value)| matches!(value, NewValue::Table(_)));
    let mut insertion = InsertionPoint::of(plain, &document, above, are_tables)?.insertion(above, entries);
    let mut expected: toml::Table = plain.parse().ok()?;
    let table = above.iter().try_fold(&mut expected, |table, key| {
        table.entry(*key).or_insert_with(|| toml::Table::new().into()).as_table_mut()
    })?;
    for (key, value) in entries {
        if table.insert((*key).to_owned(), value.read()).is_some() {
            return None;
        }
    }
    let is_right = insertion.applied_to(plain).parse().is_ok_and(|found: toml::Table| found == expected);
    insertion.at += text.len() - plain.len();
    is_right.then_some(insertion)
}

/// Adds texts to a list. `None`: the file is not TOML, or has no list there.
pub(crate) fn extend(text: &str, path: &[&str], entries: &[String]) -> Option<Insertion> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(plain).ok()?;
    let list: &Array = found(document.as_table(), path)?.1.as_array()?;
    let added: Vec<String> = entries.iter().map(|entry| written(entry)).collect();
    let added = added.join(", ");
    let last = list.iter().filter_map(Value::span).last();
    let (at, added) = match last {
        Some(last) => (last.end, format!(", {added}")),
        None => (list.span()?.start + 1, added),
    };
    let insertion = Insertion { at: at + text.len() - plain.len(), text: added };
    insertion
        .applied_to(text)
        .trim_start_matches('\u{feff}')
        .parse::<toml::Table>()
        .is_ok()
        .then_some(insertion)
}

/// Where a key is; `None`: the file does not have it.
pub(crate) fn place(text: &str, path: &[&str], file: &str) -> Option<Place> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(plain).ok()?;
    let key = found(document.as_table(), path)?.0.span()?;
    Some(Places::of(plain).of_bytes(file, key))
}

/// Whether the value of a key is `false`.
pub(crate) fn is_false(text: &str, path: &[&str]) -> bool {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(plain).ok();
    document.is_some_and(|document| {
        found(document.as_table(), path).is_some_and(|(_, item)| item.as_bool() == Some(false))
    })
}

fn found<'d>(root: &'d Table, path: &[&str]) -> Option<(&'d Key, &'d Item)> {
    let (key, above) = path.split_last()?;
    let table =
        above.iter().try_fold(root as &dyn TableLike, |table, key| table.get(key)?.as_table_like())?;
    table.get_key_value(key)
}

/// Where a new entry belongs, and in which form.
struct InsertionPoint<'t> {
    text: &'t str,
    at: usize,
    form: EntryForm,
}

/// How an entry is written.
enum EntryForm {
    /// `[people.an]` and its lines. Where the entry is no table: `[channels]` and the line.
    Section,
    /// A line, in which the key follows these keys: `people.an = …`.
    Line(Vec<String>),
    /// The same between the braces of an inline table, after another entry or as its first.
    Within(Vec<String>, IsFirst),
}

/// Whether the inline table is empty before.
type IsFirst = bool;

impl<'t> InsertionPoint<'t> {
    fn of(
        text: &'t str,
        document: &Document<&str>,
        above: &[&str],
        are_tables: bool,
    ) -> Option<InsertionPoint<'t>> {
        let (mut holder, mut written) = (document.as_item(), 0);
        for (depth, key) in above.iter().enumerate() {
            match holder.as_table_like()?.get(key) {
                Some(item) => holder = item,
                None if depth == 0 => {
                    return Some(InsertionPoint { text, at: text.len(), form: EntryForm::Section });
                }
                None => return None,
            }
            if !is_dotted(holder) {
                written = depth + 1;
            }
        }
        let front: Vec<String> = above[written..].iter().map(|key| (*key).to_owned()).collect();
        match holder {
            Item::Value(Value::InlineTable(inline)) => {
                let last = inline.iter().filter_map(|(_, value)| end_of_value(value)).max();
                let at = last.or_else(|| Some(inline.span()?.start + 1))?;
                Some(InsertionPoint { text, at, form: EntryForm::Within(front, last.is_none()) })
            }
            Item::Table(table) => Some(InsertionPoint::in_table(text, table, front, are_tables)),
            _ => None,
        }
    }

    fn in_table(text: &'t str, table: &Table, front: Vec<String>, are_tables: bool) -> InsertionPoint<'t> {
        if are_tables && !table.is_dotted() && !last_is_inline(table) {
            let at = past_line(text, end_of_table(table).unwrap_or(text.len()));
            return InsertionPoint { text, at, form: EntryForm::Section };
        }
        let header = table.span().filter(|_| !table.is_implicit()).map(|span| span.end);
        match end_of_lines(table).or(header) {
            Some(end) => InsertionPoint { text, at: past_line(text, end), form: EntryForm::Line(front) },
            None => InsertionPoint { text, at: text.len(), form: EntryForm::Section },
        }
    }

    fn insertion(&self, above: &[&str], entries: &[(&str, NewValue)]) -> Insertion {
        let (text, at) = (self.text, self.at);
        let line_break = line_break(text, at);
        let before = &text[..at];
        let begin = if before.is_empty() || before.ends_with('\n') { "" } else { line_break };
        let inserted = match &self.form {
            EntryForm::Line(front) => {
                let lines = entries.iter().map(|entry| line(front, entry, line_break) + line_break);
                std::iter::once(begin.to_owned()).chain(lines).collect()
            }
            EntryForm::Within(front, is_first) => {
                let entries: Vec<String> =
                    entries.iter().map(|entry| line(front, entry, line_break)).collect();
                let entries = entries.join(", ");
                match is_first {
                    false => format!(", {entries}"),
                    true if text[at..].starts_with('}') => format!(" {entries} "),
                    true => format!(" {entries}"),
                }
            }
            EntryForm::Section => {
                let is_apart =
                    before.trim().is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
                let blank_before = if is_apart { "" } else { line_break };
                let blank_after = if is_blank(next_line(text, at)) { "" } else { line_break };
                let sections = sections(above, entries, line_break).join(line_break);
                format!("{begin}{blank_before}{sections}{blank_after}")
            }
        };
        Insertion { at, text: inserted }
    }
}

/// `people.an = …`, without its line break.
fn line(front: &[String], (key, value): &(&str, NewValue), line_break: &str) -> String {
    let keys: Vec<String> = front.iter().map(String::as_str).chain([*key]).map(shown_key).collect();
    format!("{} = {}", keys.join("."), value.shown(line_break))
}

/// A section for each entry that is a table; one for all others.
fn sections(above: &[&str], entries: &[(&str, NewValue)], line_break: &str) -> Vec<String> {
    let header = |path: &[&str]| {
        let keys: Vec<String> = path.iter().map(|key| shown_key(key)).collect();
        format!("[{}]{line_break}", keys.join("."))
    };
    let lines = |entries: &[(&str, NewValue)]| -> String {
        entries.iter().map(|entry| line(&[], entry, line_break) + line_break).collect()
    };
    let tables = entries.iter().filter_map(|(key, value)| match value {
        NewValue::Table(entries) => Some(header(&[above, &[*key]].concat()) + &lines(entries)),
        _ => None,
    });
    let tables: Vec<String> = tables.collect();
    if tables.is_empty() { vec![header(above) + &lines(entries)] } else { tables }
}

impl NewValue {
    /// As it is written in a file.
    fn shown(&self, line_break: &str) -> String {
        match self {
            NewValue::Text(text) => written(text),
            NewValue::Number(number) => number.to_string(),
            NewValue::Flag(flag) => flag.to_string(),
            NewValue::Lines(entries) => {
                let wide = entries.iter().map(|(text, _)| written(text).len()).max().unwrap_or_default() + 1;
                let line = |(text, comment): &(String, String)| match comment.as_str() {
                    "" => format!("  {},{line_break}", written(text)),
                    comment => format!("  {:wide$} # {comment}{line_break}", written(text) + ","),
                };
                format!("[{line_break}{}]", entries.iter().map(line).collect::<String>())
            }
            NewValue::Table(entries) if entries.is_empty() => "{}".to_owned(),
            NewValue::Table(entries) => {
                let entries: Vec<String> = entries.iter().map(|entry| line(&[], entry, line_break)).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    /// As it is read from a file.
    fn read(&self) -> toml::Value {
        match self {
            NewValue::Text(text) => text.clone().into(),
            NewValue::Number(number) => (*number).into(),
            NewValue::Flag(flag) => (*flag).into(),
            NewValue::Lines(entries) => {
                entries.iter().map(|(text, _)| text.clone()).collect::<Vec<_>>().into()
            }
            NewValue::Table(entries) => {
                let entry = |(key, value): &(&str, NewValue)| ((*key).to_owned(), value.read());
                entries.iter().map(entry).collect::<toml::Table>().into()
            }
        }
    }
}

/// A text in quotation marks.
fn written(text: &str) -> String {
    Value::from(text).to_string()
}

fn shown_key(key: &str) -> String {
    Key::new(key).display_repr().into_owned()
}

/// Whether a table is written by dotted keys only: `people.an.name = …`.
fn is_dotted(item: &Item) -> bool {
    match item {
        Item::Table(table) => table.is_dotted(),
        Item::Value(Value::InlineTable(inline)) => inline.is_dotted(),
        _ => false,
    }
}

/// Whether the last entry of a table is an inline table.
fn last_is_inline(table: &Table) -> bool {
    let begin = |key: &str| table.key(key).and_then(Key::span).map(|span| span.start);
    let last = table.iter().max_by_key(|(key, _)| begin(key));
    last.is_some_and(|(_, item)| item.is_inline_table())
}

/// Where a value ends; of an inline table by dotted keys, where the last of its values ends.
fn end_of_value(value: &Value) -> Option<usize> {
    match value {
        Value::InlineTable(inline) if inline.is_dotted() => {
            inline.iter().filter_map(|(_, value)| end_of_value(value)).max()
        }
        value => value.span().map(|span| span.end),
    }
}

/// Where the lines of a table end that are below its own header, or by dotted keys below another.
fn end_of_lines(table: &Table) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(value) => end_of_value(value),
        Item::Table(table) if table.is_dotted() => end_of_lines(table),
        _ => None,
    });
    ends.max()
}

/// Where a table ends, with everything in it, also below other headers.
fn end_of_table(table: &Table) -> Option<usize> {
    let header = table.span().map(|span| span.end);
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(value) => end_of_value(value),
        Item::Table(table) => end_of_table(table),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(end_of_table).max(),
        Item::None => None,
    });
    ends.chain(header).max()
}

/// The end of the line that holds `at`, and of the comments below that touch it. Comments that touch what follows belong
/// to that.
fn past_line(text: &str, at: usize) -> usize {
    let end = at + next_line(text, at).len();
    let mut past = end;
    while next_line(text, past).trim_start().starts_with('#') {
        past += next_line(text, past).len();
    }
    if is_blank(next_line(text, past)) { past } else { end }
}

/// The rest of a line, with its line break.
fn next_line(text: &str, at: usize) -> &str {
    text[at..].split_inclusive('\n').next().unwrap_or_default()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The line break before `at`; where there is none, the file's first.
fn line_break(text: &str, at: usize) -> &'static str {
    let last = text[..at].split_inclusive('\n').rfind(|line| line.ends_with('\n'));
    let line = last.or_else(|| text.split_inclusive('\n').next()).unwrap_or_default();
    if line.ends_with("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests;
