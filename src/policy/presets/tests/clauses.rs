//! Every clause is there, something carries it out, and every name in a rule book is defined.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::book::{books, table, tables, word, words};
use crate::case::Names;
use crate::lang::names;

/// The clauses of the rule books, as the requirements list them.
const CLAUSES: &[(&str, &[&str])] = &[
    (
        "ecommerce",
        &["S0.4", "S0.5", "S0.5.1", "S0.5.2", "S0.5.3", "S0.6", "S0.7", "S0.8.1", "S0.8.2", "S0.8.3", "S0.9"],
    ),
    (
        "citywide",
        &[
            "S1.3", "S1.4.1", "S1.4.2", "S1.4.3", "S1.4.4", "S1.4.5", "S1.4.6", "S1.4.7", "S1.5", "S1.6.1",
            "S1.6.2", "S1.6.3", "S1.7", "S1.8",
        ],
    ),
    ("handbook", &["S2.1", "S2.2", "S2.3.1", "S2.3.2", "S2.4.1", "S2.4.2"]),
    ("aftersales", &["S3.1.1", "S3.1.2", "S3.1.3", "S3.1.4", "S3.2.1", "S3.2.2"]),
    ("servicedesk", &["S4.4", "S4.6", "S4.7", "S4.8", "S4.9", "S4.10"]),
];

#[test]
fn every_clause_of_a_rule_book_is_there_once_and_in_order() {
    for (book, (name, codes)) in books().zip(CLAUSES) {
        assert_eq!(book.preset.name, *name);
        assert_eq!(book.codes(), *codes, "{name}");
    }
}

#[test]
fn every_clause_is_carried_out_by_something_that_exists() {
    for book in books() {
        for clause in tables(&book.policy, "clause") {
            let by = words(clause, "by");
            assert!(!by.is_empty(), "{}", word(clause, "code"));
            assert_eq!(
                by.iter().collect::<BTreeSet<_>>().len(),
                by.len(),
                "{} says one twice",
                word(clause, "code")
            );
            for reference in by {
                assert!(book.leads(reference), "{}: `{reference}` leads nowhere", word(clause, "code"));
            }
        }
    }
}

/// Calls `seen` with every table in a document, at any depth, and its path.
fn each_table(value: &Value, way: &str, seen: &mut impl FnMut(&Table, &str)) {
    match value {
        Value::Table(table) => {
            seen(table, way);
            table.iter().for_each(|(key, value)| each_table(value, &format!("{way}.{key}"), seen));
        }
        Value::Array(values) => values.iter().for_each(|value| each_table(value, way, seen)),
        _ => {}
    }
}

#[test]
fn every_rule_names_a_clause_that_exists() {
    for book in books() {
        for clock in tables(&book.policy, "clock") {
            assert!(clock.contains_key("clause"), "{clock}");
        }
        let codes = book.codes();
        for document in [&book.policy, &book.shop] {
            each_table(&Value::Table(document.clone()), book.preset.name, &mut |table, way| {
                if let Some(Value::String(code)) = table.get("clause") {
                    assert!(codes.contains(&code.as_str()), "{way}: there is no clause {code}");
                }
            });
        }
    }
}

#[test]
fn whatever_a_rule_carries_out_its_clause_knows_of_it() {
    for book in books() {
        let clauses = tables(&book.policy, "clause");
        let says = |code: &str, reference: &str| {
            let clause = clauses.iter().find(|clause| word(clause, "code") == code).unwrap();
            assert!(words(clause, "by").contains(&reference), "{code} does not name `{reference}`");
        };
        for clock in tables(&book.policy, "clock") {
            says(word(clock, "clause"), &format!("clock {}", word(clock, "name")));
        }
        for target in tables(&book.policy, "target") {
            says(word(target, "clause"), &format!("target {}", word(target, "name")));
        }
        for need in book.needs() {
            says(need.clause, &format!("needs {}.{}", need.kind, need.event));
        }
        for (section, sort) in [("milestones", "milestone"), ("approval", "approval")] {
            for (name, rule) in table(&book.policy, section) {
                says(word(rule.as_table().unwrap(), "clause"), &format!("{sort} {name}"));
            }
        }
        for (section, sort) in [("roles", "role"), ("channels", "channel")] {
            for (name, label) in table(&book.shop, section) {
                says(word(label.as_table().unwrap(), "clause"), &format!("{sort} {name}"));
            }
        }
        for (name, department) in table(&book.shop, "departments") {
            says(
                word(table(department.as_table().unwrap(), "name"), "clause"),
                &format!("department {name}"),
            );
        }
        for code in words(table(&book.policy, "escalation"), "clause") {
            says(code, "escalation");
        }
        for (section, reference) in
            [("handover", "clock handover"), ("waiting", "clock waiting"), ("stalled", "check stalled")]
        {
            for code in words(table(&book.policy, section), "clause") {
                says(code, reference);
            }
        }
    }
}

#[test]
fn every_label_is_there_in_both_languages() {
    for book in books() {
        let both = |label: &Table, way: &str| {
            let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(!word(label, "en").is_empty() && !chinese(word(label, "en")), "{way}: en");
            assert!(chinese(word(label, "zh")), "{way}: zh");
        };
        for document in [&book.policy, &book.shop] {
            each_table(&Value::Table(document.clone()), book.preset.name, &mut |table, way| {
                if table.contains_key("en") || table.contains_key("zh") {
                    both(table, way);
                }
            });
        }
        both(table(&book.policy, "title"), "title");
        tables(&book.policy, "clock")
            .iter()
            .for_each(|clock| both(table(clock, "label"), word(clock, "name")));
        tables(&book.policy, "target")
            .iter()
            .for_each(|target| both(table(target, "label"), word(target, "name")));
        tables(&book.policy, "clause")
            .iter()
            .for_each(|clause| both(table(clause, "text"), word(clause, "code")));
        for section in ["milestones", "roles", "channels", "categories"] {
            let owner = if section == "milestones" { &book.policy } else { &book.shop };
            table(owner, section).iter().for_each(|(name, label)| both(label.as_table().unwrap(), name));
        }
        for (name, department) in table(&book.shop, "departments") {
            both(table(department.as_table().unwrap(), "name"), name);
        }
    }
}

#[test]
fn what_is_routed_is_known_and_goes_to_a_department() {
    for book in books() {
        for (category, department) in table(&book.shop, "routing") {
            let department = department.as_str().unwrap();
            assert!(book.knows(Names::Departments, "departments", department), "{department}");
            assert!(book.knows_category(category), "{category}");
        }
        // Every category has a department, except the nine that only one book mentions.
        for (category, _) in names::shared(Names::Categories) {
            let mut routes = table(&book.shop, "routing").keys();
            assert!(routes.any(|key| category.starts_with(key.as_str())), "{}: {category}", book.preset.name);
        }
    }
}

#[test]
fn a_shop_brings_nothing_that_is_a_shop_s_own() {
    for book in books() {
        for section in book.shop.keys() {
            let brought = ["departments", "roles", "channels", "categories", "routing"];
            assert!(brought.contains(&section.as_str()), "{}: [{section}]", book.preset.name);
        }
    }
}
