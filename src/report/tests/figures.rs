//! Every figure of a monthly report against the recount.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::drawn::{CLOCKS, HOURS, any_ledger, any_period, book, instant, period, zone};
use super::recount::{Asked, recount};
use crate::report::{Horizon, Monthly, View};

/// A report as lines: where a figure stands, and what it says. What is `null` is no line.
fn lines(path: &str, value: &Value, lines: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        Value::Object(object) => {
            for (key, value) in object {
                self::lines(&format!("{path}/{key}"), value, lines);
            }
        }
        Value::Array(rows) if path.contains("/cases") || path.ends_with("/responsible") => {
            let mut words: Vec<_> = rows.iter().filter_map(Value::as_str).collect();
            words.sort_unstable();
            lines.insert(path.to_owned(), words.join(" "));
        }
        Value::Array(rows) => {
            for row in rows {
                let word = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or("-");
                let name = match row.get("id") {
                    Some(_) => format!("{} {} {}", word("id"), word("clock"), row["overdue_seconds"]),
                    None if row.get("name").is_some() => word("name").to_owned(),
                    None => word("key").to_owned(),
                };
                self::lines(&format!("{path}/{name}"), row, lines);
            }
        }
        Value::Number(number) => {
            lines.insert(path.to_owned(), format!("{:.3}", number.as_f64().unwrap()));
        }
        other => {
            lines.insert(path.to_owned(), other.to_string());
        }
    }
}

/// What the recount does not say again: names of rows, and the due in words.
fn is_said_elsewhere(line: &str) -> bool {
    ["/name", "/key", "/id", "/clock", "/due"].iter().any(|end| line.ends_with(end))
}

proptest! {
    #[test]
    fn figures_agree_with_a_recount(
        ledger in any_ledger(),
        (label, from, to) in any_period(),
        now in 0..HOURS + 48,
        as_of in any::<bool>(),
    ) {
        let book = book(&[("base", CLOCKS)]);
        let cases: Vec<_> = ledger.iter().map(|drawn| drawn.case()).collect();
        let cases: Vec<_> = cases.iter().collect();
        let period = period(&label);
        prop_assert_eq!((period.start, period.end), (instant(from), instant(to)));
        let horizon = if as_of { Horizon::at(instant(now)) } else { Horizon::of(&period, instant(now)) };
        let view = View::of(&cases, &book, horizon).unwrap();
        let mut found = BTreeMap::new();
        lines("", &Monthly::of(&view, &period).json(&zone(), true).into(), &mut found);
        found.retain(|line, _| !is_said_elsewhere(line));
        let asked = match as_of || now < to {
            true => Asked { from, to, horizon: now, inclusive: true },
            false => Asked { from, to, horizon: to, inclusive: false },
        };
        let expected = recount(&ledger, &asked);
        for line in found.keys().chain(expected.keys()) {
            prop_assert_eq!(found.get(line), expected.get(line), "{} of {} at {}\n{:#?}", line, label, now, ledger);
        }
    }
}
