//! Each example walks through its rule book: what every clause asks for happens in one of its cases.

mod clauses;
mod way;

use std::fs;
use std::path::Path;

use fb::case::{Case, EventName};
use fb::casefile;

use clauses::EXAMPLES;
use way::walks;

#[test]
fn every_example_walks_through_its_rule_book() {
    let mut missing = Vec::new();
    for (shop, clauses) in EXAMPLES {
        let cases = cases(shop);
        for (code, ways) in clauses {
            let shown = |way: &&&str| cases.iter().any(|case| walks(case, way));
            missing.extend(ways.iter().filter(|way| !shown(way)).map(|way| format!("{shop} {code}: {way}")));
        }
    }
    assert!(missing.is_empty(), "no case goes this way:\n{}", missing.join("\n"));
}

/// All but the clauses that no case can show: those about the rules themselves.
#[test]
fn every_clause_that_a_case_can_show_is_walked() {
    for ((_, clauses), preset) in EXAMPLES.iter().zip(fb::policy::Preset::ALL) {
        let written: toml::Table = preset.policy.parse().unwrap();
        let codes =
            written["clause"].as_array().unwrap().iter().map(|clause| clause["code"].as_str().unwrap());
        let codes: Vec<&str> = codes.filter(|code| *code != "S0.9").collect();
        let walked: Vec<&str> = clauses.iter().map(|(code, _)| *code).collect();
        assert_eq!(walked, codes, "{}", preset.name);
    }
}

#[test]
fn every_event_happens_in_some_example() {
    let cases: Vec<Case> = EXAMPLES.iter().flat_map(|(shop, _)| cases(shop)).collect();
    let happens =
        |name: &EventName| cases.iter().any(|case| case.history.iter().any(|event| event.name == *name));
    let never: Vec<&str> =
        EventName::ALL.iter().filter(|name| !happens(name)).map(|name| name.word()).collect();
    assert_eq!(never, Vec::<&str>::new());
}

#[test]
fn a_way_that_nobody_went_is_noticed() {
    let cases = cases("citywide");
    for way in [
        "complaint resolved received",
        "complaint[channel=chat] received",
        "praise forwarded[to=nobody]",
        "inquiry reopened",
        "complaint rejected[cause]",
    ] {
        assert!(!cases.iter().any(|case| walks(case, way)), "{way}");
    }
}

/// Every case of an example.
fn cases(shop: &str) -> Vec<Case> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(shop).join("cases"), &mut found);
    assert!(found.len() > 10, "{shop}");
    found
}

fn collect(directory: &Path, found: &mut Vec<Case>) {
    for path in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(casefile::read(&fs::read(&path).unwrap(), &path).unwrap());
        }
    }
}
