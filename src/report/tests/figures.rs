//! Every figure of a monthly report against the recount.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::drawn::{CLOCKS, Drawn, HOURS, any_ledger, any_period, book, instant, period};
use super::recount::{Asked, recount, recount_departments};
use crate::report::{Department, Monthly, Period};
use crate::view::{Horizon, View};

/// A report as lines: where a figure is, and what it says. What is `null` is no line.
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
                    Some(_) if row.get("clock").is_none() => word("id").to_owned(),
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

/// A ledger, a period and its hours, now, and whether it is an instant that was asked for.
type Question = (Vec<Drawn>, (String, i64, i64), i64, bool);

fn any_question() -> impl Strategy<Value = Question> {
    (any_ledger(), any_period(), 0..HOURS + 48, any::<bool>())
}

/// What the report says and what the recount says, line by line.
fn agree(
    (ledger, (label, from, to), now, as_of): &Question,
    says: fn(&View<'_>, &Period) -> Value,
    recount: fn(&[Drawn], &Asked) -> BTreeMap<String, String>,
) -> Result<(), TestCaseError> {
    let book = book(&[("base", CLOCKS)]);
    let cases: Vec<_> = ledger.iter().map(|drawn| drawn.case()).collect();
    let cases: Vec<_> = cases.iter().collect();
    let (period, present) = (period(label), instant(*now));
    prop_assert_eq!((period.start, period.end), (instant(*from), instant(*to)));
    let horizon = if *as_of { Horizon::at(present) } else { Horizon::of(period.end, present) };
    let view = View::of(&cases, &book, horizon);
    let mut found = BTreeMap::new();
    lines("", &says(&view, &period), &mut found);
    found.retain(|line, _| !is_said_elsewhere(line));
    let inclusive = *as_of || now < to;
    let horizon = if inclusive { *now } else { *to };
    let expected = recount(ledger, &Asked { from: *from, to: *to, horizon, inclusive });
    for line in found.keys().chain(expected.keys()) {
        prop_assert_eq!(
            found.get(line),
            expected.get(line),
            "{} of {} at {}\n{:#?}",
            line,
            label,
            now,
            ledger
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn figures_agree_with_a_recount(question in any_question()) {
        agree(&question, |view, period| Monthly::of(view, period).table(view.book).object(true).into(), recount)?;
    }

    #[test]
    fn the_audit_of_the_departments_agrees_with_a_recount(question in any_question()) {
        let audit = |view: &View<'_>, period: &Period| {
            Department::all(view, period).iter().map(|department| Value::from(department.table(view.book).object(true))).collect()
        };
        agree(&question, audit, recount_departments)?;
    }
}
