//! The laws, held on the fuzz targets' seeds. What a fuzzer or a drawn text once broke is kept among them, under a name
//! that says what it was.

use std::fs;
use std::path::Path;

use crate::laws;

/// Holds a law on every seed of a target; they are small, and there are some.
fn hold(target: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut held = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        eprintln!("{}", path.display());
        law(&fs::read(&path).unwrap());
        held += 1;
    }
    assert!(held >= 3, "{}: {held} seeds", folder.display());
}

#[test]
fn of_case_files() {
    hold("case", laws::case::holds);
}

#[test]
fn of_events() {
    hold("event", laws::event::holds);
}

#[test]
fn of_merges() {
    hold("merge", laws::merge::holds);
}

#[test]
fn of_shops() {
    hold("shop", laws::shop::holds);
}

#[test]
fn of_policies() {
    hold("policy", laws::policy::holds);
}

#[test]
fn of_queries() {
    hold("query", laws::query::holds);
}

#[test]
fn of_maps() {
    hold("map", laws::map::holds);
}
