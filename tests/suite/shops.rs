//! The shops in `examples/` are well, and every page of them can be had in both languages.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ledger::TestLedger;

/// The present of the examples.
const NOW: &str = "2026-11-20T10:00:00+08:00";

const PAGES: [&[&str]; 13] = [
    &["report", "causes", "2026-Q3"],
    &["report", "times", "2026-10", "--group-by", "department", "--cases"],
    &["report", "trend", "--group-by", "category"],
    &["report", "monthly", "2026-10"],
    &["report", "quarterly", "2026-Q4"],
    &["report", "overdue"],
    &["report", "people", "2026-10"],
    &["report", "people", "2026", "--cases"],
    &["report", "satisfaction", "2026-H2", "--sample", "20", "--cases"],
    &["survey", "sample", "2026-H2"],
    &["policy", "try", "ecommerce", "2026-10"],
    &["list"],
    &["next"],
];

#[test]
fn the_examples_are_well_and_every_page_of_them_is_drawn() {
    for (example, shop) in examples() {
        let found = shop.at(NOW, &["check"]);
        assert_eq!((found.status, found.out.as_str(), found.err.as_str()), (0, "", ""), "{example:?}");
        for page in PAGES {
            for lang in ["en", "zh"] {
                let ran = shop.at(NOW, &[&["--lang", lang], page].concat());
                assert_eq!(ran.status, 0, "{example:?} {page:?}: {}", ran.err);
                assert!(!ran.out.is_empty(), "{example:?} {page:?}");
            }
        }
    }
}

/// Whatever a rule book has figures of, its example has a number for: every limit was kept or missed by somebody in the
/// year, some were missed, customers were asked, and a measure was carried out and confirmed.
#[test]
fn the_examples_have_something_to_report() {
    for (example, shop) in examples() {
        let year = shop.at(NOW, &["report", "monthly", "2026", "--format", "json"]).ok().json();
        let clocks = year["clocks"].as_array().unwrap();
        let number = |value: &serde_json::Value| value.as_u64().unwrap();
        for clock in clocks {
            assert!(number(&clock["decided"]) > 0, "{example:?}: {}", clock["name"]);
        }
        assert!(clocks.iter().any(|clock| number(&clock["missed"]) > 0), "{example:?}: nothing was missed");
        let asked = &year["satisfaction"];
        assert!(
            number(&asked["satisfied"]) > 0 && asked["satisfied"] != asked["reached"],
            "{example:?}: {asked}"
        );
        for figure in ["justified", "unjustified", "escalated", "returned", "rounds", "forwarded"] {
            assert!(number(&year["handling"][figure]) > 0, "{example:?}: {figure}");
        }
        let quarter = shop.at(NOW, &["report", "quarterly", "2026-Q4", "--format", "json"]).ok().json();
        let measures = quarter["improvements"].as_array().unwrap();
        assert!(measures.iter().any(|measure| measure["confirmed"] == true), "{example:?}: {measures:?}");
    }
}

/// Each example with a copy of it to work in.
fn examples() -> Vec<(PathBuf, TestLedger)> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let shops = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
    let shops: Vec<_> = shops.filter(|path| path.join("fb.toml").exists()).collect();
    assert_eq!(shops.len(), fb::policy::Preset::ALL.len());
    let copied = shops.into_iter().map(|example| {
        let shop = TestLedger::empty();
        copy(&example, &shop.dir);
        (example, shop)
    });
    copied.collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name))
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
