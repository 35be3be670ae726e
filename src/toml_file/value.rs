//! Tables and values: asking for a value of one kind notes any other kind.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{TomlFile, TomlPlace, TomlWord, say};
use crate::lang::Text;

/// The keys that a table may have.
pub(crate) struct TomlKeys {
    /// The required ones.
    pub(crate) needed: &'static [&'static str],
    /// The others.
    pub(crate) optional: &'static [&'static str],
}

/// A table of the file.
pub(crate) struct TomlTable<'f> {
    pub(crate) at: TomlPlace<'f>,
    /// The keys that lead to it, with dots between them; empty for the file itself.
    path: String,
    /// It is one of a list.
    listed: bool,
    table: &'f DeTable<'f>,
}

impl<'f> TomlTable<'f> {
    /// The file itself.
    pub(super) fn top(file: &'f TomlFile<'f>, table: &'f DeTable<'f>) -> TomlTable<'f> {
        TomlTable { at: TomlPlace { file, span: 0..0 }, path: String::new(), listed: false, table }
    }

    /// Notes every unknown key, and every required one that is missing.
    pub(crate) fn keys(&self, keys: &TomlKeys) {
        self.only(&[keys.needed, keys.optional].concat());
        for key in keys.needed.iter().filter(|key| !self.has(key)) {
            self.missing(key, &format!("{key} = …"));
        }
    }

    fn missing(&self, key: &str, line: &str) {
        let message = match self.name() {
            Some(name) => say::missing_key(key, name),
            None => say::missing_key_here(key),
        };
        self.at.problem(message, say::write(line));
    }

    /// Notes every unknown key.
    fn only(&self, known: &[&str]) {
        for value in self.values().iter().filter(|value| !known.contains(&value.key.word)) {
            value.key.unknown_key(self.name(), known.iter().copied());
        }
    }

    /// As people read it: `[shop]`, `[[clock]]`.
    fn name(&self) -> Option<String> {
        match (self.path.as_str(), self.listed) {
            ("", _) => None,
            (path, false) => Some(format!("[{path}]")),
            (path, true) => Some(format!("[[{path}]]")),
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<TomlValue<'f>> {
        self.table.get_key_value(key).map(|(key, value)| self.value(key, value))
    }

    /// All values, in the order of the file.
    pub(crate) fn values(&self) -> Vec<TomlValue<'f>> {
        let mut values: Vec<_> = self.table.iter().map(|(key, value)| self.value(key, value)).collect();
        values.sort_by_key(|value| value.key.at.span.start);
        values
    }

    fn value(
        &self,
        key: &'f Spanned<toml::de::DeString<'f>>,
        value: &'f Spanned<DeValue<'f>>,
    ) -> TomlValue<'f> {
        let file = self.at.file;
        let key = TomlWord { word: key.get_ref(), at: TomlPlace { file, span: key.span() } };
        let path = match self.path.as_str() {
            "" => shown(key.word),
            path => format!("{path}.{}", shown(key.word)),
        };
        let at = TomlPlace { file, span: value.span() };
        TomlValue { key, at, path, listed: false, value: value.get_ref() }
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&'f str> {
        self.get(key)?.text()
    }

    /// The texts of a key; empty if it is missing.
    pub(crate) fn texts(&self, key: &str) -> Vec<TomlWord<'f>> {
        self.get(key).map(|value| value.texts()).unwrap_or_default()
    }

    /// The display name of a name.
    pub(crate) fn label(&self, key: &str, more: &[&str]) -> Option<Text> {
        self.get(key)?.label(more)
    }

    /// True or false.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.flag()
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&self, key: &str) -> Option<f64> {
        self.get(key)?.share()
    }

    /// The table of a key, with any keys.
    pub(crate) fn table(&self, key: &str) -> Option<TomlTable<'f>> {
        self.get(key)?.table()
    }

    /// The required section that is headed `[key]`.
    pub(crate) fn section(&self, key: &str) -> Option<TomlValue<'f>> {
        let section = self.get(key);
        if section.is_none() {
            self.missing(key, &format!("[{key}]"));
        }
        section
    }

    /// The sections that are headed `[[key]]`.
    pub(crate) fn sections(&self, key: &str) -> Vec<TomlValue<'f>> {
        self.get(key)
            .and_then(|value| value.entries(say::sections(key), &format!("[[{key}]]")))
            .unwrap_or_default()
    }
}

/// A value of the file.
#[derive(Clone)]
pub(crate) struct TomlValue<'f> {
    /// Its key; that of the list, for one of a list.
    pub(crate) key: TomlWord<'f>,
    pub(crate) at: TomlPlace<'f>,
    /// The keys that lead to it, with dots between them.
    path: String,
    /// It is one of a list.
    listed: bool,
    value: &'f DeValue<'f>,
}

