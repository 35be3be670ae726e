//! Why a figure differs between two versions of a report: figure by figure, with the cases behind it.
//!
//! Both versions are tables of figures, so every figure of every report is compared.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::figure::{FigureEntry, Figures};

/// A figure that differs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// The names from the report's root, an entry of a list under its `key`, `name` or `id`.
    pub figure: Vec<String>,
    /// As it was; `None`: there was no such row.
    pub was: Option<Value>,
    /// As it is; `None`: there is no such row any more.
    pub is: Option<Value>,
    /// The cases behind it that were not behind it before.
    pub more: Vec<String>,
    /// The cases that are not behind it any more.
    pub fewer: Vec<String>,
    /// The cases that were and are behind it.
    pub both: Vec<String>,
}

/// A figure with the cases behind it.
#[derive(Debug, Clone, Default)]
struct ComparedFigure {
    value: Value,
    cases: BTreeSet<String>,
}

/// The figures of a report by their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct FiguresByName(BTreeMap<Vec<String>, ComparedFigure>);

/// Every figure that differs, in the order of its names.
pub(crate) fn differences(was: &FiguresByName, is: &FiguresByName) -> Vec<Difference> {
    let (was, is) = (&was.0, &is.0);
    let names: BTreeSet<&Vec<String>> = was.keys().chain(is.keys()).collect();
    let none = ComparedFigure::default();
    let mut found = Vec::new();
    for name in names {
        let (before, after) = (was.get(name), is.get(name));
        let (a, b) = (before.unwrap_or(&none), after.unwrap_or(&none));
        if before.is_some() == after.is_some() && a.value == b.value && a.cases == b.cases {
            continue;
        }
        found.push(Difference {
            figure: name.clone(),
            was: before.map(|figure| figure.value.clone()),
            is: after.map(|figure| figure.value.clone()),
            more: b.cases.difference(&a.cases).cloned().collect(),
            fewer: a.cases.difference(&b.cases).cloned().collect(),
            both: a.cases.intersection(&b.cases).cloned().collect(),
        });
    }
    found
}

impl FiguresByName {
    /// All of a report's figures, and the words beside them.
    pub(crate) fn of(report: &Figures<'_>) -> FiguresByName {
        let mut found = FiguresByName::default();
        found.gather(report, &[], &BTreeSet::new());
        found
    }

    /// Gathers what is in a table; `around` are the cases behind the table that it is in.
    fn gather(&mut self, table: &Figures<'_>, way: &[String], around: &BTreeSet<String>) {
        let all = table.behind().map(|hits| hits.words());
        let usual = all.as_ref().unwrap_or(around);
        let own = table.id().map(|id| BTreeSet::from([id.to_owned()]));
        for entry in &table.entries {
            let key = match entry {
                FigureEntry::Figure(figure) => figure.key,
                FigureEntry::Word(key, _) | FigureEntry::Table(key, _) | FigureEntry::Rows(key, ..) => key,
                FigureEntry::Cases => continue,
            };
            let way = [way, &[key.to_owned()]].concat();
            let around = own.as_ref().unwrap_or(usual);
            match entry {
                FigureEntry::Table(_, Some(inner)) => self.gather(inner, &way, around),
                FigureEntry::Rows(_, _, rows) => self.list(rows, &way, around),
                FigureEntry::Word(_, Value::Array(words)) if words.is_empty() => {}
                FigureEntry::Word(_, word) => self.add(way, word, around),
                FigureEntry::Table(_, None) => self.add(way, &Value::Null, around),
                FigureEntry::Figure(figure) => match figure.cases().filter(|_| all.is_none()) {
                    Some(hits) => self.add(way, &figure.value, &hits.words()),
                    None => self.add(way, &figure.value, around),
                },
                FigureEntry::Cases => {}
            }
        }
    }

    /// Gathers the rows of a list, each under its name; rows of the same name are numbered.
    fn list(&mut self, rows: &[Figures<'_>], way: &[String], around: &BTreeSet<String>) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            let name = row.name().unwrap_or("-");
            let times = seen.entry(name).or_default();
            *times += 1;
            let name = if *times == 1 { name.to_owned() } else { format!("{name} {times}") };
            self.gather(row, &[way, &[name]].concat(), around);
        }
    }

