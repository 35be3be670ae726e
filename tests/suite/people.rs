//! Staff appraisal, the report on satisfaction and the survey, through the built program.

use serde_json::json;

use crate::ledger::TestLedger;
use crate::verbs::staffed;

/// A shop of which one complaint was handled by Li Na, to the customer's content.
fn handled() -> (TestLedger, String) {
    let shop = TestLedger::new();
    let person = |key: &str| format!("[people.\"{key}\"]\nemail = \"{key}@example.cn\"\n");
    shop.add_rules("fb.toml", &(person("li.na") + &person("zhang.wei")));
    let id = shop.case(&["--name", "王女士", "--contact", "13800138000", "--order", "E1"]);
    for words in [
        vec!["triage", &id, "--category", "product/quality", "--urgency", "general"],
        vec!["assign", &id, "--owner", "li.na"],
        vec!["contact", &id],
        vec!["resolve", &id, "--remedy", "exchange", "--text", "a new cup"],
        vec!["follow-up", &id, "--outcome", "satisfied", "--score", "5"],
    ] {
        shop.pass(1);
        shop.run(&words).ok();
    }
    (shop, id)
}

#[test]
fn a_person_is_appraised_by_the_cases_of_the_time() {
    let (shop, id) = handled();
    let figures = shop.run(&["report", "people", "2026-11", "--cases", "--format", "json"]).ok().json();
    assert_eq!((&figures["version"], &figures["report"]), (&json!(1), &json!("people")));
    assert_eq!(figures["people"].as_array().unwrap().len(), 1);
    let person = &figures["people"][0];
    assert_eq!(person["key"], "li.na");
    assert_eq!((&person["handed"], &person["handled"], &person["open"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!(person["cases"]["handled"], json!([id]));
    assert_eq!(person["handling_rate"]["share"], 1.0);
    // From the receipt at 09:30 to the resolution four minutes later.
    assert_eq!(person["resolution"]["elapsed"]["median"], 240);
    assert_eq!(person["satisfaction"]["share"], 1.0);
    assert_eq!(figures["idle"], json!(["zhang.wei"]));
    let page = shop.run(&["report", "people", "2026-11"]).ok().out;
    assert!(page.contains("Nothing to do in the period: zhang.wei."), "{page}");
    let empty = shop.run(&["report", "people", "2026-10"]).ok().out;
    assert!(empty.contains("Nobody had anything to do."), "{empty}");
}

#[test]
fn whoever_is_drawn_is_masked_and_marked_once_surveyed() {
    let (shop, id) = handled();
    let draw =
        |more: &[&str]| shop.run(&[&["survey", "sample", "this-half", "--sample", "3"], more].concat()).ok();
    let sample = draw(&["--format", "json"]).json();
    assert_eq!((&sample["seed"], &sample["population"]), (&json!("2026-H2"), &json!(1)));
    let case = &sample["cases"][0];
    assert_eq!((&case["id"], &case["order"]), (&json!(id), &json!("E1")));
    assert_eq!((&case["customer"], &case["contact"]), (&json!("王**"), &json!("138****8000")));
    assert_eq!((&case["done"], &case["remedy"]), (&json!("a new cup"), &json!("exchange")));
    assert_eq!(case["score"], json!(null));
    let page = draw(&[]).out;
    assert!(page.contains("Fewer than 3 ended: all 1 are listed."), "{page}");
    assert!(!page.contains("13800138000") && !page.contains("王女士"), "{page}");
    assert!(draw(&["--reveal"]).out.contains("13800138000"));

    shop.run(&["survey", &id, "--score", "4"]).ok();
    let sample = draw(&["--format", "json"]).json();
    assert_eq!(sample["cases"][0]["score"], 4);
    let report = shop.run(&["report", "satisfaction", "this-half", "--sample", "3", "--format", "json"]);
    let report = report.ok().json();
    assert_eq!((&report["sample"]["drawn"], &report["sample"]["response"]), (&json!(1), &json!(1.0)));
    assert_eq!((&report["survey"]["n"], &report["survey"]["content_share"]), (&json!(1), &json!(1.0)));
    assert_eq!(report["satisfaction"]["mean_score"], 5.0);
}

#[test]
fn the_command_that_records_is_the_old_one() {
    let shop = staffed();
    let id = shop.case(&[]);
    shop.refused(&["survey"], 2).says(&["<ID>"]);
    shop.refused(&["survey", "sample", "--sample", "0"], 2);
    shop.refused(&["survey", "sample", "--kind", "complain"], 2).says(&["did you mean", "complaint"]);
    shop.refused(&["report", "satisfaction", "--seed", "S"], 2).says(&["--sample"]);
    shop.run(&["survey", &id[9..], "--score", "3", "-m", "later"]).ok();
    assert!(shop.read(&shop.path_of(&id)).contains("score: 3"));
}
