//! The ledger that `examples/make_ledger` makes to measure with.

use std::collections::BTreeMap;

use crate::ledger::TestLedger;

#[path = "../../examples/make_ledger/made.rs"]
mod made;

const COUNT: u32 = 200;

fn made(seed: u64) -> TestLedger {
    let ledger = TestLedger::empty();
    made::make(COUNT, &ledger.dir, seed).unwrap();
    ledger
}

#[test]
fn the_same_number_and_seed_make_the_same_commit() {
    let heads = [1, 1, 2].map(|seed| made(seed).git(&["rev-parse", "HEAD"]));
    assert_eq!(heads[0], heads[1]);
    assert_ne!(heads[0], heads[2]);
}

#[test]
fn a_made_ledger_has_nothing_wrong_but_what_is_late() {
    let ledger = made(1);
    assert_eq!(ledger.status(), "");
    let json = ledger.run(&["check", "--format", "json"]).json();
    let findings = json["findings"].as_array().unwrap();
    let late = ["overdue", "due-soon"];
    assert!(findings.iter().all(|finding| late.contains(&finding["code"].as_str().unwrap())), "{json}");
    // 2 % are open and 1 % wait
    let mut statuses = BTreeMap::<&str, u32>::new();
    let files = ledger.git(&["ls-files", "cases"]);
    for path in files.lines().filter(|path| path.ends_with(".yaml")) {
        *statuses.entry(path.split('/').nth(1).unwrap()).or_default() += 1;
    }
    let ended = statuses["closed"] + statuses["rejected"];
    assert_eq!((statuses.values().sum::<u32>(), ended, statuses["waiting"]), (COUNT, 194, 2), "{statuses:?}");
}
