//! The figures of a report: named tables of rows `key, label, unit, value, cases, definition`.
//!
//! A report is one [`Figures`]. Everything that shows it walks the same table: JSON and csv, the pages in text, markdown,
//! html and xlsx, `--cases`, the difference between two revisions, `fb help figures` and `docs/figures.md`. A new
//! figure is one row of its table, and all formats agree.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Counted;
use crate::lang::Text;

/// What the value of a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureUnit {
    /// A number of cases, events or other things.
    Count,
    /// A share from 0 to 1; `null` of nothing.
    Share,
    /// A length of time in seconds.
    Seconds,
    /// A mean of scores from 1 to 5.
    Score,
    /// An amount in the shop's currency.
    Money,
    /// So many in 1,000.
    PerThousand,
}

/// The cases behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Behind<'f> {
    /// It counts no cases, or its table names the cases of the whole row.
    Nothing,
    /// These.
    Cases(Cow<'f, Counted<'f>>),
    /// The figure has no value here, and no cases.
    Absent,
}

/// One figure.
#[derive(Debug, Clone)]
pub(crate) struct Figure<'f> {
    /// Its name for programs; it never changes.
    pub key: &'static str,
    /// Its name for people.
    pub label: Text,
    /// Its name over a column, where that is shorter.
    pub head: Option<Text>,
    /// What its value is.
    pub unit: FigureUnit,
    /// Its value for programs; `null` where there is none.
    pub value: Value,
    /// What people read in place of the bare value.
    pub words: Option<Text>,
    /// The cases that it counts.
    pub behind: Behind<'f>,
    /// What it says, in one sentence.
    pub definition: Text,
    /// The clause of a rule book that asks for it.
    pub clause: Option<&'static str>,
}

impl<'f> Figure<'f> {
    /// A figure of any unit.
    pub(crate) fn new(key: &'static str, unit: FigureUnit, value: impl Into<Value>) -> Figure<'f> {
        Figure {
            key,
            label: Text::default(),
            head: None,
            unit,
            value: value.into(),
            words: None,
            behind: Behind::Nothing,
            definition: Text::default(),
            clause: None,
        }
    }

    /// How many, with the cases.
    pub(crate) fn counted(key: &'static str, counted: &'f Counted<'f>) -> Figure<'f> {
        Figure { behind: Behind::Cases(Cow::Borrowed(counted)), ..Figure::count(key, counted.n()) }
    }

    /// How many, with cases that were collected for it.
    pub(crate) fn all_counted(key: &'static str, counted: Counted<'f>) -> Figure<'f> {
        let figure = Figure::count(key, counted.n());
        Figure { behind: Behind::Cases(Cow::Owned(counted)), ..figure }
    }

    /// How many.
    pub(crate) fn count(key: &'static str, n: usize) -> Figure<'f> {
        Figure::new(key, FigureUnit::Count, n)
    }

    /// A share from 0 to 1.
    pub(crate) fn share(key: &'static str, share: Option<f64>) -> Figure<'f> {
        Figure::new(key, FigureUnit::Share, share)
    }

    /// What people call it, in English and in Chinese.
    #[must_use]
    pub(crate) fn called(mut self, en: &'static str, zh: &'static str) -> Figure<'f> {
        self.label = Text::of(en, zh);
        self
    }

    /// What is over its column.
    #[must_use]
    pub(crate) fn head(mut self, en: &'static str, zh: &'static str) -> Figure<'f> {
        self.head = Some(Text::of(en, zh));
        self
    }

    /// What people read in place of the bare value.
    #[must_use]
    pub(crate) fn reads(mut self, words: Text) -> Figure<'f> {
        self.words = Some(words);
        self
    }

    /// What it says, in English and in Chinese.
    #[must_use]
    pub(crate) fn means(mut self, en: &'static str, zh: &'static str) -> Figure<'f> {
        self.definition = Text::of(en, zh);
        self
    }

    /// The clause of a rule book that asks for it.
    #[must_use]
    pub(crate) fn clause(mut self, clause: &'static str) -> Figure<'f> {
        self.clause = Some(clause);
        self
    }

    /// The cases that it counts.
    pub(crate) fn cases(&self) -> Option<&Counted<'f>> {
        match &self.behind {
            Behind::Cases(hits) => Some(hits),
            Behind::Nothing | Behind::Absent => None,
        }
    }

    /// What is over its column.
    pub(crate) fn column(&self) -> Text {
        self.head.clone().unwrap_or_else(|| self.label.clone())
    }
}

/// An entry of a table.
#[derive(Debug, Clone)]
pub(crate) enum FigureEntry<'f> {
    /// A figure.
    Figure(Figure<'f>),
    /// A name or a description, not a figure: an id, a day, a person.
    Word(&'static str, Value),
    /// A table in the table; `None`: it is missing here.
    Table(&'static str, Option<Figures<'f>>),
    /// A list of rows, each a table, under a name for people.
    Rows(&'static str, Text, Vec<Figures<'f>>),
    /// Where the cases of the table are listed; without it, at the end.
    Cases,
}

/// How a table lists its cases for programs.
#[derive(Debug, Clone, PartialEq, Default)]
enum CaseListing<'f> {
    /// A list a figure.
    #[default]
    ByFigure,
    /// One list, of all its figures.
    Together,
    /// One list, of these.
    Of(Cow<'f, Counted<'f>>),
    /// One list, of these, also where no cases are asked for: the row consists of them.
    Always(Cow<'f, Counted<'f>>),
}

