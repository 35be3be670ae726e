//! The shops in `examples/` are well, and every page of them can be had in both languages.

use std::fs;
use std::path::Path;

use crate::ledger::TestLedger;

/// The present of the examples.
const NOW: &str = "2026-11-20T10:00:00+08:00";

const PAGES: [&[&str]; 12] = [
    &["report", "causes", "2026-Q3"],
    &["report", "times", "2026-10", "--by", "department", "--cases"],
    &["report", "trend", "--by", "category"],
    &["report", "monthly", "2026-10"],
    &["report", "quarterly", "2026-Q4"],
    &["report", "overdue"],
    &["report", "people", "2026-10"],
    &["report", "people", "2026", "--cases"],
    &["report", "satisfaction", "2026-H2", "--sample", "20", "--cases"],
    &["survey", "sample", "2026-H2"],
    &["list"],
    &["next"],
];

#[test]
fn the_examples_are_well_and_every_page_of_them_is_drawn() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let shops = fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path());
    let shops: Vec<_> = shops.filter(|path| path.join("fb.toml").exists()).collect();
    assert!(!shops.is_empty());
    for example in shops {
        let shop = TestLedger::empty();
        copy(&example, &shop.dir);
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