impl<'f> TomlValue<'f> {
    /// A text.
    pub(crate) fn text(&self) -> Option<&'f str> {
        self.word().map(|word| word.word)
    }

    /// A text with its place.
    pub(crate) fn word(&self) -> Option<TomlWord<'f>> {
        let Some(word) = self.value.as_str() else { return self.wrong(say::text(), &self.line("\"…\"")) };
        Some(TomlWord { word, at: self.at.clone() })
    }

    /// A list of texts; one text is a list of one.
    pub(crate) fn texts(&self) -> Vec<TomlWord<'f>> {
        match self.value {
            DeValue::String(_) => self.word().into_iter().collect(),
            DeValue::Array(_) => self.list().iter().flatten().filter_map(TomlValue::word).collect(),
            _ => self.wrong(say::texts(), &self.line("[\"…\", \"…\"]")).unwrap_or_default(),
        }
    }

    /// A list of anything.
    pub(crate) fn list(&self) -> Option<Vec<TomlValue<'f>>> {
        self.entries(say::list(), &self.line("[…]"))
    }

    /// A list of anything; anything else is a list of one.
    pub(crate) fn list_or_one(&self) -> Option<Vec<TomlValue<'f>>> {
        if self.is_list() { self.list() } else { Some(vec![self.clone()]) }
    }

    /// Whether it is a list.
    pub(crate) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    fn entries(&self, wanted: Text, line: &str) -> Option<Vec<TomlValue<'f>>> {
        let Some(list) = self.value.as_array() else { return self.wrong(wanted, line) };
        let mut entries = Vec::new();
        for entry in list.iter() {
            let at = TomlPlace { span: entry.span(), ..self.at.clone() };
            entries.push(TomlValue { at, listed: true, value: entry.get_ref(), ..self.clone() });
        }
        Some(entries)
    }

    /// True or false.
    pub(crate) fn flag(&self) -> Option<bool> {
        self.value.as_bool().or_else(|| self.wrong(say::flag(), &self.line("true")))
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&self) -> Option<f64> {
        let share = self.number()?;
        if !(0.0..=1.0).contains(&share) {
            self.at.problem(say::bad_share(self.key.word), None);
            return None;
        }
        Some(share)
    }

    /// A whole number, 0 or more.
    pub(crate) fn count(&self) -> Option<u64> {
        let number = self.number()?;
        if number < 0.0 || number.fract() != 0.0 {
            self.at.problem(say::bad_count(self.key.word), None);
            return None;
        }
        Some(number as u64)
    }

    fn number(&self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(number) => {
                i128::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        number.or_else(|| self.wrong(say::number(), &self.line("1")))
    }

    /// A table, with any keys.
    pub(crate) fn table(&self) -> Option<TomlTable<'f>> {
        let Some(table) = self.value.as_table() else {
            let line = if self.listed { "{ … }".to_owned() } else { format!("[{}]", self.path) };
            return self.wrong(say::a_table(), &line);
        };
        Some(TomlTable { at: self.at.clone(), path: self.path.clone(), listed: self.listed, table })
    }

    /// A table with these keys.
    pub(crate) fn table_of(&self, keys: &TomlKeys) -> Option<TomlTable<'f>> {
        let table = self.table()?;
        table.keys(keys);
        Some(table)
    }

    /// Whether it is a table.
    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether it is `false`, which removes a name.
    pub(crate) fn is_false(&self) -> bool {
        self.value.as_bool() == Some(false)
    }

    /// A display name: a text, or a table with `en` and `zh`, and with `more` keys besides them.
    pub(crate) fn label(&self, more: &[&str]) -> Option<Text> {
        if let Some(text) = self.value.as_str() {
            return Some(Text::same(text));
        }
        let names = self.is_table().then(|| self.table()).flatten();
        if let Some(table) = &names {
            table.only(&[&["en", "zh"], more].concat());
        }
        match names.map(|table| (table.text("en"), table.text("zh"))) {
            Some((Some(en), Some(zh))) => Some(Text::new(en, zh)),
            Some((Some(only), None) | (None, Some(only))) => Some(Text::same(only)),
            Some((None, None)) | None => self.wrong(say::label(), &self.line("{ en = \"…\", zh = \"…\" }")),
        }
    }

    /// A text without its quotation marks, anything else as it is in the file.
    pub(crate) fn written(&self) -> TomlWord<'f> {
        let word = self.value.as_str().or_else(|| self.at.file.text.get(self.at.span.clone()));
        TomlWord { word: word.unwrap_or_default(), at: self.at.clone() }
    }

    /// A line of the file that gives the key such a value.
    fn line(&self, example: &str) -> String {
        if self.listed { example.to_owned() } else { format!("{} = {example}", shown(self.key.word)) }
    }

    /// Notes that the value is of another kind than expected; with an example line.
    fn wrong<T>(&self, wanted: Text, line: &str) -> Option<T> {
        let key = self.key.word;
        let name = if self.listed { say::each_of(key) } else { say::key(key) };
        let found = match self.value {
            DeValue::String(_) => say::a_text(),
            DeValue::Integer(_) | DeValue::Float(_) => say::number(),
            DeValue::Boolean(_) => say::flag(),
            DeValue::Datetime(_) => say::a_date(),
            DeValue::Array(_) => say::a_list(),
            DeValue::Table(_) => say::a_table(),
        };
        self.at.problem(say::wrong_kind(name, wanted, found), say::write(line));
        None
    }
}

/// A key as written in a file: in quotation marks if it needs them.
fn shown(key: &str) -> String {
    let bare = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare && !key.is_empty() { key.to_owned() } else { format!("\"{key}\"") }
}