/// A table of figures: a report, a part of one, or a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures<'f> {
    /// What people call it.
    pub label: Text,
    /// What it is about, in one sentence.
    pub definition: Text,
    /// What is in it, in order.
    pub entries: Vec<FigureEntry<'f>>,
    listing: CaseListing<'f>,
}

impl<'f> Figures<'f> {
    /// An empty table.
    pub(crate) fn new() -> Figures<'f> {
        Figures::default()
    }

    /// The same table, with this name for people.
    #[must_use]
    pub(crate) fn called(mut self, label: Text) -> Figures<'f> {
        self.label = label;
        self
    }

    /// The same table with what it is about, in English and in Chinese.
    #[must_use]
    pub(crate) fn means(mut self, en: &'static str, zh: &'static str) -> Figures<'f> {
        self.definition = Text::of(en, zh);
        self
    }

    /// One more figure.
    #[must_use]
    pub(crate) fn figure(mut self, figure: Figure<'f>) -> Figures<'f> {
        self.entries.push(FigureEntry::Figure(figure));
        self
    }

    /// One more word.
    #[must_use]
    pub(crate) fn word(mut self, key: &'static str, word: impl Into<Value>) -> Figures<'f> {
        self.entries.push(FigureEntry::Word(key, word.into()));
        self
    }

    /// One more table in it.
    #[must_use]
    pub(crate) fn table(self, key: &'static str, table: Figures<'f>) -> Figures<'f> {
        self.maybe(key, Some(table))
    }

    /// One more table in it, or `null` for it.
    #[must_use]
    pub(crate) fn maybe(mut self, key: &'static str, table: Option<Figures<'f>>) -> Figures<'f> {
        self.entries.push(FigureEntry::Table(key, table));
        self
    }

    /// One more list of rows.
    #[must_use]
    pub(crate) fn rows(
        mut self,
        key: &'static str,
        label: Text,
        rows: impl IntoIterator<Item = Figures<'f>>,
    ) -> Figures<'f> {
        self.entries.push(FigureEntry::Rows(key, label, rows.into_iter().collect()));
        self
    }

    /// All entries of another table, too.
    #[must_use]
    pub(crate) fn and(mut self, other: Figures<'f>) -> Figures<'f> {
        self.entries.extend(other.entries);
        self
    }

    /// The cases are listed here, before what follows.
    #[must_use]
    pub(crate) fn cases_here(mut self) -> Figures<'f> {
        self.entries.push(FigureEntry::Cases);
        self
    }

    /// The cases of all its figures are one list.
    #[must_use]
    pub(crate) fn together(mut self) -> Figures<'f> {
        self.listing = CaseListing::Together;
        self
    }

    /// These are its cases.
    #[must_use]
    pub(crate) fn cases_of(mut self, counted: &'f Counted<'f>) -> Figures<'f> {
        self.listing = CaseListing::Of(Cow::Borrowed(counted));
        self
    }

    /// It consists of these cases: they are always listed.
    #[must_use]
    pub(crate) fn consists_of(mut self, counted: &'f Counted<'f>) -> Figures<'f> {
        self.listing = CaseListing::Always(Cow::Borrowed(counted));
        self
    }

    /// Its own figures, without those of the tables in it.
    pub(crate) fn figures(&self) -> impl Iterator<Item = &Figure<'f>> {
        self.entries.iter().filter_map(|entry| match entry {
            FigureEntry::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    /// The tables in it.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Figures<'f>> {
        self.entries.iter().filter_map(|entry| match entry {
            FigureEntry::Table(_, table) => table.as_ref(),
            _ => None,
        })
    }

    /// The table of a key in it.
    pub(crate) fn within(&self, key: &str) -> Option<&Figures<'f>> {
        self.entries.iter().find_map(|entry| match entry {
            FigureEntry::Table(name, table) if *name == key => table.as_ref(),
            _ => None,
        })
    }

    /// The figure of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Figure<'f>> {
        self.figures().find(|figure| figure.key == key)
    }

    /// The cases of all of it as one list, where it has one.
    pub(crate) fn behind(&self) -> Option<Cow<'_, Counted<'f>>> {
        match &self.listing {
            CaseListing::ByFigure => None,
            CaseListing::Of(hits) | CaseListing::Always(hits) => Some(Cow::Borrowed(&**hits)),
            CaseListing::Together => {
                let mut all = Counted::default();
                self.figures().filter_map(Figure::cases).for_each(|hits| all.extend(hits));
                Some(Cow::Owned(all))
            }
        }
    }

    /// The cases of the row as a whole, where its figures have none of their own.
    pub(crate) fn own_cases(&self) -> Option<&Counted<'f>> {
        match &self.listing {
            CaseListing::Of(hits) | CaseListing::Always(hits) => Some(hits),
            CaseListing::ByFigure | CaseListing::Together => None,
        }
    }

    /// What names it among the rows of a list.
    pub(crate) fn name(&self) -> Option<&str> {
        NAMES.iter().find_map(|name| {
            self.entries.iter().find_map(|entry| match entry {
                FigureEntry::Word(key, word) if key == name => word.as_str(),
                _ => None,
            })
        })
    }

    /// The case that the row is about, where it is about one.
    pub(crate) fn id(&self) -> Option<&str> {
        self.entries.iter().find_map(|entry| match entry {
            FigureEntry::Word("id", id) => id.as_str(),
            _ => None,
        })
    }

    /// For programs; `cases`: with the ids of the cases behind each figure.
    pub(crate) fn object(&self, cases: bool) -> Map<String, Value> {
        let mut object = Map::new();
        let placed = self.entries.iter().any(|entry| matches!(entry, FigureEntry::Cases));
        for entry in &self.entries {
            let (key, value) = match entry {
                FigureEntry::Figure(figure) => (figure.key, figure.value.clone()),
                FigureEntry::Word(key, word) => (*key, word.clone()),
                FigureEntry::Table(key, table) => {
                    (*key, table.as_ref().map_or(Value::Null, |table| table.object(cases).into()))
                }
                FigureEntry::Rows(key, _, rows) => {
                    (*key, rows.iter().map(|row| Value::from(row.object(cases))).collect())
                }
                FigureEntry::Cases => {
                    self.list_cases(&mut object, cases);
                    continue;
                }
            };
            object.insert(key.to_owned(), value);
        }
        if !placed {
            self.list_cases(&mut object, cases);
        }
        object
    }

    fn list_cases(&self, object: &mut Map<String, Value>, asked: bool) {
        let listed = match (&self.listing, self.behind()) {
            (CaseListing::Always(hits), _) => Some(hits.ids()),
            (_, Some(hits)) => asked.then(|| hits.ids()),
            (_, None) => self.cases_by_figure().filter(|_| asked),
        };
        if let Some(listed) = listed {
            object.insert("cases".to_owned(), listed);
        }
    }

    fn cases_by_figure(&self) -> Option<Value> {
        let mut cases = Map::new();
        for figure in self.figures() {
            let ids = match &figure.behind {
                Behind::Nothing => continue,
                Behind::Cases(hits) => hits.ids(),
                Behind::Absent => Value::Null,
            };
            cases.insert(figure.key.to_owned(), ids);
        }
        if cases.is_empty() { None } else { Some(cases.into()) }
    }
}