    fn add(&mut self, way: Vec<String>, value: &Value, cases: &BTreeSet<String>) {
        self.0.insert(way, ComparedFigure { value: value.clone(), cases: cases.clone() });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Counted;
    use super::super::figure::{Figure, FigureUnit};
    use super::*;
    use crate::case::Id;
    use crate::lang::Text;

    fn told(was: &Figures<'_>, is: &Figures<'_>) -> Vec<Difference> {
        differences(&FiguresByName::of(was), &FiguresByName::of(is))
    }

    fn names(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// `a` is the id of the case a.
    fn whole(short: &str) -> String {
        format!("20261001-{}", short.repeat(6))
    }

    fn ids(shorts: &[&str]) -> Vec<Id> {
        shorts.iter().map(|short| Id::parse(&whole(short)).unwrap()).collect()
    }

    fn wholes(shorts: &[&str]) -> Vec<String> {
        shorts.iter().map(|short| whole(short)).collect()
    }

    #[test]
    fn a_count_differs_by_its_own_cases() {
        let (ab, bcd, a) = (ids(&["a", "b"]), ids(&["b", "c", "d"]), ids(&["a"]));
        let (ab, bcd, a): (Counted<'_>, Counted<'_>, Counted<'_>) =
            (ab.iter().collect(), bcd.iter().collect(), a.iter().collect());
        let flow = |received, closed| {
            let flow = Figures::new().figure(Figure::counted("received", received));
            Figures::new().table("flow", flow.figure(Figure::counted("closed", closed)))
        };
        let received = Difference {
            figure: names(&["flow", "received"]),
            was: Some(json!(2)),
            is: Some(json!(3)),
            more: wholes(&["c", "d"]),
            fewer: wholes(&["a"]),
            both: wholes(&["b"]),
        };
        assert_eq!(told(&flow(&ab, &a), &flow(&bcd, &a)), [received]);
    }

    #[test]
    fn the_same_count_of_other_cases_differs_as_well() {
        let (a, b) = (ids(&["a"]), ids(&["b"]));
        let (a, b): (Counted<'_>, Counted<'_>) = (a.iter().collect(), b.iter().collect());
        let found = told(
            &Figures::new().figure(Figure::counted("n", &a)),
            &Figures::new().figure(Figure::counted("n", &b)),
        );
        assert_eq!((found.len(), &found[0].more, &found[0].fewer), (1, &wholes(&["b"]), &wholes(&["a"])));
    }

    #[test]
    fn a_measure_has_the_cases_around_it_and_a_row_its_name() {
        let a = ids(&["a"]);
        let a: Counted<'_> = a.iter().collect();
        let of = |median: f64| {
            let elapsed = Figures::new().figure(Figure::new("median", FigureUnit::Seconds, median));
            let contact = Figures::new().table("elapsed", elapsed).cases_of(&a);
            let plan = Figures::new().word("name", "plan").figure(Figure::counted("met", &a));
            let times = Figures::new().table("contact", contact);
            Figures::new().table("times", times).rows("clocks", Text::default(), [plan])
        };
        let found = told(&of(60.0), &of(90.0));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].figure, names(&["times", "contact", "elapsed", "median"]));
        assert_eq!(found[0].both, wholes(&["a"]));
    }

    #[test]
    fn a_row_that_comes_or_goes_is_told() {
        let rows = |rows: Vec<Figures<'static>>| Figures::new().rows("overdue", Text::default(), rows);
        let row = Figures::new().word("id", "a").word("clock", "contact");
        let found = told(&rows(Vec::new()), &rows(vec![row]));
        assert_eq!(found[1].figure, names(&["overdue", "a", "id"]));
        assert_eq!((&found[1].was, &found[1].more), (&None, &names(&["a"])));
    }

    #[test]
    fn a_list_of_words_is_a_figure_and_an_empty_one_is_none() {
        let of = |parties: &[&str]| Figures::new().word("responsible", parties.to_vec());
        let found = told(&of(&["mill"]), &of(&["mill", "depot"]));
        assert_eq!((&found[0].was, &found[0].is), (&Some(json!(["mill"])), &Some(json!(["mill", "depot"]))));
        assert_eq!(told(&of(&["mill"]), &of(&["mill"])), []);
        assert_eq!(told(&of(&[]), &Figures::new()), []);
    }
}
