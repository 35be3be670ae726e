//! Why a figure differs between two makings of a report: figure by figure, with the cases behind it.
//!
//! Both are given as reports for programs with the cases behind each figure, so that every figure of every report
//! is compared, also one that is made up tomorrow.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

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
struct Figure {
    value: Value,
    cases: BTreeSet<String>,
}

type Figures = BTreeMap<Vec<String>, Figure>;

/// What names an entry of a list.
const NAMES: [&str; 3] = ["key", "name", "id"];

/// Every figure that differs, in the order of its names.
pub(crate) fn differences(was: &Map<String, Value>, is: &Map<String, Value>) -> Vec<Difference> {
    let (was, is) = (figures(was), figures(is));
    let names: BTreeSet<&Vec<String>> = was.keys().chain(is.keys()).collect();
    let none = Figure::default();
    let differing = names.into_iter().filter_map(|name| {
        let (before, after) = (was.get(name), is.get(name));
        let (a, b) = (before.unwrap_or(&none), after.unwrap_or(&none));
        if before.is_some() == after.is_some() && a.value == b.value && a.cases == b.cases {
            return None;
        }
        Some(Difference {
            figure: name.clone(),
            was: before.map(|figure| figure.value.clone()),
            is: after.map(|figure| figure.value.clone()),
            more: b.cases.difference(&a.cases).cloned().collect(),
            fewer: a.cases.difference(&b.cases).cloned().collect(),
            both: a.cases.intersection(&b.cases).cloned().collect(),
        })
    });
    differing.collect()
}

fn figures(report: &Map<String, Value>) -> Figures {
    let mut found = Figures::new();
    gather(report, &[], &BTreeSet::new(), &mut found);
    found
}

/// Gathers what is in an object; `around` are the cases behind the object that it stands in.
fn gather(object: &Map<String, Value>, way: &[String], around: &BTreeSet<String>, found: &mut Figures) {
    let behind = object.get("cases");
    let all = behind.and_then(ids);
    let usual = all.as_ref().unwrap_or(around);
    let own = way.last().and_then(|name| object.get("id").filter(|id| id.as_str() == Some(name)));
    let own: Option<BTreeSet<String>> = own.and_then(Value::as_str).map(|id| BTreeSet::from([id.to_owned()]));
    for (name, value) in object.iter().filter(|(name, _)| name.as_str() != "cases") {
        let cases = behind.and_then(|cases| ids(cases.get(name)?));
        let cases = cases.as_ref().or(own.as_ref()).unwrap_or(usual);
        let way = [way, std::slice::from_ref(name)].concat();
        match value {
            Value::Object(inner) => gather(inner, &way, cases, found),
            Value::Array(rows) if rows.iter().any(Value::is_object) => list(rows, &way, cases, found),
            Value::Array(rows) if rows.is_empty() => {}
            value => {
                found.insert(way, Figure { value: value.clone(), cases: cases.clone() });
            }
        }
    }
}

/// Gathers the rows of a list, each under its name; rows of one name are told apart by their place among them.
fn list(rows: &[Value], way: &[String], around: &BTreeSet<String>, found: &mut Figures) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().filter_map(Value::as_object) {
        let name = NAMES.iter().find_map(|name| row.get(*name)?.as_str()).unwrap_or("-").to_owned();
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        let mut way = way.to_vec();
        way.push(if *times == 1 { name } else { format!("{name} {times}") });
        gather(row, &way, around, found);
    }
}

/// A list of ids.
fn ids(value: &Value) -> Option<BTreeSet<String>> {
    let list = value.as_array()?;
    list.iter().map(|id| Some(id.as_str()?.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(was: Value, is: Value) -> Vec<Difference> {
        differences(was.as_object().unwrap(), is.as_object().unwrap())
    }

    fn names(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_count_differs_by_its_own_cases() {
        let flow = |received: &[&str], closed: &[&str]| {
            json!({ "flow": { "received": received.len(), "closed": closed.len(),
                "cases": { "received": received, "closed": closed } } })
        };
        let found = told(flow(&["a", "b"], &["a"]), flow(&["b", "c", "d"], &["a"]));
        let received = Difference {
            figure: names(&["flow", "received"]),
            was: Some(json!(2)),
            is: Some(json!(3)),
            more: names(&["c", "d"]),
            fewer: names(&["a"]),
            both: names(&["b"]),
        };
        assert_eq!(found, [received]);
    }

    #[test]
    fn the_same_count_of_other_cases_differs_as_well() {
        let of = |id: &str| json!({ "n": 1, "cases": { "n": [id] } });
        let found = told(of("a"), of("b"));
        assert_eq!((found.len(), &found[0].more, &found[0].fewer), (1, &names(&["b"]), &names(&["a"])));
    }

    #[test]
    fn a_measure_stands_on_the_cases_around_it_and_a_row_on_its_name() {
        let of = |median: f64| {
            json!({ "times": { "contact": { "elapsed": { "n": 1, "median": median }, "cases": ["a"] } },
                "clocks": [{ "name": "plan", "met": 1, "cases": { "met": ["a"] } }] })
        };
        let found = told(of(60.0), of(90.0));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].figure, names(&["times", "contact", "elapsed", "median"]));
        assert_eq!(found[0].both, names(&["a"]));
    }

    #[test]
    fn a_row_that_comes_or_goes_is_told() {
        let row = json!({ "overdue": [{ "id": "a", "clock": "contact" }] });
        let found = told(json!({ "overdue": [] }), row);
        assert_eq!(found[1].figure, names(&["overdue", "a", "id"]));
        assert_eq!((&found[1].was, &found[1].more), (&None, &names(&["a"])));
    }

    #[test]
    fn a_list_of_words_is_a_figure_and_an_empty_one_is_none() {
        let of = |parties: &[&str]| json!({ "responsible": parties });
        let found = told(of(&["mill"]), of(&["mill", "depot"]));
        assert_eq!((&found[0].was, &found[0].is), (&Some(json!(["mill"])), &Some(json!(["mill", "depot"]))));
        assert_eq!(told(of(&["mill"]), of(&["mill"])), []);
        assert_eq!(told(of(&[]), json!({})), []);
    }
}
