//! Staff appraisal, through the built program.

use serde_json::json;

use crate::ledger::TestLedger;

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