/// What names a row of a list.
const NAMES: [&str; 3] = ["key", "name", "id"];

impl Counted<'_> {
    /// The ids for programs.
    fn ids(&self) -> Value {
        json!(self.cases().iter().map(|id| id.as_str()).collect::<Vec<_>>())
    }

    /// The ids as words.
    pub(super) fn words(&self) -> BTreeSet<String> {
        self.cases().iter().map(|id| id.as_str().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Id;

    fn id(word: &str) -> Id {
        Id::parse(word).unwrap()
    }

    fn hits<'a>(ids: &[&'a Id]) -> Counted<'a> {
        ids.iter().copied().collect()
    }

    #[test]
    fn a_table_lists_its_cases_where_it_says() {
        let (a, b) = (id("20261001-aaaaaa"), id("20261002-bbbbbb"));
        let (one, two) = (hits(&[&a]), hits(&[&b, &a, &a]));
        let figures =
            || Figures::new().figure(Figure::counted("one", &one)).figure(Figure::counted("two", &two));
        let plain = |table: Figures<'_>, cases| Value::from(table.object(cases)).to_string();
        assert_eq!(plain(figures(), false), r#"{"one":1,"two":3}"#);
        assert_eq!(
            plain(figures().cases_here().word("key", "x"), true),
            format!(r#"{{"one":1,"two":3,"cases":{{"one":["{a}"],"two":["{a}","{b}"]}},"key":"x"}}"#)
        );
        assert_eq!(
            plain(figures().together(), true),
            format!(r#"{{"one":1,"two":3,"cases":["{a}","{b}"]}}"#)
        );
        let always = Figures::new().figure(Figure::count("n", 3)).consists_of(&one);
        assert_eq!(plain(always, false), format!(r#"{{"n":3,"cases":["{a}"]}}"#));
        let none = Figure { behind: Behind::Absent, ..Figure::new("again", FigureUnit::Count, Value::Null) };
        assert_eq!(plain(Figures::new().figure(none), true), r#"{"again":null,"cases":{"again":null}}"#);
    }

    #[test]
    fn a_row_is_named_by_its_key_its_name_or_its_id() {
        assert_eq!(Figures::new().word("id", "a").word("name", "b").name(), Some("b"));
        assert_eq!(Figures::new().word("key", Value::Null).word("id", "a").name(), Some("a"));
        assert_eq!(Figures::new().name(), None);
    }
}
